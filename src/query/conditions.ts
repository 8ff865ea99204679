import { typeError, ValueError } from '../errors.js';
import { isExpression } from '../expressions/expression.js';
import { type Lookups, Q } from '../expressions/q.js';
import type { Lookup, LookupContext } from '../lookups/lookup.js';
import { instances } from '../schema/instance.js';
import type { BoundField, ModelMeta } from '../schema/model-meta.js';
import { column } from '../sql/build.js';
import type { ExpressionNode } from '../sql/expression-nodes.js';
import type { Input } from '../sql/resolvable.js';
import type { ValueType } from '../sql/value-type.js';
import { getOrMake } from '../util/get-or-make.js';
import { RecentMap } from '../util/recent-map.js';
import { leftSide } from './left-side.js';
import { resolvePath, unknownField } from './path.js';
import type { Condition, LookupCondition, Query } from './query.js';
import { QueryHolder } from './query-holder.js';
import type { QueryShape } from './query-shape.js';
import { querySettings } from './settings.js';

/** A condition with the shape that a query has with it, and what it adds to the query's values. */
export interface Conditioned {
  readonly condition: Condition;
  readonly shape: QueryShape | null;
  readonly inputs: readonly Input[];
}

/** What an annotation or filtered relation means that a path starts with, and the names behind it; null when it starts with none. */
export type AnnotationOf = (path: string) => {
  readonly node: ExpressionNode;
  readonly rest: readonly string[];
  readonly related?: { readonly model: ModelMeta; readonly key: BoundField } | null;
} | null;

/** What a lookup's value is checked against. */
interface Expectation {
  readonly lookup: Lookup;
  readonly type: ValueType;
  /** For relations: the model whose instances may stand for their key, and the key. */
  readonly related: { readonly model: ModelMeta; readonly key: BoundField } | null;
  readonly context: LookupContext;
}

const expectations = new WeakMap<ModelMeta, RecentMap<string, Expectation>>();
/** Expectations of one model kept: paths may be built from input. */
const CAPACITY = 2000;
const REFUSED = new Set(['_connector', '_negated', 'connector', 'negated', '__proto__', 'constructor', 'prototype']);

/**
 * Gathers shape and inputs while conditions are read. Where a path may stand, every other part of the shape has a parenthesis, which
 * no name of a field or annotation holds: no two parts look alike.
 */
class Reading {
  readonly inputs: Input[] = [];
  constructor(
    readonly query: Query,
    readonly annotationOf: AnnotationOf,
    readonly method: string,
    public shape: QueryShape | null,
  ) {}

  add(part: string): void {
    if (this.shape !== null) this.shape = this.shape.next(part);
  }

  /** The shape of an expression or of another query, as `kind(shape`, and its values. */
  addShape(kind: 'E' | 'Q', shape: string | null, inputs: readonly Input[]): void {
    if (shape === null) this.shape = null;
    else this.add(`${kind}(${shape}`);
    this.inputs.push(...inputs);
  }
}

/**
 * The arguments of filter(), exclude(), get(), When() … as one condition: plain objects of lookups, Q and boolean
 * expressions, all of which must hold. Names and values are checked here, so that a mistake points at its author. The shape
 * of the result is `shape`, the last part of which opens the group, with what the conditions add to it.
 */
export function readConditions(
  query: Query,
  annotationOf: AnnotationOf,
  args: readonly unknown[],
  method: string,
  shape: QueryShape | null = null,
): Conditioned {
  const reading = new Reading(query, annotationOf, method, shape);
  const condition = readParts(reading, 'AND', false, args);
  return { condition, shape: reading.shape, inputs: reading.inputs };
}

const OPENED = { AND: 'AND(', OR: 'OR(', XOR: 'XOR(' } as const;
const NEGATED = { AND: '!AND(', OR: '!OR(', XOR: '!XOR(' } as const;

function readGroup(
  reading: Reading,
  connector: 'AND' | 'OR' | 'XOR',
  negated: boolean,
  parts: readonly unknown[],
): Condition {
  reading.add(negated ? NEGATED[connector] : OPENED[connector]);
  return readParts(reading, connector, negated, parts);
}

/** What stands in a group whose beginning is part of the shape already, and its end. */
function readParts(
  reading: Reading,
  connector: 'AND' | 'OR' | 'XOR',
  negated: boolean,
  parts: readonly unknown[],
): Condition {
  const children: Condition[] = [];
  for (const part of parts) {
    const child = readPart(reading, part);
    if (child !== null) children.push(child);
  }
  reading.add(')');
  return { kind: 'group', connector, negated, children };
}

/** One argument; null for an empty one, which holds for every row and changes nothing. */
function readPart(reading: Reading, part: unknown): Condition | null {
  // what most calls are given, and all that is asked of it
  const prototype = typeof part === 'object' && part !== null ? (Object.getPrototypeOf(part) as unknown) : undefined;
  if (prototype === Object.prototype || prototype === null) return readLookups(reading, part as Lookups);
  if (part instanceof Q) {
    const q = part as unknown as { connector: 'AND' | 'OR' | 'XOR'; negated: boolean; children: readonly unknown[] };
    return q.children.length === 0 ? null : readGroup(reading, q.connector, q.negated, q.children);
  }
  if (isExpression(part)) {
    reading.addShape('E', part.shape, part.inputs());
    return { kind: 'expression', expression: part };
  }
  if (typeof part !== 'object' || part === null || Array.isArray(part) || part instanceof QueryHolder) {
    throw typeError(
      'not-a-condition',
      `${reading.method}() takes conditions: objects such as { name: 'x' }, Q, or(…), and(…), not(…) or a boolean expression, not ${describe(part)}.`,
    );
  }
  throw typeError(
    'not-a-condition',
    `${reading.method}() takes plain objects of lookups; it was given ${describe(part)}.`,
  );
}

function readLookups(reading: Reading, lookups: Lookups): Condition | null {
  const keys = Object.keys(lookups);
  if (keys.length === 0) return null;
  if (keys.length === 1) return readLookup(reading, keys[0]!, lookups[keys[0]!]);
  // several lookups of one object are one part, also of an OR
  reading.add('(');
  const children: Condition[] = [];
  for (const key of keys) children.push(readLookup(reading, key, lookups[key]));
  reading.add(')');
  return { kind: 'group', connector: 'AND', negated: false, children };
}

function readLookup(reading: Reading, path: string, given: unknown): Condition {
  const expected = expectationOf(reading, path);
  if (given === undefined) {
    throw typeError(
      'undefined-value',
      `${reading.method}({ ${path}: undefined }) was called. A condition that is not meant must be left out; null is written as null.`,
    );
  }
  reading.add(path);
  if (isExpression(given)) {
    reading.addShape('E', given.shape, given.inputs());
    return { kind: 'lookup', path, right: { kind: 'expression', expression: given } };
  }
  if (given instanceof QueryHolder) {
    checkQuery(given.query, expected);
    reading.addShape('Q', given.query.shape?.key ?? null, given.query.inputs);
    return { kind: 'lookup', path, right: { kind: 'query', query: given.query } };
  }
  const value = keyOf(given, expected);
  const list =
    toList(value, expected.lookup) ?? (expected.type.parts !== undefined && Array.isArray(value) ? value : null);
  if (list?.some(isExpression) === true) {
    if (expected.related !== null)
      throw typeError(
        'relation-list',
        `${expected.context.subject} is a relation: its list takes instances and keys, not expressions.`,
      );
    // lookups of lists prepare the values among the items and leave expressions as they are
    const items = expected.lookup.prepare(list, expected.type, expected.context) as readonly unknown[];
    reading.shape = null;
    return { kind: 'lookup', path, right: { kind: 'list', items } };
  }
  const prepared = prepareValue(list ?? value, expected);
  const condition: LookupCondition = {
    kind: 'lookup',
    path,
    right: { kind: 'value', value: prepared, isNull: value === null },
  };
  reading.add(shapeOfValue(value, prepared, expected));
  reading.inputs.push({ source: condition, value: prepared });
  return condition;
}

/** null and the value that a lookup makes of it (JSON null) negate differently. */
function shapeOfValue(given: unknown, prepared: unknown, { lookup, type }: Expectation): string {
  const isNull = given === null;
  if (prepared === null) return isNull ? 'null' : 'to null';
  const shape = lookup.shapeOf?.(prepared, type) ?? '';
  if (shape === '') return isNull ? 'n(' : 'v(';
  return `${isNull ? 'n(' : 'v('}${shape}`;
}

/** Iterables other than text count as lists for the lookups that take lists. */
function toList(value: unknown, lookup: Lookup): unknown[] | null {
  if (lookup.takesList === true) return Array.isArray(value) ? value : null;
  if (lookup.name !== 'in' && lookup.name !== 'range') return null;
  if (Array.isArray(value)) return value;
  if (typeof value === 'object' && value !== null && Symbol.iterator in value && !(value instanceof Uint8Array))
    return [...(value as Iterable<unknown>)];
  return null;
}

function prepareValue(value: unknown, expected: Expectation): unknown {
  const { lookup, type, context } = expected;
  if (value === null && lookup.acceptsNull !== true) {
    if (lookup.name === 'exact' || lookup.name === 'iexact') return null;
    throw new ValueError(
      'null-value',
      `null cannot be compared with '${lookup.name}' (${context.subject}); isnull asks for it.`,
    );
  }
  return lookup.prepare(value, type, context);
}

/** For relations: instances become the key that they are compared by. */
function keyOf(value: unknown, expected: Expectation): unknown {
  const { related } = expected;
  if (related === null) return value;
  if (Array.isArray(value) || value instanceof Set)
    return [...(value as Iterable<unknown>)].map((item) => keyOfOne(item, related, expected.context));
  return keyOfOne(value, related, expected.context);
}

function keyOfOne(value: unknown, related: NonNullable<Expectation['related']>, context: LookupContext): unknown {
  const meta = instances().metaOf(value);
  if (meta === null) return value;
  if (!isKindOf(meta, related.model) && !isKindOf(related.model, meta)) {
    throw new ValueError(
      'wrong-model',
      `${context.subject} is compared with instances of ${related.model.label}, not of ${meta.label}.`,
    );
  }
  // the key may itself be a relation: a one-to-one primary key holds the parent's
  const own =
    related.key.type.parts === undefined
      ? (value as Record<string, unknown>)[related.key.attname]
      : instances().pk(value as object);
  const key = own ?? (isKindOf(meta, related.key.model) ? null : instances().pk(value as object));
  if (key === null || key === undefined) {
    throw new ValueError(
      'unsaved-instance',
      `The ${meta.label} given for ${context.subject} has no key yet: save it first.`,
    );
  }
  return key;
}

const isKindOf = (meta: ModelMeta, other: ModelMeta): boolean =>
  meta.concrete === other.concrete ||
  meta.ancestors.has(other) ||
  meta.ancestors.has(other.concrete) ||
  meta.concrete.ancestors.has(other.concrete);

function checkQuery(query: Query, expected: Expectation): void {
  const { related, context, lookup } = expected;
  if (lookup.name === 'exact' && query.limit !== 1) {
    throw new ValueError(
      'not-one-row',
      `${context.subject}: the QuerySet given for an exact lookup must be limited to one row: slice(0, 1).`,
    );
  }
  if (related === null || query.rows !== 'instance') return;
  if (!isKindOf(query.meta, related.model) && !isKindOf(related.model, query.meta)) {
    throw new ValueError(
      'wrong-model',
      `${context.subject} is compared with ${related.model.label}; the QuerySet given is of ${query.meta.label}.`,
    );
  }
}

function expectationOf(reading: Reading, path: string): Expectation {
  const { meta } = reading.query;
  // an annotation may shadow nothing (annotate() refuses names of fields), but it comes first where it exists
  const annotated = reading.annotationOf(path);
  if (annotated !== null) {
    refuseReserved(reading, path);
    const context = { timeZone: querySettings.timeZone, subject: `'${path}'` };
    const related = annotated.related ?? null;
    const { node, lookup } = leftSide(annotated.node, annotated.rest, related !== null, context);
    return { lookup, type: node.type, related, context };
  }
  const known = getOrMake(expectations, meta, noExpectations);
  let expected = known.get(path);
  if (expected === undefined) {
    refuseReserved(reading, path);
    expected = expect(meta, path);
    known.set(path, expected);
  }
  return expected;
}

const noExpectations = (): RecentMap<string, Expectation> => new RecentMap(CAPACITY);

function refuseReserved({ method }: Reading, path: string): void {
  if (REFUSED.has(path)) throw typeError('reserved-name', `'${path}' cannot be used as a name in ${method}().`);
}

function expect(meta: ModelMeta, path: string): Expectation {
  const { target, key, relation, rest } = resolvePath(meta, path);
  const context = {
    timeZone: querySettings.timeZone,
    subject: `${meta.name}.${path
      .split('__')
      .slice(0, path.split('__').length - rest.length)
      .join('__')}`,
  };
  const start = column(null, target.column, target.type);
  if (relation !== null && rest.length > 0 && leadsNowhere(relation.to, rest[0]!)) {
    throw unknownField(relation.to, rest[0]!);
  }
  const { node, lookup } = leftSide(start, rest, relation !== null, context);
  const related = relation === null ? null : { model: relation.to, key };
  return { lookup, type: node.type, related, context };
}

/** Whether a name behind a relation is neither a field nor a lookup of it. */
const leadsNowhere = (meta: ModelMeta, name: string): boolean =>
  !meta.fieldsByName.has(name) &&
  !meta.relations.has(name) &&
  !['exact', 'in', 'gt', 'gte', 'lt', 'lte', 'isnull'].includes(name);

/** A value for a message: its kind, never its content. */
export function describe(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object') return `an object of class ${value.constructor?.name ?? 'Object'}`;
  return typeof value === 'string' ? 'a string' : `${typeof value === 'undefined' ? '' : 'a '}${typeof value}`;
}
