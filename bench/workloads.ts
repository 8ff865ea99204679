import { createHash } from 'node:crypto';

/** One line of the table. */
export interface Workload {
  readonly letter: string;
  readonly title: string;
  /** Calls of one timed sample. */
  readonly repeat: number;
  /** A result in a form in which those of all peers are equal. */
  view(result: any): unknown;
  /** For writes: a query that tells what was written. It gives one row. */
  readonly written?: string;
  /** For writes: a statement that undoes them, run between samples and not timed. */
  readonly undo?: string;
}

const iso = (date: Date): string => date.toISOString();
const book = (row: any): unknown[] => [
  row.id,
  row.title,
  row.pages,
  row.price,
  row.views,
  iso(row.publishedAt),
  iso(row.updatedAt),
  row.publisherId,
  row.authorId,
];
const nothing = (): null => null;
const BODY_MARK = 'written by the benchmark';
const reviews = `SELECT count(*) AS n, sum(rating) AS ratings, sum(book_id) AS books FROM bench_review WHERE body = '${BODY_MARK}'`;
const undoReviews = `DELETE FROM bench_review WHERE body = '${BODY_MARK}'`;

const undoViews = 'UPDATE bench_book SET views = id % 1000 WHERE views <> id % 1000';

/** Rows that are inserted: the same for all peers. */
export const newReview = (n: number) => ({
  rating: 1 + (n % 5),
  body: BODY_MARK,
  createdAt: new Date(1.7e12 + n * 1000),
  bookId: 1 + (n % 10_000),
});
/** The key of the first of the rows that (i) inserts. */
export const FIRST_KEY = 50_000_000;
export const INSERTED = 10_000;
/** The row at `index` of the n-th call that inserts many: `newReview` with a key, written out, for a copy would be timed too. */
export const keyedReview = (n: number, index: number) => ({
  id: FIRST_KEY + n * INSERTED + index,
  rating: 1 + (index % 5),
  body: BODY_MARK,
  createdAt: new Date(1.7e12 + index * 1000),
  bookId: 1 + (index % 10_000),
});
/** A key for the n-th call. */
export const keyOf = (n: number): number => 1 + ((n * 7919) % 10_000);
export const countryOf = (n: number): string => `C${n % 20}`;

export const workloads: readonly Workload[] = [
  { letter: 'a', title: 'get by primary key', repeat: 10000, view: book },
  { letter: 'b', title: '1,000 rows as instances with real dates', repeat: 30, view: (rows) => rows.map(book) },
  {
    letter: 'c',
    title: '1,000 rows, 3 columns, plain',
    repeat: 100,
    view: (rows) => rows.map((row: any) => [row.id, row.title, row.pages]),
  },
  { letter: 'd', title: 'filter across two relations, order, limit 50', repeat: 300, view: (rows) => rows.map(book) },
  {
    letter: 'e',
    title: '1,000 books with publisher by JOIN',
    repeat: 15,
    view: (rows) => rows.map((row: any) => [...book(row), row.publisher.id, row.publisher.name]),
  },
  {
    letter: 'f',
    title: '100 authors, their books, the books’ tags',
    repeat: 15,
    view: (rows) =>
      rows.map((row: any) => [
        row.name,
        row.books
          .map((each: any) => [each.id, each.title, each.tags.map((tag: any) => tag.name).sort()])
          .sort((a: any, b: any) => a[0] - b[0]),
      ]),
  },
  {
    letter: 'g',
    title: 'group by with count, avg, having',
    repeat: 20,
    view: (rows) => rows.map((row: any) => [row.publisherId, Number(row.n), Math.round(row.pages * 1e6)]),
  },
  { letter: 'h', title: 'insert one, autocommit', repeat: 4000, view: nothing, written: reviews, undo: undoReviews },
  {
    letter: 'i',
    title: 'insert 10,000 in one transaction',
    repeat: 3,
    view: nothing,
    written: reviews.replace('AS n,', 'AS n, min(id) AS first, max(id) AS last,'),
    undo: undoReviews,
  },
  {
    letter: 'j',
    title: 'update 1,000 rows, each its own value',
    repeat: 60,
    view: nothing,
    written: 'SELECT count(*) AS n, sum(views * (id % 1000)) AS views FROM bench_book',
    undo: undoViews,
  },
  {
    letter: 'k',
    title: 'update views = views + 1, filtered',
    repeat: 500,
    view: nothing,
    written: 'SELECT count(*) AS n, sum(views) AS views FROM bench_book',
    undo: undoViews,
  },
  {
    letter: 'l',
    title: 'transaction: 10 inserts and a read',
    repeat: 1000,
    view: (row) => row.title,
    written: reviews,
    undo: undoReviews,
  },
  { letter: 'm', title: 'stream 100,000 rows as instances', repeat: 2, view: (result) => result },
  { letter: 'o', title: 'build a three-lookup query to SQL', repeat: 20000, view: nothing },
];

/** The digest of an answer: equal for equal answers. */
export const digest = (view: unknown): string => createHash('sha1').update(JSON.stringify(view)).digest('hex');
