import { AsyncLocalStorage } from 'node:async_hooks';
import type Database from 'better-sqlite3';
import { textOf } from '../data/sqlite.js';
import type { Peer } from '../peer.js';
import { keyOf, newReview } from '../workloads.js';
import { BOOK, bookOf, connect, INSERT_REVIEW } from './raw-sqlite.js';

/**
 * The driver behind `async` functions, which find their transaction by AsyncLocalStorage: the least that an interface takes whose transactions
 * follow the asynchronous calls. No library; it is measured only when it is named.
 */
export const peer: Peer = {
  databases: ['sqlite'],
  async open({ location }) {
    const db = connect(location);
    const get = db.prepare(`SELECT ${BOOK} FROM bench_book b WHERE b.id = ?`);
    const insert = db.prepare(INSERT_REVIEW);
    const begin = db.prepare('BEGIN IMMEDIATE');
    const commit = db.prepare('COMMIT');
    const rollback = db.prepare('ROLLBACK');
    // Asked before each statement, as a library has to; here there is one connection, and one statement of a kind.
    const transactions = new AsyncLocalStorage<Database.Database>();

    const readBook = async (n: number) => {
      transactions.getStore();
      return bookOf(get.get(keyOf(n)));
    };
    const insertReview = async (n: number) => {
      transactions.getStore();
      const { rating, body, createdAt, bookId } = newReview(n);
      insert.run(rating, body, textOf(createdAt), bookId);
    };
    const atomic = async <T>(block: () => Promise<T>): Promise<T> => {
      begin.run();
      try {
        const result = await transactions.run(db, block);
        commit.run();
        return result;
      } catch (error) {
        rollback.run();
        throw error;
      }
    };
    return {
      runs: {
        a: readBook,
        h: insertReview,
        l: (n) =>
          atomic(async () => {
            for (let index = 0; index < 10; index += 1) await insertReview(n * 10 + index);
            return readBook(n);
          }),
      },
      close: async () => void db.close(),
    };
  },
};
