import type { Comparable, Many } from './comparable.js';
import type { AnyExpression } from './descriptions.js';
import type {
  AnyTransforms,
  DateTimeTransforms,
  DateTransforms,
  NumberTransforms,
  TextTransforms,
  TimeTransforms,
} from './extensions.js';
import type { Kind, KindInputs } from './kinds.js';
import type { OwnKinds } from './own-kinds.js';

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

/** The lookups of a composite key, with what stands on their right: `T` is a value for each of its parts. */
export interface CompositeLookups<T> {
  exact: Comparable<T>;
  in: Many<T>;
  gt: Comparable<T>;
  gte: Comparable<T>;
  lt: Comparable<T>;
  lte: Comparable<T>;
  isnull: boolean;
}

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
export type Given<K extends Kind, T> = K extends keyof OwnKinds<T>
  ? OwnKinds<T>[K] extends { readonly given: infer G }
    ? G
    : never
  : T | KindInputs[K];
