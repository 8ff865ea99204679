import type { Dialect, Features } from '../../compiler/dialect.js';
import { castSql, codec, columnSql } from './column-types.js';
import { functions } from './functions.js';
import { literal, quoteName } from './literals.js';
import { visits } from './visits.js';

const SMALL: readonly [bigint, bigint] = [-32768n, 32767n];
const MEDIUM: readonly [bigint, bigint] = [-2147483648n, 2147483647n];
const BIG: readonly [bigint, bigint] = [-9223372036854775808n, 9223372036854775807n];
/** A CHECK keeps these from being negative. */
const positive = ([, most]: readonly [bigint, bigint]): readonly [bigint, bigint] => [0n, most];

/** What PostgreSQL 14 and later can do; NULLS NOT DISTINCT came with 15. */
export const features: Features = Object.freeze({
  returning: true,
  returningMany: true,
  updateReturning: true,
  insertId: false,
  distinctOn: true,
  selectForUpdate: true,
  selectForUpdateOf: true,
  selectForUpdateNowait: true,
  selectForUpdateSkipLocked: true,
  selectForUpdateNoKey: true,
  deferrableConstraints: true,
  transactionalDdl: true,
  ignoreConflicts: true,
  updateConflicts: true,
  conflictTarget: true,
  aggregateFilter: true,
  windowExclusion: true,
  jsonContains: true,
  orderedCompoundParts: true,
  partialIndexes: true,
  expressionIndexes: true,
  coveringIndexes: true,
  nullsDistinct: true,
  nullsFirstModifier: true,
  groupByPrimaryKey: true,
  logicalXor: false,
  selfReferencingWrites: true,
  updateFromValues: false,
  updateOrderBy: false,
  interpretsEmptyStringAsNull: false,
  comments: true,
  storedGenerated: true,
  virtualGenerated: false,
  expressionDefaults: true,
  defaultKeyword: true,
  // The protocol counts them in 16 bits.
  maxParameters: 65_535,
  chunkSize: 500,
  maxNameLength: 63,
  integerRanges: Object.freeze({
    smallAuto: SMALL,
    auto: MEDIUM,
    bigAuto: BIG,
    smallint: SMALL,
    integer: MEDIUM,
    bigint: BIG,
    positiveSmallint: positive(SMALL),
    positiveInteger: positive(MEDIUM),
    positiveBigint: positive(BIG),
  }),
  contrib: 'postgres',
  autoKeyZero: true,
});

/** PostgreSQL, on a server or embedded (PGlite). */
export const dialect: Dialect = Object.freeze({
  label: 'PostgreSQL',
  features,
  visits,
  functions,
  quoteName,
  placeholder: (index: number) => `$${index}`,
  columnSql,
  castSql,
  codec,
  literal,
});
