import { typeError, ValueError } from '../errors.js';
import { between, FALSE, isIn } from '../sql/build.js';
import type { ExpressionNode, ListParamNode, ParamNode } from '../sql/expression-nodes.js';
import type { ValueType } from '../sql/value-type.js';
import { isDecimal } from '../util/decimal.js';
import {
  ABOVE,
  BELOW,
  integerParam,
  isInteger,
  MAX_INTEGER,
  MIN_INTEGER,
  prepareInteger,
  shapeOfInteger,
} from './integers.js';
import type { Lookup, LookupContext } from './lookup.js';
import { isList, isStatement, paramAt, paramOf, prepareFor, rightSide } from './right-side.js';

function listOf(value: unknown, lookup: string, context: LookupContext): readonly unknown[] {
  if (Array.isArray(value)) return value;
  // as in Python, a text is a list of characters
  if (typeof value === 'string') return [...value];
  if (typeof value === 'object' && value !== null && Symbol.iterator in value) return [...(value as Iterable<unknown>)];
  throw typeError('list-expected', `${context.subject}: '${lookup}' takes a list of values or a QuerySet.`);
}

function refuseUndefined(items: readonly unknown[], context: LookupContext): void {
  // holes of sparse arrays count too
  for (let index = 0; index < items.length; index += 1) {
    if (items[index] === undefined)
      throw typeError('undefined-value', `A value in the list for ${context.subject} is undefined.`);
  }
}

/** A value as a key by which equal values are found; objects that have no text of their own stand for themselves. */
function keyOf(value: unknown): unknown {
  if (value instanceof Date) return `date ${value.getTime()}`;
  if (isDecimal(value)) return `decimal ${value.toString()}`;
  if (typeof value === 'object' && value !== null && Symbol.toStringTag in value && !(value instanceof Uint8Array)) {
    return `${String(value[Symbol.toStringTag])} ${String(value)}`;
  }
  return value;
}

function distinct(values: readonly unknown[]): readonly unknown[] {
  const byKey = new Map<unknown, unknown>();
  for (const value of values) {
    const key = keyOf(value);
    if (!byKey.has(key)) byKey.set(key, value);
  }
  return [...byKey.values()];
}

function prepareItem(item: unknown, type: ValueType, context: LookupContext): unknown {
  return isInteger(type) ? prepareInteger(item, type, context) : prepareFor(type, item, context);
}

/** All values of an `in` list as one parameter. */
function listParam(node: ParamNode, elementType: ValueType): ListParamNode {
  return {
    kind: 'listParam',
    values: node.value as readonly unknown[],
    elementType,
    source: node.source,
    map: node.map as ListParamNode['map'],
  };
}

/**
 * `{ id__in: [1, 2] }`, with a list, a set or any iterable, or a QuerySet. Doubles and nulls are left out; an empty list matches no
 * row. SQL: `left IN (…)`
 */
export const inLookup: Lookup = {
  name: 'in',
  prepare: (value, type, context) => {
    const items = listOf(value, 'in', context);
    refuseUndefined(items, context);
    const prepared = items.filter((item) => item !== null).map((item) => prepareItem(item, type, context));
    return distinct(prepared.filter((item) => item !== ABOVE && item !== BELOW));
  },
  shapeOf: (prepared, type) => {
    const items = prepared as readonly unknown[];
    return items.length === 0 ? 'empty' : items.some((item) => shapeOfInteger(item, type) === 'wide') ? 'wide' : '';
  },
  toNode: (left, right) => {
    if (isStatement(right)) return isIn(left, right);
    if (isList(right)) return inNodes(left, right);
    const list = paramOf(right);
    if (list === null || !Array.isArray(list.value)) return isIn(left, [rightSide(left, right)]);
    if (list.value.length === 0) return FALSE;
    const wide = list.value.find((item) => shapeOfInteger(item, left.type) === 'wide');
    return isIn(
      left,
      listParam(list, wide === undefined ? left.type : integerParam({ ...list, value: wide }, left.type).type),
    );
  },
};

/**
 * `in` for values of which a list would be another value, as of documents and arrays: each is a parameter of its own. SQL:
 * `left IN (a, b)`
 */
export const inEach: Lookup = {
  ...inLookup,
  shapeOf: (prepared) => String((prepared as readonly unknown[]).length),
  toNode: (left, right, context) => {
    const list = paramOf(right);
    if (list === null || !Array.isArray(list.value)) return inLookup.toNode(left, right, context);
    return list.value.length === 0
      ? FALSE
      : isIn(
          left,
          list.value.map((_, index) => paramAt(list, index)),
        );
  },
};

function inNodes(left: ExpressionNode, nodes: readonly ExpressionNode[]): ExpressionNode {
  const choices = nodes.filter(
    (node) =>
      !(node.kind === 'literal' && node.value === null) &&
      !(node.kind === 'param' && (node.value === null || node.value === ABOVE || node.value === BELOW)),
  );
  return choices.length === 0
    ? FALSE
    : isIn(
        left,
        choices.map((node) => (node.kind === 'param' ? integerParam(node, left.type) : node)),
      );
}

/** Bounds that no column reaches are replaced by those that it can reach. */
function clamp(bound: unknown, edge: unknown, limit: bigint): unknown {
  return bound === edge ? limit : bound;
}

/** `{ price__range: [10, 20] }`: both ends belong to it. SQL: `left BETWEEN low AND high` */
export const range: Lookup = {
  name: 'range',
  prepare: (value, type, context) => {
    const bounds = listOf(value, 'range', context);
    refuseUndefined(bounds, context);
    if (bounds.length !== 2)
      throw new ValueError(
        'range-bounds',
        `${context.subject}: range takes exactly two values, the lowest and the highest.`,
      );
    const [low, high] = bounds.map((bound) => prepareItem(bound, type, context));
    if (low === ABOVE || high === BELOW) return Object.freeze([ABOVE, BELOW]);
    return Object.freeze([clamp(low, BELOW, MIN_INTEGER), clamp(high, ABOVE, MAX_INTEGER)]);
  },
  shapeOf: (prepared, type) => (prepared as readonly unknown[]).map((bound) => shapeOfInteger(bound, type)).join(','),
  toNode: (left, right) => {
    const list = paramOf(right);
    const bounds = isList(right)
      ? right
      : list === null || !Array.isArray(list.value)
        ? []
        : [paramAt(list, 0), paramAt(list, 1)];
    const [low, high] = bounds;
    if (low === undefined || high === undefined || bounds.length !== 2) {
      throw new ValueError('range-bounds', 'range takes exactly two values, the lowest and the highest.');
    }
    if (low.kind === 'param' && low.value === ABOVE) return FALSE;
    const typed = (bound: ExpressionNode): ExpressionNode =>
      bound.kind === 'param' && isInteger(left.type) ? integerParam(bound, left.type) : bound;
    return between(left, typed(low), typed(high));
  },
};
