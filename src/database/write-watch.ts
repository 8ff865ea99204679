import { AsyncLocalStorage } from 'node:async_hooks';

/** Told the alias of each database that was written to, once the write is done or committed. */
export type WriteListener = (alias: string) => void;

/** Listeners of one chain of async calls, the innermost first. */
interface Watch {
  readonly listener: WriteListener;
  readonly outer: Watch | undefined;
}
const watches = new AsyncLocalStorage<Watch>();
let running = 0;

/** Calls `listener` for every write of `run` and whatever it awaits, not for those of concurrent work. */
export async function watchWrites<T>(listener: WriteListener, run: () => T | PromiseLike<T>): Promise<T> {
  running++;
  try {
    return await watches.run({ listener, outer: watches.getStore() }, async () => run());
  } finally {
    running--;
  }
}

/** Tells everybody who watches that a write is done. One that failed counts: nobody knows how far it went. */
export function noteWrite(alias: string): void {
  if (running === 0) return;
  for (let watch = watches.getStore(); watch !== undefined; watch = watch.outer) watch.listener(alias);
}
