import { sql } from 'drizzle-orm';
import type { Session } from '../peer.js';

// Drizzle's tables, relations and queries are typed by their dialect, and so each database has its own; this is what is left.

/** A review whose values are given when the statement runs. */
export const review = {
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
