/** Composite keys in statements: where one name stands for several columns. */
import { ValueError } from '../errors.js';
import type { BoundField } from '../schema/model-meta.js';
import { column, tuple } from '../sql/build.js';
import type { ExpressionNode } from '../sql/expression-nodes.js';
import type { SelectColumn } from '../sql/statement-nodes.js';
import { children } from '../sql/walk.js';

/** The column of a field in the table that goes by `alias`; of a composite key the tuple of its columns. */
export function columnOf(field: BoundField, alias: string): ExpressionNode {
  if (field.type.parts === undefined) return column(alias, field.column, field.type);
  const parts = field.model.pkFields.map((part) => column(alias, part.column, part.type));
  return tuple(parts, field.type);
}

/** An expression as columns to select: a tuple is several, which no alias can name. */
export const selectColumns = (expression: ExpressionNode, alias: string | null): SelectColumn[] =>
  expression.kind === 'tuple'
    ? expression.items.map((item) => ({ expression: item, alias: null }))
    : [{ expression, alias }];

/** The parts of a tuple, anything else alone: where a list of terms takes its place (GROUP BY, ORDER BY). */
export const termsOf = (expression: ExpressionNode): readonly ExpressionNode[] =>
  expression.kind === 'tuple' ? expression.items : [expression];

/** Nodes whose operands may be tuples. */
const TAKES_TUPLES: ReadonlySet<string> = new Set(['tuple', 'comparison', 'in', 'select', 'compound']);

/** The node itself. Throws ValueError when a tuple stands where only a single value can: in a function, in arithmetic. */
export function withoutTuplesInside(node: ExpressionNode): ExpressionNode {
  check(node);
  return node;
}
function check(node: { readonly kind: string }): void {
  const takes = TAKES_TUPLES.has(node.kind);
  for (const child of children(node)) {
    if (child.kind === 'tuple' && !takes) throw refusal(node);
    check(child);
  }
}
const SUBJECTS: Readonly<Record<string, string>> = {
  binary: 'Arithmetic',
  negate: 'Arithmetic',
  temporalArithmetic: 'Arithmetic',
  cast: 'Cast',
  case: 'Case',
  window: 'Window',
};
function refusal(node: { readonly kind: string; readonly name?: unknown }): ValueError {
  const subject = typeof node.name === 'string' ? node.name : (SUBJECTS[node.kind] ?? 'This expression');
  return new ValueError('composite-key', `${subject} does not support composite primary keys.`);
}
