import type { NuagesError } from '../errors.js';

/** Codes of OperationalError that speak of the server, not of the query: another copy can answer it. */
const OF_THE_SERVER: ReadonlySet<string> = new Set([
  'unreachable',
  'connection-lost',
  'too-many-connections',
  'authentication-failed',
  'unknown-database',
  'insufficient-resources',
  'operator-intervention',
  'system-error',
  // PostgreSQL ends a query on a replica whose rows the log wants to remove ("conflict with recovery").
  'serialization-failure',
]);

/** Whether a read that failed so may well succeed on another copy. */
export const isOfServer = (error: Error): boolean => OF_THE_SERVER.has(String((error as NuagesError).code));

/** Takes replicas in turn and leaves out those that failed, for a while. */
export class ReplicaTurns {
  readonly #aliases: readonly string[];
  readonly #skipFor: number;
  readonly #skippedUntil = new Map<string, number>();
  #next = 0;

  /** `skipFor`: milliseconds. */
  constructor(aliases: readonly string[], skipFor: number) {
    this.#aliases = aliases;
    this.#skipFor = skipFor;
  }

  /** The next replica that may be asked; null when all are left out. */
  take(): string | null {
    for (let tried = 0; tried < this.#aliases.length; tried += 1) {
      const alias = this.#aliases[this.#next % this.#aliases.length]!;
      this.#next = (this.#next + 1) % this.#aliases.length;
      if (this.isAsked(alias)) return alias;
    }
    return null;
  }

  isAsked(alias: string): boolean {
    const until = this.#skippedUntil.get(alias);
    if (until === undefined) return true;
    if (performance.now() < until) return false;
    this.#skippedUntil.delete(alias);
    return true;
  }

  skip(alias: string): void {
    this.#skippedUntil.set(alias, performance.now() + this.#skipFor);
  }
}
