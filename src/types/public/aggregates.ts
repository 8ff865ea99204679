import type { AggregateOf, AnyExpression, ValueOf } from '../descriptions.js';
import type { Field } from '../field-types.js';
import type { defaultAlias } from '../symbols.js';
import type { Expression, FieldType } from './expressions.js';

/** The options that aggregates share. */
export interface AggregateOptions {
  /** Each value once. */
  readonly distinct?: boolean;
  /** Only rows for which this holds. */
  readonly filter?: object;
  /** Instead of null, where there are no rows. */
  readonly default?: unknown;
  /** The order in which rows are taken, where it matters. */
  readonly orderBy?: string | AnyExpression | readonly (string | AnyExpression)[];
  /** A field whose type the result has. */
  readonly outputField?: Field;
}

/** An aggregate; of a plain path it has a name of its own: `books__count`. */
export interface Aggregate<out D, out Name> extends Expression<D> {
  readonly [defaultAlias]: Name;
}

/** The name that an aggregate of a plain path gets by itself. */
export type NameOf<E, N extends string> = E extends '*' ? never : E extends string ? `${E}__${N}` : never;
/** An aggregate's description; `outputField` says its type where it is given. */
export type DescriptionOf<K, E, O> = O extends { readonly outputField: infer X extends Field }
  ? AggregateOf<'same', Expression<ValueOf<FieldType<X>>>, O>
  : AggregateOf<K, E, O>;

/** What `Count` is. */
export interface CountFactory {
  <
    const E extends string | AnyExpression,
    const O extends { readonly distinct?: boolean; readonly filter?: object } = {},
  >(
    expression: E,
    options?: O,
  ): Aggregate<AggregateOf<'count', E, O>, NameOf<E, 'count'>>;
}

/** An aggregate whose result has the type of its argument: Sum, Min, Max, AnyValue. */
export interface SameTypeAggregateFactory<N extends string> {
  <const E extends string | AnyExpression, const O extends AggregateOptions = {}>(
    expression: E,
    options?: O,
  ): Aggregate<DescriptionOf<'same', E, O>, NameOf<E, N>>;
}

/** An aggregate that gives a float, or a Decimal of decimals: Avg, StdDev, Variance. */
export interface AverageFactory<N extends string> {
  <const E extends string | AnyExpression, const O extends AggregateOptions & { readonly sample?: boolean } = {}>(
    expression: E,
    options?: O,
  ): Aggregate<DescriptionOf<'mean', E, O>, NameOf<E, N>>;
}

/** What `StringAgg` is. */
export interface StringAggFactory {
  <const E extends string | AnyExpression, const O extends AggregateOptions = {}>(
    expression: E,
    delimiter: string | AnyExpression,
    options?: O,
  ): Aggregate<DescriptionOf<'text', E, O>, NameOf<E, 'stringagg'>>;
}
