import type { DatabaseSettings } from '../backend.js';
import {
  type Given,
  type IsolationLevel,
  improper,
  isolationLevel,
  type OptionNames,
  type Place,
  placeOf,
  readOptions,
  text,
  whole,
} from '../options.js';
import { TLS_OPTIONS, type TlsSettings, tlsSettings } from '../tls.js';

/** What a URL and its options say about a PostgreSQL server. */
export interface PostgresSettings extends TlsSettings {
  /** A name, an address, or the directory of a unix socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string | (() => string | Promise<string>) | undefined;
  readonly database: string;
  readonly applicationName: string | null;
  /** Milliseconds; 0 for no limit. */
  readonly connectTimeout: number;
  readonly statementTimeout: number;
  readonly lockTimeout: number;
  readonly idleInTransactionTimeout: number;
  readonly poolSize: number;
  /** Statements that stay prepared in each session; 0 behind a pooler that cannot keep them. */
  readonly preparedStatements: number;
  readonly searchPath: string | null;
  /** Null: as the server has it. */
  readonly isolationLevel: IsolationLevel | null;
}

const NAMES: OptionNames = {
  label: 'PostgreSQL',
  inUrl: [
    ...TLS_OPTIONS,
    'applicationName',
    'connectTimeout',
    'statementTimeout',
    'lockTimeout',
    'idleInTransactionTimeout',
    'poolSize',
    'preparedStatements',
    'searchPath',
    'isolationLevel',
    'host',
  ],
  inCode: ['ssl', 'password'],
  // Spellings of libpq.
  aliases: {
    sslmode: 'sslMode',
    sslrootcert: 'sslRootCert',
    sslcert: 'sslCert',
    sslkey: 'sslKey',
    application_name: 'applicationName',
    connect_timeout: 'connectTimeout',
    statement_timeout: 'statementTimeout',
    lock_timeout: 'lockTimeout',
    idle_in_transaction_session_timeout: 'idleInTransactionTimeout',
  },
};

/** `postgres://user:password@host:port/database?option=value`, or `postgres:///database?host=/var/run/postgresql` for a unix socket. */
export function parseSettings(settings: DatabaseSettings): PostgresSettings {
  const place = placeOf(settings.url, NAMES.label, 'postgres');
  const given = readOptions(settings, inMilliseconds(place.search), NAMES);
  const server = serverOf(place, given);
  const tls = tlsSettings(given);
  if (server.host.startsWith('/') && tls.sslMode !== 'disable')
    throw improper('invalid-option', 'A unix socket is not encrypted: leave the options of TLS out.');
  return { ...server, ...tls, ...limitsOf(given) };
}

/** libpq counts seconds in `connect_timeout`. */
const inMilliseconds = (search: string): string => search.replace(/([?&]connect_timeout=\d{1,5})(?=&|$)/g, '$1000');

function serverOf(
  place: Place,
  given: Given,
): Pick<PostgresSettings, 'host' | 'port' | 'user' | 'password' | 'database'> {
  const socket = text('host', given.host);
  if (socket !== null && (place.host !== null || !socket.startsWith('/'))) {
    throw improper(
      'invalid-option',
      "The option 'host' is the directory of a unix socket ('/var/run/postgresql'), in a URL that names no host itself.",
    );
  }
  const { password } = given;
  if (password !== undefined && typeof password !== 'string' && typeof password !== 'function') {
    throw improper('invalid-option', "The option 'password' must be a text or a function that gives one.");
  }
  const user = place.user ?? process.env.USER ?? process.env.USERNAME ?? 'postgres';
  return {
    host: socket ?? place.host ?? 'localhost',
    port: place.port ?? 5432,
    user,
    password: (password as PostgresSettings['password']) ?? place.password ?? undefined,
    database: place.database === '' ? user : place.database,
  };
}

function limitsOf(
  given: Given,
): Omit<PostgresSettings, 'host' | 'port' | 'user' | 'password' | 'database' | keyof TlsSettings> {
  return {
    applicationName: text('applicationName', given.applicationName),
    connectTimeout: whole('connectTimeout', given.connectTimeout, 10_000),
    statementTimeout: whole('statementTimeout', given.statementTimeout, 0),
    lockTimeout: whole('lockTimeout', given.lockTimeout, 0),
    idleInTransactionTimeout: whole('idleInTransactionTimeout', given.idleInTransactionTimeout, 0),
    poolSize: whole('poolSize', given.poolSize, 10, 1),
    preparedStatements: whole('preparedStatements', given.preparedStatements, 500),
    searchPath: text('searchPath', given.searchPath),
    isolationLevel: isolationLevel(given),
  };
}
