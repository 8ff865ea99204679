import type { AnyExpression } from './descriptions.js';
import type { Field, IsNull, Relation, ToOne, ToOneNames } from './field-types.js';
import type { JSONAt } from './json-paths.js';
import type { Kind, KindOf, KindTypes, OrNull } from './kinds.js';
import type { AliasedRelation, AnyNotFound, Missing, Names, NotFound } from './lookup-keys.js';
import type { Transformed } from './lookups.js';
import type { LookupError } from './near-miss.js';
import type { OwnKinds, OwnStep } from './own-kinds.js';
import type { KeyOf } from './primary-key.js';
import type { FieldsOf, InstanceOf, Target } from './registered.js';
import type { At, ReverseLookups } from './reverse.js';

/**
 * What a row holds for path `P` of the model labelled `L` annotated with `A`, or a LookupError.
 * Null where SQL can give null: a nullable column, or a join on the way that may find nothing.
 */
export type ValueAt<L, A, P extends string> =
  Path<L, P, false> extends infer T ? (T extends AnyNotFound ? OfAnnotation<A, P, T> : T) : never;

// `N` says whether a join on the way may find nothing.
type Path<L, P extends string, N> = P extends `${infer H}__${infer R}`
  ? Head<L, FieldsOf<L>, H, R, N>
  : string extends P
    ? unknown
    : Head<L, FieldsOf<L>, P, '', N>;

type Head<L, F, H extends string, R extends string, N> = H extends keyof F
  ? F[H] extends Field<infer T, infer K, infer O>
    ? Scalar<K, T, Or<N, O>, R>
    : F[H] extends Relation<infer To, infer Rel, infer O>
      ? Through<Target<To, L>, Rel extends 'm2m' ? true : Or<N, O>, O, R>
      : OrNull<KeyOf<L, {}>, N>
  : H extends keyof ReverseLookups<L>
    ? Through<At<ReverseLookups<L>, H>, true, {}, R>
    : H extends 'pk'
      ? OrNull<KeyOf<L, {}>, N>
      : H extends 'id'
        ? ImplicitId<L, InstanceOf<L>, N>
        : H extends `${infer K}Id`
          ? K extends ToOneNames<F>
            ? ForeignKeyValue<L, F[K], N>
            : NotFound<L, H>
          : NotFound<L, H>;

type Or<N, O> = N extends true ? true : IsNull<O>;
type ImplicitId<L, I, N> = I extends { id: infer P } ? OrNull<P, N> : NotFound<L, 'id'>;
type ForeignKeyValue<L, X, N> = X extends ToOne<infer To, infer O> ? OrNull<KeyOf<Target<To, L>, O>, Or<N, O>> : never;
type Through<M, N, O, R extends string> = R extends '' ? OrNull<KeyOf<M, O>, N> : Path<M, R, N>;

type OfAnnotation<A, P extends string, T> = P extends keyof A
  ? A[P]
  : P extends `${infer N}__${infer R}`
    ? N extends keyof A
      ? BehindAnnotation<A[N], R>
      : Missing<T>
    : Missing<T>;
type BehindAnnotation<T, R extends string> =
  T extends AliasedRelation<infer M>
    ? Path<M, R, true> extends infer V
      ? V extends AnyNotFound
        ? Missing<V>
        : V
      : never
    : Scalar<KindOf<NonNullable<T>>, NonNullable<T>, null extends T ? true : false, R>;

type Scalar<K extends Kind, T, N, R extends string> = R extends ''
  ? OrNull<T, N>
  : K extends 'json'
    ? JSONValue<T, R>
    : K extends keyof OwnKinds<T>
      ? OwnValue<K, T, N, R>
      : R extends `${infer H}__${infer R2}`
        ? [Transformed<K, H>] extends [never]
          ? LookupError<NotATransform<K, H>>
          : Scalar<Transformed<K, H>, KindTypes[Transformed<K, H>], N, R2>
        : [Transformed<K, R>] extends [never]
          ? LookupError<NotATransform<K, R>>
          : OrNull<KindTypes[Transformed<K, R>], N>;
type OwnValue<K extends Kind, T, N, R extends string> = R extends `${infer H}__${infer R2}`
  ? AfterOwn<K, T, N, H, R2>
  : AfterOwn<K, T, N, R, ''>;
type AfterOwn<K extends Kind, T, N, H extends string, R extends string> =
  OwnStep<K, T, H> extends readonly [infer K2 extends Kind, infer T2, infer N2]
    ? Scalar<K2, T2, N2 extends true ? true : N, R>
    : LookupError<NotATransform<K, H>>;
type NotATransform<K extends Kind, H extends string> = `'${H}' is not a transform of a ${K} field`;

type JSONValue<T, R extends string> = R extends `${infer H}__${infer R2}`
  ? JSONValue<JSONAt<T, H>, R2>
  : JSONAt<T, R> | null;

/**
 * What is wrong with the path `P`: unknown where nothing is. A text that is known only at run time is taken as it is; so is the constraint
 * of `P`, which the compiler asks about for completion: it must not cost a check of every name.
 */
export type WrongPath<L, A, P> = string extends P
  ? unknown
  : P extends string
    ? ValueAt<L, A, P> extends LookupError<infer M>
      ? LookupError<M>
      : unknown
    : unknown;

/** A term of an order: a path, `-` in front for descending order, `?` for random order, or an expression. */
export type OrderTerm<L> = (string & {}) | Names<L> | `-${Names<L>}` | '?' | AnyExpression;

/** Terms of an order, with the error at those that are wrong. */
export type OrderTerms<L, A, Ps> = { [K in keyof Ps]: Ps[K] & (WrongTerm<L, A, Ps[K]> extends infer T ? T : never) };
type WrongTerm<L, A, P> = string extends P
  ? unknown
  : P extends '?'
    ? unknown
    : P extends `-${infer Q}`
      ? WrongPath<L, A, Q>
      : WrongPath<L, A, P>;

/** The names of the columns of the model labelled `L`, as instances and plain rows have them: `authorId` for a foreign key. */
export type ColumnNames<L> = ColumnsIn<FieldsOf<L>> | (InstanceOf<L> extends { id: unknown } ? 'id' : never);
type ColumnsIn<F> = {
  [K in keyof F]: F[K] extends Field ? K : F[K] extends ToOne ? `${K & string}Id` : never;
}[keyof F];

/** A plain row with every column: `values()` without names. */
export type AllValues<L, A> = { [K in ColumnNames<L> & keyof InstanceOf<L>]: InstanceOf<L>[K] } & A;
