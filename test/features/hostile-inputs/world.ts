import {
  BigIntegerField,
  BinaryField,
  BooleanField,
  CASCADE,
  CharField,
  createTables,
  DateField,
  DateTimeField,
  DecimalField,
  defineConfig,
  FloatField,
  ForeignKey,
  IntegerField,
  JSONField,
  ManyToManyField,
  NuagesError,
  TextField,
  UUIDField,
} from 'nuages';
import { captureQueries } from 'nuages/testing';
import { expect } from 'vitest';
import { closeTestDatabase, openTestDatabase, testDatabaseKind } from '../../support/test-database.js';
import { type Any, model, untyped } from '../../support/untyped.js';

export type { Any };

export class Owner extends model('hostile.Owner', {
  name: CharField({ maxLength: 64 }),
  boss: untyped(ForeignKey)('self', { onDelete: CASCADE, null: true, relatedName: 'staff' }),
}) {}

export class Tag extends model('hostile.Tag', { label: CharField({ maxLength: 64 }) }) {}

export class Item extends model('hostile.Item', {
  name: CharField({ maxLength: 64, default: '' }),
  text: TextField({ default: '' }),
  size: IntegerField({ null: true }),
  big: BigIntegerField({ null: true }),
  ratio: FloatField({ null: true }),
  price: DecimalField({ maxDigits: 20, decimalPlaces: 4, null: true }),
  open: BooleanField({ default: false }),
  day: DateField({ null: true }),
  at: DateTimeField({ null: true }),
  code: UUIDField({ null: true }),
  bytes: BinaryField({ null: true }),
  data: JSONField({ null: true }),
  owner: untyped(ForeignKey)('Owner', { onDelete: CASCADE, null: true, relatedName: 'items' }),
  tags: untyped(ManyToManyField)('Tag', { relatedName: 'items' }),
}) {}

/** A fresh database with the tables, empty. */
export async function openWorld(): Promise<void> {
  defineConfig({
    apps: { hostile: { Owner, Tag, Item } },
    databases: { default: await openTestDatabase() },
  } as Any);
  await createTables();
}
export const closeWorld = closeTestDatabase;

/** What an error must be: one of the library's own, or a TypeError, with a code that programs can tell apart. */
const isTyped = (error: unknown): boolean =>
  (error instanceof NuagesError || error instanceof TypeError) &&
  typeof (error as { code?: unknown }).code === 'string';

async function fateOf(make: () => unknown): Promise<string> {
  let fate = 'accepted';
  const { queries } = await captureQueries(async () => {
    try {
      await make();
    } catch (error) {
      fate = isTyped(error) ? 'refused' : `not a typed error: ${error}`;
    }
  });
  return queries.length === 0 ? fate : `sent ${queries[0]!.sql}`;
}

/** Fails unless each of the calls is refused with a typed error before anything is sent. */
export async function expectRefused(calls: Readonly<Record<string, () => unknown>>): Promise<void> {
  const fates = new Map<string, string>();
  for (const [label, make] of Object.entries(calls)) fates.set(label, await fateOf(make));
  const others = [...fates].filter(([, fate]) => fate !== 'refused').map(([label, fate]) => `${label}: ${fate}`);
  expect(others).toEqual([]);
}

/** One call for each input, as `expectRefused` takes them. */
export const forEach = <T>(
  inputs: readonly T[],
  call: (input: T) => unknown,
  label = '',
): Record<string, () => unknown> =>
  Object.fromEntries(inputs.map((input, index) => [`${label}${index} ${labelOf(input)}`, () => call(input)]));

function labelOf(input: unknown): string {
  try {
    return typeof input === 'string' ? JSON.stringify(input).slice(0, 80) : String(JSON.stringify(input)).slice(0, 80);
  } catch {
    return typeof input;
  }
}

/** Names that every object has, or that mean something to JavaScript. */
export const PROTOTYPE_NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'then',
  'toJSON',
];

/** Whether the database's driver reads columns of this name; others are refused. */
export const isReadable = (name: string): boolean => testDatabaseKind() !== 'mysql' || !/^__\w+__$/.test(name);
