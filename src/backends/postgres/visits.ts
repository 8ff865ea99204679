import type { SqlWriter, Visits } from '../../compiler/dialect.js';
import { writeOperand } from '../../compiler/visit-expressions.js';
import { writeReturning } from '../../compiler/visit-writes.js';
import { baseVisits } from '../../compiler/visits.js';
import { encodeMapped, encoderOf } from '../../compiler/writer.js';
import { NotSupportedError, ValueError } from '../../errors.js';
import type { ExpressionNode, ListParamNode } from '../../sql/expression-nodes.js';
import type { ValueType } from '../../sql/value-type.js';
import { arrayText } from './arrays.js';
import { parameterType } from './column-types.js';
import { writeOtherCall } from './functions.js';
import { quoteText } from './literals.js';
import { isToldBy, writeAssigned, writeAsText, writeBeside, writeInteger, writeTypedParam } from './parameters.js';
import { widened } from './recursion.js';
import { writeExtract, writeTemporalArithmetic, writeTrunc } from './temporal.js';

const MAX_INTEGER = 2_147_483_647;

/** `'a'` or `0`; a number that no position can be is a key like any other. */
const stepText = (step: string | number): string =>
  typeof step === 'number' && Math.abs(step) <= MAX_INTEGER ? String(step) : quoteText(String(step));

/** The side of LIKE that is folded, or as it is. */
function writeFolded(node: ExpressionNode, ignoreCase: boolean, out: SqlWriter): void {
  if (ignoreCase) out.text('UPPER(');
  if (node.kind === 'param' && !ignoreCase) out.param(node, 'text');
  else writeAsText(node, out);
  if (ignoreCase) out.text(')');
}

/** The values of a list as one array; `told` says its type, as of any parameter. */
function writeList(node: ListParamNode, told: unknown, out: SqlWriter): void {
  const encode = encoderOf(node.elementType, out.dialect);
  const encodeAll = (values: readonly unknown[]): string => arrayText(values.map(encode));
  out.input(
    {
      source: node.source,
      encode: encodeMapped(node.map, encodeAll as (value: unknown) => unknown),
      value: encodeAll(node.values),
    },
    [node.source ?? node, node.elementType, node.map, told],
  );
}

/** `(a, b) IN (SELECT * FROM UNNEST($1::bigint[], $2::text[]))`: one array for each part of the tuples. */
function writeAmongTuples(
  operand: ExpressionNode,
  list: ListParamNode,
  parts: readonly ValueType[],
  out: SqlWriter,
): void {
  writeOperand(operand, out);
  out.text(' IN (SELECT * FROM UNNEST(');
  parts.forEach((elementType, index) => {
    const partsAt = (tuples: readonly (readonly unknown[])[]): readonly unknown[] => tuples.map((each) => each[index]);
    const { values, map } = list;
    if (index > 0) out.text(', ');
    out.node({
      ...list,
      elementType,
      values: partsAt(values as readonly (readonly unknown[])[]),
      map: (given) => partsAt((map === null ? given : map(given)) as readonly (readonly unknown[])[]),
    });
    const { name } = elementType.columnType;
    out.text(`::${name === 'float' ? 'double precision' : (parameterType(elementType.columnType) ?? 'text')}[]`);
  });
  out.text('))');
}

/** What PostgreSQL writes otherwise than the others. */
export const visits: Visits = {
  ...baseVisits,

  // The server must know the type of every parameter (see parameters.ts).
  param: writeTypedParam,
  comparison: (node, out) => {
    writeBeside(node.left, node.right, out);
    out.text(` ${node.operator} `);
    writeBeside(node.right, node.left, out);
  },
  between: (node, out) => {
    writeOperand(node.operand, out);
    out.text(' BETWEEN ');
    writeBeside(node.low, node.operand, out);
    out.text(' AND ');
    writeBeside(node.high, node.operand, out);
  },
  // A list is one array parameter, so that the text is the same for every number of values.
  in: (node, out) => {
    const { operand, choices } = node;
    if ('length' in choices) {
      writeOperand(operand, out);
      out
        .text(' IN (')
        .each(choices, (choice) => writeBeside(choice, operand, out))
        .text(')');
    } else if (choices.kind === 'listParam' && choices.elementType.parts !== undefined) {
      writeAmongTuples(operand, choices, choices.elementType.parts, out);
    } else if (choices.kind === 'listParam') {
      writeOperand(operand, out);
      const type = parameterType(choices.elementType.columnType);
      const isTold = isToldBy({ ...operand, kind: 'param', type: choices.elementType } as ExpressionNode, operand);
      out.text(' = ANY(');
      writeList(choices, isTold ? operand.type : (type ?? choices), out);
      if (type !== null && !isTold) out.text(`::${type}[]`);
      out.text(')');
    } else {
      baseVisits.in(node, out);
    }
  },
  listParam: (node, out) => writeList(node, node, out),
  binary: (node, out) => {
    if (node.operator !== '<<' && node.operator !== '>>') return baseVisits.binary(node, out);
    out.text('(');
    writeOperand(node.left, out);
    out.text(` ${node.operator} `);
    writeInteger(node.right, out);
    out.text(')');
  },
  call: (node, out) => {
    if (Object.hasOwn(out.dialect.functions, node.name)) baseVisits.call(node, out);
    else writeOtherCall(node, out);
  },

  // Every type is searched as text; the escape character is a backslash by default.
  like: (node, out) => {
    writeFolded(node.left, node.ignoreCase, out);
    out.text(' LIKE ');
    writeFolded(node.pattern, node.ignoreCase, out);
  },
  regex: (node, out) => {
    writeAsText(node.left, out);
    out.text(node.ignoreCase ? ' ~* ' : ' ~ ');
    writeFolded(node.pattern, false, out);
  },

  // As Django: distances in values are refused on PostgreSQL, so that what runs here runs there.
  frame: (node, out) => {
    if (node.mode === 'range' && (node.start.offset ?? node.end.offset) !== undefined) {
      throw new NotSupportedError(
        'not-supported',
        'On PostgreSQL the frame of a ValueRange reaches from or to the current row, or is unbounded; RowRange takes numbers.',
      );
    }
    baseVisits.frame(node, out);
  },

  temporalArithmetic: writeTemporalArithmetic,
  extract: writeExtract,
  trunc: writeTrunc,

  cte: (node, out) => baseVisits.cte(widened(node), out),
  // Steps are written, not bound: with a parameter the same path in GROUP BY, or in an index, would be another expression.
  jsonPath: ({ operand, path, asText }, out) => {
    out.text('(');
    writeOperand(operand, out);
    const arrow = asText ? '>>' : '>';
    if (path.length === 1) out.text(` -${arrow} ${stepText(path[0]!)}`);
    else out.text(` #${arrow} ${quoteText(arrayText(path.map(String)))}`);
    out.text(')');
  },

  insert: (node, out) => {
    if (node.columns.length === 0) return baseVisits.insert(node, out);
    out
      .text('INSERT INTO ')
      .name(node.table)
      .text(' (')
      .each(node.columns, (column) => out.name(column))
      .text(') VALUES ')
      .each(node.rows, (row) =>
        out
          .text('(')
          .each(row, (value) => writeAssigned(value, out))
          .text(')'),
      );
    if (node.conflict !== null) out.node(node.conflict);
    writeReturning(node.returning, out);
  },
  update: (node, out) => {
    if (node.orderBy.length > 0) throw new ValueError('no-update-order', 'PostgreSQL has no UPDATE … ORDER BY.');
    out
      .text('UPDATE ')
      .name(node.table)
      .text(' SET ')
      .each(node.assignments, ({ column, value }) => writeAssigned(value, out.name(column).text(' = ')));
    if (node.where !== null) out.text(' WHERE ').node(node.where);
    writeReturning(node.returning, out);
  },
};
