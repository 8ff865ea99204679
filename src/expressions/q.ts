import { FieldError, typeError, ValueError } from '../errors.js';
import type { ExpressionNode } from '../sql/expression-nodes.js';
import type { Input, Resolvable, Scope } from '../sql/resolvable.js';
import { callable } from '../util/callable.js';
import { isExpression } from './expression.js';
import { inferType } from './literal.js';
import { shapeOfData } from './shape.js';
import { Term } from './term.js';

/** How the parts of a condition are joined. */
export type Connector = 'AND' | 'OR' | 'XOR';
/** Lookups by path, all of which must hold: `{ author__name: "Ann", price__lt: 20 }`. */
export type Lookups = Readonly<Record<string, unknown>>;
/** Whatever may stand where a condition may: lookups, a composed condition, a boolean expression. */
export type ConditionLike = Lookups | Resolvable;
/** A part of a condition, as kept: another condition, a boolean expression, or a frozen object with exactly one lookup. */
export type ConditionPart = QCondition | Resolvable | Lookups;

/** Never names of fields in a condition: they would imitate Django's own arguments or reach for an object's prototype. */
const RESERVED = new Set(['_connector', '_negated', 'connector', 'negated', '__proto__', 'constructor', 'prototype']);

/** Databases refuse deeper conditions (SQLite at 1,000), and walking them would overflow the stack some time. */
const MAX_DEPTH = 1000;

/**
 * Parts of a condition. A longer list shares the array of the one that it continues, so that a condition of n parts can be built in a
 * loop without copying n times n parts; nobody sees the array itself.
 */
class Parts {
  private constructor(
    private readonly items: ConditionPart[],
    readonly length: number,
    /** How many conditions stand inside each other below. */
    readonly depth: number,
  ) {}

  static readonly none = new Parts([], 0, 0);

  with(more: readonly ConditionPart[]): Parts {
    if (more.length === 0) return this;
    const items = this.items.length === this.length && this.length > 0 ? this.items : this.toArray();
    let { depth } = this;
    for (const part of more) {
      if (part instanceof QCondition && part.depth > depth) depth = part.depth;
      items.push(part);
    }
    if (depth >= MAX_DEPTH)
      throw new ValueError('condition-depth', `Conditions are nested more than ${MAX_DEPTH} deep.`);
    return new Parts(items, items.length, depth);
  }

  toArray(): ConditionPart[] {
    return this.items.slice(0, this.length);
  }
}

/** Parts that are checked already, on their way into the constructor: how it tells them from what a caller gives. */
class Joined {
  constructor(
    readonly connector: Connector,
    readonly negated: boolean,
    readonly parts: Parts,
  ) {}
}

/** The class behind `Q`, `and`, `or`, `xor` and `not`. Frozen; combining gives a new one. */
export class QCondition extends Term {
  readonly connector: Connector;
  readonly negated: boolean;
  readonly #parts: Parts;
  #children: readonly ConditionPart[] | null = null;

  constructor(...conditions: ConditionLike[]) {
    super();
    const [first] = conditions as readonly unknown[];
    const joined =
      first instanceof Joined ? first : new Joined('AND', false, Parts.none.with(conditions.flatMap(partsOf)));
    this.connector = joined.connector;
    this.negated = joined.negated;
    this.#parts = joined.parts;
    Object.freeze(this);
  }

  /** The conditions joined; a group that is joined the same way is opened: `(a OR b) OR c` is `a OR b OR c`. */
  static join(connector: Connector, conditions: readonly ConditionLike[]): QCondition {
    let parts = Parts.none;
    for (const condition of conditions) {
      const isSame = condition instanceof QCondition && condition.connector === connector && !condition.negated;
      if (isSame && parts.length === 0) parts = condition.#parts;
      else
        parts = parts.with(isSame ? condition.children : connector === 'AND' ? partsOf(condition) : asPart(condition));
    }
    const [only] = parts.length === 1 ? parts.toArray() : [];
    return only instanceof QCondition ? only : QCondition.#of(connector, false, parts);
  }

  /** The opposite of a condition. */
  static negate(condition: ConditionLike): QCondition {
    if (condition instanceof QCondition)
      return QCondition.#of(condition.connector, !condition.negated, condition.#parts);
    return QCondition.#of('AND', true, Parts.none.with(partsOf(condition)));
  }

  static #of(connector: Connector, negated: boolean, parts: Parts): QCondition {
    return new QCondition(new Joined(connector, negated, parts) as never);
  }

  /** Both hold. */
  and(other: ConditionLike): QCondition {
    return QCondition.join('AND', [this, other]);
  }
  /** One holds, or both. */
  or(other: ConditionLike): QCondition {
    return QCondition.join('OR', [this, other]);
  }
  /** Exactly one holds; of three and more an odd number. */
  xor(other: ConditionLike): QCondition {
    return QCondition.join('XOR', [this, other]);
  }
  /** It does not hold. */
  not(): QCondition {
    return QCondition.negate(this);
  }

  /** What is joined: conditions, boolean expressions, and frozen objects with exactly one lookup each. */
  get children(): readonly ConditionPart[] {
    this.#children ??= Object.freeze(this.#parts.toArray());
    return this.#children;
  }

  /** How many conditions stand inside each other, this one included. */
  get depth(): number {
    return this.#parts.depth + 1;
  }

  /** Whether it says nothing: such a condition is left out wherever it is combined, and matches every row. */
  get isEmpty(): boolean {
    return this.#parts.length === 0;
  }

  resolve(scope: Scope): ExpressionNode {
    return scope.condition(this);
  }

  // Here the values are part of the shape: which of them decide the SQL's text (null, an empty list, a number out of range) is
  // known only to the lookups, which know the fields.
  protected ownShape(): string | null {
    const parts: string[] = [this.connector, String(this.negated)];
    for (const child of this.children) {
      const part = child instanceof Term ? child.shape : shapeOfLookups(child as Lookups);
      if (part === null) return null;
      parts.push(part);
    }
    return parts.join(',');
  }
  override inputs(): readonly Input[] {
    return this.children.flatMap((child) =>
      child instanceof Term ? child.inputs() : Object.values(child).flatMap((value) => inputsOfValue(value)),
    );
  }
}

function shapeOfLookups(lookups: Lookups): string | null {
  const [path, value] = Object.entries(lookups)[0]!;
  const shape = shapeOfValue(value);
  return shape === null ? null : `${JSON.stringify(path)}=${shape}`;
}

/** A value written out as part of a shape; null for what cannot be. */
export function shapeOfValue(value: unknown): string | null {
  if (value instanceof Term) return value.shape;
  if (Array.isArray(value)) {
    const items = value.map(shapeOfValue);
    return items.includes(null) ? null : `[${items.join(',')}]`;
  }
  if (typeof value !== 'object' || value === null) return shapeOfData(value);
  const type = inferType(value);
  if (type === null || value instanceof Uint8Array) return null;
  return `${type.columnType.name}${JSON.stringify(value instanceof Date ? value.getTime() : String(value))}`;
}

function inputsOfValue(value: unknown): readonly Input[] {
  if (value instanceof Term) return value.inputs();
  return Array.isArray(value) ? value.flatMap(inputsOfValue) : [];
}

/**
 * The parts that one given condition consists of, checked and copied, so that later changes to a caller's object change nothing.
 * Throws TypeError for what no condition can be and for undefined values, FieldError for reserved names.
 */
function partsOf(given: unknown): readonly ConditionPart[] {
  if (given instanceof QCondition) {
    if (given.isEmpty) return [];
    return given.connector === 'AND' && !given.negated ? given.children : [given];
  }
  if (isExpression(given)) return [given];
  if (typeof given !== 'object' || given === null || !isPlain(given)) {
    throw typeError(
      'no-condition',
      `A condition is an object of lookups, a Q or a boolean expression, not ${describe(given)}.`,
    );
  }
  return Object.entries(Object.getOwnPropertyDescriptors(given))
    .filter(([, property]) => property.enumerable)
    .map(([path, property]) => Object.freeze({ [path]: checkedValue(path, property) }));
}

function checkedValue(path: string, property: PropertyDescriptor): unknown {
  if (RESERVED.has(path))
    throw new FieldError('reserved-name', `'${path}' is not the name of a field: it is reserved.`);
  if (property.get !== undefined || property.set !== undefined) {
    throw typeError('accessor-in-condition', `'${path}' is a getter: a condition takes plain values.`);
  }
  if (property.value === undefined) {
    throw typeError(
      'undefined-value',
      `'${path}' is undefined. A missing value is never taken for "no filter": use null, or leave '${path}' out.`,
    );
  }
  return property.value;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return 'an array';
  const name = typeof value === 'object' ? (value.constructor as { name?: unknown } | undefined)?.name : undefined;
  return typeof name === 'string' ? `a value of class ${name}` : `a ${typeof value}`;
}

/** One given condition as one part, or none when it is empty. */
function asPart(given: ConditionLike): readonly ConditionPart[] {
  const parts = partsOf(given);
  return parts.length <= 1 ? parts : [Q(...(parts as ConditionLike[]))];
}

/**
 * A condition that can be composed. Several arguments must all hold; without any it is empty and matches every row, which makes it
 * the start of a condition built in a loop.
 * Throws TypeError for undefined values and FieldError for reserved names.
 *
 * @example
 * let wanted = Q();
 * for (const word of words) wanted = or(wanted, { title__icontains: word });
 * await Book.objects.filter(wanted);
 */
export const Q = callable(QCondition);
export type Q = QCondition;

/**
 * All of the conditions. Empty ones are left out.
 *
 * @example
 * await Book.objects.filter(and({ price__lt: 20 }, or({ year: 2001 }, { year: 2002 })));
 */
export function and(...conditions: ConditionLike[]): QCondition {
  return QCondition.join('AND', conditions);
}

/**
 * Any of the conditions; the lookups inside one object must all hold. Empty ones are left out.
 *
 * @example
 * await Book.objects.filter(or({ title__icontains: "python" }, { title__icontains: "django" }));
 */
export function or(...conditions: ConditionLike[]): QCondition {
  return QCondition.join('OR', conditions);
}

/**
 * An odd number of the conditions (of two: exactly one). Empty ones are left out.
 *
 * @example
 * await Book.objects.filter(xor({ signed: true }, { firstEdition: true }));
 */
export function xor(...conditions: ConditionLike[]): QCondition {
  return QCondition.join('XOR', conditions);
}

/**
 * The opposite of a condition or of a boolean expression. Over a to-many relation `not({ books__title: "x" })` means "no such book".
 *
 * @example
 * await Author.objects.filter(not({ books__title: "Dune" }), not(Exists(prizes)));
 */
export function not(condition: ConditionLike): QCondition {
  return QCondition.negate(condition);
}
