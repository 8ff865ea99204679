/**
 * A value that may have to be waited for. A database inside the process answers at once: what is there is not awaited again in each
 * layer above, where inside a transaction, whose context follows every promise, the promises would cost more than the statement.
 * `await` takes both; a caller that counts microseconds asks `instanceof Promise` first.
 */
export type Eventual<T> = T | Promise<T>;

/** What `work` gives; an error that it throws is told by a promise, like one that comes later. */
export function attempt<T>(work: () => Eventual<T>): Eventual<T> {
  try {
    return work();
  } catch (error) {
    return Promise.reject(error);
  }
}
