import { AsyncLocalStorage } from 'node:async_hooks';
import { typeError } from '../errors.js';

const signals = new AsyncLocalStorage<AbortSignal>();
/** Whether there ever was one: most programs never ask. */
let isUsed = false;

/** The signal that cancels the statements of the calling code; undefined where there is none. */
export const currentSignal = (): AbortSignal | undefined => (isUsed ? signals.getStore() : undefined);

/**
 * Runs `work`; when the signal is aborted, the statement that `work` waits for is cancelled on the server and fails with
 * OperationalError (`cancelled`), and so does every one after it. A COMMIT is never cancelled. Inside another `withSignal()`
 * either signal counts. Throws TypeError for what is no signal.
 *
 * @example
 * await withSignal(AbortSignal.timeout(2000), () => monthlyReport());
 */
export function withSignal<T>(signal: AbortSignal, work: () => T): T {
  if (!(signal instanceof AbortSignal)) throw typeError('invalid-argument', 'withSignal() takes an AbortSignal.');
  isUsed = true;
  const outer = signals.getStore();
  const both = outer === undefined || outer === signal ? signal : AbortSignal.any([outer, signal]);
  return signals.run(both, work);
}
