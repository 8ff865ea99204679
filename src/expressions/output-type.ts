import { FieldError } from '../errors.js';
import { Field } from '../fields/field.js';
import type { ExpressionNode } from '../sql/expression-nodes.js';
import type { DbValue, ValueType } from '../sql/value-type.js';
import { identity } from '../sql/value-type.js';
import { idOf, shapeOfData } from './shape.js';

/** What values of a type are, as far as arithmetic and comparison ask. */
export type TypeFamily =
  | 'integer'
  | 'float'
  | 'decimal'
  | 'boolean'
  | 'text'
  | 'date'
  | 'datetime'
  | 'time'
  | 'duration'
  | 'binary'
  | 'uuid'
  | 'inet'
  | 'json'
  | 'null'
  | 'any'
  | 'unknown'
  | 'other';

const FAMILIES: ReadonlyMap<string, TypeFamily> = new Map<string, TypeFamily>([
  ...[
    'smallAuto',
    'auto',
    'bigAuto',
    'smallint',
    'integer',
    'bigint',
    'positiveSmallint',
    'positiveInteger',
    'positiveBigint',
  ].map((name) => [name, 'integer'] as const),
  ['float', 'float'],
  ['decimal', 'decimal'],
  ['boolean', 'boolean'],
  ['varchar', 'text'],
  ['text', 'text'],
  ['date', 'date'],
  ['datetime', 'datetime'],
  ['time', 'time'],
  ['duration', 'duration'],
  ['binary', 'binary'],
  ['uuid', 'uuid'],
  ['inet', 'inet'],
  ['json', 'json'],
  ['null', 'null'],
  ['any', 'any'],
  ['unknown', 'unknown'],
]);

/** The family of a type; 'other' for types that a backend or an application adds. */
export const familyOf = (type: ValueType): TypeFamily => FAMILIES.get(type.columnType.name) ?? 'other';

/** A type as messages call it: the field's class, or the column type's name. */
export const typeName = (type: ValueType): string =>
  familyOf(type) === 'null' ? 'NULL' : type instanceof Field ? type.kind : type.columnType.name;

const errors = new WeakMap<ValueType, () => FieldError>();

/**
 * The type of an expression whose type cannot be told. It may still stand where no type is needed (on the right of a
 * lookup, inside something with an `outputField`); used for anything else, it throws.
 */
export function unresolvedType(code: string, message: string): ValueType {
  const error = (): FieldError => new FieldError(code, message);
  const fail = (): never => {
    throw error();
  };
  const type: ValueType = Object.freeze({ columnType: Object.freeze({ name: 'unknown' }), toDb: fail, fromDb: fail });
  errors.set(type, error);
  return type;
}

/** Why a type is not known, or null when it is. */
export const unresolvedReason = (type: ValueType): FieldError | null => errors.get(type)?.() ?? null;

/** The type of the node. Throws FieldError when it cannot be told and `outputField` is needed. */
export function knownType(node: ExpressionNode): ValueType {
  const reason = unresolvedReason(node.type);
  if (reason !== null) throw reason;
  return node.type;
}

const unknownNull = (): FieldError =>
  new FieldError('unknown-output-field', 'Value(null) has no type of its own: give it an outputField.');
/** The type of NULL alone. It fits every other type. */
export const nullType: ValueType = Object.freeze({
  columnType: Object.freeze({ name: 'null' }),
  toDb: (): never => {
    throw unknownNull();
  },
  fromDb: identity,
});
errors.set(nullType, unknownNull);

/** The type of what nothing is known of and everything is let through: SQL of one's own, and outer references while names are checked. */
export const anyType: ValueType = Object.freeze({
  columnType: Object.freeze({ name: 'any' }),
  toDb: <T>(value: T): T & DbValue => value as T & DbValue,
  fromDb: identity,
});

const wholeTypes = new WeakMap<ValueType, ValueType>();

/**
 * A type for what the database computes: where whole numbers are wanted, fractions are cut off when the result is read, as
 * Django does (`ExpressionWrapper(F("rating").mul(100), { outputField: IntegerField() })`).
 */
export function resultType(type: ValueType): ValueType {
  if (familyOf(type) !== 'integer') return type;
  const known = wholeTypes.get(type);
  if (known !== undefined) return known;
  const whole = Object.freeze(
    Object.create(type, { fromDb: { value: (value: DbValue) => type.fromDb(wholePart(value)) } }),
  );
  wholeTypes.set(type, whole);
  wholeTypes.set(whole, whole);
  return whole;
}

function wholePart(value: DbValue): DbValue {
  if (typeof value === 'number') return Math.trunc(value);
  // some drivers give the result of a division as decimal text
  if (typeof value !== 'string' || !/^-?\d+(\.\d*)?$/.test(value)) return value;
  const whole = BigInt(value.split('.', 1)[0]!);
  return Number.isSafeInteger(Number(whole)) ? Number(whole) : whole;
}

/** The one type of several parts, as Django resolves it: the first known one; all others must be of its class. */
export function commonType(parts: readonly ExpressionNode[], subject: string): ValueType {
  let found: ValueType | null = null;
  let open = false;
  for (const { type } of parts) {
    if (type === nullType) continue;
    if (type === anyType) {
      open = true;
      continue;
    }
    if (unresolvedReason(type) !== null) return type;
    if (found === null) found = type;
    else if (!isOfClass(found, type)) {
      return unresolvedType(
        'mixed-types',
        `${subject} contains mixed types: ${typeName(found)}, ${typeName(type)}. You must set outputField.`,
      );
    }
  }
  return found ?? (open ? anyType : nullType);
}

function isOfClass(type: ValueType, other: ValueType): boolean {
  if (type instanceof Field && other instanceof Field)
    return type.kind === other.kind || type instanceof (other.constructor as new () => Field);
  return familyOf(type) === familyOf(other);
}

/** A type as part of a shape: class and options of a field, else the object itself. */
export function shapeOfType(type: ValueType | null): string {
  if (type === null) return '-';
  if (!(type instanceof Field)) return `#${idOf(type)}`;
  return `#${idOf(type.constructor)}${shapeOfData(type.options)}`;
}
