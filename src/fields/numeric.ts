import { ValueError } from '../errors.js';
import type { ColumnType, ColumnTypeName, ValueType } from '../sql/value-type.js';
import { callable } from '../util/callable.js';
import { isDecimal, MAX_DECIMAL_DIGITS } from '../util/decimal.js';
import { Field, type FieldClass, limitedType, refuse, refuseType, type Validator } from './field.js';
import { MaxValueValidator, MinValueValidator } from './validators.js';

export { DecimalField, type DecimalFieldOptions, decimalOf } from './decimal.js';

/** Whole numbers that a column type holds, smallest and largest. */
export interface IntegerRange {
  readonly min: bigint;
  readonly max: bigint;
}

const signed = (bits: bigint): IntegerRange => ({ min: -(1n << (bits - 1n)), max: (1n << (bits - 1n)) - 1n });
const positive = (bits: bigint): IntegerRange => ({ min: 0n, max: (1n << (bits - 1n)) - 1n });
const RANGES: Readonly<Record<string, IntegerRange>> = {
  smallint: signed(16n),
  integer: signed(32n),
  bigint: signed(64n),
  smallAuto: signed(16n),
  auto: signed(32n),
  bigAuto: signed(64n),
  positiveSmallint: positive(16n),
  positiveInteger: positive(32n),
  positiveBigint: positive(64n),
};

/** The range of an integer column type, null for other types. A comparison with a number outside of it has one answer for all rows. */
export function integerRange(type: ColumnType): IntegerRange | null {
  return Object.hasOwn(RANGES, type.name) ? RANGES[type.name]! : null;
}

/** Validators of the whole numbers that a database's column holds, smallest and largest. */
export const rangeValidators = ([min, max]: readonly [bigint, bigint]): readonly Validator[] => [
  MinValueValidator(min),
  MaxValueValidator(max),
];

const NUMBER = 'a number';
const INTEGER_TEXT = /^\s*([+-]?)(\d+(?:_\d+)*)\s*$/;
const MAX_INTEGER_DIGITS = 1000;

/**
 * A whole number as Python's `int()` takes it: numbers and decimals are cut off towards zero, text must be all digits.
 * Gives a bigint where a number could not hold it. Throws ValueError or TypeError.
 */
export function wholeNumber(value: unknown, name?: string): number | bigint {
  switch (typeof value) {
    case 'number':
      if (Number.isSafeInteger(value)) return value === 0 ? 0 : value;
      if (!Number.isFinite(value)) throw refuse(name, NUMBER, value, 'not-finite');
      if (Math.abs(value) > Number.MAX_SAFE_INTEGER) throw unsafe(name);
      return Math.trunc(value) + 0;
    case 'bigint':
      return narrow(value);
    case 'boolean':
      return value ? 1 : 0;
    case 'string': {
      const match = value.length > MAX_INTEGER_DIGITS ? null : INTEGER_TEXT.exec(value);
      if (match === null) throw refuse(name, NUMBER, value);
      const digits = BigInt(match[2]!.replaceAll('_', ''));
      return narrow(match[1] === '-' ? -digits : digits);
    }
    default:
      if (!isDecimal(value)) throw refuseType(name, NUMBER, value);
      if (!value.isFinite()) throw refuse(name, NUMBER, String(value), 'not-finite');
      if (value.e > MAX_DECIMAL_DIGITS) throw unsafe(name);
      return narrow(BigInt(value.trunc().toFixed(0)));
  }
}

const narrow = (value: bigint): number | bigint =>
  value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : value;

function unsafe(name: string | undefined): ValueError {
  const subject = name === undefined ? 'This value' : `Field '${name}'`;
  return new ValueError(
    'unsafe-integer',
    `${subject} got a number beyond 2^53 − 1, which JavaScript numbers hold only rounded. A BigIntegerField takes a bigint.`,
  );
}

/** The base of fields whose value is a whole number. */
abstract class WholeNumberField<T extends number | bigint> extends Field<T> {
  override get defaultErrorMessages(): Readonly<Record<string, string>> {
    return { ...super.defaultErrorMessages, invalid: '“%(value)s” value must be an integer.' };
  }
  #stored: ValueType<T> | undefined;
  override get stored(): ValueType<T> {
    // the type of a computed number only stands on a field (resultType), without its private places
    if (!(#stored in this)) return limitedType(this);
    this.#stored ??= limitedType(this);
    return this.#stored;
  }
}

/** Whole numbers as `number`; beyond 2^53 − 1 they are refused, never rounded. */
abstract class NumberField extends WholeNumberField<number> {
  override prepare(value: unknown, name?: string): number {
    const whole = wholeNumber(value, name);
    if (typeof whole === 'bigint') throw unsafe(name);
    return whole;
  }
}

/** Whole numbers as `bigint`. A number is accepted where one is given. */
abstract class BigNumberField extends WholeNumberField<bigint> {
  override prepare(value: unknown, name?: string): bigint {
    return typeof value === 'bigint' ? value : BigInt(wholeNumber(value, name));
  }
  override fromDb = bigintFromDb;
}

const bigintFromDb = (value: bigint | number): bigint => (typeof value === 'bigint' ? value : BigInt(value));

function numberFromDb(value: bigint | number): number {
  if (typeof value === 'number') return value;
  const whole = narrow(value);
  if (typeof whole === 'bigint') throw unsafe(undefined);
  return whole;
}

const type = (name: ColumnTypeName): ColumnType => Object.freeze({ name });

const SMALLINT = type('smallint');
const INTEGER = type('integer');
const BIGINT = type('bigint');
const POSITIVE_SMALLINT = type('positiveSmallint');
const POSITIVE_INTEGER = type('positiveInteger');
const POSITIVE_BIGINT = type('positiveBigint');
const SMALL_AUTO = type('smallAuto');
const AUTO = type('auto');
const BIG_AUTO = type('bigAuto');

/** A whole number of 32 bits. In JavaScript: number. */
export const IntegerField: FieldClass<number> = callable(
  class IntegerField extends NumberField {
    get columnType(): ColumnType {
      return INTEGER;
    }
  },
);
export type IntegerField = Field<number>;

/** A whole number of 16 bits. In JavaScript: number. */
export const SmallIntegerField: FieldClass<number> = callable(
  class SmallIntegerField extends IntegerField {
    override get columnType(): ColumnType {
      return SMALLINT;
    }
  },
);
export type SmallIntegerField = Field<number>;

/** A whole number from 0, of 31 bits. In JavaScript: number. */
export const PositiveIntegerField: FieldClass<number> = callable(
  class PositiveIntegerField extends IntegerField {
    override get columnType(): ColumnType {
      return POSITIVE_INTEGER;
    }
  },
);
export type PositiveIntegerField = Field<number>;

/** A whole number from 0, of 15 bits. In JavaScript: number. */
export const PositiveSmallIntegerField: FieldClass<number> = callable(
  class PositiveSmallIntegerField extends IntegerField {
    override get columnType(): ColumnType {
      return POSITIVE_SMALLINT;
    }
  },
);
export type PositiveSmallIntegerField = Field<number>;

/** A whole number of 64 bits. In JavaScript: bigint; a number is accepted where one is given. */
export const BigIntegerField: FieldClass<bigint> = callable(
  class BigIntegerField extends BigNumberField {
    get columnType(): ColumnType {
      return BIGINT;
    }
  },
);
export type BigIntegerField = Field<bigint>;

/** A whole number from 0, of 63 bits. In JavaScript: bigint. */
export const PositiveBigIntegerField: FieldClass<bigint> = callable(
  class PositiveBigIntegerField extends BigIntegerField {
    override get columnType(): ColumnType {
      return POSITIVE_BIGINT;
    }
  },
);
export type PositiveBigIntegerField = Field<bigint>;

/** A key of 32 bits that the database counts. In JavaScript: number. */
export const AutoField: FieldClass<number> = callable(
  class AutoField extends IntegerField {
    override get columnType(): ColumnType {
      return AUTO;
    }
    override get blank(): boolean {
      return true;
    }
    override fromDb = numberFromDb;
    // The database gives the value, so a missing one is no mistake.
    override validate(): void {}
  },
);
export type AutoField = Field<number>;

/** A key of 16 bits that the database counts. In JavaScript: number. */
export const SmallAutoField: FieldClass<number> = callable(
  class SmallAutoField extends AutoField {
    override get columnType(): ColumnType {
      return SMALL_AUTO;
    }
  },
);
export type SmallAutoField = Field<number>;

/** A key of 64 bits that the database counts: the default primary key. In JavaScript: number. */
export const BigAutoField: FieldClass<number> = callable(
  class BigAutoField extends AutoField {
    override get columnType(): ColumnType {
      return BIG_AUTO;
    }
  },
);
export type BigAutoField = Field<number>;

/** The place of an object among those with the same `orderWithRespectTo`: the field `_order`. */
export const OrderWrt: FieldClass<number> = callable(
  class OrderWrt extends IntegerField {
    override get editable(): boolean {
      return false;
    }
  },
);

const FLOAT = type('float');
const FLOAT_TEXT = /^\s*[+-]?(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d+)?\s*$/;

/** A number with a floating point. In JavaScript: number. NaN and infinities are refused. */
export const FloatField: FieldClass<number> = callable(
  class FloatField extends Field<number> {
    get columnType(): ColumnType {
      return FLOAT;
    }
    override get defaultErrorMessages(): Readonly<Record<string, string>> {
      return { ...super.defaultErrorMessages, invalid: '“%(value)s” value must be a float.' };
    }
    override prepare(value: unknown, name?: string): number {
      const number = floatOf(value, name);
      if (!Number.isFinite(number)) throw refuse(name, 'a finite number', value, 'not-finite');
      return number;
    }
  },
);
export type FloatField = Field<number>;

function floatOf(value: unknown, name: string | undefined): number {
  switch (typeof value) {
    case 'number':
      return value;
    case 'bigint':
      return Number(value);
    case 'boolean':
      return value ? 1 : 0;
    case 'string':
      if (value.length > MAX_INTEGER_DIGITS || !FLOAT_TEXT.test(value)) throw refuse(name, NUMBER, value);
      return Number(value.replaceAll('_', ''));
    default:
      if (isDecimal(value)) return value.toNumber();
      throw refuseType(name, NUMBER, value);
  }
}
