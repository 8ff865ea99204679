import type { Dialect, Features } from '../../compiler/dialect.js';
import { NotSupportedError } from '../../errors.js';
import type { ColumnType, DbValue } from '../../sql/value-type.js';
import { checkIdentifier } from '../identifiers.js';
import { castSql, codec, columnSql } from './column-types.js';
import { functions } from './functions.js';
import { visits } from './visits.js';

/** SQLite stores 64 bits whatever an integer column is called. */
const ANY: readonly [bigint, bigint] = [-9223372036854775808n, 9223372036854775807n];
/** A CHECK keeps these from being negative. */
const POSITIVE: readonly [bigint, bigint] = [0n, 9223372036854775807n];

/** What SQLite 3.35 and later can do; the drivers bring their own SQLite, 3.44 or later. */
export const features: Features = Object.freeze({
  returning: true,
  returningMany: true,
  updateReturning: true,
  insertId: true,
  distinctOn: false,
  selectForUpdate: false,
  selectForUpdateOf: false,
  selectForUpdateNowait: false,
  selectForUpdateSkipLocked: false,
  selectForUpdateNoKey: false,
  deferrableConstraints: true,
  transactionalDdl: true,
  ignoreConflicts: true,
  updateConflicts: true,
  conflictTarget: true,
  aggregateFilter: true,
  windowExclusion: true,
  jsonContains: false,
  orderedCompoundParts: false,
  partialIndexes: true,
  expressionIndexes: true,
  coveringIndexes: false,
  nullsDistinct: false,
  nullsFirstModifier: true,
  groupByPrimaryKey: false,
  logicalXor: false,
  selfReferencingWrites: true,
  updateFromValues: true,
  updateOrderBy: false,
  interpretsEmptyStringAsNull: false,
  comments: false,
  storedGenerated: true,
  virtualGenerated: true,
  expressionDefaults: true,
  defaultKeyword: false,
  // SQLITE_MAX_VARIABLE_NUMBER as the drivers compile it.
  maxParameters: 32_766,
  chunkSize: 250,
  maxNameLength: 10_000,
  integerRanges: Object.freeze({
    smallAuto: ANY,
    auto: ANY,
    bigAuto: ANY,
    smallint: ANY,
    integer: ANY,
    bigint: ANY,
    positiveSmallint: POSITIVE,
    positiveInteger: POSITIVE,
    positiveBigint: POSITIVE,
  }),
  contrib: null,
  autoKeyZero: true,
});

/** `"name"`; a quote inside is doubled. */
export function quoteName(identifier: string): string {
  checkIdentifier(identifier);
  return `"${identifier.replaceAll('"', '""')}"`;
}

/** A value as text, for the definitions of tables. */
function literal(value: DbValue, type: ColumnType): string {
  if (value === null) return 'NULL';
  const encoded = codec(type).encode(value);
  switch (typeof encoded) {
    case 'bigint':
      return String(encoded);
    case 'number':
      if (!Number.isFinite(encoded)) return encoded > 0 ? '9e999' : '-9e999';
      return String(encoded);
    case 'string':
      if (encoded.includes('\0'))
        throw new NotSupportedError(
          'nul-in-literal',
          'A text with the character NUL cannot stand in the definition of a table.',
        );
      return `'${encoded.replaceAll("'", "''")}'`;
    default:
      return `X'${Buffer.from(encoded as Uint8Array).toString('hex')}'`;
  }
}

/** SQLite. */
export const dialect: Dialect = Object.freeze({
  label: 'SQLite',
  features,
  visits,
  functions,
  quoteName,
  placeholder: () => '?',
  columnSql,
  castSql,
  codec,
  literal,
});
