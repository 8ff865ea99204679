import { DatabaseError, TransactionManagementError } from '../errors.js';
import { pause } from '../util/pause.js';

/** Errors after which an atomic block runs again: their codes, or whether a given one counts. */
export type RetryOn = readonly string[] | ((error: unknown) => boolean);

/** Codes of what a database does to one of several transactions that cannot all go on; the same work may succeed a moment later. */
export const CONFLICTS: readonly string[] = Object.freeze(['serialization-failure', 'deadlock']);

/** Milliseconds: the longest wait before the second try, and before any. */
const FIRST_WAIT = 20;
const LONGEST_WAIT = 2000;

/** Milliseconds before the next try: random, so that those who met once do not meet again, up to twice as much each time. */
export const waitBefore = (retry: number, random: () => number = Math.random): number =>
  Math.ceil(random() * Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (retry - 1)));

/** Runs `attempt` up to `retries` times more while it fails with one of the errors; the last one knows how many tries there were. */
export async function withRetries<T>(attempt: () => Promise<T>, retries: number, on: RetryOn = CONFLICTS): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (!isMet(error, on)) throw error;
      if (tries > retries) throw counted(error, tries);
    }
    await pause(waitBefore(tries));
  }
}

function isMet(error: unknown, on: RetryOn): boolean {
  if (typeof on === 'function') return on(error);
  // A block that went on after the error has been refused its next query: what broke it is the cause.
  const broken = error instanceof TransactionManagementError && error.code === 'transaction-broken';
  const reason = broken ? error.cause : error;
  return reason instanceof DatabaseError && on.includes(reason.code);
}

/** The error of the last try stays what it is, so that it is caught as before; it tells how many tries there were. */
function counted(error: unknown, tries: number): unknown {
  if (error instanceof Error && Object.isExtensible(error)) {
    error.message += ` (atomic() gave up after ${tries} ${tries === 1 ? 'try' : 'tries'}.)`;
    Object.defineProperty(error, 'tries', { value: tries, configurable: true });
  }
  return error;
}
