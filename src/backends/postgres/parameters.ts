import type { SqlWriter } from '../../compiler/dialect.js';
import { writeOperand } from '../../compiler/visit-expressions.js';
import type { ExpressionNode, ParamNode } from '../../sql/expression-nodes.js';
import { parameterType } from './column-types.js';

/**
 * Where a parameter stands PostgreSQL must know its type before the value comes. Where a column of the same type stands beside it
 * the place says enough; elsewhere (arguments, arithmetic, the select list) the type is written.
 *
 * An expression that is written twice must be one expression to the server, or it is none by which rows are grouped, told apart
 * (DISTINCT ON) or ordered in an aggregate of distinct values. So a value that is told its type in the same way at both places
 * has one placeholder.
 */

export const typeName = (node: ExpressionNode): string => node.type.columnType.name;

/** `$1::text`. */
export function writeTypedParam(node: ParamNode, out: SqlWriter): void {
  const type = parameterType(node.type.columnType);
  // without a type it is told by what is around the node, which is the same again for the very same node alone
  if (type === null) out.param(node, node);
  else writeCastParam(node, type, out);
}

/** `$1::type`. */
function writeCastParam(node: ParamNode, type: string, out: SqlWriter): void {
  out.param(node, type).text(`::${type}`);
}

/** Whether the column beside it says what type the parameter has. */
export const isToldBy = (param: ExpressionNode, beside: ExpressionNode): boolean =>
  param.kind === 'param' && beside.kind === 'column' && typeName(param) === typeName(beside);

/** An operand of a comparison with `beside`. */
export function writeBeside(node: ExpressionNode, beside: ExpressionNode, out: SqlWriter): void {
  if (node.kind === 'param' && isToldBy(node, beside)) out.param(node, beside.type);
  else writeOperand(node, out);
}

/** A value that is assigned to a column, whose type it takes. */
export function writeAssigned(node: ExpressionNode, out: SqlWriter): void {
  if (node.kind === 'param') out.param(node);
  else out.node(node);
}

const INTEGERS = new Set([
  'smallAuto',
  'auto',
  'smallint',
  'integer',
  'positiveSmallint',
  'positiveInteger',
  'bigAuto',
  'bigint',
  'positiveBigint',
]);
export const isInteger = (node: ExpressionNode): boolean => INTEGERS.has(typeName(node));
const WIDE = new Set(['bigAuto', 'bigint', 'positiveBigint']);

/** An argument of a function that takes `integer` alone (LEFT, REPEAT, ROUND …), for which bigint is the wrong type. */
export function writeInteger(node: ExpressionNode, out: SqlWriter): void {
  if (node.kind === 'literal' || (node.kind === 'column' && isInteger(node) && !WIDE.has(typeName(node))))
    out.node(node);
  else if (node.kind === 'param') writeCastParam(node, 'integer', out);
  else out.text('(').node(node).text(')::integer');
}

const TEXTS = new Set(['varchar', 'text']);

/** Anything as text: what it is searched as. */
export function writeAsText(node: ExpressionNode, out: SqlWriter): void {
  const type = typeName(node);
  if (node.kind === 'param') writeCastParam(node, 'text', out);
  else if (TEXTS.has(type)) writeOperand(node, out);
  // Without HOST an address would carry its netmask.
  else if (type === 'inet') out.text('HOST(').node(node).text(')');
  else out.text('(').node(node).text(')::text');
}
