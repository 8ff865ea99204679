import type { AnyExpression } from './descriptions.js';
import type { Field, IsNull, Relation, ToOne } from './field-types.js';
import type { JSONAt } from './json-paths.js';
import type { Kind, KindOf, KindTypes, OrNull } from './kinds.js';
import type { AliasedRelation, Names, NoSuchName } from './lookup-keys.js';
import type { Transformed } from './lookups.js';
import type { LookupError } from './near-miss.js';
import type { KeyOf } from './primary-key.js';
import type { FieldsOf, InstanceOf, Target } from './registered.js';
import type { At, ReverseLookups } from './reverse.js';

/**
 * What a row holds for path `P` of the model labelled `L` annotated with `A`, or a LookupError.
 * Null where SQL can give null: a nullable column, or a join on the way that may find nothing.
 */
export type ValueAt<L, A, P extends string> =
  Path<L, A, P> extends infer T ? ([T] extends [LookupError<any>] ? (P extends keyof A ? A[P] : T) : T) : never;

type Path<L, A, P extends string> = P extends `${infer H}__${infer R}`
  ? Head<L, A, FieldsOf<L>, H, R>
  : string extends P
    ? unknown
    : Head<L, A, FieldsOf<L>, P, ''>;

type Head<L, A, F, H extends string, R extends string> = H extends keyof F
  ? F[H] extends Field<infer T, infer K, infer O>
    ? Scalar<K, T, IsNull<O>, R>
    : F[H] extends Relation<infer To, infer Rel, infer O>
      ? Through<Target<To, L>, Rel extends 'm2m' ? true : IsNull<O>, O, R>
      : never
  : H extends keyof ReverseLookups<L>
    ? Through<At<ReverseLookups<L>, H>, true, {}, R>
    : H extends 'pk' | 'id'
      ? KeyHead<L, A, F, H>
      : H extends `${infer K}Id`
        ? K extends keyof F
          ? F[K] extends ToOne<infer To, infer O>
            ? OrNull<KeyOf<Target<To, L>, O>, IsNull<O>>
            : Annotated<L, A, F, H, R>
          : Annotated<L, A, F, H, R>
        : Annotated<L, A, F, H, R>;

type KeyHead<L, A, F, H extends string> = H extends 'pk'
  ? KeyOf<L, {}>
  : InstanceOf<L> extends { id: infer P }
    ? P
    : Annotated<L, A, F, H, ''>;

type Annotated<L, A, F, H extends string, R extends string> = H extends keyof A
  ? A[H] extends AliasedRelation<infer M>
    ? Through<M, true, {}, R>
    : R extends ''
      ? A[H]
      : Scalar<KindOf<NonNullable<A[H]>>, NonNullable<A[H]>, null extends A[H] ? true : false, R>
  : LookupError<NoSuchName<L, H, keyof F | keyof ReverseLookups<L>>>;

type Scalar<K extends Kind, T, N, R extends string> = R extends ''
  ? OrNull<T, N>
  : K extends 'json'
    ? JSONValue<T, R>
    : R extends `${infer H}__${infer R2}`
      ? [Transformed<K, H>] extends [never]
        ? LookupError<NotATransform<K, H>>
        : Scalar<Transformed<K, H>, KindTypes[Transformed<K, H>], N, R2>
      : [Transformed<K, R>] extends [never]
        ? LookupError<NotATransform<K, R>>
        : OrNull<KindTypes[Transformed<K, R>], N>;
type NotATransform<K extends Kind, H extends string> = `'${H}' is not a transform of a ${K} field`;

type JSONValue<T, R extends string> = R extends `${infer H}__${infer R2}`
  ? JSONValue<JSONAt<T, H>, R2>
  : JSONAt<T, R> | null;

type Through<M, N, O, R extends string> = R extends '' ? OrNull<KeyOf<M, O>, N> : OrNull<Path<M, {}, R>, N>;

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
