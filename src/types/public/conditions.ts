import type { NoKeys, OfferedKeys, Offering, Where } from '../conditions.js';
import type { ConditionOf, Described, ForModel } from '../descriptions.js';
import type { LabelOf } from '../label.js';
import type { LookupError } from '../near-miss.js';
import type { PartsOf, WrongIn } from '../resolve.js';

/**
 * A composed condition, whose lookups `W` are checked when it meets a model.
 * Methods give a new condition; `condition.and(…)`, `.or(…)`, `.xor(…)`, `.not()`.
 */
export interface Condition<out W = any> extends Described<ConditionOf<W>> {
  /** Both hold. */
  and<const C extends object>(other: C): Condition<W | PartsOf<C>>;
  /** One holds, or both. */
  or<const C extends object>(other: C): Condition<W | PartsOf<C>>;
  /** An odd number of them holds. */
  xor<const C extends object>(other: C): Condition<W | PartsOf<C>>;
  /** It does not hold. */
  not(): Condition<W>;
}

/**
 * A condition on the model whose instances are `I`, checked where it is written: build it up step by step.
 *
 * @example
 * let found = Q<Post>();
 * for (const word of words) found = found.or({ title__icontains: word });
 * await Post.objects.filter(found);
 */
export interface ConditionOn<in out I> extends Described<ConditionOf<ForModel<I>>> {
  /** Both hold. */
  and<K extends PropertyKey = NoKeys, D = never, W extends Offering = OfferedKeys<LabelOf<I>, K>>(
    other: Where<LabelOf<I>, {}, K, D, W>,
  ): ConditionOn<I>;
  /** One holds, or both. */
  or<K extends PropertyKey = NoKeys, D = never, W extends Offering = OfferedKeys<LabelOf<I>, K>>(
    other: Where<LabelOf<I>, {}, K, D, W>,
  ): ConditionOn<I>;
  /** An odd number of them holds. */
  xor<K extends PropertyKey = NoKeys, D = never, W extends Offering = OfferedKeys<LabelOf<I>, K>>(
    other: Where<LabelOf<I>, {}, K, D, W>,
  ): ConditionOn<I>;
  /** It does not hold. */
  not(): ConditionOn<I>;
}

/** The type `Q`: a condition on a model, or on any. */
export type Q<I = any> = 0 extends 1 & I ? Condition : ConditionOn<I>;

// As soon as one part is a condition on a model, the whole is one: the other parts are checked at once.
type ModelIn<W> = W extends ForModel<infer I> ? I : never;
type Composed<W> = 0 extends 1 & W
  ? Condition
  : [ModelIn<W>] extends [never]
    ? Condition<W>
    : ComposedOn<ModelIn<W>, W>;
type ComposedOn<I, W> = WrongIn<LabelOf<I>, {}, W> extends infer X ? ([X] extends [never] ? ConditionOn<I> : X) : never;

/** What `Q` is. */
export interface QFactory {
  /** Without a condition: a start, to which others are joined. Name the model to have them checked at once. */
  <I = any>(): Q<I>;
  /** All of the conditions hold. @example Q({ title__icontains: 'dune' }, { price__lt: 9 }) */
  <const C extends readonly object[]>(...conditions: C): Composed<PartsOf<C[number]>>;
}

/** What `or`, `and` and `xor` are. */
export interface ConnectiveFactory {
  /**
   * @example
   * filter(or({ title__icontains: 'python' }, { title__icontains: 'django' }), not({ author__isStaff: true }))
   * filter(or(...words.map((word) => ({ title__icontains: word }))))
   */
  <const C extends readonly object[]>(...conditions: C): Composed<PartsOf<C[number]>>;
}

/** What `not` is. */
export interface NotFactory {
  /** The condition, or boolean expression, does not hold. @example filter(not({ author__isStaff: true })) */
  <const C extends object>(condition: C): Composed<PartsOf<C>>;
}

export type { LookupError };
