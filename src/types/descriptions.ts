import type { describes } from './symbols.js';

/**
 * Anything that carries a description to be resolved against a model: an expression, a condition.
 * `F('viewCount')` alone does not know its model; `annotate`, `aggregate`, `filter` and `update` do.
 *
 * Descriptions:
 * - `['f', path]`                 the value at a path
 * - `['v', T]`                    a value of type T
 * - `['fn', T, args]`             T; null where an argument can be null; `['sure', …]` never null, `['maybe', …]` always perhaps
 * - `['same', args]`              the type of the arguments; null where one can be null
 * - `['some', args]`              the type of the arguments; null where all can be null
 * - `['num', args]`               a float, or a Decimal for Decimal arguments; null where one can be null
 * - `['op', operator, l, r]`      arithmetic
 * - `['agg', kind, arg, options]` an aggregate
 * - `['orNull', arg, default]`    the argument's type or the default's, which is null when not given
 * - `['case', conditions, results, default]`  one of the results
 * - `['trunc', arg]`, `['json', fields]`, `['jsonArray', items]` as their functions
 * - `['q', lookups]`              a condition: lookups still to be checked, a union of plain objects
 * - `['q', ForModel<I>]`          a condition already checked against a model
 * - `['alias', relation]`         a FilteredRelation
 *
 * Arguments are paths (strings), expressions or plain values.
 */
export interface Described<out D> {
  readonly [describes]: D;
}

/** Any expression. */
export interface AnyExpression extends Described<unknown> {}

/** Marks a condition as checked against the model whose instances are `I`. */
export interface ForModel<in out I> {
  readonly checkedFor: I;
}
