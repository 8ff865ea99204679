import type { Decimal } from 'decimal.js';
import type { Temporal } from 'temporal-polyfill';
import type { LookupError } from './near-miss.js';

/** The operators of expressions, as their methods are named. */
export type Operator = 'add' | 'sub' | 'mul' | 'div' | 'mod' | 'pow' | 'bit';

/** The type of `left operator right`: null where either is, and for `div` and `mod` unless the divisor is a number other than zero. */
export type Arithmetic<Op, Left, Right> =
  Left extends LookupError<any>
    ? Left
    : Right extends LookupError<any>
      ? Right
      :
          | Combined<Op, NonNullable<Left>, NonNullable<Right>>
          | Extract<Left | Right, null>
          | (Op extends 'div' | 'mod' ? ByZero<Right> : never);

// A literal type other than 0 cannot be zero.
type ByZero<R> = number extends R ? null : R extends number ? (R extends 0 ? null : never) : null;

type Moment = Date | Temporal.Instant | Temporal.PlainDate | Temporal.PlainTime;

type Combined<Op, L, R> = [L] extends [number]
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
        ? Op extends 'sub'
          ? [R] extends [Moment]
            ? Temporal.Duration
            : L
          : L
        : [R] extends [Moment]
          ? R
          : L;
