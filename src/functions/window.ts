import { ValueError } from '../errors.js';
import { isOptions } from '../expressions/func.js';
import { floatField, integerField } from '../expressions/types.js';
import { defineFunction, firstType, WholeNumber } from './define.js';

/** Of none, giving a place or a part. */
const place = (label: string, sql: string, type = integerField) =>
  defineFunction<[options?: object]>(label, { sql, arity: 0, type, window: true });
/** Of one expression, giving its value in another row. */
const edge = (label: string, sql: string) =>
  defineFunction<[expression: unknown, options?: object]>(label, { sql, arity: 1, type: firstType, window: true });

function positive(value: unknown, message: string): WholeNumber {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value <= 0)
    throw new ValueError('window-argument', message);
  return new WholeNumber(value);
}

function checkSource(label: string, expression: unknown): void {
  if (expression === null || expression === undefined || isOptions(expression)) {
    throw new ValueError('window-argument', `${label} requires a non-null source expression.`);
  }
}

/** `Lag(x, { offset, default })` or `Lag(x, offset, default)`. */
const neighbour = (label: string, sql: string) =>
  defineFunction<[expression: unknown, offsetOrOptions?: unknown, fallback?: unknown]>(label, {
    sql,
    arity: [2, 3],
    type: firstType,
    window: true,
    read: ([expression, offset, fallback, ...more], options) => {
      checkSource(label, expression);
      const steps = positive(
        offset === undefined ? (options.offset === undefined ? 1 : options.offset) : offset,
        `${label} requires a positive integer for the offset.`,
      );
      const otherwise = fallback ?? options.default ?? null;
      return otherwise === null ? [expression, steps, ...more] : [expression, steps, otherwise, ...more];
    },
  });

/** The part of the rows that come before this one or beside it, from 0 to 1. SQL: `CUME_DIST()` @example Window(CumeDist(), { orderBy: "price" }) */
export const CumeDist = place('CumeDist', 'CUME_DIST', floatField);
/** The row's rank without gaps. SQL: `DENSE_RANK()` @example Window(DenseRank(), { orderBy: "-price" }) */
export const DenseRank = place('DenseRank', 'DENSE_RANK');
/** The value in the first row of the frame. SQL: `FIRST_VALUE(x)` @example Window(FirstValue("price"), { orderBy: "day" }) */
export const FirstValue = edge('FirstValue', 'FIRST_VALUE');
/**
 * The value some rows before, one when not given; null or `default` where there is none. A text as default names a field.
 * Throws ValueError for an offset below 1. SQL: `LAG(x, offset, default)`
 *
 * @example
 * Window(Lag("price", { offset: 1, default: 0 }), { orderBy: "day" })
 */
export const Lag = neighbour('Lag', 'LAG');
/** The value in the last row of the frame. SQL: `LAST_VALUE(x)` @example Window(LastValue("price"), { orderBy: "day" }) */
export const LastValue = edge('LastValue', 'LAST_VALUE');
/** The value some rows after; see `Lag`. SQL: `LEAD(x, offset, default)` @example Window(Lead("price"), { orderBy: "day" }) */
export const Lead = neighbour('Lead', 'LEAD');
/**
 * The value in the n-th row of the frame, counted from 1; null where there is none. Throws ValueError for n below 1.
 * SQL: `NTH_VALUE(x, n)`
 *
 * @example
 * Window(NthValue("price", 2), { orderBy: "day" })
 */
export const NthValue = defineFunction<[expression: unknown, nthOrOptions?: unknown]>('NthValue', {
  sql: 'NTH_VALUE',
  arity: 2,
  type: firstType,
  window: true,
  read: ([expression, nth, ...more], options) => {
    checkSource('NthValue', expression);
    const row = nth === undefined ? (options.nth === undefined ? 1 : options.nth) : nth;
    return [expression, positive(row, 'NthValue requires a positive integer as for nth.'), ...more];
  },
});
/** Which of so many equal buckets the row falls into, from 1. Throws ValueError for less than one. SQL: `NTILE(n)` @example Window(Ntile(4), { orderBy: "price" }) */
export const Ntile = defineFunction<[buckets?: number, options?: object]>('Ntile', {
  sql: 'NTILE',
  arity: 1,
  type: integerField,
  window: true,
  read: ([buckets = 1, ...more], options) => [
    positive(options.numBuckets ?? buckets, 'The number of buckets must be greater than 0.'),
    ...more,
  ],
});
/** The rank as a part, from 0 to 1. SQL: `PERCENT_RANK()` @example Window(PercentRank(), { orderBy: "price" }) */
export const PercentRank = place('PercentRank', 'PERCENT_RANK', floatField);
/** The row's rank, with gaps after equal ones. SQL: `RANK()` @example Window(Rank(), { orderBy: "-price" }) */
export const Rank = place('Rank', 'RANK');
/** The row's number, from 1. SQL: `ROW_NUMBER()` @example Window(RowNumber(), { orderBy: "name" }) */
export const RowNumber = place('RowNumber', 'ROW_NUMBER');
