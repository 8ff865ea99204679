import { booleanType, literal } from '../sql/build.js';
import type { ExpressionNode, OrderNode } from '../sql/expression-nodes.js';
import type { SelectColumn } from '../sql/statement-nodes.js';
import { children, containsAggregate, containsWindow } from '../sql/walk.js';
import type { Planner } from './planner.js';
import { termsOf } from './tuples.js';

/** Which parts of an expression must be in GROUP BY: all of it without an aggregate, else what stands beside the aggregate. */
export function groupByColumns(node: ExpressionNode): ExpressionNode[] {
  if (node.kind === 'param' || node.kind === 'literal' || node.kind === 'star') return [];
  if (node.kind === 'aggregate') return [];
  if (node.kind === 'window')
    return [...node.partitionBy, ...node.orderBy.map((term) => term.expression)].flatMap(groupByColumns);
  if (PREDICATES.has(node.kind)) return operandsOf(node).flatMap(groupByColumns);
  if (!containsAggregate(node)) return [...termsOf(node)];
  return children(node).flatMap((child) => groupByColumns(child as ExpressionNode));
}

/** The parts of a condition by the moment at which they can be decided: on rows, on groups, on windows over the result. */
export interface SplitConditions {
  readonly where: readonly ExpressionNode[];
  readonly having: readonly ExpressionNode[];
  readonly windowed: readonly ExpressionNode[];
}

/** Comparisons are grouped by what they compare. */
const PREDICATES = new Set(['comparison', 'between', 'isNull', 'like', 'regex', 'in', 'logical', 'not']);

const operandsOf = (node: ExpressionNode): ExpressionNode[] =>
  children(node).filter(
    (child) => child.kind !== 'select' && child.kind !== 'compound' && child.kind !== 'listParam',
  ) as ExpressionNode[];

/** WHERE and HAVING: a condition that reads an aggregate waits for the groups, one that reads a window for all of them. */
export function splitConditions(conditions: readonly ExpressionNode[]): SplitConditions {
  const flat = conditions.flatMap((node) =>
    node.kind === 'logical' && node.connector === 'AND' ? node.operands : [node],
  );
  const windowed = flat.filter(containsWindow);
  const others = flat.filter((node) => !containsWindow(node));
  return {
    where: others.filter((node) => !containsAggregate(node)),
    having: others.filter(containsAggregate),
    windowed,
  };
}

/**
 * The terms of GROUP BY. Rows of a model are grouped by its primary key (and those of the tables that come with it), on which
 * the other columns depend; plain rows by what is named. Orders that were asked for split groups, as in Django.
 */
export function groupBy(
  planner: Planner,
  columns: readonly SelectColumn[],
  orderBy: readonly OrderNode[],
  having: readonly ExpressionNode[],
  keys: readonly ExpressionNode[],
): ExpressionNode[] {
  const { grouping } = planner.query;
  if (grouping === null) return [];
  const terms: ExpressionNode[] = [...keys];
  if (grouping.by === 'names') for (const name of grouping.names) terms.push(...groupByColumns(planner.path(name)));
  else terms.push(...termsOf(planner.ownColumn(planner.query.meta.pk)));
  for (const { expression, alias } of columns)
    if (alias !== null || !dependsOnKey(planner, expression)) terms.push(...groupByColumns(expression));
  for (const { expression } of orderBy) terms.push(...groupByColumns(expression));
  for (const condition of having) terms.push(...groupByColumns(condition));
  const distinct = terms.filter((term, index) => terms.findIndex((other) => sameNode(term, other)) === index);
  return distinct.map((term) => position(term, columns));
}

/** Columns of the model's own table follow from its key, by which instances are grouped. */
const dependsOnKey = (planner: Planner, expression: ExpressionNode): boolean =>
  planner.query.grouping?.by === 'model' && expression.kind === 'column' && expression.table === planner.base.alias;

/** A selected expression is named by its position: written out again its parameters would make it another expression. */
function position(term: ExpressionNode, columns: readonly SelectColumn[]): ExpressionNode {
  if (term.kind === 'column') return term;
  const index = columns.findIndex(({ expression }) => expression === term);
  return index < 0 ? term : literal(index + 1, booleanType);
}

/** Whether two nodes are written alike. */
export function sameNode(a: ExpressionNode, b: ExpressionNode): boolean {
  if (a === b) return true;
  if (a.kind === 'column' && b.kind === 'column') return a.table === b.table && a.name === b.name;
  return false;
}
