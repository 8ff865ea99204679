import { typeError, ValueError } from '../errors.js';
import { cast, mapParam } from '../sql/build.js';
import type { ExpressionNode } from '../sql/expression-nodes.js';
import type { Resolvable, Scope } from '../sql/resolvable.js';
import type { ValueType } from '../sql/value-type.js';
import { callable } from '../util/callable.js';
import { Expression } from './expression.js';
import { argument } from './f.js';
import { resultType, shapeOfType } from './output-type.js';

/** The output field, or a TypeError that names what lacks it. */
export function requiredType(type: unknown, subject: string): ValueType {
  if (typeof (type as Partial<ValueType> | null | undefined)?.toDb !== 'function') {
    throw typeError('output-field', `${subject} needs a field for the type of its result, such as IntegerField().`);
  }
  return type as ValueType;
}

/** The class behind `ExpressionWrapper`. */
export class WrappedExpression extends Expression {
  readonly expression: Resolvable;
  readonly outputField: ValueType;

  constructor(expression: unknown, options: { readonly outputField: ValueType }) {
    super();
    this.expression = argument(expression);
    this.outputField = resultType(requiredType(options?.outputField, 'ExpressionWrapper()'));
    Object.freeze(this);
  }

  resolve(scope: Scope): ExpressionNode {
    const node = this.expression.resolve(scope);
    const type: ValueType & { prepare?: (value: unknown) => unknown } = this.outputField;
    if (node.kind !== 'param' || type.prepare === undefined) return { ...node, type };
    return mapParam(node, (value) => type.prepare!(value), type);
  }
  override sources(): readonly Resolvable[] {
    return [this.expression];
  }
  protected ownShape(): string {
    return shapeOfType(this.outputField);
  }
}

/**
 * An expression with a type of your choice, where none can be told or another is wanted. It changes how the result is read, not the
 * SQL; `Cast` changes the SQL.
 *
 * @example
 * ExpressionWrapper(F("price").mul(F("rate")), { outputField: DecimalField() })
 */
export const ExpressionWrapper = callable(WrappedExpression);
export type ExpressionWrapper = WrappedExpression;

/** The class behind `Cast`. */
export class CastExpression extends Expression {
  readonly expression: Resolvable;
  readonly outputField: ValueType;

  constructor(expression: unknown, outputField: ValueType) {
    super();
    this.expression = argument(expression);
    this.outputField = requiredType(outputField, 'Cast()');
    Object.freeze(this);
  }

  resolve(scope: Scope): ExpressionNode {
    return cast(this.expression.resolve(scope), this.outputField);
  }
  override sources(): readonly Resolvable[] {
    return [this.expression];
  }
  protected ownShape(): string {
    return shapeOfType(this.outputField);
  }
}

/**
 * The value as the database converts it to the type of a field. SQL: `CAST(expression AS type)`
 *
 * @example
 * await Book.objects.annotate({ price: Cast("priceText", DecimalField({ maxDigits: 8, decimalPlaces: 2 })) });
 */
export const Cast = callable(CastExpression);
export type Cast = CastExpression;

/** What names of collations are made of; they are quoted as well. */
const COLLATION = /^[\w-]{1,63}$/;

/** The class behind `Collate`. */
export class CollateExpression extends Expression {
  readonly expression: Resolvable;

  constructor(
    expression: unknown,
    readonly collation: string,
  ) {
    super();
    if (typeof collation !== 'string' || !COLLATION.test(collation)) {
      throw new ValueError(
        'collation-name',
        'The name of a collation is made of letters, digits, underscores and hyphens.',
      );
    }
    this.expression = argument(expression);
    Object.freeze(this);
  }

  resolve(scope: Scope): ExpressionNode {
    const operand = this.expression.resolve(scope);
    return { kind: 'collate', operand, collation: this.collation, type: operand.type };
  }
  override sources(): readonly Resolvable[] {
    return [this.expression];
  }
  protected ownShape(): string {
    return JSON.stringify(this.collation);
  }
}

/**
 * A text that compares and sorts by a collation of the database. Throws ValueError for what is no name of one.
 * SQL: `expression COLLATE "name"`
 *
 * @example
 * await Author.objects.orderBy(Collate("name", "nocase"));
 */
export const Collate = callable(CollateExpression);
export type Collate = CollateExpression;
