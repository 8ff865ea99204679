import { isExpression } from '../../expressions/expression.js';
import { booleanField } from '../../expressions/types.js';
import type { Lookup, Transform } from '../../lookups/lookup.js';
import { nameOf, paramOf, prepareFor, rightSide } from '../../lookups/right-side.js';
import { compare, isNull } from '../../sql/build.js';
import type { ExpressionNode } from '../../sql/expression-nodes.js';
import type { ValueType } from '../../sql/value-type.js';
import { postgresCall } from './nodes.js';
import { RangeValue } from './range.js';
import { RangeFieldType } from './range-fields.js';

const rangeField = (type: ValueType): RangeFieldType => type as RangeFieldType;

const operator = (name: string, functionName: string): Lookup => ({
  name,
  prepare: (value, type, context) => prepareFor(type, value, context),
  toNode: (left, right) => postgresCall(functionName, [left, rightSide(left, right)], booleanField),
});

/** A value of the type of the bounds: PostgreSQL does not look for a bigint, which whole numbers are as parameters, in a range of integers. */
function asBound(node: ExpressionNode, { baseField }: RangeFieldType): ExpressionNode {
  const { name } = baseField.columnType;
  if (node.type.columnType.name === name && (node.kind !== 'param' || name !== 'integer')) return node;
  return { kind: 'cast', operand: node, to: { name }, type: baseField };
}

const isRange = (value: unknown): boolean => value instanceof RangeValue || Array.isArray(value);

/** `{ ages__contains: 5 }` or another range. SQL: `left @> right` */
const contains: Lookup = {
  name: 'contains',
  prepare: (value, type, context) =>
    isRange(value) || isExpression(value)
      ? prepareFor(type, value, context)
      : rangeField(type).prepareBound(value, nameOf(context)),
  shapeOf: (prepared) => (prepared instanceof RangeValue ? 'range' : 'value'),
  toNode: (left, right) => {
    const field = rangeField(left.type);
    const given = paramOf(right);
    const isElement = given !== null && !(given.value instanceof RangeValue);
    const node = isElement ? { ...given, type: field.baseField } : rightSide(left, right);
    const other = node.type instanceof RangeFieldType ? node : asBound(node, field);
    return postgresCall('CONTAINS', [left, other], booleanField);
  },
};

/** A single value that is in a range: `{ age__contained_by: [6, 12] }`. SQL: `left <@ right` */
export const valueContainedBy = (range: RangeFieldType): Lookup => ({
  name: 'contained_by',
  prepare: (value, _type, context) => prepareFor(range, value, context),
  toNode: (left, right) => {
    const given = paramOf(right);
    const other = given === null ? rightSide(left, right) : { ...given, type: range };
    return postgresCall('CONTAINED_BY', [asBound(left, range), other], booleanField);
  },
});

const bound = (name: string, functionName: string): Transform => ({
  name,
  toNode: (left) => postgresCall(functionName, [left], rangeField(left.type).baseField),
});
const startswith = bound('startswith', 'LOWER');
const endswith = bound('endswith', 'UPPER');

/** The bound itself compared, in place of the lookup of texts that has the same name. */
const boundIs = ({ name, toNode }: Transform): Lookup => ({
  name,
  acceptsNull: true,
  prepare: (value, type, context) =>
    isExpression(value) ? value : rangeField(type).prepareBound(value, nameOf(context)),
  shapeOf: (prepared) => (prepared === null ? 'null' : ''),
  toNode: (left, right, context) => {
    const node = toNode(left, context);
    const value = paramOf(right);
    if (value === null) return compare(node, '=', rightSide(node, right));
    return value.value === null ? isNull(node) : compare(node, '=', { ...value, type: node.type });
  },
});

const question = (name: string, functionName: string): Transform => ({
  name,
  toNode: (left) => postgresCall(functionName, [left], booleanField),
});

/** Lookups of ranges, beside those of every field. */
export const rangeLookups: readonly Lookup[] = [
  contains,
  operator('contained_by', 'CONTAINED_BY'),
  operator('overlap', 'OVERLAPS'),
  operator('fully_lt', 'RANGE_BEFORE'),
  operator('fully_gt', 'RANGE_AFTER'),
  operator('not_lt', 'RANGE_NOT_BEFORE'),
  operator('not_gt', 'RANGE_NOT_AFTER'),
  operator('adjacent_to', 'RANGE_ADJACENT'),
  boundIs(startswith),
  boundIs(endswith),
];

/** What can be asked of a range, as something to compare. */
export const rangeTransforms: readonly Transform[] = [
  startswith,
  endswith,
  question('isempty', 'ISEMPTY'),
  question('lower_inc', 'LOWER_INC'),
  question('lower_inf', 'LOWER_INF'),
  question('upper_inc', 'UPPER_INC'),
  question('upper_inf', 'UPPER_INF'),
];
