/** How a block runs. */
export interface AtomicOptions {
  /** Database alias. */
  readonly using?: string;
  /** False: an inner block is part of the outer one, without a savepoint. */
  readonly savepoint?: boolean;
  /** True: throws when it is inside another block. */
  readonly durable?: boolean;
  /** How often the block runs again after a serialization failure. */
  readonly retries?: number;
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
   */
  <T>(block: () => Promise<T> | T, options?: AtomicOptions): Promise<T>;
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
  (callback: () => unknown, options?: { readonly using?: string; readonly robust?: boolean }): void;
}
