export const ONE = 'SELECT id, name, price FROM item WHERE id = $1';
export const MANY = 'SELECT id, name, price FROM item ORDER BY id LIMIT $1';
export const INSERT = 'INSERT INTO item (name, price) VALUES ($1, $2)';
export const STREAM = 'SELECT id, name, price FROM item WHERE id <= 100000';

/** What a driver is asked to do, on one connection. */
export interface Tasks {
  /** One row by its key, by a statement that stays prepared. */
  one(key: number): Promise<readonly unknown[]>;
  /** A thousand rows as arrays; gives how many came. */
  many(): Promise<number>;
  insert(name: string): Promise<void>;
  /** Inserts in one transaction, none of which waits for the one before. */
  transaction(names: readonly string[]): Promise<void>;
  /** All rows in chunks of 2,000; gives how many came. */
  stream(): Promise<number>;
  /** Starts a statement of five seconds and ends it on the server after 20 ms. */
  cancel(): Promise<void>;
  close(): Promise<void>;
}
