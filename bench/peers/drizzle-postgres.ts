import { and, asc, avg, count, desc, eq, gt, gte, like, lte, relations, sql } from 'drizzle-orm';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { doublePrecision, integer, pgTable, timestamp, varchar } from 'drizzle-orm/pg-core';
import pg from 'pg';
import type { Session } from '../peer.js';
import { countryOf, INSERTED, keyedReview, keyOf, newReview } from '../workloads.js';
import { type Given, type NewReview, placeholders, views } from './drizzle-shared.js';

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

/** The queries, of values or of placeholders for them. */
const queriesOf = (db: NodePgDatabase<typeof schema>) => ({
  book: (id: Given<number>) => db.select().from(books).where(eq(books.id, id)),
  page: (limit: Given<number>) => db.select().from(books).orderBy(asc(books.id)).limit(limit),
  three: (limit: Given<number>) =>
    db.select({ id: books.id, title: books.title, pages: books.pages }).from(books).orderBy(asc(books.id)).limit(limit),
  filtered: (author: Given<string>, publisher: Given<string>) =>
    db
      .select({ book: books })
      .from(books)
      .innerJoin(authors, eq(authors.id, books.authorId))
      .innerJoin(publishers, eq(publishers.id, books.publisherId))
      .where(and(eq(authors.country, author), eq(publishers.country, publisher)))
      .orderBy(desc(books.views), asc(books.id))
      .limit(50),
  joined: (limit: Given<number>) =>
    db
      .select({ book: books, publisher: publishers })
      .from(books)
      .innerJoin(publishers, eq(publishers.id, books.publisherId))
      .orderBy(asc(books.id))
      .limit(limit),
  nested: (last: Given<number>) =>
    db.query.authors.findMany({
      where: lte(authors.id, last),
      orderBy: asc(authors.id),
      with: { books: { with: { tags: { with: { tag: true } } } } },
    }),
  grouped: () =>
    db
      .select({ publisherId: books.publisherId, n: count(books.id), pages: avg(books.pages) })
      .from(books)
      .groupBy(books.publisherId)
      .having(gt(count(books.id), 50))
      .orderBy(asc(books.publisherId)),
  insert: (review: NewReview) => db.insert(reviews).values(review),
  increment: (publisher: Given<number>) =>
    db
      .update(books)
      .set({ views: sql`${books.views} + 1` })
      .where(eq(books.publisherId, publisher)),
});
type Queries = ReturnType<typeof queriesOf>;

/** How the queries are run. */
interface Statements {
  readonly get: (id: number) => PromiseLike<unknown[]>;
  readonly page: (limit: number) => PromiseLike<unknown>;
  readonly three: (limit: number) => PromiseLike<unknown>;
  readonly filtered: (author: string, publisher: string) => PromiseLike<{ readonly book: object }[]>;
  readonly joined: (limit: number) => PromiseLike<{ readonly book: object; readonly publisher: object }[]>;
  readonly nested: (last: number) => PromiseLike<unknown>;
  readonly grouped: () => PromiseLike<unknown>;
  readonly insert: (review: NewReview) => PromiseLike<unknown>;
  readonly increment: (publisher: number) => PromiseLike<unknown>;
}

/** Built each time, where they are used. */
const built = (queries: Queries): Statements => ({
  get: queries.book,
  page: queries.page,
  three: queries.three,
  filtered: queries.filtered,
  joined: queries.joined,
  nested: queries.nested,
  grouped: queries.grouped,
  insert: queries.insert,
  increment: queries.increment,
});

/** Prepared once, each under a name by which the server keeps it. */
function prepared(queries: Queries): Statements {
  const value = sql.placeholder;
  const get = queries.book(value('id')).prepare('get');
  const page = queries.page(value('limit')).prepare('page');
  const three = queries.three(value('limit')).prepare('three');
  const filtered = queries.filtered(value('author'), value('publisher')).prepare('filtered');
  const joined = queries.joined(value('limit')).prepare('joined');
  const nested = queries.nested(value('last')).prepare('nested');
  const grouped = queries.grouped().prepare('grouped');
  const insert = queries.insert(placeholders).prepare('insert');
  const increment = queries.increment(value('publisher')).prepare('increment');
  return {
    get: (id) => get.execute({ id }),
    page: (limit) => page.execute({ limit }),
    three: (limit) => three.execute({ limit }),
    filtered: (author, publisher) => filtered.execute({ author, publisher }),
    joined: (limit) => joined.execute({ limit }),
    nested: (last) => nested.execute({ last }),
    grouped: () => grouped.execute(),
    insert: (review) => insert.execute(review),
    increment: (publisher) => increment.execute({ publisher }),
  };
}

export async function openDrizzle(url: string, howRun: 'built' | 'prepared'): Promise<Session> {
  const connection = new pg.Client(url);
  await connection.connect();
  const db = drizzle(connection, { schema });
  const statements = (howRun === 'built' ? built : prepared)(queriesOf(db));
  return {
    runs: {
      a: async (n) => (await statements.get(keyOf(n)))[0],
      b: () => statements.page(1000),
      c: () => statements.three(1000),
      d: async (n) => (await statements.filtered(countryOf(n), countryOf(n + 3))).map(({ book }) => book),
      e: async () => (await statements.joined(1000)).map(({ book, publisher }) => ({ ...book, publisher })),
      f: () => statements.nested(100),
      g: () => statements.grouped(),
      h: (n) => statements.insert(newReview(n)),
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
      k: (n) => statements.increment(1 + (n % 200)),
      // One connection: what was made outside of the transaction runs inside of it too.
      l: (n) =>
        db.transaction(async () => {
          for (let index = 0; index < 10; index += 1) await statements.insert(newReview(n * 10 + index));
          return (await statements.get(keyOf(n)))[0];
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
