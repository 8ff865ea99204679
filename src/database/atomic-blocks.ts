import type { BeginOptions, Connection, Driver } from '../backends/backend.js';
import type { Lease } from '../backends/loan.js';
import { OperationalError, TransactionManagementError } from '../errors.js';
import type { Eventual } from '../util/eventual.js';
import { Block, type CommitHook, enterBlock, Transaction } from './block.js';
import type { RetryOn } from './retries.js';
import type { Sender } from './sender.js';
import { TransactionHandle } from './transaction-handle.js';

/** How an atomic block behaves. */
export interface AtomicOptions extends BeginOptions {
  /** False: an inner block gets no savepoint; its failure makes the block around it roll back. */
  readonly savepoint?: boolean;
  /** The block must be the outermost, so that its end is the commit. */
  readonly durable?: boolean;
  /** How often the outermost block runs again after an error of `on`. */
  readonly retries?: number;
  /** Serialization failures and deadlocks where absent. */
  readonly on?: RetryOn;
  /** Cancels the statements of the block, which is then rolled back. */
  readonly signal?: AbortSignal;
}

/** What a transaction gave, and what is to happen now that it is committed. */
export interface Committed<T> {
  readonly result: T;
  readonly hooks: readonly CommitHook[];
}

export interface AtomicBlocksOptions {
  /** Whose blocks they are: what `currentBlock()` is asked with. */
  readonly owner: object;
  readonly alias: string;
  readonly driver: Driver;
  readonly sender: Sender;
  readonly waitTimeout: number;
}

/** What runs in a block, and gets its transaction. */
export type Work<T> = (transaction: TransactionHandle) => T | PromiseLike<T>;

/** What a nested block is called where it holds the turn. */
const NESTED = 'a nested atomic()';

/** Opens and closes transactions and savepoints around the work of atomic blocks. */
export class AtomicBlocks {
  readonly #options: AtomicBlocksOptions;
  readonly #sender: Sender;

  constructor(options: AtomicBlocksOptions) {
    this.#options = options;
    this.#sender = options.sender;
  }

  /** Begins a transaction on a borrowed connection. */
  begin({ connection }: Lease, options: BeginOptions): Eventual<void> {
    return this.#control(connection, this.#options.driver.begin(options));
  }

  /** One after the other, without a promise where the database answers at once. */
  #control(connection: Connection, [first, ...others]: readonly string[]): Eventual<void> {
    if (first === undefined) return;
    const sent = this.#sender.control(connection, first);
    return sent instanceof Promise
      ? sent.then(() => this.#control(connection, others))
      : this.#control(connection, others);
  }

  /** An outermost block: all of a transaction that has begun on a borrowed connection. */
  async outermost<T>(lease: Lease, work: Work<T>): Promise<Committed<T>> {
    const { connection } = lease;
    const transaction = new Transaction(lease);
    const block = this.#newBlock(transaction, null, null);
    let result: T;
    try {
      result = await this.#inside(block, work, 'COMMIT');
      if (!block.mustRollBack) {
        const committed = this.#commit(connection);
        if (committed instanceof Promise) await committed;
      }
    } catch (error) {
      await this.#rollBack(connection);
      throw error;
    }
    if (!block.mustRollBack) return { result, hooks: transaction.hooks };
    await this.#rollBack(connection);
    return { result, hooks: [] };
  }

  /** A block inside another: a savepoint, or nothing of its own. */
  async nested<T>(parent: Block, options: AtomicOptions, work: Work<T>): Promise<T> {
    this.#refuseOutermostOptions(options);
    // The whole inner block is one turn of the outer one, so that savepoints open and close in order.
    if (!parent.turns.tryTake(NESTED)) await parent.turns.take(NESTED);
    try {
      if (parent.finished) parent.assertUsable();
      return await this.#savepoint(parent, work, options.savepoint !== false && !parent.mustRollBack);
    } finally {
      parent.turns.give();
    }
  }

  #refuseOutermostOptions({ durable, isolationLevel, readOnly, deferrable, retries }: AtomicOptions): void {
    const { alias } = this.#options;
    if (retries !== undefined) {
      throw new TransactionManagementError(
        'not-outermost',
        `An atomic() block on '${alias}' inside another cannot be run again alone: a conflict undoes the whole transaction. Give 'retries' to the outermost block.`,
      );
    }
    if (durable === true) {
      throw new TransactionManagementError(
        'not-outermost',
        `A durable atomic() block on '${alias}' cannot stand inside another atomic() block.`,
      );
    }
    if (isolationLevel !== undefined || readOnly !== undefined || deferrable !== undefined) {
      throw new TransactionManagementError(
        'not-outermost',
        `Only the outermost atomic() block on '${alias}' decides how its transaction begins.`,
      );
    }
  }

  async #savepoint<T>(parent: Block, work: Work<T>, withSavepoint: boolean): Promise<T> {
    const { transaction } = parent;
    const { connection } = transaction.lease;
    const name = withSavepoint ? transaction.nextSavepoint() : null;
    const block = this.#newBlock(transaction, parent, name);
    if (name === null) block.inheritRollback(parent);
    else await this.#sender.control(connection, `SAVEPOINT ${name}`);
    let result: T;
    try {
      result = await this.#inside(block, work, 'RELEASE');
      if (!block.mustRollBack && name !== null) await this.#sender.control(connection, `RELEASE SAVEPOINT ${name}`);
    } catch (error) {
      await this.#undo(block, parent, error);
      throw error;
    }
    if (block.mustRollBack) await this.#undo(block, parent, undefined);
    return result;
  }

  /** Runs `work` in the block, waits for what it left running, then lets nothing more in. */
  async #inside<T>(block: Block, work: Work<T>, end: string): Promise<T> {
    const { owner, alias } = this.#options;
    const handle = new TransactionHandle(owner, alias, block);
    let settled: { readonly result: T } | { readonly error: unknown };
    try {
      // Begun inside: a QuerySet that `work` returns would otherwise run where it is awaited, outside of the block.
      settled = { result: await enterBlock(owner, block, () => Promise.resolve(work(handle))) };
    } catch (error) {
      settled = { error };
    }
    try {
      if (!block.turns.tryTake(end)) await block.turns.take(end);
      block.turns.give();
    } catch (error) {
      if (!('error' in settled)) throw error;
    } finally {
      block.finish();
    }
    if ('error' in settled) throw settled.error;
    return settled.result;
  }

  /** Undoes an inner block, or makes the outer one undo itself. */
  async #undo(block: Block, parent: Block, cause: unknown): Promise<void> {
    if (block.savepoint === null) {
      parent.setRollback(true, cause);
      return;
    }
    const { transaction, savepoint } = block;
    const { connection } = transaction.lease;
    transaction.hooks = transaction.hooks.filter((hook) => !hook.block.isWithin(block));
    try {
      await this.#sender.control(connection, `ROLLBACK TO SAVEPOINT ${savepoint}`);
      await this.#sender.control(connection, `RELEASE SAVEPOINT ${savepoint}`);
    } catch (error) {
      // After a deadlock the savepoint is gone with the transaction; what is told is why.
      parent.setRollback(true, cause ?? error);
    }
  }

  /** A commit that got no answer may hold or not: an error of its own, so that nobody takes it for one that is safe to try again. */
  #commit(connection: Connection): Eventual<unknown> {
    const sent = this.#sender.control(connection, 'COMMIT');
    return sent instanceof Promise ? sent.catch((error: unknown) => this.#commitFailed(connection, error)) : sent;
  }

  #commitFailed(connection: Connection, error: unknown): never {
    if (connection.usable) throw error;
    throw new OperationalError(
      'commit-unknown',
      `The connection to '${this.#options.alias}' was lost during COMMIT: whether the transaction holds is not known.`,
      { cause: error },
    );
  }

  async #rollBack(connection: Connection): Promise<void> {
    try {
      await this.#sender.control(connection, 'ROLLBACK');
    } catch {
      // Nothing is known of its state any more; when the session ends, the database rolls back by itself.
      await connection.close().catch(() => {});
    }
  }

  #newBlock(transaction: Transaction, parent: Block | null, savepoint: string | null): Block {
    const { alias, waitTimeout } = this.#options;
    return new Block({ alias, transaction, parent, savepoint, waitTimeout });
  }
}

/** Runs what was asked to run after the commit, in the order of asking; an error ends it, unless its hook is robust. */
export async function runHooks(hooks: readonly CommitHook[]): Promise<void> {
  for (const hook of hooks) {
    try {
      await hook.run();
    } catch (error) {
      if (!hook.robust) throw error;
      console.error('A robust onCommit() function failed:', error);
    }
  }
}
