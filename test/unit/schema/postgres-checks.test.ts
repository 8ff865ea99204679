import { CharField, defineConfig } from 'nuages';
import { ArrayField, HStoreField } from 'nuages/postgres';
import { expect, test } from 'vitest';
import { registry } from '../../../src/models/registry.js';
import { runChecks } from '../../../src/schema/checks.js';
import { model } from '../../features/postgres/databases.js';

class Shared extends model('shared.Shared', {
  tags: ArrayField(CharField(), { default: [] }),
  fine: ArrayField(CharField(), { default: () => [] }),
  labels: HStoreField({ default: {} }),
}) {}

test('a default that all instances would share is found', () => {
  defineConfig({ apps: { shared: { Shared } }, databases: { default: 'sqlite::memory:' } });
  expect(runChecks(registry.models()).map(({ id, obj, hint }) => [id, obj, hint])).toEqual([
    ['fields.E010', 'shared.Shared.tags', 'Use a function: default: () => [].'],
    ['fields.E010', 'shared.Shared.labels', 'Use a function: default: () => ({}).'],
  ]);
});
