import { observe } from '../database/instrumentation.js';

/** A statement that was sent while capturing. */
export interface CapturedQuery {
  /** The database that it was sent to. */
  readonly alias: string;
  readonly sql: string;
  /** In the driver's form. */
  readonly params: readonly unknown[];
  readonly durationMs: number;
}

/** What was done, and what was sent for it. */
export interface Captured<T> {
  readonly result: T;
  readonly queries: readonly CapturedQuery[];
}

/** Session settings and questions about the schema; not what a query became. */
const SETTINGS = /^\s*PRAGMA\b/i;

/**
 * Runs `run` and gives the statements that it and all it awaited sent: without transaction control (BEGIN, SAVEPOINT …) and PRAGMA.
 * Statements of concurrent work are not among them. `using` names one database; without it all count.
 *
 * @example
 * const { queries } = await captureQueries(() => Book.objects.count())
 */
export async function captureQueries<T>(
  run: () => T | PromiseLike<T>,
  options: { readonly using?: string } = {},
): Promise<Captured<T>> {
  const queries: CapturedQuery[] = [];
  const result = await observe(({ alias, sql, params, durationMs, control }) => {
    if (control || SETTINGS.test(sql) || (options.using !== undefined && alias !== options.using)) return;
    queries.push({ alias, sql, params, durationMs });
  }, run);
  return { result, queries };
}
