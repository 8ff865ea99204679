import type { BeginOptions, Connection, Driver, StatementResult } from '../backends/backend.js';
import { borrower, type Lease, type LoanInfo, told } from '../backends/loan.js';
import { Pool, type PoolStatus } from '../backends/pool.js';
import { OperationalError } from '../errors.js';
import type { Eventual } from '../util/eventual.js';
import { settledWithin } from '../util/settled-within.js';
import { AtomicBlocks, type AtomicOptions, type Committed, runHooks, type Work } from './atomic-blocks.js';
import { type Block, currentBlock } from './block.js';
import { currentSignal } from './cancellation.js';
import type { ConnectionOptions } from './connection-options.js';
import { withRetries } from './retries.js';
import { cancellable, Sender, type Statement } from './sender.js';
import { noteWrite } from './write-watch.js';

/** Whether loans that may last remember who borrowed. */
const NOTES_BORROWERS = process.env.NODE_ENV !== 'production';

type Rows = readonly (readonly unknown[])[];

/** A connection beside the pool. */
interface OwnConnection {
  readonly purpose: string;
  readonly since: number;
  readonly atClose: () => Promise<unknown>;
}

/**
 * Which connection a statement runs on: that of the transaction in which the calling code stands, else one of the pool.
 * Nothing else in the library touches connections.
 */
export class Sessions {
  readonly #alias: string;
  readonly #driver: Driver;
  readonly #sender: Sender;
  readonly #blocks: AtomicBlocks;
  readonly #readers: Pool;
  readonly #writers: Pool;
  /** Connections beside the pool, and what is waited for before the database closes. */
  readonly #own = new Map<Connection, OwnConnection>();
  #closed = false;

  constructor(alias: string, driver: Driver, { waitTimeout, limits, poolSize }: ConnectionOptions) {
    this.#alias = alias;
    this.#driver = driver;
    this.#sender = new Sender(alias, driver);
    this.#blocks = new AtomicBlocks({ owner: this, alias, driver, sender: this.#sender, waitTimeout });
    const pool = (purpose: 'read' | 'write', size: number): Pool => {
      const open = (): Promise<Connection> => this.#sender.wrapped('', () => driver.connect(purpose));
      const ofServer = driver.sharing === 'many' ? { limits } : {};
      return new Pool({ size, waitTimeout, label: `database '${alias}'`, open, ...ofServer });
    };
    const most = poolSize === null ? driver.poolSize : Math.min(poolSize, driver.poolSize);
    const single = driver.sharing === 'single-writer';
    this.#writers = pool('write', single ? 1 : most);
    this.#readers = single ? pool('read', most) : this.#writers;
  }

  /** The block in which the calling code runs. */
  get block(): Block | null {
    return currentBlock(this);
  }

  /** What the connections do. Readers and writers count together. */
  get pool(): PoolStatus {
    const writers = this.#writers.status;
    if (this.#readers === this.#writers) return writers;
    const readers = this.#readers.status;
    return {
      size: readers.size + writers.size,
      open: readers.open + writers.open,
      idle: readers.idle + writers.idle,
      waiting: readers.waiting + writers.waiting,
      lent: [...readers.lent, ...writers.lent],
    };
  }

  /** Runs a statement and gives its rows. Errors are told by a promise. */
  run(statement: Statement): Eventual<StatementResult> {
    const block = currentBlock(this);
    return block === null ? this.#runAlone(statement) : this.#runInBlock(block, statement);
  }

  #runAlone(statement: Statement): Eventual<StatementResult> {
    const pool = statement.readOnly ? this.#readers : this.#writers;
    const member = pool.tryTake();
    if (member === null) return this.#waitAndRun(pool, statement);
    const sent = this.#sender.send(member.connection, statement);
    if (sent instanceof Promise) return this.#finishAlone(sent, pool.lend(member, statement.sql), pool, statement);
    pool.putBack(member);
    if (!statement.readOnly) noteWrite(this.#alias);
    return sent;
  }

  async #waitAndRun(pool: Pool, statement: Statement): Promise<StatementResult> {
    const lease = await pool.acquire(statement.sql, currentSignal());
    return this.#finishAlone(this.#sender.send(lease.connection, statement), lease, pool, statement);
  }

  async #finishAlone(
    sent: Eventual<StatementResult>,
    lease: Lease,
    pool: Pool,
    statement: Statement,
  ): Promise<StatementResult> {
    const { sql, params } = statement;
    try {
      return await sent;
    } catch (error) {
      const wrapped = this.#sender.wrapError(error, sql, params);
      if (!statement.repeatable || !this.#isLost(lease)) throw wrapped;
      lease.release();
      return await this.#runAgain(pool, statement);
    } finally {
      this.#giveBack(lease, statement);
    }
  }

  #giveBack(lease: Lease, statement: Statement): void {
    lease.release();
    if (!statement.readOnly) noteWrite(this.#alias);
  }

  /** Whether a connection turned out to be broken, so that a new one may do. One for everybody holds the database itself. */
  #isLost({ connection }: Lease): boolean {
    return !connection.usable && this.#driver.sharing !== 'shared';
  }

  /** Sends a statement once more, over a connection that is not as old as the broken one. */
  async #runAgain(pool: Pool, statement: Statement): Promise<StatementResult> {
    const { sql, params } = statement;
    pool.discardIdle();
    const lease = await pool.acquire(sql);
    try {
      return await this.#sender.send(lease.connection, statement);
    } catch (error) {
      throw this.#sender.wrapError(error, sql, params);
    } finally {
      lease.release();
    }
  }

  #runInBlock(block: Block, statement: Statement): Eventual<StatementResult> {
    try {
      block.assertUsable();
    } catch (error) {
      return Promise.reject(error);
    }
    if (!block.turns.tryTake(statement.sql)) return this.#waitAndRunInBlock(block, statement);
    const sent = this.#sender.send(block.transaction.lease.connection, statement);
    if (sent instanceof Promise) return this.#finishInBlock(sent, block, statement);
    block.turns.give();
    return sent;
  }

  async #waitAndRunInBlock(block: Block, statement: Statement): Promise<StatementResult> {
    await waitForTurn(block, statement.sql);
    return this.#finishInBlock(this.#sender.send(block.transaction.lease.connection, statement), block, statement);
  }

  async #finishInBlock(
    sent: Eventual<StatementResult>,
    block: Block,
    { sql, params }: Statement,
  ): Promise<StatementResult> {
    try {
      return await sent;
    } catch (error) {
      const wrapped = this.#sender.wrapError(error, sql, params);
      // Some databases refuse everything after an error; so do we on all of them, or code would work on one alone.
      block.setRollback(true, wrapped);
      throw wrapped;
    } finally {
      block.turns.give();
    }
  }

  /** A connection for work that is more than a statement: introspection, checks. */
  async withConnection<T>(
    purpose: string,
    readOnly: boolean,
    work: (connection: Connection) => Promise<T>,
  ): Promise<T> {
    const lease = await this.#borrow(currentBlock(this), readOnly ? this.#readers : this.#writers, purpose);
    try {
      return await this.#sender.wrapped(purpose, () => work(lease.connection));
    } finally {
      lease.release();
    }
  }

  /** Whether several sessions can be open at a time. */
  get isServer(): boolean {
    return this.#driver.sharing === 'many';
  }

  /** A connection beside the pool, for what lasts: locks, listening. `atClose` is called, and waited for, when the database closes. */
  async openOwn(purpose: string, atClose: () => Promise<unknown>): Promise<Connection> {
    const refuseClosed = (): void => {
      if (this.#closed) throw new OperationalError('database-closed', `database '${this.#alias}' is closed.`);
    };
    refuseClosed();
    const connection = await this.#sender.wrapped(purpose, () => this.#driver.connect('write'));
    if (this.#closed) await connection.close();
    refuseClosed();
    connection.keepProcess?.(true);
    this.#own.set(connection, { purpose, since: Date.now(), atClose });
    return connection;
  }

  /** Ends a connection of `openOwn`, and all that the session held with it. */
  async closeOwn(connection: Connection): Promise<void> {
    this.#own.delete(connection);
    await connection.close().catch(() => {});
  }

  /** Sends a statement over a borrowed connection. */
  async send(connection: Connection, statement: Statement): Promise<StatementResult> {
    return this.#sender.wrapped(statement.sql, () => this.#sender.send(connection, statement));
  }

  /** A turn in the block, or a connection of the pool. */
  async #borrow(block: Block | null, pool: Pool, purpose: string): Promise<Lease> {
    if (block === null) return pool.acquire(purpose);
    block.assertUsable();
    if (!block.turns.tryTake(purpose)) await waitForTurn(block, purpose);
    return { connection: block.transaction.lease.connection, release: () => block.turns.give() };
  }

  /** Rows in chunks. Between chunks nothing is held but the connection, and not even that where there is only one for everybody. */
  async *stream(statement: Statement, chunkSize: number): AsyncGenerator<Rows> {
    const { sql, params, options } = statement;
    const block = currentBlock(this);
    const here = NOTES_BORROWERS ? borrower(Sessions.prototype.stream) : null;
    const borrowed = async (): Promise<Lease> =>
      Object.assign(await this.#readers.acquire(sql, currentSignal()), { borrower: here });
    let own = block === null && this.#driver.sharing !== 'shared' ? await borrowed() : null;
    let chunks: AsyncIterator<Rows> | null = null;
    let mayRepeat = statement.repeatable;
    try {
      for (;;) {
        const lease = own ?? (await this.#borrow(block, this.#readers, sql));
        let step: IteratorResult<Rows>;
        try {
          if (chunks === null) {
            const opened = lease.connection
              .stream(sql, params, chunkSize, cancellable(options))
              [Symbol.asyncIterator]();
            chunks = opened;
            step = await this.#sender.observed(sql, params, false, () => opened.next());
          } else {
            step = await chunks.next();
          }
        } catch (error) {
          const wrapped = this.#sender.wrapError(error, sql, params);
          block?.setRollback(true, wrapped);
          if (own === null || !mayRepeat || !this.#isLost(own)) throw wrapped;
          own.release();
          this.#readers.discardIdle();
          own = await borrowed();
          chunks = null;
          mayRepeat = false;
          continue;
        } finally {
          if (own === null) lease.release();
        }
        if (step.done === true) return;
        // What was given cannot be taken back.
        mayRepeat = false;
        yield step.value;
      }
    } finally {
      await chunks?.return?.();
      own?.release();
    }
  }

  /** Runs `work` in a transaction of its own, or as a block inside the one that is open. */
  atomic<T>(work: Work<T>, options: AtomicOptions): Promise<T> {
    const parent = currentBlock(this);
    if (parent !== null) return this.#blocks.nested(parent, options, work);
    const { retries } = options;
    if (retries === undefined) return this.#outermost(work, options);
    return withRetries(() => this.#outermost(work, options), retries, options.on);
  }

  async #outermost<T>(work: Work<T>, options: AtomicOptions): Promise<T> {
    const pool = options.readOnly === true ? this.#readers : this.#writers;
    // Noted before the wait, behind which nobody knows any more who called.
    const here = NOTES_BORROWERS ? borrower(this.atomic) : null;
    let lease = pool.tryAcquire('atomic()') ?? (await pool.acquire('atomic()', currentSignal()));
    lease.borrower = here;
    try {
      const begun = this.#blocks.begin(lease, options);
      if (begun instanceof Promise) await begun;
    } catch (error) {
      const lost = this.#isLost(lease);
      lease.release();
      if (!lost) throw error;
      // Nothing has been done yet, so that another connection is as good.
      pool.discardIdle();
      lease = await this.#begun(pool, options);
    }
    // awaited: a promise that is returned from here takes two more to be followed
    return await this.#finished(lease, this.#blocks.outermost(lease, work), options.readOnly === true);
  }

  async #begun(pool: Pool, options: BeginOptions): Promise<Lease> {
    const lease = await pool.acquire('atomic()');
    try {
      await this.#blocks.begin(lease, options);
      return lease;
    } catch (error) {
      lease.release();
      throw error;
    }
  }

  /** A connection that nobody else uses until `work` is done; then what was asked to happen after the commit happens. */
  async exclusively<T>(purpose: string, work: (lease: Lease) => Promise<Committed<T>>): Promise<T> {
    const lease = await this.#writers.acquire(purpose);
    return this.#finished(lease, work(lease), false);
  }

  async #finished<T>(lease: Lease, work: Promise<Committed<T>>, readOnly: boolean): Promise<T> {
    let committed: Committed<T>;
    try {
      committed = await work;
    } finally {
      lease.release();
      if (!readOnly) noteWrite(this.#alias);
    }
    if (committed.hooks.length > 0) await runHooks(committed.hooks);
    return committed.result;
  }

  /** A transaction on a borrowed connection. */
  async transaction<T>(lease: Lease, work: Work<T>): Promise<Committed<T>> {
    await this.#blocks.begin(lease, {});
    return this.#blocks.outermost(lease, work);
  }

  /** Session settings on a borrowed connection. */
  control(connection: Connection, sql: string): Eventual<void> {
    return this.#sender.control(connection, sql);
  }

  /**
   * Waits for what runs, at most so many milliseconds, then closes all connections. Throws OperationalError, once all is closed, where
   * some were still in use: it says by whom.
   */
  async close(milliseconds: number): Promise<void> {
    this.#closed = true;
    const end = performance.now() + milliseconds;
    const left = (): number => Math.max(0, end - performance.now());
    const kept: LoanInfo[] = (await Promise.all([...this.#own].map((own) => this.#endOwn(own, left())))).flat();
    kept.push(...(await this.#readers.close(left())));
    if (this.#writers !== this.#readers) kept.push(...(await this.#writers.close(left())));
    await this.#driver.close();
    if (kept.length === 0) return;
    throw new OperationalError(
      'close-timeout',
      `Database '${this.#alias}' was closed although connections were in use for more than ${(milliseconds / 1000).toFixed(1)} s. ` +
        `Held by: ${kept.map(told).join(', ')}.`,
    );
  }

  /** Waits for what a connection beside the pool is there for; one that takes too long is closed all the same, and told of. */
  async #endOwn(
    [connection, { purpose, since, atClose }]: readonly [Connection, OwnConnection],
    milliseconds: number,
  ): Promise<LoanInfo[]> {
    const ended = atClose();
    if (await settledWithin(ended, milliseconds)) {
      await ended;
      return [];
    }
    await this.closeOwn(connection);
    return [{ purpose, milliseconds: Date.now() - since, borrower: null }];
  }
}

/** Waits for a turn in the block; much can happen to it meanwhile. */
async function waitForTurn(block: Block, purpose: string): Promise<void> {
  await block.turns.take(purpose);
  try {
    block.assertUsable();
  } catch (error) {
    block.turns.give();
    throw error;
  }
}
