import { binary } from '../sql/build.js';
import type { ArithmeticOperator, ExpressionNode } from '../sql/expression-nodes.js';
import type { ValueType } from '../sql/value-type.js';
import type { TypeFamily } from './output-type.js';
import { anyType, familyOf, nullType, resultType, typeName, unresolvedReason, unresolvedType } from './output-type.js';
import {
  bigIntegerField,
  dateTimeField,
  decimalField,
  durationField,
  floatField,
  integerField,
  timeField,
} from './types.js';

const BITWISE: ReadonlySet<ArithmeticOperator> = new Set(['&', '|', '#', '<<', '>>']);
const NUMERIC: ReadonlySet<TypeFamily> = new Set(['integer', 'float', 'decimal']);

/** What date and time arithmetic gives; a pair that is missing has no meaning. */
const TEMPORAL: Readonly<Record<string, ValueType>> = {
  'date + duration': dateTimeField,
  'duration + date': dateTimeField,
  'datetime + duration': dateTimeField,
  'duration + datetime': dateTimeField,
  'duration + duration': durationField,
  'time + duration': timeField,
  'duration + time': timeField,
  'date - duration': dateTimeField,
  'datetime - duration': dateTimeField,
  'date - date': durationField,
  'date - datetime': durationField,
  'datetime - date': durationField,
  'datetime - datetime': durationField,
  'time - duration': timeField,
  'time - time': durationField,
  'duration - duration': durationField,
};

/**
 * `left operator right` as a node with the type that Django gives it. A pair of types without a meaning gives a type that
 * throws when it is needed: the same arithmetic is fine inside an expression that has an `outputField`.
 */
export function combine(left: ExpressionNode, operator: ArithmeticOperator, right: ExpressionNode): ExpressionNode {
  const type = combinedType(left.type, operator, right.type);
  const families = [familyOf(left.type), familyOf(right.type)];
  if (
    (operator === '+' || operator === '-') &&
    families.some(isTemporal) &&
    !families.every((family) => family === 'duration')
  ) {
    return { kind: 'temporalArithmetic', operator, left, right, type };
  }
  return binary(left, operator, right, type);
}

const isTemporal = (family: TypeFamily): boolean =>
  family === 'date' || family === 'datetime' || family === 'time' || family === 'duration';

function combinedType(left: ValueType, operator: ArithmeticOperator, right: ValueType): ValueType {
  if (left !== nullType && unresolvedReason(left) !== null) return left;
  if (right !== nullType && unresolvedReason(right) !== null) return right;
  if (left === anyType) return right;
  if (right === anyType) return left;
  const [a, b] = [familyOf(left), familyOf(right)];
  const known = BITWISE.has(operator)
    ? bitwiseType(left, right)
    : (numericType(left, operator, right) ?? TEMPORAL[`${a} ${operator} ${b}`]);
  // an instant moves as a datetime does, and stays one
  if (known === dateTimeField && (a === 'datetime' || b === 'datetime')) return a === 'datetime' ? left : right;
  return (
    known ??
    unresolvedType(
      'combined-type',
      `The type of '${operator}' between ${typeName(left)} and ${typeName(right)} cannot be told. You must set outputField, as in ExpressionWrapper(…, { outputField }).`,
    )
  );
}

function bitwiseType(left: ValueType, right: ValueType): ValueType | null {
  return familyOf(left) === 'integer' && familyOf(right) === 'integer' ? widerInteger(left, right) : null;
}

function numericType(left: ValueType, operator: ArithmeticOperator, right: ValueType): ValueType | null {
  const [a, b] = [familyOf(left), familyOf(right)];
  if (a === 'null' && NUMERIC.has(b)) return plain(right);
  if (b === 'null' && NUMERIC.has(a)) return plain(left);
  if (!NUMERIC.has(a) || !NUMERIC.has(b)) return null;
  if (a === b) return a === 'integer' ? widerInteger(left, right) : plain(left);
  if (operator === '^') return null;
  const other = a === 'integer' ? b : b === 'integer' ? a : null;
  return other === 'decimal' ? decimalField : other === 'float' ? floatField : null;
}

const isBig = (type: ValueType): boolean =>
  type.columnType.name === 'bigint' || type.columnType.name === 'positiveBigint';
const widerInteger = (left: ValueType, right: ValueType): ValueType =>
  resultType(isBig(left) || isBig(right) ? bigIntegerField : integerField);

/** The type without the limits of the column that it came from: a sum may have more digits than its terms. */
function plain(type: ValueType): ValueType {
  const family = familyOf(type);
  return family === 'decimal' ? decimalField : family === 'float' ? floatField : widerInteger(type, type);
}
