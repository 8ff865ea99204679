import { typeError, ValueError } from '../errors.js';
import { isExpression } from '../expressions/expression.js';
import { jsonPath, jsonStep } from '../expressions/json-path.js';
import { booleanField, textField } from '../expressions/types.js';
import { JSONNull } from '../fields/json.js';
import { call, FALSE, isIn, mapParam, param, TRUE } from '../sql/build.js';
import type { ExpressionNode, JsonKind, JsonPathNode, ParamNode } from '../sql/expression-nodes.js';
import type { ValueType } from '../sql/value-type.js';
import { exact } from './comparison.js';
import type { Lookup, LookupContext, LookupRight, Transform } from './lookup.js';
import { inEach } from './membership.js';
import { isList, isStatement, paramAt, paramOf, prepareFor, rightSide } from './right-side.js';

/** Any name behind a JSON field: a key of an object or a position in a list. Keys are data, never SQL text. */
export const keyTransform = (name: string): Transform => ({
  name,
  toNode: (left) => jsonPath(left, jsonStep(name)),
});

/** What a document is. What is written counts: an encoder may make a string of other values, and others of a string. */
function kindOf(value: unknown, type: ValueType): JsonKind {
  const text = String(type.toDb(value));
  if (text.startsWith('"')) return 'string';
  return /^[-\d]/.test(text) ? 'number' : 'other';
}
/** A document of which the shape tells what it is. */
const told = (node: ParamNode): ParamNode => ({ ...node, jsonKind: kindOf(node.value, node.type) });

/** Equality of documents; null is JSON's null. SQL: `left = value` */
export const jsonExact: Lookup = {
  ...exact,
  acceptsNull: true,
  prepare: (value, type, context) => (value === null ? JSONNull : prepareFor(type, value, context)),
  shapeOf: (prepared, type) => kindOf(prepared, type),
  toNode: (left, right, context) => {
    const value = paramOf(right);
    return exact.toNode(left, value === null || value.type !== left.type ? right : told(value), context);
  },
};

/** A part of a document among others. SQL: `left IN (a, b)` */
export const jsonIn: Lookup = {
  ...inEach,
  shapeOf: (prepared, type) => (prepared as readonly unknown[]).map((item) => kindOf(item, type)[0]).join(''),
  toNode: (left, right, context) => {
    const node = inEach.toNode(left, right, context);
    const list = paramOf(right);
    if (node.kind !== 'in' || list === null || !Array.isArray(list.value)) return node;
    return isIn(
      left,
      list.value.map((_, index) => told(paramAt(list, index))),
    );
  },
};

/** Whether one document holds another. Not on SQLite. */
const containment = (name: string, functionName: string): Lookup => ({
  name,
  prepare: (value, type, context) => prepareFor(type, value, context),
  toNode: (left, right) => call(functionName, [left, rightSide(left, right)], booleanField),
});
/** `{ data__contains: { a: 1 } }`: the document has at least these members. Throws NotSupportedError on SQLite. */
export const jsonContains = containment('contains', 'JSON_CONTAINS');
/** `{ data__contained_by: { a: 1, b: 2 } }`: the document has no other members. Throws NotSupportedError on SQLite. */
export const jsonContainedBy = containment('contained_by', 'JSON_CONTAINED_BY');

function keyOf(value: unknown, context: LookupContext): unknown {
  if (isExpression(value) || typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  throw typeError('key-expected', `${context.subject}: a key is a text or a number.`);
}

/** The document in which the key is looked for, and the key. A path on the right leads into the document first. */
function keyIn(left: ExpressionNode, key: ExpressionNode): ExpressionNode {
  if (key.kind !== 'jsonPath') return call('JSON_HAS_KEY', [left, asKey(key)], booleanField);
  const document = key.path.slice(0, -1).reduce<ExpressionNode>((part, step) => jsonPath(part, step), left);
  return call('JSON_HAS_KEY', [document, param(String(lastStep(key)), textField)], booleanField);
}
/** A plain value as a text, which all keys are; an expression as it is. */
const asKey = (key: ExpressionNode): ExpressionNode => (key.kind === 'param' ? { ...key, type: textField } : key);
const lastStep = (part: JsonPathNode): string | number => part.path[part.path.length - 1]!;

/** `{ data__has_key: "a" }`: the object has the key, whatever its value, JSON null included. */
export const hasKey: Lookup = {
  name: 'has_key',
  prepare: (value, _type, context) => keyOf(value, context),
  toNode: (left, right) => keyIn(left, rightSide(left, right)),
};

function severalKeys(name: string, functionName: string, ofNone: ExpressionNode): Lookup {
  return {
    name,
    takesList: true,
    prepare: (value, _type, context) => {
      if (!Array.isArray(value)) throw typeError('keys-expected', `${context.subject}: ${name} takes a list of keys.`);
      return Object.freeze(value.map((key) => keyOf(key, context)));
    },
    shapeOf: (prepared) => String((prepared as readonly unknown[]).length),
    toNode: (left, right) => {
      const keys = keysOf(right);
      return keys.length === 0 ? ofNone : call(functionName, [left, ...keys], booleanField);
    },
  };
}

function keysOf(right: LookupRight): readonly ExpressionNode[] {
  if (isList(right)) return right.map(asKey);
  const list = paramOf(right);
  if (isStatement(right) || list === null || !Array.isArray(list.value))
    throw new ValueError('keys-expected', 'A list of keys is expected.');
  return list.value.map((_, index) => mapParam(paramAt(list, index), (key) => key, textField));
}

/** `{ data__has_keys: ["a", "b"] }`: the object has all of the keys. */
export const hasKeys = severalKeys('has_keys', 'JSON_HAS_KEYS', TRUE);
/** `{ data__has_any_keys: ["a", "b"] }`: the object has at least one of the keys. */
export const hasAnyKeys = severalKeys('has_any_keys', 'JSON_HAS_ANY_KEYS', FALSE);
