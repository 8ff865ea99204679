import type { FunctionVisit, NodeOf } from '../../compiler/dialect.js';
import { callWith, writeAggregate, writeCall, writeOperand } from '../../compiler/visit-expressions.js';
import { NotSupportedError, ValueError } from '../../errors.js';
import { isDecimal, isPlain, writeDecimalAggregate } from './decimal-expressions.js';
import { notNullOnly, writeHasKey, writeHasKeys, writeMember } from './json-expressions.js';

const renamed =
  (name: string): FunctionVisit =>
  (node, out) => {
    if (node.kind === 'aggregate') writeAggregate(name, node, out);
    else writeCall(name, node.args, out);
  };

/** For decimals the exact function, for other numbers SQLite's. */
const exact =
  (name: string, plainName: string = name): FunctionVisit =>
  (node, out) => {
    writeCall(isDecimal(node) ? `DECIMAL_${name}` : plainName, node.args, out);
  };

/** MAX and MIN of several values; of decimals that are not all numbers by their value. */
const extreme =
  (name: string, decimalName: string): FunctionVisit =>
  (node, out) => {
    const plain = node.args.every(isPlain);
    // With a single argument MAX would be the aggregate.
    if (node.args.length === 1) out.node(node.args[0]!);
    else writeCall(plain ? name : decimalName, node.args, out);
  };

const total: FunctionVisit = (node, out) => {
  const aggregate = node as NodeOf<'aggregate'>;
  if (aggregate.args.some(isDecimal)) writeDecimalAggregate(aggregate, out, () => {});
  else writeAggregate(node.name, aggregate, out);
};

const smallest =
  (decimalName: string): FunctionVisit =>
  (node, out) => {
    const aggregate = node as NodeOf<'aggregate'>;
    writeAggregate(aggregate.args.every(isPlain) ? node.name : decimalName, aggregate, out);
  };

const unsupported =
  (what: string): FunctionVisit =>
  () => {
    throw new NotSupportedError('not-supported', `SQLite has no ${what}.`);
  };

/**
 * Functions that SQLite spells otherwise, by canonical name. The canonical names are those of standard SQL or of most databases:
 *
 * ABS ACOS ASIN ATAN ATAN2(y, x) CEILING COS COT DEGREES EXP FLOOR LN LOG(base, x) MOD PI POWER RADIANS RANDOM ROUND(x, precision)
 * SIGN SIN SQRT TAN; MD5 SHA1 SHA224 SHA256 SHA384 SHA512; CHR CONCAT(a, b; NULL counts as '') LEFT LENGTH LOWER LPAD LTRIM ORD
 * REPEAT REPLACE REVERSE RIGHT RPAD RTRIM STRINDEX SUBSTRING TRIM UPPER; COALESCE GREATEST LEAST NULLIF NOW JSON_OBJECT(k, v, …)
 * JSON_ARRAY JSON_HAS_KEY(document, key) JSON_HAS_KEYS JSON_HAS_ANY_KEYS JSON_CONTAINS JSON_CONTAINED_BY; the window functions
 * CUME_DIST … ROW_NUMBER; the aggregates COUNT SUM AVG MIN MAX STDDEV_POP STDDEV_SAMP VAR_POP VAR_SAMP STRING_AGG ANY_VALUE.
 *
 * What is missing here is written as it is called: SQLite has it, or `sql-functions/` registers it on the connection.
 */
export const functions: Readonly<Record<string, FunctionVisit>> = Object.freeze({
  // Text.
  CHR: renamed('CHAR'),
  CONCAT: (node, out) => {
    out
      .text('(')
      .each(node.args, (part) => out.text('COALESCE(').node(part).text(", '')"), ' || ')
      .text(')');
  },
  LEFT: (node, out) => {
    out.text('SUBSTR(').node(node.args[0]!).text(', 1, ').node(node.args[1]!).text(')');
  },
  ORD: renamed('UNICODE'),
  RIGHT: (node, out) => {
    out.text('SUBSTR(').node(node.args[0]!).text(', (');
    writeOperand(node.args[1]!, out);
    out.text(' * -1), ').node(node.args[1]!).text(')');
  },
  STRINDEX: renamed('INSTR'),
  SUBSTRING: renamed('SUBSTR'),
  STRING_AGG: (node, out) => {
    const aggregate = node as NodeOf<'aggregate'>;
    // SQLite takes DISTINCT with one argument alone: gather the distinct values first, then join them.
    if (!aggregate.distinct || aggregate.args.length < 2) return writeAggregate('GROUP_CONCAT', aggregate, out);
    out.text('JSON_JOIN(');
    writeAggregate('JSON_GROUP_ARRAY', notNullOnly({ ...aggregate, args: aggregate.args.slice(0, 1) }), out);
    out.text(', ').node(aggregate.args[1]!).text(')');
  },
  // Numbers.
  ABS: exact('ABS'),
  CEILING: exact('CEILING'),
  FLOOR: exact('FLOOR'),
  MOD: exact('MOD'),
  POWER: exact('POW', 'POWER'),
  RANDOM: renamed('RAND'),
  ROUND: (node, out) => {
    const places = node.args[1];
    // SQLite's ROUND takes a negative precision for 0 without a word.
    if (places?.kind === 'literal' && typeof places.value === 'number' && places.value < 0) {
      throw new ValueError('negative-precision', 'SQLite does not round to tens: the precision must not be negative.');
    }
    writeCall(isDecimal(node) ? 'DECIMAL_ROUND' : 'ROUND', node.args, out);
  },
  // Comparison and time.
  GREATEST: extreme('MAX', 'DECIMAL_GREATEST'),
  LEAST: extreme('MIN', 'DECIMAL_LEAST'),
  NOW: (_node, out) => {
    out.text("STRFTIME('%Y-%m-%d %H:%M:%f000', 'NOW')");
  },
  // Aggregates.
  SUM: total,
  AVG: total,
  MIN: smallest('DECIMAL_MIN'),
  MAX: smallest('DECIMAL_MAX'),
  // JSON.
  JSON_OBJECT: callWith('JSON_OBJECT', writeMember),
  JSON_ARRAY: callWith('JSON_ARRAY', writeMember),
  JSON_HAS_KEY: (node, out) => writeHasKey(node.args[0]!, node.args[1]!, out),
  JSON_HAS_KEYS: (node, out) => writeHasKeys(node.args, 'AND', out),
  JSON_HAS_ANY_KEYS: (node, out) => writeHasKeys(node.args, 'OR', out),
  JSON_CONTAINS: unsupported('containment of JSON documents (contains)'),
  JSON_CONTAINED_BY: unsupported('containment of JSON documents (contained_by)'),
});
