/**
 * Prepared statements by their text, the least recently used given up first.
 * Every connection has its own, since a statement belongs to the connection that prepared it.
 */
export class StatementCache<T> {
  readonly #entries = new Map<string, T>();
  readonly #limit: number;
  readonly #prepare: (sql: string) => T;

  constructor(limit: number, prepare: (sql: string) => T) {
    this.#limit = limit;
    this.#prepare = prepare;
  }

  get(sql: string): T {
    const known = this.#entries.get(sql);
    if (known !== undefined) {
      // Order matters only once something may be given up.
      if (this.#entries.size > this.#limit / 2) {
        this.#entries.delete(sql);
        this.#entries.set(sql, known);
      }
      return known;
    }
    const made = this.#prepare(sql);
    if (this.#entries.size >= this.#limit) this.#entries.delete(this.#entries.keys().next().value!);
    this.#entries.set(sql, made);
    return made;
  }
}
