import { typeError } from '../errors.js';
import { literal, param } from '../sql/build.js';
import type { ExpressionNode } from '../sql/expression-nodes.js';
import type { Input } from '../sql/resolvable.js';
import type { ValueType } from '../sql/value-type.js';
import { isDecimal } from '../util/decimal.js';
import { nullType, shapeOfType } from './output-type.js';
import { Term } from './term.js';
import {
  bigIntegerField,
  binaryField,
  booleanField,
  charField,
  dateField,
  dateTimeField,
  decimalField,
  durationField,
  floatField,
  instantField,
  integerField,
  timeField,
} from './types.js';

const TEMPORAL: Readonly<Record<string, ValueType>> = {
  'Temporal.PlainDate': dateField,
  'Temporal.PlainTime': timeField,
  'Temporal.Duration': durationField,
  'Temporal.Instant': instantField,
};

/** The type of a plain value, or null when it has none of its own (objects, arrays, functions). */
export function inferType(value: unknown): ValueType | null {
  switch (typeof value) {
    case 'string':
      return charField;
    case 'boolean':
      return booleanField;
    case 'number':
      return Number.isInteger(value) ? integerField : floatField;
    case 'bigint':
      return bigIntegerField;
    case 'object':
      break;
    default:
      return null;
  }
  if (value === null) return nullType;
  if (value instanceof Date) return dateTimeField;
  if (isDecimal(value)) return decimalField;
  if (value instanceof Uint8Array) return binaryField;
  // Temporal may come from the runtime or from the polyfill; the tag is the same, and a plain object from JSON has none.
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  return Object.hasOwn(value, Symbol.toStringTag) ? null : (TEMPORAL[tag] ?? null);
}

/** A value as a node: NULL is written, everything else is bound. */
export function valueNode(value: unknown, type: ValueType, source: object | null): ExpressionNode {
  return value === null ? literal(null, type) : param(value, type, source);
}

/** A plain value inside an expression. It has no arithmetic of its own; `Value` is the public one. */
export class Literal extends Term {
  readonly type: ValueType;

  constructor(readonly value: unknown) {
    super();
    const type = value === undefined ? null : inferType(value);
    if (type === null) {
      const given =
        value === undefined ? 'undefined' : Array.isArray(value) ? 'an array' : `a value of type ${typeof value}`;
      throw typeError(
        'no-expression',
        `An expression or a plain value was expected, not ${given}. Value(…, { outputField }) takes anything that its field takes.`,
      );
    }
    this.type = type;
    Object.freeze(this);
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
