import { AsyncLocalStorage } from 'node:async_hooks';
import type { Lease } from '../backends/loan.js';
import { TransactionManagementError } from '../errors.js';
import { Turns } from './turns.js';

/** What is to run once the transaction is committed. */
export interface CommitHook {
  readonly run: () => unknown;
  /** Its error does not keep the hooks after it from running. */
  readonly robust: boolean;
  /** The block that asked; when that one is rolled back, so is the hook. */
  readonly block: Block;
}

/** One transaction on one connection. Mutable: it lives as long as its outermost block. */
export class Transaction {
  readonly lease: Lease;
  hooks: CommitHook[] = [];
  #savepoints = 0;

  constructor(lease: Lease) {
    this.lease = lease;
  }

  nextSavepoint(): string {
    this.#savepoints++;
    return `s${this.#savepoints}`;
  }
}

/** One `atomic()`: the outermost is the transaction, those inside are savepoints or share what is around them. */
export class Block {
  readonly transaction: Transaction;
  readonly parent: Block | null;
  /** Null for the outermost and for a block without a savepoint of its own. */
  readonly savepoint: string | null;
  /** Statements of this block and blocks inside it, one after the other. */
  readonly turns: Turns;
  readonly #alias: string;
  #mustRollBack = false;
  #cause: unknown = undefined;
  #finished = false;

  constructor(options: {
    alias: string;
    transaction: Transaction;
    parent: Block | null;
    savepoint: string | null;
    waitTimeout: number;
  }) {
    this.#alias = options.alias;
    this.transaction = options.transaction;
    this.parent = options.parent;
    this.savepoint = options.savepoint;
    this.turns = new Turns(options.waitTimeout);
  }

  get mustRollBack(): boolean {
    return this.#mustRollBack;
  }

  get finished(): boolean {
    return this.#finished;
  }

  /** Whether the block ends in a rollback; `cause` is the error that led to it. */
  setRollback(rollback: boolean, cause?: unknown): void {
    this.#mustRollBack = rollback;
    this.#cause = rollback ? cause : undefined;
  }

  /** Takes over the state of the block around it, where it has no savepoint to return to. */
  inheritRollback(parent: Block): void {
    if (parent.#mustRollBack) this.setRollback(true, parent.#cause);
  }

  finish(): void {
    this.#finished = true;
  }

  /** Throws TransactionManagementError unless a statement may run here now. */
  assertUsable(): void {
    if (this.#finished) {
      throw new TransactionManagementError(
        'block-finished',
        `A query on '${this.#alias}' belongs to an atomic() block that has ended. Await every query inside the block; one branch of Promise.all may have failed before this one.`,
      );
    }
    if (this.#mustRollBack) {
      throw new TransactionManagementError(
        'transaction-broken',
        `An error occurred in the current transaction on '${this.#alias}'. No query can run until the atomic() block ends; to go on after an error, put what may fail into an atomic() of its own.`,
        this.#cause === undefined ? {} : { cause: this.#cause },
      );
    }
  }

  /** Whether this block is `other` or inside of it. */
  isWithin(other: Block): boolean {
    for (let block: Block | null = this; block !== null; block = block.parent) if (block === other) return true;
    return false;
  }
}

/** The open blocks of one chain of async calls, the innermost first; `owner` is the database that a block is of. */
interface Entry {
  readonly owner: object;
  readonly block: Block;
  readonly outer: Entry | undefined;
}
const entries = new AsyncLocalStorage<Entry>();

/** The innermost block of a database that the calling code runs in; null outside of any. */
export function currentBlock(owner: object): Block | null {
  for (let entry = entries.getStore(); entry !== undefined; entry = entry.outer)
    if (entry.owner === owner) return entry.block;
  return null;
}

/** Runs `run` inside `block`. */
export const enterBlock = <T>(owner: object, block: Block, run: () => T): T =>
  entries.run({ owner, block, outer: entries.getStore() }, run);
