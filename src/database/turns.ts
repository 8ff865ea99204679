import { OperationalError } from '../errors.js';

/** One at a time, in the order of asking: the statements of a block, among which a nested block counts as one. */
export class Turns {
  readonly #waitTimeout: number;
  readonly #waiting: { readonly go: () => void; readonly timer: NodeJS.Timeout }[] = [];
  #holder: string | null = null;

  constructor(waitTimeout: number) {
    this.#waitTimeout = waitTimeout;
  }

  /** Whether it is free this moment; then it is taken. */
  tryTake(purpose: string): boolean {
    if (this.#holder !== null) return false;
    this.#holder = purpose;
    return true;
  }

  /** Resolves when it is this caller's turn. Throws OperationalError when that takes too long. */
  take(purpose: string): Promise<void> {
    if (this.tryTake(purpose)) return Promise.resolve();
    return new Promise<void>((resolve, reject) => {
      const waiting = {
        go: () => {
          this.#holder = purpose;
          resolve();
        },
        timer: setTimeout(() => {
          this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
          reject(
            new OperationalError(
              'wait-timeout',
              `'${purpose}' waited ${(this.#waitTimeout / 1000).toFixed(1)} s for its turn in the transaction, which '${this.#holder}' holds. ` +
                'A nested atomic() must not await a query that was started outside of it.',
            ),
          );
        }, this.#waitTimeout),
      };
      this.#waiting.push(waiting);
    });
  }

  /** Ends the turn; the next begins. */
  give(): void {
    const next = this.#waiting.shift();
    this.#holder = null;
    if (next === undefined) return;
    clearTimeout(next.timer);
    next.go();
  }
}
