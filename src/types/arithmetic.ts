import type { Decimal } from 'decimal.js';
import type { Temporal } from 'temporal-polyfill';
import type { LookupError } from './near-miss.js';

/** The operators of expressions, as their methods are named. */
export type Operator = 'add' | 'sub' | 'mul' | 'div' | 'mod' | 'pow' | 'bit';

/** The type of `left operator right`: null where either is, and for `div` and `mod` unless the divisor is a number other than zero. */
export type Arithmetic<Op, Left, Right> = [Extract<Left | Right, LookupError<any>>] extends [never]
  ?
      | Combined<NonNullable<Left>, NonNullable<Right>>
      | Extract<Left | Right, null>
      | (Op extends 'div' | 'mod' ? ByZero<Right> : never)
  : Extract<Left | Right, LookupError<any>>;

// A literal type other than 0 cannot be zero.
type ByZero<R> = number extends R ? null : R extends number ? (R extends 0 ? null : never) : null;

type Moment = Date | Temporal.Instant | Temporal.PlainDate | Temporal.PlainTime;

// As the expressions themselves: numbers become the wider of the two, the difference of two moments is a duration, and a date moved by a
// duration is a moment of the day.
type Combined<L, R> = [L] extends [number]
  ? [R] extends [number]
    ? number
    : R
  : [L] extends [Decimal]
    ? Decimal
    : [L] extends [bigint]
      ? [R] extends [number]
        ? bigint
        : R
      : [L] extends [Moment]
        ? [R] extends [Moment]
          ? Temporal.Duration
          : Moved<L>
        : [R] extends [Moment]
          ? Moved<R>
          : L;
type Moved<T> = T extends Temporal.PlainDate ? Date : T;
