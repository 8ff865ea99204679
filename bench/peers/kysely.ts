import Database from 'better-sqlite3';
import { type Dialect, Kysely, PostgresDialect, SqliteDialect, sql } from 'kysely';
import pg from 'pg';
import Cursor from 'pg-cursor';
import { textOf } from '../data/sqlite.js';
import type { Peer, Target } from '../peer.js';
import { countryOf, FIRST_KEY, INSERTED, keyOf, newReview } from '../workloads.js';

const BOOK = [
  'b.id',
  'b.title',
  'b.pages',
  'b.price',
  'b.views',
  'b.published_at as publishedAt',
  'b.updated_at as updatedAt',
  'b.publisher_id as publisherId',
  'b.author_id as authorId',
] as const;

/** What differs between the databases: Kysely gives and takes what the driver does. */
interface Differences {
  readonly dialect: Dialect;
  /** An instant as the driver gives it. */
  dateOf(value: any): Date;
  /** An instant as the driver takes it. */
  written(date: Date): unknown;
  /** Whole numbers as rows of two columns that are named `id` and `views`. */
  pairs(rows: readonly (readonly [number, number])[]): any;
}

function sqlite(location: string): Differences {
  const database = new Database(location);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = NORMAL');
  database.pragma('foreign_keys = ON');
  return {
    dialect: new SqliteDialect({ database }),
    dateOf: (text: string) => new Date(`${text.replace(' ', 'T')}Z`),
    written: textOf,
    pairs: (rows) =>
      sql`(select column1 as id, column2 as views from (values ${sql.join(rows.map(([id, views]) => sql`(${id}, ${views})`))}))`.as(
        'v',
      ),
  };
}

const postgres = (location: string): Differences => ({
  dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: location }), cursor: Cursor }),
  dateOf: (date: Date) => date,
  written: (date) => date,
  pairs: (rows) =>
    sql`(values ${sql.join(rows.map(([id, views]) => sql`(${id}::int, ${views}::int)`))})`.as(sql`v(id, views)`),
});

const differences = ({ db, location }: Target): Differences =>
  db === 'sqlite' ? sqlite(location) : postgres(location);

/** Rows of one INSERT: SQLite takes 32,766 parameters, PostgreSQL 65,535. */
const BATCH = 1000;

export const peer: Peer = {
  databases: ['sqlite', 'postgres'],
  async open(target) {
    const { dialect, dateOf, written, pairs } = differences(target);
    const db = new Kysely<any>({ dialect });
    const bookOf = (row: any) => ({ ...row, publishedAt: dateOf(row.publishedAt), updatedAt: dateOf(row.updatedAt) });
    const reviewOf = (n: number) => {
      const { rating, body, createdAt, bookId } = newReview(n);
      return { rating, body, created_at: written(createdAt), book_id: bookId };
    };
    const books = () => db.selectFrom('bench_book as b').select(BOOK);
    return {
      runs: {
        a: async (n) => bookOf(await books().where('b.id', '=', keyOf(n)).executeTakeFirstOrThrow()),
        b: async () => (await books().orderBy('b.id').limit(1000).execute()).map(bookOf),
        c: () => db.selectFrom('bench_book').select(['id', 'title', 'pages']).orderBy('id').limit(1000).execute(),
        d: async (n) =>
          (
            await books()
              .innerJoin('bench_author as a', 'a.id', 'b.author_id')
              .innerJoin('bench_publisher as p', 'p.id', 'b.publisher_id')
              .where('a.country', '=', countryOf(n))
              .where('p.country', '=', countryOf(n + 3))
              .orderBy('b.views', 'desc')
              .orderBy('b.id')
              .limit(50)
              .execute()
          ).map(bookOf),
        e: async () => {
          const rows = await books()
            .innerJoin('bench_publisher as p', 'p.id', 'b.publisher_id')
            .select(['p.name as publisherName', 'p.country as publisherCountry'])
            .orderBy('b.id')
            .limit(1000)
            .execute();
          return rows.map(({ publisherName, publisherCountry, ...row }: any) => ({
            ...bookOf(row),
            publisher: { id: row.publisherId, name: publisherName, country: publisherCountry },
          }));
        },
        f: async () => {
          const authors = await db
            .selectFrom('bench_author')
            .selectAll()
            .where('id', '<=', 100)
            .orderBy('id')
            .execute();
          const found = await books()
            .where(
              'b.author_id',
              'in',
              authors.map(({ id }) => id),
            )
            .execute();
          const tags = await db
            .selectFrom('bench_tag as t')
            .innerJoin('bench_book_tags as bt', 'bt.tag_id', 't.id')
            .select(['bt.book_id as bookId', 't.id', 't.name'])
            .where(
              'bt.book_id',
              'in',
              found.map(({ id }: any) => id),
            )
            .execute();
          const byBook = grouped(tags, 'bookId');
          const byAuthor = grouped(
            found.map((book) => ({ ...bookOf(book), tags: byBook.get(book.id) ?? [] })),
            'authorId',
          );
          return authors.map((author) => ({
            ...author,
            joined: dateOf(author.joined),
            books: byAuthor.get(author.id) ?? [],
          }));
        },
        g: () =>
          db
            .selectFrom('bench_book')
            .select(({ fn }) => ['publisher_id as publisherId', fn.count('id').as('n'), fn.avg('pages').as('pages')])
            .groupBy('publisher_id')
            .having(({ fn }) => fn.count('id'), '>', 50)
            .orderBy('publisher_id')
            .execute(),
        h: (n) => db.insertInto('bench_review').values(reviewOf(n)).executeTakeFirst(),
        i: (n) =>
          db.transaction().execute(async (transaction) => {
            for (let start = 0; start < INSERTED; start += BATCH) {
              const rows = Array.from({ length: BATCH }, (_, index) => ({
                id: FIRST_KEY + n * INSERTED + start + index,
                ...reviewOf(start + index),
              }));
              await transaction.insertInto('bench_review').values(rows).execute();
            }
          }),
        // The manual's recipe for a list of values, which "Extending Kysely" gives.
        j: (n) =>
          db
            .updateTable('bench_book as b')
            .from(pairs(Array.from({ length: 1000 }, (_, index) => [index + 1, index + 1 + n])))
            .set({ views: sql.ref('v.views') })
            .whereRef('b.id', '=', 'v.id')
            .execute(),
        k: (n) =>
          db
            .updateTable('bench_book')
            .set({ views: sql`views + 1` })
            .where('publisher_id', '=', 1 + (n % 200))
            .execute(),
        l: (n) =>
          db.transaction().execute(async (transaction) => {
            for (let index = 0; index < 10; index += 1)
              await transaction
                .insertInto('bench_review')
                .values(reviewOf(n * 10 + index))
                .execute();
            return bookOf(
              await transaction
                .selectFrom('bench_book as b')
                .select(BOOK)
                .where('b.id', '=', keyOf(n))
                .executeTakeFirstOrThrow(),
            );
          }),
        m: async () => {
          let sum = 0;
          const rows = db
            .selectFrom('bench_review')
            .select(['id', 'rating', 'body', 'created_at', 'book_id'])
            .orderBy('id')
            .limit(100_000)
            .stream(2000);
          for await (const row of rows) sum += row.rating + (dateOf(row.created_at).getTime() % 1000);
          return sum;
        },
        o: (n) =>
          books()
            .innerJoin('bench_author as a', 'a.id', 'b.author_id')
            .where('a.country', '=', countryOf(n))
            .where('b.pages', '>=', n % 500)
            .where('b.title', 'like', `t${n}%`)
            .compile(),
      },
      close: () => db.destroy(),
    };
  },
};

function grouped<T extends Record<string, unknown>>(rows: readonly T[], key: keyof T): Map<unknown, T[]> {
  const groups = new Map<unknown, T[]>();
  for (const row of rows) {
    const group = groups.get(row[key]);
    if (group === undefined) groups.set(row[key], [row]);
    else group.push(row);
  }
  return groups;
}
