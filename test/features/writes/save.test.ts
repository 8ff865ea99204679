import { atomic, F, Value } from 'nuages';
import { captureQueries, expectQueries } from 'nuages/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Any,
  Author,
  Book,
  Chapter,
  closeLibrary,
  openLibrary,
  Place,
  Profile,
  Publisher,
  Restaurant,
  Tag,
} from '../../support/library.js';
import { testDatabaseKind } from '../../support/test-database.js';

/** MySQL's UPDATE gives nothing back, so what it worked out is read by a statement of its own. */
const updateAndRead = testDatabaseKind() === 'mysql' ? 2 : 1;

const undo = new Error('undo');
/** Each test in a transaction that is rolled back. */
const inTransaction = (name: string, test: () => Promise<void>): void => {
  it(name, async () => {
    await expect(
      atomic(async () => {
        await test();
        throw undo;
      }),
    ).rejects.toBe(undo);
  });
};

const B: Any = Book;
const T: Any = Tag;
let dune: Any;

beforeAll(openLibrary);
afterAll(closeLibrary);
beforeEach(async () => {
  await B.objects.all().delete();
  dune = await B.objects.create({ title: 'Dune', pages: 412 });
});

describe('save()', () => {
  it('inserts a new object and sets its key', async () => {
    const book = new B({ title: 'Emma' });
    expect(book._state.adding).toBe(true);
    await expectQueries(1, () => book.save());
    expect(book.pk).toBeGreaterThan(0);
    expect(book._state).toMatchObject({ adding: false, db: 'default' });
  });

  it('sets the key of each new row, however many are inserted at once', async () => {
    const books = await Promise.all(Array.from({ length: 20 }, (_, n) => B.objects.create({ title: `Book ${n}` })));
    expect(new Set(books.map(({ pk }) => pk)).size).toBe(20);
    for (const book of books) expect((await B.objects.get({ pk: book.pk })).title).toBe(book.title);
  });

  it('asks back what the database works out for a new row beside its key', async () => {
    const book = await B.objects.create({ title: 'Sums', pages: Value(2).add(3) });
    expect(book.pages).toBe(5);
    expect((await B.objects.get({ pk: book.pk })).pages).toBe(5);
  });

  it('updates a row that is there, and inserts when none is', async () => {
    dune.title = 'Dune Messiah';
    const { queries } = await captureQueries(() => dune.save());
    expect(queries).toHaveLength(1);
    expect(queries[0]!.sql).toMatch(/^UPDATE/);
    const other = new B({ id: 900, title: 'New' });
    const both = await captureQueries(() => other.save());
    expect(both.queries.map(({ sql }) => sql.slice(0, 6))).toEqual(['UPDATE', 'INSERT']);
  });

  it('writes only the fields named', async () => {
    dune.title = 'X';
    dune.pages = 1;
    await expectQueries(1, () => dune.save({ updateFields: ['pages'] }));
    expect(await B.objects.values('title', 'pages').get()).toEqual({ title: 'Dune', pages: 1 });
  });

  it('does nothing for an empty list of fields', async () => {
    await expectQueries(0, () => dune.save({ updateFields: [] }));
  });

  it('refuses names that cannot be updated', async () => {
    await expect(dune.save({ updateFields: ['nope'] })).rejects.toThrow(/nope/);
    await expect(dune.save({ updateFields: ['id'] })).rejects.toThrow(/primary key/);
    await expect(dune.save({ updateFields: ['tags'] })).rejects.toThrow(/tags/);
    await expect(dune.save({ forceInsert: true, forceUpdate: true })).rejects.toMatchObject({ name: 'ValueError' });
  });

  it('fails when a forced update meets no row', async () => {
    const ghost = new B({ id: 12345, title: 'Ghost' });
    await expect(ghost.save({ forceUpdate: true })).rejects.toMatchObject({ code: 'not-updated' });
    await expect(ghost.save({ updateFields: ['title'] })).rejects.toMatchObject({ code: 'not-updated' });
    await expect(new B({ title: 'x' }).save({ forceUpdate: true })).rejects.toMatchObject({ name: 'ValueError' });
  });

  it('reads back what the database worked out', async () => {
    dune.pages = F('pages').add(8);
    await expectQueries(updateAndRead, () => dune.save());
    expect(dune.pages).toBe(420);
    await dune.save();
    expect((await B.objects.get()).pages).toBe(420);
    const made = await B.objects.create({ title: 'Sum', pages: Value(2).add(3) });
    expect(made.pages).toBe(5);
    await expect(B.objects.create({ title: 'x', pages: F('pages') })).rejects.toThrow(
      /F\(\) can only be used to update/,
    );
  });

  it('puts values back as JavaScript means them', async () => {
    dune.price = '12.5';
    await dune.save();
    expect(dune.price.toFixed(2)).toBe('12.50');
    await expect(Object.assign(dune, { pages: 'many' }).save()).rejects.toMatchObject({ name: 'ValueError' });
  });

  it('writes only what was loaded when some fields were deferred', async () => {
    const partly = await B.objects.only('title').get();
    partly.title = 'Y';
    const { queries } = await captureQueries(() => partly.save());
    expect(queries).toHaveLength(1);
    expect(queries[0]!.sql).not.toMatch(/pages/);
    expect((await B.objects.get()).pages).toBe(412);
  });

  it('takes the key of a related object that was saved after it was assigned', async () => {
    const publisher = new (Publisher as Any)({ name: 'Ace' });
    dune.publisher = publisher;
    await expect(dune.save()).rejects.toThrow(/unsaved related object 'publisher'/);
    await publisher.save();
    await dune.save();
    expect(dune.publisherId).toBe(publisher.pk);
  });

  it('sends no UPDATE for a new object whose key has a default', async () => {
    const { queries } = await captureQueries(() => new B({ title: 'Z' }).save());
    expect(queries).toHaveLength(1);
  });

  it('puts objects at the end of their owner’s order', async () => {
    const C: Any = Chapter;
    const one = await C.objects.create({ book: dune, title: 'One' });
    const [two, three] = await C.objects.bulkCreate([
      new C({ book: dune, title: 'Two' }),
      new C({ book: dune, title: 'Three' }),
    ]);
    expect([one, two, three].map((chapter) => chapter._order)).toEqual([0, 1, 2]);
    expect((await two.getNextInOrder()).title).toBe('Three');
    expect((await two.getPreviousInOrder()).title).toBe('One');
    await dune.setChapterOrder([three.pk, one.pk, two.pk]);
    expect(await dune.getChapterOrder()).toEqual([three.pk, one.pk, two.pk]);
  });
});

describe('save() with multi-table inheritance', () => {
  const P: Any = Place;
  const R: Any = Restaurant;

  inTransaction('writes the parent first, in one transaction', async () => {
    const { queries } = await captureQueries(() => new R({ name: 'Mario', pizza: 1 }).save());
    expect(queries.map(({ sql }) => /library_\w+/.exec(sql)![0])).toEqual(['library_place', 'library_restaurant']);
    expect(await P.objects.count()).toBe(1);
  });

  inTransaction('makes a child of a row that is there', async () => {
    const place = await P.objects.create({ name: 'Mario' });
    await new R({ id: place.pk, name: 'Luigi', pizza: 1 }).save();
    expect((await P.objects.get()).name).toBe('Luigi');
    expect((await R.objects.get()).pk).toBe(place.pk);
  });

  inTransaction('updates the columns of each table', async () => {
    const mario = await R.objects.create({ name: 'Mario', pizza: 1 });
    await R.objects.create({ name: 'Luigi', pizza: 1 });
    const count = await expectQueries(3, () => R.objects.filter({ name: 'Mario' }).update({ name: 'M', pizza: 5 }));
    expect(count).toBe(1);
    await mario.refreshFromDb();
    expect([mario.name, mario.pizza]).toEqual(['M', 5]);
    expect(await R.objects.bulkUpdate([Object.assign(mario, { rank: 3, pizza: 4 })], ['rank', 'pizza'])).toBe(1);
    expect(await R.objects.filter({ rank: 3, pizza: 4 }).count()).toBe(1);
    await expect(R.objects.bulkCreate([new R({ name: 'x' })])).rejects.toThrow(/several tables/);
  });
});

describe('refreshFromDb()', () => {
  it('reads all columns again and forgets related objects', async () => {
    const publisher = await (Publisher as Any).objects.create({ name: 'Ace' });
    await B.objects.update({ publisher, title: 'Changed' });
    await expectQueries(1, () => dune.refreshFromDb());
    expect(dune.title).toBe('Changed');
    expect((await dune.publisher).pk).toBe(publisher.pk);
  });

  it('reads the fields named and leaves the rest', async () => {
    await B.objects.update({ title: 'Changed', pages: 1 });
    await dune.refreshFromDb({ fields: ['pages'] });
    expect([dune.title, dune.pages]).toEqual(['Dune', 1]);
    await expect(dune.refreshFromDb({ fields: ['publisher__name'] })).rejects.toMatchObject({ name: 'ValueError' });
  });

  it('throws DoesNotExist when the row is gone', async () => {
    await B.objects.all().delete();
    await expect(dune.refreshFromDb()).rejects.toBeInstanceOf(B.DoesNotExist);
  });
});

describe('create() and its siblings', () => {
  const A: Any = Author;

  inTransaction('create() inserts and never updates', async () => {
    await expect(atomic(() => B.objects.create({ id: dune.pk, title: 'Twice' }))).rejects.toMatchObject({
      name: 'IntegrityError',
      kind: 'unique',
    });
    await expect(A.objects.create({ name: 'x', profile: new (Profile as Any)({}) })).rejects.toMatchObject({
      name: 'ValueError',
    });
  });

  inTransaction('getOrCreate() finds, or creates from lookups and defaults', async () => {
    const [made, isNew] = await expectQueries(2, () =>
      T.objects.getOrCreate({ label: 'sea' }, { defaults: { weight: () => 3 } }),
    );
    expect([made.weight, isNew]).toEqual([3, true]);
    const [found, isOther] = await expectQueries(1, () =>
      T.objects.getOrCreate({ label__startswith: 'se' }, { defaults: { label: 'never' } }),
    );
    expect([found.pk, isOther]).toEqual([made.pk, false]);
    await expect(T.objects.getOrCreate({ label: 'x' }, { defaults: { nope: 1 } })).rejects.toMatchObject({
      name: 'FieldError',
    });
  });

  inTransaction(
    'getOrCreate() throws the rule’s error when the row that broke it is not the one looked for',
    async () => {
      const sea = await T.objects.create({ label: 'sea', weight: 9 });
      // the first look finds nothing: it asks for another weight, and the unique label then refuses the new row
      await expect(T.objects.getOrCreate({ label: 'sea', weight: 1 })).rejects.toMatchObject({
        name: 'IntegrityError',
      });
      expect(await T.objects.count()).toBe(1);
      expect(sea.weight).toBe(9);
    },
  );

  inTransaction('updateOrCreate() sets defaults on what it finds', async () => {
    await T.objects.create({ label: 'sea', weight: 1 });
    const [tag, isNew] = await expectQueries(1 + updateAndRead, () =>
      T.objects.updateOrCreate({ label: 'sea' }, { defaults: { weight: F('weight').add(1) } }),
    );
    expect([tag.weight, isNew]).toEqual([2, false]);
    const [other, isOther] = await T.objects.updateOrCreate(
      { label: 'new' },
      { defaults: { weight: 5 }, createDefaults: { weight: 7 } },
    );
    expect([other.weight, isOther]).toEqual([7, true]);
  });

  inTransaction('updateOrCreate() renews autoNow fields', async () => {
    const before = dune.changed;
    await new Promise((done) => setTimeout(done, 5));
    const [book] = await B.objects.updateOrCreate({ pk: dune.pk }, { defaults: { title: 'D' } });
    expect(book.changed.getTime()).toBeGreaterThan(before.getTime());
  });
});
