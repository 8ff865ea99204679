import { ScopedListeners } from '../util/scoped-listeners.js';

/** Told the alias of each database that was written to, once the write is done or committed. */
export type WriteListener = (alias: string) => void;

const watches = new ScopedListeners<string>();

/** Calls `listener` for every write of `run` and whatever it awaits, not for those of concurrent work. */
export const watchWrites = <T>(listener: WriteListener, run: () => T | PromiseLike<T>): Promise<T> =>
  watches.during(listener, run);

/** Tells everybody who watches that a write is done. One that failed counts: nobody knows how far it went. */
export const noteWrite = (alias: string): void => watches.tell(alias);
