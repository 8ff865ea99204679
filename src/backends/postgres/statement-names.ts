/** What is to be sent so that a statement can run under its name. */
export interface NamedStatement {
  readonly name: string;
  /** Whether the server does not know it yet. */
  readonly isNew: boolean;
  /** Names that the server is to forget first. */
  readonly forget: readonly string[];
}

/** Names of the statements that a session has prepared, by their text; the least recently used are given up. */
export class StatementNames {
  readonly #limit: number;
  readonly #names = new Map<string, string>();
  #count = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The name for a text. A new one counts once `confirm` says that the server took the text. */
  get(sql: string): NamedStatement {
    const known = this.#names.get(sql);
    if (known !== undefined) {
      // Order matters only once something may be given up.
      if (this.#names.size > this.#limit / 2) {
        this.#names.delete(sql);
        this.#names.set(sql, known);
      }
      return { name: known, isNew: false, forget: [] };
    }
    this.#count++;
    const name = `n${this.#count}`;
    const forget: string[] = [];
    if (this.#names.size >= this.#limit) {
      const [oldest] = this.#names;
      this.#names.delete(oldest![0]);
      forget.push(oldest![1]);
    }
    return { name, isNew: true, forget };
  }

  /** The server knows the text by this name now. */
  confirm(sql: string, name: string): void {
    this.#names.set(sql, name);
  }

  /** All of them, given up. */
  clear(): void {
    this.#names.clear();
  }
}
