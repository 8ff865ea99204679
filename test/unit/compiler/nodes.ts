import { column } from '../../../src/sql/build.js';
import type { ColumnNode } from '../../../src/sql/expression-nodes.js';
import type { Source } from '../../../src/sql/statement-nodes.js';
import type { ColumnType, DbValue, ValueType } from '../../../src/sql/value-type.js';
import { identity } from '../../../src/sql/value-type.js';

/** A type that changes nothing, so that what is seen is the dialect's work. */
export const plainType = (columnType: ColumnType): ValueType => ({ columnType, toDb: identity, fromDb: identity });

export const types = {
  integer: plainType({ name: 'integer' }),
  bigint: plainType({ name: 'bigint' }),
  text: plainType({ name: 'text' }),
  boolean: plainType({ name: 'boolean' }),
  float: plainType({ name: 'float' }),
  date: plainType({ name: 'date' }),
  time: plainType({ name: 'time' }),
  datetime: plainType({ name: 'datetime' }),
  duration: plainType({ name: 'duration' }),
  uuid: plainType({ name: 'uuid' }),
  json: {
    columnType: { name: 'json' },
    toDb: (value: unknown): DbValue => JSON.stringify(value),
    fromDb: (text: string): unknown => JSON.parse(text),
  },
  price: plainType({ name: 'decimal', maxDigits: 8, decimalPlaces: 2 }),
  wide: plainType({ name: 'decimal', maxDigits: 30, decimalPlaces: 10 }),
  decimal: plainType({ name: 'decimal', maxDigits: null, decimalPlaces: null }),
} as const satisfies Record<string, ValueType>;

/** A column of the table `book`. */
export const book = (name: string, type: ValueType = types.integer): ColumnNode => column('book', name, type);
export const bookTable: Source = { kind: 'table', name: 'book', alias: 'book' };
