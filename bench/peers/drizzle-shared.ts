import { type Placeholder, sql } from 'drizzle-orm';
import type { Session } from '../peer.js';

// Drizzle's tables, relations and queries are typed by their dialect, and so each database has its own; this is what is left.

/** A value, or its place in a statement that is prepared. */
export type Given<T> = T | Placeholder;

/** A review to insert. A type alias: an interface would not do as a record of parameters. */
export type NewReview = {
  readonly id?: Given<number>;
  readonly rating: Given<number>;
  readonly body: Given<string>;
  readonly createdAt: Given<Date>;
  readonly bookId: Given<number>;
};

/** A review whose values are given when the statement runs. */
export const placeholders: NewReview = {
  rating: sql.placeholder('rating'),
  body: sql.placeholder('body'),
  createdAt: sql.placeholder('createdAt'),
  bookId: sql.placeholder('bookId'),
};

export const views: Session['views'] = {
  f: (rows: any[]) =>
    rows.map((row) => ({
      name: row.name,
      books: row.books.map((book: any) => ({ ...book, tags: book.tags.map(({ tag }: any) => tag) })),
    })),
};
