import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Exact } from '../../../src/backends/sqlite/decimal-form.js';
import { dialect } from '../../../src/backends/sqlite/dialect.js';
import { sortKey } from '../../../src/backends/sqlite/sql-functions/decimals.js';
import { compile } from '../../../src/compiler/compile.js';
import type { Database } from '../../../src/database/database.js';
import { closeDatabases } from '../../../src/database/databases.js';
import { aggregate, binary, call, cast, compare, equal, isIn, order, param, select } from '../../../src/sql/build.js';
import type { ExpressionNode } from '../../../src/sql/expression-nodes.js';
import type { SelectNode, SqlNode } from '../../../src/sql/statement-nodes.js';
import { memoryDatabase } from '../../support/sqlite.js';
import { book, bookTable, types } from '../../unit/compiler/nodes.js';

let db: Database;
const price = book('price', types.price);
const wide = book('wide', types.wide);
const sqlOf = (node: SqlNode): string => compile(node, dialect).sql;
const from = (parts: Partial<SelectNode>): SelectNode =>
  select({ from: bookTable, columns: [{ expression: book('id'), alias: null }], ...parts });

async function read(parts: Partial<SelectNode>): Promise<unknown[]> {
  const compiled = db.compile(from(parts));
  const rows = await db.read(
    compiled,
    compiled.params.map(({ value }) => value),
  );
  return rows.map((row) => {
    const decode = compiled.decoders[0];
    return row[0] === null || decode === null || decode === undefined ? row[0] : decode(row[0]);
  });
}
const first = async (expression: ExpressionNode): Promise<unknown> =>
  (await read({ columns: [{ expression, alias: null }] }))[0];

beforeAll(async () => {
  db = await memoryDatabase();
  const column = (name: string, type: ExpressionNode['type']) => ({
    name,
    type: type.columnType,
    nullable: true,
    primaryKey: name === 'id',
    unique: false,
  });
  await db.runStatements(
    db.schemaEditor.createTable({
      name: 'book',
      columns: [
        column('id', { ...types.integer, columnType: { name: 'bigAuto' } }),
        column('price', types.price),
        column('wide', types.wide),
      ],
      constraints: [],
      indexes: [],
    }),
  );
  const rows = [
    ['9.50', '-12345678901234567890.5'],
    ['10', '12345678901234567890.5'],
    ['0.10', '1'],
    ['0.20', '12345678901234567890.4999999999'],
    [null, null],
  ];
  const insert = db.compile({
    kind: 'insert',
    table: 'book',
    columns: ['price', 'wide'],
    conflict: null,
    returning: [],
    rows: rows.map(([narrow, long]) => [param(narrow, types.price), param(long, types.wide)]),
  });
  await db.write(
    insert,
    insert.params.map(({ value }) => value),
  );
});
afterAll(closeDatabases);

describe('columns', () => {
  it('are numbers where 15 digits are enough, and texts where not', async () => {
    expect(await db.execute`SELECT typeof(price) AS p, typeof(wide) AS w, price, wide FROM book WHERE id < 3`).toEqual([
      { p: 'real', w: 'text', price: 9.5, wide: '-12345678901234567890.5000000000' },
      { p: 'integer', w: 'text', price: 10, wide: '12345678901234567890.5000000000' },
    ]);
  });

  it('give back what was stored', async () => {
    expect(await read({ columns: [{ expression: price, alias: null }], orderBy: [order(book('id'))] })).toEqual([
      '9.5',
      '10',
      '0.1',
      '0.2',
      null,
    ]);
    expect(
      await read({ columns: [{ expression: wide, alias: null }], where: equal(book('id'), param(4, types.integer)) }),
    ).toEqual(['12345678901234567890.4999999999']);
  });

  it('are found whatever zeros are written behind them', async () => {
    expect(await read({ where: equal(price, param('9.5', types.price)) })).toEqual([1]);
    expect(await read({ where: equal(wide, param('1.00', types.wide)) })).toEqual([3]);
    expect(await read({ where: isIn(wide, [param('1', types.wide), param('2', types.wide)]) })).toEqual([3]);
    expect(
      await read({
        where: isIn(wide, {
          kind: 'listParam',
          values: ['1.0', '12345678901234567890.5'],
          elementType: types.wide,
          source: null,
          map: null,
        }),
      }),
    ).toEqual([2, 3]);
  });

  it('are found after an UPDATE that computed them', async () => {
    await db
      .atomic(async () => {
        const update = db.compile({
          kind: 'update',
          table: 'book',
          orderBy: [],
          returning: [],
          where: equal(book('id'), param(3, types.integer)),
          assignments: [
            { column: 'wide', value: cast(binary(wide, '+', param('1.5', types.decimal), types.decimal), types.wide) },
          ],
        });
        expect(update.sql).toBe(
          'UPDATE "book" SET "wide" = DECIMAL_TEXT(DECIMAL_ADD("book"."wide", ?), 10) WHERE "book"."id" = ?',
        );
        await db.write(
          update,
          update.params.map(({ value }) => value),
        );
        expect(await read({ where: equal(wide, param('2.5', types.wide)) })).toEqual([3]);
        throw new Error('undo');
      })
      .catch((error: Error) => expect(error.message).toBe('undo'));
  });

  it('compare and sort by value', async () => {
    expect(await read({ where: compare(price, '<', param('10.00', types.price)), orderBy: [order(price)] })).toEqual([
      3, 4, 1,
    ]);
    expect(
      await read({
        where: compare(wide, '<', param('12345678901234567890.5', types.wide)),
        orderBy: [order(wide, true)],
      }),
    ).toEqual([4, 3, 1]);
    expect(await read({ orderBy: [order(wide, false, 'last')] })).toEqual([1, 3, 4, 2, 5]);
    expect(await read({ where: compare(wide, '>', price), orderBy: [order(book('id'))] })).toEqual([2, 3, 4]);
    expect(await read({ where: compare(book('id'), '>=', wide), orderBy: [order(book('id'))] })).toEqual([1, 3]);
  });

  it('leave comparisons of number columns to SQLite, so that indexes serve them', () => {
    expect(sqlOf(from({ where: compare(price, '<', param('10', types.price)), orderBy: [order(price)] }))).toBe(
      'SELECT "book"."id" FROM "book" WHERE "book"."price" < ? ORDER BY "book"."price"',
    );
    expect(sqlOf(from({ where: compare(wide, '<', param('10', types.wide)), orderBy: [order(wide)] }))).toBe(
      'SELECT "book"."id" FROM "book" WHERE DECIMAL_CMP("book"."wide", ?) < 0 ORDER BY DECIMAL_KEY("book"."wide")',
    );
  });
});

describe('arithmetic', () => {
  const op = (left: string, operator: '+' | '-' | '*' | '/' | '%' | '^', right: string): Promise<unknown> =>
    first(binary(param(left, types.decimal), operator, param(right, types.decimal), types.decimal));

  it('is exact', async () => {
    expect(await op('0.1', '+', '0.2')).toBe('0.3');
    expect(await op('12345678901234567890.12', '-', '0.12')).toBe('12345678901234567890');
    expect(await op('99999999.99', '*', '99999999.99')).toBe('9999999998000000.0001');
    expect(await op('7.5', '%', '2')).toBe('1.5');
    expect(await op('1.1', '^', '2')).toBe('1.21');
  });

  it('never divides as whole numbers do', async () => {
    expect(await op('7', '/', '2')).toBe('3.5');
    expect(await op('1', '/', '3')).toBe('0.333333333333333');
    expect(await op('1.0000000000000000001', '/', '3')).toBe('0.3333333333333333333666666666666667');
    expect(await op('1', '/', '0')).toBeNull();
  });

  it('agrees with decimal.js on random numbers', async () => {
    const number = fc
      .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: 0, max: 12 }))
      .map(([digits, places]) => new Exact(String(digits)).div(new Exact(10).pow(places)));
    await fc.assert(
      fc.asyncProperty(number, number, async (a, b) => {
        expect(await op(a.toFixed(), '+', b.toFixed())).toBe(a.plus(b).toFixed());
        expect(await op(a.toFixed(), '*', b.toFixed())).toBe(a.times(b).toFixed());
        expect(sortKey(a) < sortKey(b)).toBe(a.lt(b));
        expect(sortKey(a) === sortKey(b)).toBe(a.eq(b));
      }),
      { numRuns: 200 },
    );
  });

  it('rounds halves away from zero, and up and down to whole numbers', async () => {
    const round = (value: string, places: number): Promise<unknown> =>
      first(call('ROUND', [param(value, types.decimal), param(places, types.integer)], types.decimal));
    expect(await round('2.675', 2)).toBe('2.68');
    expect(await round('-2.5', 0)).toBe('-3');
    expect(await first(call('CEILING', [param('-1.5', types.decimal)], types.decimal))).toBe('-1');
    expect(await first(call('FLOOR', [param('-1.5', types.decimal)], types.decimal))).toBe('-2');
    expect(await first(call('ABS', [param('-12345678901234567.5', types.decimal)], types.decimal))).toBe(
      '12345678901234567.5',
    );
  });

  it('makes decimals of other values', async () => {
    expect(await first(cast(param('1.10', types.text), types.decimal))).toBe('1.1');
    expect(await first(cast(param('none', types.text), types.decimal))).toBeNull();
  });

  it('finds the largest and smallest by value', async () => {
    const args = [
      param('9', types.decimal),
      param('10.5', types.decimal),
      param('12345678901234567890', types.decimal),
    ];
    expect(await first(call('GREATEST', args, types.decimal))).toBe('12345678901234567890');
    expect(await first(call('LEAST', args, types.decimal))).toBe('9');
  });
});

describe('aggregates', () => {
  it('are exact', async () => {
    expect(await first(aggregate('SUM', [price], types.price))).toBe('19.8');
    expect(await first(aggregate('AVG', [price], types.decimal))).toBe('4.95');
    expect(await first(aggregate('SUM', [wide], types.wide))).toBe('12345678901234567891.4999999999');
    expect(await first(aggregate('MAX', [wide], types.wide))).toBe('12345678901234567890.5000000000');
    expect(await first(aggregate('MIN', [price], types.price))).toBe('0.1');
    expect(
      await first(
        aggregate('SUM', [price], types.price, {
          distinct: true,
          filter: compare(price, '<', param('1', types.price)),
        }),
      ),
    ).toBe('0.3');
  });

  it('add number columns as whole numbers of their smallest unit', () => {
    expect(sqlOf(from({ columns: [{ expression: aggregate('SUM', [price], types.price), alias: 'total' }] }))).toBe(
      'SELECT DECIMAL_OF_UNITS(SUM(CAST(ROUND("book"."price" * 100) AS INTEGER)), 2) AS "total" FROM "book"',
    );
  });

  it('are NULL over nothing', async () => {
    const none = compare(book('id'), '<', param(0, types.integer));
    expect(
      await read({ columns: [{ expression: aggregate('SUM', [price], types.price), alias: null }], where: none }),
    ).toEqual([null]);
    expect(
      await read({ columns: [{ expression: aggregate('AVG', [wide], types.wide), alias: null }], where: none }),
    ).toEqual([null]);
  });

  it('work over moving windows', async () => {
    const running = (expression: ExpressionNode): Promise<unknown[]> =>
      read({
        columns: [
          {
            alias: null,
            expression: {
              kind: 'window',
              expression,
              partitionBy: [],
              orderBy: [order(book('id'))],
              type: types.decimal,
              frame: {
                kind: 'frame',
                mode: 'rows',
                start: { kind: 'preceding', offset: 1 },
                end: { kind: 'currentRow' },
                exclusion: null,
              },
            },
          },
        ],
        orderBy: [order(book('id'))],
      });
    expect(await running(aggregate('SUM', [price], types.decimal))).toEqual(['9.5', '19.5', '10.1', '0.3', '0.2']);
    expect(await running(aggregate('SUM', [wide], types.wide))).toEqual([
      '-12345678901234567890.5',
      '0',
      '12345678901234567891.5',
      '12345678901234567891.4999999999',
      '12345678901234567890.4999999999',
    ]);
    expect(await running(aggregate('MAX', [wide], types.wide))).toEqual([
      '-12345678901234567890.5000000000',
      '12345678901234567890.5000000000',
      '12345678901234567890.5000000000',
      '12345678901234567890.4999999999',
      '12345678901234567890.4999999999',
    ]);
  });

  it('compare what they computed by value', async () => {
    const total = aggregate('SUM', [wide], types.wide);
    expect(
      await read({
        groupBy: [book('id')],
        having: compare(total, '>', param('2', types.decimal)),
        orderBy: [order(total)],
      }),
    ).toEqual([4, 2]);
  });
});

it('stores every decimal of up to 15 digits as a number that reads back the same', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(10n ** 15n) + 1n, max: 10n ** 15n - 1n }),
      fc.integer({ min: 0, max: 15 }),
      (digits, places) => {
        const text = new Decimal(String(digits)).div(new Decimal(10).pow(places)).toFixed(places);
        const { encode, decode } = dialect.codec({ name: 'decimal', maxDigits: 15, decimalPlaces: places });
        const encoded = encode(text);
        expect(typeof encoded).toBe('number');
        expect(new Decimal(String(decode(encoded))).eq(text)).toBe(true);
      },
    ),
  );
});
