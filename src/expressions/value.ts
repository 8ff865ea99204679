import { typeError } from '../errors.js';
import type { ExpressionNode } from '../sql/expression-nodes.js';
import type { Input } from '../sql/resolvable.js';
import type { ValueType } from '../sql/value-type.js';
import { callable } from '../util/callable.js';
import { Expression } from './expression.js';
import { inferType, valueNode } from './literal.js';
import { resultType, shapeOfType } from './output-type.js';

/** Options of expressions whose type can be given. */
export interface OutputOptions {
  /** The type of the result: a field without a model, such as `IntegerField()`. */
  readonly outputField?: ValueType;
}

/** The output field that was asked for, as a type for what the database computes; null for none. */
export const outputOf = (options: OutputOptions): ValueType | null =>
  options.outputField === undefined || options.outputField === null ? null : resultType(options.outputField);

/** The class behind `Value`. */
export class ValueExpression extends Expression {
  readonly type: ValueType;
  readonly value: unknown;

  constructor(value: unknown, options: OutputOptions = {}) {
    super();
    const type = options.outputField ?? (value === undefined ? null : inferType(value));
    if (type === null || value === undefined) {
      throw typeError(
        'value-type',
        'The type of this value cannot be told: give Value() an outputField, as in Value(x, { outputField: JSONField() }).',
      );
    }
    const { outputField } = options;
    // Prepared at the call, so that a wrong value points at its author.
    this.value = value === null || outputField === undefined ? value : prepared(value, outputField);
    this.type = type;
    if (new.target === ValueExpression) Object.freeze(this);
  }

  resolve(): ExpressionNode {
    return valueNode(this.value, this.type, this);
  }
  protected ownShape(): string {
    return `${shapeOfType(this.type)}${this.value === null ? '0' : ''}`;
  }
  override inputs(): readonly Input[] {
    return this.value === null ? [] : [{ source: this, value: this.value }];
  }
}

/** Value types that are no fields have no `prepare`: then the value is already what it should be. */
function prepared(value: unknown, type: ValueType & { prepare?: (value: unknown) => unknown }): unknown {
  return type.prepare === undefined ? value : type.prepare(value);
}

/**
 * A plain value as an expression, always bound as a parameter. Its type follows from the value (text, numbers, booleans, bigint,
 * Decimal, Date, Temporal, Uint8Array) unless `outputField` gives it; null takes the type of what stands beside it.
 *
 * @example
 * await Book.objects.annotate({ kind: Value("book"), tags: Value(["a"], { outputField: JSONField() }) });
 */
export const Value = callable(ValueExpression);
export type Value = ValueExpression;
