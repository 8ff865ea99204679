import Database from 'better-sqlite3';
import { and, asc, avg, count, desc, eq, gt, gte, like, lte, relations, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { customType, integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { textOf } from '../data/sqlite.js';
import type { Peer } from '../peer.js';
import { countryOf, FIRST_KEY, INSERTED, keyOf, newReview } from '../workloads.js';

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

/** Rows of one INSERT: SQLite takes 32,766 parameters. */
const BATCH = 1000;

export const peer: Peer = {
  databases: ['sqlite'],
  async open({ location }) {
    const connection = new Database(location);
    connection.pragma('journal_mode = WAL');
    connection.pragma('synchronous = NORMAL');
    connection.pragma('foreign_keys = ON');
    const db = drizzle(connection, { schema });
    const filtered = (n: number) =>
      db
        .select()
        .from(books)
        .innerJoin(authors, eq(authors.id, books.authorId))
        .where(and(eq(authors.country, countryOf(n)), gte(books.pages, n % 500), like(books.title, `t${n}%`)));
    return {
      runs: {
        a: (n) =>
          db
            .select()
            .from(books)
            .where(eq(books.id, keyOf(n)))
            .get(),
        b: () => db.select().from(books).orderBy(asc(books.id)).limit(1000).all(),
        c: () =>
          db
            .select({ id: books.id, title: books.title, pages: books.pages })
            .from(books)
            .orderBy(asc(books.id))
            .limit(1000)
            .all(),
        d: (n) =>
          db
            .select({ book: books })
            .from(books)
            .innerJoin(authors, eq(authors.id, books.authorId))
            .innerJoin(publishers, eq(publishers.id, books.publisherId))
            .where(and(eq(authors.country, countryOf(n)), eq(publishers.country, countryOf(n + 3))))
            .orderBy(desc(books.views), asc(books.id))
            .limit(50)
            .all()
            .map(({ book }) => book),
        e: () =>
          db
            .select({ book: books, publisher: publishers })
            .from(books)
            .innerJoin(publishers, eq(publishers.id, books.publisherId))
            .orderBy(asc(books.id))
            .limit(1000)
            .all()
            .map(({ book, publisher }) => ({ ...book, publisher })),
        f: () =>
          db.query.authors.findMany({
            where: lte(authors.id, 100),
            orderBy: asc(authors.id),
            with: { books: { with: { tags: { with: { tag: true } } } } },
          }),
        g: () =>
          db
            .select({ publisherId: books.publisherId, n: count(books.id), pages: avg(books.pages) })
            .from(books)
            .groupBy(books.publisherId)
            .having(gt(count(books.id), 50))
            .orderBy(asc(books.publisherId))
            .all(),
        h: (n) => db.insert(reviews).values(newReview(n)).run(),
        i: (n) =>
          db.transaction((transaction) => {
            for (let start = 0; start < INSERTED; start += BATCH) {
              const rows = Array.from({ length: BATCH }, (_, index) => ({
                id: FIRST_KEY + n * INSERTED + start + index,
                ...newReview(start + index),
              }));
              transaction.insert(reviews).values(rows).run();
            }
          }),
        j: (n) =>
          db.transaction((transaction) => {
            for (let key = 1; key <= 1000; key += 1)
              transaction
                .update(books)
                .set({ views: key + n })
                .where(eq(books.id, key))
                .run();
          }),
        k: (n) =>
          db
            .update(books)
            .set({ views: sql`${books.views} + 1` })
            .where(eq(books.publisherId, 1 + (n % 200)))
            .run(),
        l: (n) =>
          db.transaction((transaction) => {
            for (let index = 0; index < 10; index += 1)
              transaction
                .insert(reviews)
                .values(newReview(n * 10 + index))
                .run();
            return transaction
              .select()
              .from(books)
              .where(eq(books.id, keyOf(n)))
              .get();
          }),
        o: (n) => filtered(n).toSQL(),
      },
      views: {
        f: (rows: any[]) =>
          rows.map((row) => ({
            name: row.name,
            books: row.books.map((book: any) => ({ ...book, tags: book.tags.map(({ tag }: any) => tag) })),
          })),
        g: (rows: any[]) => rows.map((row) => ({ ...row, pages: Number(row.pages) })),
      },
      close: async () => void connection.close(),
    };
  },
};
