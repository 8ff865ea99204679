import { connection, RawSQL, sql } from 'nuages';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { testDatabaseKind } from '../../support/test-database.js';
import { type Any, closeWorld, expectRefused, forEach, Item, isReadable, openWorld, PROTOTYPE_NAMES } from './world.js';

beforeAll(openWorld);
afterAll(closeWorld);
const items = (): Any => Item.objects;
afterEach(() => items().all().delete());

describe('H29 SQL of one’s own', () => {
  const imitations: Any[] = [
    'SELECT 1',
    ['SELECT 1'],
    Object.freeze(['SELECT 1']),
    Object.assign(['SELECT 1'], { raw: ['SELECT 1'] }),
    JSON.parse('{"0":"SELECT 1","raw":["SELECT 1"],"length":1}'),
    JSON.parse('{"texts":["SELECT 1"],"values":[]}'),
    null,
    undefined,
    1,
    () => 'SELECT 1',
    new String('SELECT 1'),
  ];

  it('is a tagged template and nothing else', async () => {
    const execute = connection().execute.bind(connection()) as Any;
    await expectRefused({
      ...forEach(imitations, (given) => execute(given), 'execute '),
      ...forEach(imitations, (given) => items().raw(given), 'raw '),
      ...forEach(imitations, (given) => (sql as Any)(given), 'sql '),
      ...forEach(imitations, (given) => items().annotate({ x: (RawSQL as Any)(given) }), 'RawSQL '),
      'too few values': () => execute(template`${1}, ${2}`, 1),
      'too many values': () => execute(template`${1}`, 1, 2),
    });
  });

  it('takes values, and no placeholders of its own', async () => {
    const refusals = [
      () => connection().execute`SELECT ? AS a, ${1} AS b`,
      () => connection().execute`SELECT :name AS a`,
      // MySQL's own variables are called so.
      ...(testDatabaseKind() === 'mysql' ? [] : [() => connection().execute`SELECT @name AS a, ${1} AS b`]),
      () => connection().execute`SELECT $name AS a`,
      () => items().raw`SELECT * FROM hostile_item WHERE name = ? AND size = ${1}`,
    ];
    for (const refused of refusals)
      await expect(async () => await refused()).rejects.toMatchObject({ code: expect.any(String) });
    expect(await connection().execute`SELECT '?' AS a, ${'x?'} AS b, ':name' AS c`).toEqual([
      { a: '?', b: 'x?', c: ':name' },
    ]);
  });

  it('has names only by sql.id, which quotes them', async () => {
    const names = [
      'a"b',
      "a'b",
      'a`b',
      'a]b',
      'a;b',
      'a b',
      'select',
      '"; DROP TABLE hostile_item; --',
      'é',
      ...PROTOTYPE_NAMES,
    ];
    for (const name of names.filter(isReadable)) {
      const [row] = await connection().execute`SELECT 1 AS ${sql.id(name)}`;
      expect(Object.keys(row!)).toEqual([name]);
      expect(row![name]).toBe(1);
    }
    await expectRefused({
      ...forEach([undefined, null, 1, {}, ['a'], Symbol('a')], (name) => sql.id(name as Any)),
      ...forEach(
        names.filter((name) => !isReadable(name)),
        (name) => connection().execute`SELECT 1 AS ${sql.id(name)}`,
      ),
      none: () => sql.id(),
      empty: () => connection().execute`SELECT 1 AS ${sql.id('')}`,
      nul: () => connection().execute`SELECT 1 AS ${sql.id('a\0b')}`,
    });
  });

  it('is one statement', async () => {
    await items().create({ name: 'a' });
    const two = [
      () => connection().execute`SELECT 1; DROP TABLE hostile_item`,
      () => connection().execute`SELECT ${1}; DELETE FROM hostile_item`,
      () => items().raw`SELECT * FROM hostile_item; DELETE FROM hostile_item`,
    ];
    for (const both of two) await expect(async () => await both()).rejects.toMatchObject({ code: expect.any(String) });
    expect(await items().count()).toBe(1);
  });
});

const template = (strings: TemplateStringsArray, ..._values: unknown[]): TemplateStringsArray => strings;

describe('H30 limits and offsets', () => {
  it('are whole numbers from 0', async () => {
    const wrong: Any[] = [
      '1',
      '1; --',
      '',
      -1,
      1.5,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      2 ** 53,
      2 ** 64,
      2n ** 64n,
      1n,
      [1],
      {},
      true,
      { valueOf: () => 1 },
      Symbol('1'),
      new Number(1),
    ];
    await expectRefused({
      ...forEach(wrong, (bound) => items().slice(bound), 'start '),
      ...forEach(wrong, (bound) => items().slice(0, bound), 'end '),
      ...forEach(wrong, (index) => items().at(index), 'at '),
      ...forEach([...wrong, null], (index) => items().at(index), 'at '),
      ...forEach(
        [...wrong.filter((each) => each !== 2 ** 53), 0, null],
        (chunkSize) => items().iterator({ chunkSize }).next(),
        'chunk ',
      ),
      ...forEach(
        [...wrong.filter((each) => each !== 2 ** 53), 0],
        (batchSize) => items().bulkCreate([new (Item as Any)({ name: 'x' })], { batchSize }),
        'batch ',
      ),
    });
    expect(await items().slice(0, 0)).toEqual([]);
    expect(await items().slice(5, 2)).toEqual([]);
    expect(await items().slice(2 ** 53 - 1)).toEqual([]);
  });
});
