import { closeDatabases, createTables, DateField, defineConfig, Model } from 'nuages';
import { captureQueries } from 'nuages/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Any } from '../../support/library.js';

class Day extends (Model as Any)('calendar.Day', { date: DateField() }) {}

beforeAll(async () => {
  defineConfig({ apps: { calendar: { Day } }, databases: { default: 'sqlite::memory:' } });
  await createTables();
  for (const date of ['2019-12-31', '2020-01-01', '2020-12-31', '2021-01-01']) await Day.objects.create({ date });
});
afterAll(() => closeDatabases());

test('a transform at the end of a path is compared as its own type says, with exact or without', async () => {
  const { queries } = await captureQueries(async () => {
    expect(await Day.objects.filter({ date__year: 2020 }).count()).toBe(2);
    expect(await Day.objects.filter({ date__year__exact: 2020 }).count()).toBe(2);
  });
  expect(queries[0]!.sql).toContain('BETWEEN');
  expect(queries[1]!.sql).toBe(queries[0]!.sql);
});
