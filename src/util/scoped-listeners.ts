import { AsyncLocalStorage } from 'node:async_hooks';

/** Listeners of one chain of async calls, the innermost first. */
interface Scope<Event> {
  readonly listener: (event: Event) => void;
  readonly outer: Scope<Event> | undefined;
}

/** Listeners that hear what one function and whatever it awaits tell, and nothing of concurrent work. */
export class ScopedListeners<Event> {
  readonly #scopes = new AsyncLocalStorage<Scope<Event>>();
  #running = 0;

  /** Whether anybody listens anywhere in the process. */
  get isHeard(): boolean {
    return this.#running > 0;
  }

  /** Calls `listener` for all that is told during `run`; those around it hear it too. */
  async during<T>(listener: (event: Event) => void, run: () => T | PromiseLike<T>): Promise<T> {
    this.#running++;
    try {
      return await this.#scopes.run({ listener, outer: this.#scopes.getStore() }, async () => run());
    } finally {
      this.#running--;
    }
  }

  /** Tells those who listen to the calls that lead here. */
  tell(event: Event): void {
    if (this.#running === 0) return;
    for (let scope = this.#scopes.getStore(); scope !== undefined; scope = scope.outer) scope.listener(event);
  }
}
