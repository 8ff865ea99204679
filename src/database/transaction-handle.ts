import { TransactionManagementError } from '../errors.js';
import { type Block, currentBlock, enterBlock } from './block.js';

/** The transaction that `atomic()` gives its function, for code that async context does not reach. */
export class TransactionHandle {
  /** The database's alias. */
  readonly alias: string;
  readonly #owner: object;
  readonly #block: Block;

  constructor(owner: object, alias: string, block: Block) {
    this.alias = alias;
    this.#owner = owner;
    this.#block = block;
  }

  /** Whether the block that gave it still runs. */
  get isActive(): boolean {
    return !this.#block.finished;
  }

  /**
   * Runs `work` inside the transaction, wherever it is called: every query of it, and those of blocks inside. Throws
   * TransactionManagementError once the block has ended.
   */
  run<T>(work: () => T): T {
    if (!this.isActive) {
      throw new TransactionManagementError(
        'block-finished',
        `The atomic() block on '${this.alias}' that gave this transaction has ended: nothing can use it any more.`,
      );
    }
    return currentBlock(this.#owner)?.isWithin(this.#block) === true
      ? work()
      : enterBlock(this.#owner, this.#block, work);
  }
}

/** A database by its alias, or a transaction on one. */
export type Using = string | TransactionHandle;

/** Calls `work` with the alias, inside the transaction where that is what was given. */
export function within<T>(using: Using | undefined, work: (alias: string | undefined) => T): T {
  return using instanceof TransactionHandle ? using.run(() => work(using.alias)) : work(using);
}

/** Options that name a database. */
interface UsingOptions {
  readonly using?: Using;
}

/** Calls `work` with the options, inside the transaction where `using` is one; then they name its alias. */
export function entered<O extends UsingOptions, T>(
  options: O,
  work: (options: Omit<O, 'using'> & { readonly using?: string }) => T,
): T | Promise<Awaited<T>> {
  const { using } = options;
  if (!(using instanceof TransactionHandle)) return work(options as Omit<O, 'using'> & { readonly using?: string });
  return enteredTransaction(using, () => work({ ...options, using: using.alias }));
}

/** One that has ended is told by the promise, as all that goes wrong with a query. */
const enteredTransaction = async <T>(handle: TransactionHandle, work: () => T): Promise<Awaited<T>> =>
  await handle.run(work);
