import { ImproperlyConfigured, InterfaceError } from '../../errors.js';
import type { BeginOptions, Driver } from '../backend.js';
import { loadDriver } from '../load-driver.js';
import { tlsOptions } from '../tls.js';
import { type Client, PostgresConnection } from './connection.js';
import { wrapError } from './errors.js';
import { quoteText } from './literals.js';
import type { PostgresSettings } from './settings.js';

/** The little of node-postgres that opens sessions and cancels statements. */
interface Pg {
  readonly Client: new (
    config: Record<string, unknown>,
  ) => Client & { connect(): Promise<unknown>; readonly processID: number; readonly secretKey: number };
  readonly Connection: new (config: {
    ssl: unknown;
  }) => {
    connect(port: number | string, host?: string): void;
    requestSsl(): void;
    cancel(processId: number, secretKey: number): void;
    on(event: 'connect' | 'sslconnect' | 'end' | 'error', listener: (error?: unknown) => void): unknown;
  };
}

/** node-postgres takes the name that the certificate is to bear from the host. */
async function sslOf(settings: PostgresSettings): Promise<false | Record<string, unknown>> {
  const tls = await tlsOptions(settings);
  if (tls === null) return false;
  return tls.verifyName ? { ...tls.options } : { ...tls.options, checkServerIdentity: () => undefined };
}

/** What a session is set to. The forms in which values come (ISO dates, hexadecimal bytes) and how SQL is read are not left to the server. */
export function sessionSettings(settings: Partial<PostgresSettings>): readonly (readonly [string, string])[] {
  const { applicationName, statementTimeout = 0, lockTimeout = 0, idleInTransactionTimeout = 0 } = settings;
  const { searchPath, isolationLevel } = settings;
  return [
    ['TimeZone', 'UTC'],
    ['DateStyle', 'ISO, YMD'],
    ['IntervalStyle', 'postgres'],
    ['bytea_output', 'hex'],
    ['client_encoding', 'UTF8'],
    ['standard_conforming_strings', 'on'],
    ...(applicationName == null ? [] : [['application_name', applicationName] as const]),
    ...(searchPath == null ? [] : [['search_path', searchPath] as const]),
    ...(isolationLevel == null ? [] : [['default_transaction_isolation', isolationLevel] as const]),
    ...(statementTimeout === 0 ? [] : [['statement_timeout', String(statementTimeout)] as const]),
    ...(lockTimeout === 0 ? [] : [['lock_timeout', String(lockTimeout)] as const]),
    ...(idleInTransactionTimeout === 0
      ? []
      : [['idle_in_transaction_session_timeout', String(idleInTransactionTimeout)] as const]),
  ];
}

/** The statement that makes the settings and tells how the server reads SQL from now on, and its version. */
export const settingsSql = (settings: readonly (readonly [string, string])[]): string =>
  `SELECT ${settings.map(([name, value]) => `set_config(${quoteText(name)}, ${quoteText(value)}, false)`).join(', ')}, ` +
  "current_setting('standard_conforming_strings'), current_setting('server_version_num')";

/** The oldest version that this backend is written for. */
const OLDEST = 140_000;

/** Checks what `settingsSql` gave. */
export function checkSession(row: readonly unknown[] | undefined): void {
  const [strings, version] = (row ?? []).slice(-2);
  if (strings !== 'on')
    throw new InterfaceError(
      'unsafe-session',
      'The server does not let this session set standard_conforming_strings, without which texts in SQL are not safe.',
    );
  if (Number(version) < OLDEST) throw new ImproperlyConfigured('old-server', 'PostgreSQL 14 or later is needed.');
}

const LEVELS: Readonly<Record<NonNullable<BeginOptions['isolationLevel']>, string>> = {
  'read uncommitted': 'READ UNCOMMITTED',
  'read committed': 'READ COMMITTED',
  'repeatable read': 'REPEATABLE READ',
  serializable: 'SERIALIZABLE',
};

/** `BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY DEFERRABLE`. */
export function begin({ isolationLevel, readOnly, deferrable }: BeginOptions): readonly string[] {
  let text = 'BEGIN';
  if (isolationLevel !== undefined) {
    if (!Object.hasOwn(LEVELS, isolationLevel))
      throw new InterfaceError(
        'invalid-isolation-level',
        `The isolation level must be one of: ${Object.keys(LEVELS).join(', ')}.`,
      );
    text += ` ISOLATION LEVEL ${LEVELS[isolationLevel]}`;
  }
  if (readOnly !== undefined) text += readOnly ? ' READ ONLY' : ' READ WRITE';
  if (deferrable !== undefined) text += deferrable ? ' DEFERRABLE' : ' NOT DEFERRABLE';
  return [text];
}

/** Opens sessions with a server, by node-postgres. */
export async function createDriver(settings: PostgresSettings): Promise<Driver> {
  const pg = await loadDriver<Pg>('PostgreSQL', 'pg', () => import('pg'));
  const ssl = await sslOf(settings);
  const { host, port, user, password, database, connectTimeout } = settings;
  const setUp = settingsSql(sessionSettings(settings));

  /** Asks the server, on a connection of its own, to end what a session runs. Resolves when the server has taken note. */
  const cancel = (processId: number, secretKey: number): Promise<void> =>
    new Promise((resolve) => {
      const connection = new pg.Connection({ ssl });
      // A request that does not get through changes nothing: the statement goes on, and so does whoever waits for it.
      connection.on('error', () => resolve());
      connection.on('end', () => resolve());
      connection.on(ssl === false ? 'connect' : 'sslconnect', () => connection.cancel(processId, secretKey));
      if (ssl !== false) connection.on('connect', () => connection.requestSsl());
      if (host.startsWith('/')) connection.connect(`${host}/.s.PGSQL.${port}`);
      else connection.connect(port, host);
    });

  return {
    sharing: 'many',
    poolSize: settings.poolSize,
    async connect() {
      const client = new pg.Client({
        host,
        port,
        user,
        database,
        ssl,
        // Without a password neither PGPASSWORD nor .pgpass is to be looked at.
        password: password ?? '',
        connectionTimeoutMillis: connectTimeout,
        keepAlive: true,
      });
      const connection = new PostgresConnection(
        client,
        () => cancel(client.processID, client.secretKey),
        settings.preparedStatements,
      );
      await client.connect();
      try {
        checkSession((await connection.simple(setUp))[0]);
      } catch (error) {
        await connection.close().catch(() => {});
        throw error;
      }
      return connection;
    },
    begin,
    wrapError,
    async close() {},
  };
}
