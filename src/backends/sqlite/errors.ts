import {
  DatabaseError,
  DataError,
  IntegrityError,
  type IntegrityErrorKind,
  InterfaceError,
  InternalError,
  NuagesError,
  OperationalError,
  ProgrammingError,
} from '../../errors.js';

/** Extended result codes of broken constraints (sqlite.org/rescode.html), by name and by number. */
const KINDS: Readonly<Record<string, IntegrityErrorKind>> = {
  SQLITE_CONSTRAINT_UNIQUE: 'unique',
  2067: 'unique',
  SQLITE_CONSTRAINT_PRIMARYKEY: 'unique',
  1555: 'unique',
  SQLITE_CONSTRAINT_ROWID: 'unique',
  2579: 'unique',
  SQLITE_CONSTRAINT_FOREIGNKEY: 'foreign-key',
  787: 'foreign-key',
  SQLITE_CONSTRAINT_TRIGGER: 'foreign-key',
  1811: 'foreign-key',
  SQLITE_CONSTRAINT_NOTNULL: 'not-null',
  1299: 'not-null',
  SQLITE_CONSTRAINT_CHECK: 'check',
  275: 'check',
};

const BUSY_SNAPSHOT = 517;
const NUMBERS: Readonly<Record<number, string>> = {
  2: 'INTERNAL',
  5: 'BUSY',
  6: 'LOCKED',
  8: 'READONLY',
  9: 'INTERRUPT',
  10: 'IOERR',
  11: 'CORRUPT',
  12: 'NOTFOUND',
  13: 'FULL',
  14: 'CANTOPEN',
  18: 'TOOBIG',
  19: 'CONSTRAINT',
  20: 'MISMATCH',
  21: 'MISUSE',
  26: 'NOTADB',
};

/** `BUSY` from `SQLITE_BUSY_SNAPSHOT` (better-sqlite3) or from 517 (node:sqlite). */
function primaryCode(error: { code?: unknown; errcode?: unknown }): string | null {
  if (typeof error.errcode === 'number') return NUMBERS[error.errcode & 0xff] ?? 'ERROR';
  if (typeof error.code === 'string' && error.code.startsWith('SQLITE_')) return error.code.split('_')[1]!;
  return null;
}

/** `UNIQUE constraint failed: book.isbn, book.year` and the like: what SQLite tells about a broken constraint. */
function constraintDetails(message: string): { constraint?: string; table?: string; columns?: string[] } {
  const said = /constraint failed: (.+)$/s.exec(message)?.[1];
  if (said === undefined) return {};
  const index = /^index '(.+)'$/s.exec(said);
  if (index !== null) return { constraint: index[1]! };
  if (!message.startsWith('UNIQUE') && !message.startsWith('NOT NULL')) return { constraint: said };
  const columns = said.split(', ');
  const point = columns[0]!.indexOf('.');
  if (point < 0) return { columns };
  return { table: columns[0]!.slice(0, point), columns: columns.map((name) => name.slice(point + 1)) };
}

/** The driver's error in the library's classes, the original as its cause. */
export function wrapError(error: unknown, sql: string, params: readonly unknown[]): NuagesError {
  if (error instanceof NuagesError) return error;
  const driver = error as { code?: unknown; errcode?: unknown; message?: unknown };
  const message = typeof driver.message === 'string' ? driver.message : String(error);
  const details = { cause: error, sql, params };
  const primary = primaryCode(driver);
  switch (primary) {
    case null:
      break;
    case 'CONSTRAINT': {
      const kind = KINDS[String(driver.errcode ?? driver.code)];
      return new IntegrityError(kind === undefined ? 'integrity' : `integrity-${kind}`, message, {
        ...details,
        ...constraintDetails(message),
        ...(kind === undefined ? {} : { kind }),
      });
    }
    case 'MISMATCH':
      return new IntegrityError('datatype-mismatch', message, details);
    case 'TOOBIG':
      return new DataError('too-big', message, details);
    case 'INTERNAL':
    case 'NOTFOUND':
      return new InternalError('internal', message, details);
    case 'CORRUPT':
    case 'NOTADB':
      return new DatabaseError('corrupt', message, details);
    case 'MISUSE':
      return new InterfaceError('misuse', message, details);
    case 'ERROR':
      if (
        /^no such (table|column|function|collation)|syntax error|^ambiguous column|^unrecognized token|has no column|incomplete input|already exists/.test(
          message,
        )
      ) {
        return new ProgrammingError('wrong-statement', message, details);
      }
      return new OperationalError(/integer overflow/.test(message) ? 'overflow' : 'sqlite-error', message, details);
    default:
      // Another connection has written since this transaction began to read.
      if (driver.code === 'SQLITE_BUSY_SNAPSHOT' || driver.errcode === BUSY_SNAPSHOT)
        return new OperationalError('serialization-failure', message, details);
      return new OperationalError(
        primary === 'BUSY' || primary === 'LOCKED' ? 'locked' : `sqlite-${primary.toLowerCase()}`,
        message,
        details,
      );
  }
  if (/Too (few|many) parameter|more than one statement|contains no statements/i.test(message))
    return new ProgrammingError('wrong-statement', message, details);
  // What the drivers say of a database that was closed meanwhile, and of its statements.
  if (/(database|connection) is not open|has been finalized/.test(message))
    return new OperationalError('connection-lost', message, details);
  if (error instanceof RangeError) return new DataError('too-big', message, details);
  return new InterfaceError('driver', message, details);
}
