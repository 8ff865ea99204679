import type {
  Backend,
  Connection,
  Introspection,
  RunOptions,
  SchemaEditor,
  StatementResult,
} from '../backends/backend.js';
import { compile } from '../compiler/compile.js';
import type { Compiled, Dialect, Features } from '../compiler/dialect.js';
import { ImproperlyConfigured, InterfaceError, NotSupportedError } from '../errors.js';
import type { SqlNode } from '../sql/statement-nodes.js';
import { fragmentOf, type SqlFragment } from '../sql/template.js';
import type { AtomicOptions } from './atomic-blocks.js';
import type { Block } from './block.js';
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

/** Milliseconds that a query waits for a connection or for its turn in a transaction. */
const WAIT_TIMEOUT = 30_000;
const KEEP: RunOptions = { prepare: true };
const WITH_NAMES: RunOptions = { columnNames: true };

const runOptions = ({ wideColumns }: Compiled): RunOptions =>
  wideColumns.length === 0 ? KEEP : { prepare: true, wideColumns };

function waitTimeoutOf({ waitTimeout = WAIT_TIMEOUT }: Readonly<Record<string, unknown>>): number {
  if (typeof waitTimeout === 'number' && waitTimeout > 0 && Number.isFinite(waitTimeout)) return waitTimeout;
  throw new ImproperlyConfigured('invalid-option', "The option 'waitTimeout' must be a number of milliseconds.");
}

interface Opened {
  readonly backend: Backend;
  readonly sessions: Sessions;
}

/** A configured database, as the rest of the library sees it. */
export class Database {
  readonly alias: string;
  readonly #options: DatabaseOptions;
  readonly #waitTimeout: number;
  #opening: Promise<Opened> | null = null;
  #opened: Opened | null = null;

  constructor(options: DatabaseOptions) {
    this.alias = options.alias;
    this.#options = options;
    this.#waitTimeout = waitTimeoutOf(options.options);
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

  /** A statement's text, parameters and decoders. Queries nothing. */
  compile(node: SqlNode): Compiled {
    return compile(node, this.#loaded().backend.dialect);
  }

  /** The atomic block in which the calling code runs; null outside of any. */
  get block(): Block | null {
    return this.#opened?.sessions.block ?? null;
  }

  /** Runs a statement that reads. `params` are in the driver's form; the rows are not decoded. */
  async read(compiled: Compiled, params: readonly unknown[]): Promise<RawRows> {
    const { sessions } = this.#opened ?? (await this.#open());
    return (
      await sessions.run({ sql: compiled.sql, params, options: runOptions(compiled), readOnly: compiled.readOnly })
    ).rows;
  }

  /** Runs a statement that writes. */
  write(compiled: Compiled, params: readonly unknown[]): Promise<StatementResult> {
    const statement = { sql: compiled.sql, params, options: runOptions(compiled), readOnly: false };
    if (this.#opened !== null) return this.#opened.sessions.run(statement);
    return this.#open().then(({ sessions }) => sessions.run(statement));
  }

  /** Reads in chunks, without holding all rows. Leaving the loop early ends the statement. */
  async *stream(compiled: Compiled, params: readonly unknown[], chunkSize: number): AsyncGenerator<RawRows> {
    const { sessions } = this.#opened ?? (await this.#open());
    yield* sessions.stream({ sql: compiled.sql, params, options: runOptions(compiled), readOnly: true }, chunkSize);
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
    return sessions.run({ sql, params, options: WITH_NAMES, readOnly: /^\s*SELECT\b/i.test(sql) });
  }

  /** Runs text of the library's own, with parameters in the driver's form. Never text of a user. */
  async executeRaw(
    sql: string,
    params: readonly unknown[] = [],
    options: { readonly readOnly?: boolean } = {},
  ): Promise<StatementResult> {
    const { sessions } = this.#opened ?? (await this.#open());
    return sessions.run({ sql, params, options: WITH_NAMES, readOnly: options.readOnly ?? false });
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
    return sessions.run({ sql: backend.explain(compiled.sql, options), params, options: WITH_NAMES, readOnly: true });
  }

  /**
   * Changes the schema: `change` gets the editor, which makes statements, and a function that runs one. All is one transaction
   * where the database can, and foreign keys are checked at its end where they had to be off.
   */
  async schema<T>(change: (editor: SchemaEditor, run: (sql: string) => Promise<void>) => Promise<T>): Promise<T> {
    const { backend, sessions } = this.#opened ?? (await this.#open());
    const run = async (sql: string): Promise<void> => {
      await sessions.run({ sql, params: [], options: { prepare: false }, readOnly: false });
    };
    if (sessions.block !== null) return change(backend.schemaEditor, run);
    const { before, after } = backend.schemaSession ?? { before: [], after: [] };
    return sessions.exclusively('a change of the schema', false, async (lease) => {
      try {
        for (const control of before) await sessions.control(lease.connection, control);
        return await sessions.transaction(lease, {}, async () => {
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

  /** Reads the catalogue by the backend's introspection. */
  async introspect<T>(read: (introspection: Introspection, connection: Connection) => Promise<T>): Promise<T> {
    const { backend, sessions } = this.#opened ?? (await this.#open());
    return sessions.withConnection('introspection', true, (connection) => read(backend.introspection, connection));
  }

  /** Runs `work` so that either all of its writes happen or none. See `atomic()`. */
  atomic<T>(work: () => T | PromiseLike<T>, options: AtomicOptions = {}): Promise<T> {
    if (this.#opened !== null) return this.#opened.sessions.atomic(work, options);
    return this.#open().then(({ sessions }) => sessions.atomic(work, options));
  }

  /** Waits for what runs, then closes all connections. Inside an atomic block of its own it would wait for itself and throws. */
  async close(): Promise<void> {
    if (this.block !== null)
      throw new InterfaceError(
        'close-inside-block',
        `Database '${this.alias}' cannot be closed inside an atomic() block.`,
      );
    const opened = this.#opened ?? (await this.#opening?.catch(() => null));
    await opened?.sessions.close();
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
    const { url, options, loadBackend } = this.#options;
    const backend = await loadBackend();
    const driver = await backend.createDriver({ url, options });
    const sessions = new Sessions(this.alias, driver, this.#waitTimeout);
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
