import {
  DataError,
  IntegrityError,
  type IntegrityErrorDetails,
  type IntegrityErrorKind,
  InterfaceError,
  InternalError,
  NotSupportedError,
  NuagesError,
  OperationalError,
  ProgrammingError,
} from '../../errors.js';
import { type ErrorKind, propertiesOf, UNREACHABLE } from '../driver-errors.js';
import { tlsError } from '../tls.js';

/** What mysql2 gives, and what the session adds to it: the columns of the key that was met. */
interface ServerError {
  readonly errno?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
  readonly sqlMessage?: unknown;
  readonly keyColumns?: readonly string[];
}

/** Numbers of broken constraints (dev.mysql.com/doc/mysql-errors, mariadb.com/kb/en/mariadb-error-codes). */
const KINDS: Readonly<Record<number, IntegrityErrorKind>> = {
  1062: 'unique',
  1169: 'unique',
  1586: 'unique',
  1859: 'unique',
  1216: 'foreign-key',
  1217: 'foreign-key',
  1451: 'foreign-key',
  1452: 'foreign-key',
  1761: 'foreign-key',
  1762: 'foreign-key',
  1048: 'not-null',
  1364: 'not-null',
  1263: 'not-null',
  3819: 'check',
  4025: 'check',
};

const NUMBERS: Readonly<Record<number, ErrorKind>> = {
  // Django counts it with the broken constraints: an unsigned column cannot fall below zero.
  1690: [IntegrityError, 'out-of-range'],
  1213: [OperationalError, 'deadlock'],
  // "Record has changed since last read" (MariaDB's innodb_snapshot_isolation), and TiDB's write conflict.
  1020: [OperationalError, 'serialization-failure'],
  9007: [OperationalError, 'serialization-failure'],
  1205: [OperationalError, 'lock-not-available'],
  3572: [OperationalError, 'lock-not-available'],
  1317: [OperationalError, 'cancelled'],
  1969: [OperationalError, 'cancelled'],
  3024: [OperationalError, 'cancelled'],
  1040: [OperationalError, 'too-many-connections'],
  1203: [OperationalError, 'too-many-connections'],
  1044: [OperationalError, 'authentication-failed'],
  1045: [OperationalError, 'authentication-failed'],
  1049: [OperationalError, 'unknown-database'],
  // A node of a Galera cluster that has lost the others, or has not caught up with them yet.
  1047: [OperationalError, 'unreachable'],
  1142: [ProgrammingError, 'insufficient-privilege'],
  1143: [ProgrammingError, 'insufficient-privilege'],
  1927: [OperationalError, 'connection-lost'],
  1053: [OperationalError, 'connection-lost'],
  1792: [InternalError, 'transaction-state'],
  1568: [InternalError, 'transaction-state'],
};

const inAll = (numbers: readonly number[], found: ErrorKind): Record<number, ErrorKind> =>
  Object.fromEntries(numbers.map((number) => [number, found]));

const GROUPS: Readonly<Record<number, ErrorKind>> = {
  ...inAll(
    [1264, 1265, 1292, 1366, 1367, 1406, 1411, 1365, 1426, 1427, 1441, 1525, 3140, 3141, 3143, 4037, 4038],
    [DataError, 'invalid-data'],
  ),
  ...inAll(
    [
      1007, 1050, 1051, 1052, 1054, 1060, 1061, 1064, 1072, 1091, 1093, 1102, 1103, 1110, 1111, 1112, 1113, 1136, 1146,
      1149, 1222, 1241, 1305, 1582, 1630,
    ],
    [ProgrammingError, 'wrong-statement'],
  ),
  ...inAll([1196, 1235, 1286, 1289, 1295], [NotSupportedError, 'not-supported']),
};

/** Errors of the network and of the driver, which have a code of letters. */
const NETWORK = new Set(UNREACHABLE);
const LOST = new Set([
  'PROTOCOL_CONNECTION_LOST',
  'ECONNRESET',
  'EPIPE',
  'PROTOCOL_SEQUENCE_TIMEOUT',
  'PROTOCOL_ENQUEUE_AFTER_QUIT',
  'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR',
]);

/** Values stand between quotes in some messages; they do not belong there. */
function withoutValues(errno: number, message: string): string {
  switch (errno) {
    case 1062:
    case 1586:
      return message.replace(/entry '.*' for key/s, 'entry for key');
    case 1292:
    case 1366:
    case 1411:
    case 1525:
      return message
        .replace(/(value|double|DOUBLE|INTEGER|DECIMAL): '.*?'(?= for column| at row|$)/is, '$1')
        .replace(/: '.*'$/s, '');
    case 1690:
      return message.replace(/ in '.*'$/s, '');
    default:
      return message;
  }
}

const unquoted = (name: string): string => name.replaceAll('``', '`');
const BACKTICKED = '`((?:[^`]|``)*)`';

/** What the message of a broken constraint tells. */
export function constraintDetails(
  errno: number,
  message: string,
  sql: string,
): Pick<IntegrityErrorDetails, 'constraint' | 'table' | 'columns'> {
  const written = new RegExp(`^\\s*(?:INSERT(?: IGNORE)? INTO|UPDATE|DELETE FROM) ${BACKTICKED}`).exec(sql)?.[1];
  const table = written === undefined ? {} : { table: unquoted(written) };
  switch (KINDS[errno]) {
    case 'unique': {
      // MySQL writes `table.key`, MariaDB the key alone.
      const key = /for key '(.*)'$/s.exec(message)?.[1];
      return { ...table, ...(key === undefined ? {} : { constraint: key.slice(key.indexOf('.') + 1) }) };
    }
    case 'foreign-key': {
      const found = new RegExp(
        `\\(\\s*(?:${BACKTICKED}\\.)?${BACKTICKED}, CONSTRAINT ${BACKTICKED} FOREIGN KEY \\(([^)]*)\\)`,
      ).exec(message);
      if (found === null) return table;
      const columns = [...found[4]!.matchAll(new RegExp(BACKTICKED, 'g'))].map((match) => unquoted(match[1]!));
      return { table: unquoted(found[2]!), constraint: unquoted(found[3]!), columns };
    }
    case 'not-null': {
      const column = /(?:Column|Field) '(.*?)' (?:cannot be null|doesn't have a default)/s.exec(message)?.[1];
      return { ...table, ...(column === undefined ? {} : { columns: [column] }) };
    }
    default: {
      const name =
        new RegExp(`CONSTRAINT ${BACKTICKED} failed for`).exec(message)?.[1] ??
        /Check constraint '(.*)' is violated/s.exec(message)?.[1];
      // A check of a column alone is called `table.column`.
      return { ...table, ...(name === undefined ? {} : { constraint: unquoted(name).replace(/^.*\./s, '') }) };
    }
  }
}

/** The driver's error in the library's classes, the original as its cause. */
export function wrapError(error: unknown, sql: string, params: readonly unknown[]): NuagesError {
  if (error instanceof NuagesError) return error;
  const driver = propertiesOf<ServerError>(error);
  const { errno, code } = driver;
  const said =
    typeof driver.sqlMessage === 'string'
      ? driver.sqlMessage
      : typeof driver.message === 'string'
        ? driver.message
        : String(error);
  const details = { cause: error, sql, params };
  const encryption = tlsError(error, details);
  if (encryption !== null) return encryption;
  if (typeof code === 'string' && NETWORK.has(code))
    return new OperationalError('unreachable', `The MySQL server cannot be reached: ${said || code}`, details);
  if (typeof code === 'string' && LOST.has(code)) return new OperationalError('connection-lost', said, details);
  if (typeof errno === 'number' && errno >= 1000) {
    const message = withoutValues(errno, said);
    const kind = KINDS[errno];
    if (kind !== undefined) {
      const columns = driver.keyColumns === undefined ? {} : { columns: driver.keyColumns };
      return new IntegrityError(`integrity-${kind}`, message, {
        ...details,
        kind,
        ...constraintDetails(errno, said, sql),
        ...columns,
      });
    }
    const [Class, name] = NUMBERS[errno] ?? GROUPS[errno] ?? [OperationalError, 'mysql-error'];
    return new Class(name, message, details);
  }
  if (/closed state|connection is in closed/i.test(said)) return new OperationalError('connection-lost', said, details);
  return new InterfaceError('driver', said, details);
}
