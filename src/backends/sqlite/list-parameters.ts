import type { NodeOf, SqlWriter } from '../../compiler/dialect.js';
import { encodeMapped, encoderOf } from '../../compiler/writer.js';
import type { ColumnType } from '../../sql/value-type.js';

interface Element {
  readonly toJson: (value: any) => string;
  /** The element again, in SQL. */
  readonly sql: string;
}

const plain: Element = {
  toJson: (value: string | number | bigint) => (typeof value === 'string' ? JSON.stringify(value) : String(value)),
  sql: 'value',
};
/** SQLite's own reading of JSON numbers may be off by the last bit. */
const double: Element = { toJson: (value: number) => `"${value}"`, sql: 'TO_DOUBLE(value)' };
const bytes: Element = { toJson: (value: Buffer) => `"${value.toString('hex')}"`, sql: 'UNHEX(value)' };

/** How elements of a type travel in a JSON list, where that cannot carry them as they are. */
function elementOf(type: ColumnType): Element {
  if (type.name === 'float') return double;
  return type.name === 'binary' ? bytes : plain;
}

/** `(SELECT value FROM JSON_EACH(?))`: a list of any length as one parameter. `sql` is what is made of each `value`. */
export function writeListParameter(node: NodeOf<'listParam'>, out: SqlWriter, sql?: string): void {
  const element = elementOf(node.elementType.columnType);
  const encode = encoderOf(node.elementType, out.dialect);
  const encodeAll = (values: readonly unknown[]): string =>
    `[${values.map((value) => element.toJson(encode(value))).join(',')}]`;
  const value = encodeAll(node.values);
  out.text(`(SELECT ${sql ?? element.sql} FROM JSON_EACH(`);
  out
    .input({ source: node.source, encode: encodeMapped(node.map, encodeAll as (value: unknown) => unknown), value })
    .text('))');
}
