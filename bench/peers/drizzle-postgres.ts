import { and, asc, avg, count, desc, eq, gt, gte, like, lte, relations, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { doublePrecision, integer, pgTable, timestamp, varchar } from 'drizzle-orm/pg-core';
import pg from 'pg';
import type { Session } from '../peer.js';
import { countryOf, INSERTED, keyedReview, keyOf, newReview } from '../workloads.js';
import { review, views } from './drizzle-shared.js';

const datetime = (name: string) => timestamp(name, { withTimezone: true });
const text = (name: string) => varchar(name, { length: 200 });
const id = () => integer('id').primaryKey().generatedByDefaultAsIdentity();

const publishers = pgTable('bench_publisher', {
  id: id(),
  name: text('name').notNull(),
  country: text('country').notNull(),
});
const authors = pgTable('bench_author', {
  id: id(),
  name: text('name').notNull(),
  country: text('country').notNull(),
  joined: datetime('joined').notNull(),
});
const tags = pgTable('bench_tag', { id: id(), name: text('name').notNull() });
const books = pgTable('bench_book', {
  id: id(),
  title: text('title').notNull(),
  pages: integer('pages').notNull(),
  price: doublePrecision('price').notNull(),
  views: integer('views').notNull(),
  publishedAt: datetime('published_at').notNull(),
  updatedAt: datetime('updated_at').notNull(),
  publisherId: integer('publisher_id').notNull(),
  authorId: integer('author_id').notNull(),
});
const bookTags = pgTable('bench_book_tags', {
  id: id(),
  bookId: integer('book_id').notNull(),
  tagId: integer('tag_id').notNull(),
});
const reviews = pgTable('bench_review', {
  id: id(),
  rating: integer('rating').notNull(),
  body: text('body').notNull(),
  createdAt: datetime('created_at').notNull(),
  bookId: integer('book_id').notNull(),
});

const authorRelations = relations(authors, ({ many }) => ({ books: many(books) }));
const bookRelations = relations(books, ({ one, many }) => ({
  author: one(authors, { fields: [books.authorId], references: [authors.id] }),
  publisher: one(publishers, { fields: [books.publisherId], references: [publishers.id] }),
  tags: many(bookTags),
}));
const bookTagRelations = relations(bookTags, ({ one }) => ({
  book: one(books, { fields: [bookTags.bookId], references: [books.id] }),
  tag: one(tags, { fields: [bookTags.tagId], references: [tags.id] }),
}));
const schema = {
  publishers,
  authors,
  tags,
  books,
  bookTags,
  reviews,
  authorRelations,
  bookRelations,
  bookTagRelations,
};

/** Rows of one INSERT: PostgreSQL takes 65,535 parameters. */
const BATCH = 1000;

/** Drizzle as its manual says for speed: everything that can be is prepared once. */
export async function openDrizzle(url: string): Promise<Session> {
  const connection = new pg.Client(url);
  await connection.connect();
  const db = drizzle(connection, { schema });
  const value = sql.placeholder;
  const get = db
    .select()
    .from(books)
    .where(eq(books.id, value('id')))
    .prepare('get');
  const page = db.select().from(books).orderBy(asc(books.id)).limit(value('limit')).prepare('page');
  const three = db
    .select({ id: books.id, title: books.title, pages: books.pages })
    .from(books)
    .orderBy(asc(books.id))
    .limit(value('limit'))
    .prepare('three');
  const filtered = db
    .select({ book: books })
    .from(books)
    .innerJoin(authors, eq(authors.id, books.authorId))
    .innerJoin(publishers, eq(publishers.id, books.publisherId))
    .where(and(eq(authors.country, value('author')), eq(publishers.country, value('publisher'))))
    .orderBy(desc(books.views), asc(books.id))
    .limit(50)
    .prepare('filtered');
  const joined = db
    .select({ book: books, publisher: publishers })
    .from(books)
    .innerJoin(publishers, eq(publishers.id, books.publisherId))
    .orderBy(asc(books.id))
    .limit(value('limit'))
    .prepare('joined');
  const nested = db.query.authors
    .findMany({
      where: lte(authors.id, value('last')),
      orderBy: asc(authors.id),
      with: { books: { with: { tags: { with: { tag: true } } } } },
    })
    .prepare('nested');
  const grouped = db
    .select({ publisherId: books.publisherId, n: count(books.id), pages: avg(books.pages) })
    .from(books)
    .groupBy(books.publisherId)
    .having(gt(count(books.id), 50))
    .orderBy(asc(books.publisherId))
    .prepare('grouped');
  const insert = db.insert(reviews).values(review).prepare('insert');
  const increment = db
    .update(books)
    .set({ views: sql`${books.views} + 1` })
    .where(eq(books.publisherId, value('publisher')))
    .prepare('increment');
  return {
    runs: {
      a: async (n) => (await get.execute({ id: keyOf(n) }))[0],
      b: () => page.execute({ limit: 1000 }),
      c: () => three.execute({ limit: 1000 }),
      d: async (n) => {
        const rows = await filtered.execute({ author: countryOf(n), publisher: countryOf(n + 3) });
        return rows.map(({ book }) => book);
      },
      e: async () => (await joined.execute({ limit: 1000 })).map(({ book, publisher }) => ({ ...book, publisher })),
      f: () => nested.execute({ last: 100 }),
      g: () => grouped.execute(),
      h: (n) => insert.execute(newReview(n)),
      i: (n) =>
        db.transaction(async (transaction) => {
          for (let start = 0; start < INSERTED; start += BATCH) {
            const rows = Array.from({ length: BATCH }, (_, index) => keyedReview(n, start + index));
            await transaction.insert(reviews).values(rows);
          }
        }),
      j: (n) => {
        const pairs = Array.from({ length: 1000 }, (_, index) => sql`(${index + 1}::int, ${index + 1 + n}::int)`);
        return db
          .update(books)
          .set({ views: sql`v.views` })
          .from(sql`(values ${sql.join(pairs, sql`, `)}) as v(id, views)`)
          .where(eq(books.id, sql`v.id`));
      },
      k: (n) => increment.execute({ publisher: 1 + (n % 200) }),
      // One connection: what was prepared outside of the transaction runs inside of it too.
      l: (n) =>
        db.transaction(async () => {
          for (let index = 0; index < 10; index += 1) await insert.execute(newReview(n * 10 + index));
          return (await get.execute({ id: keyOf(n) }))[0];
        }),
      o: (n) =>
        db
          .select()
          .from(books)
          .innerJoin(authors, eq(authors.id, books.authorId))
          .where(and(eq(authors.country, countryOf(n)), gte(books.pages, n % 500), like(books.title, `t${n}%`)))
          .toSQL(),
    },
    views,
    close: () => connection.end(),
  };
}
