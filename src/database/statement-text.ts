import { Decimal } from 'decimal.js';
import type { Dialect } from '../compiler/dialect.js';
import { typeError } from '../errors.js';
import { SqlFragment, SqlName } from '../sql/template.js';
import type { ColumnType, DbValue } from '../sql/value-type.js';

/** A statement in the driver's form. */
export interface StatementText {
  readonly sql: string;
  readonly params: readonly unknown[];
}

/** The text of a tagged template: values become parameters, names are quoted, pieces are put in. */
export function statementText(fragment: SqlFragment, dialect: Dialect): StatementText {
  const params: unknown[] = [];
  const write = ({ texts, values }: SqlFragment): string =>
    texts.reduce((before, text, index) => before + part(values[index - 1]) + text);
  const part = (value: unknown): string => {
    if (value instanceof SqlFragment) return write(value);
    if (value instanceof SqlName) return value.parts.map((name) => dialect.quoteName(name)).join('.');
    params.push(encodePlain(value, dialect));
    return dialect.placeholder(params.length);
  };
  return { sql: write(fragment), params };
}

/** A JavaScript value without a field, as a parameter: its kind says how. Refuses what no column holds. */
function encodePlain(value: unknown, dialect: Dialect): unknown {
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
  if (Decimal.isDecimal(value)) return [value.toFixed(), 'decimal'];
  switch ((value as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag]) {
    case 'Temporal.PlainDate':
      return [String(value), 'date'];
    case 'Temporal.PlainTime':
      return [String(value), 'time'];
    case 'Temporal.Instant':
      return [String(value).replace('T', ' ').replace('Z', ''), 'datetime'];
    case 'Temporal.Duration':
      return [microseconds(value as never), 'duration'];
    default:
      throw typeError('invalid-parameter', 'Only texts, numbers, booleans, dates, decimals, bytes and null can be parameters; an object or a list cannot.');
  }
}

const microseconds = (span: { total(unit: 'microseconds'): number }): bigint => BigInt(Math.round(span.total('microseconds')));
