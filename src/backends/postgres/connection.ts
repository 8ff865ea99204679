import { InterfaceError } from '../../errors.js';
import type { Connection, Notification, RunOptions, SessionWatcher, StatementResult } from '../backend.js';
import { cancelled } from '../cancelled.js';
import { readNaturally } from './natural-values.js';
import {
  type FieldDescription,
  PortalEnd,
  PortalStep,
  PreparedStatement,
  type ProtocolConnection,
  type ServerStatement,
  SimpleStatement,
} from './server-statement.js';
import { StatementNames } from './statement-names.js';

type Param = string | Buffer | null;

/** The little of node-postgres' Client that a session uses. */
export interface Client {
  query(statement: ServerStatement): unknown;
  end(): Promise<void>;
  ref?(): void;
  unref?(): void;
  on(event: 'error' | 'end', listener: (error?: unknown) => void): unknown;
  on(event: 'notification', listener: (message: Notification) => void): unknown;
  off(event: 'error' | 'end' | 'notification', listener: (message: any) => void): unknown;
  readonly connection: ProtocolConnection & {
    on(event: 'readyForQuery' | 'parseComplete', listener: (message?: { status: string }) => void): unknown;
  };
}

/** What a driver's parameter may be; anything else would be written as some text of its own choosing. */
function wireParam(value: unknown): Param {
  if (typeof value === 'string' || value === null || Buffer.isBuffer(value)) return value;
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  throw new InterfaceError(
    'invalid-parameter',
    "A parameter in the driver's form is text, a number, a boolean, bytes or null.",
  );
}

/** A statement whose plan no longer fits the tables: "cached plan must not change result type". */
const isStalePlan = (error: unknown): boolean => {
  const { code, routine } = error as { code?: unknown; routine?: unknown };
  return (code === '0A000' && routine === 'RevalidateCachedQuery') || code === '26000';
};

/** One session of a PostgreSQL server. */
export class PostgresConnection implements Connection {
  readonly #client: Client;
  readonly #cancel: () => Promise<void>;
  readonly #names: StatementNames | null;
  /** The last statement sent; the next waits for it. */
  #last: Promise<unknown> = Promise.resolve();
  #busy = 0;
  #current: ServerStatement | null = null;
  #portals = 0;
  #status = 'I';
  /** A BEGIN that is sent with the next statement, which saves a round trip; null for none. */
  #begin: string | null = null;
  #usable = true;
  #closing: Promise<void> | null = null;

  /** `cancel` asks the server to end what this session runs; `kept`: how many statements stay prepared, 0 for none. */
  constructor(client: Client, cancel: () => Promise<void>, kept: number) {
    this.#client = client;
    this.#cancel = cancel;
    this.#names = kept > 0 ? new StatementNames(kept) : null;
    client.on('error', () => (this.#usable = false));
    client.on('end', () => (this.#usable = false));
    client.connection.on('readyForQuery', (message) => (this.#status = message!.status));
    // The client keeps this to itself, and only for statements of its own kind.
    client.connection.on('parseComplete', () => this.#current?.handleParseComplete());
  }

  get usable(): boolean {
    return this.#usable;
  }

  async run(sql: string, params: readonly unknown[], options: RunOptions = {}): Promise<StatementResult> {
    const wire = params.map(wireParam);
    try {
      return await this.#runOnce(sql, wire, options);
    } catch (error) {
      if (!isStalePlan(error) || this.#names === null) throw error;
      this.#names.clear();
      // Inside a transaction the error has spoilt it.
      if (this.#status !== 'I') throw error;
      return this.#runOnce(sql, wire, options);
    }
  }

  async #runOnce(sql: string, params: readonly Param[], options: RunOptions): Promise<StatementResult> {
    const { prepare, wideColumns = [], columnNames = false, signal } = options;
    const isNatural = columnNames || wideColumns.length > 0;
    const statement = new PreparedStatement(sql, params, isNatural, prepare === true ? this.#names : null);
    await this.#exclusively(signal, () => this.#send(statement));
    const { fields, affected } = statement;
    const rows = statement.takeRows();
    if (isNatural) readNaturally(rows, fields, columnNames ? undefined : wideColumns);
    return columnNames ? { rows, affected, columnNames: fields.map(({ name }) => name) } : { rows, affected };
  }

  async *stream(
    sql: string,
    params: readonly unknown[],
    chunkSize: number,
    options: RunOptions = {},
  ): AsyncGenerator<unknown[][]> {
    const wire = params.map(wireParam);
    const { wideColumns = [], signal } = options;
    // A portal lives as long as its transaction.
    const ownTransaction = this.#status === 'I' && this.#begin === null;
    if (ownTransaction) await this.control('BEGIN');
    this.#portals++;
    const portal = `p${this.#portals}`;
    let fields: readonly FieldDescription[] = [];
    let isFirst = true;
    let isOpen = true;
    try {
      for (;;) {
        const step: PortalStep = new PortalStep(portal, chunkSize, isFirst ? { text: sql, params: wire } : null);
        isOpen = false;
        await this.#exclusively(signal, () => this.#send(step));
        isOpen = true;
        if (isFirst) fields = step.fields;
        isFirst = false;
        const rows = step.takeRows();
        if (wideColumns.length > 0) readNaturally(rows, fields, wideColumns);
        if (rows.length > 0) yield rows;
        if (!step.suspended) return;
      }
    } finally {
      // After an error the transaction is over, and the portal with it.
      if (this.#usable && isOpen && !ownTransaction)
        await this.#exclusively(undefined, () => this.#send(new PortalEnd(portal)));
      if (this.#usable && ownTransaction) await this.control(isOpen ? 'COMMIT' : 'ROLLBACK');
    }
  }

  async control(sql: string): Promise<void> {
    if (sql.startsWith('BEGIN') && this.#busy === 0) {
      this.#begin = sql;
      return;
    }
    if (this.#begin !== null && (sql === 'COMMIT' || sql === 'ROLLBACK')) {
      // nothing was done in this transaction, so the server never hears of it
      this.#begin = null;
      return;
    }
    await this.#exclusively(undefined, () => this.#send(new SimpleStatement(sql)));
  }

  /** Rows of a statement without parameters, as text; for the session's own settings. */
  async simple(sql: string): Promise<(string | null)[][]> {
    const statement = new SimpleStatement(sql);
    await this.#exclusively(undefined, () => this.#send(statement));
    return statement.takeRows();
  }

  keepProcess(keeps: boolean): void {
    if (keeps) this.#client.ref?.();
    else this.#client.unref?.();
  }

  watch({ notified, ended }: SessionWatcher): () => void {
    const onNotification = ({ channel, payload, processId }: Notification): void =>
      notified(Object.freeze({ channel, payload, processId }));
    this.#client.on('notification', onNotification);
    for (const event of ['error', 'end'] as const) this.#client.on(event, ended);
    return () => {
      this.#client.off('notification', onNotification);
      for (const event of ['error', 'end'] as const) this.#client.off(event, ended);
    };
  }

  close(): Promise<void> {
    this.#usable = false;
    // A server does not notice before it has a row to send that nobody is there any more.
    if (this.#busy > 0 && this.#closing === null) void this.#cancel();
    this.#closing ??= this.#client.end();
    return this.#closing;
  }

  #send(statement: ServerStatement): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      statement.resolve = resolve;
      statement.reject = (error) => {
        // The server says why before it hangs up.
        if (/^(FATAL|PANIC)$/.test(String((error as { severity?: unknown } | null)?.severity))) this.#usable = false;
        reject(error);
      };
      statement.begin = this.#begin;
      this.#begin = null;
      this.#current = statement;
      this.#client.query(statement);
    });
  }

  /** Runs `work` once what was sent before is answered; cancels it on the server when the signal says so. */
  #exclusively(signal: AbortSignal | undefined, work: () => Promise<void>): Promise<void> {
    const start = (): Promise<void> => (signal === undefined ? work() : this.#cancellable(signal, work));
    const current = this.#busy === 0 ? start() : this.#last.then(start, start);
    const done = (): void => {
      this.#busy--;
    };
    this.#busy++;
    this.#last = current;
    current.then(done, done);
    return current;
  }

  async #cancellable(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
    if (signal.aborted) throw cancelled(signal);
    let cancelling: Promise<void> | null = null;
    const onAbort = (): void => {
      cancelling = this.#cancel();
    };
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      await work();
    } catch (error) {
      if (signal.aborted && (error as { code?: unknown }).code === '57014') throw cancelled(signal, error);
      throw error;
    } finally {
      signal.removeEventListener('abort', onAbort);
      // The next statement must not be the one that is cancelled.
      await cancelling;
    }
  }
}
