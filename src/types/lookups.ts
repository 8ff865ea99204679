import type { AnyExpression } from './descriptions.js';
import type { Kind, KindInputs } from './kinds.js';
import type { row } from './symbols.js';

/** Any QuerySet, where one stands in for its rows. */
export interface AnyQuerySet {
  [row](): unknown;
}

/** What may stand on the right of a comparison with `T`. */
export type Comparable<T> = T | AnyExpression | AnyQuerySet;

/** What may stand for many values: `in`. (A string is not a list of its characters.) */
export type Many<T> = readonly (T | AnyExpression)[] | ReadonlySet<T> | AnyQuerySet | AnyExpression;

/**
 * The lookups that every field has, by name, with what stands on their right. Augment it to declare a lookup of one's own.
 *
 * @example
 * declare module 'nuages' {
 *   interface FieldLookups<T> { ne: T }
 * }
 */
export interface FieldLookups<T> {
  exact: Comparable<T> | null;
  iexact: Comparable<T | string> | null;
  contains: Comparable<T | string>;
  icontains: Comparable<T | string>;
  startswith: Comparable<T | string>;
  istartswith: Comparable<T | string>;
  endswith: Comparable<T | string>;
  iendswith: Comparable<T | string>;
  regex: Comparable<string>;
  iregex: Comparable<string>;
  gt: Comparable<T>;
  gte: Comparable<T>;
  lt: Comparable<T>;
  lte: Comparable<T>;
  range: readonly [Comparable<T>, Comparable<T>];
  in: Many<T>;
  isnull: boolean;
}

/** The lookups that JSON fields and the values inside them have. */
export interface JSONLookups {
  exact: unknown;
  iexact: Comparable<string> | null;
  contains: unknown;
  contained_by: unknown;
  has_key: Comparable<string | number>;
  has_keys: readonly (string | number | AnyExpression)[];
  has_any_keys: readonly (string | number | AnyExpression)[];
  icontains: Comparable<string>;
  startswith: Comparable<string>;
  istartswith: Comparable<string>;
  endswith: Comparable<string>;
  iendswith: Comparable<string>;
  regex: Comparable<string>;
  iregex: Comparable<string>;
  gt: Comparable<string | number>;
  gte: Comparable<string | number>;
  lt: Comparable<string | number>;
  lte: Comparable<string | number>;
  range: readonly [Comparable<string | number>, Comparable<string | number>];
  in: Many<unknown>;
  isnull: boolean;
}

/** The lookups of a relation, with what stands on their right: an instance `I` or its key `P`. */
export interface RelationLookups<I, P> {
  exact: Comparable<I | P> | null;
  in: Many<I | P>;
  gt: Comparable<I | P>;
  gte: Comparable<I | P>;
  lt: Comparable<I | P>;
  lte: Comparable<I | P>;
  isnull: boolean;
}

/** The parts of a date, as transforms: each gives a number. */
interface DateParts {
  year: 'number';
  iso_year: 'number';
  quarter: 'number';
  month: 'number';
  week: 'number';
  week_day: 'number';
  iso_week_day: 'number';
  day: 'number';
}

/** The parts of a time of day. */
interface TimeParts {
  hour: 'number';
  minute: 'number';
  second: 'number';
}

/**
 * Transforms registered for text fields: name → kind of the result. Augment it beside `registerLookup`.
 *
 * @example
 * declare module 'nuages' {
 *   interface TextTransforms { length: 'number'; lower: 'text' }
 * }
 */
// biome-ignore lint/suspicious/noEmptyInterface: it is there to be augmented
export interface TextTransforms {}
/** Transforms registered for number, bigint and decimal fields: name → kind of the result. */
// biome-ignore lint/suspicious/noEmptyInterface: it is there to be augmented
export interface NumberTransforms {}
/** Transforms of dates: name → kind of the result. */
export interface DateTransforms extends DateParts {}
/** Transforms of datetimes and instants: name → kind of the result. */
export interface DateTimeTransforms extends DateParts, TimeParts {
  date: 'date';
  time: 'time';
}
/** Transforms of times: name → kind of the result. */
export interface TimeTransforms extends TimeParts {}
/** Transforms registered for fields of any kind: name → kind of the result. */
// biome-ignore lint/suspicious/noEmptyInterface: it is there to be augmented
export interface AnyTransforms {}

/** Kind → its transforms. */
export interface TransformTable {
  text: TextTransforms;
  uuid: TextTransforms;
  file: TextTransforms;
  number: NumberTransforms;
  bigint: NumberTransforms;
  decimal: NumberTransforms;
  date: DateTransforms;
  datetime: DateTimeTransforms;
  instant: DateTimeTransforms;
  time: TimeTransforms;
  duration: AnyTransforms;
  boolean: AnyTransforms;
  binary: AnyTransforms;
  json: AnyTransforms;
}

/** The kind that transform `N` makes of kind `K`; never when there is no such transform. */
export type Transformed<K extends Kind, N> = N extends keyof TransformTable[K]
  ? TransformTable[K][N] & Kind
  : N extends keyof AnyTransforms
    ? AnyTransforms[N] & Kind
    : never;

/** What a field of kind `K` and type `T` takes where a value is given. */
export type Given<K extends Kind, T> = T | KindInputs[K];
