/**
 * Rows one by one out of chunks. Most are there when they are asked for and cost a settled promise; a generator would make several
 * for each row.
 */
export class RowStream implements AsyncIterableIterator<unknown> {
  readonly #chunks: AsyncIterator<readonly unknown[]>;
  #rows: readonly unknown[] = [];
  #at = 0;
  #ended = false;
  /** The last call that had to wait; those after it come after it. */
  #last: Promise<unknown> | null = null;

  constructor(chunks: AsyncIterator<readonly unknown[]>) {
    this.#chunks = chunks;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<unknown>> {
    if (this.#last === null && this.#at < this.#rows.length) {
      const value = this.#rows[this.#at];
      this.#at += 1;
      return Promise.resolve({ value, done: false });
    }
    return this.#inOrder(() => this.#take());
  }

  return(value?: unknown): Promise<IteratorResult<unknown>> {
    return this.#inOrder(async () => {
      this.#end();
      await this.#chunks.return?.();
      return { value, done: true };
    });
  }

  async throw(error?: unknown): Promise<IteratorResult<unknown>> {
    await this.return();
    throw error;
  }

  /** The next row, out of the next chunk where this one is at its end. */
  async #take(): Promise<IteratorResult<unknown>> {
    while (this.#at >= this.#rows.length) {
      if (this.#ended) return { value: undefined, done: true };
      try {
        const step = await this.#chunks.next();
        if (step.done === true) this.#end();
        else [this.#rows, this.#at] = [step.value, 0];
      } catch (error) {
        this.#end();
        throw error;
      }
    }
    const value = this.#rows[this.#at];
    this.#at += 1;
    return { value, done: false };
  }

  #end(): void {
    this.#ended = true;
    this.#rows = [];
    this.#at = 0;
  }

  /** Runs `work` when the calls before it are done. */
  #inOrder<T>(work: () => Promise<T>): Promise<T> {
    const before = this.#last;
    const turn = before === null ? work() : before.then(work, work);
    const done = (): void => {
      if (this.#last === turn) this.#last = null;
    };
    this.#last = turn;
    turn.then(done, done);
    return turn;
  }
}
