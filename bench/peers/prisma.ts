import Database from 'better-sqlite3';
import type { Peer, Target } from '../peer.js';
import { countryOf, INSERTED, keyedReview, keyOf, newReview } from '../workloads.js';

/** The generated client of the database, with the adapter of the same driver that the other peers have. */
async function clientOf({ db, location }: Target): Promise<any> {
  if (db === 'postgres') {
    const { PrismaClient } = await import('../.prisma/postgres/client.js');
    const { PrismaPg } = await import('@prisma/adapter-pg');
    return new PrismaClient({ adapter: new PrismaPg({ connectionString: location }) });
  }
  const { PrismaClient } = await import('../.prisma/sqlite/client.js');
  const { PrismaBetterSqlite3 } = await import('@prisma/adapter-better-sqlite3');
  const database = new Database(location);
  database.pragma('journal_mode = WAL');
  database.close();
  const client = new PrismaClient({ adapter: new PrismaBetterSqlite3({ url: `file:${location}` }) });
  await client.$executeRaw`PRAGMA synchronous = NORMAL`;
  return client;
}

export const peer: Peer = {
  databases: ['sqlite', 'postgres'],
  async open(target) {
    const client = await clientOf(target);
    const { book, author, review } = client;
    return {
      runs: {
        a: (n) => book.findUniqueOrThrow({ where: { id: keyOf(n) } }),
        b: () => book.findMany({ orderBy: { id: 'asc' }, take: 1000 }),
        c: () => book.findMany({ select: { id: true, title: true, pages: true }, orderBy: { id: 'asc' }, take: 1000 }),
        d: (n) =>
          book.findMany({
            where: { author: { country: countryOf(n) }, publisher: { country: countryOf(n + 3) } },
            orderBy: [{ views: 'desc' }, { id: 'asc' }],
            take: 50,
          }),
        e: () => book.findMany({ include: { publisher: true }, orderBy: { id: 'asc' }, take: 1000 }),
        f: () =>
          author.findMany({
            where: { id: { lte: 100 } },
            include: { books: { include: { tags: { include: { tag: true } } } } },
            orderBy: { id: 'asc' },
          }),
        g: () =>
          book.groupBy({
            by: ['publisherId'],
            _count: { id: true },
            _avg: { pages: true },
            having: { id: { _count: { gt: 50 } } },
            orderBy: { publisherId: 'asc' },
          }),
        h: (n) => review.create({ data: newReview(n) }),
        i: (n) =>
          review.createMany({
            data: Array.from({ length: INSERTED }, (_, index) => keyedReview(n, index)),
          }),
        j: (n) =>
          client.$transaction(
            Array.from({ length: 1000 }, (_, index) =>
              book.updateMany({ where: { id: index + 1 }, data: { views: index + 1 + n } }),
            ),
          ),
        k: (n) => book.updateMany({ where: { publisherId: 1 + (n % 200) }, data: { views: { increment: 1 } } }),
        l: (n) =>
          client.$transaction(async (transaction: any) => {
            for (let index = 0; index < 10; index += 1)
              await transaction.review.create({ data: newReview(n * 10 + index) });
            return transaction.book.findUniqueOrThrow({ where: { id: keyOf(n) } });
          }),
      },
      views: {
        f: (rows: any[]) =>
          rows.map((row) => ({
            name: row.name,
            books: row.books.map((each: any) => ({ ...each, tags: each.tags.map(({ tag }: any) => tag) })),
          })),
        g: (rows: any[]) =>
          rows.map((row) => ({ publisherId: row.publisherId, n: row._count.id, pages: row._avg.pages })),
      },
      close: () => client.$disconnect(),
    };
  },
};
