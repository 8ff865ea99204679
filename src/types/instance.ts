import type { IsNull, ToOne, TypedField, TypedRelation } from './field-types.js';
import type { OrNull } from './kinds.js';
import type { KeyOf, PkIn, PkName } from './primary-key.js';
import type { ModelInstance } from './public/model-instance.js';
import type { FieldsOf, InstanceOf, Target } from './register.js';
import type { RelatedManagerTo } from './related.js';
import type { AccessorName, ReverseEntry, ReverseOf } from './reverse.js';
import type { label } from './symbols.js';

/** A related object as an attribute: there already, or loaded by awaiting it. May be assigned an instance. */
export type Awaitable<T> = T | PromiseLike<T>;

/** An instance of the model labelled `L` with own fields `F` and the instance type of its parents `P`. */
export type Instance<L, F, P> = P &
  ModelInstance &
  Labelled<L> &
  Attributes<L, F> &
  KeyAttributes<L, F> &
  Key<L, F, P> &
  ReverseAttributes<L>;

export interface Labelled<L> {
  [label](): L;
}

/** The attributes that carry the fields' own names. */
type Attributes<L, F> = { -readonly [K in keyof F]: Attribute<L, F[K]> };
type Attribute<L, X> =
  X extends TypedField<infer T, any, infer O>
    ? OrNull<T, IsNull<O>>
    : X extends TypedRelation<infer To, infer R, infer O>
      ? R extends 'm2m'
        ? RelatedManagerTo<Target<To, L>, never, true>
        : Awaitable<OrNull<InstanceOf<Target<To, L>>, IsNull<O>>>
      : never;

/** `authorId` beside `author`; the methods that choices and dates add. */
type KeyAttributes<L, F> = {
  -readonly [K in keyof F as F[K] extends ToOne ? `${K & string}Id` : never]: F[K] extends ToOne<infer To, infer O>
    ? OrNull<KeyOf<Target<To, L>, O>, IsNull<O>>
    : never;
};

/** `pk`, and `id` where the model has no key of its own and none from a parent. */
type Key<L, F, P> = P extends { pk: any }
  ? {}
  : [PkName<F>] extends [never]
    ? { id: number; pk: number }
    : { pk: PkIn<L, F> };

type ReverseAttributes<L> = { [E in ReverseOf<L> as AccessorName<E>]: ReverseAttribute<E> };
type ReverseAttribute<E> =
  E extends ReverseEntry<infer S, any, infer Field, infer R, infer O>
    ? R extends 'o2o'
      ? Awaitable<InstanceOf<S>>
      : R extends 'm2m'
        ? RelatedManagerTo<S, never, true>
        : RelatedManagerTo<S, Field, IsNull<O>>
    : never;

/** The instance type of an abstract class: relations wait for the model that inherits them. */
export type AbstractInstance<F, P> = P &
  ModelInstance & {
    -readonly [K in keyof F as F[K] extends TypedField ? K : never]: F[K] extends TypedField<infer T, any, infer O>
      ? OrNull<T, IsNull<O>>
      : never;
  };

/** The label of an instance's model. */
export type LabelOf<I> = I extends { [label](): infer L }
  ? L
  : I extends { readonly '⚠': `${infer L} is not registered${string}` }
    ? L
    : unknown;

/** The names of an instance's columns and relations in its own table, for `updateFields` and the like. */
export type SavedNames<I> = SavedIn<FieldsOf<LabelOf<I>>>;
type SavedIn<F> = {
  [K in keyof F & string]: F[K] extends ToOne ? K | `${K}Id` : F[K] extends TypedField ? K : never;
}[keyof F & string];
