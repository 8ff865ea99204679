import { NotSupportedError, ValueError } from '../../errors.js';
import type { ColumnType, DbValue } from '../../sql/value-type.js';
import { checkIdentifier } from '../identifiers.js';
import { castSql, codec } from './column-types.js';

/** `"name"`; a quote inside is doubled. PostgreSQL cuts names after 63 bytes without a word, so longer ones are refused. */
export function quoteName(identifier: string): string {
  checkIdentifier(identifier);
  if (identifier.length > 20 && Buffer.byteLength(identifier) > 63) {
    throw new ValueError('invalid-identifier', 'A name in PostgreSQL has 63 bytes at most.');
  }
  return `"${identifier.replaceAll('"', '""')}"`;
}

/** A text as SQL; the same with and without standard_conforming_strings, since backslashes stand in an `E''` alone. */
export function quoteText(text: string): string {
  if (text.includes('\0'))
    throw new NotSupportedError('nul-in-literal', 'A text with the character NUL cannot stand in SQL.');
  const doubled = text.replaceAll("'", "''");
  return doubled.includes('\\') ? `E'${doubled.replaceAll('\\', '\\\\')}'` : `'${doubled}'`;
}

/** Types whose values need the type's name where nothing else tells it. */
const CASTS: Readonly<Record<string, string>> = {
  date: 'date',
  time: 'time',
  datetime: 'timestamptz',
  duration: 'interval',
  json: 'jsonb',
  uuid: 'uuid',
  inet: 'inet',
  binary: 'bytea',
};

/** A value as text, for the definitions of tables. */
export function literal(value: DbValue, type: ColumnType): string {
  if (value === null) return 'NULL';
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (type.name === 'float' && typeof value === 'number' && !Number.isFinite(value))
    return `'${value}'::double precision`;
  const encoded: unknown = codec(type).encode(value);
  if (typeof value === 'number' || typeof value === 'bigint') {
    if (type.name === 'duration') return `${quoteText(String(encoded))}::interval`;
    return value < 0 ? `(${value})` : String(value);
  }
  if (type.name === 'decimal') {
    if (!/^-?\d+(\.\d+)?$/.test(String(value)))
      throw new ValueError('invalid-literal', 'A decimal in the definition of a table must be a plain number.');
    return String(value).startsWith('-') ? `(${String(value)})` : String(value);
  }
  const text = encoded instanceof Uint8Array ? `\\x${Buffer.from(encoded).toString('hex')}` : String(encoded);
  const cast = type.contrib != null ? castSql(type) : Object.hasOwn(CASTS, type.name) ? CASTS[type.name] : undefined;
  return cast === undefined ? quoteText(text) : `${quoteText(text)}::${cast}`;
}
