import { FieldError, ValueError } from '../errors.js';
import type { BoundField } from '../schema/model-meta.js';
import {
  alias as aliasNode,
  and,
  booleanType,
  FALSE,
  isFalse,
  isTrue,
  literal,
  select as selectNode,
} from '../sql/build.js';
import type { ExpressionNode, OrderNode } from '../sql/expression-nodes.js';
import type { SubqueryUse } from '../sql/resolvable.js';
import type { LockNode, QueryNode, SelectColumn, SelectNode } from '../sql/statement-nodes.js';
import { combine } from './combine.js';
import { commonTableNodes } from './common-table-nodes.js';
import type { CommonTables } from './common-tables.js';
import { groupBy, sameNode, splitConditions } from './grouping.js';
import { joinNodes } from './joins.js';
import { rejectsMissing } from './null-rejection.js';
import { findsOneRow } from './one-row.js';
import { checkOrder, flipped, termsOfQuery } from './ordering.js';
import { Planner } from './planner.js';
import { qualify } from './qualify.js';
import { isSliced, type Query, sliceOf } from './query.js';
import { type Layout, select as selection } from './selection.js';
import { selectColumns, termsOf } from './tuples.js';

/** A query as a statement, and how its rows are read. */
export interface Selected {
  readonly node: QueryNode;
  readonly layout: Layout;
}

/** The statement for a query's rows. */
export function toSelect(query: Query, outer: Planner | null = null, checking = false): Selected {
  if (query.combination !== null)
    return combine(query.empty ? withoutRows(query) : query, (part) => toSelect(part, outer, checking));
  const planner = new Planner(query, subselect, outer, checking).run();
  const { columns, layout } = selection(planner);
  return { node: assemble(planner, columns, {}), layout };
}

/** none() after union(): the first part's columns, and no rows. */
const withoutRows = (query: Query): Query => ({
  ...query,
  combination: { operator: 'UNION', queries: [{ ...query.combination!.queries[0]!, empty: true, orderBy: [] }] },
  orderBy: [],
});

/** What a statement leaves out of its query. */
export interface AssembleOptions {
  /** No ORDER BY: the order of the rows does not matter. */
  readonly unordered?: boolean;
  /** Terms of GROUP BY beside the query's own. */
  readonly groupKeys?: readonly ExpressionNode[];
}

/** The statement of a planner that took all its steps, with the columns given. */
export function assemble(planner: Planner, columns: readonly SelectColumn[], options: AssembleOptions): SelectNode {
  const { query } = planner;
  const orderBy = options.unordered === true ? [] : ordersOf(planner);
  const selected =
    query.distinct && distinctOn(planner).length === 0 && options.unordered !== true
      ? withOrderColumns(columns, distinctOrders(planner, orderBy))
      : columns;
  const { where, having, windowed } = splitConditions(planner.conditions);
  const grouped = groupBy(planner, selected, query.orderBy === null ? [] : orderBy, having, options.groupKeys ?? []);
  const condition = and(where);
  const whole = query.empty || (query.limit !== null && query.limit <= 0) ? FALSE : condition;
  const statement = selectNode({
    ...commonTableNodes(planner, commonRows),
    columns: selected,
    distinct: query.distinct,
    distinctOn: distinctOn(planner),
    from: { kind: 'table', name: planner.base.table, alias: planner.base.alias },
    joins: joinNodes(planner.tree.tables, new Set([...rejectsMissing(condition), ...planner.requiredAliases])),
    where: isTrue(whole) ? null : whole,
    groupBy: grouped,
    having: having.length === 0 ? null : and(having),
    orderBy: named(orderBy, columns),
    slice: sliceOf(query),
    lock: lockOf(planner),
    oneRow: findsOneRow(planner, where),
    ...(query.using === null ? {} : { database: query.using }),
  });
  return windowed.length === 0 ? statement : qualify(statement, windowed, orderBy);
}

/** FOR UPDATE, its tables by the aliases that they have here. Throws FieldError for a name that selectRelated() did not join. */
function lockOf(planner: Planner): LockNode | null {
  const { lock, selectRelated } = planner.query;
  if (lock === null) return null;
  const joined = Array.isArray(selectRelated) ? (selectRelated as readonly string[]) : [];
  const choices = [
    'self',
    ...joined.flatMap((path) => path.split('__').map((_, index, names) => names.slice(0, index + 1).join('__'))),
  ];
  const of = lock.of.map((name) => {
    if (!choices.includes(name)) {
      throw new FieldError(
        'lock-of',
        `selectForUpdate() cannot lock '${name}': of takes 'self' and relations that selectRelated() joins. Choices are: ${[...new Set(choices)].join(', ')}.`,
      );
    }
    return name === 'self' ? planner.base.alias : planner.related(name).table.alias;
  });
  return {
    kind: 'lock',
    of,
    wait: lock.nowait ? 'nowait' : lock.skipLocked ? 'skipLocked' : 'wait',
    noKey: lock.noKey,
  };
}

const distinctOn = (planner: Planner): ExpressionNode[] =>
  planner.query.distinctOn.flatMap((name) => termsOf(planner.path(name)));

/** What DISTINCT rows are told apart by beside their columns: the order, even the model's that groups do without. */
const distinctOrders = (planner: Planner, orderBy: readonly OrderNode[]): readonly OrderNode[] =>
  planner.query.grouping !== null && planner.query.orderBy === null
    ? planner.query.meta.ordering.flatMap((term) => planner.order(term))
    : orderBy;

/** The query's order as nodes, without repetitions: a second mention of a column orders nothing. */
export function ordersOf(planner: Planner): OrderNode[] {
  const nodes = termsOfQuery(planner.query, planner.query.meta).flatMap((term) => planner.order(term));
  for (const { expression } of nodes) checkOrder(expression, planner.annotations);
  const kept = nodes.filter(
    (node, index) => nodes.findIndex((other) => sameNode(other.expression, node.expression)) === index,
  );
  return kept.map((node) => flipped(node, planner.query.reversed));
}

/** Orders by a selected annotation name it by its alias. */
const named = (orderBy: readonly OrderNode[], columns: readonly SelectColumn[]): OrderNode[] =>
  orderBy.map((node) => {
    if (node.expression.kind === 'column') return node;
    const column = columns.find(({ expression, alias }) => alias !== null && expression === node.expression);
    return column === undefined ? node : { ...node, expression: aliasNode(column.alias!, column.expression.type) };
  });

/** SELECT DISTINCT can only order by what it selects, so what is missing is selected too (and not read). */
function withOrderColumns(columns: readonly SelectColumn[], orderBy: readonly OrderNode[]): SelectColumn[] {
  const missing = orderBy.filter((node) => !columns.some(({ expression }) => sameNode(expression, node.expression)));
  return [...columns, ...missing.map((node) => ({ expression: node.expression, alias: null }))];
}

/** The rows of a common table: their order counts only where they are cut. `around` are the common tables that they may read. */
function commonRows(query: Query, around: CommonTables): Selected {
  if (query.combination !== null) return combine(query, (part) => commonRows(part, around));
  const planner = new Planner(query, subselect, null, false, around).run();
  const { columns, layout } = selection(planner);
  return { node: assemble(planner, columns, { unordered: !isSliced(query) && query.distinctOn.length === 0 }), layout };
}

/** Whether the statement can have no rows at all, whatever the tables hold. */
export const matchesNothing = (node: QueryNode): boolean =>
  node.kind === 'select'
    ? node.where !== null && isFalse(node.where)
    : node.queries.length === 1 && matchesNothing(node.queries[0]!);

/**
 * A query inside another: the right side of a lookup, Subquery or Exists. Without named columns an instance stands for its
 * key; the order counts only where the rows are cut. `width` is the number of columns that are wanted.
 */
export function subselect(
  query: Query,
  outer: Planner,
  use: SubqueryUse,
  key: BoundField | null,
  width = 1,
): QueryNode {
  if (query.combination !== null)
    return combine(query, (part) => ({
      node: subselect(part, outer, use, key, width),
      layout: { kind: 'plain', values: [] },
    })).node;
  const planner = new Planner(query, subselect, outer, outer.checking).run();
  const unordered = use !== 'array' && !isSliced(query) && query.distinctOn.length === 0;
  return assemble(planner, subselectColumns(planner, use, key, width), { unordered });
}

function subselectColumns(planner: Planner, use: SubqueryUse, key: BoundField | null, width: number): SelectColumn[] {
  const { query } = planner;
  if (use === 'exists') {
    return query.distinct && isSliced(query)
      ? [...selection(planner).columns]
      : [{ expression: literal(1, booleanType), alias: null }];
  }
  if (query.rows === 'instance') {
    const field = key !== null && query.meta.fieldsByName.get(key.name) === key ? key : query.meta.pk;
    return columnsOfWidth(selectColumns(planner.ownColumn(field), null), width);
  }
  return columnsOfWidth([...selection(planner).columns], width);
}

function columnsOfWidth(columns: SelectColumn[], width: number): SelectColumn[] {
  if (columns.length === width) return columns;
  const wanted = width === 1 ? '1 selected field' : `${width} selected fields`;
  throw new ValueError('one-column', `A QuerySet used as a value must have ${wanted} (received ${columns.length}).`);
}
