import pg from 'pg';
import type { Session } from '../peer.js';
import { countryOf, FIRST_KEY, INSERTED, keyOf, newReview } from '../workloads.js';

const BOOK = 'b.id, b.title, b.pages, b.price, b.views, b.published_at, b.updated_at, b.publisher_id, b.author_id';
const bookOf = (row: any) => ({
  id: row.id,
  title: row.title,
  pages: row.pages,
  price: row.price,
  views: row.views,
  publishedAt: row.published_at,
  updatedAt: row.updated_at,
  publisherId: row.publisher_id,
  authorId: row.author_id,
});

/** node-postgres as its manual says: rows as objects, named (prepared) statements. */
export async function openRaw(url: string): Promise<Session> {
  const client = new pg.Client(url);
  await client.connect();
  let statements = 0;
  const prepared = (text: string) => {
    statements += 1;
    const name = `s${statements}`;
    return async (...values: unknown[]): Promise<any[]> => (await client.query({ name, text, values })).rows;
  };
  const get = prepared(`SELECT ${BOOK} FROM bench_book b WHERE b.id = $1`);
  const page = prepared(`SELECT ${BOOK} FROM bench_book b ORDER BY b.id LIMIT $1`);
  const three = prepared('SELECT id, title, pages FROM bench_book ORDER BY id LIMIT $1');
  const filtered = prepared(
    `SELECT ${BOOK} FROM bench_book b JOIN bench_author a ON a.id = b.author_id JOIN bench_publisher p ON p.id = b.publisher_id
     WHERE a.country = $1 AND p.country = $2 ORDER BY b.views DESC, b.id LIMIT 50`,
  );
  const joined = prepared(
    `SELECT ${BOOK}, p.name AS publisher_name, p.country AS publisher_country FROM bench_book b
     JOIN bench_publisher p ON p.id = b.publisher_id ORDER BY b.id LIMIT $1`,
  );
  const authors = prepared('SELECT id, name, country, joined FROM bench_author WHERE id <= $1 ORDER BY id');
  const booksOf = prepared(`SELECT ${BOOK} FROM bench_book b WHERE b.author_id = ANY($1)`);
  const tagsOf = prepared(
    'SELECT bt.book_id, t.id, t.name FROM bench_tag t JOIN bench_book_tags bt ON bt.tag_id = t.id WHERE bt.book_id = ANY($1)',
  );
  const grouped = prepared(
    `SELECT publisher_id AS "publisherId", count(id) AS n, avg(pages)::float8 AS pages FROM bench_book GROUP BY publisher_id
     HAVING count(id) > 50 ORDER BY publisher_id`,
  );
  const insert = prepared('INSERT INTO bench_review (rating, body, created_at, book_id) VALUES ($1, $2, $3, $4)');
  const insertKeyed = prepared(
    'INSERT INTO bench_review (id, rating, body, created_at, book_id) VALUES ($1, $2, $3, $4, $5)',
  );
  const setViews = prepared('UPDATE bench_book SET views = $1 WHERE id = $2');
  const increment = prepared('UPDATE bench_book SET views = views + 1 WHERE publisher_id = $1');
  const fetchReviews = prepared('FETCH 2000 FROM all_reviews');

  const insertReview = (n: number) => {
    const { rating, body, createdAt, bookId } = newReview(n);
    return insert(rating, body, createdAt, bookId);
  };
  const inTransaction = async <T>(work: () => Promise<T>): Promise<T> => {
    await client.query('BEGIN');
    const result = await work();
    await client.query('COMMIT');
    return result;
  };

  return {
    runs: {
      a: async (n) => bookOf((await get(keyOf(n)))[0]),
      b: async () => (await page(1000)).map(bookOf),
      c: () => three(1000),
      d: async (n) => (await filtered(countryOf(n), countryOf(n + 3))).map(bookOf),
      e: async () =>
        (await joined(1000)).map((row) => {
          const publisher = { id: row.publisher_id, name: row.publisher_name, country: row.publisher_country };
          return { ...bookOf(row), publisher };
        }),
      f: async () => {
        const found = (await authors(100)).map((row) => ({ ...row, books: [] as unknown[] }));
        const byAuthor = new Map(found.map((author) => [author.id, author]));
        const books = (await booksOf([...byAuthor.keys()])).map((row) => ({ ...bookOf(row), tags: [] as unknown[] }));
        for (const book of books) byAuthor.get(book.authorId)!.books.push(book);
        const byBook = new Map(books.map((book) => [book.id, book]));
        for (const tag of await tagsOf([...byBook.keys()]))
          byBook.get(tag.book_id)!.tags.push({ id: tag.id, name: tag.name });
        return found;
      },
      g: () => grouped(),
      h: insertReview,
      i: (n) =>
        inTransaction(async () => {
          for (let index = 0; index < INSERTED; index += 1) {
            const { rating, body, createdAt, bookId } = newReview(index);
            await insertKeyed(FIRST_KEY + n * INSERTED + index, rating, body, createdAt, bookId);
          }
        }),
      j: (n) =>
        inTransaction(async () => {
          for (let id = 1; id <= 1000; id += 1) await setViews(id + n, id);
        }),
      k: (n) => increment(1 + (n % 200)),
      l: (n) =>
        inTransaction(async () => {
          for (let index = 0; index < 10; index += 1) await insertReview(n * 10 + index);
          return bookOf((await get(keyOf(n)))[0]);
        }),
      m: () =>
        inTransaction(async () => {
          let sum = 0;
          await client.query(
            'DECLARE all_reviews CURSOR FOR SELECT id, rating, body, created_at, book_id FROM bench_review ORDER BY id LIMIT 100000',
          );
          for (let rows = await fetchReviews(); rows.length > 0; rows = await fetchReviews()) {
            for (const row of rows) {
              const review = {
                id: row.id,
                rating: row.rating,
                body: row.body,
                createdAt: row.created_at,
                bookId: row.book_id,
              };
              sum += review.rating + (review.createdAt.getTime() % 1000);
            }
          }
          return sum;
        }),
    },
    close: () => client.end(),
  };
}
