import { closeDatabases, createTables, Decimal, defineConfig, F, Func, Temporal, Value } from 'nuages';
import { ArrayAgg, DateTimeRangeField, Range, RangeBoundary, RangeOperators } from 'nuages/postgres';
import { captureQueries } from 'nuages/testing';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Any } from '../../support/library.js';
import { targets } from './databases.js';
import { apps, Shelf, Span } from './models.js';

const day = (text: string) => Temporal.PlainDate.from(text);
/** Ranges in the form in which the database keeps them, so that they come back equal. */
const samples: Any = {
  integers: [
    Range(-2147483648, 2147483647),
    Range(1, null),
    Range<number>(null, 5),
    Range<number>(null, null),
    Range.empty(),
  ],
  bigints: [Range(-(2n ** 63n), 2n ** 63n - 1n), Range(9007199254740993n, null), Range.empty()],
  decimals: [
    Range(new Decimal('-0.0000000001'), new Decimal('12345678901234567890.123456789'), '[]'),
    Range(new Decimal('1.5'), null, '()'),
    Range(new Decimal(1), new Decimal(2), '(]'),
    Range(new Decimal(1), new Decimal(1), '[]'),
    Range.empty(),
  ],
  datetimes: [
    Range(new Date('1969-12-31T23:59:59.999Z'), new Date('2024-02-29T12:30:45.123Z'), '[]'),
    Range<Date>(null, new Date(0), '()'),
    Range.empty(),
  ],
  dates: [Range(day('0001-01-01'), day('9999-12-31')), Range(day('2024-02-29'), null), Range.empty()],
};
const shown = (value: unknown): unknown => (Array.isArray(value) ? value.map(shown) : String(value));

describe.each(targets)('on $name', ({ setUp }) => {
  setUp(apps, ['hstore']);
  beforeEach(() => Span.objects.all().delete());

  test.each(Object.keys(samples))('ranges of %s come back as they went in, on every way', async (name) => {
    const shelf = await Shelf.objects.create({});
    for (const range of samples[name]) {
      await Span.objects.all().delete();
      const span = await Span.objects.create({ [name]: range, shelf });
      const same = (found: Any) => expect([String(found), found.equals(range)]).toEqual([String(range), true]);
      same((await Span.objects.get({ pk: span.pk }))[name]);
      same((await Span.objects.values(name))[0][name]);
      same((await Span.objects.annotate({ copy: F(name) }))[0].copy);
      same((await Span.objects.aggregate({ all: ArrayAgg(name) })).all[0]);
      same(
        (await Shelf.objects.prefetchRelated('spans').get({ pk: shelf.pk })).spans.all().resultCache?.[0]?.[name] ??
          range,
      );
      await Span.objects.update({ [name]: null });
      await Span.objects.update({ [name]: range });
      await span.refreshFromDb();
      same(span[name]);
      expect(await Span.objects.filter({ [name]: range }).count()).toBe(1);
      expect(await Span.objects.filter({ [`${name}__in`]: [range] }).count()).toBe(1);
    }
  });

  test('whole numbers and days come back with the lower bound and without the upper one', async () => {
    const span = await Span.objects.create({
      integers: Range(1, 5, '(]'),
      dates: ['2024-01-01', '2024-01-31'],
      decimals: [1, 2],
    });
    await span.refreshFromDb();
    expect(shown([span.integers, span.dates, span.decimals])).toEqual(['[2, 6)', '[2024-01-01, 2024-01-31)', '[1, 2]']);
    const other = await Span.objects.create({ integers: Range(3, 3) });
    await other.refreshFromDb();
    expect(other.integers.isEmpty).toBe(true);
  });

  test('lookups compare ranges', async () => {
    await Span.objects.create({ integers: [1, 10] });
    await Span.objects.create({ integers: [10, 20] });
    await Span.objects.create({ integers: Range(15, null) });
    await Span.objects.create({ integers: Range.empty() });
    await Span.objects.create({});
    const found = async (lookups: object) =>
      shown(await Span.objects.filter(lookups).orderBy('id').valuesList('integers', { flat: true }));
    const [low, middle, high, none] = ['[1, 10)', '[10, 20)', '[15, )', 'empty'];
    expect(await found({ integers__contains: 15 })).toEqual([middle, high]);
    expect(await found({ integers__contains: [2, 5] })).toEqual([low]);
    expect(await found({ integers__contains: Range.empty() })).toEqual([low, middle, high, none]);
    expect(await found({ integers__contains: F('id') })).toBeDefined();
    expect(await found({ integers__contained_by: [0, 12] })).toEqual([low, none]);
    expect(await found({ integers__overlap: [18, 19] })).toEqual([middle, high]);
    expect(await found({ integers__fully_lt: [10, 11] })).toEqual([low]);
    expect(await found({ integers__fully_gt: [1, 10] })).toEqual([middle, high]);
    expect(await found({ integers__not_lt: [10, 11] })).toEqual([middle, high]);
    expect(await found({ integers__not_gt: [10, 20] })).toEqual([low, middle]);
    expect(await found({ integers__adjacent_to: [20, 30] })).toEqual([middle]);
    expect(await found({ integers__startswith: 10 })).toEqual([middle]);
    expect(await found({ integers__startswith__gte: 10 })).toEqual([middle, high]);
    expect(await found({ integers__endswith: null })).toEqual([high, none, 'null']);
    expect(await found({ integers__isempty: true })).toEqual([none]);
    expect(await found({ integers__upper_inf: true })).toEqual([high]);
    expect(await found({ integers__lower_inc: false })).toEqual([none]);
    expect(await found({ integers__isnull: true })).toEqual(['null']);
    expect(await found({ integers: null })).toEqual(['null']);
    expect(await found({ integers__gt: [1, 10] })).toEqual([middle, high]);
  });

  test('a value is looked for in ranges of every kind', async () => {
    await Span.objects.create({
      bigints: [2n ** 60n, null],
      decimals: ['1.5', '2.5'],
      datetimes: [new Date(0), new Date(1000)],
      dates: ['2024-01-01', '2024-02-01'],
    });
    const count = (lookups: object) => Span.objects.filter(lookups).count();
    expect(await count({ bigints__contains: 2n ** 62n, decimals__contains: '2.5' })).toBe(1);
    expect(await count({ datetimes__contains: new Date(999), dates__contains: '2024-01-31' })).toBe(1);
    expect(await count({ datetimes__contains: new Date(1000) })).toBe(0);
    expect(await count({ dates__startswith__year: 2024 })).toBe(1);
    const { queries } = await captureQueries(() => count({ integers__contains: 1 }));
    expect(queries[0]!.sql).toBe(
      'SELECT COUNT(*) AS "count" FROM "shelves_span" WHERE ("shelves_span"."integers" @> CAST($1::bigint AS integer))',
    );
  });

  test('single values are looked for by the range that they are in', async () => {
    const shelf = await Shelf.objects.create({});
    await Span.objects.create({ shelf, integers: [0, null], datetimes: [new Date(0), null] });
    const count = (lookups: object) => Span.objects.filter(lookups).count();
    expect(await count({ id__contained_by: [0, 2n ** 60n] })).toBe(1);
    expect(await count({ shelf__id__contained_by: Range(null, 0, '()') })).toBe(0);
    expect(await count({ integers__startswith__contained_by: [0, 1] })).toBe(1);
    expect(await count({ integers__startswith__contained_by: F('integers') })).toBe(1);
    expect(await count({ datetimes__startswith__contained_by: [new Date(0), new Date(1)] })).toBe(1);
  });

  test('RangeBoundary says which bounds a function takes in', async () => {
    await Span.objects.create({});
    const made = (Func as Any)(Value(new Date(0)), Value(new Date(1000)), RangeBoundary({ inclusiveUpper: true }), {
      function: 'TSTZRANGE',
      outputField: DateTimeRangeField(),
    });
    const [row] = await Span.objects.annotate({ made });
    expect(row.made.bounds).toBe('[]');
    expect(row.made.upper).toEqual(new Date(1000));
    expect(RangeOperators.OVERLAPS).toBe('&&');
  });
});

test.each([
  ['a single value', { integers: 5 }, "Field 'integers' expected a Range, or an array of its two bounds, but got 5."],
  ['one bound', { integers: [5] }, 'an array of its two bounds'],
  [
    'an end before the beginning',
    { dates: ['2024-02-01', '2024-01-01'] },
    "The range for 'dates' ends before it begins.",
  ],
  ['a bound that is no date', { dates: ['x', null] }, 'invalid date'],
  [
    'a bound beyond 32 bits',
    { integers: [0, 2147483648] },
    "Field 'integers' expected a number from -2147483648 to 2147483647",
  ],
])('%s is refused before anything is sent', async (_what, values, message) => {
  defineConfig({ apps, databases: { default: 'pglite:' } });
  const { queries } = await captureQueries(() => expect(Span.objects.create(values)).rejects.toThrow(message));
  expect(queries).toEqual([]);
});

test('a Range knows what is in it', () => {
  expect(Range(1, 5).contains(1)).toBe(true);
  expect(Range(1, 5).contains(5)).toBe(false);
  expect(Range(1, 5, '[]').contains(5)).toBe(true);
  expect(Range(1, 5, '()').contains(1)).toBe(false);
  expect(Range<number>(null, null).contains(1)).toBe(true);
  expect(Range.empty().contains(1)).toBe(false);
  expect(Range(day('2024-01-01'), null).contains(day('2024-06-01'))).toBe(true);
  expect(Range(new Decimal('1.5'), new Decimal(2)).contains(new Decimal('1.50'))).toBe(true);
  expect(Range<number>(null, 5, '[]')).toMatchObject({ bounds: '(]', lowerInf: true, lowerInc: false, upperInc: true });
  expect(new Range(1, 5).equals(Range(1, 5))).toBe(true);
  expect(Range(1, 5).equals(Range(1, 5, '[]'))).toBe(false);
  expect(JSON.stringify([Range(1, null), Range.empty()])).toBe(
    '[{"lower":1,"upper":null,"bounds":"[)"},{"empty":true}]',
  );
  expect(() => (Range as Any)(1, 5, '[[')).toThrow('The bounds of a Range are one of [], [), (] and ()');
  expect(() => (Range as Any)(1, undefined, '[)').contains(1)).not.toThrow();
});

test('a database without ranges refuses them', async () => {
  defineConfig({ apps, databases: { default: 'sqlite::memory:' } });
  const refused = 'come with nuages/postgres, and SQLite does not have them.';
  await expect(createTables({ models: [Span, Shelf] })).rejects.toThrow(refused);
  await expect(Span.objects.filter({ integers__contains: 1 }).count()).rejects.toThrow(refused);
  await closeDatabases();
});
