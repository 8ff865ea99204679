import { Decimal as DecimalJs } from 'decimal.js';

/**
 * Decimals of the library: decimal.js with so many digits that nothing a database holds is rounded.
 * Values of other copies of decimal.js are taken too; what the library gives is always of this one.
 */
export const Decimal: typeof DecimalJs = DecimalJs.clone({
  precision: 1100,
  rounding: DecimalJs.ROUND_HALF_EVEN,
  toExpNeg: -400,
  toExpPos: 400,
  minE: -9e15,
  maxE: 9e15,
  defaults: true,
});
export type Decimal = DecimalJs;

/** Digits before or after the point that are still taken: beyond, a short text would become a long number. */
export const MAX_DECIMAL_DIGITS = 1000;

/** Whether `value` is a decimal of any copy of decimal.js. What JSON made is never one. */
export function isDecimal(value: unknown): value is Decimal {
  if (value instanceof DecimalJs) return true;
  if (typeof value !== 'object' || value === null || Object.hasOwn(value, 'toStringTag')) return false;
  return (value as { toStringTag?: unknown }).toStringTag === '[object Decimal]';
}
