import type { Temporal } from 'temporal-polyfill';
import type { Comparable, Many } from '../../types/comparable.js';
import type { AnyExpression } from '../../types/descriptions.js';
import type { KindOf, OfKind } from '../../types/kinds.js';
import type { Given } from '../../types/lookups.js';
import type { RangeBounds } from './range.js';

/** Texts, or nothing, by texts: the value of an HStoreField. */
export type HStore = Record<string, string | null>;

/**
 * What stands between two values: the value of a range field. Ranges of whole numbers and days come back from the database as it keeps
 * them, with the lower bound and without the upper one: `[1,5]` as `[1,6)`.
 */
export interface Range<out T> extends OfKind<'range'> {
  /** The lower bound; null where there is none. */
  readonly lower: T | null;
  /** The upper bound; null where there is none. */
  readonly upper: T | null;
  /** `[)` unless said otherwise. A bound that is not there never belongs to the range. */
  readonly bounds: RangeBounds;
  /** Whether it has no value at all. */
  readonly isEmpty: boolean;
  /** Whether the lower bound belongs to the range. */
  readonly lowerInc: boolean;
  /** Whether the upper bound belongs to the range. */
  readonly upperInc: boolean;
  /** Whether there is no lower bound; never of the empty range. */
  readonly lowerInf: boolean;
  /** Whether there is no upper bound; never of the empty range. */
  readonly upperInf: boolean;
  /** Whether a value is in the range. Asks no database. */
  contains(value: unknown): boolean;
  /** Whether the other has the same bounds, of the same kinds. `[1,5]` and `[1,6)` differ here, whatever they are ranges of. */
  equals(other: unknown): boolean;
  /** `[1, 5)`; `empty`. */
  toString(): string;
}

// What may be given for one element or bound, and for arrays and ranges of them.
type GivenItem<E> = E extends readonly (infer X)[]
  ? readonly GivenItem<X>[]
  : E extends null
    ? null
    : KindOf<E> extends 'json'
      ? E
      : Given<KindOf<E>, E>;
type ItemOf<T> = T extends readonly (infer E)[] ? E : never;
type BoundOf<T> = T extends Range<infer E> ? E : never;
type GivenArray<T> = readonly GivenItem<ItemOf<T>>[];
type GivenRange<E> = Range<GivenItem<E>> | readonly [GivenItem<E> | null, GivenItem<E> | null];
type GivenHStore = Readonly<Record<string, string | number | bigint | boolean | null>>;

/** An array in which expressions may stand, or a QuerySet of one column. */
type Elements<T> = Comparable<readonly (GivenItem<ItemOf<T>> | AnyExpression)[]>;

/** The lookups of an array of type `T`. */
export interface ArrayLookups<T> {
  exact: Elements<T> | null;
  contains: Elements<T>;
  contained_by: Elements<T>;
  overlap: Elements<T>;
  gt: Comparable<GivenArray<T>>;
  gte: Comparable<GivenArray<T>>;
  lt: Comparable<GivenArray<T>>;
  lte: Comparable<GivenArray<T>>;
  in: Many<GivenArray<T>>;
  isnull: boolean;
}

/** The lookups of a range of values of type `E`. */
export interface RangeLookups<E> {
  exact: Comparable<GivenRange<E>> | null;
  contains: Comparable<GivenRange<E> | GivenItem<E>>;
  contained_by: Comparable<GivenRange<E>>;
  overlap: Comparable<GivenRange<E>>;
  fully_lt: Comparable<GivenRange<E>>;
  fully_gt: Comparable<GivenRange<E>>;
  not_lt: Comparable<GivenRange<E>>;
  not_gt: Comparable<GivenRange<E>>;
  adjacent_to: Comparable<GivenRange<E>>;
  startswith: Comparable<GivenItem<E>> | null;
  endswith: Comparable<GivenItem<E>> | null;
  gt: Comparable<GivenRange<E>>;
  gte: Comparable<GivenRange<E>>;
  lt: Comparable<GivenRange<E>>;
  lte: Comparable<GivenRange<E>>;
  in: Many<GivenRange<E>>;
  isnull: boolean;
}

/** The lookups of texts by texts. */
export interface HStoreLookups {
  exact: Comparable<GivenHStore> | null;
  contains: Comparable<GivenHStore>;
  contained_by: Comparable<GivenHStore>;
  has_key: Comparable<string | number>;
  has_keys: readonly (string | number)[];
  has_any_keys: readonly (string | number)[];
  in: Many<GivenHStore>;
  isnull: boolean;
}

type ElementStep<E> = [NonNullable<E> extends readonly any[] ? 'array' : KindOf<NonNullable<E>>, NonNullable<E>, true];
type ArrayStep<T, N> = N extends 'len'
  ? ['number', number, false]
  : N extends `${bigint}`
    ? ElementStep<ItemOf<T>>
    : N extends `${bigint}_${bigint}`
      ? ['array', T, false]
      : null;
type RangeStep<E, N> = N extends 'startswith' | 'endswith'
  ? [KindOf<E>, E, true]
  : N extends 'isempty' | 'lower_inc' | 'lower_inf' | 'upper_inc' | 'upper_inf'
    ? ['boolean', boolean, false]
    : null;
type HStoreStep<N> = N extends 'keys'
  ? ['array', string[], false]
  : N extends 'values'
    ? ['array', (string | null)[], false]
    : ['text', string, true];

/** What a lookup of single values that have an order takes; nothing where they have none. */
type ContainedBy<T> = [Extract<T, number | bigint | Date | Temporal.PlainDate | Temporal.Instant>] extends [never]
  ? never
  : Comparable<Range<T> | readonly [T | null, T | null]>;

// By the way that applications take: the compiler loses augmentations that reach an interface by two.
declare module '../../index.js' {
  interface FieldLookups<T> {
    contained_by: ContainedBy<T>;
  }
}
declare module '../../types/kinds.js' {
  interface KindTypes {
    readonly array: readonly any[];
    readonly range: Range<any>;
    readonly hstore: HStore;
  }
  interface KindInputs {
    readonly array: never;
    readonly range: never;
    readonly hstore: never;
  }
}
declare module '../../types/own-kinds.js' {
  interface OwnKinds<T> {
    array: { given: GivenArray<T>; lookups: ArrayLookups<T> };
    range: { given: GivenRange<BoundOf<T>>; lookups: RangeLookups<BoundOf<T>> };
    hstore: { given: GivenHStore; lookups: HStoreLookups };
  }
  interface OwnTransforms<T, N> {
    array: ArrayStep<T, N>;
    range: RangeStep<BoundOf<T>, N>;
    hstore: HStoreStep<N>;
  }
}
declare module '../../types/lookups.js' {
  interface TransformTable {
    array: {};
    range: {};
    hstore: {};
  }
}
