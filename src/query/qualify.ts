import { and, column, select } from '../sql/build.js';
import type { ExpressionNode, OrderNode } from '../sql/expression-nodes.js';
import type { SelectColumn, SelectNode } from '../sql/statement-nodes.js';
import { replaceParts } from '../sql/walk.js';
import { sameNode } from './grouping.js';

const QUALIFIED = 'qualify';
/** What can only be worked out inside, where the rows still are what the functions see. */
const INSIDE = new Set(['window', 'aggregate', 'column', 'subquery', 'exists', 'raw']);

/**
 * Conditions on window functions: SQL works those out after WHERE and HAVING, so the rows become a derived table that has
 * them as columns, and the conditions, the order and the slice stand outside ("Filtering against window functions" in
 * Django's documentation of expressions).
 */
export function qualify(
  inner: SelectNode,
  conditions: readonly ExpressionNode[],
  orderBy: readonly OrderNode[],
): SelectNode {
  const columns: SelectColumn[] = inner.columns.map((each, index) => ({
    ...each,
    alias: each.alias ?? `col${index + 1}`,
  }));
  const outside = (node: ExpressionNode): ExpressionNode =>
    replaceParts(node, (part) => {
      if (!INSIDE.has(part.kind)) return null;
      const expression = part as ExpressionNode;
      let known = columns.find((each) => sameNode(each.expression, expression));
      if (known === undefined) {
        known = { expression, alias: `qual${columns.length}` };
        columns.push(known);
      }
      return column(QUALIFIED, known.alias!, expression.type);
    });
  const where = and(conditions.map(outside));
  const order = orderBy.map((term) => ({ ...term, expression: outside(term.expression) }));
  const shown = inner.columns.map((each, index) => ({
    expression: column(QUALIFIED, columns[index]!.alias!, each.expression.type),
    alias: each.alias,
  }));
  return select({
    columns: shown,
    distinct: inner.distinct,
    from: {
      kind: 'derived',
      query: { ...inner, columns, distinct: false, orderBy: [], slice: null },
      alias: QUALIFIED,
    },
    where,
    orderBy: order,
    slice: inner.slice,
  });
}
