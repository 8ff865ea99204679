import { DataError, InterfaceError } from '../../errors.js';
import { RecentMap } from '../../util/recent-map.js';
import type { Connection, RunOptions, StatementResult } from '../backend.js';
import { cancelled } from '../cancelled.js';
import { DecimalValue } from './driver-values.js';
import { expandLists } from './list-placeholders.js';

interface Header {
  readonly affectedRows?: number;
  readonly insertId?: number | string;
}
interface Field {
  readonly name: string;
  readonly columnType: number;
}
type Callback = (error: unknown, rows: unknown[][] | Header, fields?: readonly Field[]) => void;
/** Rows as they come, after one event that describes their columns. */
interface Rows extends AsyncIterable<unknown[]> {
  on(event: 'fields', listener: (fields: readonly Field[]) => void): unknown;
}
interface Command {
  stream(options: { highWaterMark: number; objectMode: true }): Rows;
}

/** The little of mysql2's Connection that a session uses. */
export interface Client {
  query(options: Record<string, unknown>, callback?: Callback): Command;
  execute(options: Record<string, unknown>, callback?: Callback): Command;
  end(callback: (error?: unknown) => void): void;
  destroy(): void;
  readonly stream: { ref?(): void; unref?(): void };
  on(event: 'error' | 'end', listener: (error?: unknown) => void): unknown;
  readonly threadId: number;
}

/** mysql2's typed parameters: how a value is said to be what it is. */
export interface TypedParameters {
  readonly LONGLONG: ((value: bigint) => unknown) & { readonly unsigned: (value: bigint) => unknown };
  readonly NEWDECIMAL: (value: string) => unknown;
}

/** The protocol's number for the type. */
const LONGLONG = 8;
const MOST_SIGNED = 2n ** 63n - 1n;
const NO_ROWS: readonly unknown[][] = [];

/** Rows of a statement that is still running, read as they are wanted. */
class Cursor {
  readonly #rows: AsyncIterator<unknown[]>;
  #buffer: unknown[][] = [];
  #wide: readonly number[] = [];
  #done = false;

  constructor(rows: Rows, wideColumns: readonly number[]) {
    if (wideColumns.length > 0)
      rows.on('fields', (fields) => (this.#wide = wideColumns.filter((index) => isWide(fields[index]))));
    this.#rows = rows[Symbol.asyncIterator]();
  }
  get isDone(): boolean {
    return this.#done;
  }
  async next(size: number): Promise<unknown[][]> {
    await this.#read(size);
    const rows = this.#buffer.splice(0, size);
    for (const index of this.#wide) widen(rows, index);
    return rows;
  }
  /** Takes all that is left into memory and so frees the session. */
  async drain(): Promise<void> {
    await this.#read(Number.POSITIVE_INFINITY);
  }
  async #read(size: number): Promise<void> {
    while (!this.#done && this.#buffer.length < size) {
      const step = await this.#rows.next();
      if (step.done === true) this.#done = true;
      else this.#buffer.push(step.value);
    }
  }
}

/** One session of a MySQL or MariaDB server. */
export class MysqlConnection implements Connection {
  readonly #client: Client;
  readonly #types: TypedParameters;
  readonly #cancel: () => Promise<void>;
  readonly #pieces = new RecentMap<string, readonly string[]>(1000);
  readonly #keys = new Map<string, readonly string[]>();
  /** The last statement sent; the next waits for it. */
  #last: Promise<unknown> = Promise.resolve();
  #busy = 0;
  #cursor: Cursor | null = null;
  #usable = true;
  /** Bytes of the longest statement that the server takes: it would answer a longer one by closing the session. */
  mostBytes = Number.POSITIVE_INFINITY;

  /** `cancel` asks the server to end what this session runs. */
  constructor(client: Client, types: TypedParameters, cancel: () => Promise<void>) {
    this.#client = client;
    this.#types = types;
    this.#cancel = cancel;
    client.on('error', () => (this.#usable = false));
    client.on('end', () => (this.#usable = false));
  }

  get usable(): boolean {
    return this.#usable;
  }

  async run(sql: string, params: readonly unknown[], options: RunOptions = {}): Promise<StatementResult> {
    const { prepare, signal } = options;
    // Not every statement can be prepared (definitions of tables, SHOW), and one that is not run again need not be.
    const isPrepared = prepare === true || params.length > 0;
    const ready = this.#ready(sql, params);
    try {
      return await this.#inTurn(signal, () => this.#send(isPrepared ? 'execute' : 'query', ready, options));
    } catch (error) {
      throw await this.#withColumns(error, sql);
    }
  }

  #send(how: 'execute' | 'query', { sql, values }: Ready, options: RunOptions): Promise<StatementResult> {
    return new Promise((resolve, reject) => {
      this.#client[how]({ sql, values, rowsAsArray: true }, (error, rows, fields) => {
        if (error) reject(this.#noted(error));
        else resolve(resultOf(rows, fields ?? [], options));
      });
    });
  }

  async *stream(
    sql: string,
    params: readonly unknown[],
    chunkSize: number,
    options: RunOptions = {},
  ): AsyncGenerator<unknown[][]> {
    const { signal, wideColumns = [] } = options;
    const ready = this.#ready(sql, params);
    let cursor: Cursor | null = null;
    try {
      for (;;) {
        const chunk: unknown[][] = await this.#inTurn(
          signal,
          async () => {
            if (cursor === null) {
              await this.#cursor?.drain();
              const rows = this.#client
                .execute({ sql: ready.sql, values: ready.values, rowsAsArray: true })
                .stream({ highWaterMark: chunkSize, objectMode: true });
              this.#cursor = cursor = new Cursor(rows, wideColumns);
            }
            return cursor.next(chunkSize).catch((error: unknown) => {
              throw this.#noted(error);
            });
          },
          cursor,
        );
        if (chunk.length === 0) return;
        yield chunk;
      }
    } finally {
      // A result must be read to its end before the session can go on; the server is told that nobody wants it.
      if (cursor !== null && this.#cursor === cursor) {
        this.#cursor = null;
        await this.#abandon(cursor);
      }
    }
  }

  async #abandon(cursor: Cursor): Promise<void> {
    if (cursor.isDone) return;
    const drained = this.#inTurn(undefined, () => cursor.drain().catch(() => {}), cursor);
    await this.#cancel();
    await drained;
  }

  async control(sql: string): Promise<void> {
    await this.#inTurn(undefined, () => this.#send('query', { sql, values: [] }, {}));
  }

  keepProcess(keeps: boolean): void {
    const { stream } = this.#client;
    if (keeps) stream.ref?.();
    else stream.unref?.();
  }

  close(): Promise<void> {
    this.#usable = false;
    // Else the server would hear of it when the statement is done.
    if (this.#busy > 0 || this.#cursor?.isDone === false) void this.#cancel();
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#client.destroy();
        resolve();
      }, 1000);
      this.#client.end(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /** Text and parameters as mysql2 takes them. */
  #ready(sql: string, params: readonly unknown[]): Ready {
    const expanded = expandLists(sql, params, this.#pieces);
    if (isLongerThan(expanded.sql, expanded.params, this.mostBytes))
      throw new DataError(
        'too-big',
        `The statement and its values are longer than the ${this.mostBytes} bytes that the server takes (max_allowed_packet).`,
      );
    return { sql: expanded.sql, values: expanded.params.map((value) => this.#typed(value)) };
  }

  #typed(value: unknown): unknown {
    switch (typeof value) {
      case 'string':
      case 'number':
        return value;
      case 'bigint':
        return value > MOST_SIGNED ? this.#types.LONGLONG.unsigned(value) : this.#types.LONGLONG(value);
      case 'boolean':
        return this.#types.LONGLONG(value ? 1n : 0n);
      default:
        if (value === null || Buffer.isBuffer(value)) return value;
        if (value instanceof DecimalValue) return this.#types.NEWDECIMAL(value.text);
        // mysql2 would make SQL of an object.
        throw new InterfaceError(
          'invalid-parameter',
          "A parameter in the driver's form is text, a number, a boolean, bytes or null.",
        );
    }
  }

  /** Runs `work` once what was sent before is answered. What is still being streamed is read to its end first, unless it is `reader`. */
  #inTurn<T>(signal: AbortSignal | undefined, work: () => Promise<T>, reader: Cursor | null = null): Promise<T> {
    const start = async (): Promise<T> => {
      if (this.#cursor !== null && this.#cursor !== reader) await this.#cursor.drain();
      return signal === undefined ? work() : this.#cancellable(signal, work);
    };
    const current = this.#busy === 0 ? start() : this.#last.then(start, start);
    const done = (): void => {
      this.#busy--;
    };
    this.#busy++;
    this.#last = current;
    current.then(done, done);
    return current;
  }

  async #cancellable<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    if (signal.aborted) throw cancelled(signal);
    let cancelling: Promise<void> | null = null;
    const onAbort = (): void => {
      cancelling = this.#cancel();
    };
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      return await work();
    } catch (error) {
      if (signal.aborted && (error as { errno?: unknown }).errno === 1317) throw cancelled(signal, error);
      throw error;
    } finally {
      signal.removeEventListener('abort', onAbort);
      // The next statement must not be the one that is cancelled.
      await cancelling;
    }
  }

  /** An error that ends the session. */
  #noted(error: unknown): unknown {
    if ((error as { fatal?: unknown }).fatal === true) this.#usable = false;
    return error;
  }

  /** The message names the key that was met, not its columns: they are looked up, once for each key. */
  async #withColumns(error: unknown, sql: string): Promise<unknown> {
    const { errno, sqlMessage } = error as { errno?: unknown; sqlMessage?: unknown };
    if (errno !== 1062 || typeof sqlMessage !== 'string' || !this.#usable) return error;
    const table = /^\s*(?:INSERT(?: IGNORE)? INTO|UPDATE) `((?:[^`]|``)*)`/.exec(sql)?.[1]?.replaceAll('``', '`');
    const key = /for key '(.*)'$/s.exec(sqlMessage)?.[1];
    if (table === undefined || key === undefined) return error;
    const columns = await this.#columnsOf(table, key.startsWith(`${table}.`) ? key.slice(table.length + 1) : key).catch(
      () => [],
    );
    return columns.length === 0 ? error : Object.assign(error as object, { keyColumns: columns });
  }

  async #columnsOf(table: string, key: string): Promise<readonly string[]> {
    const place = JSON.stringify([table, key]);
    const known = this.#keys.get(place);
    if (known !== undefined) return known;
    const sql =
      'SELECT column_name FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = ? AND index_name = ? ORDER BY seq_in_index';
    const { rows } = await this.#inTurn(undefined, () => this.#send('execute', { sql, values: [table, key] }, {}));
    const columns = rows.flatMap(([name]) => (typeof name === 'string' ? [name] : []));
    this.#keys.set(place, columns);
    return columns;
  }
}

interface Ready {
  readonly sql: string;
  readonly values: readonly unknown[];
}

function resultOf(
  rows: unknown[][] | Header,
  fields: readonly Field[],
  { columnNames = false, wideColumns }: RunOptions,
): StatementResult {
  if (Array.isArray(rows)) {
    const wide = columnNames ? fields.keys() : (wideColumns ?? []);
    for (const index of wide) if (isWide(fields[index])) widen(rows, index);
    const result = { rows, affected: rows.length };
    return columnNames ? { ...result, columnNames: fields.map(({ name }) => name) } : result;
  }
  const { affectedRows = 0, insertId } = rows;
  const result = { rows: NO_ROWS, affected: affectedRows };
  return insertId === undefined || insertId === 0
    ? result
    : { ...result, insertId: typeof insertId === 'string' ? BigInt(insertId) : insertId };
}

/** What a value takes beside its own bytes. */
const OVERHEAD = 16;
const LONGEST_CHARACTER = 3;

/** Whether a statement has more bytes than `most`. Counted exactly only where it comes near. */
function isLongerThan(sql: string, params: readonly unknown[], most: number): boolean {
  let rough = sql.length * LONGEST_CHARACTER;
  for (const value of params)
    rough +=
      typeof value === 'string'
        ? value.length * LONGEST_CHARACTER
        : value instanceof Uint8Array
          ? value.length
          : OVERHEAD;
  if (rough + params.length * OVERHEAD <= most) return false;
  let exact = Buffer.byteLength(sql);
  for (const value of params)
    exact += (typeof value === 'string' || value instanceof Uint8Array ? Buffer.byteLength(value) : 0) + OVERHEAD;
  return exact > most;
}

/** Whether a column holds whole numbers of 64 bits. */
const isWide = (field: Field | undefined): boolean => field?.columnType === LONGLONG;

/** Whole numbers that JavaScript holds only rounded come as texts. */
function widen(rows: readonly unknown[][], index: number): void {
  for (const row of rows) if (typeof row[index] === 'string') row[index] = BigInt(row[index]);
}
