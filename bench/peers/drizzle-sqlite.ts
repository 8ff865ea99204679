import Database from 'better-sqlite3';
import { and, asc, avg, count, desc, eq, gt, gte, like, lte, relations, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { customType, integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { textOf } from '../data/sqlite.js';
import type { Session } from '../peer.js';
import { countryOf, INSERTED, keyedReview, keyOf, newReview } from '../workloads.js';
import { review, views } from './drizzle-shared.js';

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

/** Drizzle as its manual says for speed: everything that can be is prepared once. */
export function openDrizzle(file: string): Session {
  const connection = new Database(file);
  connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = NORMAL');
  connection.pragma('foreign_keys = ON');
  const db = drizzle(connection, { schema });
  const value = sql.placeholder;
  const get = db
    .select()
    .from(books)
    .where(eq(books.id, value('id')))
    .prepare();
  const page = db.select().from(books).orderBy(asc(books.id)).limit(value('limit')).prepare();
  const three = db
    .select({ id: books.id, title: books.title, pages: books.pages })
    .from(books)
    .orderBy(asc(books.id))
    .limit(value('limit'))
    .prepare();
  const filtered = db
    .select({ book: books })
    .from(books)
    .innerJoin(authors, eq(authors.id, books.authorId))
    .innerJoin(publishers, eq(publishers.id, books.publisherId))
    .where(and(eq(authors.country, value('author')), eq(publishers.country, value('publisher'))))
    .orderBy(desc(books.views), asc(books.id))
    .limit(50)
    .prepare();
  const joined = db
    .select({ book: books, publisher: publishers })
    .from(books)
    .innerJoin(publishers, eq(publishers.id, books.publisherId))
    .orderBy(asc(books.id))
    .limit(value('limit'))
    .prepare();
  const nested = db.query.authors
    .findMany({
      where: lte(authors.id, value('last')),
      orderBy: asc(authors.id),
      with: { books: { with: { tags: { with: { tag: true } } } } },
    })
    .prepare();
  const grouped = db
    .select({ publisherId: books.publisherId, n: count(books.id), pages: avg(books.pages) })
    .from(books)
    .groupBy(books.publisherId)
    .having(gt(count(books.id), 50))
    .orderBy(asc(books.publisherId))
    .prepare();
  const insert = db.insert(reviews).values(review).prepare();
  const insertKeyed = db
    .insert(reviews)
    .values({ id: value('id'), ...review })
    .prepare();
  const setViews = db
    .update(books)
    .set({ views: sql`${value('views')}` })
    .where(eq(books.id, value('id')))
    .prepare();
  const increment = db
    .update(books)
    .set({ views: sql`${books.views} + 1` })
    .where(eq(books.publisherId, value('publisher')))
    .prepare();
  return {
    runs: {
      a: (n) => get.get({ id: keyOf(n) }),
      b: () => page.all({ limit: 1000 }),
      c: () => three.all({ limit: 1000 }),
      d: (n) => filtered.all({ author: countryOf(n), publisher: countryOf(n + 3) }).map(({ book }) => book),
      e: () => joined.all({ limit: 1000 }).map(({ book, publisher }) => ({ ...book, publisher })),
      f: () => nested.execute({ last: 100 }),
      g: () => grouped.all(),
      h: (n) => insert.run(newReview(n)),
      i: (n) =>
        db.transaction(() => {
          for (let index = 0; index < INSERTED; index += 1) insertKeyed.run(keyedReview(n, index));
        }),
      j: (n) =>
        db.transaction(() => {
          for (let id = 1; id <= 1000; id += 1) setViews.run({ id, views: id + n });
        }),
      k: (n) => increment.run({ publisher: 1 + (n % 200) }),
      l: (n) =>
        db.transaction(() => {
          for (let index = 0; index < 10; index += 1) insert.run(newReview(n * 10 + index));
          return get.get({ id: keyOf(n) });
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
