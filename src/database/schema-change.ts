import { DatabaseError, TransactionManagementError } from '../errors.js';

/** The part of a statement that says what it changes: `CREATE TABLE "library_book"`. */
const heading = (sql: string): string => sql.split(/\s*\(|\n/, 1)[0]!.trim();

/** The statements of one change of the schema, on a database that cannot undo them: a failure says what stands. */
export class SchemaChange {
  readonly #database: string;
  readonly #completed: string[] = [];

  /** `database` is what messages call it. */
  constructor(database: string) {
    this.#database = database;
  }

  async run(sql: string, send: (sql: string) => Promise<unknown>): Promise<void> {
    try {
      await send(sql);
    } catch (error) {
      throw this.#withProgress(error, sql);
    }
    this.#completed.push(sql);
  }

  /** The error stays what it is, so that it is caught as before; it tells how far the change went. */
  #withProgress(error: unknown, failed: string): unknown {
    if (!(error instanceof DatabaseError)) return error;
    const completed = Object.freeze([...this.#completed]);
    const done =
      completed.length === 0 ? 'nothing was changed before it' : `these stay: ${completed.map(heading).join('; ')}`;
    error.message += ` (${heading(failed)} failed. ${this.#database} cannot undo changes of the schema; ${done}.)`;
    Object.defineProperty(error, 'completed', { value: completed, configurable: true });
    return error;
  }
}

/** What such a database would commit in the middle of a transaction is refused there. */
export function refuseInBlock(database: string): never {
  throw new TransactionManagementError(
    'schema-in-block',
    `${database} commits what was done before it whenever the schema is changed: that cannot stand inside atomic().`,
  );
}
