import { connection, F, sql } from 'nuages';
import { captureQueries } from 'nuages/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Any, closeWorld, Item, isReadable, openWorld, PROTOTYPE_NAMES } from './world.js';

beforeAll(openWorld);
afterAll(closeWorld);
const items = (): Any => Item.objects;
afterEach(() => items().all().delete());

describe('H37 rows', () => {
  it('are safe objects whatever their columns are called', async () => {
    for (const name of [...PROTOTYPE_NAMES, '__defineGetter__', 'length', '0'].filter(isReadable)) {
      const rows = await connection().execute`SELECT 1 AS ${sql.id(name)}, 2 AS other`;
      expect(Object.getPrototypeOf(rows[0])).toBeNull();
      expect(Object.entries(rows[0]!)).toEqual(
        name === '0'
          ? [
              ['0', 1],
              ['other', 2],
            ]
          : [
              [name, 1],
              ['other', 2],
            ],
      );
      expect(await Promise.resolve(rows[0])).toBe(rows[0]);
    }
    expect(Object.getOwnPropertyDescriptor(Object.prototype, 'other')).toBeUndefined();
  });

  it('called then are no promises', async () => {
    await items().create({ name: 'a', data: { then: 1 } });
    const [row] = await items().values('data__then');
    expect(row).toEqual({ data__then: 1 });
    const [document] = await items().valuesList('data', { flat: true });
    expect(await document).toEqual({ then: 1 });
    const [instance] = await items().raw`SELECT id, 'x' AS "then" FROM hostile_item`;
    expect((await instance).then).toBe('x');
  });

  it('with the same column twice keep the one that is read', async () => {
    const item = await items().create({ name: 'a' });
    const [row] = await connection().execute`SELECT 1 AS a, 2 AS a`;
    expect(Object.keys(row!)).toEqual(['a']);
    const [raw] = await items().raw`SELECT i.*, -1 AS id, 'b' AS name FROM hostile_item i`;
    expect([raw.pk, raw.name]).toEqual([item.pk, 'a']);
  });

  it('hold texts as they are', async () => {
    const { pk } = await items().create({
      name: '__proto__',
      text: '{"__proto__":1}',
      data: JSON.parse('{"__proto__":{"admin":true}}'),
    });
    const item = await items().get({ pk });
    expect([item.name, item.text, item.admin, item.data.admin]).toEqual([
      '__proto__',
      '{"__proto__":1}',
      undefined,
      undefined,
    ]);
    expect(JSON.stringify((await items().values('data'))[0])).toBe('{"data":{"__proto__":{"admin":true}}}');
    expect((await items().valuesList('name', 'text', { named: true }))[0].name).toBe('__proto__');
    expect((await items().inBulk([pk])).get(pk).name).toBe('__proto__');
  });
});

describe('H48 statements that are kept', () => {
  it('never stand for others whose names look like them when put together', async () => {
    await items().create({ name: 'a', text: 'b', size: 1, data: { 'a,b': 1, a: 2 } });
    const pairs: [Any, Any][] = [
      [items().values('name', 'text'), items().values('text', 'name')],
      [items().values('data__a,b'), items().values('data__a')],
      [items().filter({ 'data__a,b': 1 }), items().filter({ data__a: 1 })],
      [items().filter({ name: 'a' }), items().exclude({ name: 'a' })],
      [items().filter({ name: 'F4:text=v' }), items().filter({ name: 'a' })],
      [items().only('name').only('text'), items().only('name', 'text')],
      [items().only('name', 'text').defer('text'), items().only('name', 'text').only('text')],
      [items().orderBy('name', 'text'), items().orderBy('-name', 'text')],
      [items().annotate({ a: F('name'), b: F('text') }), items().annotate({ a: F('text'), b: F('name') })],
      [items().annotate({ ab: F('name') }), items().annotate({ a: F('name') })],
      [items().slice(0, 1), items().slice(1, 2)],
      [items().filter({ name__in: ['a'] }), items().filter({ name__in: ['a', 'b'] })],
      [items().filter({ size: null }), items().filter({ size: 1 })],
      [items().filter({ name__startswith: 'a' }), items().filter({ name__endswith: 'a' })],
      [items().valuesList('name'), items().valuesList('name', { flat: true })],
    ];
    const plain = (rows: Any[]): unknown =>
      rows.map((row) => (row instanceof Item ? { ...row, deferred: row.getDeferredFields() } : row));
    const first: unknown[] = [];
    for (const [a, b] of pairs) first.push(plain(await a.all()), plain(await b.all()));
    // the other way round each plan is found as the other one left it
    const second: unknown[] = [];
    for (const [a, b] of pairs) second.push(plain(await b.all()), plain(await a.all()));
    expect(second).toEqual(first.map((_, index) => first[index % 2 === 0 ? index + 1 : index - 1]));
    for (const [a, b] of pairs) {
      const [one, two] = [await a.toSql(), await b.toSql()];
      const isSame =
        JSON.stringify([one, plainShape(a)], bigintText) === JSON.stringify([two, plainShape(b)], bigintText);
      expect(isSame).toBe(false);
    }
  });

  it('never keep a value', async () => {
    await items().create({ name: 'a' });
    const found: number[] = [];
    for (const name of ['a', 'b', 'a', "a' OR '1'='1"]) found.push(await items().filter({ name }).count());
    expect(found).toEqual([1, 0, 1, 0]);
    const { queries } = await captureQueries(async () => {
      for (const name of ['a', 'b']) await items().filter({ name }).count();
    });
    expect(queries[0]!.sql).toBe(queries[1]!.sql);
    expect(queries.map(({ params }) => params)).toEqual([['a'], ['b']]);
  });
});

const plainShape = (querySet: Any): unknown => querySet.query.rows;
const bigintText = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? `${value}n` : value);
