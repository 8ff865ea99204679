import type { AnyExpression } from './descriptions.js';
import type { row } from './symbols.js';

/** Any QuerySet, where one stands in for its rows. */
export interface AnyQuerySet {
  [row](): unknown;
}

/** What may stand on the right of a comparison with `T`. */
export type Comparable<T> = T | AnyExpression | AnyQuerySet;

/** What may stand for many values: `in`. (A string is not a list of its characters.) */
export type Many<T> = readonly (T | AnyExpression)[] | ReadonlySet<T> | AnyQuerySet | AnyExpression;
