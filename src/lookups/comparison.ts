import { ValueError } from '../errors.js';
import { familyOf } from '../expressions/output-type.js';
import { compare, FALSE, literal, not, TRUE } from '../sql/build.js';
import type { ComparisonOperator, ExpressionNode } from '../sql/expression-nodes.js';
import type { ValueType } from '../sql/value-type.js';
import type { Rounding } from './integers.js';
import { ABOVE, BELOW, integerParam, isInteger, prepareInteger, shapeOfInteger } from './integers.js';
import type { Lookup, LookupRight } from './lookup.js';
import { isStatement, paramOf, prepareFor, rightSide } from './right-side.js';

/** `left operator value`; what a number out of range means is decided without the database. */
function comparison(
  name: string,
  operator: ComparisonOperator,
  above: ExpressionNode,
  below: ExpressionNode,
  rounding: Rounding,
): Lookup {
  return {
    name,
    prepare: (value, type, context) =>
      isInteger(type) ? prepareInteger(value, type, context, rounding) : prepareFor(type, value, context),
    shapeOf: shapeOfComparison,
    toNode: (left, right) => compareSides(left, operator, right, above, below),
  };
}

function shapeOfComparison(prepared: unknown, type: ValueType): string {
  if (typeof prepared === 'boolean' && familyOf(type) === 'boolean') return String(prepared);
  return shapeOfInteger(prepared, type);
}

function compareSides(
  left: ExpressionNode,
  operator: ComparisonOperator,
  right: LookupRight,
  above: ExpressionNode,
  below: ExpressionNode,
): ExpressionNode {
  const value = paramOf(right);
  if (value === null) return compare(left, operator, rightSide(left, right));
  if (value.value === ABOVE) return above;
  if (value.value === BELOW) return below;
  if (typeof value.value === 'boolean' && familyOf(left.type) === 'boolean')
    return compareBoolean(left, operator, value.value);
  return compare(left, operator, isInteger(left.type) ? integerParam(value, left.type) : value);
}

/** True and false are written, not bound: a condition stands for itself, and a column can be found by a partial index. */
function compareBoolean(left: ExpressionNode, operator: ComparisonOperator, value: boolean): ExpressionNode {
  if (operator !== '=' || left.kind === 'column') return compare(left, operator, literal(value, left.type));
  return value ? left : not(left);
}

const equality = comparison('exact', '=', FALSE, FALSE, 'cut');
/**
 * `{ title: "Dune" }` or `{ title__exact: … }`. Fractions are cut off for columns of whole numbers. Throws ValueError for a QuerySet that
 * is not sliced to one row. SQL: `left = value`
 */
export const exact: Lookup = {
  ...equality,
  toNode: (left, right, context) => {
    if (isStatement(right) && right.slice?.limit !== 1) {
      throw new ValueError(
        'subquery-limit',
        `${context.subject}: the QuerySet for an exact lookup must be limited to one result: slice(0, 1).`,
      );
    }
    return equality.toNode(left, right, context);
  },
};
/** SQL: `left > value` */
export const gt = comparison('gt', '>', FALSE, TRUE, 'cut');
/** SQL: `left >= value`. A fraction is rounded up for columns of whole numbers. */
export const gte = comparison('gte', '>=', FALSE, TRUE, 'up');
/** SQL: `left < value`. A fraction is rounded up for columns of whole numbers. */
export const lt = comparison('lt', '<', TRUE, FALSE, 'up');
/** SQL: `left <= value` */
export const lte = comparison('lte', '<=', TRUE, FALSE, 'cut');
