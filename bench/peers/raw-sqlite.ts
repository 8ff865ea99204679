import Database from 'better-sqlite3';
import { textOf } from '../data/sqlite.js';
import type { Session } from '../peer.js';
import { countryOf, FIRST_KEY, INSERTED, keyOf, newReview } from '../workloads.js';

export const BOOK =
  'b.id, b.title, b.pages, b.price, b.views, b.published_at, b.updated_at, b.publisher_id, b.author_id';

const dateOf = (text: string): Date => new Date(`${text.replace(' ', 'T')}Z`);
export const bookOf = (row: any) => ({
  id: row.id,
  title: row.title,
  pages: row.pages,
  price: row.price,
  views: row.views,
  publishedAt: dateOf(row.published_at),
  updatedAt: dateOf(row.updated_at),
  publisherId: row.publisher_id,
  authorId: row.author_id,
});

export const INSERT_REVIEW = 'INSERT INTO bench_review (rating, body, created_at, book_id) VALUES (?, ?, ?, ?)';

/** A connection with the settings that all peers share. */
export function connect(file: string): Database.Database {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  db.pragma('foreign_keys = ON');
  return db;
}

/** better-sqlite3 as its manual says: rows as objects, prepared statements kept. */
export function openRaw(file: string): Session {
  const db = connect(file);
  const get = db.prepare(`SELECT ${BOOK} FROM bench_book b WHERE b.id = ?`);
  const page = db.prepare(`SELECT ${BOOK} FROM bench_book b ORDER BY b.id LIMIT ?`);
  const three = db.prepare('SELECT id, title, pages FROM bench_book ORDER BY id LIMIT ?');
  const filtered = db.prepare(
    `SELECT ${BOOK} FROM bench_book b JOIN bench_author a ON a.id = b.author_id JOIN bench_publisher p ON p.id = b.publisher_id
     WHERE a.country = ? AND p.country = ? ORDER BY b.views DESC, b.id LIMIT 50`,
  );
  const joined = db.prepare(
    `SELECT ${BOOK}, p.name AS publisher_name, p.country AS publisher_country FROM bench_book b
     JOIN bench_publisher p ON p.id = b.publisher_id ORDER BY b.id LIMIT ?`,
  );
  const authors = db.prepare('SELECT id, name, country, joined FROM bench_author WHERE id <= ? ORDER BY id');
  const booksOf = db.prepare(`SELECT ${BOOK} FROM bench_book b WHERE b.author_id IN (SELECT value FROM json_each(?))`);
  const tagsOf = db.prepare(
    `SELECT bt.book_id, t.id, t.name FROM bench_tag t JOIN bench_book_tags bt ON bt.tag_id = t.id
     WHERE bt.book_id IN (SELECT value FROM json_each(?))`,
  );
  const grouped = db.prepare(
    'SELECT publisher_id AS publisherId, count(id) AS n, avg(pages) AS pages FROM bench_book GROUP BY publisher_id HAVING count(id) > 50 ORDER BY publisher_id',
  );
  const insert = db.prepare(INSERT_REVIEW);
  const insertKeyed = db.prepare(
    'INSERT INTO bench_review (id, rating, body, created_at, book_id) VALUES (?, ?, ?, ?, ?)',
  );
  const setViews = db.prepare('UPDATE bench_book SET views = ? WHERE id = ?');
  const increment = db.prepare('UPDATE bench_book SET views = views + 1 WHERE publisher_id = ?');
  const allReviews = db.prepare(
    'SELECT id, rating, body, created_at, book_id FROM bench_review ORDER BY id LIMIT 100000',
  );

  const insertReview = (n: number): void => {
    const { rating, body, createdAt, bookId } = newReview(n);
    insert.run(rating, body, textOf(createdAt), bookId);
  };
  const insertMany = db.transaction((n: number) => {
    for (let index = 0; index < INSERTED; index += 1) {
      const { rating, body, createdAt, bookId } = newReview(index);
      insertKeyed.run(FIRST_KEY + n * INSERTED + index, rating, body, textOf(createdAt), bookId);
    }
  });
  const updateMany = db.transaction((n: number) => {
    for (let id = 1; id <= 1000; id += 1) setViews.run(id + n, id);
  });
  const tenAndRead = db.transaction((n: number) => {
    for (let index = 0; index < 10; index += 1) insertReview(n * 10 + index);
    return bookOf(get.get(keyOf(n)));
  });

  return {
    runs: {
      a: (n) => bookOf(get.get(keyOf(n))),
      b: () => page.all(1000).map(bookOf),
      c: () => three.all(1000),
      d: (n) => filtered.all(countryOf(n), countryOf(n + 3)).map(bookOf),
      e: () =>
        joined.all(1000).map((row: any) => {
          const publisher = { id: row.publisher_id, name: row.publisher_name, country: row.publisher_country };
          return { ...bookOf(row), publisher };
        }),
      f: () => {
        const found = authors
          .all(100)
          .map((row: any) => ({ ...row, joined: dateOf(row.joined), books: [] as unknown[] }));
        const byAuthor = new Map(found.map((author) => [author.id, author]));
        const books = booksOf
          .all(JSON.stringify([...byAuthor.keys()]))
          .map((row) => ({ ...bookOf(row), tags: [] as unknown[] }));
        for (const book of books) byAuthor.get(book.authorId)!.books.push(book);
        const byBook = new Map(books.map((book) => [book.id, book]));
        for (const tag of tagsOf.all(JSON.stringify([...byBook.keys()])) as any[])
          byBook.get(tag.book_id)!.tags.push({ id: tag.id, name: tag.name });
        return found;
      },
      g: () => grouped.all(),
      h: insertReview,
      i: insertMany,
      j: updateMany,
      k: (n) => increment.run(1 + (n % 200)),
      l: tenAndRead,
      m: () => {
        let sum = 0;
        for (const row of allReviews.iterate() as Iterable<any>) {
          const review = {
            id: row.id,
            rating: row.rating,
            body: row.body,
            createdAt: dateOf(row.created_at),
            bookId: row.book_id,
          };
          sum += review.rating + (review.createdAt.getTime() % 1000);
        }
        return sum;
      },
    },
    close: async () => void db.close(),
  };
}
