import { Prefetch, prefetchRelatedObjects } from 'nuages';
import { captureQueries, expectQueries } from 'nuages/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Any,
  Author,
  Book,
  Chapter,
  closeLibrary,
  openLibrary,
  Profile,
  Publisher,
  Tag,
} from '../../support/library.js';

const A: Any = Author;
const B: Any = Book;
const P: Any = Publisher;
const T: Any = Tag;
const C: Any = Chapter;

beforeAll(openLibrary);
afterAll(closeLibrary);
beforeEach(async () => {
  for (const model of [B, T, P, A]) await model.objects.all().delete();
  const [ace, tor] = await P.objects.bulkCreate([new P({ name: 'Ace' }), new P({ name: 'Tor' })]);
  const [ann, bob] = await A.objects.bulkCreate([new A({ name: 'Ann' }), new A({ name: 'Bob' })]);
  await (Profile as Any).objects.create({ author: ann, bio: 'writes' });
  const [sea, ship] = await T.objects.bulkCreate([
    new T({ label: 'sea', weight: 1 }),
    new T({ label: 'ship', weight: 2 }),
  ]);
  const [a, b, c] = await B.objects.bulkCreate([
    new B({ title: 'a', publisher: ace }),
    new B({ title: 'b', publisher: ace }),
    new B({ title: 'c', publisher: tor }),
  ]);
  await a.tags.add(sea, ship);
  await b.tags.add(sea);
  await a.authors.add(ann);
  await c.authors.add(ann, bob);
  for (const [book, count] of [
    [a, 3],
    [b, 1],
  ] as const)
    for (let n = 1; n <= count; n += 1) await C.objects.create({ book, title: `${book.title}${n}` });
});

const names = async (objects: Any, name: string): Promise<string[]> =>
  (await objects).map((object: Any) => object[name]);

describe('prefetchRelated()', () => {
  it('loads each level with one query', async () => {
    const publishers = await expectQueries(4, () =>
      P.objects.orderBy('pk').prefetchRelated('books__tags', 'books__chapters'),
    );
    await expectQueries(0, async () => {
      const books = await publishers[0].books;
      expect(await names(books, 'title')).toEqual(['a', 'b']);
      expect((await names(books[0].tags, 'label')).sort()).toEqual(['sea', 'ship']);
      expect(await names(books[0].chapters, 'title')).toEqual(['a1', 'a2', 'a3']);
      expect(await books[0].publisher).toBe(publishers[0]);
      expect(await publishers[1].books).toHaveLength(1);
    });
  });

  it('gives objects that are referred to twice one instance', async () => {
    const [a, b] = await expectQueries(2, () => B.objects.prefetchRelated('publisher'));
    expect(await a.publisher).toBe(await b.publisher);
  });

  it('remembers that a one-to-one relation has no other side', async () => {
    const authors = await expectQueries(2, () => A.objects.prefetchRelated('profile'));
    await expectQueries(0, async () => {
      expect((await authors[0].profile).bio).toBe('writes');
      expect(await (await authors[0].profile).author).toBe(authors[0]);
      await expect(Promise.resolve(authors[1].profile)).rejects.toBeInstanceOf((Profile as Any).DoesNotExist);
      expect(await authors[1].getRelated('profile')).toBeNull();
    });
  });

  it('takes a QuerySet of its own, with prefetches inside', async () => {
    const heavy = T.objects.filter({ weight__gt: 1 }).prefetchRelated('books');
    const books = await expectQueries(3, () =>
      B.objects.prefetchRelated(Prefetch('tags', { queryset: heavy, toAttr: 'heavy' })),
    );
    expect(books.map((book: Any) => book.heavy.map((tag: Any) => tag.label))).toEqual([['ship'], [], []]);
    await expectQueries(0, async () => {
      expect(await names(books[0].heavy[0].books, 'title')).toEqual(['a']);
    });
    await expectQueries(1, () => books[0].tags);
  });

  it('cuts the list of each object where the QuerySet is sliced', async () => {
    const firstTwo = Prefetch('chapters', { queryset: C.objects.orderBy('-title').slice(0, 2), toAttr: 'last' });
    const books = await expectQueries(2, () => B.objects.prefetchRelated(firstTwo));
    expect(books.map((book: Any) => book.last.map((chapter: Any) => chapter.title))).toEqual([
      ['a3', 'a2'],
      ['b1'],
      [],
    ]);
    const oneTag = Prefetch('tags', { queryset: T.objects.orderBy('label').slice(1, 2), toAttr: 'second' });
    expect(
      (await B.objects.prefetchRelated(oneTag)).map((book: Any) => book.second.map((tag: Any) => tag.label)),
    ).toEqual([['ship'], [], []]);
    expect(() => B.objects.prefetchRelated(Prefetch('tags', { queryset: T.objects.slice(0, 1) }))).toThrow(TypeError);
  });

  it('counts what belongs to each object when the QuerySet is annotated', async () => {
    const { Count } = await import('nuages');
    const books = await B.objects.prefetchRelated(
      Prefetch('authors', { queryset: A.objects.annotate({ n: Count('profile') }) }),
    );
    expect((await books[2].authors).map((author: Any) => [author.name, author.n])).toEqual([
      ['Ann', 1],
      ['Bob', 0],
    ]);
  });

  it('leaves null where the QuerySet filters the object out', async () => {
    const books = await B.objects.prefetchRelated(
      Prefetch('publisher', { queryset: P.objects.filter({ name: 'Tor' }) }),
    );
    await expectQueries(0, async () => {
      expect(await books[0].publisher).toBeNull();
      expect((await books[2].publisher).name).toBe('Tor');
    });
  });

  it('includes the key by which rows are told apart, deferred or not', async () => {
    const only = Prefetch('chapters', { queryset: C.objects.only('title') });
    const books = await expectQueries(2, () => B.objects.prefetchRelated(only));
    expect(await names(books[0].chapters, 'title')).toEqual(['a1', 'a2', 'a3']);
  });

  it('is forgotten with null, and follows iterator() in chunks', async () => {
    await expectQueries(1, () => B.objects.prefetchRelated('tags').prefetchRelated(null));
    const seen: number[] = [];
    const { queries } = await captureQueries(async () => {
      for await (const book of B.objects.prefetchRelated('tags').iterator({ chunkSize: 2 }))
        seen.push((await book.tags).length);
    });
    expect(seen).toEqual([2, 1, 0]);
    expect(queries).toHaveLength(3);
    await expect(B.objects.prefetchRelated('tags').iterator().next()).rejects.toMatchObject({ name: 'ValueError' });
  });

  it('says at once which names cannot be prefetched', () => {
    expect(() => B.objects.prefetchRelated('tagz')).toThrow(/Did you mean 'tags'/);
    expect(() => B.objects.prefetchRelated('title')).toThrow(/no relation/);
    expect(() => B.objects.prefetchRelated('tags__nope')).toThrow(/nope/);
    expect(() => B.objects.prefetchRelated(Prefetch('tags', { toAttr: 'tags', queryset: T.objects.all() }))).toThrow(
      /conflicts/,
    );
    expect(() => Prefetch('tags', { queryset: T.objects.values('label') })).toThrow(/values\(\)/);
  });

  it('refuses another QuerySet for what was prefetched before', async () => {
    const twice = B.objects.prefetchRelated(
      'tags__books',
      Prefetch('tags', { queryset: T.objects.filter({ weight: 1 }) }),
    );
    await expect(Promise.resolve(twice)).rejects.toMatchObject({ name: 'ValueError' });
  });
});

describe('prefetchRelatedObjects()', () => {
  it('loads relations of objects that are there, but not again', async () => {
    const books = await B.objects.all();
    await expectQueries(2, () => prefetchRelatedObjects(books, 'tags', 'publisher'));
    await expectQueries(0, () => prefetchRelatedObjects(books, 'tags', 'publisher'));
    expect(await names(books[1].tags, 'label')).toEqual(['sea']);
  });
});

describe('relations that are not loaded', () => {
  it('load for all rows of a result at once', async () => {
    const books = await B.objects.all();
    await expectQueries(1, async () => {
      for (const book of books) expect(await book.publisher).not.toBeNull();
    });
    const authors = await A.objects.all();
    await expectQueries(1, async () => {
      const profiles = await Promise.all(authors.map((author: Any) => author.getRelated('profile')));
      expect(profiles.map((profile: Any) => profile?.bio ?? null)).toEqual(['writes', null]);
    });
  });

  it('load one by one, or not at all, when told so', async () => {
    const books = await B.objects.fetchMode('one');
    await expectQueries(3, async () => {
      for (const book of books) await book.publisher;
    });
    const [book] = await B.objects.fetchMode('raise');
    await expect(Promise.resolve(book.publisher)).rejects.toMatchObject({ code: 'fetch-blocked' });
  });

  it('hand their mode on', async () => {
    const books = await B.objects.prefetchRelated('authors');
    await expectQueries(1, async () => {
      for (const book of books) for (const author of await book.authors) await author.getRelated('profile');
    });
  });

  it('load deferred columns for all rows at once', async () => {
    const books = await B.objects.defer('title', 'pages');
    const titles = await expectQueries(1, () => Promise.all(books.map((book: Any) => book.title)));
    expect(titles).toEqual(['a', 'b', 'c']);
    expect(books[0].title).toBe('a');
    expect([...books[0].getDeferredFields()]).toEqual(['pages']);
  });

  it('follow a key that was changed', async () => {
    const [a, , c] = await B.objects.all();
    const ace = await a.publisher;
    a.publisherId = c.publisherId;
    expect((await a.publisher).name).toBe('Tor');
    a.publisher = ace;
    expect(a.publisherId).toBe(ace.pk);
    a.publisherId = null;
    expect(await a.publisher).toBeNull();
  });
});
