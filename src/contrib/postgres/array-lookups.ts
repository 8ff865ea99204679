import { isExpression } from '../../expressions/expression.js';
import { booleanField, integerField } from '../../expressions/types.js';
import { exact } from '../../lookups/comparison.js';
import type { Lookup, LookupContext, LookupRight, Transform } from '../../lookups/lookup.js';
import { inEach } from '../../lookups/membership.js';
import { isList, isStatement, nameOf, paramOf, prepareFor } from '../../lookups/right-side.js';
import { caseWhen, compare, isNull, literal, subquery } from '../../sql/build.js';
import type { ExpressionNode } from '../../sql/expression-nodes.js';
import type { ColumnType, ValueType } from '../../sql/value-type.js';
import { ArrayFieldType } from './array-field.js';
import { postgresCall } from './nodes.js';

const arrayField = (type: ValueType): ArrayFieldType => type as ArrayFieldType;

/** An array as the field takes it; expressions among the elements stay as they are. */
function prepareArray(value: unknown, type: ValueType, context: LookupContext): unknown {
  if (!Array.isArray(value) || !value.some(isExpression)) return prepareFor(type, value, context);
  const { baseField } = arrayField(type);
  return Object.freeze(
    value.map((item) => (item === null || isExpression(item) ? item : baseField.prepare(item, nameOf(context)))),
  );
}

/** The type without sizes, to which a cast cuts nothing off. */
function unsized(type: ColumnType): ColumnType {
  if (type.name === 'array') return { name: 'array', element: unsized(type.element!) };
  return type.name === 'varchar' || type.name === 'decimal' ? { name: type.name } : type;
}

/** The right side of a comparison of arrays, of the type that the left side has: PostgreSQL converts none by itself. */
function arraySide(left: ExpressionNode, right: LookupRight): ExpressionNode {
  if (paramOf(right) !== null) return right as ExpressionNode;
  const { baseField } = arrayField(left.type);
  const operand = isStatement(right)
    ? postgresCall('ARRAY_SUBQUERY', [subquery(right, baseField)], left.type)
    : isList(right)
      ? postgresCall(
          'ARRAY',
          right.map((item) => (item.kind === 'param' ? { ...item, type: baseField } : item)),
          left.type,
        )
      : right;
  return { kind: 'cast', operand, to: unsized(left.type.columnType), type: left.type };
}

const operator = (name: string, functionName: string): Lookup => ({
  name,
  takesList: true,
  prepare: prepareArray,
  toNode: (left, right) => postgresCall(functionName, [left, arraySide(left, right)], booleanField),
});

/** SQL: `left = right` */
const arrayExact: Lookup = {
  name: 'exact',
  takesList: true,
  prepare: prepareArray,
  toNode: (left, right, context) =>
    isList(right) ? compare(left, '=', arraySide(left, right)) : exact.toNode(left, right, context),
};

/** Lookups of arrays, beside those of every field. */
export const arrayLookups: readonly Lookup[] = [
  arrayExact,
  inEach,
  operator('contains', 'CONTAINS'),
  operator('contained_by', 'CONTAINED_BY'),
  operator('overlap', 'OVERLAPS'),
];

/** How many elements; null of null. SQL: `CASE WHEN x IS NOT NULL THEN COALESCE(ARRAY_LENGTH(x, 1), 0) END` */
export const arrayLength: Transform = {
  name: 'len',
  toNode: (left) => {
    const length = postgresCall('ARRAY_LENGTH', [left, literal(1, integerField)], integerField);
    const known = postgresCall('COALESCE', [length, literal(0, integerField)], integerField);
    return caseWhen([{ condition: isNull(left, true), result: known }], null, integerField);
  },
};

const MAX_POSITION = 2 ** 31 - 2;
const isPosition = (value: number): boolean => value <= MAX_POSITION;

const dimensionsOf = (type: ValueType): number =>
  type instanceof ArrayFieldType ? 1 + dimensionsOf(type.baseField) : 0;

/** The element at a position, from 0. SQL: `x[n + 1]`, with one pair of brackets for each step into arrays of arrays. */
function item(left: ExpressionNode, position: number): ExpressionNode {
  const { baseField } = arrayField(left.type);
  const dimensions = dimensionsOf(baseField);
  const place = String(position + 1);
  return left.kind === 'call' && left.name === 'ARRAY_ITEM'
    ? postgresCall('ARRAY_ITEM', left.args, baseField, { places: `${left.options!.places},${place}`, dimensions })
    : postgresCall('ARRAY_ITEM', [left], baseField, { places: place, dimensions });
}

/** `tags__0`: an element, and `tags__0_2`: the elements from a position up to another, both counted from 0. */
export function positionTransform(name: string): Transform | null {
  const [, start, end] = /^(\d+)(?:_(\d+))?$/.exec(name) ?? [];
  if (start === undefined || !isPosition(Number(start)) || !isPosition(Number(end ?? 0))) return null;
  return {
    name,
    toNode: (left) =>
      end === undefined
        ? item(left, Number(start))
        : postgresCall('ARRAY_SLICE', [left], left.type, { start: Number(start), end: Number(end) }),
  };
}
