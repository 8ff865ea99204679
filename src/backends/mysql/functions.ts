import type { FunctionVisit, NodeOf, SqlWriter } from '../../compiler/dialect.js';
import { callWith, writeAggregate, writeCall } from '../../compiler/visit-expressions.js';
import { caseWhen, literal } from '../../sql/build.js';
import { notZeroForKey } from './auto-keys.js';
import { type jsonVisits, writeMember } from './json-expressions.js';

const renamed =
  (name: string): FunctionVisit =>
  (node, out) => {
    if (node.kind === 'aggregate') writeAggregate(name, filtered(node), out);
    else writeCall(name, node.args, out);
  };

/** `COUNT(CASE WHEN condition THEN x END)`: there is no FILTER. */
export function filtered(node: NodeOf<'aggregate'>): NodeOf<'aggregate'> {
  const { filter, args } = node;
  if (filter === null) return node;
  const [first, ...others] = args;
  const counted = first === undefined || first.kind === 'star' ? literal(1, node.type) : first;
  return {
    ...node,
    filter: null,
    args: [caseWhen([{ condition: filter, result: counted }], null, counted.type), ...others],
  };
}

const sha2 =
  (bits: number): FunctionVisit =>
  (node, out) =>
    void out.text('SHA2(').node(node.args[0]!).text(`, ${bits})`);

/**
 * `SUBSTRING(GROUP_CONCAT(CONCAT(delimiter, x) ORDER BY … SEPARATOR ''), CHAR_LENGTH(delimiter) + 1)`: SEPARATOR takes a literal only,
 * and the delimiter is a value. The first delimiter is cut off again.
 */
const stringAgg: FunctionVisit = (node, out) => {
  const aggregate = filtered(node as NodeOf<'aggregate'>);
  const [value, delimiter] = aggregate.args;
  const gather = (write: () => void): void => {
    out.text(aggregate.distinct ? 'GROUP_CONCAT(DISTINCT ' : 'GROUP_CONCAT(');
    write();
    if (aggregate.orderBy.length > 0) out.text(' ORDER BY ').list(aggregate.orderBy);
    out.text(" SEPARATOR '')");
  };
  if (delimiter === undefined) return gather(() => out.node(value!));
  out.text('SUBSTRING(');
  gather(() => out.text('CONCAT(').node(delimiter).text(', ').node(value!).text(')'));
  out.text(', CHAR_LENGTH(').node(delimiter).text(') + 1)');
};

/** Spelled as the server does (see the list of canonical names in ../sqlite/functions.ts). */
export function functionsFor(json: ReturnType<typeof jsonVisits>): Readonly<Record<string, FunctionVisit>> {
  return Object.freeze<Record<string, FunctionVisit>>({
    // Text.
    CHR: (node, out) => void out.text('CHAR(').node(node.args[0]!).text(' USING utf16)'),
    CONCAT: (node, out) => void out.text("CONCAT_WS('', ").list(node.args).text(')'),
    LENGTH: renamed('CHAR_LENGTH'),
    STRINDEX: renamed('INSTR'),
    STRING_AGG: stringAgg,
    SHA224: sha2(224),
    SHA256: sha2(256),
    SHA384: sha2(384),
    SHA512: sha2(512),
    // Numbers.
    RANDOM: renamed('RAND'),
    // The default of an aggregate of keys is a key.
    COALESCE: (node, out) => writeCall('COALESCE', node.args.map(notZeroForKey), out),
    // Time.
    NOW: (_node, out) => void out.text('CURRENT_TIMESTAMP(6)'),
    // Any of them will do, and the smallest is one of them. MySQL has ANY_VALUE, but it may be NULL where others are not.
    ANY_VALUE: renamed('MIN'),
    // JSON.
    JSON_OBJECT: callWith('JSON_OBJECT', writeMember),
    JSON_ARRAY: callWith('JSON_ARRAY', writeMember),
    JSON_HAS_KEY: (node, out) => json.hasKey(node.args[0]!, node.args[1]!, out),
    JSON_HAS_KEYS: (node, out) => json.hasKeys(node.args, 'AND', out),
    JSON_HAS_ANY_KEYS: (node, out) => json.hasKeys(node.args, 'OR', out),
    JSON_CONTAINED_BY: (node, out) =>
      void out.text('JSON_CONTAINS(').node(node.args[1]!).text(', ').node(node.args[0]!).text(')'),
  });
}

/** An aggregate without an entry. */
export function writeOtherAggregate(node: NodeOf<'aggregate'>, out: SqlWriter): void {
  writeAggregate(node.name, filtered(node), out);
}
