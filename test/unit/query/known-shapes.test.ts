import { Avg, Case, Count, Exists, F, FilteredRelation, OuterRef, Q, Subquery, Sum, Value, When } from 'nuages';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { Writer } from '../../../src/compiler/writer.js';
import { Planner } from '../../../src/query/planner.js';
import { type Any, Author, Book, closeLibrary, openLibrary, Publisher, Tag } from '../../support/library.js';

/** Runs `work` once with each of two numbers, of which the second may plan and write nothing. */
async function expectNothingPlannedAgain(work: (n: number) => unknown): Promise<void> {
  await work(1);
  const plan = vi.spyOn(Planner.prototype, 'run');
  const write = vi.spyOn(Writer.prototype, 'node');
  await work(2);
  expect(plan).not.toHaveBeenCalled();
  expect(write).not.toHaveBeenCalled();
}

describe('a shape that is known', () => {
  let publisher: Any;
  let book: Any;
  let tag: Any;

  beforeAll(async () => {
    await openLibrary();
    publisher = await Publisher.objects.create({ name: 'Ace' });
    book = await Book.objects.create({ title: 'Dune', publisher });
    tag = await Tag.objects.create({ label: 'desert' });
  });
  afterAll(closeLibrary);
  afterEach(() => vi.restoreAllMocks());

  it.each<[string, (n: number) => unknown]>([
    ['conditions', (n) => Author.objects.filter({ books__pages__gt: n, name__startswith: `${n}` })],
    ['conditions on annotations', (n) => Author.objects.annotate({ old: F('age').add(n) }).filter({ old__gt: n })],
    [
      'groups and conditions on them',
      (n) =>
        Author.objects
          .values('age')
          .annotate({ n: Count('id'), mean: Avg('books__pages') })
          .filter({ n__gt: n, mean__lt: 9 })
          .exclude({ n })
          .orderBy('age'),
    ],
    [
      'conditions on a filtered relation',
      (n) =>
        Author.objects
          .annotate({ long: FilteredRelation('books', { condition: { books__pages__gt: n } }) })
          .filter({ long__title: `${n}`, long__publisher: n }),
    ],
  ])('is not planned again while a query is built: %s', async (_, build) => {
    // a QuerySet is not awaited, which would run it
    await expectNothingPlannedAgain((n) => [build(n)]);
  });

  it.each<[string, (n: number) => unknown]>([
    ['get', () => Book.objects.get({ id: book.id })],
    ['first', (n) => Book.objects.filter({ pages: n }).first()],
    ['latest', () => Book.objects.latest('id')],
    ['count', (n) => Book.objects.filter({ pages__gt: n }).count()],
    [
      'count of groups',
      (n) =>
        Publisher.objects
          .annotate({ n: Count('books') })
          .filter({ n__gt: n })
          .count(),
    ],
    ['exists', (n) => Book.objects.filter({ pages__gt: n }).exists()],
    ['contains', () => Book.objects.contains(book)],
    ['inBulk', () => Book.objects.inBulk([book.id])],
    ['aggregate', (n) => Publisher.objects.filter({ id__gt: n }).aggregate({ pages: Sum('books__pages') })],
    ['values', (n) => Book.objects.filter({ pages: n }).values('title', 'publisher__name')],
    ['selectRelated', (n) => Book.objects.filter({ pages: n }).selectRelated('publisher')],
    ['prefetchRelated', () => Book.objects.filter({ id: book.id }).prefetchRelated('tags', 'publisher__books')],
    ['Subquery', () => Publisher.objects.annotate({ last: Subquery(titlesOfPublisher().slice(0, 1)) })],
    ['Exists', (n) => Publisher.objects.filter(Exists(titlesOfPublisher().filter({ pages__gt: n })))],
    ['a query in a condition', (n) => Book.objects.filter({ publisher__in: Publisher.objects.filter({ id__gt: n }) })],
    ['Q', (n) => Book.objects.filter(Q({ pages: n }).or(Q({ title: `${n}` })))],
    [
      'Case',
      () => Book.objects.annotate({ kind: Case([When({ pages__gt: 500 }, Value('long'))], { default: Value('') }) }),
    ],
    ['exclude', (n) => Author.objects.exclude({ books__pages: n })],
    ['union', (n) => Tag.objects.filter({ weight: n }).union(Tag.objects.filter({ label: `${n}` }))],
    ['rows of a relation', (n) => publisher.books.filter({ pages__gt: n })],
    ['create', (n) => Book.objects.create({ title: `created ${n}`, publisher })],
    ['bulkCreate', (n) => Book.objects.bulkCreate([new (Book as Any)({ title: `made ${n}` })])],
    ['getOrCreate', () => Tag.objects.getOrCreate({ label: 'desert' })],
    ['updateOrCreate', (n) => Tag.objects.updateOrCreate({ label: 'desert' }, { weight: n })],
    ['save', (n) => Object.assign(book, { pages: n }).save()],
    ['bulkUpdate', (n) => Book.objects.bulkUpdate([Object.assign(book, { pages: n })], ['pages'])],
    ['update', (n) => Book.objects.filter({ publisher__name: `${n}` }).update({ pages: F('pages').add(n) })],
    ['refreshFromDb', () => book.refreshFromDb()],
    ['add', () => book.tags.add(tag)],
    ['remove', () => book.tags.remove(tag)],
    [
      'set',
      async () => {
        await book.tags.set([tag]);
        await book.tags.set([]);
      },
    ],
    ['clear', () => book.tags.clear()],
    ['delete of rows', (n) => Tag.objects.filter({ label: `deleted ${n}` }).delete()],
    ['delete of an instance', async (n) => (await Tag.objects.create({ label: `deleted ${n}` })).delete()],
  ])('is not planned and not written again when it runs: %s', async (_, run) => {
    await expectNothingPlannedAgain(run);
  });

  it('has its values checked each time', () => {
    const older = (than: unknown) => Author.objects.annotate({ old: F('age').add(1) }).filter({ old__gt: than });
    older(1);
    expect(() => older('many')).toThrow(/old/);
  });

  it('does not become that of a statement which had nothing to do', async () => {
    const labels = ['a', 'b', 'c'];
    const deleted = (some: readonly string[]) => Tag.objects.filter({ label__in: some }).delete();
    const tags = [];
    for (const label of labels) tags.push(await Tag.objects.create({ label }));
    await book.tags.remove();
    await book.tags.set(tags);
    await book.tags.remove(tags[0]);
    expect(await book.tags.count()).toBe(2);
    expect(await deleted([])).toEqual([0, {}]);
    expect((await deleted(['a', 'b']))[0]).toBe(3);
    expect((await deleted(['c']))[0]).toBe(2);
  });
});

const titlesOfPublisher = () =>
  Book.objects
    .filter({ publisher: OuterRef('pk') })
    .orderBy('-id')
    .values('title');
