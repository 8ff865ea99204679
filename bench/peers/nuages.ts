import { Avg, atomic, Count, closeDatabases, defineConfig, F } from 'nuages';
import type { Peer } from '../peer.js';
import { countryOf, INSERTED, keyedReview, keyOf, newReview } from '../workloads.js';
import { Author, Book, Publisher, Review, Tag } from './nuages-models.js';

export const peer: Peer = {
  databases: ['sqlite', 'postgres'],
  async open({ db, location }) {
    defineConfig({
      apps: { bench: { Publisher, Author, Tag, Book, Review } },
      databases: { default: db === 'sqlite' ? `sqlite:${location}` : location },
    });
    let kept: InstanceType<typeof Book>[] = [];
    const firstThousand = async () => {
      if (kept.length === 0) kept = await Book.objects.filter({ id__lte: 1000 });
      return kept;
    };
    if (process.env.BENCH_COLD === undefined) await firstThousand();
    return {
      runs: {
        a: (n) => Book.objects.get({ id: keyOf(n) }),
        b: () => Book.objects.orderBy('id').slice(0, 1000),
        c: () => Book.objects.orderBy('id').values('id', 'title', 'pages').slice(0, 1000),
        d: (n) =>
          Book.objects
            .filter({ author__country: countryOf(n), publisher__country: countryOf(n + 3) })
            .orderBy('-views', 'id')
            .slice(0, 50),
        e: () => Book.objects.selectRelated('publisher').orderBy('id').slice(0, 1000),
        f: () => Author.objects.filter({ id__lte: 100 }).orderBy('id').prefetchRelated('books__tags'),
        g: () =>
          Book.objects
            .values('publisherId')
            .annotate({ n: Count('id'), meanPages: Avg('pages') })
            .filter({ n__gt: 50 })
            .orderBy('publisherId'),
        h: (n) => Review.objects.create(newReview(n)),
        i: (n) =>
          Review.objects.bulkCreate(Array.from({ length: INSERTED }, (_, index) => new Review(keyedReview(n, index)))),
        j: async (n) => {
          for (const book of kept) book.views = book.id + n;
          await Book.objects.bulkUpdate(kept, ['views']);
        },
        k: (n) => Book.objects.filter({ publisher: 1 + (n % 200) }).update({ views: F('views').add(1) }),
        l: (n) =>
          atomic(async () => {
            for (let index = 0; index < 10; index += 1) await Review.objects.create(newReview(n * 10 + index));
            return Book.objects.get({ id: keyOf(n) });
          }),
        m: async () => {
          let sum = 0;
          for await (const review of Review.objects.orderBy('id').slice(0, 100_000).iterator())
            sum += review.rating + (review.createdAt.getTime() % 1000);
          return sum;
        },
        o: (n) =>
          Book.objects
            .filter({ author__country: countryOf(n), pages__gte: n % 500, title__startswith: `t${n}` })
            .toSql(),
      },
      views: {
        f: async (authors: any[]) => {
          const booksOf = async (author: any) =>
            Promise.all(
              (await author.books.all()).map(async (book: any) => ({
                id: book.id,
                title: book.title,
                tags: await book.tags.all(),
              })),
            );
          return Promise.all(authors.map(async (author) => ({ name: author.name, books: await booksOf(author) })));
        },
        g: (rows: any[]) => rows.map((row) => ({ publisherId: row.publisherId, n: row.n, pages: row.meanPages })),
      },
      close: () => closeDatabases(),
    };
  },
};
