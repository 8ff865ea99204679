import type { Codec } from '../../compiler/dialect.js';
import { DataError, ValueError } from '../../errors.js';
import type { ColumnType } from '../../sql/value-type.js';
import { identity } from '../../sql/value-type.js';
import { Decimal } from '../../util/decimal.js';
import { bareUuid, bufferOf, checkUnicode, integerCodecs, notWhole, unsafeInteger } from '../codecs.js';
import { DecimalValue } from './driver-values.js';
import type { ServerFacts } from './server-facts.js';

/** Division gives fractions where a whole number is meant, which is what is left of them. */
function decodeInteger(value: number | string | bigint): number {
  const number = Math.trunc(Number(value));
  if (Number.isSafeInteger(number)) return number;
  throw unsafeInteger();
}

/** Numbers are sent as doubles, so whole numbers go as bigint. */
function encodeInteger(value: number | bigint): bigint {
  if (typeof value === 'bigint') {
    // BIGINT UNSIGNED reaches further up than BIGINT
    if (value <= 18_446_744_073_709_551_615n && value >= -9_223_372_036_854_775_808n) return value;
    throw new DataError('out-of-range', 'MySQL takes whole numbers of 64 bits.');
  }
  if (!Number.isSafeInteger(value)) throw notWhole();
  return BigInt(value);
}

function decodeBigint(value: number | string | bigint): bigint {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return BigInt(Math.round(value));
  const point = value.indexOf('.');
  return BigInt(point < 0 ? value : value.slice(0, point));
}

/** Means and products of spans have fractions of microseconds. */
function decodeDuration(value: number | string | bigint): bigint {
  if (typeof value === 'string' && value.includes('.')) return BigInt(new Decimal(value).toDecimalPlaces(0).toFixed());
  return decodeBigint(value);
}

function encodeText(value: string): string {
  checkUnicode(value);
  return value;
}

function encodeFloat(value: number): number {
  if (Number.isFinite(value)) return value === 0 ? 0 : value;
  throw new ValueError('not-a-number', 'MySQL cannot store NaN or an infinite number.');
}

/** `0000-00-00` and dates with a month or day 0, which old servers and lax modes let in. */
function checkedDate(value: string): string {
  const text = String(value);
  if (/^0000|^....-00|^....-..-00/.test(text))
    throw new DataError('zero-date', 'The database holds a date of zeros, which is no date.');
  return text;
}

/** A document as it is, unless it is nested deeper than the server's functions can read. */
const documentEncoder =
  (most: number, server: string) =>
  (text: string): string => {
    if (isDeeperThan(text, most))
      throw new DataError('json-depth', `${server} reads JSON documents nested at most ${most} levels deep.`);
    return text;
  };
const encodeMariadbJson = documentEncoder(31, 'MariaDB');
const encodeMysqlJson = documentEncoder(100, 'MySQL');

function isDeeperThan(text: string, most: number): boolean {
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    switch (text.charCodeAt(index)) {
      case 34: // " and all up to its partner
        for (index += 1; index < text.length && text.charCodeAt(index) !== 34; index += 1)
          if (text.charCodeAt(index) === 92) index += 1;
        break;
      case 91:
      case 123:
        depth += 1;
        if (depth > most) return true;
        break;
      case 93:
      case 125:
        depth -= 1;
        break;
      default:
    }
  }
  return false;
}

/** Six digits of a fraction: values written as texts are compared as they stand in places. */
const encodeTime = (value: string): string => {
  const point = value.indexOf('.');
  return point < 0 ? `${value}.000000` : value.padEnd(point + 7, '0');
};

/** Functions of texts and numbers may give bytes, and sums of texts numbers. */
const decodeText = (value: string | number | Uint8Array): string | number =>
  value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : value;

const integer: Codec = { encode: encodeInteger, decode: decodeInteger };
const bigint: Codec = { encode: encodeInteger, decode: decodeBigint };
const text: Codec = { encode: encodeText, decode: decodeText };
/** Types that nobody told of: whole numbers of 64 bits are known by what the server says of the column. */
const any: Codec = { encode: encodeAny, decode: identity, wide: true };

/** By its kind, where no type says what it is. */
function encodeAny(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
      return encodeText(value);
    case 'number':
      return Number.isSafeInteger(value) ? BigInt(value) : encodeFloat(value);
    case 'bigint':
    case 'boolean':
      return value;
    default:
      if (value instanceof Uint8Array) return bufferOf(value);
      throw new ValueError('invalid-parameter', 'An object or a list cannot be a parameter.');
  }
}

const codecs: Readonly<Record<string, Codec>> = {
  ...integerCodecs(integer, bigint),
  duration: { encode: encodeInteger, decode: decodeDuration },
  boolean: { encode: (value: boolean) => (value ? 1n : 0n), decode: (value) => Number(value) !== 0 },
  float: { encode: encodeFloat, decode: Number },
  decimal: { encode: (value: string | number) => new DecimalValue(String(value)), decode: String },
  varchar: text,
  text,
  inet: text,
  date: { encode: identity, decode: checkedDate },
  time: { encode: encodeTime, decode: decodeText },
  datetime: { encode: identity, decode: checkedDate },
  binary: {
    encode: bufferOf,
    decode: (value: Uint8Array | string) => (typeof value === 'string' ? Buffer.from(value) : value),
  },
  any,
  unknown: any,
  null: any,
};

/** Types and codecs for a server. */
export function columnTypes({ isMariaDB, version }: ServerFacts) {
  const hasUuid = isMariaDB && (version[0] > 10 || version[1] >= 7);
  const uuid: Codec = hasUuid ? { encode: identity, decode: String } : bareUuid;

  const json: Codec = { encode: isMariaDB ? encodeMariadbJson : encodeMysqlJson, decode: decodeText };

  const codec = (type: ColumnType): Codec => {
    if (type.name === 'uuid') return uuid;
    if (type.name === 'json') return json;
    return Object.hasOwn(codecs, type.name) ? codecs[type.name]! : text;
  };
  const columnSql = (type: ColumnType): string => (type.name === 'uuid' && hasUuid ? 'uuid' : plainColumnSql(type));
  const castSql = (type: ColumnType): string => (type.name === 'uuid' && hasUuid ? 'uuid' : plainCastSql(type));
  return { codec, columnSql, castSql };
}

const names: Readonly<Record<string, string>> = {
  smallAuto: 'smallint',
  auto: 'integer',
  bigAuto: 'bigint',
  smallint: 'smallint',
  integer: 'integer',
  bigint: 'bigint',
  positiveSmallint: 'smallint UNSIGNED',
  positiveInteger: 'integer UNSIGNED',
  positiveBigint: 'bigint UNSIGNED',
  boolean: 'bool',
  text: 'longtext',
  date: 'date',
  time: 'time(6)',
  duration: 'bigint',
  float: 'double precision',
  binary: 'longblob',
  uuid: 'char(32)',
  inet: 'char(39)',
  json: 'json',
};

function plainColumnSql(type: ColumnType): string {
  switch (type.name) {
    case 'varchar':
      if (type.maxLength == null)
        throw new ValueError('max-length-required', 'On MySQL every CharField needs a maxLength.');
      return `varchar(${wholeNumber(type.maxLength)})`;
    case 'decimal':
      return `numeric(${wholeNumber(type.maxDigits ?? 65)}, ${wholeNumber(type.decimalPlaces ?? 30)})`;
    case 'datetime':
      // A Date holds milliseconds; with more digits in the column a value read back would not equal the one stored.
      return type.precision === 3 ? 'datetime(3)' : 'datetime(6)';
    default:
      return Object.hasOwn(names, type.name) ? names[type.name]! : 'longtext';
  }
}

/** CAST knows other names than CREATE TABLE (dev.mysql.com/doc/refman/8.0/en/cast-functions.html). */
function plainCastSql(type: ColumnType): string {
  switch (type.name) {
    case 'smallAuto':
    case 'auto':
    case 'bigAuto':
    case 'smallint':
    case 'integer':
    case 'bigint':
    case 'boolean':
    case 'duration':
      return 'signed integer';
    case 'positiveSmallint':
    case 'positiveInteger':
    case 'positiveBigint':
      return 'unsigned integer';
    case 'varchar':
      return type.maxLength == null ? 'char' : `char(${wholeNumber(type.maxLength)})`;
    case 'decimal':
      return `decimal(${wholeNumber(type.maxDigits ?? 65)}, ${wholeNumber(type.decimalPlaces ?? 30)})`;
    case 'float':
      return 'double';
    case 'date':
      return 'date';
    case 'time':
      return 'time(6)';
    case 'datetime':
      return 'datetime(6)';
    case 'binary':
      return 'binary';
    case 'uuid':
      return 'char(32)';
    case 'inet':
      return 'char(39)';
    default:
      return 'char';
  }
}

function wholeNumber(value: number): number {
  if (!Number.isSafeInteger(value) || value < 0)
    throw new ValueError('invalid-column-size', 'The size of a column must be a whole number.');
  return value;
}
