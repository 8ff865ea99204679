import { DataError } from 'nuages';
import { describe, expect, it } from 'vitest';
import { dialectFor } from '../../../src/backends/mysql/dialect.js';
import { dialect as postgres } from '../../../src/backends/postgres/dialect.js';
import { dialect as sqlite } from '../../../src/backends/sqlite/dialect.js';
import type { Dialect } from '../../../src/compiler/dialect.js';
import { encoderOf } from '../../../src/compiler/writer.js';
import type { Field } from '../../../src/fields/field.js';
import { BigIntegerField, DecimalField, IntegerField, PositiveIntegerField } from '../../../src/fields/numeric.js';

const mariadb = dialectFor({ isMariaDB: true, version: [10, 11, 0], hasZones: true, isUnicode: true });
const dialects = { sqlite, postgres, mariadb };
const encode = (dialect: Dialect, field: Field, value: unknown): unknown => encoderOf(field.stored, dialect)(value);

describe('values on their way into a column', () => {
  it.each(Object.entries(dialects))('must be whole numbers that the column holds on %s', (_, dialect) => {
    for (const [field, name] of [
      [IntegerField(), 'integer'],
      [BigIntegerField(), 'bigint'],
    ] as const) {
      const [min, max] = dialect.features.integerRanges[name]!;
      for (const value of [min, 0n, max]) expect(String(encode(dialect, field, value))).toBe(String(value));
      for (const value of [min - 1n, max + 1n, 2n ** 64n])
        expect(() => encode(dialect, field, value)).toThrow(DataError);
    }
  });

  it('may be negative where a CHECK refuses them by name', () => {
    expect(encode(postgres, PositiveIntegerField(), -1)).toBe('-1');
    expect(() => encode(postgres, PositiveIntegerField(), 2 ** 31)).toThrow(/from 0 to 2147483647/);
  });

  it('are rounded by the database, or halves to the even side where it does not', () => {
    const price = DecimalField({ maxDigits: 8, decimalPlaces: 2 });
    const values = ['0.005', '0.015', '0.025', '-0.025'].map((value) => price.prepareSave(value));
    expect(values.map((value) => encode(sqlite, price, value))).toEqual([0, 0.02, 0.02, -0.02]);
    expect(values.map((value) => encode(postgres, price, value))).toEqual(['0.005', '0.015', '0.025', '-0.025']);
  });
});

describe('values that are compared', () => {
  it('may be larger than the column holds', () => {
    expect(encoderOf(IntegerField(), postgres)(2 ** 40)).toBe('1099511627776');
    expect(() => encoderOf(BigIntegerField(), postgres)(2n ** 63n)).toThrow(DataError);
  });
});
