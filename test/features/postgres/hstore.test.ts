import fc from 'fast-check';
import { closeDatabases, createTables, defineConfig } from 'nuages';
import { captureQueries } from 'nuages/testing';
import { beforeEach, describe, expect, test } from 'vitest';
import { targets } from './databases.js';
import { apps, Labelled } from './models.js';

describe.each(targets)('on $name', ({ setUp }) => {
  setUp(apps, ['hstore']);
  beforeEach(() => Labelled.objects.all().delete());

  test('texts by texts come back as they went in', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 8 }).filter((each) => !each.includes('\0'));
    const hostile = fc.constantFrom('', '"', '\\', '=>', 'NULL', ', ', "it's", '__proto__', 'é𝒳\n');
    const entries = fc.array(fc.tuple(fc.oneof(text, hostile), fc.option(fc.oneof(text, hostile))), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(entries, async (pairs) => {
        const labels = Object.fromEntries(pairs);
        const row = await Labelled.objects.create({ labels });
        const found = (await Labelled.objects.get({ pk: row.pk })).labels;
        expect(Object.entries(found).sort()).toEqual(Object.entries(labels).sort());
        expect(Object.getPrototypeOf(found)).toBe(Object.prototype);
        expect(await Labelled.objects.filter({ pk: row.pk, labels }).exists()).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  test('lookups find keys and values', async () => {
    await Labelled.objects.create({ labels: { os: 'Linux', zone: null, rack: 7 } });
    await Labelled.objects.create({ labels: {} });
    await Labelled.objects.create({});
    const count = (lookups: object) => Labelled.objects.filter(lookups).count();
    expect(await count({ labels__os: 'Linux' })).toBe(1);
    expect(await count({ labels__os__istartswith: 'lin' })).toBe(1);
    expect(await count({ labels__rack: '7' })).toBe(1);
    expect(await count({ labels__has_key: 'zone' })).toBe(1);
    expect(await count({ labels__zone__isnull: true })).toBe(3);
    expect(await count({ labels__has_keys: ['os', 'zone'] })).toBe(1);
    expect(await count({ labels__has_keys: ['os', 'none'] })).toBe(0);
    expect(await count({ labels__has_any_keys: ['os', 'none'] })).toBe(1);
    expect(await count({ labels__contains: { os: 'Linux' } })).toBe(1);
    expect(await count({ labels__contained_by: { os: 'Linux', zone: null, rack: '7', more: '' } })).toBe(2);
    expect(await count({ labels__keys__contains: ['os'] })).toBe(1);
    expect(await count({ labels__values__len: 3 })).toBe(1);
    expect(await count({ labels__isnull: true })).toBe(1);
    const row = await Labelled.objects
      .filter({ labels__has_key: 'os' })
      .values('labels__os', 'labels__none', 'labels__keys')
      .get();
    expect(row).toMatchObject({ labels__os: 'Linux', labels__none: null });
    expect(row.labels__keys.sort()).toEqual(['os', 'rack', 'zone']);
  });

  test('a key is data', async () => {
    await Labelled.objects.create({ labels: { "a' OR '1'='1": 'x' } });
    const { queries, result } = await captureQueries(() =>
      Labelled.objects.filter({ "labels__a' OR '1'='1": 'y' }).count(),
    );
    expect(result).toBe(0);
    expect(queries[0]!.sql).toContain(`("shelves_labelled"."labels" -> 'a'' OR ''1''=''1') = $1`);
  });
});

test('what hstore cannot hold is refused before anything is sent', async () => {
  defineConfig({ apps, databases: { default: 'pglite:' } });
  const { queries } = await captureQueries(async () => {
    const refuses = (labels: unknown, message: string) =>
      expect(Labelled.objects.create({ labels })).rejects.toThrow(message);
    await refuses('x', "Field 'labels' expected an object of texts and nulls but got 'x'.");
    await refuses({ a: {} }, "Field 'labels' holds texts and nulls by key; 'a' is neither.");
    await refuses({ a: '\0' }, 'the character NUL');
  });
  expect(queries).toEqual([]);
});

test('a database without hstore refuses it', async () => {
  defineConfig({ apps, databases: { default: 'sqlite::memory:' } });
  await expect(createTables({ models: [Labelled] })).rejects.toThrow(
    "Columns of type hstore, such as 'labels', come with nuages/postgres",
  );
  await closeDatabases();
});
