import fc from 'fast-check';
import {
  CharField,
  closeDatabases,
  createTables,
  Decimal,
  defineConfig,
  F,
  JSONObject,
  prefetchRelatedObjects,
  Temporal,
} from 'nuages';
import { ArrayAgg, ArrayField } from 'nuages/postgres';
import { captureQueries } from 'nuages/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Any } from '../../support/library.js';
import { targets } from './databases.js';
import { apps, elementFields, Shelf, Span } from './models.js';

const hostile = [
  '',
  ' ',
  'NULL',
  'null',
  '{',
  '}',
  ',',
  '"',
  '\\',
  '\\\\"',
  '{"a","b"}',
  "it's",
  'é𝒳\u0001\n\t',
  '%_$1',
  null,
];
const samples: Any = {
  texts: hostile,
  words: ['a', null, 'b c'],
  integers: [0, -1, 2147483647, -2147483648, null],
  bigints: [2n ** 63n - 1n, -(2n ** 63n), 9007199254740993n, null],
  decimals: [new Decimal('12345678901234567890.0123456789'), new Decimal('-0.0000000001'), null],
  floats: [0.1, -1e300, 5e-324, 123456789.123, null],
  booleans: [true, false, null],
  dates: [Temporal.PlainDate.from('0001-01-01'), Temporal.PlainDate.from('9999-12-31'), null],
  times: [Temporal.PlainTime.from('00:00'), Temporal.PlainTime.from('23:59:59.999999'), null],
  datetimes: [new Date('2024-02-29T12:30:45.123Z'), new Date('1969-12-31T23:59:59.999Z'), null],
  instants: [Temporal.Instant.from('2024-02-29T12:30:45.123456Z'), null],
  durations: [Temporal.Duration.from({ hours: -30, microseconds: -1 }), Temporal.Duration.from({ hours: 1 }), null],
  uuids: ['6c84fb90-12c4-11e1-840d-7b25c5ee775a', null],
  documents: [{ a: ['"', { b: null }] }, [1, 'x'], 'text', true, 1.5, null],
  bytes: [new Uint8Array([0, 255, 34, 92]), new Uint8Array(), null],
};
const names = Object.keys(elementFields);

/** Values as something that compares: decimals and temporal values by their text, bytes as numbers. */
const plain = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Uint8Array) return [...value];
  if (value instanceof Temporal.Duration) return value.total('microseconds');
  if (value instanceof Decimal || (typeof value === 'object' && value !== null && Symbol.toStringTag in value))
    return String(value);
  return value;
};

describe.each(targets)('on $name', ({ setUp }) => {
  setUp(apps, ['hstore']);
  beforeEach(async () => {
    await Span.objects.all().delete();
    await Shelf.objects.all().delete();
  });

  test.each(names)('an array of %s comes back as it went in, on every way', async (name) => {
    const values = samples[name];
    const shelf = await Shelf.objects.create({ [name]: values });
    const same = (found: unknown) => expect(plain(found)).toEqual(plain(values));

    same((await Shelf.objects.get({ pk: shelf.pk }))[name]);
    same((await Shelf.objects.values(name))[0][name]);
    same((await Shelf.objects.valuesList(name, { flat: true }))[0]);
    same((await Shelf.objects.annotate({ copy: F(name) }))[0].copy);
    await shelf.refreshFromDb();
    same(shelf[name]);

    // As an element of a grouped array, where PostgreSQL makes a second dimension of it.
    const { all } = await Shelf.objects.aggregate({ all: ArrayAgg(name) });
    expect(all).toHaveLength(1);
    same(all[0]);
    // Joined, and fetched with others.
    const span = await Span.objects.create({ shelf });
    same((await Span.objects.selectRelated('shelf').get({ pk: span.pk })).shelf[name]);
    const [alone] = await Span.objects.all();
    await prefetchRelatedObjects([alone], 'shelf');
    same(alone.shelf[name]);

    // Written in every other way, and found by its value.
    await Shelf.objects.update({ [name]: null });
    await Shelf.objects.update({ [name]: values });
    same((await Shelf.objects.get({ pk: shelf.pk }))[name]);
    expect(await Shelf.objects.filter({ [name]: values }).count()).toBe(1);
    expect(await Shelf.objects.filter({ [`${name}__in`]: [[], values] }).count()).toBe(1);
    expect(await Shelf.objects.filter({ [`${name}__contains`]: [values[0]] }).count()).toBe(1);
    const more = await Shelf.objects.bulkCreate(
      [{ [name]: values }, { [name]: [] }].map((row) => new (Shelf as Any)(row)),
    );
    more[1][name] = values;
    await Shelf.objects.bulkUpdate([more[1]], [name]);
    for (const found of await Shelf.objects.valuesList(name, { flat: true })) same(found);
  });

  test('an element, and elements of a slice, are what the field holds', async () => {
    await Shelf.objects.create({
      ...samples,
      grid: [
        ['1.5', 2],
        [3, '4.25'],
      ],
    });
    const row = await Shelf.objects
      .values(
        'decimals__0',
        'bigints__0',
        'texts__12',
        'texts__99',
        'integers__1_3',
        'grid__1',
        'grid__1__0',
        'grid__0_1',
        'grid__9',
      )
      .get();
    expect(row).toEqual({
      decimals__0: new Decimal('12345678901234567890.0123456789'),
      bigints__0: 2n ** 63n - 1n,
      texts__12: hostile[12],
      texts__99: null,
      integers__1_3: [-1, 2147483647],
      grid__1: [new Decimal(3), new Decimal('4.25')],
      grid__1__0: new Decimal(3),
      grid__0_1: [[new Decimal('1.5'), new Decimal(2)]],
      grid__9: null,
    });
  });

  test('arrays stand in JSON as lists', async () => {
    await Shelf.objects.create({ words: ['a', null], integers: [1, 2] });
    const [row] = await Shelf.objects.annotate({ json: JSONObject({ w: 'words', i: 'integers' }) });
    expect(row.json).toEqual({ w: ['a', null], i: [1, 2] });
  });

  test('any texts come back as they went in', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((each) => !each.includes('\0'));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.option(text), { maxLength: 6 }), async (texts) => {
        const shelf = await Shelf.objects.create({ texts });
        expect((await Shelf.objects.get({ pk: shelf.pk })).texts).toEqual(texts);
        expect(await Shelf.objects.filter({ pk: shelf.pk, texts }).exists()).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  test('lookups find what arrays hold', async () => {
    await Shelf.objects.create({
      words: ['a', 'b'],
      integers: [1, 2, 3],
      grid: [
        [1, 2],
        [3, 4],
      ],
    });
    await Shelf.objects.create({ words: [], integers: [3] });
    await Shelf.objects.create({ words: null });
    const count = (lookups: object) => Shelf.objects.filter(lookups).count();
    expect(await count({ words__contains: ['a'] })).toBe(1);
    expect(await count({ words__contains: [] })).toBe(2);
    expect(await count({ words__contained_by: ['a', 'b', 'c'] })).toBe(2);
    expect(await count({ integers__overlap: [3, 9] })).toBe(2);
    expect(await count({ words__len: 0 })).toBe(1);
    expect(await count({ integers__len__gte: 1 })).toBe(2);
    expect(await count({ words__isnull: true })).toBe(1);
    expect(await count({ words: null })).toBe(1);
    expect(await count({ integers__0: 3 })).toBe(1);
    expect(await count({ integers__0__in: [1, 3] })).toBe(2);
    expect(await count({ words__1__startswith: 'b' })).toBe(1);
    expect(await count({ integers__0_2: [1, 2] })).toBe(1);
    expect(await count({ integers__0_2__contains: [2] })).toBe(1);
    expect(await count({ grid__1: [3, '4.00'] })).toBe(1);
    expect(await count({ grid__1__1: 4 })).toBe(1);
    expect(await count({ grid__contains: [[3]] })).toBe(1);
    expect(await count({ integers__gt: [1, 2, 3] })).toBe(1);
    expect(await Shelf.objects.exclude({ words__contains: ['a'] }).count()).toBe(2);
    expect(await Shelf.objects.orderBy('-integers__len').valuesList('integers__len', { flat: true })).toEqual([
      null,
      3,
      1,
    ]);
  });

  test('the right side may be a column, a list with expressions, or a QuerySet', async () => {
    await Shelf.objects.create({ words: ['a', 'b'], short: ['b'] });
    const count = (lookups: object) => Shelf.objects.filter(lookups).count();
    expect(await count({ words__contains: F('short') })).toBe(1);
    expect(await count({ short__contains: F('words') })).toBe(0);
    expect(await count({ words: ['a', F('short__0')] })).toBe(1);
    expect(await count({ words__overlap: [F('short__0'), 'z'] })).toBe(1);
    expect(await count({ words__overlap: Shelf.objects.values('short__0') })).toBe(1);
    const { queries } = await captureQueries(() => count({ words__contains: ['a'] }));
    expect(queries).toMatchObject([
      {
        sql: 'SELECT COUNT(*) AS "count" FROM "shelves_shelf" WHERE ("shelves_shelf"."words" @> $1::varchar[])',
        params: ['{"a"}'],
      },
    ]);
  });

  test('no text of a value becomes SQL, and no place in an array is anything but a number', async () => {
    const attack = `a'); DROP TABLE shelves_shelf; --`;
    await Shelf.objects.create({ texts: [attack] });
    expect(await Shelf.objects.filter({ texts__contains: [attack] }).count()).toBe(1);
    for (const place of ['1]', '-1', '0_', '_0', '1.5', '99999999999', '0_99999999999']) {
      expect(() => Shelf.objects.filter({ [`texts__${place}`]: 'a' })).toThrow(/is not a lookup or transform/);
    }
  });
});

describe('what no array can be is refused before anything is sent', () => {
  beforeAll(() => void defineConfig({ apps, databases: { default: 'pglite:' } }));
  afterAll(() => closeDatabases());

  test.each([
    ['a text in place of an array', { words: 'ab' }, "Field 'words' expected an array but got 'ab'."],
    ['a wrong element', { integers: [1, 'x'] }, "Field 'integers[1]' expected a number but got 'x'."],
    ['a null that the base field does not allow', { short: ['a', null] }, "Field 'short[1]' is null"],
    [
      'a hole',
      { integers: Object.assign([1], { length: 2 }) },
      "Field 'integers[1]' expected a value but got undefined.",
    ],
    [
      'rows of different lengths',
      { grid: [[1], [1, 2]] },
      "'grid' is an array of arrays, which must all have the same number",
    ],
    ['empty rows', { grid: [[], []] }, 'at least one'],
    ['a null in place of a row', { grid: [null] }, "Field 'grid[0]' is null"],
    ['a NUL', { texts: ['a\0'] }, 'the character NUL'],
  ])('%s', async (_what, values, message) => {
    const { queries } = await captureQueries(() => expect(Shelf.objects.create(values)).rejects.toThrow(message));
    expect(queries).toEqual([]);
    if (!('texts' in values)) expect(() => Shelf.objects.filter(values)).toThrow(message);
  });

  test('validation names the element', () => {
    const field = (ArrayField as Any)(CharField({ maxLength: 5 }), { size: 3 });
    const clean = (value: unknown) => () => field.clean(value);
    expect(clean(['a', 'abcdef'])).toThrow(/Item 2 in the array did not validate: .*5 characters/);
    expect(clean(['a', 'b', 'c', 'd'])).toThrow('List contains 4 items, it should contain no more than 3.');
    expect(clean('["a"')).toThrow('Value must be a list');
    expect(clean('["a", "b"]')()).toEqual(['a', 'b']);
  });

  test('an array needs the field of its elements', () => {
    expect(() => (ArrayField as Any)({ size: 3 })).toThrow('ArrayField takes the field of its elements first');
    expect(() => (ArrayField as Any)(elementFields.texts, { length: 3 })).toThrow("ArrayField has no option 'length'");
    expect(() => (ArrayField as Any)(elementFields.texts, { size: 0 })).toThrow('a whole number from 1');
  });
});

test('a database without arrays refuses the columns, their values and their lookups', async () => {
  defineConfig({ apps, databases: { default: 'sqlite::memory:' } });
  const refused = 'come with nuages/postgres, and SQLite does not have them.';
  const { queries } = await captureQueries(async () => {
    await expect(createTables({ models: [Shelf] })).rejects.toThrow(
      `Columns of type array, such as 'texts', ${refused}`,
    );
    await expect(Shelf.objects.create({ words: ['a'] })).rejects.toThrow(refused);
    await expect(Shelf.objects.filter({ words__contains: ['a'] }).count()).rejects.toThrow(refused);
    await expect(Shelf.objects.values('words')).rejects.toThrow(refused);
    await expect(Shelf.objects.aggregate({ all: ArrayAgg('id') })).rejects.toThrow(refused);
  });
  expect(queries.filter(({ sql }) => !/^\s*PRAGMA/.test(sql))).toEqual([]);
  await closeDatabases();
});
