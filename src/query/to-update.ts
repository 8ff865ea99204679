import type { Features } from '../compiler/dialect.js';
import type { BoundField } from '../schema/model-meta.js';
import { and, cast, isFalse, isIn, isTrue, param, select } from '../sql/build.js';
import type { ExpressionNode } from '../sql/expression-nodes.js';
import type { SelectNode, UpdateNode } from '../sql/statement-nodes.js';
import { containsAggregate } from '../sql/walk.js';
import { computedNode, type FieldValue, isComputed } from './field-values.js';
import { Planner } from './planner.js';
import { allRows, isSliced, type Query } from './query.js';
import { ordersOf, subselect } from './to-select.js';

/** UPDATE of the rows of a query, all columns in its model's own table; null when no row can match. */
export function toUpdate(
  query: Query,
  values: readonly FieldValue[],
  sources: readonly object[],
  features: Features,
): UpdateNode | null {
  const planner = new Planner({ ...query, orderBy: features.updateOrderBy ? query.orderBy : [] }, subselect).run();
  const assignments = values.map(({ field, value }, index) => ({
    column: field.column,
    value: isComputed(value)
      ? fitted(computedNode(planner, field, value), field)
      : param(value, field.type.stored, sources[index]!),
  }));
  const where = rowsOf(planner, features);
  if (isFalse(where)) return null;
  return {
    kind: 'update',
    table: query.meta.concrete.dbTable,
    assignments,
    where: isTrue(where) ? null : where,
    orderBy:
      features.updateOrderBy && query.orderBy !== null && planner.tree.tables.length === 1 ? ordersOf(planner) : [],
    returning: [],
  };
}

/** Decimals that the database works out take the form that the column keeps all its values in. */
export function fitted(node: ExpressionNode, field: BoundField): ExpressionNode {
  return field.type.columnType.name === 'decimal' && node.kind !== 'param' && node.type !== field.type
    ? cast(node, field.type)
    : node;
}

/**
 * The rows of a query as the condition of an UPDATE or DELETE: the query's own where it reads one table, else the keys that the
 * query gives. A literal FALSE when no row can match.
 */
export function rowsOf(planner: Planner, features: Features): ExpressionNode {
  const { query } = planner;
  const condition = query.empty ? and([]) : and(planner.conditions);
  const isPlain =
    planner.tree.tables.length === 1 && !isSliced(query) && query.combination === null && !containsAggregate(condition);
  if (query.empty) return { kind: 'literal', value: false, type: condition.type };
  return isPlain || isFalse(condition) ? condition : keysOf(query, features);
}

/** `pk IN (SELECT pk …)`. */
function keysOf(query: Query, features: Features): ExpressionNode {
  const outer = new Planner(allRows(query.meta), subselect);
  const keys: Query = {
    ...query,
    rows: 'instance',
    names: null,
    annotations: [],
    orderBy: isSliced(query) ? query.orderBy : [],
    selectRelated: null,
    deferral: null,
    lock: null,
  };
  const node = subselect(keys, outer, 'in', null, query.meta.pkFields.length);
  return isIn(outer.ownColumn(query.meta.pk), features.selfReferencingWrites ? node : materialised(node as SelectNode));
}

/** A statement in a derived table: databases that cannot read what they write see a finished result. */
const materialised = (query: SelectNode): SelectNode =>
  select({
    columns: query.columns.map(({ expression }, index) => ({
      expression: { kind: 'column', table: 'keys', name: `key${index}`, type: expression.type },
      alias: null,
    })),
    from: {
      kind: 'derived',
      query: { ...query, columns: query.columns.map((each, index) => ({ ...each, alias: `key${index}` })) },
      alias: 'keys',
    },
  });
