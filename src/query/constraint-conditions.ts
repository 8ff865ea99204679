import type { ModelMeta } from '../schema/model-meta.js';
import { and } from '../sql/build.js';
import type { ExpressionNode, OrderNode } from '../sql/expression-nodes.js';
import { rewrite } from '../sql/walk.js';
import { readConditions } from './conditions.js';
import { Planner } from './planner.js';
import { allRows, change } from './query.js';
import { subselect } from './to-select.js';

/**
 * The condition of a constraint or index as DDL has it: columns stand without a table. Throws FieldError when it leads to
 * another table, which no constraint can.
 */
export function constraintCondition(meta: ModelMeta, condition: unknown): ExpressionNode {
  const query = allRows(meta);
  const read = readConditions(query, () => null, [condition], 'condition');
  const planner = new Planner(
    change(query, { steps: [{ kind: 'filter', condition: read.condition, sticky: false }] }, null),
    subselect,
  );
  planner.allowJoins = false;
  return withoutTables(and(planner.run().conditions));
}

/** An expression of an index, constraint or generated column, its columns without a table. */
export function constraintExpression(meta: ModelMeta, expression: unknown): OrderNode[] {
  const planner = new Planner(allRows(meta), subselect);
  planner.allowJoins = false;
  return planner.order(expression).map((term) => withoutTables(term));
}

const withoutTables = <T extends { readonly kind: string }>(node: T): T =>
  rewrite(node, (each) => (each.kind === 'column' ? ({ ...each, table: null } as typeof each) : each));
