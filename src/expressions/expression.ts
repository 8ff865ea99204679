import type { ArithmeticOperator, ExpressionNode } from '../sql/expression-nodes.js';
import type { Resolvable, Scope } from '../sql/resolvable.js';
import { combine } from './combined.js';
import { Literal } from './literal.js';
import type { NullsOptions } from './order-by.js';
import { OrderBy } from './order-by.js';
import { familyOf, typeName, unresolvedReason, unresolvedType } from './output-type.js';
import { Term } from './term.js';

/** What stands beside an operator: an expression, or a plain value that is bound as a parameter. */
export type Operand = Resolvable | string | number | bigint | boolean | null | object;

/**
 * The base of all expressions: values that the database computes. Expressions are frozen, know neither model nor database, and
 * get their meaning from the query in which they are used.
 *
 * @example
 * await Book.objects.update({ stock: F("stock").sub(1) });
 */
export abstract class Expression extends Term {
  /** `this + other`: numbers, or a date and a duration. */
  add(other: Operand): CombinedExpression {
    return new CombinedExpression(this, '+', other);
  }
  /** `this - other`: numbers, a date and a duration, or two dates, which give a duration. */
  sub(other: Operand): CombinedExpression {
    return new CombinedExpression(this, '-', other);
  }
  mul(other: Operand): CombinedExpression {
    return new CombinedExpression(this, '*', other);
  }
  /** `this / other`. Two integers divide as the database divides them: on SQLite and PostgreSQL without a remainder. */
  div(other: Operand): CombinedExpression {
    return new CombinedExpression(this, '/', other);
  }
  /** `this % other`, with the sign of `this`. */
  mod(other: Operand): CombinedExpression {
    return new CombinedExpression(this, '%', other);
  }
  pow(other: Operand): CombinedExpression {
    return new CombinedExpression(this, '^', other);
  }
  bitand(other: Operand): CombinedExpression {
    return new CombinedExpression(this, '&', other);
  }
  bitor(other: Operand): CombinedExpression {
    return new CombinedExpression(this, '|', other);
  }
  bitxor(other: Operand): CombinedExpression {
    return new CombinedExpression(this, '#', other);
  }
  bitleftshift(other: Operand): CombinedExpression {
    return new CombinedExpression(this, '<<', other);
  }
  bitrightshift(other: Operand): CombinedExpression {
    return new CombinedExpression(this, '>>', other);
  }
  /** `-this` */
  neg(): NegatedNumber {
    return new NegatedNumber(this);
  }

  /** A term of an order, smallest first. Throws ValueError when both places of NULLs are asked for. */
  asc(options: NullsOptions = {}): OrderBy {
    return new OrderBy(this, { ...options, descending: false });
  }
  /** A term of an order, largest first. Throws ValueError when both places of NULLs are asked for. */
  desc(options: NullsOptions = {}): OrderBy {
    return new OrderBy(this, { ...options, descending: true });
  }
}

/**
 * Whether the value is one of our expressions or composed conditions, which may stand wherever expressions may. Only real instances
 * count: an object that looks like one may come from JSON.
 */
export const isExpression = (value: unknown): value is Term => value instanceof Term;

/** `left operator right`, made by `F("a").add(…)` and its siblings. */
export class CombinedExpression extends Expression {
  readonly left: Resolvable;
  readonly right: Resolvable;

  constructor(
    left: Operand,
    readonly operator: ArithmeticOperator,
    right: Operand,
  ) {
    super();
    this.left = operand(left);
    this.right = operand(right);
    Object.freeze(this);
  }

  resolve(scope: Scope): ExpressionNode {
    return combine(this.left.resolve(scope), this.operator, this.right.resolve(scope));
  }
  override sources(): readonly Resolvable[] {
    return [this.left, this.right];
  }
  protected ownShape(): string {
    return this.operator;
  }
}

/** `-expression` */
export class NegatedNumber extends Expression {
  constructor(readonly expression: Resolvable) {
    super();
    Object.freeze(this);
  }

  resolve(scope: Scope): ExpressionNode {
    const node = this.expression.resolve(scope);
    const isNumber = ['integer', 'float', 'decimal', 'duration', 'null', 'any'].includes(familyOf(node.type));
    const type =
      isNumber || unresolvedReason(node.type) !== null
        ? node.type
        : unresolvedType(
            'combined-type',
            `The type of '-' before ${typeName(node.type)} cannot be told. You must set outputField.`,
          );
    return { kind: 'negate', operand: node, type };
  }
  override sources(): readonly Resolvable[] {
    return [this.expression];
  }
  protected ownShape(): string {
    return '';
  }
}

/** An operand as something that resolves: terms as they are, plain values bound. Throws TypeError for anything else. */
const operand = (value: Operand): Resolvable => (value instanceof Term ? value.asPart() : new Literal(value));
