import { ProgrammingError } from '../../errors.js';
import type { Engine, EngineStatement, OpenEngine } from './engine.js';
import { sqlAggregates, sqlFunctions } from './sql-functions/index.js';

/** What is used of `node:sqlite`, whose types came after those of Node 20. */
interface NodeSqlite {
  readonly DatabaseSync: new (file: string, options?: object) => NodeDatabase;
}
interface NodeDatabase {
  exec(sql: string): void;
  prepare(sql: string): NodeStatement;
  close(): void;
  readonly isTransaction: boolean;
  function(name: string, options: object, call: (...args: any[]) => unknown): void;
  aggregate(name: string, options: object): void;
}
interface NodeStatement {
  all(...params: unknown[]): unknown[];
  get(...params: unknown[]): unknown;
  run(...params: unknown[]): { changes: number | bigint; lastInsertRowid: number | bigint };
  iterate(...params: unknown[]): IterableIterator<unknown>;
  setReadBigInts(on: boolean): void;
  setReturnArrays(on: boolean): void;
  columns(): { readonly name: string }[];
  readonly sourceSQL: string;
}

/** node:sqlite prepares the first statement of a text and leaves the others out without a word. */
function refuseSecondStatement(statement: NodeStatement, sql: string): void {
  const rest = sql.slice(statement.sourceSQL.length).replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, '');
  if (/[^\s;]/.test(rest))
    throw new ProgrammingError('wrong-statement', 'The text holds more than one statement.', { sql });
}

/** Statements that change nothing; node:sqlite does not tell. */
const READS = /^\s*(SELECT|VALUES|WITH\b(?![\s\S]*\b(INSERT|UPDATE|DELETE|REPLACE)\b)|EXPLAIN)/i;

class Statement implements EngineStatement {
  readonly #statement: NodeStatement;
  readonly #names: string[];
  readonly reader: boolean;
  readonly readOnly: boolean;

  constructor(statement: NodeStatement, sql: string) {
    this.#statement = statement;
    this.#names = statement.columns().map(({ name }) => name);
    this.reader = this.#names.length > 0;
    this.readOnly = READS.test(sql);
    if (this.reader) statement.setReturnArrays(true);
  }
  all(params: readonly unknown[]): unknown[][] {
    return this.#statement.all(...params) as unknown[][];
  }
  first(params: readonly unknown[]): unknown[] | undefined {
    return this.#statement.get(...params) as unknown[] | undefined;
  }
  run(params: readonly unknown[]): { changes: number; lastInsertRowid: number | bigint } {
    const { changes, lastInsertRowid } = this.#statement.run(...params);
    return { changes: Number(changes), lastInsertRowid };
  }
  iterate(params: readonly unknown[]): IterableIterator<unknown[]> {
    return this.#statement.iterate(...params) as IterableIterator<unknown[]>;
  }
  bigints(on: boolean): void {
    this.#statement.setReadBigInts(on);
  }
  columnNames(): string[] {
    return this.#names;
  }
}

/** Whether this version of `node:sqlite` has what is needed: rows as arrays, functions and aggregates (Node 22.16, 24). */
export function isUsableNodeSqlite(module: unknown): module is NodeSqlite {
  const { DatabaseSync, StatementSync } = module as {
    DatabaseSync?: { prototype: object };
    StatementSync?: { prototype: object };
  };
  return (
    DatabaseSync !== undefined &&
    'aggregate' in DatabaseSync.prototype &&
    StatementSync !== undefined &&
    'setReturnArrays' in StatementSync.prototype
  );
}

/** `node:sqlite` as an engine. */
export function nodeSqlite({ DatabaseSync }: NodeSqlite): OpenEngine {
  return (file, busyTimeout): Engine => {
    const database = new DatabaseSync(file, { timeout: busyTimeout });
    let open = true;
    for (const { name, arity, deterministic, bigints, call } of sqlFunctions) {
      if (arity >= 0) Object.defineProperty(call, 'length', { value: arity });
      database.function(name, { deterministic, varargs: arity < 0, useBigIntArguments: bigints }, call);
    }
    for (const { name, arity, bigints, start, add, remove, result } of sqlAggregates) {
      // It counts the parameters of `step` to know how many arguments there are.
      for (const step of [add, remove]) Object.defineProperty(step, 'length', { value: arity + 1 });
      database.aggregate(name, { start, step: add, inverse: remove, result, useBigIntArguments: bigints });
    }
    return {
      prepare: (sql) => {
        const statement = database.prepare(sql);
        refuseSecondStatement(statement, sql);
        return new Statement(statement, sql);
      },
      exec: (sql) => database.exec(sql),
      close: () => {
        open = false;
        database.close();
      },
      get open() {
        return open;
      },
      get inTransaction() {
        return database.isTransaction;
      },
    };
  };
}
