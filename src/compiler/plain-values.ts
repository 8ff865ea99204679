import { typeError } from '../errors.js';
import type { ColumnType, DbValue } from '../sql/value-type.js';
import { isDecimal } from '../util/decimal.js';
import type { Dialect } from './dialect.js';

/** A JavaScript value without a field, as a parameter: its kind says how. Refuses what no column holds. */
export function encodePlain(value: unknown, dialect: Dialect): unknown {
  if (value === null) return null;
  const [neutral, type] = neutralOf(value);
  return dialect.codec({ name: type }).encode(neutral);
}

function neutralOf(value: unknown): readonly [Exclude<DbValue, null>, ColumnType['name']] {
  switch (typeof value) {
    case 'string':
      return [value, 'text'];
    case 'number':
      return Number.isSafeInteger(value) ? [value, 'bigint'] : [value, 'float'];
    case 'bigint':
      return [value, 'bigint'];
    case 'boolean':
      return [value, 'boolean'];
    case 'object':
      return neutralOfObject(value as object);
    default:
      throw typeError('invalid-parameter', `A value of type ${typeof value} cannot be a parameter.`);
  }
}

function neutralOfObject(value: object): readonly [Exclude<DbValue, null>, ColumnType['name']] {
  if (value instanceof Uint8Array) return [value, 'binary'];
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) throw typeError('invalid-parameter', 'An invalid Date cannot be a parameter.');
    return [value.toISOString().replace('T', ' ').replace('Z', ''), 'datetime'];
  }
  if (isDecimal(value)) return [value.toFixed(), 'decimal'];
  // the tag of a Temporal value is its class's: data with a tag of its own is no such value
  switch (
    Object.hasOwn(value, Symbol.toStringTag) ? null : (value as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag]
  ) {
    case 'Temporal.PlainDate':
      return [String(value), 'date'];
    case 'Temporal.PlainTime':
      return [String(value), 'time'];
    case 'Temporal.Instant':
      return [String(value).replace('T', ' ').replace('Z', ''), 'datetime'];
    case 'Temporal.Duration':
      return [microseconds(value as never), 'duration'];
    default:
      throw typeError(
        'invalid-parameter',
        'Only texts, numbers, booleans, dates, decimals, bytes and null can be parameters; an object or a list cannot.',
      );
  }
}

const microseconds = (span: { total(unit: 'microseconds'): number }): bigint =>
  BigInt(Math.round(span.total('microseconds')));
