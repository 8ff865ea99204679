import { m2mChanged } from 'nuages';
import { captureQueries, expectQueries } from 'nuages/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Any, Author, Book, Chapter, closeLibrary, openLibrary, Publisher, Tag } from '../../support/library.js';

const A: Any = Author;
const B: Any = Book;
const P: Any = Publisher;
const T: Any = Tag;
let ace: Any;
let dune: Any;
let emma: Any;

beforeAll(openLibrary);
afterAll(closeLibrary);
beforeEach(async () => {
  for (const model of [B, T, P, A]) await model.objects.all().delete();
  ace = await P.objects.create({ name: 'Ace' });
  dune = await B.objects.create({ title: 'Dune', publisher: ace });
  emma = await B.objects.create({ title: 'Emma' });
});

const titles = async (publisher: Any): Promise<string[]> => (await publisher.books).map((book: Any) => book.title);

describe('the manager of rows that refer to an object', () => {
  it('gives those rows, and they know the object without asking', async () => {
    const books = await expectQueries(1, () => ace.books);
    expect(books).toHaveLength(1);
    await expectQueries(0, async () => {
      expect(await books[0].publisher).toBe(ace);
    });
    expect(await (await ace.books.filter({ title__startswith: 'D' }))[0].publisher).toBe(ace);
    expect(await ace.books.count()).toBe(1);
  });

  it('adds saved objects with one UPDATE, or saves each', async () => {
    await expectQueries(1, () => ace.books.add(emma));
    expect(await titles(ace)).toEqual(['Dune', 'Emma']);
    expect(emma.publisherId).toBe(ace.pk);
    const kim = new B({ title: 'Kim' });
    await expect(ace.books.add(kim)).rejects.toThrow(/bulk: false/);
    await ace.books.add(kim, { bulk: false });
    expect(await titles(ace)).toEqual(['Dune', 'Emma', 'Kim']);
    await expect(ace.books.add(await T.objects.create({ label: 'x' }))).rejects.toBeInstanceOf(TypeError);
  });

  it('takes objects out where the key may be null', async () => {
    await expect(ace.books.remove(emma)).rejects.toBeInstanceOf(P.DoesNotExist);
    await ace.books.remove(dune);
    expect(await titles(ace)).toEqual([]);
    expect(dune.chapters.remove).toBeUndefined();
    expect(dune.chapters.clear).toBeUndefined();
  });

  it('is set by the least changes', async () => {
    await ace.books.set([dune, emma]);
    const { queries } = await captureQueries(() => ace.books.set([emma]));
    expect(queries.map(({ sql }) => sql.slice(0, 6))).toEqual(['SELECT', 'UPDATE']);
    expect(await titles(ace)).toEqual(['Emma']);
    await ace.books.set(B.objects.filter({ title: 'Dune' }), { clear: true });
    expect(await titles(ace)).toEqual(['Dune']);
    await ace.books.clear();
    expect(await ace.books.exists()).toBe(false);
  });

  it('creates rows that refer to the object', async () => {
    const made = await ace.books.create({ title: 'Kim' });
    expect(made.publisherId).toBe(ace.pk);
    const [found, isNew] = await ace.books.getOrCreate({ title: 'Emma' });
    expect([found.publisherId, isNew]).toEqual([ace.pk, true]);
    const [updated] = await ace.books.updateOrCreate({ title: 'Kim' }, { defaults: { pages: 5 } });
    expect([updated.pk, updated.pages]).toEqual([made.pk, 5]);
    expect(await B.objects.filter({ title: 'Emma' }).count()).toBe(2);
  });

  it('needs a saved object', () => {
    expect(() => new P({ name: 'New' }).books).toThrow(/must be saved/);
    expect(() => {
      ace.books = [dune];
    }).toThrow(TypeError);
  });
});

describe('the manager of a many-to-many relation', () => {
  let sea: Any;
  let ship: Any;
  beforeEach(async () => {
    [sea, ship] = await T.objects.bulkCreate([new T({ label: 'sea' }), new T({ label: 'ship' })]);
  });
  const labels = async (): Promise<string[]> => dune.tags.orderBy('label').valuesList('label', { flat: true });

  it('adds objects and keys once, with one statement', async () => {
    await expectQueries(1, () => dune.tags.add(sea, ship.pk, sea));
    await dune.tags.add(sea);
    expect(await labels()).toEqual(['sea', 'ship']);
    expect(await sea.books.count()).toBe(1);
  });

  it('counts in the join table alone', async () => {
    await dune.tags.add(sea, ship);
    const { result, queries } = await captureQueries(() => dune.tags.count());
    expect(result).toBe(2);
    expect(queries[0]!.sql).not.toContain('JOIN');
  });

  it('removes, clears and sets by the least changes', async () => {
    await dune.tags.set([sea]);
    const { queries } = await captureQueries(() => dune.tags.set([ship.pk]));
    expect(queries.map(({ sql }) => sql.slice(0, 6))).toEqual(['SELECT', 'DELETE', 'INSERT']);
    expect(await labels()).toEqual(['ship']);
    await expectQueries(1, () => dune.tags.remove(ship));
    expect(await labels()).toEqual([]);
    await dune.tags.set(T.objects.all());
    await expectQueries(1, () => dune.tags.clear());
    expect(await labels()).toEqual([]);
  });

  it('creates objects and relates them', async () => {
    const made = await dune.tags.create({ label: 'sand' });
    const [found, isNew] = await dune.tags.getOrCreate({ label: 'sand' });
    expect([found.pk, isNew]).toEqual([made.pk, false]);
    const [other] = await dune.tags.getOrCreate({ label: 'spice' }, { defaults: { weight: 3 } });
    expect(other.weight).toBe(3);
    expect(await labels()).toEqual(['sand', 'spice']);
  });

  it('refuses unsaved objects and those of other models', async () => {
    await expect(dune.tags.add(new T({ label: 'n' }))).rejects.toMatchObject({ name: 'ValueError' });
    await expect(dune.tags.add(ace)).rejects.toBeInstanceOf(TypeError);
    await expect(dune.tags.add('sea')).rejects.toMatchObject({ name: 'ValueError' });
  });

  it('keeps both directions of a symmetrical relation', async () => {
    const [ann, bob] = await A.objects.bulkCreate([new A({ name: 'Ann' }), new A({ name: 'Bob' })]);
    await ann.friends.add(bob);
    expect((await bob.friends).map((author: Any) => author.name)).toEqual(['Ann']);
    await bob.friends.remove(ann);
    expect(await ann.friends.exists()).toBe(false);
    await ann.follows.add(bob);
    expect(await bob.follows.exists()).toBe(false);
    expect((await bob.followers)[0].pk).toBe(ann.pk);
  });

  it('shares its join with the first filter alone', async () => {
    await dune.tags.add(sea);
    await emma.tags.add(sea);
    const joins = async (rows: Any): Promise<number> =>
      (await rows.toSql()).sql.match(/JOIN ["`]library_book_tags["`]/g).length;
    expect(await joins(dune.tags.filter({ books__title: 'Dune' }))).toBe(1);
    expect(await joins(dune.tags.filter({ books__title: 'Dune' }).filter({ books__title: 'Emma' }))).toBe(2);
    expect(await dune.tags.filter({ books__title: 'Emma' }).count()).toBe(0);
  });

  it('tells what it adds and removes', async () => {
    await dune.tags.add(sea);
    const heard: unknown[] = [];
    const stop = m2mChanged.connect((event: Any) => {
      heard.push([event.action, event.reverse, event.pkSet === null ? null : [...event.pkSet]]);
    });
    await dune.tags.add(sea, ship);
    await ship.books.remove(dune);
    await dune.tags.clear();
    stop();
    expect(heard).toEqual([
      ['pre_add', false, [ship.pk]],
      ['post_add', false, [ship.pk]],
      ['pre_remove', true, [dune.pk]],
      ['post_remove', true, [dune.pk]],
      ['pre_clear', false, null],
      ['post_clear', false, null],
    ]);
  });
});

describe('a prefetched manager', () => {
  it('answers from what was fetched until something changes', async () => {
    await (Chapter as Any).objects.create({ book: dune, title: 'One' });
    const book = await B.objects.prefetchRelated('chapters').get({ title: 'Dune' });
    await expectQueries(0, async () => {
      expect(await book.chapters).toHaveLength(1);
      expect(await book.chapters.all()).toHaveLength(1);
      expect(await book.chapters.count()).toBe(1);
      expect(await book.chapters.exists()).toBe(true);
      expect((await book.chapters.at(0)).title).toBe('One');
    });
    await expectQueries(1, () => book.chapters.filter({ title: 'One' }));
    await book.chapters.create({ title: 'Two' });
    expect(await expectQueries(1, () => book.chapters)).toHaveLength(2);
  });
});
