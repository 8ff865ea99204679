import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/database/database.js';
import { closeDatabases } from '../../../src/database/databases.js';
import {
  DataError,
  IntegrityError,
  NotSupportedError,
  OperationalError,
  ProgrammingError,
} from '../../../src/errors.js';
import {
  aggregate,
  binary,
  call,
  caseWhen,
  cast,
  compare,
  equal,
  isIn,
  isNull,
  like,
  literal,
  order,
  param,
  regex,
  select,
  star,
} from '../../../src/sql/build.js';
import type { ExpressionNode, TruncKind } from '../../../src/sql/expression-nodes.js';
import type { ValueType } from '../../../src/sql/value-type.js';
import { memoryDatabase } from '../../support/sqlite.js';
import { plainType, types } from '../../unit/compiler/nodes.js';

let db: Database;
beforeAll(async () => {
  db = await memoryDatabase();
});
afterAll(closeDatabases);

const text = (value: string | null): ExpressionNode => param(value, types.text);
const int = (value: number): ExpressionNode => param(value, types.integer);
const float = (value: number): ExpressionNode => param(value, types.float);
const fn = (name: string, type: ValueType, ...args: ExpressionNode[]): Promise<unknown> =>
  first(call(name, args, type));

async function first(expression: ExpressionNode): Promise<unknown> {
  const compiled = db.compile(select({ columns: [{ expression, alias: 'x' }] }));
  const [row] = await db.read(
    compiled,
    compiled.params.map(({ value }) => value),
  );
  const [decode] = compiled.decoders;
  return row![0] === null || decode === null || decode === undefined ? row![0] : decode(row![0]);
}

describe('text', () => {
  it.each<[string, ExpressionNode[], unknown]>([
    ['CHR', [int(233)], 'é'],
    ['CONCAT', [text('a'), text(null)], 'a'],
    ['LEFT', [text('héllo'), int(2)], 'hé'],
    ['LOWER', [text('AÉ')], 'aÉ'],
    ['LPAD', [text('ab'), int(5), text('xyz')], 'xyzab'],
    ['LPAD', [text('abcdef'), int(3), text('x')], 'abc'],
    ['LPAD', [text('ab'), int(5), text('')], 'ab'],
    ['LTRIM', [text('  a ')], 'a '],
    ['MD5', [text('é')], createHash('md5').update('é').digest('hex')],
    ['REPEAT', [text('ab'), int(3)], 'ababab'],
    ['REPEAT', [text('ab'), int(-1)], ''],
    ['REPLACE', [text('aXa'), text('X'), text('')], 'aa'],
    ['REVERSE', [text('añ😀')], '😀ña'],
    ['RIGHT', [text('hello'), int(2)], 'lo'],
    ['RPAD', [text('ab'), int(5), text('xyz')], 'abxyz'],
    ['RTRIM', [text(' a  ')], ' a'],
    ['SHA256', [text('a')], createHash('sha256').update('a').digest('hex')],
    ['SUBSTRING', [text('hello'), int(2), int(3)], 'ell'],
    ['TRIM', [text(' a ')], 'a'],
    ['UPPER', [text('aé')], 'Aé'],
    ['COALESCE', [text(null), text('b')], 'b'],
    ['NULLIF', [text('b'), text('b')], null],
    ['GREATEST', [text('a'), text('b')], 'b'],
    ['LEAST', [text('a'), text(null)], null],
    ['SHA1', [text(null)], null],
  ])('%s', async (name, args, expected) => {
    expect(await fn(name, types.text, ...args)).toBe(expected);
  });

  it('counts and finds characters', async () => {
    expect(await fn('LENGTH', types.integer, text('añ'))).toBe(2);
    expect(await fn('STRINDEX', types.integer, text('abc'), text('c'))).toBe(3);
    expect(await fn('ORD', types.integer, text('é'))).toBe(233);
  });

  it('ignores the case of ASCII letters in LIKE, and takes escaped wildcards as they are', async () => {
    expect(await first(like(text('Hello'), text('%ELL%')))).toBe(true);
    expect(await first(like(text('École'), text('é%')))).toBe(false);
    expect(await first(like(text('100%'), text('100\\%')))).toBe(true);
    expect(await first(like(text('1000'), text('100\\%')))).toBe(false);
  });

  it('matches regular expressions anywhere, in either case on demand', async () => {
    expect(await first(regex(text('Hello World'), text('o W')))).toBe(true);
    expect(await first(regex(text('Hello'), text('^hell')))).toBe(false);
    expect(await first(regex(text('Hello'), text('^hell'), true))).toBe(true);
    expect(await first(regex(text('añb'), text('^a.b$')))).toBe(true);
    expect(await first(regex(text('a😀b'), text('^a.b$')))).toBe(true);
    expect(await first(regex(text('aa'), text('(?P<x>a)(?P=x)')))).toBe(true);
    expect(await first(regex(text(null), text('a')))).toBeNull();
  });

  it('refuses a malformed regular expression with an error of its own class', async () => {
    await expect(first(regex(text('a'), text('(')))).rejects.toThrow(DataError);
  });

  it('joins texts, also distinct ones with a separator', async () => {
    await db.executeRaw('CREATE TABLE word (w text)');
    await db.executeRaw("INSERT INTO word VALUES ('b'), ('a'), ('b'), (NULL)");
    const w: ExpressionNode = { kind: 'column', table: 'word', name: 'w', type: types.text };
    const joined = async (distinct: boolean): Promise<unknown> => {
      const compiled = db.compile(
        select({
          columns: [
            {
              expression: aggregate('STRING_AGG', [w, text('; ')], types.text, { distinct, orderBy: [order(w, true)] }),
              alias: null,
            },
          ],
          from: { kind: 'table', name: 'word', alias: 'word' },
        }),
      );
      return (
        await db.read(
          compiled,
          compiled.params.map(({ value }) => value),
        )
      )[0]![0];
    };
    expect(await joined(false)).toBe('b; b; a');
    expect(await joined(true)).toBe('b; a');
  });
});

describe('numbers', () => {
  it.each<[string, ExpressionNode[], number | null]>([
    ['ABS', [float(-1.5)], 1.5],
    ['ACOS', [float(1)], 0],
    ['ATAN2', [float(1), float(1)], Math.PI / 4],
    ['CEILING', [float(1.2)], 2],
    ['COT', [float(1)], 1 / Math.tan(1)],
    ['DEGREES', [float(Math.PI)], 180],
    ['EXP', [float(1)], Math.E],
    ['FLOOR', [float(-1.2)], -2],
    ['LN', [float(Math.E)], 1],
    ['LOG', [float(10), float(1000)], 3],
    ['LN', [float(-1)], null],
    ['MOD', [float(7.5), float(2)], 1.5],
    ['PI', [], Math.PI],
    ['POWER', [float(2), float(0.5)], Math.SQRT2],
    ['RADIANS', [float(180)], Math.PI],
    ['ROUND', [float(2.567), int(2)], 2.57],
    ['SIN', [float(0)], 0],
    ['SQRT', [float(2)], Math.SQRT2],
    ['SIGN', [float(-3)], -1],
  ])('%s', async (name, args, expected) => {
    const result = await fn(name, types.float, ...args);
    if (expected === null) expect(result).toBeNull();
    else expect(result).toBeCloseTo(expected, 12);
  });

  it('keeps whole numbers whole', async () => {
    expect(await first(binary(int(7), '/', int(2), types.integer))).toBe(3);
    expect(await first(binary(int(6), '#', int(3), types.integer))).toBe(5);
    expect(await first(cast(int(5), types.text))).toBe('5');
    expect(await fn('JSON_ARRAY', types.text, int(5), float(1.5), text('x'))).toBe('[5,1.5,"x"]');
  });

  it('keeps all 64 bits', async () => {
    expect(await first(param(9007199254740993n, types.bigint))).toBe(9007199254740993n);
    expect(
      await first(binary(param(-9223372036854775808n, types.bigint), '#', param(0n, types.bigint), types.bigint)),
    ).toBe(-9223372036854775808n);
    await expect(first(param(9007199254740993n, plainType({ name: 'integer' })))).rejects.toThrow(DataError);
  });

  it('gives random numbers from 0 to 1', async () => {
    const number = await fn('RANDOM', types.float);
    expect(number).toBeGreaterThanOrEqual(0);
    expect(number).toBeLessThan(1);
  });

  it('computes deviation and variance, also over moving windows', async () => {
    await db.executeRaw('CREATE TABLE number (id integer PRIMARY KEY, n real)');
    await db.executeRaw('INSERT INTO number (n) VALUES (2), (4), (4), (4), (5), (5), (7), (9), (NULL)');
    const [row] =
      await db.execute`SELECT STDDEV_POP(n) AS a, STDDEV_SAMP(n) AS b, VAR_POP(n) AS c, VAR_SAMP(n) AS d, ANY_VALUE(n) AS e FROM number`;
    expect(row!.a).toBe(2);
    expect(row!.b).toBeCloseTo(2.138089935299395, 12);
    expect(row!.c).toBe(4);
    expect(row!.d).toBeCloseTo(4.571428571428571, 12);
    expect(row!.e).toBe(2);
    expect(await db.execute`SELECT VAR_SAMP(n) AS one FROM number WHERE id = 1`).toEqual([{ one: null }]);
    expect(
      (
        await db.execute`SELECT VAR_POP(n) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS v FROM number LIMIT 4`
      ).map(({ v }) => v),
    ).toEqual([0, 1, 0, 0]);
  });

  it('finds numbers in a list of any length, doubles to the last bit', async () => {
    const values = Array.from({ length: 50_000 }, (_, index) => index / 7);
    const list = { kind: 'listParam', values, elementType: types.float, source: null, map: null } as const;
    expect(await first(isIn(float(49_999 / 7), list))).toBe(true);
    expect(await first(isIn(float(0.1234), list))).toBe(false);
  });
});

describe('dates and times', () => {
  const moment = (value: string): ExpressionNode => param(value, types.datetime);
  const day = (value: string): ExpressionNode => param(value, types.date);
  const clock = (value: string): ExpressionNode => param(value, types.time);
  const span = (microseconds: bigint): ExpressionNode => param(microseconds, types.duration);
  const extract = (
    part: 'year' | 'week' | 'hour' | 'week_day' | 'iso_year',
    operand: ExpressionNode,
    timeZone: string | null = null,
  ): Promise<unknown> => first({ kind: 'extract', part, operand, timeZone, type: types.integer });
  const trunc = (
    unit: TruncKind,
    operand: ExpressionNode,
    timeZone: string | null = null,
    type: ValueType = types.datetime,
  ): Promise<unknown> => first({ kind: 'trunc', unit, operand, timeZone, type });

  it('takes parts, in the zone where there is one', async () => {
    expect(await extract('year', moment('2024-12-31 23:30:00'))).toBe(2024);
    expect(await extract('year', moment('2024-12-31 23:30:00'), 'Europe/Paris')).toBe(2025);
    expect(await extract('iso_year', day('2024-12-30'))).toBe(2025);
    expect(await extract('week', day('2024-12-30'))).toBe(1);
    expect(await extract('week_day', day('2024-12-29'))).toBe(1);
    expect(await extract('hour', clock('18:15:00.5'))).toBe(18);
    expect(await extract('hour', moment('2024-01-01 00:00:00'), '+05:30')).toBe(5);
    expect(await extract('year', param(null, types.datetime))).toBeNull();
  });

  it('cuts down to a start, which is a moment again', async () => {
    expect(await trunc('month', moment('2024-02-29 12:30:45.123456'))).toBe('2024-02-01 00:00:00');
    expect(await trunc('day', moment('2024-07-01 23:30:00'), 'Europe/Paris')).toBe('2024-07-01 22:00:00');
    expect(await trunc('week', moment('2024-07-03 12:00:00'))).toBe('2024-07-01 00:00:00');
    expect(await trunc('quarter', day('2024-06-30'), null, types.date)).toBe('2024-04-01');
    expect(await trunc('date', moment('2024-12-31 23:30:00'), 'Europe/Paris', types.date)).toBe('2025-01-01');
    expect(await trunc('time', moment('2024-12-31 23:30:00.5'), 'Europe/Paris', types.time)).toBe('00:30:00.500000');
    expect(await trunc('hour', clock('18:15:00.5'), null, types.time)).toBe('18:00:00');
  });

  it('goes on after a start that the clocks skipped', async () => {
    // On 2018-11-04 midnight did not exist in São Paulo: the clocks went from 23:59:59 to 01:00.
    expect(await trunc('day', moment('2018-11-04 15:00:00'), 'America/Sao_Paulo')).toBe('2018-11-04 03:00:00');
  });

  it('adds spans and takes differences, to the microsecond', async () => {
    const add = (left: ExpressionNode, operator: '+' | '-', right: ExpressionNode, type: ValueType): Promise<unknown> =>
      first({ kind: 'temporalArithmetic', operator, left, right, type });
    expect(await add(moment('2024-02-28 23:59:59.999999'), '+', span(1n), types.datetime)).toBe('2024-02-29 00:00:00');
    expect(await add(moment('2024-03-01 00:00:00'), '-', span(86_400_000_000n), types.datetime)).toBe(
      '2024-02-29 00:00:00',
    );
    expect(await add(span(3_600_000_000n), '+', day('2024-01-01'), types.datetime)).toBe('2024-01-01 01:00:00');
    expect(await add(day('2024-01-01'), '-', span(86_400_000_000n), types.date)).toBe('2023-12-31');
    expect(await add(clock('23:30:00'), '+', span(3_600_000_000n), types.time)).toBe('00:30:00');
    expect(await add(moment('2024-01-02 00:00:00'), '-', day('2024-01-01'), types.duration)).toBe(86_400_000_000n);
    expect(await add(moment('9999-01-01 00:00:00'), '-', moment('0001-01-01 00:00:00'), types.duration)).toBe(
      315_506_361_600_000_000n,
    );
    expect(await add(span(5n), '-', span(7n), types.duration)).toBe(-2n);
  });

  it('writes one moment in one way', async () => {
    const codec = db.dialect.codec({ name: 'datetime', precision: 3 });
    expect(codec.encode('2024-01-01 00:00:00.120')).toBe('2024-01-01 00:00:00.120000');
    expect(codec.encode('2024-01-01 00:00:00.000')).toBe('2024-01-01 00:00:00');
  });

  it('knows the time', async () => {
    expect(await fn('NOW', types.datetime)).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/);
  });
});

describe('JSON', () => {
  const document = { a: { b: [10, 'x', null, true] }, 'we"ird \\ key.$[0]': 7, five: '5', n: null, 0: 'zero', ä: 1 };
  const doc = param(document, types.json);
  const path = (...steps: (string | number)[]): ExpressionNode => ({
    kind: 'jsonPath',
    operand: doc,
    path: steps,
    asText: false,
    type: types.json,
  });
  const asText = (...steps: (string | number)[]): ExpressionNode => ({
    kind: 'jsonPath',
    operand: doc,
    path: steps,
    asText: true,
    type: types.text,
  });

  it('reaches parts by keys and positions, whatever characters the keys have', async () => {
    expect(await first(path('a', 'b', 0))).toBe(10);
    expect(await first(path('a', 'b', -1))).toBe(true);
    expect(await first(path('a'))).toEqual({ b: [10, 'x', null, true] });
    expect(await first(path('we"ird \\ key.$[0]'))).toBe(7);
    expect(await first(path('0'))).toBe('zero');
    expect(await first(path('ä'))).toBe(1);
    expect(await first(path('missing'))).toBeNull();
  });

  it('keeps "5" and 5 apart in results', async () => {
    expect(await first(path('five'))).toBe('5');
    expect(await first(asText('five'))).toBe('5');
  });

  it('compares parts as values', async () => {
    expect(await first(equal(path('a', 'b', 1), param('x', types.json)))).toBe(true);
    expect(await first(equal(path('a', 'b', 3), param(true, types.json)))).toBe(true);
    expect(await first(equal(path('a', 'b', 2), param(null, { ...types.json, toDb: () => 'null' })))).toBeNull();
    expect(await first(equal(path('a'), param({ b: [10, 'x', null, true] }, types.json)))).toBe(true);
    expect(await first(compare(path('a', 'b', 0), '>', param(9, types.json)))).toBe(true);
    expect(await first(isIn(path('a', 'b', 1), [param('y', types.json), param('x', types.json)]))).toBe(true);
    expect(await first(like(asText('five'), text('5%')))).toBe(true);
  });

  it('tells a missing key from JSON null', async () => {
    expect(await first(isNull(path('n')))).toBe(false);
    expect(await first(isNull(path('missing')))).toBe(true);
  });

  it('knows which keys there are', async () => {
    const has = (name: string, target: ExpressionNode, ...keys: string[]): Promise<unknown> =>
      fn(name, types.boolean, target, ...keys.map(text));
    expect(await has('JSON_HAS_KEY', doc, 'n')).toBe(true);
    expect(await has('JSON_HAS_KEY', doc, 'b')).toBe(false);
    expect(await has('JSON_HAS_KEY', path('a'), 'b')).toBe(true);
    expect(await has('JSON_HAS_KEYS', doc, 'a', 'missing')).toBe(false);
    expect(await has('JSON_HAS_ANY_KEYS', doc, 'a', 'missing')).toBe(true);
    expect(await has('JSON_HAS_KEY', doc, 'we"ird \\ key.$[0]')).toBe(true);
    expect(await fn('JSON_HAS_KEY', types.boolean, doc, call('LOWER', [text('A')], types.text))).toBe(true);
  });

  it('sorts by the values of a part, not by their text', async () => {
    await db.executeRaw('CREATE TABLE doc (j text)');
    await db.executeRaw(`INSERT INTO doc VALUES ('{"n":10}'), ('{"n":9}'), ('{"n":"x"}')`);
    const n: ExpressionNode = {
      kind: 'jsonPath',
      operand: { kind: 'column', table: 'doc', name: 'j', type: types.json },
      path: ['n'],
      asText: false,
      type: types.json,
    };
    const compiled = db.compile(
      select({
        columns: [{ expression: n, alias: 'n' }],
        from: { kind: 'table', name: 'doc', alias: 'doc' },
        orderBy: [order({ kind: 'alias', name: 'n', type: types.json })],
      }),
    );
    expect(
      (
        await db.read(
          compiled,
          compiled.params.map(({ value }) => value),
        )
      ).map(([value]) => value),
    ).toEqual(['9', '10', '"x"']);
  });

  it('refuses containment', () => {
    expect(() =>
      db.compile(select({ columns: [{ expression: call('JSON_CONTAINS', [doc, doc], types.boolean), alias: null }] })),
    ).toThrow(NotSupportedError);
  });
});

describe('the rest', () => {
  it('chooses by CASE and counts', async () => {
    expect(await first(caseWhen([{ condition: isNull(text(null)), result: text('none') }], null, types.text))).toBe(
      'none',
    );
    expect(await first(aggregate('COUNT', [star(types.integer)], types.integer))).toBe(1);
    expect(await first(literal(null, types.integer))).toBeNull();
  });

  it('takes 10,000 alternatives', async () => {
    const operands = Array.from({ length: 10_000 }, (_, index) => equal(int(index), literal(9_999, types.integer)));
    expect(await first({ kind: 'logical', connector: 'OR', operands, type: types.boolean })).toBe(true);
  });

  it('gives rows without a prototype, whatever their columns are called', async () => {
    const [row] = await db.execute`SELECT 1 AS __proto__, 2 AS "then", 3 AS constructor`;
    expect(Object.getPrototypeOf(row)).toBeNull();
    expect(Object.entries(row!)).toEqual([
      ['__proto__', 1],
      ['then', 2],
      ['constructor', 3],
    ]);
  });
});

describe('errors', () => {
  beforeAll(async () => {
    await db.executeRaw(
      'CREATE TABLE parent (id integer PRIMARY KEY, code text NOT NULL UNIQUE, size integer CONSTRAINT size_positive CHECK (size > 0))',
    );
    await db.executeRaw('CREATE TABLE child (id integer PRIMARY KEY, parent_id integer REFERENCES parent (id))');
    await db.executeRaw("INSERT INTO parent VALUES (1, 'a', 1)");
  });
  const errorOf = async (sql: string): Promise<Record<string, unknown>> => {
    const error = await db.executeRaw(sql).catch((caught: unknown) => caught);
    return error as Record<string, unknown>;
  };

  it('tell which rule a row would have broken', async () => {
    expect(await errorOf("INSERT INTO parent VALUES (2, 'a', 1)")).toMatchObject({
      kind: 'unique',
      table: 'parent',
      columns: ['code'],
    });
    expect(await errorOf("INSERT INTO parent VALUES (1, 'b', 1)")).toMatchObject({
      kind: 'unique',
      table: 'parent',
      columns: ['id'],
    });
    expect(await errorOf('INSERT INTO parent VALUES (3, NULL, 1)')).toMatchObject({
      kind: 'not-null',
      table: 'parent',
      columns: ['code'],
    });
    expect(await errorOf("INSERT INTO parent VALUES (4, 'd', 0)")).toMatchObject({
      kind: 'check',
      constraint: 'size_positive',
    });
    const broken = await errorOf('INSERT INTO child VALUES (1, 99)');
    expect(broken).toBeInstanceOf(IntegrityError);
    expect(broken).toMatchObject({ kind: 'foreign-key', code: 'integrity-foreign-key' });
  });

  it('keep the statement and its parameters out of the message and of what is logged', async () => {
    const error = await db.execute`INSERT INTO parent VALUES (2, ${'a'}, ${123456})`.catch(
      (caught: unknown) => caught as IntegrityError,
    );
    expect((error as IntegrityError).sql).toBe('INSERT INTO parent VALUES (2, ?, ?)');
    expect((error as IntegrityError).params).toEqual(['a', 123456n]);
    expect(Object.keys(error as object)).not.toContain('params');
    expect((error as IntegrityError).cause).toBeInstanceOf(Error);
  });

  it('have the class of what went wrong', async () => {
    expect(await errorOf('SELECT * FROM nothing')).toBeInstanceOf(ProgrammingError);
    expect(await errorOf('SELEKT 1')).toBeInstanceOf(ProgrammingError);
    expect(await errorOf('SELECT 1; SELECT 2')).toBeInstanceOf(ProgrammingError);
    expect(await errorOf('SELECT ABS(-9223372036854775807 - 1)')).toBeInstanceOf(OperationalError);
  });

  it('refuse SQL that is no template', async () => {
    await expect(db.execute('SELECT 1' as never)).rejects.toThrow('tagged template');
    await expect(db.execute(['SELECT 1'] as never)).rejects.toThrow('tagged template');
  });
});
