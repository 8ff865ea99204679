import type { Dialect, Features } from '../../compiler/dialect.js';
import { getOrMake } from '../../util/get-or-make.js';
import { columnTypes } from './column-types.js';
import { functionsFor } from './functions.js';
import { jsonVisits } from './json-expressions.js';
import { literalOf, quoteName } from './literals.js';
import { factsKey, isAtLeast, type ServerFacts } from './server-facts.js';
import { visitsFor } from './visits.js';

type Range = readonly [bigint, bigint];
const SMALL: Range = [-32768n, 32767n];
const MEDIUM: Range = [-2147483648n, 2147483647n];
const BIG: Range = [-9223372036854775808n, 9223372036854775807n];

function featuresOf(facts: ServerFacts): Features {
  const { isMariaDB } = facts;
  const returning = isMariaDB && isAtLeast(facts, 10, 5);
  return Object.freeze({
    returning,
    returningMany: returning,
    updateReturning: false,
    insertId: false,
    distinctOn: false,
    selectForUpdate: true,
    selectForUpdateOf: !isMariaDB,
    selectForUpdateNowait: true,
    selectForUpdateSkipLocked: !isMariaDB || isAtLeast(facts, 10, 6),
    selectForUpdateNoKey: false,
    deferrableConstraints: false,
    transactionalDdl: false,
    ignoreConflicts: true,
    updateConflicts: true,
    conflictTarget: false,
    aggregateFilter: false,
    windowExclusion: false,
    jsonContains: true,
    orderedCompoundParts: true,
    partialIndexes: false,
    expressionIndexes: !isMariaDB,
    coveringIndexes: false,
    nullsDistinct: false,
    nullsFirstModifier: false,
    groupByPrimaryKey: true,
    logicalXor: true,
    selfReferencingWrites: false,
    updateFromValues: false,
    updateOrderBy: true,
    interpretsEmptyStringAsNull: false,
    comments: true,
    storedGenerated: true,
    virtualGenerated: true,
    expressionDefaults: true,
    defaultKeyword: true,
    // Prepared statements count them in 16 bits.
    maxParameters: 65_535,
    chunkSize: 500,
    maxNameLength: 64,
    integerRanges: Object.freeze({
      smallAuto: SMALL,
      auto: MEDIUM,
      bigAuto: BIG,
      smallint: SMALL,
      integer: MEDIUM,
      bigint: BIG,
      positiveSmallint: [0n, 65_535n] as const,
      positiveInteger: [0n, 4_294_967_295n] as const,
      // BIGINT UNSIGNED reaches further, but no other database does: the field has 63 bits everywhere.
      positiveBigint: [0n, BIG[1]] as const,
    }),
    contrib: null,
    autoKeyZero: false,
  });
}

const dialects = new Map<string, Dialect>();

/** The dialect of a server. One object for servers that are spoken to alike, so that what is kept by dialect is shared. */
export function dialectFor(facts: ServerFacts): Dialect {
  return getOrMake(dialects, factsKey(facts), () => makeDialect(facts));
}

function makeDialect(facts: ServerFacts): Dialect {
  const { codec, columnSql, castSql } = columnTypes(facts);
  const json = jsonVisits(facts);
  return Object.freeze({
    label: facts.isMariaDB ? 'MariaDB' : 'MySQL',
    features: featuresOf(facts),
    visits: visitsFor(facts, json),
    functions: functionsFor(json),
    quoteName,
    placeholder: () => '?',
    columnSql,
    castSql,
    codec,
    literal: (value, type) => literalOf(value, value === null ? null : codec(type).encode(value)),
  } satisfies Dialect);
}
