import type { Connection, Driver, RunOptions, StatementResult } from '../backends/backend.js';
import type { NuagesError } from '../errors.js';
import { attempt, type Eventual } from '../util/eventual.js';
import { currentSignal } from './cancellation.js';
import { isObserved, publish } from './instrumentation.js';

/** A statement in the driver's form. */
export interface Statement {
  readonly sql: string;
  readonly params: readonly unknown[];
  readonly options: RunOptions;
  /** Whether it only reads and may run on any connection. */
  readonly readOnly: boolean;
  /** Whether it may be sent again when its connection broke: made by the library, and reads. */
  readonly repeatable: boolean;
}

/** Sends statements over a connection, tells whoever listens, and knows the driver's errors. */
export class Sender {
  readonly #alias: string;
  readonly #driver: Driver;

  constructor(alias: string, driver: Driver) {
    this.#alias = alias;
    this.#driver = driver;
  }

  /** The driver's error in the library's classes; the library's own as they are. */
  wrapError(error: unknown, sql: string, params: readonly unknown[] = []): NuagesError {
    return this.#driver.wrapError(error, sql, params);
  }

  /** Runs a statement. Errors are the driver's: who calls wraps them. */
  send(connection: Connection, { sql, params, options: given }: Statement): Eventual<StatementResult> {
    const options = cancellable(given);
    if (isObserved()) return this.observed(sql, params, false, () => connection.run(sql, params, options));
    // as attempt() does, without a function made for each statement
    try {
      return connection.run(sql, params, options);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /** Transaction control and session settings. Throws in the library's classes. */
  control(connection: Connection, sql: string): Eventual<void> {
    const work = () => connection.control(sql);
    const sent = isObserved() ? this.observed(sql, [], true, work) : attempt(work);
    return sent instanceof Promise ? this.wrapped(sql, () => sent) : sent;
  }

  /** Runs `work`, which sends `sql`, and tells whoever listens. */
  async observed<T>(sql: string, params: readonly unknown[], control: boolean, work: () => Eventual<T>): Promise<T> {
    const start = performance.now();
    let failure: unknown;
    try {
      return await work();
    } catch (error) {
      failure = error;
      throw error;
    } finally {
      publish({ alias: this.#alias, sql, params, durationMs: performance.now() - start, control, error: failure });
    }
  }

  /** Runs `work`; its errors are given in the library's classes. */
  async wrapped<T>(sql: string, work: () => Eventual<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw this.wrapError(error, sql);
    }
  }
}

/** The options with the signal that cancels what the calling code sends. */
export function cancellable(options: RunOptions): RunOptions {
  const signal = currentSignal();
  return signal === undefined ? options : { ...options, signal };
}
