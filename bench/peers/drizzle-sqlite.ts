import Database from 'better-sqlite3';
import { and, asc, avg, count, desc, eq, gt, gte, like, lte, relations, sql } from 'drizzle-orm';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { customType, integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { textOf } from '../data/sqlite.js';
import type { Session } from '../peer.js';
import { countryOf, INSERTED, keyedReview, keyOf, newReview } from '../workloads.js';
import { type Given, type NewReview, placeholders, views } from './drizzle-shared.js';

const datetime = customType<{ data: Date; driverData: string }>({
  dataType: () => 'datetime',
  fromDriver: (value) => new Date(`${value.replace(' ', 'T')}Z`),
  toDriver: textOf,
});
const id = () => integer('id').primaryKey({ autoIncrement: true });

const publishers = sqliteTable('bench_publisher', {
  id: id(),
  name: text('name').notNull(),
  country: text('country').notNull(),
});
const authors = sqliteTable('bench_author', {
  id: id(),
  name: text('name').notNull(),
  country: text('country').notNull(),
  joined: datetime('joined').notNull(),
});
const tags = sqliteTable('bench_tag', { id: id(), name: text('name').notNull() });
const books = sqliteTable('bench_book', {
  id: id(),
  title: text('title').notNull(),
  pages: integer('pages').notNull(),
  price: real('price').notNull(),
  views: integer('views').notNull(),
  publishedAt: datetime('published_at').notNull(),
  updatedAt: datetime('updated_at').notNull(),
  publisherId: integer('publisher_id').notNull(),
  authorId: integer('author_id').notNull(),
});
const bookTags = sqliteTable('bench_book_tags', {
  id: id(),
  bookId: integer('book_id').notNull(),
  tagId: integer('tag_id').notNull(),
});
const reviews = sqliteTable('bench_review', {
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

/** The queries, of values or of placeholders for them. */
const queriesOf = (db: BetterSQLite3Database<typeof schema>) => ({
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
  insertAll: (rows: NewReview[]) => db.insert(reviews).values(rows),
  setViews: (id: Given<number>, views: Given<number>) =>
    db
      .update(books)
      .set({ views: sql`${views}` })
      .where(eq(books.id, id)),
  setAllViews: (pairs: readonly (readonly [id: number, views: number])[]) =>
    db
      .update(books)
      .set({ views: sql`v.column2` })
      .from(
        sql`(values ${sql.join(
          pairs.map(([id, views]) => sql`(${id}, ${views})`),
          sql`, `,
        )}) as v`,
      )
      .where(eq(books.id, sql`v.column1`)),
  increment: (publisher: Given<number>) =>
    db
      .update(books)
      .set({ views: sql`${books.views} + 1` })
      .where(eq(books.publisherId, publisher)),
});
type Queries = ReturnType<typeof queriesOf>;

/** How the queries are run. */
interface Statements {
  readonly get: (id: number) => unknown;
  readonly page: (limit: number) => unknown;
  readonly three: (limit: number) => unknown;
  readonly filtered: (author: string, publisher: string) => { readonly book: object }[];
  readonly joined: (limit: number) => { readonly book: object; readonly publisher: object }[];
  readonly nested: (last: number) => unknown;
  readonly grouped: () => unknown;
  readonly insert: (review: NewReview) => unknown;
  readonly insertAll: (rows: NewReview[]) => unknown;
  readonly setAllViews: (pairs: readonly (readonly [id: number, views: number])[]) => unknown;
  readonly increment: (publisher: number) => unknown;
}

/** Rows of one INSERT: SQLite takes 32,766 parameters. */
const BATCH = 1000;

/** Built each time, where they are used. */
const built = (queries: Queries): Statements => ({
  get: (id) => queries.book(id).get(),
  page: (limit) => queries.page(limit).all(),
  three: (limit) => queries.three(limit).all(),
  filtered: (author, publisher) => queries.filtered(author, publisher).all(),
  joined: (limit) => queries.joined(limit).all(),
  nested: (last) => queries.nested(last),
  grouped: () => queries.grouped().all(),
  insert: (review) => queries.insert(review).run(),
  insertAll: (rows) => {
    for (let start = 0; start < rows.length; start += BATCH) queries.insertAll(rows.slice(start, start + BATCH)).run();
  },
  setAllViews: (pairs) => queries.setAllViews(pairs).run(),
  increment: (publisher) => queries.increment(publisher).run(),
});

/** Prepared once. Many rows are then written one by one: that is faster than to build a statement for them. */
function prepared(queries: Queries): Statements {
  const value = sql.placeholder;
  const get = queries.book(value('id')).prepare();
  const page = queries.page(value('limit')).prepare();
  const three = queries.three(value('limit')).prepare();
  const filtered = queries.filtered(value('author'), value('publisher')).prepare();
  const joined = queries.joined(value('limit')).prepare();
  const nested = queries.nested(value('last')).prepare();
  const grouped = queries.grouped().prepare();
  const insert = queries.insert(placeholders).prepare();
  const insertKeyed = queries.insert({ id: value('id'), ...placeholders }).prepare();
  const setViews = queries.setViews(value('id'), value('views')).prepare();
  const increment = queries.increment(value('publisher')).prepare();
  return {
    get: (id) => get.get({ id }),
    page: (limit) => page.all({ limit }),
    three: (limit) => three.all({ limit }),
    filtered: (author, publisher) => filtered.all({ author, publisher }),
    joined: (limit) => joined.all({ limit }),
    nested: (last) => nested.execute({ last }),
    grouped: () => grouped.all(),
    insert: (review) => insert.run(review),
    insertAll: (rows) => {
      for (const row of rows) insertKeyed.run(row);
    },
    setAllViews: (pairs) => {
      for (const [id, views] of pairs) setViews.run({ id, views });
    },
    increment: (publisher) => increment.run({ publisher }),
  };
}

export function openDrizzle(file: string, howRun: 'built' | 'prepared'): Session {
  const connection = new Database(file);
  connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = NORMAL');
  connection.pragma('foreign_keys = ON');
  const db = drizzle(connection, { schema });
  const statements = (howRun === 'built' ? built : prepared)(queriesOf(db));
  return {
    runs: {
      a: (n) => statements.get(keyOf(n)),
      b: () => statements.page(1000),
      c: () => statements.three(1000),
      d: (n) => statements.filtered(countryOf(n), countryOf(n + 3)).map(({ book }) => book),
      e: () => statements.joined(1000).map(({ book, publisher }) => ({ ...book, publisher })),
      f: () => statements.nested(100),
      g: () => statements.grouped(),
      h: (n) => statements.insert(newReview(n)),
      i: (n) =>
        db.transaction(() =>
          statements.insertAll(Array.from({ length: INSERTED }, (_, index) => keyedReview(n, index))),
        ),
      j: (n) =>
        db.transaction(() =>
          statements.setAllViews(Array.from({ length: 1000 }, (_, index) => [index + 1, index + 1 + n] as const)),
        ),
      k: (n) => statements.increment(1 + (n % 200)),
      l: (n) =>
        db.transaction(() => {
          for (let index = 0; index < 10; index += 1) statements.insert(newReview(n * 10 + index));
          return statements.get(keyOf(n));
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
    close: async () => void connection.close(),
  };
}
