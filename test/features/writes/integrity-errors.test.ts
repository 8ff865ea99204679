import {
  CASCADE,
  CharField,
  CheckConstraint,
  createTables,
  defineConfig,
  ForeignKey,
  IntegerField,
  IntegrityError,
  Model,
  UniqueConstraint,
} from 'nuages';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeTestDatabase, openTestDatabase, testDatabaseKind } from '../../support/test-database.js';

class Owner extends Model('integrity.Owner', { name: CharField({ maxLength: 20, unique: true }) }) {}
class Item extends Model(
  'integrity.Item',
  {
    owner: ForeignKey('Owner', { onDelete: CASCADE, relatedName: 'items' }),
    shelf: IntegerField({ dbColumn: 'shelfNo' }),
    place: IntegerField(),
    count: IntegerField({ default: 0 }),
  },
  {
    constraints: [
      UniqueConstraint({ fields: ['shelf', 'place'], name: 'one_item_a_place' }),
      CheckConstraint({ condition: { count__gte: 0 }, name: 'count_not_negative' }),
    ],
  },
) {}

// biome-ignore lint/suspicious/noExplicitAny: the models are not registered for the compiler
const items = () => Item.objects as any;
// biome-ignore lint/suspicious/noExplicitAny: the models are not registered for the compiler
let ann: any;
const kind = testDatabaseKind();

beforeAll(async () => {
  defineConfig({ apps: { integrity: { Owner, Item } }, databases: { default: await openTestDatabase() } } as never);
  await createTables();
  ann = await Owner.objects.create({ name: 'Ann' } as never);
  await items().create({ owner: ann, shelf: 1, place: 1 });
});
afterAll(closeTestDatabase);

/** The IntegrityError of some work; nothing else will do. */
const brokenBy = (work: Promise<unknown>): Promise<IntegrityError> =>
  work.then(
    () => expect.fail('no rule was broken'),
    (error) => {
      expect(error).toBeInstanceOf(IntegrityError);
      expect(error.cause).toBeDefined();
      expect(error.sql).toMatch(/^(INSERT|UPDATE|DELETE)/);
      return error;
    },
  );

describe('an IntegrityError says which rule a row would break', () => {
  it('a unique field', async () => {
    const error = await brokenBy(Owner.objects.create({ name: 'Ann' } as never));
    expect(error).toMatchObject({
      kind: 'unique',
      code: 'integrity-unique',
      table: 'integrity_owner',
      columns: ['name'],
    });
  });

  it('a unique constraint over two fields, by its columns', async () => {
    const error = await brokenBy(items().create({ owner: ann, shelf: 1, place: 1 }));
    expect(error).toMatchObject({ kind: 'unique', table: 'integrity_item', columns: ['shelfNo', 'place'] });
    // SQLite tells the columns in place of the name.
    expect(error.constraint).toBe(kind === 'sqlite' ? undefined : 'one_item_a_place');
  });

  it('a key of the primary kind', async () => {
    const error = await brokenBy(items().bulkCreate([new Item({ id: 1, owner: ann, shelf: 9, place: 9 } as never)]));
    expect(error).toMatchObject({ kind: 'unique', table: 'integrity_item', columns: ['id'] });
  });

  it('a column that is not null', async () => {
    const error = await brokenBy(items().create({ owner: ann, shelf: null, place: 2 }));
    expect(error).toMatchObject({ kind: 'not-null', code: 'integrity-not-null', columns: ['shelfNo'] });
    if (kind !== 'mysql') expect(error.table).toBe('integrity_item');
  });

  it('a check constraint, by its name, for new rows and changed ones', async () => {
    for (const work of [items().create({ owner: ann, shelf: 1, place: 3, count: -1 }), items().update({ count: -1 })]) {
      const error = await brokenBy(work);
      expect(error).toMatchObject({ kind: 'check', code: 'integrity-check', constraint: 'count_not_negative' });
    }
  });

  it('a foreign key that points nowhere, at the latest when the transaction ends', async () => {
    const work = items().create({ ownerId: 99, shelf: 1, place: 4 });
    const error = await work.then(
      () => expect.fail('the key points nowhere'),
      (caught: IntegrityError) => caught,
    );
    expect(error).toBeInstanceOf(IntegrityError);
    expect(error).toMatchObject({ kind: 'foreign-key', code: 'integrity-foreign-key' });
    if (kind !== 'sqlite') expect(error).toMatchObject({ table: 'integrity_item', columns: ['owner_id'] });
  });

  it('and leaves the rows as they were, and values out of its message', async () => {
    const error = await brokenBy(Owner.objects.create({ name: 'Ann' } as never));
    expect(error.message).not.toMatch(/'Ann'|\(Ann\)/);
    expect(await items().count()).toBe(1);
  });
});
