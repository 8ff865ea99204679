import { typeError } from '../../errors.js';
import { isExpression } from '../../expressions/expression.js';
import { booleanField, textField } from '../../expressions/types.js';
import type { Lookup, LookupContext, LookupRight, Transform } from '../../lookups/lookup.js';
import { paramOf, prepareFor, rightSide } from '../../lookups/right-side.js';
import type { ExpressionNode } from '../../sql/expression-nodes.js';
import { ArrayFieldType, arrayTypeOf } from './array-field.js';
import { postgresCall } from './nodes.js';

/** Keys, of which none is null. */
const keysType = new ArrayFieldType(textField);
const valuesType = arrayTypeOf(textField);

const ofObjects = (name: string, functionName: string): Lookup => ({
  name,
  prepare: (value, type, context) => prepareFor(type, value, context),
  toNode: (left, right) => postgresCall(functionName, [left, rightSide(left, right)], booleanField),
});

function keyOf(value: unknown, context: LookupContext): unknown {
  if (typeof value === 'string' || isExpression(value)) return value;
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  throw typeError('key-expected', `${context.subject}: a key is a text.`);
}

/** The value that was prepared, as a parameter of its own type rather than the field's. */
const typed = (left: ExpressionNode, right: LookupRight, type: typeof textField | ArrayFieldType): ExpressionNode => {
  const value = paramOf(right);
  return value === null ? rightSide(left, right) : { ...value, type };
};

/** `{ data__has_key: 'a' }`: whatever its value, null included. SQL: `left ? key` */
const hasKey: Lookup = {
  name: 'has_key',
  prepare: (value, _type, context) => keyOf(value, context),
  toNode: (left, right) => postgresCall('HSTORE_HAS_KEY', [left, typed(left, right, textField)], booleanField),
};

const severalKeys = (name: string, functionName: string): Lookup => ({
  name,
  prepare: (value, _type, context) => {
    if (!Array.isArray(value)) throw typeError('keys-expected', `${context.subject}: ${name} takes a list of keys.`);
    return Object.freeze(
      value.map((key) => {
        if (isExpression(key)) throw typeError('key-expected', `${context.subject}: ${name} takes keys as texts.`);
        return keyOf(key, context);
      }),
    );
  },
  toNode: (left, right) => postgresCall(functionName, [left, typed(left, right, keysType)], booleanField),
});

/** Lookups of hstore, beside those of every field. */
export const hstoreLookups: readonly Lookup[] = [
  ofObjects('contains', 'CONTAINS'),
  ofObjects('contained_by', 'CONTAINED_BY'),
  hasKey,
  severalKeys('has_keys', 'HSTORE_HAS_KEYS'),
  severalKeys('has_any_keys', 'HSTORE_HAS_ANY_KEYS'),
];

/** All keys, or all values, as an array. */
export const hstoreTransforms: readonly Transform[] = [
  { name: 'keys', toNode: (left) => postgresCall('AKEYS', [left], keysType) },
  { name: 'values', toNode: (left) => postgresCall('AVALS', [left], valuesType) },
];

/** Any other name: the value of that key, null where there is none. SQL: `left -> 'key'` */
export const hstoreKey = (name: string): Transform => ({
  name,
  toNode: (left) => postgresCall('HSTORE_VALUE', [left], textField, { key: name }),
});
