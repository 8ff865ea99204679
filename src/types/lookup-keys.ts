import type { Comparable } from './comparable.js';
import type { DateTimeTransforms, FieldLookups } from './extensions.js';
import type { DateNames, Field, IsNull, Relation, ToOne, ToOneNames } from './field-types.js';
import type { JSONAt } from './json-paths.js';
import type { Kind, KindOf, KindTypes, OrNull } from './kinds.js';
import type { CompositeLookups, Given, JSONLookups, RelationLookups, Transformed } from './lookups.js';
import type { Hint, LookupError, NoField } from './near-miss.js';
import type { OwnKinds, OwnStep } from './own-kinds.js';
import type { CompositeKeyInput, KeyOf, PkKind, PkOf } from './primary-key.js';
import type { ClassOf, FieldsOf, InstanceOf, Target, UnregisteredMessage } from './registered.js';
import type { At, ReverseLookups } from './reverse.js';
import type { AnnotationsOf } from './yields.js';

/**
 * What may stand on the right of the lookup `P` of the model labelled `L` annotated with `A`:
 * the type of a value, or a LookupError that says what is wrong with the path. Nothing enumerates the valid paths.
 *
 * Fields are looked for first and annotations only when nothing was found: so the one does not depend on the other, is computed once for
 * all annotations, and is known inside a custom QuerySet's own methods, where annotations are not.
 */
export type Lookup<L, A, P extends string> =
  Path<L, P> extends infer T ? ([T] extends [AnyNotFound] ? OfAnnotation<A, P, T> : T) : never;

/** The same in a QuerySet `Q`, whose annotations are asked for only when they are needed. */
export type LookupIn<L, Q, P extends string> =
  Path<L, P> extends infer T ? ([T] extends [AnyNotFound] ? OfAnnotation<AnnotationsOf<Q>, P, T> : T) : never;

/** Stands for a name that the model labelled `L` does not have, until annotations have been looked at. */
export interface NotFound<out L, out H> {
  readonly model: L;
  readonly name: H;
}

/** Any of them. */
export type AnyNotFound = NotFound<any, any>;

/** The error for what was not found. */
export type Missing<T> = T extends NotFound<infer L, infer H extends string> ? LookupError<NoSuchName<L, H>> : never;

type Path<L, P extends string> = P extends `${infer H}__${infer R}`
  ? Head<L, FieldsOf<L>, H, R>
  : string extends P
    ? unknown
    : Head<L, FieldsOf<L>, P, ''>;

type Head<L, F, H extends string, R extends string> = H extends keyof F
  ? Known<L, F[H], R>
  : H extends keyof ReverseLookups<L>
    ? Related<At<ReverseLookups<L>, H>, Nullable, R>
    : H extends 'pk'
      ? Scalar<PkKind<L>, PkOf<L>, {}, R>
      : H extends 'id'
        ? ImplicitId<L, InstanceOf<L>, R>
        : H extends `${infer K}Id`
          ? K extends ToOneNames<F>
            ? KeyLookup<L, F[K], R>
            : NotFound<L, H>
          : NotFound<L, H>;

type Known<L, X, R extends string> =
  X extends Relation<infer To, any, infer O>
    ? Related<Target<To, L>, O, R>
    : X extends Field<infer T, infer K, infer O>
      ? Scalar<K, T, O, R>
      : CompositeLookup<CompositeKeyInput<L, X>, R>;

// Tuples are compared as a whole: they have no transforms.
type CompositeLookup<T, R extends string> = R extends ''
  ? Comparable<T>
  : R extends keyof CompositeLookups<T>
    ? CompositeLookups<T>[R]
    : LookupError<`'${R}' is not a lookup of a composite key${Hint<R, keyof CompositeLookups<T>>}`>;

/** Options that allow null, for what is reached by a join that may find nothing. */
export interface Nullable {
  readonly null: true;
}

type KeyLookup<L, X, R extends string> =
  X extends ToOne<infer To, infer O> ? Scalar<PkKind<Target<To, L>>, KeyOf<Target<To, L>, O>, O, R> : never;

// `id` is there only where the model has no key of its own.
type ImplicitId<L, I, R extends string> = I extends { id: infer P } ? Scalar<KindOf<P>, P, {}, R> : NotFound<L, 'id'>;

// An annotation by its name, which may look like a path itself (`books__count`), and what follows it.
type OfAnnotation<A, P extends string, T> = [keyof A] extends [never] ? Missing<T> : AmongAnnotations<A, P, T>;
type AmongAnnotations<A, P extends string, T> = P extends keyof A
  ? AnnotationLookup<A[P], ''>
  : P extends `${infer N extends AnnotationName<A>}__${infer R}`
    ? AnnotationLookup<A[N & keyof A], R>
    : P extends `${infer N extends NameLikePath<A>}__${Behind<P, NameLikePath<A>>}`
      ? AnnotationLookup<A[N & keyof A], Behind<P, NameLikePath<A>>>
      : Missing<T>;
type AnnotationName<A> = Exclude<keyof A & string, NameLikePath<A>>;
type NameLikePath<A> = keyof A & `${string}__${string}`;
type Behind<P extends string, N extends string> = N extends unknown
  ? P extends `${N}__${infer R}`
    ? R
    : never
  : never;
type AnnotationLookup<T, R extends string> =
  T extends AliasedRelation<infer M>
    ? Lookup<M, {}, R extends '' ? 'pk' : R>
    : [NonNullable<T>] extends [infer V]
      ? Scalar<KindOf<V>, V, null extends T ? Nullable : {}, R>
      : never;

/** What is wrong with a name that the model labelled `L` does not have. */
export type NoSuchName<L, H extends string> =
  ClassOf<L> extends undefined
    ? UnregisteredMessage<L>
    : NoField<L, H, keyof FieldsOf<L> | keyof ReverseLookups<L> | 'pk'>;

/** What a FilteredRelation adds to a QuerySet's names: a relation to the model labelled `M`. */
export interface AliasedRelation<out M> {
  readonly relationTo: M;
}

// What follows a field with options `O`: nothing, a lookup, or a transform and what follows that.
type Scalar<K extends Kind, T, O, R extends string> = K extends 'json'
  ? JSONLookup<T, R>
  : K extends keyof OwnKinds<T>
    ? OwnLookup<K, T, O, R, OwnKinds<T>[K]>
    : R extends ''
      ? Comparable<OrNull<Given<K, T>, IsNull<O>>>
      : R extends LookupName
        ? FieldLookups<Given<K, T>>[R]
        : R extends `${infer H}__${infer R2}`
          ? [Transformed<K, H>] extends [never]
            ? LookupError<`'${H}' is not a transform of a ${K} field`>
            : Scalar<Transformed<K, H>, KindTypes[Transformed<K, H>], O, R2>
          : [Transformed<K, R>] extends [never]
            ? LookupError<`'${R}' is not a lookup of a ${K} field${Hint<R, LookupName>}`>
            : Scalar<Transformed<K, R>, KindTypes[Transformed<K, R>], O, ''>;
type LookupName = keyof FieldLookups<unknown>;

// Of a kind that says its lookups itself: one of them, or one of its transforms and what follows that.
type OwnLookup<K extends Kind, T, O, R extends string, X> = R extends ''
  ? Comparable<OrNull<Given<K, T>, IsNull<O>>>
  : X extends { readonly lookups: infer L }
    ? R extends keyof L
      ? L[R]
      : R extends `${infer H}__${infer R2}`
        ? AfterOwn<K, T, H, R2, L>
        : AfterOwn<K, T, R, '', L>
    : never;
type AfterOwn<K extends Kind, T, H extends string, R extends string, L> =
  OwnStep<K, T, H> extends readonly [infer K2 extends Kind, infer T2, any]
    ? Scalar<K2, T2, Nullable, R>
    : LookupError<`'${H}' is not a lookup of a ${K} field${Hint<H, keyof L>}`>;

// Any key may follow a JSON field; the value that it leads to is typed as far as T tells. Null is JSON's, or SQL's, always.
type JSONLookup<T, R extends string> = R extends ''
  ? JSONComparable<T>
  : R extends keyof JSONLookups
    ? R extends 'exact'
      ? JSONComparable<T>
      : JSONLookups[R]
    : R extends `${infer H}__${infer R2}`
      ? JSONLookup<JSONAt<T, H>, R2>
      : JSONComparable<JSONAt<T, R>>;
type JSONComparable<T> = unknown extends T ? unknown : Comparable<T | null>;

// What follows a relation: nothing or one of its lookups; anything else is a path into the other model.
type Related<M, O, R extends string> = R extends ''
  ? Comparable<OrNull<InstanceOf<M> | KeyOf<M, O>, IsNull<O>>>
  : R extends RelationLookupName
    ? RelationLookups<InstanceOf<M>, KeyOf<M, O>>[R]
    : Path<M, R>;
type RelationLookupName = keyof RelationLookups<unknown, unknown>;

/** First-hop names, with their lookups, offered for completion where a lookup is wanted. */
export type Offered<L> = OfferedFields<FieldsOf<L>> | keyof ReverseLookups<L> | 'pk';
type OfferedFields<F> =
  | (keyof F & string)
  | Joined<keyof F, LookupName>
  | Joined<DateNames<F>, keyof DateTimeTransforms>
  | `${ToOneNames<F> & string}Id`;

// Both inferred, or the template would be a union of one for each lookup before the names are known.
type Joined<N, P> = [N, P] extends [infer A extends string, infer B extends string] ? `${A}__${B}` : never;

/** First-hop names, offered where a path is wanted. */
export type Names<L> = (keyof FieldsOf<L> & string) | (keyof ReverseLookups<L> & string) | 'pk';
