import { OperationalError } from '../../errors.js';
import type { Connection, RunOptions, StatementResult } from '../backend.js';
import { cancelled } from '../cancelled.js';
import type { Engine, EngineStatement } from './engine.js';
import { StatementCache } from './statement-cache.js';

/** Statements kept prepared on a connection. */
const KEPT = 500;
const NO_ROWS: readonly (readonly unknown[])[] = Object.freeze([]);

/** Rows of a statement that is still running, read as they are wanted. */
class Cursor {
  readonly #rows: Iterator<unknown[]>;
  /** Rows that had to be read before they were wanted, from `#position` on. */
  #buffer: unknown[][] = [];
  #position = 0;
  #done = false;

  constructor(rows: IterableIterator<unknown[]>) {
    this.#rows = rows;
  }

  next(size: number): unknown[][] {
    if (this.#position < this.#buffer.length) {
      const chunk = this.#buffer.slice(this.#position, this.#position + size);
      this.#position += chunk.length;
      return chunk;
    }
    return this.#read(size);
  }

  #read(size: number): unknown[][] {
    const chunk: unknown[][] = [];
    while (!this.#done && chunk.length < size) {
      const step = this.#rows.next();
      if (step.done === true) this.#done = true;
      else chunk.push(step.value);
    }
    return chunk;
  }

  /** Takes all that is left into memory and so ends the statement. */
  drain(): void {
    if (this.#done) return;
    this.#buffer = this.#buffer.slice(this.#position).concat(this.#read(Number.POSITIVE_INFINITY));
    this.#position = 0;
  }

  close(): void {
    this.#buffer = [];
    if (!this.#done) this.#rows.return?.();
    this.#done = true;
  }
}

/** One SQLite session. The engine works while it is called, so that there is nothing to wait for. */
export class SqliteConnection implements Connection {
  readonly #engine: Engine;
  readonly #statements: StatementCache<EngineStatement>;
  readonly #cursors = new Set<Cursor>();

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#statements = new StatementCache(KEPT, (sql) => engine.prepare(sql));
  }

  get usable(): boolean {
    return this.#engine.open;
  }

  run(sql: string, params: readonly unknown[], options?: RunOptions): StatementResult {
    if (options?.signal?.aborted === true) throw cancelled(options.signal);
    const statement = options?.prepare === false ? this.#engine.prepare(sql) : this.#statements.get(sql);
    if (!statement.readOnly) this.#drainCursors();
    if (!statement.reader) {
      const { changes, lastInsertRowid } = statement.run(params);
      return { rows: NO_ROWS, affected: changes, insertId: lastInsertRowid };
    }
    if (options?.columnNames === true) {
      const columnNames = statement.columnNames();
      const rows = this.#rows(statement, params, all, [...columnNames.keys()]);
      for (const row of rows) narrow(row);
      return { rows, affected: rows.length, columnNames };
    }
    const rows = this.#rows(statement, params, options?.oneRow === true ? first : all, options?.wideColumns);
    return { rows, affected: rows.length };
  }

  /** Plain numbers are read faster than bigints, so bigints are asked for only where a number was rounded, or may be and cannot be read again. */
  #rows(
    statement: EngineStatement,
    params: readonly unknown[],
    read: Read,
    wide: readonly number[] | undefined,
  ): unknown[][] {
    if (wide === undefined || wide.length === 0) return read(statement, params);
    if (statement.readOnly) {
      const rows = this.#tryNumbers(statement, params, read);
      if (rows !== null && !hasUnsafeNumber(rows, wide)) return rows;
    }
    statement.bigints(true);
    try {
      return read(statement, params);
    } finally {
      statement.bigints(false);
    }
  }

  /** node:sqlite refuses to round and throws instead. */
  #tryNumbers(statement: EngineStatement, params: readonly unknown[], read: Read): unknown[][] | null {
    try {
      return read(statement, params);
    } catch (error) {
      if ((error as { code?: unknown }).code === 'ERR_OUT_OF_RANGE') return null;
      throw error;
    }
  }

  async *stream(
    sql: string,
    params: readonly unknown[],
    chunkSize: number,
    options?: RunOptions,
  ): AsyncGenerator<readonly (readonly unknown[])[]> {
    // A statement of its own: a cached one could be run again while it is still being read.
    const statement = this.#engine.prepare(sql);
    // What has been given cannot be read again.
    if ((options?.wideColumns?.length ?? 0) > 0) statement.bigints(true);
    if (!statement.readOnly) this.#drainCursors();
    const cursor = new Cursor(statement.iterate(params));
    this.#cursors.add(cursor);
    try {
      for (;;) {
        if (options?.signal?.aborted === true) throw cancelled(options.signal);
        if (!this.#engine.open)
          throw new OperationalError('connection-lost', 'The database was closed while rows of it were read.');
        const chunk = cursor.next(chunkSize);
        if (chunk.length === 0) return;
        yield chunk;
      }
    } finally {
      this.#cursors.delete(cursor);
      cursor.close();
    }
  }

  control(sql: string): void {
    this.#drainCursors();
    if (sql === 'ROLLBACK' && !this.#engine.inTransaction) return;
    // The few words of transactions come again and again; a setting may give rows, which only exec() leaves aside.
    if (sql.startsWith('PRAGMA')) this.#engine.exec(sql);
    else this.#statements.get(sql).run([]);
  }

  async close(): Promise<void> {
    for (const cursor of this.#cursors) cursor.close();
    this.#cursors.clear();
    if (this.#engine.open) this.#engine.close();
  }

  /** A connection that is still reading may not write (better-sqlite3), and whoever reads shall see what was there at the start. */
  #drainCursors(): void {
    for (const cursor of this.#cursors) cursor.drain();
  }
}

type Read = (statement: EngineStatement, params: readonly unknown[]) => unknown[][];
const all: Read = (statement, params) => statement.all(params);
/** A list of rows that the engine fills costs it more than the row. */
const first: Read = (statement, params) => {
  const row = statement.first(params);
  return row === undefined ? [] : [row];
};

/** Numbers for the bigints that numbers hold. */
function narrow(row: unknown[]): void {
  for (let index = 0; index < row.length; index++) {
    const value = row[index];
    if (typeof value === 'bigint' && Number.isSafeInteger(Number(value))) row[index] = Number(value);
  }
}

function hasUnsafeNumber(rows: readonly (readonly unknown[])[], wide: readonly number[]): boolean {
  for (const row of rows) {
    for (const index of wide) {
      const value = row[index] as number;
      if (value > Number.MAX_SAFE_INTEGER || value < Number.MIN_SAFE_INTEGER) return true;
    }
  }
  return false;
}
