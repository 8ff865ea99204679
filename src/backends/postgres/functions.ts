import type { FunctionVisit, NodeOf, SqlWriter } from '../../compiler/dialect.js';
import { writeAggregate, writeCall } from '../../compiler/visit-expressions.js';
import { and, isNull } from '../../sql/build.js';
import type { ExpressionNode } from '../../sql/expression-nodes.js';
import { contribFunctions } from './contrib-functions.js';
import { infix, type Write } from './infix.js';
import { isInteger, typeName, writeAsText, writeInteger } from './parameters.js';
import { searchFunctions } from './search.js';

const plain: Write = (node, out) => void out.node(node);

/** `NAME(a, b)` with each argument written in its own way; those beyond the list as they are. */
function writeArguments(name: string, args: readonly ExpressionNode[], ways: readonly Write[], out: SqlWriter): void {
  out
    .text(`${name}(`)
    .each([...args.entries()], ([index, arg]) => (ways[index] ?? plain)(arg, out))
    .text(')');
}
const written =
  (name: string, ...ways: readonly Write[]): FunctionVisit =>
  (node, out) =>
    writeArguments(name, node.args, ways, out);

/** LOG, MOD and ROUND exist for numeric and not for double precision. */
const asNumeric: Write = (node, out) => {
  if (typeName(node) === 'float') out.text('(').node(node).text(')::numeric(1000, 15)');
  else if (node.kind === 'param' || !isInteger(node)) out.node(node);
  else out.text('(').node(node).text(')::numeric');
};
const asNumericIfFloat: Write = (node, out) => (typeName(node) === 'float' ? asNumeric(node, out) : plain(node, out));

/** `ENCODE(SHA256(CONVERT_TO(x, 'UTF8')), 'hex')`: built in, so that no extension is needed. */
const digest =
  (name: string): FunctionVisit =>
  (node, out) => {
    out.text(`ENCODE(${name}(CONVERT_TO(`);
    writeAsText(node.args[0]!, out);
    out.text(", 'UTF8')), 'hex')");
  };

/** `(document ?| ARRAY[a, b])`. */
const keys =
  (operator: string): FunctionVisit =>
  (node, out) => {
    const [document, ...names] = node.args;
    out
      .text('(')
      .node(document!)
      .text(` ${operator} ARRAY[`)
      .each(names, (name) => writeAsText(name, out))
      .text('])');
  };

/** Keys are texts, values what they are. */
const jsonObject: FunctionVisit = (node, out) => {
  writeArguments(
    'JSONB_BUILD_OBJECT',
    node.args,
    node.args.map((_, index) => (index % 2 === 0 ? writeAsText : plain)),
    out,
  );
};

const concat: FunctionVisit = (node, out) => {
  const part = (arg: ExpressionNode): void => {
    out.text('COALESCE(');
    writeAsText(arg, out);
    out.text(", '')");
  };
  out.text('(').each(node.args, part, ' || ').text(')');
};

const stringAgg: FunctionVisit = (node, out) => {
  const { distinct, orderBy, filter, args } = node as NodeOf<'aggregate'>;
  out.text(distinct ? 'STRING_AGG(DISTINCT ' : 'STRING_AGG(');
  writeAsText(args[0]!, out);
  for (const delimiter of args.slice(1)) writeAsText(delimiter, out.text(', '));
  if (orderBy.length > 0) out.text(' ORDER BY ').list(orderBy);
  out.text(')');
  if (filter !== null) out.text(' FILTER (WHERE ').node(filter).text(')');
};

/** ANY_VALUE came with PostgreSQL 16; the first of all values that are not null is one of them. */
const anyValue: FunctionVisit = (node, out) => {
  const aggregate = node as NodeOf<'aggregate'>;
  const isThere = isNull(aggregate.args[0]!, true);
  out.text('(');
  writeAggregate(
    'ARRAY_AGG',
    { ...aggregate, filter: aggregate.filter === null ? isThere : and([aggregate.filter, isThere]) },
    out,
  );
  out.text(')[1]');
};

/** Of the arguments of LAG and LEAD the second is the distance. */
const shifted = (name: string): FunctionVisit => written(name, plain, writeInteger, plain);

/** Functions that PostgreSQL spells otherwise than the canonical names (see the list in ../sqlite/functions.ts), or whose arguments need a type. */
export const functions: Readonly<Record<string, FunctionVisit>> = Object.freeze({
  // Text.
  CHR: written('CHR', writeInteger),
  CONCAT: concat,
  LEFT: written('LEFT', writeAsText, writeInteger),
  RIGHT: written('RIGHT', writeAsText, writeInteger),
  SUBSTRING: written('SUBSTRING', writeAsText, writeInteger, writeInteger),
  LPAD: written('LPAD', writeAsText, writeInteger, plain),
  RPAD: written('RPAD', writeAsText, writeInteger, plain),
  REPEAT: written('REPEAT', writeAsText, writeInteger),
  ORD: written('ASCII'),
  STRINDEX: written('STRPOS'),
  STRING_AGG: stringAgg,
  MD5: written('MD5', writeAsText),
  SHA224: digest('SHA224'),
  SHA256: digest('SHA256'),
  SHA384: digest('SHA384'),
  SHA512: digest('SHA512'),
  // The only digest that needs an extension: CREATE EXTENSION pgcrypto.
  SHA1: (node, out) => {
    out.text('ENCODE(DIGEST(');
    writeAsText(node.args[0]!, out);
    out.text(", 'sha1'), 'hex')");
  },
  // Numbers.
  LOG: written('LOG', asNumeric, asNumeric),
  MOD: written('MOD', asNumericIfFloat, asNumericIfFloat),
  ROUND: written('ROUND', asNumericIfFloat, writeInteger),
  // Comparison and time.
  NOW: (_node, out) => void out.text('STATEMENT_TIMESTAMP()'),
  // Windows.
  LAG: shifted('LAG'),
  LEAD: shifted('LEAD'),
  NTH_VALUE: written('NTH_VALUE', plain, writeInteger),
  NTILE: written('NTILE', writeInteger),
  // Aggregates.
  ANY_VALUE: anyValue,
  // JSON.
  JSON_OBJECT: jsonObject,
  JSON_ARRAY: written('JSONB_BUILD_ARRAY'),
  JSON_HAS_KEY: infix('?', plain, writeAsText),
  JSON_HAS_KEYS: keys('?&'),
  JSON_HAS_ANY_KEYS: keys('?|'),
  JSON_CONTAINS: infix('@>', plain),
  JSON_CONTAINED_BY: infix('<@', plain),
  ...searchFunctions,
  ...contribFunctions,
});

/** Functions that take whole numbers of any size as they are. */
const ANY_SIZE = new Set([
  'ABS',
  'COALESCE',
  'GREATEST',
  'LEAST',
  'NULLIF',
  'POWER',
  'SIGN',
  'SQRT',
  'CEILING',
  'FLOOR',
  'LN',
  'EXP',
]);

/** A function without an entry: whole numbers that are given to it are `integer`, which is what most functions are declared with. */
export function writeOtherCall(node: NodeOf<'call'>, out: SqlWriter): void {
  const { name, args } = node;
  const narrowed = args.map(
    (arg): ExpressionNode =>
      arg.kind === 'param' && isInteger(arg)
        ? { kind: 'cast', operand: arg, to: { name: 'integer' }, type: arg.type }
        : arg,
  );
  writeCall(name, ANY_SIZE.has(name) ? args : narrowed, out);
}
