import { postDelete, preDelete } from 'nuages';
import { captureQueries, expectQueries } from 'nuages/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Any,
  Book,
  CascadeRow,
  Chapter,
  closeLibrary,
  DefaultRow,
  LooseRow,
  NullRow,
  openLibrary,
  Place,
  ProtectRow,
  Publisher,
  Restaurant,
  RestrictRow,
  Shelf,
  Tag,
  Tied,
  ValueRow,
} from '../../support/library.js';

const S: Any = Shelf;
const all: Any[] = [Tied, CascadeRow, ProtectRow, RestrictRow, NullRow, DefaultRow, ValueRow, LooseRow, Shelf];
let shelf: Any;
/** Keys are given, so that rows 1 and 2 are there for defaults, whatever a sequence would give. */
let lastKey = 100;
const newShelf = (name: string): Promise<Any> => {
  lastKey += 1;
  return S.objects.create({ id: lastKey, name });
};

beforeAll(openLibrary);
afterAll(closeLibrary);
beforeEach(async () => {
  for (const id of [1, 2]) await S.objects.getOrCreate({ id }, { defaults: { name: `s${id}` } });
  shelf = await newShelf('doomed');
});
afterEach(async () => {
  for (const model of all) await model.objects.all().delete();
});

const make = (model: Any, values: object = {}): Promise<Any> => model.objects.create({ shelf, ...values });

describe('deleting what others refer to', () => {
  it('takes rows with CASCADE along and counts them', async () => {
    await make(CascadeRow);
    await make(CascadeRow);
    expect(await shelf.delete()).toEqual([3, { 'library.CascadeRow': 2, 'library.Shelf': 1 }]);
    expect(shelf.pk).toBeNull();
    expect(await S.objects.count()).toBe(2);
  });

  it('sets keys to null, to the default and to a value', async () => {
    const rows = [await make(NullRow), await make(DefaultRow), await make(ValueRow)];
    await shelf.delete();
    for (const row of rows) await row.refreshFromDb();
    expect(rows.map((row) => row.shelfId)).toEqual([null, 1, 2]);
  });

  it('leaves rows with DO_NOTHING as they are', async () => {
    const loose = await make(LooseRow);
    const key = shelf.pk;
    await shelf.delete();
    expect((await (LooseRow as Any).objects.get({ pk: loose.pk })).shelfId).toBe(key);
    await expect(Promise.resolve((await (LooseRow as Any).objects.get()).shelf)).rejects.toBeInstanceOf(S.DoesNotExist);
  });

  it('is forbidden by PROTECT, naming the objects, before anything is changed', async () => {
    await make(CascadeRow);
    const guard = await make(ProtectRow);
    const { queries, result } = await captureQueries(() => shelf.delete().catch((error: unknown) => error));
    expect(result).toMatchObject({ name: 'ProtectedError' });
    expect((result as Error).message).toContain(`'ProtectRow.shelf' (ProtectRow ${guard.pk})`);
    expect([...(result as Any).protectedObjects].map((row: Any) => row.pk)).toEqual([guard.pk]);
    expect(queries.every(({ sql }) => sql.startsWith('SELECT'))).toBe(true);
    expect(await (CascadeRow as Any).objects.count()).toBe(1);
  });

  it('is forbidden by RESTRICT unless the referring rows go as well', async () => {
    const row = await make(CascadeRow);
    await make(Tied, { row });
    expect(await shelf.delete()).toEqual([3, { 'library.Tied': 1, 'library.CascadeRow': 1, 'library.Shelf': 1 }]);
    shelf = await newShelf('other');
    await make(RestrictRow);
    await expect(shelf.delete()).rejects.toMatchObject({ name: 'RestrictedError' });
  });

  it('throws for an object that was never saved', async () => {
    await expect(new S({ name: 'x' }).delete()).rejects.toMatchObject({ name: 'ValueError' });
  });
});

describe('delete() of a QuerySet', () => {
  it('is one statement where nothing refers to the rows', async () => {
    await make(NullRow);
    const { queries } = await captureQueries(() => (NullRow as Any).objects.filter({ shelf__name: 'doomed' }).delete());
    expect(queries).toHaveLength(1);
    expect(queries[0]!.sql).toMatch(/^DELETE FROM ["`]library_nullrow["`] WHERE/);
  });

  it('refuses slices, plain rows and combined QuerySets', async () => {
    await expect(S.objects.slice(0, 1).delete()).rejects.toBeInstanceOf(TypeError);
    await expect(S.objects.values('id').delete()).rejects.toBeInstanceOf(TypeError);
    await expect(S.objects.union(S.objects).delete()).rejects.toMatchObject({ name: 'NotSupportedError' });
  });

  it('follows join tables and rows of rows, with one query for each relation', async () => {
    const publisher = await (Publisher as Any).objects.create({ name: 'P' });
    const tag = await (Tag as Any).objects.create({ label: 'x' });
    for (const title of ['a', 'b']) {
      const book = await (Book as Any).objects.create({ title, publisher });
      await book.tags.add(tag);
      await (Chapter as Any).objects.create({ book, title });
    }
    const [total, perModel] = await (Publisher as Any).objects.all().delete();
    expect(total).toBe(7);
    expect(perModel).toEqual({
      'library.Book_tags': 2,
      'library.Chapter': 2,
      'library.Book': 2,
      'library.Publisher': 1,
    });
    await tag.delete();
  });
});

describe('deleting with multi-table inheritance', () => {
  it('takes the rows of parents and children along', async () => {
    const restaurant = await (Restaurant as Any).objects.create({ name: 'Mario' });
    expect(await restaurant.delete()).toEqual([2, { 'library.Restaurant': 1, 'library.Place': 1 }]);
    const other = await (Restaurant as Any).objects.create({ name: 'Luigi' });
    const place = await (Place as Any).objects.get({ pk: other.pk });
    expect((await place.delete())[1]).toEqual({ 'library.Restaurant': 1, 'library.Place': 1 });
  });

  it('leaves parents when told so', async () => {
    const restaurant = await (Restaurant as Any).objects.create({ name: 'Mario' });
    expect(await restaurant.delete({ keepParents: true })).toEqual([1, { 'library.Restaurant': 1 }]);
    expect(await (Place as Any).objects.all().delete()).toEqual([1, { 'library.Place': 1 }]);
  });
});

describe('signals of a deletion', () => {
  it('are sent for each object, and make its rows be looked at', async () => {
    const heard: string[] = [];
    const stops = [
      preDelete.connect(({ instance, origin }: Any) => void heard.push(`pre ${instance.label} ${origin === shelf}`), {
        sender: CascadeRow,
      }),
      postDelete.connect(
        async ({ instance }: Any) => void heard.push(`post ${instance.label} ${instance.pk !== null}`),
        { sender: 'library.CascadeRow' },
      ),
    ];
    await make(CascadeRow, { label: 'a' });
    await make(CascadeRow, { label: 'b' });
    await shelf.delete();
    for (const stop of stops) stop();
    expect(heard).toEqual(['pre a true', 'pre b true', 'post b true', 'post a true']);
  });

  it('cost nothing when nobody listens', async () => {
    await make(NullRow);
    await expectQueries(1, () => (NullRow as Any).objects.all().delete());
  });
});
