import { Decimal } from 'decimal.js';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { dialect } from '../../../src/backends/sqlite/dialect.js';
import { statementText } from '../../../src/database/statement-text.js';
import { sql } from '../../../src/sql/template.js';

const text = (fragment: ReturnType<typeof sql>) => statementText(fragment, dialect);

describe('SQL of the developer', () => {
  it('has its values as parameters, its names quoted and its pieces put in', () => {
    const condition = sql`price < ${20}`;
    const name = 'a"b';
    expect(
      text(sql`SELECT ${sql.id('book', name)} FROM ${sql.id('book')} WHERE ${condition} AND title = ${"'; --"}`),
    ).toEqual({
      sql: 'SELECT "book"."a""b" FROM "book" WHERE price < ? AND title = ?',
      params: [20n, "'; --"],
    });
  });

  it('takes values of every kind that a column holds', () => {
    const values = [
      1.5,
      5n,
      true,
      null,
      new Date('2024-02-29T12:30:45.120Z'),
      new Decimal('1.50'),
      Temporal.PlainDate.from('2024-02-29'),
      Temporal.Duration.from('PT1.5S'),
      new Uint8Array([1]),
    ];
    const params = values.map((value) => text(sql`${value}`).params[0]);
    expect(params).toEqual([
      1.5,
      5n,
      1n,
      null,
      '2024-02-29 12:30:45.120000',
      1.5,
      '2024-02-29',
      1_500_000n,
      Buffer.from([1]),
    ]);
  });

  it.each([
    ['undefined', undefined],
    ['an object', { $gt: '' }],
    ['an imitation of a fragment', { texts: ['1=1'], values: [] }],
    ['a list', [1]],
    ['a function', () => 1],
    ['a symbol', Symbol('x')],
    ['an invalid date', new Date(Number.NaN)],
  ])('refuses %s', (_name, value) => {
    expect(() => text(sql`SELECT ${value}`)).toThrow(TypeError);
  });

  it('is a template and nothing else', () => {
    expect(() => sql('SELECT 1' as never)).toThrow('tagged template');
    expect(() => sql(['SELECT 1'] as never)).toThrow('tagged template');
    expect(() => sql(Object.assign(['SELECT 1'], { raw: ['SELECT 1'] }) as never)).toThrow('tagged template');
    expect(() => sql.id()).toThrow(TypeError);
    expect(() => sql.id(5 as never)).toThrow(TypeError);
    expect(() => text(sql`SELECT ${sql.id('')}`)).toThrow('cannot be empty');
  });
});
