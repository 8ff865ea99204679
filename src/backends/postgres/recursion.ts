import type { CteNode, QueryNode } from '../../sql/statement-nodes.js';
import type { ColumnType } from '../../sql/value-type.js';

/** Types of columns without their sizes. */
const WIDE: Readonly<Record<string, ColumnType>> = {
  varchar: { name: 'text' },
  decimal: { name: 'decimal' },
  smallAuto: { name: 'bigint' },
  auto: { name: 'bigint' },
  smallint: { name: 'bigint' },
  integer: { name: 'bigint' },
  positiveSmallint: { name: 'bigint' },
  positiveInteger: { name: 'bigint' },
};

/**
 * A common table whose parts have the same types. In a recursion the first part alone decides them, to the length of a text, and the
 * server refuses a second part that gives `text` for `varchar(64)` or `bigint` for `integer` (postgresql.org/docs/current/queries-with.html).
 */
export const widened = (node: CteNode): CteNode =>
  node.query.kind === 'compound' ? { ...node, query: widen(node.query) } : node;

function widen(query: QueryNode): QueryNode {
  if (query.kind === 'compound') return { ...query, queries: query.queries.map(widen) };
  const columns = query.columns.map((column) => {
    const { expression } = column;
    const { name } = expression.type.columnType;
    if (!Object.hasOwn(WIDE, name)) return column;
    return {
      ...column,
      expression: { kind: 'cast', operand: expression, to: WIDE[name]!, type: expression.type } as const,
    };
  });
  return { ...query, columns };
}
