import type { Comparable } from './comparable.js';
import type { DateTimeTransforms, FieldLookups } from './extensions.js';
import type { DateNames, Field, IsNull, Relation, ToOne, ToOneNames } from './field-types.js';
import type { JSONAt } from './json-paths.js';
import type { Kind, KindOf, KindTypes, OrNull } from './kinds.js';
import type { Given, JSONLookups, RelationLookups, Transformed } from './lookups.js';
import type { Hint, LookupError, NoField } from './near-miss.js';
import type { KeyOf, PkKind, PkOf } from './primary-key.js';
import type { ClassOf, FieldsOf, InstanceOf, Target, UnregisteredMessage } from './registered.js';
import type { At, ReverseLookups } from './reverse.js';

/**
 * What may stand on the right of the lookup `P` of the model labelled `L` annotated with `A`:
 * the type of a value, or a LookupError that says what is wrong with the path. Nothing enumerates the valid paths.
 */
export type Lookup<L, A, P extends string> = P extends `${infer H}__${infer R}`
  ? Head<L, A, FieldsOf<L>, H, R>
  : string extends P
    ? unknown
    : Head<L, A, FieldsOf<L>, P, ''>;

// The first segment: a field first, for that is what most are, then reverse relations, keys and, last, annotations. Inside a custom
// QuerySet's own methods annotations are not known yet, so that fields must resolve without looking at them.
type Head<L, A, F, H extends string, R extends string> = H extends keyof F
  ? F[H] extends Field<infer T, infer K, infer O>
    ? Scalar<K, T, O, R>
    : F[H] extends Relation<infer To, any, infer O>
      ? Related<Target<To, L>, O, R>
      : never
  : H extends keyof ReverseLookups<L>
    ? Related<At<ReverseLookups<L>, H>, Nullable, R>
    : H extends 'pk' | 'id'
      ? KeyHead<L, A, F, H, R>
      : H extends `${infer K}Id`
        ? K extends ToOneNames<F>
          ? KeyLookup<L, F[K], R>
          : Annotated<L, A, F, H, R>
        : Annotated<L, A, F, H, R>;

/** Options that allow null, for what is reached by a join that may find nothing. */
export interface Nullable {
  readonly null: true;
}

type KeyLookup<L, X, R extends string> =
  X extends ToOne<infer To, infer O> ? Scalar<PkKind<Target<To, L>>, KeyOf<Target<To, L>, O>, O, R> : never;

// `pk` is whatever the key is; `id` only where the model has no key of its own.
type KeyHead<L, A, F, H extends string, R extends string> = H extends 'pk'
  ? Scalar<PkKind<L>, PkOf<L>, {}, R>
  : InstanceOf<L> extends { id: infer P }
    ? Scalar<KindOf<P>, P, {}, R>
    : Annotated<L, A, F, H, R>;

type Annotated<L, A, F, H extends string, R extends string> = H extends keyof A
  ? A[H] extends AliasedRelation<infer M>
    ? Related<M, Nullable, R>
    : Scalar<KindOf<NonNullable<A[H]>>, NonNullable<A[H]>, null extends A[H] ? Nullable : {}, R>
  : LookupError<NoSuchName<L, H, keyof F | keyof ReverseLookups<L>>>;

/** What is wrong with a name that the model does not have. */
export type NoSuchName<L, H extends string, Names> =
  ClassOf<L> extends undefined ? UnregisteredMessage<L> : NoField<L, H, Names>;

/** What a FilteredRelation adds to a QuerySet's names: a relation to the model labelled `M`. */
export interface AliasedRelation<out M> {
  readonly relationTo: M;
}

// What follows a field with options `O`: nothing, a lookup, or a transform and what follows that.
type Scalar<K extends Kind, T, O, R extends string> = K extends 'json'
  ? JSONLookup<T, R>
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

// Any key may follow a JSON field; the value that it leads to is typed as far as T tells. Null is JSON's, or SQL's, always.
type JSONLookup<T, R extends string> = R extends ''
  ? Comparable<T | null>
  : R extends keyof JSONLookups
    ? R extends 'exact'
      ? Comparable<T | null>
      : JSONLookups[R]
    : R extends `${infer H}__${infer R2}`
      ? JSONLookup<JSONAt<T, H>, R2>
      : Comparable<JSONAt<T, R> | null>;

// What follows a relation: nothing or one of its lookups; anything else is a path into the other model.
type Related<M, O, R extends string> = R extends ''
  ? Comparable<OrNull<InstanceOf<M> | KeyOf<M, O>, IsNull<O>>>
  : R extends RelationLookupName
    ? RelationLookups<InstanceOf<M>, KeyOf<M, O>>[R]
    : Lookup<M, {}, R>;
type RelationLookupName = keyof RelationLookups<unknown, unknown>;

/** First-hop names, with their lookups, offered for completion where a lookup is wanted. */
export type Offered<L> = OfferedFields<FieldsOf<L>> | keyof ReverseLookups<L> | 'pk';
type OfferedFields<F> =
  | (keyof F & string)
  | `${keyof F & string}__${LookupName}`
  | `${DateNames<F> & string}__${keyof DateTimeTransforms}`
  | `${ToOneNames<F> & string}Id`;

/** First-hop names, offered where a path is wanted. */
export type Names<L> = (keyof FieldsOf<L> & string) | (keyof ReverseLookups<L> & string) | 'pk';
