/** Lookups of composite keys: tuples are compared part by part, the first difference decides. */
import { FieldError, ValueError } from '../errors.js';
import { isExpression } from '../expressions/expression.js';
import { anyType } from '../expressions/output-type.js';
import type { TupleField } from '../fields/tuple.js';
import { compare, equal, FALSE, isIn, partsOf, subquery, tuple } from '../sql/build.js';
import type { ComparisonOperator, ExpressionNode, ListParamNode, ParamNode } from '../sql/expression-nodes.js';
import type { ValueType } from '../sql/value-type.js';
import { exact } from './comparison.js';
import type { Lookup, LookupContext, LookupRight } from './lookup.js';
import { inLookup } from './membership.js';
import { isnull } from './null.js';
import { isList, isStatement, nameOf, paramOf } from './right-side.js';

/** One tuple as the fields of the key take it; expressions among its values stay as they are. */
function prepareTuple(value: unknown, type: ValueType, context: LookupContext): readonly unknown[] {
  const field = type as TupleField;
  const name = nameOf(context);
  if (!Array.isArray(value) || !value.some(isExpression)) return field.prepare(value, name);
  const parts = field.checked(value, name);
  return parts.map((part, index) =>
    part === null || isExpression(part) ? part : field.parts[index]!.prepare(part, field.names[index]),
  );
}

/** The right side as a tuple or a subquery. Throws ValueError for an expression of one column. */
function tupleSide(left: ExpressionNode, right: LookupRight, context: LookupContext): ExpressionNode {
  if (isStatement(right)) return subquery(right, left.type);
  if (isList(right))
    return tuple(
      right.map((node, index) => partParam(node, left.type, index)),
      left.type,
    );
  const node = right;
  const parts = partsOf(node);
  if (parts !== null) return tuple(parts, node.type);
  // while names are checked an outer reference stands for anything
  if (node.kind === 'subquery' || node.type === anyType) return node;
  throw new ValueError(
    'tuple-expected',
    `${context.subject} is a composite key: it is compared with arrays, composite keys and QuerySets of such.`,
  );
}

/** A value that stands beside expressions in a tuple has the type of its part. */
const partParam = (node: ExpressionNode, type: ValueType, index: number): ExpressionNode =>
  node.kind === 'param' ? { ...node, type: type.parts![index]! } : node;

const lhs = (left: ExpressionNode): ExpressionNode => tuple(partsOf(left) ?? [left], left.type);

function comparison(name: string, operator: ComparisonOperator): Lookup {
  return {
    name,
    prepare: prepareTuple,
    toNode: (left, right, context) => compare(lhs(left), operator, tupleSide(left, right, context)),
  };
}

/** `{ pk: [1, 2] }`: all parts are equal. Null is no value of a composite key. SQL: `a = 1 AND b = 2` */
export const tupleExact: Lookup = {
  name: 'exact',
  acceptsNull: true,
  prepare: prepareTuple,
  toNode: (left, right, context) => {
    if (isStatement(right)) return exact.toNode(lhs(left), right, context);
    return equal(lhs(left), tupleSide(left, right, context));
  },
};

/** The tuples of a list that can be equal to anything: NULL is equal to nothing. */
const whole = (tuples: readonly unknown[]): readonly unknown[] =>
  tuples.filter((each) => !Array.isArray(each) || !each.includes(null));

/** `{ pk__in: [[1, 2], [1, 3]] }`; tuples with a null are left out. SQL: `(a, b) IN (…)` */
export const tupleIn: Lookup = {
  name: 'in',
  prepare: (value, type, context) => {
    if (!Array.isArray(value))
      throw new ValueError('list-expected', `${context.subject}: 'in' takes a list of arrays or a QuerySet.`);
    return Object.freeze(
      whole(value.map((each) => (isExpression(each) ? each : (type as TupleField).prepare(each, nameOf(context))))),
    );
  },
  shapeOf: (prepared) => ((prepared as readonly unknown[]).length === 0 ? 'empty' : ''),
  toNode: (left, right, context) => {
    if (isStatement(right)) return inLookup.toNode(lhs(left), right, context);
    if (isList(right))
      return right.length === 0
        ? FALSE
        : isIn(
            lhs(left),
            right.map((each) => tupleSide(left, each, context)),
          );
    const list = paramOf(right);
    if (list === null || !Array.isArray(list.value)) return isIn(lhs(left), [tupleSide(left, right, context)]);
    return list.value.length === 0 ? FALSE : isIn(lhs(left), listParam(list, left.type));
  },
};

const listParam = (node: ParamNode, elementType: ValueType): ListParamNode => ({
  kind: 'listParam',
  values: node.value as readonly unknown[],
  elementType,
  source: node.source,
  map: node.map as ListParamNode['map'],
});

/** A lookup of single values, which says so. */
const ofOneColumn = (name: string): Lookup => ({
  name,
  acceptsNull: true,
  prepare: (_value, _type, context) => {
    throw new FieldError(
      'tuple-lookup',
      `${context.subject} is a composite key, which has no lookup '${name}'. ${CHOICES}`,
    );
  },
  toNode: () => FALSE,
});

const OWN: readonly Lookup[] = [
  tupleExact,
  comparison('gt', '>'),
  comparison('gte', '>='),
  comparison('lt', '<'),
  comparison('lte', '<='),
  tupleIn,
  isnull,
];
const CHOICES = `Choices are: ${OWN.map(({ name }) => name).join(', ')}.`;

/** Those of composite keys, and refusals in place of `others`. */
export const tupleLookups = (others: readonly Lookup[]): Lookup[] => {
  const known = new Set(OWN.map(({ name }) => name));
  return [...OWN, ...others.filter(({ name }) => !known.has(name)).map(({ name }) => ofOneColumn(name))];
};
