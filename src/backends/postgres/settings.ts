import { ImproperlyConfigured } from '../../errors.js';
import { closest } from '../../util/closest.js';
import type { DatabaseSettings } from '../backend.js';

export type SslMode = 'disable' | 'require' | 'verify-ca' | 'verify-full';

/** What a URL and its options say about a PostgreSQL server. */
export interface PostgresSettings {
  /** A name, an address, or the directory of a unix socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string | (() => string | Promise<string>) | undefined;
  readonly database: string;
  readonly sslMode: SslMode;
  /** Options of node:tls, from code alone. */
  readonly ssl: Readonly<Record<string, unknown>> | null;
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
}

/** Options that a URL may carry: none of them leads elsewhere or reads a file. */
const IN_URL = [
  'sslMode',
  'applicationName',
  'connectTimeout',
  'statementTimeout',
  'lockTimeout',
  'idleInTransactionTimeout',
  'poolSize',
  'preparedStatements',
  'searchPath',
  'host',
];
/** Options in code: these too. */
const IN_CODE = ['ssl', 'password'];
/** Spellings of libpq. */
const ALIASES: Readonly<Record<string, string>> = {
  sslmode: 'sslMode',
  application_name: 'applicationName',
  connect_timeout: 'connectTimeout',
  statement_timeout: 'statementTimeout',
  lock_timeout: 'lockTimeout',
  idle_in_transaction_session_timeout: 'idleInTransactionTimeout',
};
/** Options of every database, which are not the backend's. */
const GENERAL = new Set(['url', 'waitTimeout']);
const SSL_MODES: readonly string[] = ['disable', 'require', 'verify-ca', 'verify-full'];

const improper = (code: string, message: string): ImproperlyConfigured => new ImproperlyConfigured(code, message);

function refuse(name: string, known: readonly string[]): never {
  const near = closest(name, known);
  throw improper(
    'unknown-option',
    `PostgreSQL has no option '${name}' here.${near === null ? '' : ` Did you mean '${near}'?`} Options are: ${known.join(', ')}.`,
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
      "A URL of PostgreSQL looks like 'postgres://user:password@host:5432/database'. Characters such as @ : / ? # in the user name or password are written as %40 %3A %2F %3F %23.",
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

/** `postgres://user:password@host:port/database?option=value`, or `postgres:///database?host=/var/run/postgresql` for a unix socket. */
export function parseSettings({ url, options }: DatabaseSettings): PostgresSettings {
  const parts = partsOf(url);
  if (parts.hash !== '') throw improper('invalid-url', 'A # in a URL of PostgreSQL must be written as %23.');
  const given: Record<string, unknown> = Object.create(null);
  for (const [name, value] of parts.searchParams) {
    const own = Object.hasOwn(ALIASES, name) ? ALIASES[name]! : name;
    if (!IN_URL.includes(own)) refuse(name, IN_URL);
    if (own in given) throw improper('invalid-url', `The option '${name}' stands in the URL twice.`);
    // libpq counts seconds here.
    given[own] = name === 'connect_timeout' && /^\d{1,5}$/.test(value) ? Number(value) * 1000 : value;
  }
  for (const [name, value] of Object.entries(options)) {
    if (GENERAL.has(name)) continue;
    if (!IN_URL.includes(name) && !IN_CODE.includes(name)) refuse(name, [...IN_URL, ...IN_CODE]);
    given[name] = value;
  }
  return { ...placeOf(parts, given), ...tlsOf(given), ...limitsOf(given) };
}

function placeOf(
  parts: URL,
  given: Readonly<Record<string, unknown>>,
): Pick<PostgresSettings, 'host' | 'port' | 'user' | 'password' | 'database'> {
  const socket = text('host', given.host);
  if (socket !== null && (parts.hostname !== '' || !socket.startsWith('/'))) {
    throw improper(
      'invalid-option',
      "The option 'host' is the directory of a unix socket ('/var/run/postgresql'), in a URL that names no host itself.",
    );
  }
  const user = decode(parts.username);
  const database = decode(parts.pathname.replace(/^\//, ''));
  if (database.includes('/'))
    throw improper(
      'invalid-url',
      'A URL of PostgreSQL names one database behind the host; a / in its name is written as %2F.',
    );
  const { password } = given;
  if (password !== undefined && typeof password !== 'string' && typeof password !== 'function') {
    throw improper('invalid-option', "The option 'password' must be a text or a function that gives one.");
  }
  const name = user === '' ? (process.env.USER ?? process.env.USERNAME ?? 'postgres') : user;
  const host = socket ?? (parts.hostname === '' ? 'localhost' : decode(parts.hostname).replace(/^\[(.*)\]$/, '$1'));
  return {
    host,
    port: parts.port === '' ? 5432 : Number(parts.port),
    user: name,
    password:
      (password as PostgresSettings['password']) ?? (parts.password === '' ? undefined : decode(parts.password)),
    database: database === '' ? name : database,
  };
}

function tlsOf(given: Readonly<Record<string, unknown>>): Pick<PostgresSettings, 'sslMode' | 'ssl'> {
  const { ssl, sslMode } = given;
  if (ssl !== undefined && ssl !== null && typeof ssl !== 'object')
    throw improper('invalid-option', "The option 'ssl' takes options of node:tls ({ ca, cert, key … }).");
  const mode = sslMode ?? (ssl == null ? 'disable' : 'verify-full');
  if (typeof mode !== 'string' || !SSL_MODES.includes(mode))
    throw improper('invalid-option', `The option 'sslMode' must be one of: ${SSL_MODES.join(', ')}.`);
  return { sslMode: mode as SslMode, ssl: (ssl as PostgresSettings['ssl']) ?? null };
}

function limitsOf(
  given: Readonly<Record<string, unknown>>,
): Omit<PostgresSettings, 'host' | 'port' | 'user' | 'password' | 'database' | 'sslMode' | 'ssl'> {
  return {
    applicationName: text('applicationName', given.applicationName),
    connectTimeout: whole('connectTimeout', given.connectTimeout, 10_000),
    statementTimeout: whole('statementTimeout', given.statementTimeout, 0),
    lockTimeout: whole('lockTimeout', given.lockTimeout, 0),
    idleInTransactionTimeout: whole('idleInTransactionTimeout', given.idleInTransactionTimeout, 0),
    poolSize: whole('poolSize', given.poolSize, 10, 1),
    preparedStatements: whole('preparedStatements', given.preparedStatements, 500),
    searchPath: text('searchPath', given.searchPath),
  };
}
