import { Decimal } from 'decimal.js';
import type { ColumnType } from '../../sql/value-type.js';

/**
 * How decimals live in SQLite, which has no decimal type:
 *
 * - Up to 15 significant digits a decimal is a number (INTEGER or REAL). A double holds every such decimal apart and in order
 *   (sqlite.org/floatingpoint.html), so comparing, sorting, indexes, the shell and other programs just work, and reading it back
 *   by its shortest spelling gives the very decimal that was stored. This is also how Django stores decimals.
 * - With more digits it is text, which the functions `DECIMAL_…` understand; numbers would lose digits.
 *
 * A value that SQL computed takes the form that its digits ask for. A column takes one form for all its values: number where
 * `maxDigits` is at most 15, else text with exactly `decimalPlaces` digits after the point, so that equal values are equal texts.
 */
export const EXACT_DIGITS = 15;

/** Exact for +, − and ×: more digits than any column has. */
export const Exact: typeof Decimal = Decimal.clone({ precision: 2000, toExpNeg: -10_000, toExpPos: 10_000 });

/** Whether a column of this type holds text, since a number could not hold its digits. */
export const isTextDecimal = (type: ColumnType): boolean => (type.maxDigits ?? 0) > EXACT_DIGITS;

/** A decimal in the form that its digits ask for: number or plain text. */
export function decimalForm(value: Decimal): number | string {
  if (value.sd() <= EXACT_DIGITS) {
    const number = value.toNumber();
    // Beyond a double's range a number would become 0 or infinite.
    if (Number.isFinite(number) && (number !== 0 || value.isZero())) return number === 0 ? 0 : number;
  }
  return value.toFixed();
}

/** The driver's form of a decimal's text, for a column or an expression of `type`. */
export function encodeDecimal(text: string, type: ColumnType): number | string {
  if (isTextDecimal(type)) return fixedText(new Exact(text), type.decimalPlaces ?? 0);
  // At most 15 digits however they stand; longer texts are looked at closely.
  if (text.length <= EXACT_DIGITS) {
    const number = Number(text);
    return number === 0 ? 0 : number;
  }
  return decimalForm(new Exact(text));
}

/** As `encodeDecimal`, rounded to the column's places, halves to the even side, as Django does. */
export function encodeDecimalColumn(text: string, type: ColumnType, places: number): number | string {
  const point = text.indexOf('.');
  const isLonger = point >= 0 && text.length - point - 1 > places;
  return encodeDecimal(isLonger ? rounded(text, places) : text, type);
}

const rounded = (text: string, places: number): string =>
  new Exact(text).toDecimalPlaces(places, Decimal.ROUND_HALF_EVEN).toFixed(places);

/** The text form: with `places` digits after the point, or more where the value has more. */
export function fixedText(value: Decimal, places: number): string {
  const text = value.toFixed(Math.max(places, value.decimalPlaces()));
  return value.isZero() ? text.replace('-', '') : text;
}

/** The decimal's text from what SQLite gives. A number that SQLite computed by itself is cut to the digits that it can vouch for. */
export function decodeDecimal(value: number | bigint | string): string {
  if (typeof value !== 'number') return String(value);
  const text = String(value);
  if (text.includes('e')) return new Exact(value.toPrecision(EXACT_DIGITS)).toFixed();
  return text.length <= EXACT_DIGITS || Number.isInteger(value)
    ? text
    : String(Number(value.toPrecision(EXACT_DIGITS)));
}

/** As `decodeDecimal`, rounded to the column's places: an UPDATE by an expression may have stored more. */
export function decodeDecimalColumn(value: number | bigint | string, places: number): string {
  const text = decodeDecimal(value);
  const point = text.indexOf('.');
  if (point < 0 || text.length - point - 1 <= places) return text;
  return new Exact(text).toDecimalPlaces(places, Decimal.ROUND_HALF_EVEN).toFixed();
}
