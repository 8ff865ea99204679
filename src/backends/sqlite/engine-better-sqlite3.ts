import type BetterSqlite3 from 'better-sqlite3';
import type { Engine, EngineStatement, OpenEngine } from './engine.js';
import { sqlAggregates, sqlFunctions } from './sql-functions/index.js';

class Statement implements EngineStatement {
  readonly #statement: BetterSqlite3.Statement<unknown[], unknown>;
  readonly reader: boolean;
  readonly readOnly: boolean;

  constructor(statement: BetterSqlite3.Statement<unknown[], unknown>) {
    this.#statement = statement;
    this.reader = statement.reader;
    this.readOnly = statement.readonly;
    if (this.reader) statement.raw(true);
  }
  all(params: readonly unknown[]): unknown[][] {
    return this.#statement.all(params) as unknown[][];
  }
  first(params: readonly unknown[]): unknown[] | undefined {
    return this.#statement.get(params) as unknown[] | undefined;
  }
  run(params: readonly unknown[]): BetterSqlite3.RunResult {
    return this.#statement.run(params);
  }
  iterate(params: readonly unknown[]): IterableIterator<unknown[]> {
    return this.#statement.iterate(params) as IterableIterator<unknown[]>;
  }
  bigints(on: boolean): void {
    this.#statement.safeIntegers(on);
  }
  columnNames(): string[] {
    return this.#statement.columns().map(({ name }) => name);
  }
}

/** better-sqlite3 as an engine. */
export function betterSqlite3(Database: typeof BetterSqlite3): OpenEngine {
  return (file, busyTimeout): Engine => {
    const database = new Database(file, { timeout: busyTimeout });
    for (const { name, arity, deterministic, bigints, call } of sqlFunctions) {
      // better-sqlite3 counts the parameters of the function itself, which a rest parameter hides.
      if (arity >= 0) Object.defineProperty(call, 'length', { value: arity });
      database.function(name, { deterministic, varargs: arity < 0, safeIntegers: bigints }, call);
    }
    for (const { name, bigints, start, add, remove, result } of sqlAggregates) {
      database.aggregate(name, {
        start,
        step: add,
        inverse: remove,
        result,
        safeIntegers: bigints,
      } as BetterSqlite3.AggregateOptions);
    }
    return {
      prepare: (sql) => new Statement(database.prepare(sql)),
      exec: (sql) => void database.exec(sql),
      close: () => void database.close(),
      get open() {
        return database.open;
      },
      get inTransaction() {
        return database.inTransaction;
      },
    };
  };
}
