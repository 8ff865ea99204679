import type { describes } from './symbols.js';

/**
 * Anything that carries a description to be resolved against a model: an expression, a condition.
 * `F('viewCount')` alone does not know its model; `annotate`, `aggregate`, `filter` and `update` do.
 *
 * Arguments in descriptions are paths (strings), expressions or plain values. Descriptions are interfaces with a property of their own each:
 * one that does not fit is told by its name, and what one is made of is read off its type arguments. (Of tuples the compiler puts together
 * the members of an array for each comparison.)
 */
export interface Described<out D> {
  readonly [describes]: D;
}

/** Any expression. */
export interface AnyExpression extends Described<unknown> {}

/** The value at a path. */
export interface PathTo<out P> {
  readonly path: P;
}

/** A value of type `T`. */
export interface ValueOf<out T> {
  readonly value: T;
}

/** A value of type `T`; null where an argument can be null. */
export interface CallOf<out T, out X> {
  readonly call: T;
  readonly of: X;
}

/** A value of type `T`, never null. */
export interface SureCall<out T, out X> {
  readonly sure: T;
  readonly of: X;
}

/** A value of type `T`, always perhaps null. */
export interface MaybeCall<out T, out X> {
  readonly maybe: T;
  readonly of: X;
}

/** The type of the arguments; null where one can be null. */
export interface SameAs<out X> {
  readonly same: X;
}

/** The type of the arguments; null where all can be null. */
export interface FirstOf<out Xs> {
  readonly first: Xs;
}

/** A float, or a Decimal for Decimal arguments; null where one can be null. */
export interface NumberFrom<out X> {
  readonly number: X;
}

/** Arithmetic. */
export interface Operation<out Op, out Left, out Right> {
  readonly operator: Op;
  readonly left: Left;
  readonly right: Right;
}

/** An aggregate of kind `K` over `X` with options `O`. */
export interface AggregateOf<out K, out X, out O> {
  readonly aggregate: K;
  readonly of: X;
  readonly options: O;
}

/** The argument's type or that of the options' default, which is null when not given. */
export interface ValueOrNull<out X, out O> {
  readonly orNull: X;
  readonly options: O;
}

/** One of the results, or the default. */
export interface CaseOf<out Conditions, out Results, out Default> {
  readonly conditions: Conditions;
  readonly results: Results;
  readonly otherwise: Default;
}

/** An object of JSON. */
export interface ObjectOf<out Fields> {
  readonly fields: Fields;
}

/** An array of JSON. */
export interface ArrayOf<out Items> {
  readonly items: Items;
}

/** A condition: lookups still to be checked, a union of plain objects; or `ForModel<I>`, one already checked. */
export interface ConditionOf<out W> {
  readonly condition: W;
}

/** A FilteredRelation. */
export interface RelationAlias<out P> {
  readonly relation: P;
}

/** Marks a condition as checked against the model whose instances are `I`. */
export interface ForModel<in out I> {
  readonly checkedFor: I;
}
