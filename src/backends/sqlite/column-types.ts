import type { Codec } from '../../compiler/dialect.js';
import { DataError, ValueError } from '../../errors.js';
import type { ColumnType } from '../../sql/value-type.js';
import { identity } from '../../sql/value-type.js';
import { getOrMake } from '../../util/get-or-make.js';
import { bareUuid, bufferOf, integerCodecs, notWhole, unsafeInteger } from '../codecs.js';
import {
  decodeDecimal,
  decodeDecimalColumn,
  encodeDecimal,
  encodeDecimalColumn,
  isTextDecimal,
} from './decimal-form.js';

/** A number where SQLite gives one, a bigint where the statement reads 64 bits; beyond 2^53 − 1 an error, never a rounded number. */
function safeNumber(value: number | bigint): number {
  const number = typeof value === 'bigint' ? Number(value) : value;
  if (number > Number.MAX_SAFE_INTEGER || number < Number.MIN_SAFE_INTEGER) throw unsafeInteger();
  return number;
}

/**
 * Whole numbers are bound as bigint: better-sqlite3 and node:sqlite bind every number as REAL, and then `7 / 2` would be 3.5
 * and `5 || ''` would be '5.0'.
 */
function encodeInteger(value: number | bigint): bigint {
  if (typeof value === 'bigint') {
    if (BigInt.asIntN(64, value) !== value)
      throw new DataError('out-of-range', 'SQLite takes whole numbers of 64 bits.');
    return value;
  }
  if (!Number.isSafeInteger(value)) throw notWhole();
  return BigInt(value);
}

function encodeFloat(value: number): number {
  // SQLite would store NULL without a word.
  if (Number.isNaN(value)) throw new ValueError('not-a-number', 'SQLite cannot store NaN.');
  return value;
}

/** One spelling for one moment, since texts are compared: six digits of fraction, or none where they are all zero. */
function encodeClock(text: string): string {
  // `2024-02-29 12:30:45`; to look into a text that was just put together takes longer than all else here
  if (text.length === 19) return text;
  const point = text.lastIndexOf('.');
  if (point < 0) return text;
  // as the library writes it
  if (point === text.length - 7 && !text.endsWith('000000')) return text;
  const fraction = text.slice(point + 1);
  if (/^0*$/.test(fraction)) return text.slice(0, point);
  return `${text.slice(0, point)}.${fraction.padEnd(6, '0').slice(0, 6)}`;
}

/** Paths into a document give bare texts and numbers; a text that is no document by itself stands for a string. */
function decodeJson(value: string | number | bigint): string {
  if (typeof value !== 'string') return String(value);
  const first = value.charCodeAt(0);
  // { [ " or one of the first characters of a number, true, false, null: may be a document.
  if (first === 123 || first === 91 || first === 34) return value;
  try {
    JSON.parse(value);
    return value;
  } catch {
    return JSON.stringify(value);
  }
}

/** An expression may give a fraction where its type says integer (`rating * 100`): it is cut off, as by a cast. */
const wholePart = (value: number | bigint): number => safeNumber(typeof value === 'number' ? Math.trunc(value) : value);

/** A number for the bigint that it holds. */
const narrowed = <T>(value: T): T | number =>
  typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : value;

const integer: Codec = { encode: encodeInteger, decode: wholePart, decodeColumn: safeNumber };
const bigint: Codec = { encode: encodeInteger, decode: identity, wide: true };
const text: Codec = { encode: identity, decode: identity };
const clock: Codec = { encode: encodeClock, decode: identity };

const codecs: Readonly<Record<string, Codec>> = {
  ...integerCodecs(integer, bigint),
  // Division and multiplication of spans give fractions of microseconds.
  duration: {
    ...bigint,
    decode: (value: number | bigint) => (typeof value === 'bigint' ? value : BigInt(Math.round(value))),
  },
  boolean: { encode: (value: boolean) => (value ? 1n : 0n), decode: Boolean },
  float: { encode: encodeFloat, decode: Number },
  // What nothing is known of may be anything, 64 bits included; a number comes alike whatever stands beside it or in other rows.
  any: { ...text, decode: narrowed, wide: true },
  varchar: text,
  text,
  inet: text,
  date: text,
  time: clock,
  datetime: clock,
  // Without hyphens, as Django stores it.
  uuid: bareUuid,
  json: { encode: identity, decode: decodeJson },
  binary: { encode: bufferOf, decode: identity },
};

const decimals = new WeakMap<ColumnType, Codec>();

function decimalCodec(type: ColumnType): Codec {
  const places = type.decimalPlaces ?? null;
  return {
    encode: (value: string | number) => encodeDecimal(String(value), type),
    decode: decodeDecimal,
    ...(places === null
      ? {}
      : {
          decodeColumn: (value: number | bigint | string) => decodeDecimalColumn(value, places),
          encodeColumn: (value: string | number) => encodeDecimalColumn(String(value), type, places),
        }),
  };
}

/** How values of a type cross to SQLite's drivers and back. */
export function codec(type: ColumnType): Codec {
  if (type.name === 'decimal') return getOrMake(decimals, type, decimalCodec);
  return Object.hasOwn(codecs, type.name) ? codecs[type.name]! : text;
}

const names: Readonly<Record<string, string>> = {
  // Only `integer` makes an automatic key; SQLite's integers have 64 bits whatever they are called.
  smallAuto: 'integer',
  auto: 'integer',
  bigAuto: 'integer',
  smallint: 'smallint',
  integer: 'integer',
  bigint: 'bigint',
  positiveSmallint: 'smallint unsigned',
  positiveInteger: 'integer unsigned',
  positiveBigint: 'bigint unsigned',
  boolean: 'bool',
  text: 'text',
  date: 'date',
  time: 'time',
  datetime: 'datetime',
  duration: 'bigint',
  float: 'real',
  binary: 'BLOB',
  uuid: 'char(32)',
  inet: 'char(39)',
  json: 'text',
};

/** The type of a column as CREATE TABLE has it; its words decide how SQLite converts what is stored. */
export function columnSql(type: ColumnType): string {
  if (type.name === 'varchar') return type.maxLength == null ? 'varchar' : `varchar(${wholeNumber(type.maxLength)})`;
  if (type.name === 'decimal') {
    // The word TEXT keeps SQLite from making numbers of it.
    return isTextDecimal(type)
      ? `decimal text(${wholeNumber(type.maxDigits!)}, ${wholeNumber(type.decimalPlaces ?? 0)})`
      : 'decimal';
  }
  return Object.hasOwn(names, type.name) ? names[type.name]! : 'text';
}

/** The type as CAST wants it: SQLite knows five, the rest are names for them. */
export function castSql(type: ColumnType): string {
  switch (type.name) {
    case 'decimal':
      return isTextDecimal(type) ? 'text' : 'NUMERIC';
    case 'duration':
      return 'bigint';
    default:
      return columnSql(type);
  }
}

/** Throws unless `value` can be the size of a column, which is written into SQL. */
export function wholeNumber(value: number): number {
  if (!Number.isSafeInteger(value) || value < 0)
    throw new ValueError('invalid-column-size', 'The size of a column must be a whole number.');
  return value;
}
