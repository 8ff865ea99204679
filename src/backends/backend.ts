import type { Dialect } from '../compiler/dialect.js';
import type { NuagesError } from '../errors.js';
import type { ColumnDef, ConstraintDef, IndexDef, TableDef } from '../sql/table.js';
import type { Eventual } from '../util/eventual.js';

/** What a database URL and its options say; each backend checks the options that it knows. */
export interface DatabaseSettings {
  readonly url: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** Rows as positional arrays, in the driver's own forms. */
export interface StatementResult {
  readonly rows: readonly (readonly unknown[])[];
  /** Rows inserted, updated or deleted; on update the rows that matched. */
  readonly affected: number;
  /** The automatic key of the (first) inserted row, where the driver tells it. */
  readonly insertId?: number | bigint;
  /** Names of the columns, where they were asked for. */
  readonly columnNames?: readonly string[];
}

export interface RunOptions {
  /** Keep the statement prepared: its text will come again. */
  readonly prepare?: boolean;
  /** Columns that may hold whole numbers of 64 bits (`Compiled.wideColumns`): they come as bigint where a number would be rounded. */
  readonly wideColumns?: readonly number[];
  /** At most one row can come (`Compiled.oneRow`): the driver need not look for a second. */
  readonly oneRow?: boolean;
  /**
   * Give the names of the columns with the rows, and the values as the database itself says they are: what the columns mean is
   * known to nobody else. Whole numbers come as bigint where a number would be rounded. Codecs decode these forms too.
   */
  readonly columnNames?: boolean;
  /** Cancels the statement on the server. */
  readonly signal?: AbortSignal;
}

/** One session with the database. Statements on it run one after the other. */
export interface Connection {
  run(sql: string, params: readonly unknown[], options?: RunOptions): Eventual<StatementResult>;
  /** Rows in chunks, as they come from the database; closing the iterator early frees the cursor. */
  stream(
    sql: string,
    params: readonly unknown[],
    chunkSize: number,
    options?: RunOptions,
  ): AsyncIterable<readonly (readonly unknown[])[]>;
  /** Transaction control and session settings; never user text. */
  control(sql: string): Eventual<void>;
  /** Ends the session, and what it still runs. */
  close(): Promise<void>;
  /** Whether the open session keeps the process from ending; where it is missing, it never does. */
  keepProcess?(keeps: boolean): void;
  /** False once the session is lost. */
  readonly usable: boolean;
  /** Tells of messages that the session listens to, and of its end. The function that comes back stops it. */
  watch?(watcher: SessionWatcher): () => void;
}

/** A message from one session to others. */
export interface Notification {
  readonly channel: string;
  readonly payload: string;
  /** The number of the server process that sent it. */
  readonly processId: number;
}

export interface SessionWatcher {
  notified(notification: Notification): void;
  /** The session is lost, or was closed. */
  ended(): void;
}

/** How transactions begin, for one backend. */
export interface BeginOptions {
  readonly isolationLevel?: 'read uncommitted' | 'read committed' | 'repeatable read' | 'serializable';
  readonly readOnly?: boolean;
  readonly deferrable?: boolean;
}

/** Opens connections and knows how its sessions may be shared. */
export interface Driver {
  connect(purpose: 'read' | 'write'): Promise<Connection>;
  /** Statements (controls) that begin a transaction. */
  begin(options: BeginOptions): readonly string[];
  /**
   * `shared`: one session for everything (an in-memory database); outsiders wait while a transaction is open.
   * `single-writer`: many readers, one writer (an SQLite file). `many`: independent sessions (a server).
   */
  readonly sharing: 'shared' | 'single-writer' | 'many';
  /** Sessions opened at most. */
  readonly poolSize: number;
  /** How the server at hand is spoken to, where that depends on what it turned out to be; used in place of the backend's own. */
  readonly server?: ServerSide;
  /** The driver's error in the library's classes. */
  wrapError(error: unknown, sql: string, params: readonly unknown[]): NuagesError;
  close(): Promise<void>;
}

/**
 * A change of the schema as the statements that make it, in order. Pure: it runs nothing.
 * `table` is the table as it is before the change.
 */
export interface SchemaEditor {
  createTable(table: TableDef): readonly string[];
  /** Several tables, which may refer to each other in a circle; where it is missing, one after the other will do. */
  createTables?(tables: readonly TableDef[]): readonly string[];
  dropTable(name: string): readonly string[];
  renameTable(from: string, to: string): readonly string[];
  addColumn(table: TableDef, column: ColumnDef, constraints?: readonly ConstraintDef[]): readonly string[];
  dropColumn(table: TableDef, column: ColumnDef): readonly string[];
  alterColumn(table: TableDef, from: ColumnDef, to: ColumnDef): readonly string[];
  addIndex(table: TableDef, index: IndexDef): readonly string[];
  dropIndex(table: TableDef, index: IndexDef): readonly string[];
  addConstraint(table: TableDef, constraint: ConstraintDef): readonly string[];
  dropConstraint(table: TableDef, constraint: ConstraintDef): readonly string[];
  /** Indexes made and removed while the table stays in use: statements that run outside of transactions. */
  addIndexConcurrently?(table: TableDef, index: IndexDef): readonly string[];
  dropIndexConcurrently?(table: TableDef, index: IndexDef): readonly string[];
  /** Extensions of the database. */
  createExtension?(name: string, options: ExtensionOptions): readonly string[];
  dropExtension?(name: string, options: { readonly cascade?: boolean }): readonly string[];
}

/** How an extension is created. */
export interface ExtensionOptions {
  /** The schema that its objects are put into. */
  readonly schema?: string;
  readonly version?: string;
  /** Whether extensions that it needs are created too. */
  readonly cascade?: boolean;
}

/** Reads the catalogue. */
export interface Introspection {
  tableNames(connection: Connection): Promise<readonly string[]>;
  table(connection: Connection, name: string): Promise<TableDef>;
}

/** How far the log of a server reaches, and whether a copy of it has come as far. */
export interface Replication {
  /** The position of the log, all that is committed included; a text that only servers can compare. */
  position(connection: Connection): Promise<string>;
  /**
   * Whether a server shows all up to a position. One that can wait for it does so, at most for `milliseconds`. False for a text
   * that is no position.
   */
  reaches(connection: Connection, position: string, milliseconds: number): Promise<boolean>;
}

/** What of a backend may differ from server to server. */
export type ServerSide = Pick<Backend, 'dialect' | 'schemaEditor' | 'introspection' | 'explain' | 'replication'>;

/** Everything about one kind of database. */
export interface Backend {
  /** URL schemes that mean this backend, without the colon. */
  readonly schemes: readonly string[];
  readonly dialect: Dialect;
  readonly schemaEditor: SchemaEditor;
  readonly introspection: Introspection;
  /** Checks the settings and makes a driver. Throws ImproperlyConfigured naming a missing package and its install command. */
  createDriver(settings: DatabaseSettings): Promise<Driver>;
  /** Controls around a change of the schema: what must be off while tables are rebuilt, set outside of the transaction. */
  readonly schemaSession?: { readonly before: readonly string[]; readonly after: readonly string[] };
  /** Foreign keys that point nowhere, checked now: throws IntegrityError. */
  checkConstraints(connection: Connection): Promise<void>;
  /** Where servers of this kind have copies that follow their log. */
  readonly replication?: Replication;
  /** Text that explains a statement's plan. */
  explain?(sql: string, options: Readonly<Record<string, unknown>>): string;
}
