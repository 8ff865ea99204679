import { FieldError, typeError, ValueError } from '../errors.js';
import { isExpression } from '../expressions/expression.js';
import { instances } from '../schema/instance.js';
import type { BoundField, ModelMeta } from '../schema/model-meta.js';
import { param } from '../sql/build.js';
import type { ExpressionNode } from '../sql/expression-nodes.js';
import type { Input, Resolvable, Scope } from '../sql/resolvable.js';
import { containsAggregate, containsWindow, some } from '../sql/walk.js';
import { Planner } from './planner.js';
import { allRows } from './query.js';
import { QueryHolder } from './query-holder.js';
import { subselect } from './to-select.js';

/** A column and what it is to hold: a value in JavaScript's meaning, null, or something that the database works out. */
export interface FieldValue {
  readonly field: BoundField;
  readonly value: unknown;
}

/** A value that the library itself has the database work out. */
export abstract class ComputedValue implements Resolvable {
  abstract resolve(scope: Scope): ExpressionNode;
  abstract readonly shape: string | null;
  abstract inputs(): readonly Input[];
}

/** Whether the database works the value out: an expression or a QuerySet. */
export const isComputed = (value: unknown): value is Resolvable | QueryHolder =>
  typeof value === 'object' && (isExpression(value) || value instanceof QueryHolder || value instanceof ComputedValue);

/**
 * What a caller gave for a field, in JavaScript's meaning; computed values stay what they are, and the instance given for a
 * foreign key becomes its key. Throws ValueError or TypeError for what the field cannot hold.
 */
export function preparedValue(field: BoundField, value: unknown): unknown {
  if (value === null || isComputed(value)) return value;
  if (value === undefined) {
    throw typeError(
      'undefined-value',
      `${field.model.name}.${field.name} was given undefined; null is written as null, and a field that is not meant is left out.`,
    );
  }
  if (typeof value === 'object') {
    const related = instances().metaOf(value);
    if (related !== null) return keyOfInstance(field, value, related);
  }
  return field.type.prepareSave(value, field.name);
}

function keyOfInstance(field: BoundField, value: object, related: ModelMeta): unknown {
  if (field.relation === null) {
    throw typeError(
      'instance-value',
      `${field.model.name}.${field.name} is no relation, so it cannot hold an instance of ${related.label}.`,
    );
  }
  const target = field.relation.hops[0]!.toField;
  const { to } = field.relation;
  if (related.concrete !== to.concrete && !related.concrete.ancestors.has(to.concrete)) {
    throw new ValueError(
      'wrong-model',
      `${field.model.name}.${field.name} takes instances of ${to.label}, not of ${related.label}.`,
    );
  }
  const key = (value as Record<string, unknown>)[target.attname];
  if (key === null || key === undefined) {
    throw new ValueError(
      'unsaved-instance',
      `The ${related.label} given for ${field.model.name}.${field.name} has no key yet: save it first.`,
    );
  }
  return key;
}

/** The node for a prepared value of a row that is inserted; an expression there can read no columns. */
export function insertedNode(field: BoundField, value: unknown): ExpressionNode {
  if (!isComputed(value)) return param(value, field.type.stored);
  const planner = new Planner(allRows(field.model), subselect);
  const node = computedNode(planner, field, value);
  if (
    some(node, (each) => each.kind === 'column' && (each as { table?: unknown }).table === planner.base.alias, true)
  ) {
    throw new ValueError(
      'insert-reference',
      `The expression given for ${field.model.name}.${field.name} reads columns: F() can only be used to update, not to insert.`,
    );
  }
  return node;
}

/** The node for a computed value of `field`, names meaning what `planner` says. Throws FieldError for joins, aggregates and windows. */
export function computedNode(planner: Planner, field: BoundField, value: Resolvable | QueryHolder): ExpressionNode {
  const subject = `${field.model.name}.${field.name}`;
  planner.allowJoins = false;
  const node = value instanceof QueryHolder ? subqueryNode(planner, field, value) : value.resolve(planner);
  planner.allowJoins = true;
  if (containsAggregate(node))
    throw new FieldError('aggregate-value', `Aggregate functions are not allowed in the value of ${subject}.`);
  if (containsWindow(node))
    throw new FieldError('window-value', `Window expressions are not allowed in the value of ${subject}.`);
  if (some(node, (each) => isForeignColumn(each, planner))) {
    throw new FieldError('joined-value', `Joined field references are not permitted in the value of ${subject}.`);
  }
  return node;
}

const subqueryNode = (planner: Planner, field: BoundField, holder: QueryHolder): ExpressionNode => ({
  kind: 'subquery',
  query: planner.subquery(holder, 'value'),
  type: field.type,
});

const isForeignColumn = (node: { readonly kind: string }, planner: Planner): boolean =>
  node.kind === 'column' && (node as { readonly table?: unknown }).table !== planner.base.alias;
