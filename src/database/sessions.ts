import type { BeginOptions, Connection, Driver, StatementResult } from '../backends/backend.js';
import { type Lease, Pool } from '../backends/pool.js';
import { AtomicBlocks, type AtomicOptions, type Committed, runHooks } from './atomic-blocks.js';
import { type Block, currentBlock } from './block.js';
import { Sender, type Statement } from './sender.js';

type Rows = readonly (readonly unknown[])[];

/**
 * Which connection a statement runs on: that of the transaction in which the calling code stands, else one of the pool.
 * Nothing else in the library touches connections.
 */
export class Sessions {
  readonly #driver: Driver;
  readonly #sender: Sender;
  readonly #blocks: AtomicBlocks;
  readonly #readers: Pool;
  readonly #writers: Pool;

  constructor(alias: string, driver: Driver, waitTimeout: number) {
    this.#driver = driver;
    this.#sender = new Sender(alias, driver);
    this.#blocks = new AtomicBlocks({ owner: this, alias, driver, sender: this.#sender, waitTimeout });
    const pool = (purpose: 'read' | 'write', size: number): Pool => {
      const open = (): Promise<Connection> => this.#sender.wrapped('', () => driver.connect(purpose));
      return new Pool({ size, waitTimeout, label: `database '${alias}'`, open });
    };
    const single = driver.sharing === 'single-writer';
    this.#writers = pool('write', single ? 1 : driver.poolSize);
    this.#readers = single ? pool('read', driver.poolSize) : this.#writers;
  }

  /** The block in which the calling code runs. */
  get block(): Block | null {
    return currentBlock(this);
  }

  /** Runs a statement and gives its rows. */
  run(statement: Statement): Promise<StatementResult> {
    const block = currentBlock(this);
    return block === null ? this.#runAlone(statement) : this.#runInBlock(block, statement);
  }

  async #runAlone(statement: Statement): Promise<StatementResult> {
    const { sql, params } = statement;
    const pool = statement.readOnly ? this.#readers : this.#writers;
    const lease = pool.tryAcquire(sql) ?? (await pool.acquire(sql));
    try {
      return await this.#sender.send(lease.connection, statement);
    } catch (error) {
      throw this.#sender.wrapError(error, sql, params);
    } finally {
      lease.release();
    }
  }

  async #runInBlock(block: Block, statement: Statement): Promise<StatementResult> {
    const { sql, params } = statement;
    block.assertUsable();
    if (!block.turns.tryTake(sql)) await waitForTurn(block, sql);
    try {
      return await this.#sender.send(block.transaction.lease.connection, statement);
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
    const own = block === null && this.#driver.sharing !== 'shared' ? await this.#readers.acquire(sql) : null;
    let chunks: AsyncIterator<Rows> | null = null;
    try {
      for (;;) {
        const lease = own ?? (await this.#borrow(block, this.#readers, sql));
        let step: IteratorResult<Rows>;
        try {
          if (chunks === null) {
            const opened = lease.connection.stream(sql, params, chunkSize, options)[Symbol.asyncIterator]();
            chunks = opened;
            step = await this.#sender.observed(sql, params, false, () => opened.next());
          } else {
            step = await chunks.next();
          }
        } catch (error) {
          const wrapped = this.#sender.wrapError(error, sql, params);
          block?.setRollback(true, wrapped);
          throw wrapped;
        } finally {
          if (own === null) lease.release();
        }
        if (step.done === true) return;
        yield step.value;
      }
    } finally {
      await chunks?.return?.();
      own?.release();
    }
  }

  /** Runs `work` in a transaction of its own, or as a block inside the one that is open. */
  atomic<T>(work: () => T | PromiseLike<T>, options: AtomicOptions): Promise<T> {
    const parent = currentBlock(this);
    if (parent !== null) return this.#blocks.nested(parent, options, work);
    return this.exclusively('atomic()', options.readOnly === true, (lease) => this.transaction(lease, options, work));
  }

  /** A connection that nobody else uses until `work` is done; then what was asked to happen after the commit happens. */
  async exclusively<T>(purpose: string, readOnly: boolean, work: (lease: Lease) => Promise<Committed<T>>): Promise<T> {
    const pool = readOnly ? this.#readers : this.#writers;
    const lease = pool.tryAcquire(purpose) ?? (await pool.acquire(purpose));
    let committed: Committed<T>;
    try {
      committed = await work(lease);
    } finally {
      lease.release();
    }
    if (committed.hooks.length > 0) await runHooks(committed.hooks);
    return committed.result;
  }

  /** A transaction on a borrowed connection. */
  transaction<T>(lease: Lease, options: BeginOptions, work: () => T | PromiseLike<T>): Promise<Committed<T>> {
    return this.#blocks.outermost(lease, options, work);
  }

  /** Session settings on a borrowed connection. */
  control(connection: Connection, sql: string): Promise<void> {
    return this.#sender.control(connection, sql);
  }

  /** Waits for what runs, then closes all connections. */
  async close(): Promise<void> {
    await this.#readers.close();
    if (this.#writers !== this.#readers) await this.#writers.close();
    await this.#driver.close();
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
