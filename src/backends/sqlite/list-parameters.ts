import type { Dialect, NodeOf, SqlWriter } from '../../compiler/dialect.js';
import { encodeMapped, encoderOf } from '../../compiler/writer.js';
import type { ColumnType, ValueType } from '../../sql/value-type.js';

interface Element {
  readonly toJson: (value: any) => string;
  /** The element again, of the SQL by which it is found in the list. */
  readonly sql: (found: string) => string;
}

const plain: Element = {
  toJson: (value: string | number | bigint) => (typeof value === 'string' ? JSON.stringify(value) : String(value)),
  sql: (found) => found,
};
/** SQLite's own reading of JSON numbers may be off by the last bit. */
const double: Element = { toJson: (value: number) => `"${value}"`, sql: (found) => `TO_DOUBLE(${found})` };
const bytes: Element = { toJson: (value: Buffer) => `"${value.toString('hex')}"`, sql: (found) => `UNHEX(${found})` };

/** How elements of a type travel in a JSON list, where that cannot carry them as they are. */
function elementOf(type: ColumnType): Element {
  if (type.name === 'float') return double;
  return type.name === 'binary' ? bytes : plain;
}

/** A value as JSON; a tuple as a list of its parts. */
function jsonOf(type: ValueType, dialect: Dialect): (value: any) => string {
  if (type.parts !== undefined) {
    const parts = type.parts.map((part) => jsonOf(part, dialect));
    return (values: readonly unknown[]) => `[${parts.map((part, index) => part(values[index])).join(',')}]`;
  }
  const { toJson } = elementOf(type.columnType);
  const encode = encoderOf(type, dialect);
  return (value) => toJson(encode(value));
}

const columnsOf = ({ columnType, parts }: ValueType): string =>
  parts === undefined
    ? elementOf(columnType).sql('value')
    : parts.map((part, index) => elementOf(part.columnType).sql(`value ->> ${index}`)).join(', ');

/** `(SELECT value FROM JSON_EACH(?))`: a list of any length as one parameter. `sql` is what is made of each `value`. */
export function writeListParameter(node: NodeOf<'listParam'>, out: SqlWriter, sql?: string): void {
  const toJson = jsonOf(node.elementType, out.dialect);
  const encodeAll = (values: readonly unknown[]): string => `[${values.map(toJson).join(',')}]`;
  const value = encodeAll(node.values);
  out.text(`(SELECT ${sql ?? columnsOf(node.elementType)} FROM JSON_EACH(`);
  out
    .input({ source: node.source, encode: encodeMapped(node.map, encodeAll as (value: unknown) => unknown), value })
    .text('))');
}
