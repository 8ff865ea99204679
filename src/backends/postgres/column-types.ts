import { isIP } from 'node:net';
import type { Codec } from '../../compiler/dialect.js';
import { DataError, ValueError } from '../../errors.js';
import type { ColumnType } from '../../sql/value-type.js';
import { identity } from '../../sql/value-type.js';
import { getOrMake } from '../../util/get-or-make.js';
import { bufferOf, checkUnicode, integerCodecs, notWhole, unsafeInteger } from '../codecs.js';
import { arrayCodec } from './arrays.js';
import { hstoreCodec } from './hstore.js';
import { intervalText, microsecondsOfInterval } from './intervals.js';
import { rangeCodec } from './ranges.js';

/** A whole number of an expression or column that JavaScript holds as a number; beyond 2^53 − 1 an error, never a rounded number. */
function decodeInteger(value: string | number): number {
  // A division that is asked for as a whole number is cut off.
  const number = Math.trunc(Number(value));
  if (number > Number.MAX_SAFE_INTEGER || number < Number.MIN_SAFE_INTEGER) throw unsafeInteger();
  return number;
}

function encodeInteger(value: number | bigint): string {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw notWhole();
  if (typeof value === 'bigint' && BigInt.asIntN(64, value) !== value)
    throw new DataError('out-of-range', 'PostgreSQL takes whole numbers of 64 bits.');
  return String(value);
}

/** Sums of whole numbers come as numeric; a mean that is asked for as a whole number is cut off. */
function decodeBigint(value: string | number | bigint): bigint {
  if (typeof value !== 'string') return BigInt(value);
  const point = value.indexOf('.');
  return BigInt(point < 0 ? value : value.slice(0, point));
}

/** Texts are refused here where the server would refuse them, or where UTF-8 could not carry them. */
export function encodeText(value: string): string {
  if (value.includes('\0'))
    throw new DataError('nul-character', 'PostgreSQL cannot store the character NUL in a text.');
  checkUnicode(value);
  return value;
}

/** The server's own error for what is no address would come only when the statement runs. */
function encodeAddress(value: string): string {
  if (isIP(value) === 0)
    throw new ValueError(
      'invalid-address',
      'A text that is no IPv4 or IPv6 address cannot be stored or compared as one.',
    );
  return value;
}

/** Dates have four digits of the year here; what a `Temporal.PlainDate` or `Date` of the library's range cannot be is refused. */
function checkedDate(value: string): string {
  if (value.charCodeAt(4) === 45 && !value.endsWith('BC')) return value;
  throw new DataError(
    'date-out-of-range',
    'The database holds a date outside of the years 1 to 9999, or an infinite one, which no date in JavaScript can be here.',
  );
}

/** `2024-02-29 12:30:45.5+00`: sessions are in UTC, so the offset says nothing. */
function decodeDatetime(value: string): string {
  const text = checkedDate(value);
  return text.charCodeAt(text.length - 3) === 43 ? text.slice(0, -3) : text;
}

const integer: Codec = { encode: encodeInteger, decode: decodeInteger };
const bigint: Codec = { encode: encodeInteger, decode: decodeBigint };
const text: Codec = { encode: encodeText, decode: identity };
/** Types that nobody told of: the driver goes by what the server says of the column (`wide`). */
const any: Codec = { encode: encodeAny, decode: identity, wide: true };

function encodeAny(value: unknown): string | Buffer {
  switch (typeof value) {
    case 'string':
      return encodeText(value);
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value);
    default:
      if (value instanceof Uint8Array) return bufferOf(value);
      throw new ValueError('invalid-parameter', 'An object or a list cannot be a parameter.');
  }
}

const codecs: Readonly<Record<string, Codec>> = {
  ...integerCodecs(integer, bigint),
  boolean: {
    encode: (value: boolean) => (value ? 't' : 'f'),
    decode: (value: string | boolean) => value === 't' || value === true,
  },
  float: { encode: String, decode: Number },
  decimal: { encode: String, decode: String },
  varchar: text,
  text,
  inet: { encode: encodeAddress, decode: identity },
  uuid: text,
  json: { encode: identity, decode: identity },
  date: { encode: identity, decode: checkedDate },
  time: { encode: identity, decode: identity },
  datetime: { encode: (value: string) => `${value}+00`, decode: decodeDatetime },
  duration: { encode: intervalText, decode: microsecondsOfInterval },
  binary: { encode: bufferOf, decode: decodeBytes },
  hstore: hstoreCodec(encodeText),
  any,
  unknown: any,
  null: any,
};

/** `\x0aff` as bytes. */
function decodeBytes(value: string | Uint8Array): Uint8Array {
  return typeof value === 'string' ? Buffer.from(value.slice(2), 'hex') : value;
}

/** Codecs of types that are made of others; a type lives as long as its field. */
const composed = new WeakMap<ColumnType, Codec>();

function composedCodec(type: ColumnType, element: ColumnType): Codec {
  return getOrMake(composed, type, () =>
    type.name === 'array' ? arrayCodec(elementCodec(element), false) : rangeCodec(codec(element)),
  );
}
/** A dimension inside an array is written with the array. */
const elementCodec = (type: ColumnType): Codec =>
  type.name === 'array' ? arrayCodec(elementCodec(type.element!), true) : codec(type);

/** How values of a type cross to PostgreSQL and back: as text in both directions, but bytes on the way there. */
export function codec(type: ColumnType): Codec {
  if (type.element !== undefined) return composedCodec(type, type.element);
  return Object.hasOwn(codecs, type.name) ? codecs[type.name]! : text;
}

const names: Readonly<Record<string, string>> = {
  smallAuto: 'smallint',
  auto: 'integer',
  bigAuto: 'bigint',
  smallint: 'smallint',
  integer: 'integer',
  bigint: 'bigint',
  positiveSmallint: 'smallint',
  positiveInteger: 'integer',
  positiveBigint: 'bigint',
  boolean: 'boolean',
  text: 'text',
  date: 'date',
  time: 'time',
  duration: 'interval',
  float: 'double precision',
  binary: 'bytea',
  uuid: 'uuid',
  inet: 'inet',
  json: 'jsonb',
  tsvector: 'tsvector',
  tsquery: 'tsquery',
  hstore: 'hstore',
  integerRange: 'int4range',
  bigintRange: 'int8range',
  decimalRange: 'numrange',
  datetimeRange: 'tstzrange',
  dateRange: 'daterange',
};

/** The type of a column as CREATE TABLE has it. */
export function columnSql(type: ColumnType): string {
  switch (type.name) {
    case 'array':
      return `${columnSql(type.element!)}[${type.size == null ? '' : wholeNumber(type.size)}]`;
    case 'varchar':
      return type.maxLength == null ? 'varchar' : `varchar(${wholeNumber(type.maxLength)})`;
    case 'decimal':
      return type.maxDigits == null
        ? 'numeric'
        : `numeric(${wholeNumber(type.maxDigits)}, ${wholeNumber(type.decimalPlaces ?? 0)})`;
    case 'datetime':
      // A Date holds milliseconds; with more digits in the column a value read back would not equal the one stored.
      return type.precision === 3 ? 'timestamp(3) with time zone' : 'timestamp with time zone';
    default:
      return Object.hasOwn(names, type.name) ? names[type.name]! : 'text';
  }
}

/** The type as CAST wants it. Datetimes keep all their digits: a cast would round them. */
export function castSql(type: ColumnType): string {
  if (type.name === 'array') return `${castSql(type.element!)}[]`;
  return type.name === 'datetime' ? 'timestamp with time zone' : columnSql(type);
}

/**
 * The type that a parameter is said to have, null where the server is to tell from the place. Without sizes: an explicit cast to
 * `varchar(3)` would cut the value off. Whole numbers are bigint, so that the same statement takes every number.
 */
export function parameterType(type: ColumnType): string | null {
  switch (type.name) {
    case 'smallAuto':
    case 'auto':
    case 'bigAuto':
    case 'smallint':
    case 'integer':
    case 'bigint':
    case 'positiveSmallint':
    case 'positiveInteger':
    case 'positiveBigint':
      return 'bigint';
    case 'varchar':
      return 'text';
    case 'decimal':
      return 'numeric';
    // As Django writes them. numeric takes part in ROUND, MOD and integer casts, and becomes a float beside one.
    case 'float':
      return 'numeric';
    case 'datetime':
      return 'timestamptz';
    case 'array':
      return arrayType(type);
    default:
      return Object.hasOwn(names, type.name) ? names[type.name]! : null;
  }
}

/** Arrays have no implicit casts: a parameter is of the very type that the column has, but without sizes. */
function arrayType({ element }: ColumnType): string {
  const { name } = element!;
  if (name === 'array') return arrayType(element!);
  return `${name === 'varchar' || name === 'decimal' ? columnSql({ name }) : castSql(element!)}[]`;
}

function wholeNumber(value: number): number {
  if (!Number.isSafeInteger(value) || value < 0)
    throw new ValueError('invalid-column-size', 'The size of a column must be a whole number.');
  return value;
}
