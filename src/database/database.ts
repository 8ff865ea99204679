import type {
  Backend,
  Connection,
  DatabaseSettings,
  Introspection,
  RunOptions,
  SchemaEditor,
  StatementResult,
} from '../backends/backend.js';
import type { PoolStatus } from '../backends/pool.js';
import { compile } from '../compiler/compile.js';
import type { Compiled, Dialect, Features } from '../compiler/dialect.js';
import { InterfaceError, NotSupportedError, typeError, ValueError } from '../errors.js';
import type { SqlNode } from '../sql/statement-nodes.js';
import { fragmentOf, type SqlFragment } from '../sql/template.js';
import type { Eventual } from '../util/eventual.js';
import { pause } from '../util/pause.js';
import type { AtomicOptions, Work } from './atomic-blocks.js';
import type { Block } from './block.js';
import { type ConnectionOptions, takeConnectionOptions } from './connection-options.js';
import { refuseInBlock, SchemaChange } from './schema-change.js';
import type { Statement } from './sender.js';
import { Sessions } from './sessions.js';
import { statementText } from './statement-text.js';

/** Rows as positional arrays, in the driver's forms. */
export type RawRows = readonly (readonly unknown[])[];
/** A row with its values by column name; without a prototype, since a column may be called anything. */
export type NamedRow = Record<string, unknown>;

/** What makes a Database. */
export interface DatabaseOptions {
  readonly alias: string;
  readonly url: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly loadBackend: () => Promise<Backend>;
}

/** Milliseconds between two looks at a replica. */
const POLL = 5;
const KEEP: RunOptions = { prepare: true };
const WITH_NAMES: RunOptions = { columnNames: true };

const rowsOf = ({ rows }: StatementResult): RawRows => rows;
const runOptions = ({ wideColumns, oneRow }: Compiled): RunOptions =>
  wideColumns.length === 0 && !oneRow ? KEEP : { prepare: true, wideColumns, oneRow };

interface Opened {
  readonly backend: Backend;
  readonly sessions: Sessions;
}

/** A configured database, as the rest of the library sees it. */
export class Database {
  readonly alias: string;
  readonly #options: DatabaseOptions;
  readonly #settings: DatabaseSettings;
  readonly #connections: ConnectionOptions;
  #opening: Promise<Opened> | null = null;
  #opened: Opened | null = null;

  constructor(options: DatabaseOptions) {
    this.alias = options.alias;
    this.#options = options;
    const { url, options: given } = options;
    ({ settings: this.#settings, options: this.#connections } = takeConnectionOptions({ url, options: given }));
  }

  /** Whether the backend is loaded, so that `dialect`, `features` and `compile` may be used. */
  get isReady(): boolean {
    return this.#opened !== null;
  }

  /** Loads the backend; opens no connection yet. Throws ImproperlyConfigured for a missing package or a wrong option. */
  async ready(): Promise<this> {
    await this.#open();
    return this;
  }

  get dialect(): Dialect {
    return this.#loaded().backend.dialect;
  }
  get features(): Features {
    return this.#loaded().backend.dialect.features;
  }
  get schemaEditor(): SchemaEditor {
    return this.#loaded().backend.schemaEditor;
  }

  /** A statement's text, parameters and decoders. Queries nothing. Throws ValueError where a part of it is meant for another database. */
  compile(node: SqlNode): Compiled {
    const compiled = compile(node, this.#loaded().backend.dialect);
    const other = compiled.databases?.find((alias) => alias !== this.alias);
    if (other !== undefined) {
      throw new ValueError(
        'other-database',
        `A statement on database '${this.alias}' cannot hold a query on '${other}': fetch that one's rows first and give the list.`,
      );
    }
    return compiled;
  }

  /** The atomic block in which the calling code runs; null outside of any. */
  get block(): Block | null {
    return this.#opened?.sessions.block ?? null;
  }

  /** Runs a statement that reads. `params` are in the driver's form; the rows are not decoded. */
  read(compiled: Compiled, params: readonly unknown[]): Eventual<RawRows> {
    const { sql, readOnly } = compiled;
    const result = this.#run({ sql, params, options: runOptions(compiled), readOnly, repeatable: readOnly });
    return result instanceof Promise ? result.then(rowsOf) : result.rows;
  }

  /** Runs a statement that writes. */
  write(compiled: Compiled, params: readonly unknown[]): Eventual<StatementResult> {
    const { sql } = compiled;
    return this.#run({ sql, params, options: runOptions(compiled), readOnly: false, repeatable: false });
  }

  #run(statement: Statement): Eventual<StatementResult> {
    if (this.#opened !== null) return this.#opened.sessions.run(statement);
    return this.#open().then(({ sessions }) => sessions.run(statement));
  }

  /** Reads in chunks, without holding all rows. Leaving the loop early ends the statement. */
  async *stream(compiled: Compiled, params: readonly unknown[], chunkSize: number): AsyncGenerator<RawRows> {
    const { sessions } = this.#opened ?? (await this.#open());
    const options = runOptions(compiled);
    const { sql, readOnly } = compiled;
    yield* sessions.stream({ sql, params, options, readOnly: true, repeatable: readOnly }, chunkSize);
  }

  /**
   * Runs SQL of the developer's own; values inside `${}` become parameters. Rows are objects in the driver's forms.
   *
   * @example
   * await connection().execute`SELECT title FROM library_book WHERE price < ${20}`
   */
  async execute(strings: TemplateStringsArray | SqlFragment, ...values: readonly unknown[]): Promise<NamedRow[]> {
    const { rows, columnNames = [] } = await this.runTemplate(fragmentOf(strings, values));
    return rows.map((row) => namedRow(columnNames, row));
  }

  /** Runs SQL of the developer's own. Rows are positional, in the driver's forms, with the names of their columns. */
  async runTemplate(fragment: SqlFragment): Promise<StatementResult> {
    const { backend, sessions } = this.#opened ?? (await this.#open());
    const { sql, params } = statementText(fragment, backend.dialect);
    return sessions.run({ sql, params, options: WITH_NAMES, readOnly: /^\s*SELECT\b/i.test(sql), repeatable: false });
  }

  /** Runs text of the library's own, with parameters in the driver's form. Never text of a user. */
  async executeRaw(
    sql: string,
    params: readonly unknown[] = [],
    options: { readonly readOnly?: boolean } = {},
  ): Promise<StatementResult> {
    const { sessions } = this.#opened ?? (await this.#open());
    return sessions.run({ sql, params, options: WITH_NAMES, readOnly: options.readOnly ?? false, repeatable: false });
  }

  /** How the database would run a statement, as rows of its own making. */
  async explain(
    compiled: Compiled,
    params: readonly unknown[],
    options: Readonly<Record<string, unknown>> = {},
  ): Promise<StatementResult> {
    const { backend, sessions } = this.#opened ?? (await this.#open());
    if (backend.explain === undefined)
      throw new NotSupportedError('not-supported', `${backend.dialect.label} cannot explain statements.`);
    return sessions.run({
      sql: backend.explain(compiled.sql, options),
      params,
      options: WITH_NAMES,
      readOnly: true,
      repeatable: false,
    });
  }

  /**
   * Changes the schema: `change` gets the editor, which makes statements, and a function that runs one. All is one transaction
   * where the database can, and foreign keys are checked at its end where they had to be off. Where it cannot, the error of a
   * statement that fails tells what was done before and stays (`completed`: the statements), and atomic() around it is refused.
   */
  async schema<T>(change: (editor: SchemaEditor, run: (sql: string) => Promise<void>) => Promise<T>): Promise<T> {
    const { backend, sessions } = this.#opened ?? (await this.#open());
    const send = async (sql: string): Promise<StatementResult> =>
      sessions.run({ sql, params: [], options: { prepare: false }, readOnly: false, repeatable: false });
    const { features, label } = backend.dialect;
    const progress = features.transactionalDdl ? null : new SchemaChange(label);
    const run = async (sql: string): Promise<void> => {
      await (progress === null ? send(sql) : progress.run(sql, send));
    };
    if (sessions.block !== null) {
      if (progress !== null) refuseInBlock(label);
      return change(backend.schemaEditor, run);
    }
    const { before, after } = backend.schemaSession ?? { before: [], after: [] };
    return sessions.exclusively('a change of the schema', async (lease) => {
      try {
        for (const control of before) await sessions.control(lease.connection, control);
        return await sessions.transaction(lease, async () => {
          const result = await change(backend.schemaEditor, run);
          if (before.length > 0) await this.checkConstraints();
          return result;
        });
      } finally {
        await restore(sessions, lease.connection, after);
      }
    });
  }

  /** Runs statements that change the schema, in one transaction where the database can. */
  async runStatements(statements: readonly string[]): Promise<void> {
    await this.schema(async (_editor, run) => {
      for (const statement of statements) await run(statement);
    });
  }

  /** Checks all foreign keys now. Throws IntegrityError for the first that points nowhere. */
  async checkConstraints(): Promise<void> {
    const { backend, sessions } = this.#opened ?? (await this.#open());
    await sessions.withConnection('checkConstraints()', false, (connection) => backend.checkConstraints(connection));
  }

  /** Names of the tables that are there. */
  async tableNames(): Promise<readonly string[]> {
    return this.introspect((introspection, connection) => introspection.tableNames(connection));
  }

  /** The sessions, for what needs a connection of its own or for longer than a statement. */
  async sessions(): Promise<Sessions> {
    return (this.#opened ?? (await this.#open())).sessions;
  }

  /** Reads the catalogue by the backend's introspection. */
  async introspect<T>(read: (introspection: Introspection, connection: Connection) => Promise<T>): Promise<T> {
    const { backend, sessions } = this.#opened ?? (await this.#open());
    return sessions.withConnection('introspection', true, (connection) => read(backend.introspection, connection));
  }

  /** How far the server's log reaches, committed work included; null where the database has no such thing. One query. */
  async position(): Promise<string | null> {
    const { backend, sessions } = this.#opened ?? (await this.#open());
    const { replication } = backend;
    if (replication === undefined) return null;
    return sessions.withConnection('position()', true, (connection) => replication.position(connection));
  }

  /**
   * Whether the server shows all up to a position of the log of its primary, within some milliseconds. False where the database
   * has no such thing.
   */
  async reaches(position: string, milliseconds: number): Promise<boolean> {
    const { backend, sessions } = this.#opened ?? (await this.#open());
    const { replication } = backend;
    if (replication === undefined) return false;
    const end = performance.now() + milliseconds;
    for (;;) {
      const left = Math.max(0, end - performance.now());
      const isThere = await sessions.withConnection('reaches()', true, (connection) =>
        replication.reaches(connection, position, left),
      );
      if (isThere || performance.now() >= end) return isThere;
      await pause(POLL);
    }
  }

  /** Runs `work` so that either all of its writes happen or none. See `atomic()`. */
  atomic<T>(work: Work<T>, options: AtomicOptions = {}): Promise<T> {
    if (this.#opened !== null) return this.#opened.sessions.atomic(work, options);
    return this.#open().then(({ sessions }) => sessions.atomic(work, options));
  }

  /**
   * What its connections do at this moment: how many are open, who holds one and for how long. Null until the database is used.
   * Queries nothing.
   */
  get pool(): PoolStatus | null {
    return this.#opened?.sessions.pool ?? null;
  }

  /**
   * Waits for what runs, `timeout` milliseconds at most (the option `closeTimeout` of the database; 0 for no limit), then closes all
   * connections. Throws OperationalError (`close-timeout`), once all is closed, where some were still in use. Inside an atomic block
   * of its own it would wait for itself and throws InterfaceError.
   */
  async close({ timeout = this.#connections.closeTimeout }: { readonly timeout?: number } = {}): Promise<void> {
    if (typeof timeout !== 'number' || !(timeout >= 0))
      throw typeError('invalid-argument', "The option 'timeout' of close() is a number of milliseconds.");
    if (this.block !== null)
      throw new InterfaceError(
        'close-inside-block',
        `Database '${this.alias}' cannot be closed inside an atomic() block.`,
      );
    const opened = this.#opened ?? (await this.#opening?.catch(() => null));
    await opened?.sessions.close(timeout === 0 ? Number.POSITIVE_INFINITY : timeout);
  }

  /** The same database with no connections, as if it had just been configured. */
  renewed(): Database {
    return new Database(this.#options);
  }

  #loaded(): Opened {
    if (this.#opened !== null) return this.#opened;
    throw new InterfaceError('not-ready', `Database '${this.alias}' is not loaded yet: await its ready() first.`);
  }

  #open(): Promise<Opened> {
    this.#opening ??= this.#load().catch((error: unknown) => {
      // The next attempt may find the package installed.
      this.#opening = null;
      throw error;
    });
    return this.#opening;
  }

  async #load(): Promise<Opened> {
    const backend = await this.#options.loadBackend();
    const driver = await backend.createDriver(this.#settings);
    const sessions = new Sessions(this.alias, driver, this.#connections);
    // A server may turn out to be one that is spoken to in its own way.
    this.#opened = { backend: driver.server === undefined ? backend : { ...backend, ...driver.server }, sessions };
    return this.#opened;
  }
}

/** Session settings as they were; a session that keeps others is given up. */
async function restore(sessions: Sessions, connection: Connection, controls: readonly string[]): Promise<void> {
  try {
    for (const control of controls) await sessions.control(connection, control);
  } catch {
    await connection.close().catch(() => {});
  }
}

function namedRow(names: readonly string[], row: readonly unknown[]): NamedRow {
  const named: NamedRow = Object.create(null);
  for (let index = 0; index < names.length; index++) named[names[index]!] = row[index];
  return named;
}
