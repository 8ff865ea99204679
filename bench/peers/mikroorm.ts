import { MikroORM, raw } from '@mikro-orm/core';
import type { Peer, Target } from '../peer.js';
import { countryOf, FIRST_KEY, INSERTED, keyOf, newReview } from '../workloads.js';
import { Author, Book, Publisher, Review, Tag } from './mikroorm-entities.js';

/** An EntityManager of a SQL driver: both drivers' packages have the same, and neither is imported for its types alone. */
type Manager = any;

async function connect({ db, location }: Target): Promise<MikroORM> {
  const options = { entities: [Publisher, Author, Tag, Book, Review], ensureDatabase: false, forceUtcTimezone: true };
  if (db === 'postgres') {
    const { PostgreSqlDriver } = await import('@mikro-orm/postgresql');
    return MikroORM.init({ ...options, driver: PostgreSqlDriver, clientUrl: location });
  }
  const { BetterSqliteDriver } = await import('@mikro-orm/better-sqlite');
  const orm = await MikroORM.init({ ...options, driver: BetterSqliteDriver, dbName: location });
  const connection = orm.em.getDriver().getConnection();
  await connection.execute('pragma journal_mode = WAL');
  await connection.execute('pragma synchronous = NORMAL');
  return orm;
}

const rowOf = (n: number) => {
  const { bookId, ...columns } = newReview(n);
  return { ...columns, book: bookId };
};
const withKeys = (book: any) => ({ ...book, publisherId: book.publisher.id, authorId: book.author.id });

export const peer: Peer = {
  databases: ['sqlite', 'postgres'],
  async open(target) {
    const orm = await connect(target);
    /** A unit of work of its own for each call, as for each request of a server. */
    const em = (): Manager => orm.em.fork();
    const keeper = em();
    const kept: any[] =
      process.env.BENCH_COLD === undefined
        ? await keeper.find('Book', {}, { orderBy: { id: 'asc' }, limit: 1000 })
        : [];
    return {
      runs: {
        a: (n) => em().findOneOrFail('Book', keyOf(n)),
        b: () => em().find('Book', {}, { orderBy: { id: 'asc' }, limit: 1000 }),
        c: () =>
          em().createQueryBuilder('Book').select(['id', 'title', 'pages']).orderBy({ id: 'asc' }).limit(1000).execute(),
        d: (n) =>
          em().find(
            'Book',
            { author: { country: countryOf(n) }, publisher: { country: countryOf(n + 3) } },
            { orderBy: [{ views: 'desc' }, { id: 'asc' }], limit: 50 },
          ),
        e: () => em().find('Book', {}, { populate: ['publisher'], orderBy: { id: 'asc' }, limit: 1000 }),
        f: () => em().find('Author', { id: { $lte: 100 } }, { populate: ['books.tags'], orderBy: { id: 'asc' } }),
        g: () =>
          em()
            .createQueryBuilder('Book')
            .select(['publisher', raw('count(id) as n'), raw('avg(pages) as pages')])
            .groupBy('publisher')
            .having('count(id) > ?', [50])
            .orderBy({ publisher: 'asc' })
            .execute(),
        h: (n) => em().insert('Review', rowOf(n)),
        i: (n) =>
          em().insertMany(
            'Review',
            Array.from({ length: INSERTED }, (_, index) => ({ id: FIRST_KEY + n * INSERTED + index, ...rowOf(index) })),
          ),
        j: (n) => {
          for (const book of kept) book.views = book.id + n;
          return keeper.flush();
        },
        k: (n) => em().nativeUpdate('Book', { publisher: 1 + (n % 200) }, { views: raw('views + 1') }),
        l: (n) =>
          em().transactional(async (transaction: Manager) => {
            for (let index = 0; index < 10; index += 1) await transaction.insert('Review', rowOf(n * 10 + index));
            return transaction.findOneOrFail('Book', keyOf(n));
          }),
        o: (n) => {
          const query = em()
            .createQueryBuilder('Book', 'b')
            .join('b.author', 'a')
            .where({
              'a.country': countryOf(n),
              pages: { $gte: n % 500 },
              title: { $like: `t${n}%` },
            });
          return [query.getQuery(), query.getParams()];
        },
      },
      views: {
        a: withKeys,
        b: (books: any[]) => books.map(withKeys),
        d: (books: any[]) => books.map(withKeys),
        e: (books: any[]) => books.map(withKeys),
        f: (authors: any[]) =>
          authors.map((author) => ({
            name: author.name,
            books: author.books
              .getItems()
              .map((book: any) => ({ id: book.id, title: book.title, tags: book.tags.getItems() })),
          })),
        g: (rows: any[]) => rows.map(({ publisher, n, pages }) => ({ publisherId: publisher, n, pages })),
      },
      close: () => orm.close(),
    };
  },
};
