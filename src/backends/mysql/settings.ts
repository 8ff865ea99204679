import { isIP } from 'node:net';
import type { DatabaseSettings } from '../backend.js';
import {
  type Given,
  type IsolationLevel,
  improper,
  isolationLevel,
  type OptionNames,
  placeOf,
  readOptions,
  text,
  type Place as UrlPlace,
  whole,
} from '../options.js';
import { type SslMode, TLS_OPTIONS, type TlsSettings, tlsSettings } from '../tls.js';

/** What a URL and its options say about a MySQL or MariaDB server. */
export interface MysqlSettings extends TlsSettings {
  readonly host: string;
  readonly port: number;
  /** A unix socket, which then stands in place of host and port. */
  readonly socketPath: string | null;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** Milliseconds; 0 for no limit. */
  readonly connectTimeout: number;
  readonly statementTimeout: number;
  readonly lockTimeout: number;
  readonly poolSize: number;
  readonly preparedStatements: number;
  /** What the server would say of its version, so that no session is opened to ask it. */
  readonly serverVersion: string | null;
  /** How transactions are isolated that do not say it themselves. */
  readonly isolationLevel: IsolationLevel;
}

const NAMES: OptionNames = {
  label: 'MySQL',
  inUrl: [
    ...TLS_OPTIONS,
    'socketPath',
    'connectTimeout',
    'statementTimeout',
    'lockTimeout',
    'poolSize',
    'preparedStatements',
    'serverVersion',
    'isolationLevel',
  ],
  inCode: ['ssl', 'password'],
  // Spellings of the client programs.
  aliases: {
    'ssl-mode': 'sslMode',
    'ssl-ca': 'sslRootCert',
    'ssl-cert': 'sslCert',
    'ssl-key': 'sslKey',
    socket: 'socketPath',
  },
};

/** Modes of TLS as MySQL's programs name them. */
const SSL_WORDS: Readonly<Record<string, SslMode>> = {
  DISABLED: 'disable',
  REQUIRED: 'require',
  VERIFY_CA: 'verify-ca',
  VERIFY_IDENTITY: 'verify-full',
};

/** `mysql://user:password@host:port/database?option=value`, or `mysql:///database?socketPath=/run/mysqld/mysqld.sock` for a unix socket. */
export function parseSettings(settings: DatabaseSettings): MysqlSettings {
  const place = placeOf(settings.url, NAMES.label, 'mysql');
  const given = readOptions(settings, place.search, NAMES);
  const server = serverOf(place, given);
  const tls = tlsSettings(given, SSL_WORDS);
  if (server.socketPath !== null && tls.sslMode !== 'disable')
    throw improper('invalid-option', 'A unix socket is not encrypted: leave the options of TLS out.');
  if (tls.sslMode === 'verify-full' && isIP(server.host) > 0)
    throw improper(
      'invalid-option',
      "The name in the server's certificate is compared with a name, not with an address: name the host, or let sslMode be 'verify-ca'.",
    );
  return { ...server, ...tls, ...limitsOf(given) };
}

type Place = Pick<MysqlSettings, 'host' | 'port' | 'socketPath' | 'user' | 'password' | 'database'>;

function serverOf(place: UrlPlace, given: Given): Place {
  const inHost = place.host?.startsWith('/') === true;
  const socketPath = inHost ? place.host : text('socketPath', given.socketPath);
  if (socketPath !== null && !inHost && (place.host !== null || !socketPath.startsWith('/'))) {
    throw improper(
      'invalid-option',
      "The option 'socketPath' is the path of a unix socket ('/run/mysqld/mysqld.sock'), in a URL that names no host.",
    );
  }
  if (place.database === '') throw improper('invalid-url', 'A URL of MySQL names a database behind the host.');
  const { password } = given;
  if (password !== undefined && typeof password !== 'string')
    throw improper('invalid-option', "The option 'password' must be a text.");
  return {
    host: inHost ? '127.0.0.1' : (place.host ?? '127.0.0.1'),
    port: place.port ?? 3306,
    socketPath,
    user: place.user ?? process.env.USER ?? process.env.USERNAME ?? 'root',
    password: password ?? place.password ?? '',
    database: place.database,
  };
}

function limitsOf(given: Given): Omit<MysqlSettings, keyof Place | keyof TlsSettings> {
  return {
    connectTimeout: whole('connectTimeout', given.connectTimeout, 10_000),
    statementTimeout: whole('statementTimeout', given.statementTimeout, 0),
    lockTimeout: whole('lockTimeout', given.lockTimeout, 0),
    poolSize: whole('poolSize', given.poolSize, 10, 1),
    preparedStatements: whole('preparedStatements', given.preparedStatements, 500, 1),
    serverVersion: text('serverVersion', given.serverVersion),
    // As on PostgreSQL: under the server's own default, REPEATABLE READ, getOrCreate could not see a row that was just created.
    isolationLevel: isolationLevel(given) ?? 'read committed',
  };
}
