import type { BoundField, Hop } from '../schema/model-meta.js';
import { and, booleanType, column, equal, exists, literal, select } from '../sql/build.js';
import type { ExpressionNode } from '../sql/expression-nodes.js';
import { type JoinedTable, type JoinTree, joinNodes } from './joins.js';
import { rejectsMissing } from './null-rejection.js';

/** What is read of the planner of the inner rows. */
export interface InnerPlan {
  readonly tree: JoinTree;
  readonly conditions: readonly ExpressionNode[];
  fieldColumn(field: BoundField, table: JoinedTable): ExpressionNode;
}

/**
 * EXISTS over the related rows for which the inner condition holds. `hops[many]` is the first hop to many rows; the subquery
 * starts at the table it leads to, and the tables before it are left out. Only when the condition also holds for missing
 * rows (`isnull`) the table before stays, for a row without any related one must be found too.
 *
 * `key` is the outer column that the related rows refer to. `sharedKey`, when the outer query has joined the same rows
 * already, is their primary key: then those rows are meant and no others.
 */
export function existsAmongMany(
  inner: InnerPlan,
  hops: readonly Hop[],
  many: number,
  key: ExpressionNode,
  sharedKey: ExpressionNode | null,
): { node: ExpressionNode; prefixMayBeMissing: boolean } {
  const condition = and(inner.conditions);
  const tables = inner.tree.tables;
  const required = requiredTables(tables, rejectsMissing(condition));
  const hop = hops[many]!;
  const related = tables[many + 1]!;
  const startsAtRelated = required.has(related);
  const start = startsAtRelated ? related : tables[many]!;
  const startField = startsAtRelated ? hop.toField : hop.fromField;
  const left = new Set(tables.slice(0, tables.indexOf(start)));
  const link =
    sharedKey !== null && startsAtRelated
      ? equal(inner.fieldColumn(hop.to.pk, related), sharedKey)
      : equal(column(start.alias, startField.column, startField.type), key);
  const kept = inner.tree.without(left);
  const query = select({
    columns: [{ expression: literal(1, booleanType), alias: null }],
    from: { kind: 'table', name: start.table, alias: start.alias },
    joins: joinNodes(
      kept.filter((table) => table !== start),
      rejectsMissing(condition),
    ),
    where: and([condition, link]),
  });
  const prefix = tables.slice(1, many + 1);
  return {
    node: condition.kind === 'literal' && condition.value === false ? condition : exists(query),
    prefixMayBeMissing: prefix.some((table) => !required.has(table) && table.hop?.nullable === true),
  };
}

function requiredTables(tables: readonly JoinedTable[], aliases: ReadonlySet<string>): Set<JoinedTable> {
  const required = new Set<JoinedTable>();
  for (const table of tables) {
    if (aliases.has(table.alias))
      for (let each: JoinedTable | null = table; each !== null; each = each.parent) required.add(each);
  }
  return required;
}
