import {
  DatabaseError,
  DataError,
  IntegrityError,
  type IntegrityErrorKind,
  InterfaceError,
  InternalError,
  NotSupportedError,
  NuagesError,
  OperationalError,
  ProgrammingError,
} from '../../errors.js';
import { type ErrorKind, propertiesOf, type StatementDetails, UNREACHABLE } from '../driver-errors.js';
import { tlsError } from '../tls.js';

/** What node-postgres and PGlite give: the fields of the server's error message. */
interface ServerError {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly detail?: unknown;
  readonly constraint?: unknown;
  readonly table?: unknown;
  readonly column?: unknown;
}

/** SQLSTATEs of broken constraints (postgresql.org/docs/current/errcodes-appendix.html). */
const KINDS: Readonly<Record<string, IntegrityErrorKind>> = {
  '23505': 'unique',
  '23503': 'foreign-key',
  '23502': 'not-null',
  '23514': 'check',
  '23P01': 'exclusion',
};

/** Single states that programs ask for, each with its code. */
const STATES: Readonly<Record<string, ErrorKind>> = {
  '40001': [OperationalError, 'serialization-failure'],
  '40P01': [OperationalError, 'deadlock'],
  '55P03': [OperationalError, 'lock-not-available'],
  '57014': [OperationalError, 'cancelled'],
  '57P01': [OperationalError, 'connection-lost'],
  '57P02': [OperationalError, 'connection-lost'],
  '57P03': [OperationalError, 'unreachable'],
  '57P05': [OperationalError, 'connection-lost'],
  '53300': [OperationalError, 'too-many-connections'],
  '25P02': [InternalError, 'transaction-aborted'],
  '3D000': [OperationalError, 'unknown-database'],
  '42501': [ProgrammingError, 'insufficient-privilege'],
};

/** Classes of states, as psycopg sorts them. */
const CLASSES: Readonly<Record<string, ErrorKind>> = {
  '08': [OperationalError, 'connection-lost'],
  '0A': [NotSupportedError, 'not-supported'],
  '21': [ProgrammingError, 'wrong-statement'],
  '22': [DataError, 'invalid-data'],
  '23': [IntegrityError, 'integrity'],
  '25': [InternalError, 'transaction-state'],
  '26': [ProgrammingError, 'wrong-statement'],
  '28': [OperationalError, 'authentication-failed'],
  '3F': [ProgrammingError, 'wrong-statement'],
  '40': [OperationalError, 'transaction-rollback'],
  '42': [ProgrammingError, 'wrong-statement'],
  '44': [ProgrammingError, 'wrong-statement'],
  '53': [OperationalError, 'insufficient-resources'],
  '54': [OperationalError, 'limit-exceeded'],
  '55': [OperationalError, 'not-in-state'],
  '57': [OperationalError, 'operator-intervention'],
  '58': [OperationalError, 'system-error'],
  XX: [InternalError, 'internal'],
};

/** Errors of the network and the socket (node:net), which have a code of letters. */
const NETWORK = new Set([...UNREACHABLE, 'ECONNRESET', 'EPIPE']);

const isState = (code: unknown): code is string => typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code);

/** `invalid input syntax for type integer: "abc"`: what stands behind the colon is the value, which does not belong into a message. */
const withoutValue = (message: string): string =>
  message.replace(/: ".*"$/s, '').replace(/^(value) ".*" (is out of range)/s, '$1 $2');

/** `Key (a, b)=(1, 2) already exists.`: the columns, in any language; nothing for expressions. */
function keyColumns(detail: unknown): string[] | undefined {
  const names = typeof detail === 'string' ? /\(([^=]*)\)=\(/.exec(detail)?.[1] : undefined;
  if (names === undefined || names.includes('(')) return undefined;
  return names.split(', ').map((name) => (/^".*"$/.test(name) ? name.slice(1, -1).replaceAll('""', '"') : name));
}

function integrityError(code: string, error: ServerError, message: string, details: StatementDetails): IntegrityError {
  const kind = KINDS[code];
  const columns = typeof error.column === 'string' ? [error.column] : keyColumns(error.detail);
  return new IntegrityError(kind === undefined ? 'integrity' : `integrity-${kind}`, message, {
    ...details,
    ...(kind === undefined ? {} : { kind }),
    ...(typeof error.constraint === 'string' ? { constraint: error.constraint } : {}),
    ...(typeof error.table === 'string' ? { table: error.table } : {}),
    ...(columns === undefined ? {} : { columns }),
  });
}

/** The driver's error in the library's classes, the original as its cause. */
export function wrapError(error: unknown, sql: string, params: readonly unknown[]): NuagesError {
  if (error instanceof NuagesError) return error;
  const driver = propertiesOf<ServerError>(error);
  const { code } = driver;
  const message = typeof driver.message === 'string' ? withoutValue(driver.message) : String(error);
  const details = { cause: error, sql, params };
  if (isState(code)) {
    if (code.startsWith('23')) return integrityError(code, driver, message, details);
    const [Class, name] = STATES[code] ?? CLASSES[code.slice(0, 2)] ?? [DatabaseError, 'database'];
    return new Class(name, message, details);
  }
  const encryption = tlsError(error, details);
  if (encryption !== null) return encryption;
  if (typeof code === 'string' && NETWORK.has(code))
    return new OperationalError('unreachable', `The PostgreSQL server cannot be reached: ${message || code}`, details);
  if (/^Connection terminated|not queryable|timeout expired|^Client was closed/i.test(message))
    return new OperationalError('connection-lost', message, details);
  return new InterfaceError('driver', message, details);
}
