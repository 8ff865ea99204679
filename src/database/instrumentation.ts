import { AsyncLocalStorage } from 'node:async_hooks';

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
/** Listeners of one chain of async calls, the innermost first. */
interface Scoped {
  readonly listener: StatementListener;
  readonly outer: Scoped | undefined;
}
const scoped = new AsyncLocalStorage<Scoped>();
let scopes = 0;

/** Calls `listener` for every statement of this process; returns the function that ends it. A listener that throws is the application's to fix: its error goes to the query. */
export function subscribe(listener: StatementListener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Calls `listener` for every statement sent by `run` and whatever it awaits, not for those of concurrent work. */
export async function observe<T>(listener: StatementListener, run: () => T | PromiseLike<T>): Promise<T> {
  scopes++;
  try {
    return await scoped.run({ listener, outer: scoped.getStore() }, async () => run());
  } finally {
    scopes--;
  }
}

/** Whether anybody listens, so that nothing is measured for nobody. */
export const isObserved = (): boolean => listeners.size > 0 || scopes > 0;

/** Tells everybody who listens. */
export function publish(event: StatementEvent): void {
  for (const listener of listeners) listener(event);
  for (let scope = scopes > 0 ? scoped.getStore() : undefined; scope !== undefined; scope = scope.outer)
    scope.listener(event);
}
