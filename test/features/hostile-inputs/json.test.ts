import { Case, Concat, F, JSONObject, KT, not, Value, When } from 'nuages';
import { captureQueries } from 'nuages/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { testDatabaseKind } from '../../support/test-database.js';
import { type Any, closeWorld, expectRefused, forEach, Item, openWorld } from './world.js';

beforeAll(openWorld);
afterAll(closeWorld);
const items = (): Any => Item.objects;
afterEach(() => items().all().delete());

/** Keys that are one member of a path each, whatever they hold. */
const KEYS = [
  "a'b",
  'a"b',
  'a\\b',
  "a\\'b",
  'a\\"b',
  'a.b',
  '$',
  '$.a',
  '*',
  '**',
  '[0]',
  '[*]',
  'a[0]',
  'a::text) OR 1=1--',
  "') = '1' OR 1=1 --",
  "a'||'b",
  '%',
  '%s',
  '?',
  ':a',
  '@',
  '#',
  ',',
  ' ',
  'a b',
  '{}',
  '}',
  '-',
  '$$',
  '\n',
  '\t',
  '\u2028',
  'é',
  '😀',
  'length',
  'a_b',
  'null',
  'true',
  '1.5',
  '1e3',
  'role',
];

/** MariaDB finds no keys that begin with a hyphen: those are refused. */
const isFound = (key: string): boolean => testDatabaseKind() !== 'mysql' || !key.startsWith('-');

describe('H27 keys of JSON documents', () => {
  it('are one member of a path each', async () => {
    await items().create({ name: 'decoy', data: { a: { b: 'yes', 0: 'yes' }, b: 'yes' } });
    await expectRefused({
      ...forEach(
        KEYS.filter((key) => !isFound(key)),
        (key) =>
          items()
            .filter({ [`data__${key}`]: 1 })
            .count(),
      ),
      ...forEach(
        KEYS.filter((key) => !isFound(key)),
        (key) => items().filter({ data__has_key: key }).count(),
      ),
    });
    for (const key of KEYS.filter(isFound)) {
      const { pk } = await items().create({ name: 'x', data: { [key]: { [key]: 'yes' }, other: 'no' } });
      const found = (conditions: object): Promise<unknown[]> =>
        items().filter(conditions).valuesList('pk', { flat: true });
      const path = `data__${key}__${key}`;
      expect([key, await found({ [path]: 'yes' })]).toEqual([key, [pk]]);
      expect([key, await found({ [`${path}__icontains`]: 'YE' })]).toEqual([key, [pk]]);
      expect([key, await found({ [`data__${key}__has_key`]: key })]).toEqual([key, [pk]]);
      expect([key, await found({ data__has_key: key })]).toEqual([key, [pk]]);
      expect([key, await found({ data__has_keys: [key, 'other'] })]).toEqual([key, [pk]]);
      expect([key, await found({ data__has_any_keys: [key, 'none'] })]).toEqual([key, [pk]]);
      expect([key, await found({ [`${path}__isnull`]: false })]).toEqual([key, [pk]]);
      const row = { whole: { [key]: 'yes' }, part: 'yes', shown: 'yes' };
      const rows = await items()
        .filter({ pk })
        .annotate({ whole: F(`data__${key}`), part: F(path), shown: (KT as Any)(path) })
        .values('whole', 'part', 'shown');
      expect([key, rows]).toEqual([key, [row]]);
      const named = `data__${key}`;
      expect([key, await items().filter({ pk }).values(named)]).toEqual([key, [{ [named]: { [key]: 'yes' } }]]);
      expect([key, await items().filter({ pk }).orderBy(path).count()]).toEqual([key, 1]);
      await items().filter({ pk }).delete();
    }
  });

  it('are found where the database computes them', async () => {
    const holds = (key: string): Promise<unknown[]> =>
      items()
        .annotate({ has: Case([When({ data__has_key: F('name') }, 1)], { default: 0 }) })
        .annotate({ inside: Case([When({ data__in__has_key: F('name') }, 1)], { default: 0 }) })
        .annotate({ any: Case([When({ data__has_any_keys: [F('name'), 'none'] }, 1)], { default: 0 }) })
        .annotate({ without: Case([When(not({ data__has_key: F('name') }), 1)], { default: 0 }) })
        .filter({ name: key })
        .orderBy('pk')
        .valuesList('has', 'inside', 'any', 'without');
    for (const key of [...KEYS, '-a', '--', '-é"\\%', '-A', '-%', '-_']) {
      await items().create({ name: key, data: { [key]: null, in: { [key]: 1, other: 2 } } });
      // others that patterns, letters of the other case and spaces would be taken for
      for (const data of [{ [`${key}x`]: 1, [`x${key}`]: 1, [`${key} `]: 1, '-b': 1, '-B': 1 }, [[key]], 5, null])
        await items().create({ name: key, data });
      const none = [0, 0, 0];
      expect([key, await holds(key)]).toEqual([
        key,
        [
          [1, 1, 1, 0],
          [...none, 1],
          [...none, 1],
          [...none, 1],
          [...none, 1],
        ],
      ]);
      await items().all().delete();
    }
    await items().create({ name: '-a', data: { '-A': 1, '-ab': 1, '-a ': 1 } });
    expect(
      await items()
        .filter({ data__has_key: F('name') })
        .count(),
    ).toBe(0);
    expect(
      await items()
        .filter({ data__has_key: Concat(F('name'), Value('b')) })
        .count(),
    ).toBe(1);
  });

  it('never stand in the text of a statement with their quotes', async () => {
    const key = "') = '1' OR 1=1 --";
    const { queries } = await captureQueries(() =>
      items()
        .filter({ [`data__${key}`]: 1 })
        .values(`data__${key}`)
        .orderBy(`data__${key}`),
    );
    for (const { sql } of queries) expect(sql.replaceAll("''", '')).not.toContain("') = '1' OR");
  });

  it('of objects made by the database are data', async () => {
    await items().create({ size: 5 });
    for (const key of [...KEYS, '__proto__', 'constructor', '']) {
      const [{ made }] = await items().annotate({ made: (JSONObject as Any)(Object.fromEntries([[key, F('size')]])) });
      expect([key, JSON.stringify(made)]).toEqual([key, JSON.stringify(Object.fromEntries([[key, 5]]))]);
    }
  });

  it('may be empty, but not at the start of a path', async () => {
    await expectRefused(forEach(['data__', 'data____a'], (path) => items().filter({ [path]: 1 })));
    await items().create({ data: { a: { '': { b: 1 }, b: 2 } } });
    expect(await items().filter({ data__a____b: 1 }).count()).toBe(1);
    expect(await items().filter({ data__a____b: 2 }).count()).toBe(0);
  });

  it('are positions in lists where they are whole numbers', async () => {
    const { pk } = await items().create({ data: ['a', ['b', 'c']] });
    expect(await items().filter({ data__0: 'a', data__1__1: 'c' }).count()).toBe(1);
    for (const position of ['2', '99999999999999999999', '0x0', '1e0']) {
      expect([
        position,
        await items()
          .filter({ pk, [`data__${position}__isnull`]: false })
          .count(),
      ]).toEqual([position, 0]);
    }
  });

  it('may be anything in a document, which comes back as it was', async () => {
    const document = Object.fromEntries(
      [...KEYS, '', '0', '-1', '__proto__', 'constructor', 'then', 'toJSON'].map((key) => [key, key]),
    );
    const { pk } = await items().create({ data: document });
    const { data } = await items().get({ pk });
    // PostgreSQL's jsonb keeps an order of keys of its own.
    expect(Object.entries(data).sort()).toEqual(Object.entries(document).sort());
    expect(await items().filter({ data: document }).count()).toBe(1);
    expect(
      await items()
        .filter({ pk })
        .update({ data: { again: document } }),
    ).toBe(1);
    const { again } = (await items().get({ pk })).data;
    expect(Object.entries(again).sort()).toEqual(Object.entries(document).sort());
  });
});

describe('H27 documents', () => {
  const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}1${']'.repeat(depth)}`);
  const circle: Any = { a: {} };
  circle.a.circle = circle;

  it('that are no JSON are refused', async () => {
    const documents: Any[] = [
      circle,
      [circle],
      1n,
      { a: 1n },
      () => 1,
      Symbol('x'),
      { a: () => 1 },
      { a: undefined },
      [undefined],
      { a: Symbol('x') },
      Number.NaN,
      { a: Number.POSITIVE_INFINITY },
    ];
    await expectRefused({
      ...forEach(documents, (data) => items().create({ data }), 'create '),
      ...forEach(documents, (data) => items().update({ data }), 'update '),
      ...forEach(documents, (data) => items().filter({ data }), 'filter '),
      ...forEach(documents, (data) => items().filter({ data__a: data }), 'key '),
    });
  });

  it('that are too deep for the database are refused, others are exact', async () => {
    const depth = testDatabaseKind() === 'mysql' ? 31 : 500;
    const { pk } = await items().create({ data: nested(depth) });
    expect(JSON.stringify((await items().get({ pk })).data)).toBe(JSON.stringify(nested(depth)));
    await expectRefused({
      ...(testDatabaseKind() === 'mysql' ? { 'MariaDB’s most': () => items().create({ data: nested(32) }) } : {}),
      deep: () => items().create({ data: nested(5000) }),
      deeper: () => items().filter({ data: nested(100_000) }),
    });
  });

  it('of objects that are no plain data are refused', async () => {
    const objects: Any[] = [
      new Date(0),
      { at: new Date(0) },
      { own: { toJSON: () => 1 } },
      new Map([['a', 1]]),
      [new Set([1])],
      { a: new (class Secret {})() },
      { a: /x/ },
      new Uint8Array(1),
    ];
    await expectRefused({
      ...forEach(objects, (data) => items().create({ data }), 'create '),
      ...forEach(objects, (data) => items().filter({ data }), 'filter '),
    });
  });
});
