import { typeError, ValueError } from '../errors.js';
import { Expression } from '../expressions/expression.js';
import { argument } from '../expressions/f.js';
import { knownType } from '../expressions/output-type.js';
import { shapeOfValue } from '../expressions/q.js';
import { isQueryable } from '../expressions/subquery.js';
import { Term } from '../expressions/term.js';
import { isNull, param } from '../sql/build.js';
import type { ExpressionNode } from '../sql/expression-nodes.js';
import type { Input, Resolvable, Scope } from '../sql/resolvable.js';
import type { ValueType } from '../sql/value-type.js';
import { callable } from '../util/callable.js';
import type { Lookup, LookupContext, LookupRight } from './lookup.js';
import { lookupFor } from './registry.js';

/** A lookup used as an expression: `GreaterThan(F("a"), 5)`. True, false, or null where the comparison is unknown. */
export abstract class LookupExpression extends Expression {
  readonly left: Resolvable;
  readonly right: unknown;

  protected constructor(
    readonly lookupName: string,
    left: unknown,
    right: unknown,
  ) {
    super();
    if (left === undefined || right === undefined)
      throw typeError('undefined-value', `${new.target.name}() takes a left and a right side.`);
    this.left = argument(left);
    this.right = Array.isArray(right) ? Object.freeze([...right]) : right;
    Object.freeze(this);
  }

  resolve(scope: Scope): ExpressionNode {
    const left = this.left.resolve(scope);
    const type = knownType(left);
    const lookup = lookupFor(type, this.lookupName);
    if (lookup === null) throw new ValueError('no-lookup', `There is no lookup '${this.lookupName}' for this type.`);
    const context: LookupContext = { timeZone: scope.timeZone, subject: `'${this.lookupName}'` };
    const { right } = this;
    if (right === null && lookup.acceptsNull !== true) return this.#withNull(left);
    return lookup.toNode(left, this.#rightSide(lookup, type, context, scope), context);
  }

  #withNull(left: ExpressionNode): ExpressionNode {
    if (this.lookupName === 'exact' || this.lookupName === 'iexact') return isNull(left);
    throw new ValueError('null-value', `Cannot use null as a value for '${this.lookupName}'; IsNull() asks for it.`);
  }

  #rightSide(lookup: Lookup, type: ValueType, context: LookupContext, scope: Scope): LookupRight {
    const { right } = this;
    if (right instanceof Term) return right.resolve(scope);
    if (isQueryable(right)) return scope.subquery(right, this.lookupName === 'in' ? 'in' : 'value');
    // values belong to the shape here, as in conditions inside expressions: no later value takes their place
    const prepared = lookup.prepare(right, type, context);
    if (Array.isArray(prepared) && prepared.some((item) => item instanceof Term)) {
      return prepared.map((item: unknown) => (item instanceof Term ? item.resolve(scope) : param(item, type)));
    }
    return param(prepared, type);
  }

  override sources(): readonly Resolvable[] {
    return this.right instanceof Term ? [this.left, this.right] : [this.left];
  }
  protected ownShape(): string | null {
    const { right } = this;
    if (right instanceof Term) return '*';
    if (isQueryable(right)) return right.query.shape === null ? null : `q${right.query.shape.key}`;
    return shapeOfValue(right);
  }
  override inputs(): readonly Input[] {
    if (isQueryable(this.right)) return [...super.inputs(), ...this.right.query.inputs];
    const items = Array.isArray(this.right) ? this.right.filter((item) => item instanceof Term) : [];
    return [...super.inputs(), ...items.flatMap((item) => item.inputs())];
  }
}

/** A lookup's class: callable without `new`. */
export interface LookupExpressionClass {
  (left: unknown, right: unknown): LookupExpression;
  new (left: unknown, right: unknown): LookupExpression;
  readonly prototype: LookupExpression;
}

function defineLookup(label: string, name: string): LookupExpressionClass {
  const DefinedLookup = class extends LookupExpression {
    constructor(left: unknown, right: unknown) {
      super(name, left, right);
    }
  };
  Object.defineProperty(DefinedLookup, 'name', { value: label });
  return callable(DefinedLookup) as unknown as LookupExpressionClass;
}

/** `left = right`. On the left a text names a field, on the right it is a value; so for all of these. @example Exact("title", "Dune") */
export const Exact = defineLookup('Exact', 'exact');
/** Equal, whatever the case. @example IExact("title", "dune") */
export const IExact = defineLookup('IExact', 'iexact');
/** `left > right` @example annotate({ isOver: GreaterThan(F("sold"), F("stock")) }) */
export const GreaterThan = defineLookup('GreaterThan', 'gt');
/** `left >= right` @example GreaterThanOrEqual("pages", 100) */
export const GreaterThanOrEqual = defineLookup('GreaterThanOrEqual', 'gte');
/** `left < right` @example LessThan("pages", 100) */
export const LessThan = defineLookup('LessThan', 'lt');
/** `left <= right` @example LessThanOrEqual("pages", 100) */
export const LessThanOrEqual = defineLookup('LessThanOrEqual', 'lte');
/** `left IN (…)` @example In("rating", [4, 5]) */
export const In = defineLookup('In', 'in');
/** Holds the text. @example Contains("title", "a") */
export const Contains = defineLookup('Contains', 'contains');
/** Holds the text, whatever the case. @example IContains("title", "a") */
export const IContains = defineLookup('IContains', 'icontains');
/** Begins with the text. @example StartsWith("title", "A") */
export const StartsWith = defineLookup('StartsWith', 'startswith');
/** Begins with the text, whatever the case. @example IStartsWith("title", "a") */
export const IStartsWith = defineLookup('IStartsWith', 'istartswith');
/** Ends with the text. @example EndsWith("title", "e") */
export const EndsWith = defineLookup('EndsWith', 'endswith');
/** Ends with the text, whatever the case. @example IEndsWith("title", "E") */
export const IEndsWith = defineLookup('IEndsWith', 'iendswith');
/** Lies between two values or is one of them. @example Range("price", [10, 20]) */
export const Range = defineLookup('Range', 'range');
/** Is null, or with false is not. @example IsNull("rating", true) */
export const IsNull = defineLookup('IsNull', 'isnull');
/** Matches a regular expression. @example Regex("title", "^The") */
export const Regex = defineLookup('Regex', 'regex');
/** Matches a regular expression, whatever the case. @example IRegex("title", "^the") */
export const IRegex = defineLookup('IRegex', 'iregex');
