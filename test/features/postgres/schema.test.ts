import {
  atomic,
  BooleanField,
  CASCADE,
  CharField,
  closeDatabases,
  connection,
  createTables,
  DateTimeField,
  Deferrable,
  defineConfig,
  F,
  ForeignKey,
  Func,
  Index,
  IntegerField,
  IntegrityError,
  TextField,
} from 'nuages';
import {
  addIndexConcurrently,
  BloomIndex,
  BrinIndex,
  BTreeIndex,
  createExtension,
  dropExtension,
  ExclusionConstraint,
  GinIndex,
  GistIndex,
  HashIndex,
  OpClass,
  removeIndexConcurrently,
  SearchVector,
  SearchVectorField,
  SpGistIndex,
} from 'nuages/postgres';
import { captureQueries } from 'nuages/testing';
import { beforeEach, describe, expect, test } from 'vitest';
import { database } from '../../../src/database/databases.js';
import type { Any } from '../../support/library.js';
import { model, targets } from './databases.js';

class Room extends model(
  'hotel.Room',
  { name: CharField({ maxLength: 20 }), size: IntegerField(), weight: IntegerField() },
  {
    indexes: [
      BTreeIndex({ fields: ['-size'], name: 'room_btree', fillfactor: 80, deduplicateItems: false }),
      HashIndex({ fields: ['name'], name: 'room_hash', fillfactor: 60 }),
      BrinIndex({ fields: ['size', 'weight'], name: 'room_brin', pagesPerRange: 4, autosummarize: true }),
      SpGistIndex({ fields: ['name'], name: 'room_spgist', condition: { size__gt: 3 } }),
      GinIndex({
        fields: ['name'],
        name: 'room_gin',
        opclasses: ['gin_trgm_ops'],
        fastupdate: false,
        ginPendingListLimit: 64,
      }),
      GistIndex(OpClass(F('name'), { name: 'gist_trgm_ops' }), { name: 'room_gist', buffering: true }),
      BloomIndex({ fields: ['size', 'weight'], name: 'room_bloom', length: 80, columns: [2, 4] }),
      GinIndex(SearchVector('name', { config: 'english' }), { name: 'room_words' }),
      GinIndex({ fields: ['name', 'size'], opclasses: ['gin_trgm_ops', 'int4_ops'], name: 'room_both' }),
    ],
  },
) {}
const span = Func('begins', 'ends', { function: 'TSTZRANGE', outputField: TextField() });
class Booking extends model(
  'hotel.Booking',
  {
    room: ForeignKey('hotel.Room', { onDelete: CASCADE }),
    begins: DateTimeField(),
    ends: DateTimeField({ null: true }),
    cancelled: BooleanField({ default: false }),
    guest: CharField({ maxLength: 20, default: '' }),
    words: SearchVectorField({ null: true }),
  },
  {
    indexes: [GinIndex({ fields: ['words'] })],
    constraints: [
      ExclusionConstraint({
        name: 'no_double_booking',
        expressions: [
          ['room', '='],
          [span, '&&'],
        ],
        condition: { cancelled: false },
        include: ['guest'],
        violationErrorMessage: 'The room is taken.',
        violationErrorCode: 'taken',
      }),
    ],
  },
) {}
class Seat extends model(
  'hotel.Seat',
  { number: IntegerField(), row: IntegerField() },
  {
    constraints: [
      ExclusionConstraint({
        name: 'one_row_a_number',
        expressions: [
          ['number', '='],
          [OpClass('row', { name: 'gist_int4_ops' }), '<>'],
        ],
        deferrable: Deferrable.DEFERRED,
      }),
    ],
  },
) {}
const apps = { hotel: { Room, Booking, Seat } };
const day = (number: number): Date => new Date(Date.UTC(2024, 0, number));
const extensions = ['pg_trgm', 'btree_gist', 'btree_gin', 'bloom'];

describe.each(targets)('the schema on $name', ({ setUp }) => {
  setUp(apps, extensions);
  let room: any;
  beforeEach(async () => {
    await Room.objects.all().delete();
    room = await Room.objects.create({ name: 'Blue', size: 5, weight: 2 });
    await Booking.objects.create({ room, begins: day(1), ends: day(5) });
  });

  test('indexes of every method are made with their parameters and read back', async () => {
    const table = await database().introspect((introspection, on) => introspection.table(on, 'hotel_room'));
    const named = Object.fromEntries(table.indexes.map((index) => [index.name, index]));
    expect(named.room_btree).toMatchObject({
      method: null,
      columns: [{ name: 'size', descending: true }],
      options: { fillfactor: 80, deduplicate_items: false },
    });
    expect(named.room_hash).toMatchObject({ method: 'hash', options: { fillfactor: 60 } });
    expect(named.room_brin).toMatchObject({ method: 'brin', options: { pages_per_range: 4, autosummarize: true } });
    expect(named.room_spgist).toMatchObject({ method: 'spgist', condition: { texts: ['(size > 3)'] } });
    expect(named.room_gin).toMatchObject({
      method: 'gin',
      columns: [{ name: 'name', opclass: 'gin_trgm_ops' }],
      options: { fastupdate: false, gin_pending_list_limit: 64 },
    });
    expect(named.room_gist).toMatchObject({
      method: 'gist',
      options: { buffering: 'on' },
      columns: [{ name: 'name', opclass: 'gist_trgm_ops' }],
    });
    expect(named.room_bloom).toMatchObject({ method: 'bloom', options: { length: 80, col1: 2, col2: 4 } });
    expect(named.room_words).toMatchObject({ method: 'gin', columns: [] });
    expect(named.room_both!.columns).toHaveLength(2);
  });

  test('an index over a vector is found by the vector of a query', async () => {
    const search = Room.objects
      .annotate({ words: SearchVector('name', { config: 'english' }) })
      .filter({ words: 'blue' });
    const plan = await atomic(async () => {
      await connection().execute`SET LOCAL enable_seqscan = off`;
      return search.explain();
    });
    expect(plan).toContain('room_words');
    expect(await search.count()).toBe(1);
  });

  test('a name is made with the suffix of the method', () => {
    expect(GinIndex({ fields: ['words'] }).named('hotel_booking', (name) => name).name).toMatch(
      /^hotel_booki_words_[0-9a-f]{6}_gin$/,
    );
    const index = GinIndex({ fields: ['words'], fastupdate: false });
    expect(index.clone({ name: 'other' })).toMatchObject({
      name: 'other',
      method: 'gin',
      storage: { fastupdate: false },
    });
    expect(index.kind).toBe('GinIndex');
  });

  test('the database refuses rows that exclude each other', async () => {
    const error = await Booking.objects
      .create({ room, begins: day(4), ends: day(6) })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(IntegrityError);
    expect(error).toMatchObject({ kind: 'exclusion', constraint: 'no_double_booking', table: 'hotel_booking' });
    await Booking.objects.create({ room, begins: day(4), ends: day(6), cancelled: true });
    await Booking.objects.create({ room, begins: day(5), ends: day(6) });
    const other = await Room.objects.create({ name: 'Red', size: 1, weight: 1 });
    await Booking.objects.create({ room: other, begins: day(4), ends: day(6) });
  });

  test('fullClean finds such rows by one query', async () => {
    const codes = async (changes: object): Promise<string[]> => {
      const booking = new (Booking as Any)({ room, begins: day(4), ends: day(6), ...changes });
      return booking.validateConstraints().then(
        () => [],
        (error: any) =>
          error.errorList?.map((each: any) => `${each.code}: ${each.messages.join()}`) ??
          Object.values(error.errorDict)
            .flat()
            .map((each: any) => `${each.code}: ${each.messages.join()}`),
      );
    };
    expect(await codes({})).toEqual(['taken: The room is taken.']);
    expect(await codes({ cancelled: true })).toEqual([]);
    expect(await codes({ begins: day(5) })).toEqual([]);
    expect(await codes({ begins: day(7), ends: null })).toEqual([]);
    const [stored] = await Booking.objects.all();
    stored.ends = day(8);
    await stored.validateConstraints();
    await stored.validateConstraints({ exclude: ['room'] });
  });

  test('an exclusion constraint may wait for the commit, and is read back', async () => {
    await Seat.objects.create({ number: 1, row: 1 });
    await atomic(async () => {
      const seat = await Seat.objects.create({ number: 1, row: 2 });
      seat.row = 1;
      await seat.save();
    });
    await expect(atomic(() => Seat.objects.create({ number: 1, row: 3 }))).rejects.toMatchObject({ kind: 'exclusion' });
    await expect(new (Seat as Any)({ number: 1, row: 3 }).validateConstraints()).rejects.toThrow('one_row_a_number');
    const read = async (name: string) =>
      (await database().introspect((introspection, on) => introspection.table(on, name))).constraints.filter(
        ({ kind }) => kind === 'exclusion',
      );
    expect(await read('hotel_seat')).toMatchObject([
      {
        name: 'one_row_a_number',
        method: 'gist',
        deferrable: 'deferred',
        condition: null,
        terms: [{ operator: '=' }, { operator: '<>' }],
      },
    ]);
    expect(await read('hotel_booking')).toMatchObject([
      {
        name: 'no_double_booking',
        include: ['guest'],
        terms: [{ operator: '=' }, { operator: '&&' }],
        deferrable: null,
      },
    ]);
  });

  test('extensions are created and dropped', async () => {
    const { queries } = await captureQueries(async () => {
      await createExtension('pg_trgm', { schema: 'public', cascade: true });
      await dropExtension('citext', { cascade: true });
    });
    expect(queries.map(({ sql }) => sql)).toEqual([
      'CREATE EXTENSION IF NOT EXISTS "pg_trgm" SCHEMA "public" CASCADE',
      'DROP EXTENSION IF EXISTS "citext" CASCADE',
    ]);
    await expect(createExtension('no"such')).rejects.toThrow('no"such');
    await expect(createExtension('' as any)).rejects.toThrow('An extension is given by its name.');
  });

  test('an index is made and removed while the table stays in use', async () => {
    const index = Index({ fields: ['weight'], name: 'room_weight' });
    const { queries } = await captureQueries(async () => {
      await addIndexConcurrently(Room, index);
      await removeIndexConcurrently(Room, 'room_weight');
      await removeIndexConcurrently(Room, 'room_hash');
      await addIndexConcurrently(Room, 'room_hash');
    });
    expect(queries.map(({ sql }) => sql)).toEqual([
      'CREATE INDEX CONCURRENTLY "room_weight" ON "hotel_room" ("weight")',
      'DROP INDEX CONCURRENTLY IF EXISTS "room_weight"',
      'DROP INDEX CONCURRENTLY IF EXISTS "room_hash"',
      'CREATE INDEX CONCURRENTLY "room_hash" ON "hotel_room" USING hash ("name") WITH (fillfactor = 60)',
    ]);
    await expect(atomic(() => addIndexConcurrently(Room, index))).rejects.toThrow(
      'cannot run inside an atomic() block',
    );
    await expect(atomic(() => removeIndexConcurrently(Room, index))).rejects.toThrow(
      'cannot run inside an atomic() block',
    );
    await expect(addIndexConcurrently(Room, 'room_hsh')).rejects.toThrow(
      "has no index 'room_hsh'. Did you mean 'room_hash'?",
    );
    await expect(addIndexConcurrently({} as any, index)).rejects.toThrow(
      'addIndexConcurrently() takes registered model classes.',
    );
    await expect(addIndexConcurrently(Room, {} as any)).rejects.toThrow('takes an index, or the name of one');
  });
});

test('wrong options are refused when they are given', () => {
  expect(() => GinIndex({ fields: ['a'], fastUpdate: true } as any)).toThrow(
    "GinIndex has no option 'fastUpdate'. Did you mean 'fastupdate'?",
  );
  expect(() => GinIndex({ fields: ['a'], fastupdate: 1 } as any)).toThrow(
    'GinIndex: fastupdate must be true or false.',
  );
  expect(() => BrinIndex({ fields: ['a'], pagesPerRange: 0 })).toThrow(
    'BrinIndex: pagesPerRange must be a whole number from 1 to 131072.',
  );
  expect(() => BloomIndex({ fields: ['a'], columns: [1, 2] })).toThrow('not more than there are fields');
  expect(() => BloomIndex({ fields: ['a'], columns: [5000] })).toThrow('from 1 to 4095');
  expect(() => OpClass('a', { name: 'x y' })).toThrow('the name of an operator class');
  const exclusion = (changes: object) => () =>
    ExclusionConstraint({ name: 'x', expressions: [['a', '=']], ...changes } as any);
  expect(exclusion({ expressions: [] })).toThrow('at least one pair');
  expect(exclusion({ expressions: [['a']] })).toThrow('expressions are pairs');
  expect(exclusion({ expressions: [['-a', '=']] })).toThrow('expressions are pairs');
  for (const operator of ['; DROP', '--', '/*', '', '=) --'])
    expect(exclusion({ expressions: [['a', operator]] })).toThrow('an operator is made of signs');
  expect(exclusion({ indexType: 'gin' })).toThrow('gist, spgist or hash');
  expect(exclusion({ condition: 3 })).toThrow('must be a condition');
  expect(exclusion({ deferrable: 'later' })).toThrow('Deferrable.DEFERRED');
  expect(exclusion({ include: 'a' })).toThrow('a list of names');
});

test('another database refuses them before anything is sent', async () => {
  const refusals: [any, string][] = [
    [
      class extends model('x.A', { a: IntegerField() }, { indexes: [BrinIndex({ fields: ['a'] })] }) {},
      'Indexes of the method brin come',
    ],
    [
      class extends model(
        'x.B',
        { a: IntegerField() },
        { constraints: [ExclusionConstraint({ name: 'x', expressions: [['a', '=']] })] },
      ) {},
      'Exclusion constraints come',
    ],
  ];
  for (const [Model, message] of refusals) {
    defineConfig({ apps: { x: { Model } }, databases: { default: 'sqlite::memory:' } });
    const sent = await captureQueries(() =>
      expect(createTables({ models: [Model] })).rejects.toThrow(`${message} with nuages/postgres, and SQLite`),
    );
    expect(sent.queries).toEqual([]);
    await expect(createExtension('x')).rejects.toThrow('Extensions come with nuages/postgres, and SQLite');
    await closeDatabases();
  }
});
