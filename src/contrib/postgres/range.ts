import { typeError, ValueError } from '../../errors.js';
import { callable } from '../../util/callable.js';
import { isDecimal } from '../../util/decimal.js';
import { show } from '../../util/show.js';
import { Temporal } from '../../util/temporal.js';

/** Which bounds belong to a range: a square bracket for one that does, a round one for one that does not. */
export type RangeBounds = '[]' | '[)' | '(]' | '()';
const BOUNDS: readonly unknown[] = ['[]', '[)', '(]', '()'];

/** Made by `Range.empty()` alone. */
const EMPTY = Symbol('empty');

/** The class behind `Range`. */
export class RangeValue<T = unknown> {
  /** The lower bound; null where there is none. */
  readonly lower: T | null;
  /** The upper bound; null where there is none. */
  readonly upper: T | null;
  /** `[)` unless said otherwise. A bound that is not there never belongs to the range. */
  readonly bounds: RangeBounds;
  /** Whether it has no value at all. */
  readonly isEmpty: boolean;

  constructor(lower: T | null = null, upper: T | null = null, bounds: RangeBounds = '[)', mark?: unknown) {
    if (!BOUNDS.includes(bounds))
      throw new ValueError('range-bounds', `The bounds of a Range are one of [], [), (] and (), not ${show(bounds)}.`);
    for (const bound of [lower, upper]) {
      if (bound === undefined || bound instanceof RangeValue || Number.isNaN(bound))
        throw typeError(
          'range-bound',
          `A Range goes from one value to another, or null for no bound, not ${show(bound)}.`,
        );
    }
    this.lower = lower;
    this.upper = upper;
    this.bounds = `${lower === null ? '(' : bounds[0]}${upper === null ? ')' : bounds[1]}` as RangeBounds;
    this.isEmpty = mark === EMPTY;
    Object.freeze(this);
  }

  /** The range without any value. */
  static empty(): RangeValue<never> {
    return new RangeValue<never>(null, null, '()', EMPTY);
  }

  /** Whether the lower bound belongs to the range. */
  get lowerInc(): boolean {
    return this.bounds[0] === '[';
  }
  /** Whether the upper bound belongs to the range. */
  get upperInc(): boolean {
    return this.bounds[1] === ']';
  }
  /** Whether there is no lower bound; never of the empty range. */
  get lowerInf(): boolean {
    return this.lower === null && !this.isEmpty;
  }
  /** Whether there is no upper bound; never of the empty range. */
  get upperInf(): boolean {
    return this.upper === null && !this.isEmpty;
  }

  /** Whether a value is in the range. Asks no database. */
  contains(value: T): boolean {
    if (this.isEmpty) return false;
    if (this.lower !== null) {
      const below = compareBounds(value, this.lower);
      if (below < 0 || (below === 0 && !this.lowerInc)) return false;
    }
    if (this.upper === null) return true;
    const above = compareBounds(value, this.upper);
    return above < 0 || (above === 0 && this.upperInc);
  }
  /** Whether the other has the same bounds, of the same kinds. `[1,5]` and `[1,6)` differ here, whatever they are ranges of. */
  equals(other: unknown): boolean {
    return (
      other instanceof RangeValue &&
      this.isEmpty === other.isEmpty &&
      this.bounds === other.bounds &&
      sameBound(this.lower, other.lower) &&
      sameBound(this.upper, other.upper)
    );
  }
  /** `[1, 5)`; `empty`. */
  toString(): string {
    if (this.isEmpty) return 'empty';
    const text = (bound: T | null): string =>
      bound === null ? '' : bound instanceof Date ? bound.toISOString() : String(bound);
    return `${this.bounds[0]}${text(this.lower)}, ${text(this.upper)}${this.bounds[1]}`;
  }
  toJSON(): { lower: T | null; upper: T | null; bounds: RangeBounds } | { empty: true } {
    const { lower, upper, bounds } = this;
    return this.isEmpty ? { empty: true } : { lower, upper, bounds };
  }
}

const sameBound = (a: unknown, b: unknown): boolean => (a === null || b === null ? a === b : compareBounds(a, b) === 0);

/** Below 0 where `a` comes before `b`, 0 where they are the same. */
export function compareBounds(a: unknown, b: unknown): number {
  if (isDecimal(a)) return a.comparedTo(b as typeof a);
  if (a instanceof Temporal.PlainDate) return Temporal.PlainDate.compare(a, b as Temporal.PlainDate);
  const [one, other] = [a, b].map((bound) => (bound instanceof Date ? bound.getTime() : bound)) as [number, number];
  return one < other ? -1 : one > other ? 1 : 0;
}

/** A range of values. */
export const Range = callable(RangeValue);
export type Range<T = unknown> = RangeValue<T>;
