import { ValueError } from '../errors.js';
import { isExpression } from '../expressions/expression.js';
import { familyOf } from '../expressions/output-type.js';
import { integerRange } from '../fields/numeric.js';
import type { ParamNode } from '../sql/expression-nodes.js';
import type { ValueType } from '../sql/value-type.js';
import { identity } from '../sql/value-type.js';
import { isDecimal } from '../util/decimal.js';
import type { LookupContext } from './lookup.js';
import { nameOf, prepareFor } from './right-side.js';

/** Stands for a whole number that is too large, or too small, for any column of the type: the comparison is decided without it. */
export const ABOVE = Object.freeze({ outOfRange: 'above' });
export const BELOW = Object.freeze({ outOfRange: 'below' });

export const MAX_INTEGER = 2n ** 63n - 1n;
export const MIN_INTEGER = -(2n ** 63n);

/** Whole numbers that the column cannot hold. */
const wideInteger: ValueType<number | bigint> = Object.freeze({
  columnType: Object.freeze({ name: 'bigint' }),
  toDb: identity,
  fromDb: identity,
});

/** How a fraction becomes whole: comparisons for which the nearest smaller number would give another answer take the larger one. */
export type Rounding = 'cut' | 'up';

/**
 * A value compared with whole numbers: fractions are rounded, what is out of range becomes `ABOVE` or `BELOW`, numbers beyond 2^53
 * become bigint. Throws ValueError for what is no number.
 */
export function prepareInteger(
  value: unknown,
  type: ValueType,
  context: LookupContext,
  rounding: Rounding = 'cut',
): unknown {
  const isPositive = type.columnType.name.startsWith('positive');
  // what nearly all values are, without the way over bigint
  if (Number.isSafeInteger(value) && !(isPositive && (value as number) < 0)) return prepareFor(type, value, context);
  if (value === null || isExpression(value)) return value;
  const whole = wholeOf(value, rounding);
  if (whole === null) return prepareFor(type, value, context);
  if (whole === 'no number') throw new ValueError('number-expected', `Field '${nameOf(context)}' expected a number.`);
  if (whole > MAX_INTEGER) return ABOVE;
  if (whole < MIN_INTEGER || (whole < 0n && isPositive)) return BELOW;
  if (holdsBigint(type)) return prepareFor(type, whole, context);
  return isSafe(whole) ? prepareFor(type, Number(whole), context) : whole;
}

function wholeOf(value: unknown, rounding: Rounding): bigint | 'no number' | null {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') {
    if (Number.isNaN(value) || !Number.isFinite(value)) return 'no number';
    return BigInt(rounding === 'up' ? Math.ceil(value) : Math.trunc(value));
  }
  // text and the rest are the field's to judge; only what it could not hold is taken off its hands
  if (typeof value === 'string')
    return /^\s*[+-]?\d{16,400}\s*$/.test(value) ? BigInt(value.trim().replace(/^\+/, '')) : null;
  if (isDecimal(value)) return value.isFinite() && value.e < 400 ? BigInt(value.trunc().toFixed(0)) : 'no number';
  return null;
}

const isSafe = (whole: bigint): boolean =>
  whole <= BigInt(Number.MAX_SAFE_INTEGER) && whole >= BigInt(Number.MIN_SAFE_INTEGER);
const holdsBigint = (type: ValueType): boolean =>
  type.columnType.name === 'bigint' || type.columnType.name === 'positiveBigint';

/** Whether the type holds whole numbers. */
export const isInteger = (type: ValueType): boolean => familyOf(type) === 'integer';

/** What of a prepared whole number decides the SQL's text: a number that the column cannot hold is bound with a wider type. */
export function shapeOfInteger(prepared: unknown, type: ValueType): string {
  if (prepared === ABOVE) return 'above';
  if (prepared === BELOW) return 'below';
  if (typeof prepared !== 'number' && typeof prepared !== 'bigint') return '';
  // every column of whole numbers holds these
  if (prepared >= 0 && prepared <= 32_767) return '';
  const range = integerRange(type.columnType);
  return range !== null && (prepared < range.min || prepared > range.max) ? 'wide' : '';
}

/** The parameter with a type that holds its number. */
export const integerParam = (node: ParamNode, type: ValueType): ParamNode =>
  shapeOfInteger(node.value, type) === 'wide' ? { ...node, type: wideInteger } : node;
