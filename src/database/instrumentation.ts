import { ScopedListeners } from '../util/scoped-listeners.js';

/** One statement that was sent. */
export interface StatementEvent {
  /** The database's alias. */
  readonly alias: string;
  readonly sql: string;
  /** In the driver's form. They may hold secrets: think before logging them. */
  readonly params: readonly unknown[];
  readonly durationMs: number;
  /** BEGIN, COMMIT, SAVEPOINT, session settings: what the library itself sends around statements. */
  readonly control: boolean;
  /** What went wrong, if anything. */
  readonly error: unknown;
}

export type StatementListener = (event: StatementEvent) => void;

const listeners = new Set<StatementListener>();
const scoped = new ScopedListeners<StatementEvent>();

/** Calls `listener` for every statement of this process; returns the function that ends it. A listener that throws is the application's to fix: its error goes to the query. */
export function subscribe(listener: StatementListener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Calls `listener` for every statement sent by `run` and whatever it awaits, not for those of concurrent work. */
export const observe = <T>(listener: StatementListener, run: () => T | PromiseLike<T>): Promise<T> =>
  scoped.during(listener, run);

/** Whether anybody listens, so that nothing is measured for nobody. */
export const isObserved = (): boolean => listeners.size > 0 || scoped.isHeard;

/** Tells everybody who listens. */
export function publish(event: StatementEvent): void {
  for (const listener of listeners) listener(event);
  scoped.tell(event);
}
