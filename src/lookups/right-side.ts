import { ValueError } from '../errors.js';
import { isExpression } from '../expressions/expression.js';
import { mapParam, subquery } from '../sql/build.js';
import type { ExpressionNode, ParamNode } from '../sql/expression-nodes.js';
import type { QueryNode } from '../sql/statement-nodes.js';
import type { ValueType } from '../sql/value-type.js';
import { getOrMake } from '../util/get-or-make.js';
import type { LookupContext, LookupRight } from './lookup.js';

/** A value as the field takes it; expressions and null stay as they are. Types that are no fields take anything. */
export function prepareFor(
  type: ValueType & { prepare?: (value: unknown, name?: string) => unknown },
  value: unknown,
  context: LookupContext,
): unknown {
  if (value === null || isExpression(value) || type.prepare === undefined) return value;
  return type.prepare(value, nameOf(context));
}

/** One context serves every value of a path. */
const names = new WeakMap<LookupContext, string>();

/** The field's name alone, as messages of fields give it: `pages` of `Book.pages`. */
export function nameOf(context: LookupContext): string {
  return getOrMake(names, context, fieldName);
}
const fieldName = ({ subject }: LookupContext): string =>
  subject.slice(subject.lastIndexOf('.') + 1).replaceAll("'", '');

export const isStatement = (right: LookupRight): right is QueryNode =>
  !Array.isArray(right) && ((right as QueryNode).kind === 'select' || (right as QueryNode).kind === 'compound');
export const isList = (right: LookupRight): right is readonly ExpressionNode[] => Array.isArray(right);

/** The right side where it is a parameter, that is a plain value; else null. */
export const paramOf = (right: LookupRight): ParamNode | null =>
  !isList(right) && !isStatement(right) && right.kind === 'param' ? right : null;

/** The right side as one expression: a statement becomes a subquery. Throws ValueError for a list. */
export function rightSide(left: ExpressionNode, right: LookupRight): ExpressionNode {
  if (isList(right)) throw new ValueError('list-value', 'A list of values can only be compared by in and range.');
  return isStatement(right) ? subquery(right, left.type) : right;
}

/** The parameter's value at one position of the list that it holds. */
export const paramAt = (node: ParamNode, index: number, type: ValueType = node.type): ParamNode =>
  mapParam(node, (values: readonly unknown[]) => values[index], type);
