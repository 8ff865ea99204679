import { describe, expect, it } from 'vitest';
import { compare, equal, isIn, isNull, param, tuple } from '../../src/sql/build.js';
import type { ValueType } from '../../src/sql/value-type.js';
import { book, conditionOf, types } from './dialects.js';

const tupleOf = (...parts: ValueType[]): ValueType => ({
  columnType: { name: 'tuple' },
  toDb: () => null,
  fromDb: (value) => value,
  parts,
});
const key = tuple([book('pages'), book('title')], tupleOf(types.integer, types.varchar));
const value = param([1, 'a'], key.type);
const row = tuple([param(1, types.integer), param('a', types.varchar)], key.type);

describe('composite keys', () => {
  it('are equal when their parts are', () => {
    expect(conditionOf(equal(key, value))).toEqual({
      sqlite: '"book"."pages" = ? AND "book"."title" = ?',
      postgres: '"book"."pages" = $1 AND "book"."title" = $2',
      mariadb: '`book`.`pages` = ? AND `book`.`title` = ?',
    });
  });

  it('are ordered as rows', () => {
    expect(conditionOf(compare(key, '>=', row))).toEqual({
      sqlite: '("book"."pages", "book"."title") >= (?, ?)',
      postgres: '("book"."pages", "book"."title") >= ($1::bigint, $2::text)',
      mariadb: '(`book`.`pages`, `book`.`title`) >= (?, ?)',
    });
  });

  it('are found in a list of any length', () => {
    const list = {
      kind: 'listParam',
      values: [
        [1, 'a'],
        [2, 'b'],
      ],
      elementType: key.type,
      source: null,
      map: null,
    } as const;
    expect(conditionOf(isIn(key, list))).toEqual({
      sqlite: '("book"."pages", "book"."title") IN (SELECT value ->> 0, value ->> 1 FROM JSON_EACH(?))',
      postgres: '("book"."pages", "book"."title") IN (SELECT * FROM UNNEST($1::bigint[], $2::text[]))',
      mariadb: '(`book`.`pages`, `book`.`title`) IN (?)',
    });
  });

  it('are found among expressions, on SQLite one by one', () => {
    expect(conditionOf(isIn(key, [row, key]))).toEqual({
      sqlite:
        '(("book"."pages" = ? AND "book"."title" = ?) OR ("book"."pages" = "book"."pages" AND "book"."title" = "book"."title"))',
      postgres: '("book"."pages", "book"."title") IN (($1::bigint, $2::text), ("book"."pages", "book"."title"))',
      mariadb: '(`book`.`pages`, `book`.`title`) IN ((?, ?), (`book`.`pages`, `book`.`title`))',
    });
  });

  it('are compared part by part where SQLite keeps a part in a form of its own', () => {
    const wide = { ...types.decimal, columnType: { name: 'decimal', maxDigits: 30, decimalPlaces: 12 } };
    const parts = [{ ...book('price'), type: wide }, book('pages')];
    const operand = tuple(parts, tupleOf(wide, types.integer));
    const other = tuple([param('1', wide), param(2, types.integer)], operand.type);
    expect(conditionOf(compare(operand, '<=', other)).sqlite).toBe(
      '(DECIMAL_CMP("book"."price", ?) < 0 OR ("book"."price" = ? AND "book"."pages" <= ?))',
    );
  });

  it('are null when a part is', () => {
    expect(conditionOf(isNull(key)).sqlite).toBe('"book"."pages" IS NULL OR "book"."title" IS NULL');
    expect(conditionOf(isNull(key, true)).sqlite).toBe('"book"."pages" IS NOT NULL AND "book"."title" IS NOT NULL');
  });
});
