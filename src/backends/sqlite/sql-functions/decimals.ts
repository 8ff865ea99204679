import type { Decimal } from 'decimal.js';
import { decimalForm, EXACT_DIGITS, Exact, fixedText } from '../decimal-form.js';
import type { SqlAggregate, SqlFunction, SqlValue } from './sql-function.js';
import { strict } from './sql-function.js';

type Operand = number | bigint | string;

/** Operations that may have no end: as many digits as the operands ask for, 15 at least, as Django gives on SQLite. */
const Short = Exact.clone({ precision: EXACT_DIGITS });
const Long = Exact.clone({ precision: 34 });

/** An operand as a decimal; null for what is no number. A number beyond 15 digits is what SQLite computed: cut to what it can vouch for. */
function decimal(value: Operand): Decimal | null {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return null;
    const exact = new Exact(value);
    return exact.sd() <= EXACT_DIGITS || Number.isSafeInteger(value) ? exact : new Short(value).plus(0);
  }
  try {
    const exact = new Exact(typeof value === 'bigint' ? value.toString() : value);
    return exact.isFinite() ? exact : null;
  } catch {
    return null;
  }
}

type Operation = (left: Decimal, right: Decimal) => Decimal | null;

const binary = (name: string, operation: Operation): SqlFunction =>
  strict(
    name,
    (first: Operand, second: Operand) => {
      const [left, right] = [decimal(first), decimal(second)];
      const result = left === null || right === null ? null : operation(left, right);
      return result === null || !result.isFinite() ? null : decimalForm(result);
    },
    { arity: 2, bigints: true },
  );

const unary = (name: string, operation: (value: Decimal) => Decimal): SqlFunction =>
  strict(
    name,
    (operand: Operand) => {
      const value = decimal(operand);
      return value === null ? null : decimalForm(operation(value));
    },
    { arity: 1, bigints: true },
  );

/** The context for a result without end. */
const endless = (left: Decimal, right: Decimal): typeof Decimal =>
  left.sd() > EXACT_DIGITS || right.sd() > EXACT_DIGITS ? Long : Short;

function divide(left: Decimal, right: Decimal): Decimal | null {
  if (right.isZero()) return null;
  const context = endless(left, right);
  return context.div(left, right);
}

function power(base: Decimal, exponent: Decimal): Decimal | null {
  // A whole exponent of sensible size has an exact result.
  if (exponent.isInteger() && exponent.abs().lte(64) && !exponent.isNegative()) {
    const result = Exact.pow(base, exponent);
    if (result.sd() <= 2 * EXACT_DIGITS) return result;
  }
  return endless(base, exponent).pow(base, exponent);
}

const compare = (first: Operand, second: Operand): number | null => {
  const [left, right] = [decimal(first), decimal(second)];
  if (left === null || right === null) return null;
  return left.cmp(right);
};

/** A text that sorts as the decimal does: sign, exponent, digits; for negative numbers each turned around. */
export function sortKey(value: Decimal): string {
  if (value.isZero()) return '1';
  const exponent = String(value.e + 500_000).padStart(6, '0');
  const digits = value.abs().toFixed().replace('.', '').replace(/^0+/, '').replace(/0+$/, '');
  const key = exponent + digits;
  if (value.isPositive()) return `2${key}`;
  // After the last digit a longer negative number must come first.
  return `0${[...key].map((digit) => 9 - Number(digit)).join('')}~`;
}

const extreme = (name: string, sign: 1 | -1): SqlFunction =>
  strict(
    name,
    (...operands: Operand[]) =>
      operands.reduce((best, operand) => ((compare(operand, best) ?? 0) * sign > 0 ? operand : best)),
    { arity: -1, bigints: true },
  );

/** DECIMAL, DECIMAL_ADD … DECIMAL_KEY. The first names are those of SQLite's own decimal extension, and mean the same. */
export const decimalFunctions: readonly SqlFunction[] = [
  unary('DECIMAL', (value) => value),
  binary('DECIMAL_ADD', (left, right) => left.plus(right)),
  binary('DECIMAL_SUB', (left, right) => left.minus(right)),
  binary('DECIMAL_MUL', (left, right) => left.times(right)),
  binary('DECIMAL_DIV', divide),
  binary('DECIMAL_MOD', (left, right) => (right.isZero() ? null : left.mod(right))),
  binary('DECIMAL_POW', power),
  strict(
    'DECIMAL_CMP',
    (left: Operand, right: Operand): SqlValue => {
      const order = compare(left, right);
      return order === null ? null : BigInt(order);
    },
    { bigints: true },
  ),
  strict(
    'DECIMAL_KEY',
    (operand: Operand): SqlValue => {
      const value = decimal(operand);
      return value === null ? null : sortKey(value);
    },
    { bigints: true },
  ),
  unary('DECIMAL_ABS', (value) => value.abs()),
  unary('DECIMAL_CEILING', (value) => value.ceil()),
  unary('DECIMAL_FLOOR', (value) => value.floor()),
  strict(
    'DECIMAL_ROUND',
    (operand: Operand, places: bigint): SqlValue => {
      const value = decimal(operand);
      if (value === null) return null;
      const digits = Number(places);
      if (digits >= 0) return decimalForm(value.toDecimalPlaces(digits));
      const unit = new Exact(10).pow(-digits);
      return decimalForm(value.div(unit).toDecimalPlaces(0).times(unit));
    },
    { bigints: true },
  ),
  // The text form of a column, to which it rounds.
  strict(
    'DECIMAL_TEXT',
    (operand: Operand, places: bigint): SqlValue => {
      const value = decimal(operand);
      return value === null
        ? null
        : fixedText(value.toDecimalPlaces(Number(places), Exact.ROUND_HALF_EVEN), Number(places));
    },
    { bigints: true },
  ),
  extreme('DECIMAL_GREATEST', 1),
  extreme('DECIMAL_LEAST', -1),
  // A sum of whole units of 10^-places, as a decimal; with a count, its mean.
  strict(
    'DECIMAL_OF_UNITS',
    (...[units, places, count]: bigint[]): SqlValue => {
      const total = new Exact(String(units)).times(new Exact(10).pow(-Number(places)));
      return decimalForm(count === undefined ? total : divide(total, new Exact(String(count)))!);
    },
    { arity: -1, bigints: true },
  ),
];

interface Total {
  sum: Decimal;
  count: number;
}

const total = (name: string, result: (state: Total) => SqlValue): SqlAggregate<Total> => ({
  name,
  arity: 1,
  bigints: true,
  start: () => ({ sum: new Exact(0), count: 0 }),
  add: (state, operand: Operand | null) => step(state, operand, 1),
  remove: (state, operand: Operand | null) => step(state, operand, -1),
  result: (state) => (state.count === 0 ? null : result(state)),
});

function step(state: Total, operand: Operand | null, sign: 1 | -1): Total {
  const value = operand === null ? null : decimal(operand);
  if (value === null) return state;
  state.sum = sign === 1 ? state.sum.plus(value) : state.sum.minus(value);
  state.count += sign;
  return state;
}

/** A window moves forward, so what is removed is what came first. */
const best = (name: string, sign: 1 | -1): SqlAggregate<Operand[]> => ({
  name,
  arity: 1,
  bigints: true,
  start: () => [],
  add: (values, operand: Operand | null) => {
    if (operand !== null) values.push(operand);
    return values;
  },
  remove: (values, operand: Operand | null) => {
    if (operand !== null) values.shift();
    return values;
  },
  result: (values) =>
    values.length === 0
      ? null
      : values.reduce((chosen, value) => ((compare(value, chosen) ?? 0) * sign > 0 ? value : chosen)),
});

export const decimalAggregates: readonly SqlAggregate[] = [
  total('DECIMAL_SUM', ({ sum }) => decimalForm(sum)),
  total('DECIMAL_AVG', ({ sum, count }) => decimalForm(divide(sum, new Exact(count))!)),
  best('DECIMAL_MAX', 1),
  best('DECIMAL_MIN', -1),
];
