/** The transaction of an atomic block, for code that async context does not reach: callbacks of event emitters, queues, workers. */
export interface Transaction {
  /** The database's alias. */
  readonly alias: string;
  /** Whether the block still runs. */
  readonly isActive: boolean;
  /**
   * Runs `work` inside the transaction, wherever it is called. Throws TransactionManagementError once the block has ended.
   *
   * @example
   * queue.on('order', (order) => tx.run(() => book(order)));
   */
  run<T>(work: () => T): T;
}

/** How a block runs. */
export interface AtomicOptions {
  /** Database alias; or a transaction, inside which the block is a savepoint. */
  readonly using?: string | Transaction;
  /** False: an inner block is part of the outer one, without a savepoint. */
  readonly savepoint?: boolean;
  /** True: throws when it is inside another block. */
  readonly durable?: boolean;
  /** How the transaction sees others, where the database has such levels. Outermost block only. */
  readonly isolationLevel?: 'read uncommitted' | 'read committed' | 'repeatable read' | 'serializable';
  /** True: a write is an error. Outermost block only. */
  readonly readOnly?: boolean;
  /** True, with `serializable` and `readOnly` on PostgreSQL: waits for a moment at which no conflict can come. Outermost block only. */
  readonly deferrable?: boolean;
  /**
   * How often the block runs again after an error of `on`, each time in a new transaction and after a random wait that grows. What
   * the function does beside the database, it does again; `onCommit` functions of failed tries are forgotten. Outermost block only.
   * The error of the last try says in its message, and as `tries`, how many there were.
   *
   * @example
   * await atomic(transfer, { isolationLevel: 'serializable', retries: 5 });
   */
  readonly retries?: number;
  /** Codes of errors, or a function that tells; `['serialization-failure', 'deadlock']` where absent. */
  readonly on?: readonly string[] | ((error: unknown) => boolean);
  /** When it is aborted, the statement that runs is cancelled on the server, and the block rolled back. */
  readonly signal?: AbortSignal;
}

/** What `atomic` is. */
export interface AtomicFunction {
  /**
   * Runs the function inside a transaction: all of it holds, or, when it throws, nothing. Inside another block it is a savepoint.
   *
   * @example
   * await atomic(async () => {
   *   await account.save();
   *   await entry.save();
   * });
   * @example
   * await atomic(async (tx) => { emitter.once('paid', () => account.save({ using: tx })); … });
   */
  <T>(block: (tx: Transaction) => Promise<T> | T, options?: AtomicOptions): Promise<T>;
  /**
   * As a decorator: each call of the method is a block.
   *
   * @example
   * class Bank { @atomic() async transfer() { … } }
   */
  (
    options?: AtomicOptions,
  ): <F extends (...args: any[]) => Promise<any>>(method: F, context: ClassMethodDecoratorContext) => F;
}

/** What `onCommit` is. */
export interface OnCommitFunction {
  /** Runs the function once the transaction has been committed; at once where there is none. @example onCommit(() => sendMail(order)) */
  (callback: () => unknown, options?: { readonly using?: string | Transaction; readonly robust?: boolean }): void;
}

/** What `withSignal` is. */
export interface WithSignalFunction {
  /**
   * Runs `work`; when the signal is aborted, the statement that `work` waits for is cancelled on the server and fails with
   * OperationalError (`cancelled`), and so does every one after it. SQLite and PGlite run inside the process and cannot be
   * interrupted: there the next statement fails. A COMMIT is never cancelled.
   *
   * @example
   * await withSignal(AbortSignal.timeout(2000), () => monthlyReport());
   */
  <T>(signal: AbortSignal, work: () => T): T;
}
