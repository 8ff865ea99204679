import type { Comparable, Many } from './comparable.js';

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
