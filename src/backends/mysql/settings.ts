import { ImproperlyConfigured } from '../../errors.js';
import { closest } from '../../util/closest.js';
import type { DatabaseSettings } from '../backend.js';

export type SslMode = 'disable' | 'require' | 'verify-ca' | 'verify-full';

/** What a URL and its options say about a MySQL or MariaDB server. */
export interface MysqlSettings {
  readonly host: string;
  readonly port: number;
  /** A unix socket, which then stands in place of host and port. */
  readonly socketPath: string | null;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly sslMode: SslMode;
  /** Options of node:tls, from code alone. */
  readonly ssl: Readonly<Record<string, unknown>> | null;
  /** Milliseconds; 0 for no limit. */
  readonly connectTimeout: number;
  readonly statementTimeout: number;
  readonly lockTimeout: number;
  readonly poolSize: number;
  readonly preparedStatements: number;
  /** What the server would say of its version, so that no session is opened to ask it. */
  readonly serverVersion: string | null;
}

/** Options that a URL may carry: none of them leads elsewhere or reads a file. */
const IN_URL = [
  'sslMode',
  'socketPath',
  'connectTimeout',
  'statementTimeout',
  'lockTimeout',
  'poolSize',
  'preparedStatements',
  'serverVersion',
];
/** Options in code: these too. */
const IN_CODE = ['ssl', 'password'];
/** Options of every database, which are not the backend's. */
const GENERAL = new Set(['url', 'waitTimeout']);
const SSL_MODES: readonly string[] = ['disable', 'require', 'verify-ca', 'verify-full'];

const improper = (code: string, message: string): ImproperlyConfigured => new ImproperlyConfigured(code, message);

function refuse(name: string, known: readonly string[]): never {
  const near = closest(name, known);
  throw improper(
    'unknown-option',
    `MySQL has no option '${name}' here.${near === null ? '' : ` Did you mean '${near}'?`} Options are: ${known.join(', ')}.`,
  );
}

function whole(name: string, value: unknown, fallback: number, least = 0): number {
  if (value === undefined) return fallback;
  const number = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
  if (typeof number === 'number' && Number.isSafeInteger(number) && number >= least) return number;
  throw improper('invalid-option', `The option '${name}' must be a whole number of at least ${least}.`);
}

function text(name: string, value: unknown): string | null {
  if (value === undefined) return null;
  if (typeof value === 'string' && value !== '' && !value.includes('\0')) return value;
  throw improper('invalid-option', `The option '${name}' must be a text.`);
}

/** The parts of a URL; a message never repeats the URL, which holds a password. */
function partsOf(url: string): URL {
  try {
    return new URL(url);
  } catch {
    throw improper(
      'invalid-url',
      "A URL of MySQL looks like 'mysql://user:password@host:3306/database'. Characters such as @ : / ? # in the user name or password are written as %40 %3A %2F %3F %23.",
    );
  }
}

const decode = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    throw improper(
      'invalid-url',
      'A % in a URL must be followed by two hexadecimal digits; the character itself is written %25.',
    );
  }
};

/** `mysql://user:password@host:port/database?option=value`, or `mysql:///database?socketPath=/run/mysqld/mysqld.sock` for a unix socket. */
export function parseSettings({ url, options }: DatabaseSettings): MysqlSettings {
  const parts = partsOf(url);
  if (parts.hash !== '') throw improper('invalid-url', 'A # in a URL of MySQL must be written as %23.');
  const given: Record<string, unknown> = Object.create(null);
  for (const [name, value] of parts.searchParams) {
    if (!IN_URL.includes(name)) refuse(name, IN_URL);
    if (name in given) throw improper('invalid-url', `The option '${name}' stands in the URL twice.`);
    given[name] = value;
  }
  for (const [name, value] of Object.entries(options)) {
    if (GENERAL.has(name)) continue;
    if (!IN_URL.includes(name) && !IN_CODE.includes(name)) refuse(name, [...IN_URL, ...IN_CODE]);
    given[name] = value;
  }
  return { ...placeOf(parts, given), ...tlsOf(given), ...limitsOf(given) };
}

type Place = Pick<MysqlSettings, 'host' | 'port' | 'socketPath' | 'user' | 'password' | 'database'>;

function placeOf(parts: URL, given: Readonly<Record<string, unknown>>): Place {
  const socketPath = text('socketPath', given.socketPath);
  if (socketPath !== null && (parts.hostname !== '' || !socketPath.startsWith('/'))) {
    throw improper(
      'invalid-option',
      "The option 'socketPath' is the path of a unix socket ('/run/mysqld/mysqld.sock'), in a URL that names no host.",
    );
  }
  const database = decode(parts.pathname.replace(/^\//, ''));
  if (database === '' || database.includes('/'))
    throw improper('invalid-url', 'A URL of MySQL names a database behind the host.');
  const { password } = given;
  if (password !== undefined && typeof password !== 'string')
    throw improper('invalid-option', "The option 'password' must be a text.");
  const user = decode(parts.username);
  return {
    host: parts.hostname === '' ? '127.0.0.1' : decode(parts.hostname).replace(/^\[(.*)\]$/, '$1'),
    port: parts.port === '' ? 3306 : Number(parts.port),
    socketPath,
    user: user === '' ? (process.env.USER ?? process.env.USERNAME ?? 'root') : user,
    password: password ?? decode(parts.password),
    database,
  };
}

function tlsOf(given: Readonly<Record<string, unknown>>): Pick<MysqlSettings, 'sslMode' | 'ssl'> {
  const { ssl, sslMode } = given;
  if (ssl !== undefined && ssl !== null && typeof ssl !== 'object')
    throw improper('invalid-option', "The option 'ssl' takes options of node:tls ({ ca, cert, key … }).");
  const mode = sslMode ?? (ssl == null ? 'disable' : 'verify-full');
  if (typeof mode !== 'string' || !SSL_MODES.includes(mode))
    throw improper('invalid-option', `The option 'sslMode' must be one of: ${SSL_MODES.join(', ')}.`);
  return { sslMode: mode as SslMode, ssl: (ssl as MysqlSettings['ssl']) ?? null };
}

function limitsOf(given: Readonly<Record<string, unknown>>): Omit<MysqlSettings, keyof Place | 'sslMode' | 'ssl'> {
  return {
    connectTimeout: whole('connectTimeout', given.connectTimeout, 10_000),
    statementTimeout: whole('statementTimeout', given.statementTimeout, 0),
    lockTimeout: whole('lockTimeout', given.lockTimeout, 0),
    poolSize: whole('poolSize', given.poolSize, 10, 1),
    preparedStatements: whole('preparedStatements', given.preparedStatements, 500, 1),
    serverVersion: text('serverVersion', given.serverVersion),
  };
}
