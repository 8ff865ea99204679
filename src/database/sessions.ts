import type { BeginOptions, Connection, Driver, RunOptions, StatementResult } from '../backends/backend.js';
import { type Lease, Pool } from '../backends/pool.js';
import { TransactionManagementError } from '../errors.js';
import { Block, type CommitHook, currentBlock, enterBlock, Transaction } from './block.js';
import { isObserved, publish } from './instrumentation.js';

/** How an atomic block behaves. */
export interface AtomicOptions extends BeginOptions {
  /** False: an inner block gets no savepoint; its failure makes the block around it roll back. */
  readonly savepoint?: boolean;
  /** The block must be the outermost, so that its end is the commit. */
  readonly durable?: boolean;
}

/** A statement in the driver's form. */
export interface Statement {
  readonly sql: string;
  readonly params: readonly unknown[];
  readonly options: RunOptions;
  /** Whether it only reads and may run on any connection. */
  readonly readOnly: boolean;
}

/** What a nested block is called where it holds the turn. */
const NESTED = 'a nested atomic()';

type Rows = readonly (readonly unknown[])[];

/**
 * Which connection a statement runs on: that of the transaction in which the calling code stands, else one of the pool.
 * Nothing else in the library touches connections.
 */
export class Sessions {
  readonly #alias: string;
  readonly #driver: Driver;
  readonly #waitTimeout: number;
  readonly #readers: Pool;
  readonly #writers: Pool;

  constructor(alias: string, driver: Driver, waitTimeout: number) {
    this.#alias = alias;
    this.#driver = driver;
    this.#waitTimeout = waitTimeout;
    const pool = (purpose: 'read' | 'write', size: number): Pool =>
      new Pool({
        size,
        waitTimeout,
        label: `database '${alias}'`,
        open: () => this.#wrapped('', [], () => driver.connect(purpose)),
      });
    this.#writers = pool('write', driver.sharing === 'single-writer' ? 1 : driver.poolSize);
    this.#readers = driver.sharing === 'single-writer' ? pool('read', driver.poolSize) : this.#writers;
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
      return await this.#send(lease.connection, statement);
    } catch (error) {
      throw this.#driver.wrapError(error, sql, params);
    } finally {
      lease.release();
    }
  }

  async #runInBlock(block: Block, statement: Statement): Promise<StatementResult> {
    const { sql, params } = statement;
    block.assertUsable();
    if (!block.turns.tryTake(sql)) await this.#waitForTurn(block, sql);
    try {
      return await this.#send(block.transaction.lease.connection, statement);
    } catch (error) {
      const wrapped = this.#driver.wrapError(error, sql, params);
      // Some databases refuse everything after an error; so do we on all of them, or code would work on one alone.
      block.setRollback(true, wrapped);
      throw wrapped;
    } finally {
      block.turns.give();
    }
  }

  async #takeTurn(block: Block, purpose: string): Promise<void> {
    block.assertUsable();
    if (!block.turns.tryTake(purpose)) await this.#waitForTurn(block, purpose);
  }

  /** Much can happen to a block while one waits. */
  async #waitForTurn(block: Block, purpose: string): Promise<void> {
    await block.turns.take(purpose);
    try {
      block.assertUsable();
    } catch (error) {
      block.turns.give();
      throw error;
    }
  }

  /** A connection for work that is more than a statement: introspection, checks. */
  async withConnection<T>(
    purpose: string,
    readOnly: boolean,
    work: (connection: Connection) => Promise<T>,
  ): Promise<T> {
    const block = currentBlock(this);
    if (block !== null) {
      await this.#takeTurn(block, purpose);
      try {
        return await this.#wrapped(purpose, [], () => work(block.transaction.lease.connection));
      } finally {
        block.turns.give();
      }
    }
    const lease = await (readOnly ? this.#readers : this.#writers).acquire(purpose);
    try {
      return await this.#wrapped(purpose, [], () => work(lease.connection));
    } finally {
      lease.release();
    }
  }

  /** Rows in chunks. Between chunks nothing is held but the connection, and not even that where there is only one for everybody. */
  async *stream(statement: Statement, chunkSize: number): AsyncGenerator<Rows> {
    const { sql, params, options } = statement;
    const block = currentBlock(this);
    const own = block === null && this.#driver.sharing !== 'shared' ? await this.#readers.acquire(sql) : null;
    let chunks: AsyncIterator<Rows> | null = null;
    try {
      for (;;) {
        const lease = own ?? (await this.#borrow(block, sql));
        let step: IteratorResult<Rows>;
        try {
          const { connection } = lease;
          if (chunks === null) {
            const opened = connection.stream(sql, params, chunkSize, options)[Symbol.asyncIterator]();
            chunks = opened;
            step = await this.#observed(sql, params, false, () => opened.next());
          } else {
            step = await chunks.next();
          }
        } catch (error) {
          const wrapped = this.#driver.wrapError(error, sql, params);
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

  /** A turn in the block, or the shared connection, for a moment. */
  async #borrow(block: Block | null, purpose: string): Promise<Lease> {
    if (block === null) return this.#readers.acquire(purpose);
    await this.#takeTurn(block, purpose);
    return { connection: block.transaction.lease.connection, release: () => block.turns.give() };
  }

  /** Runs `work` in a transaction of its own, or as a block inside the one that is open. */
  async atomic<T>(work: () => T | PromiseLike<T>, options: AtomicOptions): Promise<T> {
    const parent = currentBlock(this);
    if (parent !== null) return this.#nested(parent, work, options);
    return this.exclusively('atomic()', options.readOnly === true, async (lease) =>
      this.transaction(lease, options, work),
    );
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
  async transaction<T>(lease: Lease, options: BeginOptions, work: () => T | PromiseLike<T>): Promise<Committed<T>> {
    const { connection } = lease;
    for (const control of this.#driver.begin(options)) await this.control(connection, control);
    const transaction = new Transaction(lease);
    const block = this.#newBlock(transaction, null, null);
    let result: T;
    try {
      result = await enterBlock(this, block, begun(work));
    } catch (error) {
      await this.#end(block, 'ROLLBACK');
      await this.#rollBack(connection);
      throw error;
    }
    await this.#end(block, 'COMMIT');
    if (block.mustRollBack) {
      await this.#rollBack(connection);
      return { result, hooks: [] };
    }
    try {
      await this.control(connection, 'COMMIT');
    } catch (error) {
      await this.#rollBack(connection);
      throw error;
    }
    return { result, hooks: transaction.hooks };
  }

  async #nested<T>(parent: Block, work: () => T | PromiseLike<T>, options: AtomicOptions): Promise<T> {
    if (options.durable === true) {
      throw new TransactionManagementError(
        'not-outermost',
        `A durable atomic() block on '${this.#alias}' cannot stand inside another atomic() block.`,
      );
    }
    if (options.isolationLevel !== undefined || options.readOnly !== undefined || options.deferrable !== undefined) {
      throw new TransactionManagementError(
        'not-outermost',
        `Only the outermost atomic() block on '${this.#alias}' decides how its transaction begins.`,
      );
    }
    // The whole inner block is one turn of the outer one, so that savepoints open and close in order.
    if (!parent.turns.tryTake(NESTED)) await parent.turns.take(NESTED);
    try {
      if (parent.finished) parent.assertUsable();
      return await this.#savepoint(parent, work, options.savepoint !== false && !parent.mustRollBack);
    } finally {
      parent.turns.give();
    }
  }

  async #savepoint<T>(parent: Block, work: () => T | PromiseLike<T>, withSavepoint: boolean): Promise<T> {
    const { transaction } = parent;
    const { connection } = transaction.lease;
    const name = withSavepoint ? transaction.nextSavepoint() : null;
    const block = this.#newBlock(transaction, parent, name);
    if (name === null) block.inheritRollback(parent);
    else await this.control(connection, `SAVEPOINT ${name}`);
    let result: T;
    try {
      result = await enterBlock(this, block, begun(work));
    } catch (error) {
      await this.#end(block, 'ROLLBACK');
      await this.#leave(block, parent, error);
      throw error;
    }
    await this.#end(block, 'RELEASE');
    if (block.mustRollBack) await this.#leave(block, parent, undefined);
    else if (name !== null) await this.#release(block, parent, name);
    return result;
  }

  async #release(block: Block, parent: Block, name: string): Promise<void> {
    try {
      await this.control(block.transaction.lease.connection, `RELEASE SAVEPOINT ${name}`);
    } catch (error) {
      await this.#leave(block, parent, error);
      throw error;
    }
  }

  /** Undoes an inner block, or makes the outer one undo itself. */
  async #leave(block: Block, parent: Block, cause: unknown): Promise<void> {
    const { connection } = block.transaction.lease;
    if (block.savepoint === null) {
      parent.setRollback(true, cause);
      return;
    }
    block.transaction.hooks = block.transaction.hooks.filter((hook) => !hook.block.isWithin(block));
    try {
      await this.control(connection, `ROLLBACK TO SAVEPOINT ${block.savepoint}`);
      await this.control(connection, `RELEASE SAVEPOINT ${block.savepoint}`);
    } catch (error) {
      parent.setRollback(true, error);
    }
  }

  /** Waits for what still runs in the block, then lets nothing more in. */
  async #end(block: Block, purpose: string): Promise<void> {
    if (!block.turns.tryTake(purpose)) await block.turns.take(purpose);
    block.finish();
    block.turns.give();
  }

  #newBlock(transaction: Transaction, parent: Block | null, savepoint: string | null): Block {
    return new Block({ alias: this.#alias, transaction, parent, savepoint, waitTimeout: this.#waitTimeout });
  }

  async #rollBack(connection: Connection): Promise<void> {
    try {
      await this.control(connection, 'ROLLBACK');
    } catch {
      // Nothing is known of its state any more; when the session ends, the database rolls back by itself.
      await connection.close().catch(() => {});
    }
  }

  /** Transaction control and session settings. */
  async control(connection: Connection, sql: string): Promise<void> {
    try {
      await (isObserved() ? this.#observed(sql, [], true, () => connection.control(sql)) : connection.control(sql));
    } catch (error) {
      throw this.#driver.wrapError(error, sql, []);
    }
  }

  #send(connection: Connection, { sql, params, options }: Statement): Promise<StatementResult> {
    if (!isObserved()) return connection.run(sql, params, options);
    return this.#observed(sql, params, false, () => connection.run(sql, params, options));
  }

  /** Runs `work` and tells whoever listens. */
  async #observed<T>(sql: string, params: readonly unknown[], control: boolean, work: () => Promise<T>): Promise<T> {
    const start = performance.now();
    let failure: unknown;
    try {
      return await work();
    } catch (error) {
      failure = error;
      throw error;
    } finally {
      publish({ alias: this.#alias, sql, params, durationMs: performance.now() - start, control, error: failure });
    }
  }

  async #wrapped<T>(sql: string, params: readonly unknown[], work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw this.#driver.wrapError(error, sql, params);
    }
  }

  /** Waits for what runs, then closes all connections. */
  async close(): Promise<void> {
    await this.#readers.close();
    if (this.#writers !== this.#readers) await this.#writers.close();
    await this.#driver.close();
  }
}

/** What a transaction gave, and what is to happen now that it is committed. */
export interface Committed<T> {
  readonly result: T;
  readonly hooks: readonly CommitHook[];
}

/** In the order of asking; an error ends them, unless its hook is robust. The transaction stays committed. */
async function runHooks(hooks: readonly CommitHook[]): Promise<void> {
  for (const hook of hooks) {
    try {
      await hook.run();
    } catch (error) {
      if (!hook.robust) throw error;
      console.error('A robust onCommit() function failed:', error);
    }
  }
}

/** `work` begun where it is called: a QuerySet that it returns would otherwise run where it is awaited, outside of the block. */
const begun =
  <T>(work: () => T | PromiseLike<T>): (() => Promise<T>) =>
  () =>
    Promise.resolve(work());
