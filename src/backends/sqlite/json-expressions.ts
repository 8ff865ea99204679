import type { NodeOf, SqlWriter } from '../../compiler/dialect.js';
import { writeOperand } from '../../compiler/visit-expressions.js';
import { call, isNull, mapParam } from '../../sql/build.js';
import type { CallNode, ExpressionNode, JsonPathNode } from '../../sql/expression-nodes.js';
import type { SelectNode } from '../../sql/statement-nodes.js';
import { type DbValue, identity, type ValueType } from '../../sql/value-type.js';
import { getOrMake } from '../../util/get-or-make.js';

/** JSON documents in expressions: SQLite keeps them as text and reads them by functions (sqlite.org/json1.html). */

const text: ValueType<string> = { columnType: { name: 'text' }, toDb: identity, fromDb: identity };

/** `."key"`: quoted always, so that every key is one member whatever characters it has. */
const memberText = (key: string): string => `.${JSON.stringify(key)}`;

/** `$."a"[0]`; a negative index counts from the end. */
function pathText(path: readonly (string | number)[]): string {
  let written = '$';
  for (const step of path) {
    if (typeof step === 'string') written += memberText(step);
    else written += step < 0 ? `[#${step}]` : `[${step}]`;
  }
  return written;
}

/** Whether a node gives a part of a document as it is, not as text. */
export const isDocumentPart = (node: ExpressionNode): node is JsonPathNode => node.kind === 'jsonPath' && !node.asText;

/**
 * The unpacked value of a part: a text without quotes, a number, or the text of an object.
 * true, false and null come out as these words, or they would be the numbers 1 and 0, and SQL NULL.
 */
export function writeJsonPath(node: JsonPathNode, out: SqlWriter): void {
  const path = pathText(node.path);
  const read = (name: string): SqlWriter => out.text(`${name}(`).node(node.operand).text(', ').bind(path).text(')');
  out.text('(CASE WHEN ');
  read('JSON_TYPE').text(" IN ('false', 'true', 'null') THEN ");
  read('JSON_TYPE').text(' ELSE ');
  read('JSON_EXTRACT').text(' END)');
}

/** A value that is compared with a part of a document: unpacked as the part is. */
export function writeJsonOperand(node: ExpressionNode, out: SqlWriter): void {
  if (node.kind === 'param' && node.type.columnType.name === 'json')
    out
      .text('JSON_EXTRACT(')
      .param({ ...node, type: wordy(node.type) })
      .text(", '$')");
  else writeOperand(node, out);
}

const wordyTypes = new WeakMap<ValueType, ValueType>();
/** The same documents, those that are the words true, false and null as texts: that is what `writeJsonPath` makes of them. */
function wordy(type: ValueType): ValueType {
  return getOrMake(wordyTypes, type, () => ({
    columnType: type.columnType,
    toDb(value): DbValue {
      const document = type.toDb(value);
      return document === 'true' || document === 'false' || document === 'null' ? `"${document}"` : document;
    },
    fromDb: identity,
  }));
}

/** Name of the call that `documentColumns` puts for a part of a document. */
export const JSON_PART = 'JSON_PART';

/** `document -> path`. */
export function writeDocumentPart(node: CallNode, out: SqlWriter): void {
  out.text('(');
  writeOperand(node.args[0]!, out);
  out.text(' -> ').bind(String(node.options?.path)).text(')');
}

/** A result whose columns that are parts of documents are given as documents: `->` keeps "5" and 5 apart, which unpacked values do not. */
export function documentColumns(node: SelectNode): SelectNode {
  if (!node.columns.some(({ expression }) => isDocumentPart(expression))) return node;
  const columns = node.columns.map((column) => {
    const { expression } = column;
    if (!isDocumentPart(expression)) return column;
    return {
      ...column,
      expression: call(JSON_PART, [expression.operand], expression.type, { path: pathText(expression.path) }),
    };
  });
  // An order by the alias would sort documents as text; what is meant are the values in them.
  const orderBy = node.orderBy.map((term) => {
    const { expression } = term;
    if (expression.kind !== 'alias') return term;
    const named = node.columns.find(({ alias }) => alias === expression.name);
    return named !== undefined && isDocumentPart(named.expression) ? { ...term, expression: named.expression } : term;
  });
  return { ...node, columns, orderBy };
}

/** `JSON_TYPE(document, path) IS NOT NULL`: true for a key that holds JSON null as well. */
export function writeHasKey(document: ExpressionNode, key: ExpressionNode, out: SqlWriter): void {
  const inside = isDocumentPart(document) ? document : null;
  const start = inside === null ? '$' : pathText(inside.path);
  out
    .text('JSON_TYPE(')
    .node(inside?.operand ?? document)
    .text(', ');
  if (key.kind === 'param') out.param(mapParam(key, (value) => start + memberText(String(value)), text));
  // A key that the database computes is quoted there.
  else out.bind(start).text(" || '.' || JSON_QUOTE(").node(key).text(')');
  out.text(') IS NOT NULL');
}

/** A value that becomes a member of a document: documents and booleans as such, which SQLite has as texts and numbers. */
export function writeMember(node: ExpressionNode, out: SqlWriter): void {
  const { name } = node.type.columnType;
  if (name === 'boolean') out.text('JSON(CASE ').node(node).text(" WHEN 1 THEN 'true' WHEN 0 THEN 'false' END)");
  else if (name === 'json' && !isDocumentPart(node)) out.text('JSON(').node(node).text(')');
  else out.node(node);
}

/** All of the keys, or any of them. */
export function writeHasKeys(
  [document, ...keys]: readonly ExpressionNode[],
  connector: 'AND' | 'OR',
  out: SqlWriter,
): void {
  out
    .text('(')
    .each(keys, (key) => writeHasKey(document!, key, out), ` ${connector} `)
    .text(')');
}

/** The aggregate over rows in which its argument is not NULL: JSON_GROUP_ARRAY keeps NULL, GROUP_CONCAT skips it. */
export function notNullOnly(node: NodeOf<'aggregate'>): NodeOf<'aggregate'> {
  const present = isNull(node.args[0]!, true);
  const filter =
    node.filter === null
      ? present
      : ({ kind: 'logical', connector: 'AND', operands: [node.filter, present], type: present.type } as const);
  return { ...node, filter };
}
