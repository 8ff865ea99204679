import { ValueError } from '../errors.js';
import type { ColumnType, DbValue, ValueType } from '../sql/value-type.js';
import { callable } from '../util/callable.js';
import { Decimal, isDecimal, MAX_DECIMAL_DIGITS } from '../util/decimal.js';
import { Field, type FieldClass, type FieldOptions, limitedType, refuseType, type Validator } from './field.js';
import { DecimalValidator } from './validators.js';

export interface DecimalFieldOptions extends FieldOptions {
  /** All digits that the column holds. */
  readonly maxDigits?: number;
  /** Digits after the point. */
  readonly decimalPlaces?: number;
}

/**
 * A decimal number of fixed precision, exact on every backend. In JavaScript: `Decimal`; a number, bigint or string is
 * accepted where one is given. Writing rounds to `decimalPlaces`, halves to the even side; comparing rounds nothing.
 */
export const DecimalField: FieldClass<Decimal, DecimalFieldOptions> = callable(
  class DecimalField extends Field<Decimal, DecimalFieldOptions> {
    readonly columnType: ColumnType = Object.freeze({
      name: 'decimal',
      maxDigits: this.options.maxDigits ?? null,
      decimalPlaces: this.options.decimalPlaces ?? null,
    });
    override fromDb = decimalFromDb;
    override get defaultErrorMessages(): Readonly<Record<string, string>> {
      return { ...super.defaultErrorMessages, invalid: '“%(value)s” value must be a decimal number.' };
    }
    override get defaultValidators(): readonly Validator[] {
      return [DecimalValidator(this.options.maxDigits ?? null, this.options.decimalPlaces ?? null)];
    }
    override prepare(value: unknown, name?: string): Decimal {
      const decimal = decimalOf(value, name);
      if (decimal === null || !decimal.isFinite()) throw this.invalid('invalid', value);
      if (tooLong(decimal)) throw this.#overflow(name, MAX_DECIMAL_DIGITS);
      const { maxDigits } = this.options;
      // A binary fraction says nothing beyond the digits that the column holds.
      if (typeof value !== 'number' || maxDigits === undefined) return decimal;
      return decimal.toSignificantDigits(Math.max(maxDigits, FLOAT_DIGITS), Decimal.ROUND_HALF_EVEN);
    }
    /**
     * More digits than `maxDigits` are left to the database, which refuses them or holds them, as long as every database
     * can tell them apart.
     */
    override prepareSave(value: unknown, name?: string): Decimal {
      const decimal = this.prepare(value, name);
      const { maxDigits } = this.options;
      if (maxDigits === undefined) return decimal;
      if (this.#rounded(decimal).sd(true) > Math.max(maxDigits, FLOAT_DIGITS)) throw this.#overflow(name, maxDigits);
      return decimal;
    }
    #stored: ValueType<Decimal> | undefined;
    override get stored(): ValueType<Decimal> {
      this.#stored ??= limitedType(this);
      return this.#stored;
    }
    #rounded(value: Decimal): Decimal {
      const { decimalPlaces } = this.options;
      return decimalPlaces === undefined ? value : value.toDecimalPlaces(decimalPlaces, Decimal.ROUND_HALF_EVEN);
    }
    override toDb(value: Decimal): DbValue {
      return value.toFixed(Math.max(this.options.decimalPlaces ?? 0, value.decimalPlaces()));
    }
    #overflow(name: string | undefined, digits: number): ValueError {
      const subject = name === undefined ? 'This value' : `Field '${name}'`;
      return new ValueError(
        'decimal-overflow',
        `${subject} holds at most ${digits} digits; the number given has more.`,
      );
    }
  },
);
export type DecimalField = Field<Decimal, DecimalFieldOptions>;

/** Digits that a double tells apart; a database without decimals holds so many in any column. */
const FLOAT_DIGITS = 15;

/** A number as Python's `Decimal()` takes it from text. */
const DECIMAL_TEXT = /^\s*[+-]?(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d+)?\s*$/;

function decimalFromDb(value: string | number): Decimal {
  return new Decimal(value);
}
const tooLong = (value: Decimal): boolean =>
  !value.isZero() &&
  (value.e > MAX_DECIMAL_DIGITS || value.e < -MAX_DECIMAL_DIGITS || value.d.length > MAX_DECIMAL_DIGITS / 7);

/** A decimal from what a caller may give; null for text and numbers that are none. Throws TypeError for other things. */
export function decimalOf(value: unknown, name?: string): Decimal | null {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) ? new Decimal(value) : null;
    case 'bigint':
      return new Decimal(value.toString());
    case 'boolean':
      return new Decimal(value ? 1 : 0);
    case 'string':
      if (value.length > 2 * MAX_DECIMAL_DIGITS || !DECIMAL_TEXT.test(value)) return null;
      return new Decimal(value.replaceAll('_', '').trim());
    default:
      if (value instanceof Decimal) return value.constructor === Decimal ? value : new Decimal(value);
      // of another copy of decimal.js: its digits cross as text
      if (isDecimal(value)) return decimalOf(String(value), name);
      throw refuseType(name, 'a decimal number', value);
  }
}
