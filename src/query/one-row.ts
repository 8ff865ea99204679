import type { ExpressionNode } from '../sql/expression-nodes.js';
import type { Planner } from './planner.js';

/**
 * Whether conditions leave at most one row: they hold each column of the model's primary key to one value, and no table is joined of
 * which a row could have several. A driver may then stop after the first row.
 */
export function findsOneRow({ base, tree, query }: Planner, conditions: readonly ExpressionNode[]): boolean {
  const { concrete } = query.meta;
  if (base.table !== concrete.dbTable || !concrete.managed) return false;
  if (!tree.tables.every(({ hop }, index) => index === 0 || (hop !== null && !hop.multi))) return false;
  const fixed = conditions.flatMap((condition) => fixedColumns(condition, base.alias));
  return concrete.pkFields.every(({ column }) => column !== null && fixed.includes(column));
}

/** Columns of a table that a condition holds to one value each. */
function fixedColumns(condition: ExpressionNode, table: string): string[] {
  if (condition.kind === 'logical' && condition.connector === 'AND')
    return condition.operands.flatMap((each) => fixedColumns(each, table));
  if (condition.kind !== 'comparison' || condition.operator !== '=' || condition.right.kind !== 'param') return [];
  const { left } = condition;
  return left.kind === 'column' && left.table === table ? [left.name] : [];
}
