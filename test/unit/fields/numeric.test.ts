import { Decimal as OtherDecimal } from 'decimal.js';
import { describe, expect, it } from 'vitest';
import { ValidationError, ValueError } from '../../../src/errors.js';
import {
  AutoField,
  BigAutoField,
  BigIntegerField,
  DecimalField,
  FloatField,
  IntegerField,
  PositiveSmallIntegerField,
  rangeValidators,
  SmallIntegerField,
} from '../../../src/fields/numeric.js';
import { Decimal } from '../../../src/util/decimal.js';

describe('IntegerField', () => {
  const field = IntegerField();

  it('takes what Python’s int() takes', () => {
    expect(
      [12, '12', ' +1_000 ', 1.9, -1.9, true, 7n, new Decimal('3.99')].map((value) => field.prepare(value)),
    ).toEqual([12, 12, 1000, 1, -1, 1, 7, 3]);
    expect(Object.is(field.prepare(-0), 0)).toBe(true);
  });

  it('names the field in its refusal', () => {
    expect(() => field.prepare('x', 'pages')).toThrow("Field 'pages' expected a number but got 'x'.");
  });

  it.each(['1.5', '0x10', '1e3', '1 OR 1=1', '١', '', '12\n34'])('refuses the text %j', (text) => {
    expect(() => field.prepare(text)).toThrow(ValueError);
  });

  it.each([[{}], [[1]], [new Map()], [() => 1], [Symbol('s')], [new Date()], [{ valueOf: () => 1 }]])(
    'refuses %s',
    (value) => {
      expect(() => field.prepare(value)).toThrow(TypeError);
    },
  );

  it('never rounds: numbers beyond 2^53 − 1, NaN and infinities are refused', () => {
    for (const value of [2 ** 53, 2n ** 63n, '9007199254740993', Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => field.prepare(value)).toThrow(ValueError);
    }
  });

  it('validates the range that the database’s column has', () => {
    const range = rangeValidators([0n, 32767n]);
    expect(() => SmallIntegerField().clean(40_000, null, range)).toThrow('less than or equal to 32767');
    expect(() => PositiveSmallIntegerField().clean(-1, null, range)).toThrow('greater than or equal to 0');
    expect(field.clean('5', null, range)).toBe(5);
  });

  it('says in validation that the value must be an integer', () => {
    const error = errorOf(() => field.clean('x'));
    expect(error.messages).toEqual(['“x” value must be an integer.']);
    expect(error.code).toBe('invalid');
  });
});

describe('BigIntegerField', () => {
  it('is a bigint in JavaScript, whatever the database gave', () => {
    const field = BigIntegerField();
    expect(field.prepare(5)).toBe(5n);
    expect(field.prepare('9007199254740993')).toBe(9007199254740993n);
    expect(field.fromDb(5)).toBe(5n);
    expect(field.fromDb(9007199254740993n)).toBe(9007199254740993n);
  });
});

describe('BigAutoField', () => {
  it('is a number in JavaScript and refuses what a number cannot hold', () => {
    const field = BigAutoField({ primaryKey: true });
    expect(field.fromDb(7n)).toBe(7);
    expect(() => field.fromDb(2n ** 60n)).toThrow(ValueError);
    expect(field).toBeInstanceOf(AutoField);
    expect(field).toBeInstanceOf(IntegerField);
  });
});

describe('FloatField', () => {
  const field = FloatField();

  it('takes numbers and texts of numbers', () => {
    expect([1, '1.5e3', ' .5 ', 2n, new Decimal('0.1')].map((value) => field.prepare(value))).toEqual([
      1, 1500, 0.5, 2, 0.1,
    ]);
  });

  it.each(['x', 'nan', 'inf', '1..2', ''])('refuses the text %j', (text) => {
    expect(() => field.prepare(text)).toThrow(ValueError);
  });

  it('refuses NaN and infinities', () => {
    for (const value of [Number.NaN, Number.NEGATIVE_INFINITY, '1e999'])
      expect(() => field.prepare(value)).toThrow(ValueError);
  });
});

describe('DecimalField', () => {
  const price = DecimalField({ maxDigits: 8, decimalPlaces: 2 });
  const stored = (value: unknown) => price.stored.toDb(price.prepareSave(value)!);

  it('stores exactly what is given, with all its places', () => {
    expect([12.5, '12.50', 3n, new Decimal('0.005'), new OtherDecimal('7.1'), true].map(stored)).toEqual([
      '12.50',
      '12.50',
      '3.00',
      '0.005',
      '7.10',
      '1.00',
    ]);
  });

  it('leaves it to the database to refuse more digits than the column holds, as far as every database holds them', () => {
    expect(['999999.99', '9999999.99', 1e7].map(stored)).toEqual(['999999.99', '9999999.99', '10000000.00']);
    expect(() => stored('12345678901234567.89')).toThrow(ValueError);
  });

  it('compares with the very number that is given', () => {
    expect(price.toDb(price.prepare('1.005'))).toBe('1.005');
    expect(price.toDb(price.prepare(0.1 + 0.2))).toBe('0.30');
  });

  it.each(['abc', 'NaN', 'Infinity', '1e', '0x1', '١٢', ''])('refuses the text %j as Django does', (text) => {
    expect(() => price.prepare(text)).toThrow(ValidationError);
  });

  it('refuses huge exponents without computing them', () => {
    const free = DecimalField();
    for (const text of ['1e1000000', '1e-1000000', `1${'0'.repeat(5000)}`]) expect(() => free.prepare(text)).toThrow();
  });

  it('refuses objects, even such as look like decimals', () => {
    for (const value of [{}, { toStringTag: '[object Decimal]' }, { s: 1, e: 0, d: [1] }, [1]]) {
      expect(() => price.prepare(value)).toThrow(TypeError);
    }
  });

  it('gives decimals that compute without rounding', () => {
    const value: Decimal = price.fromDb('12345678901234567890.1');
    expect(value.times('1e20').plus('0.000000000000000000001').toFixed()).toBe(
      '1234567890123456789010000000000000000000.000000000000000000001',
    );
  });

  it('validates digits and places', () => {
    expect(errorOf(() => price.clean('1.234')).errorList.map(({ code }) => code)).toEqual(['max_decimal_places']);
    expect(errorOf(() => price.clean('123456.789')).errorList.map(({ code }) => code)).toEqual(['max_digits']);
    expect(price.clean('1.20')).toEqual(new Decimal('1.2'));
  });
});

function errorOf(call: () => unknown): ValidationError {
  try {
    call();
  } catch (error) {
    if (error instanceof ValidationError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
