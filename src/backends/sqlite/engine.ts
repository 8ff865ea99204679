/** What this backend needs of a driver: the little that better-sqlite3 and node:sqlite have in common, by one name each. */
export interface Engine {
  prepare(sql: string): EngineStatement;
  /** Runs statements without parameters. */
  exec(sql: string): void;
  close(): void;
  readonly open: boolean;
  /** Whether a transaction is open; SQLite ends one by itself when it runs out of space or memory. */
  readonly inTransaction: boolean;
}

/** A prepared statement. Rows are arrays. */
export interface EngineStatement {
  /** Whether it gives rows. */
  readonly reader: boolean;
  /** Whether it changes nothing. */
  readonly readOnly: boolean;
  all(params: readonly unknown[]): unknown[][];
  /** The first row, without looking for a second; undefined where there is none. */
  first(params: readonly unknown[]): unknown[] | undefined;
  run(params: readonly unknown[]): { readonly changes: number; readonly lastInsertRowid: number | bigint };
  iterate(params: readonly unknown[]): IterableIterator<unknown[]>;
  /** Whether whole numbers come as bigint. */
  bigints(on: boolean): void;
  columnNames(): string[];
}

/** Opens a file or `:memory:` with all functions of `sql-functions/` registered. */
export type OpenEngine = (file: string, busyTimeout: number) => Engine;
