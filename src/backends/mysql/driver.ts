import { ImproperlyConfigured, InterfaceError, OperationalError } from '../../errors.js';
import type { BeginOptions, Driver } from '../backend.js';
import { loadDriver } from '../load-driver.js';
import { tlsOptions } from '../tls.js';
import { type Client, MysqlConnection, type TypedParameters } from './connection.js';
import { wrapError } from './errors.js';
import { quoteText } from './literals.js';
import { isAtLeast, parseVersion, type ServerFacts } from './server-facts.js';
import type { MysqlSettings } from './settings.js';

interface Mysql2 {
  createConnection(
    config: Record<string, unknown>,
  ): Client & { once(event: 'connect' | 'error', listener: (error?: unknown) => void): unknown };
  readonly TypedParameter?: TypedParameters;
}

async function loadMysql2(): Promise<Mysql2 & { readonly TypedParameter: TypedParameters }> {
  const module = await loadDriver<Mysql2>('MySQL', 'mysql2', () => import('mysql2'));
  if (module.TypedParameter === undefined) {
    throw new ImproperlyConfigured(
      'old-driver',
      "MySQL needs the package 'mysql2' 3.24 or later. Install it: npm install mysql2@latest",
    );
  }
  return module as Mysql2 & { readonly TypedParameter: TypedParameters };
}

/** Whether the runtime lets code be made of text, as mysql2 does for its readers of rows (of positions and types, never of names). */
function mayMakeCode(): boolean {
  try {
    return new Function('return true')() === true;
  } catch {
    return false;
  }
}

/** Modes that change how SQL is read, in which this backend's SQL would mean something else. */
const REFUSED_MODES = new Set([
  'NO_BACKSLASH_ESCAPES',
  'ANSI_QUOTES',
  'ANSI',
  'PIPES_AS_CONCAT',
  'IGNORE_SPACE',
  'HIGH_NOT_PRECEDENCE',
  'REAL_AS_FLOAT',
  'PAD_CHAR_TO_FULL_LENGTH',
  'ORACLE',
  'MSSQL',
  'DB2',
  'POSTGRESQL',
  'MAXDB',
]);

/** The server's modes, without those that change the language, and strict: what does not fit is an error, not cut to fit. */
export function sqlMode(current: string): string {
  const modes = current.split(',').filter((mode) => mode !== '' && !REFUSED_MODES.has(mode));
  if (!modes.includes('STRICT_TRANS_TABLES') && !modes.includes('STRICT_ALL_TABLES')) modes.push('STRICT_TRANS_TABLES');
  return modes.join(',');
}

const ASK =
  "SELECT VERSION(), @@sql_mode, @@character_set_database, @@collation_database, @@max_allowed_packet, CONVERT_TZ('2000-01-01 00:00:00', 'UTC', 'Europe/Paris') IS NOT NULL";

/** What one look at the server told. */
interface Server {
  readonly facts: ServerFacts;
  readonly setUp: string;
  /** Bytes of the longest statement that it takes, its parameters included. */
  readonly mostBytes: number;
}

function serverOf(row: readonly unknown[], settings: MysqlSettings): Server {
  const [version, modes, charset, collation, packet, hasZones] = row;
  const parsed = parseVersion(String(version));
  if (parsed === null)
    throw new ImproperlyConfigured('unknown-server', 'The server does not say which MySQL or MariaDB it is.');
  const facts: ServerFacts = { ...parsed, hasZones: Number(hasZones) === 1, isUnicode: charset === 'utf8mb4' };
  if (facts.isMariaDB ? !isAtLeast(facts, 10, 6) : !isAtLeast(facts, 8, 0, 19)) {
    throw new ImproperlyConfigured('old-server', 'MySQL 8.0.19 or later, or MariaDB 10.6 or later, is needed.');
  }
  const setUp = setUpOf(facts, String(modes), facts.isUnicode ? String(collation) : 'utf8mb4_bin', settings);
  return { facts, setUp, mostBytes: Number(packet) };
}

function setUpOf(
  { isMariaDB }: ServerFacts,
  modes: string,
  collation: string,
  { statementTimeout, lockTimeout }: MysqlSettings,
): string {
  const limits = [
    ...(statementTimeout === 0
      ? []
      : [isMariaDB ? `max_statement_time = ${statementTimeout / 1000}` : `max_execution_time = ${statementTimeout}`]),
    ...(lockTimeout === 0 ? [] : [`innodb_lock_wait_timeout = ${Math.max(1, Math.ceil(lockTimeout / 1000))}`]),
  ];
  return [
    // Literals compare as the database's columns do.
    `SET NAMES utf8mb4 COLLATE ${quoteText(collation)}, time_zone = '+00:00', sql_mode = ${quoteText(sqlMode(modes))}`,
    'group_concat_max_len = 4294967295',
    'sql_auto_is_null = 0',
    ...limits,
  ].join(', ');
}

const LEVELS: Readonly<Record<NonNullable<BeginOptions['isolationLevel']>, string>> = {
  'read uncommitted': 'READ UNCOMMITTED',
  'read committed': 'READ COMMITTED',
  'repeatable read': 'REPEATABLE READ',
  serializable: 'SERIALIZABLE',
};

/** `SET TRANSACTION ISOLATION LEVEL …` and `START TRANSACTION READ ONLY`. */
export function begin({ isolationLevel, readOnly }: BeginOptions): readonly string[] {
  const start = readOnly === undefined ? 'START TRANSACTION' : `START TRANSACTION READ ${readOnly ? 'ONLY' : 'WRITE'}`;
  if (isolationLevel === undefined) return [start];
  if (!Object.hasOwn(LEVELS, isolationLevel))
    throw new InterfaceError(
      'invalid-isolation-level',
      `The isolation level must be one of: ${Object.keys(LEVELS).join(', ')}.`,
    );
  return [`SET TRANSACTION ISOLATION LEVEL ${LEVELS[isolationLevel]}`, start];
}

/** What createDriver gives: the driver, and what the server is. */
export interface Opened {
  readonly driver: Driver;
  readonly facts: ServerFacts;
}

/** Opens sessions with a server, by mysql2. The first is opened at once, to learn what the server is, and kept for the first query. */
export async function createDriver(settings: MysqlSettings): Promise<Opened> {
  const mysql = await loadMysql2();
  const { host, port, socketPath, user, password, database, connectTimeout, preparedStatements } = settings;
  const tls = await tlsOptions(settings);
  const ssl = tls === null ? undefined : { ...tls.options, verifyIdentity: tls.verifyName };
  const disableEval = !mayMakeCode();
  let server: Server | null = null;

  const openClient = (): Promise<Client> =>
    new Promise((resolve, reject) => {
      const client = mysql.createConnection({
        ...(socketPath === null ? { host, port } : { socketPath }),
        user,
        password,
        database,
        connectTimeout,
        disableEval,
        ...(ssl === undefined ? {} : { ssl }),
        charset: 'utf8mb4_bin',
        // What comes is neither rounded nor shifted.
        supportBigNumbers: true,
        dateStrings: true,
        jsonStrings: true,
        timezone: 'Z',
        rowsAsArray: true,
        multipleStatements: false,
        namedPlaceholders: false,
        stringifyObjects: true,
        // A server must not be able to ask for files of this machine.
        flags: ['-LOCAL_FILES'],
        maxPreparedStatements: preparedStatements,
      });
      client.once('connect', () => resolve(client));
      client.once('error', (error) => reject(error));
    });

  /** Asks the server, in a session of its own, to end what another one runs. */
  const cancel = async (threadId: number): Promise<void> => {
    try {
      const client = await openClient();
      await new Promise<void>((resolve) => client.query({ sql: `KILL QUERY ${Number(threadId)}` }, () => resolve()));
      client.end(() => {});
    } catch {
      // A request that does not get through changes nothing: the statement goes on, and so does whoever waits for it.
    }
  };

  const open = async (): Promise<MysqlConnection> => {
    const client = await openClient();
    const connection = new MysqlConnection(client, mysql.TypedParameter, () => cancel(client.threadId));
    try {
      if (server === null) {
        const { rows } = await connection.run(ASK, []);
        server = serverOf(rows[0] ?? [], settings);
      }
      connection.mostBytes = server.mostBytes;
      await connection.control(server.setUp);
      await connection.control(`SET SESSION TRANSACTION ISOLATION LEVEL ${LEVELS[settings.isolationLevel]}`);
    } catch (error) {
      await connection.close();
      throw error;
    }
    return connection;
  };

  let first: MysqlConnection | null = null;
  let facts: ServerFacts;
  if (settings.serverVersion === null) {
    first = await open().catch((error: unknown) => {
      throw wrapError(error, '', []);
    });
    facts = (server as Server | null)!.facts;
  } else {
    const parsed = parseVersion(settings.serverVersion);
    if (parsed === null)
      throw new ImproperlyConfigured(
        'invalid-option',
        "The option 'serverVersion' looks like '8.0.36' or '10.11.6-MariaDB'.",
      );
    facts = { ...parsed, hasZones: false, isUnicode: true };
  }

  const driver: Driver = {
    sharing: 'many',
    poolSize: settings.poolSize,
    async connect() {
      const kept = first;
      first = null;
      if (kept?.usable === true) return kept;
      const connection = await open();
      if (settings.serverVersion !== null && server?.facts.isMariaDB === !facts.isMariaDB) {
        await connection.close();
        throw new OperationalError(
          'other-server',
          `The server is no ${facts.isMariaDB ? 'MariaDB' : 'MySQL'}, as the option 'serverVersion' says.`,
        );
      }
      return connection;
    },
    begin,
    wrapError,
    async close() {
      await first?.close();
      first = null;
    },
  };
  return { driver, facts };
}
