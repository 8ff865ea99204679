/** The column types that every backend knows; a backend may know more (arrays, ranges). */
export type ColumnTypeName =
  | 'smallAuto'
  | 'auto'
  | 'bigAuto'
  | 'smallint'
  | 'integer'
  | 'bigint'
  | 'positiveSmallint'
  | 'positiveInteger'
  | 'positiveBigint'
  | 'boolean'
  | 'varchar'
  | 'text'
  | 'date'
  | 'time'
  | 'datetime'
  | 'duration'
  | 'decimal'
  | 'float'
  | 'binary'
  | 'uuid'
  | 'inet'
  | 'json';

/** What a column holds, as data; the backend's `column-types.ts` says how its database spells it. */
export interface ColumnType {
  readonly name: ColumnTypeName | (string & {});
  /** varchar: the longest text, in characters; null for no limit. */
  readonly maxLength?: number | null;
  /** decimal: all digits, and those after the point. */
  readonly maxDigits?: number | null;
  readonly decimalPlaces?: number | null;
  /** datetime: digits after the second's point; 3 is what a `Date` holds, 6 what the databases hold. */
  readonly precision?: 3 | 6;
  readonly collation?: string | null;
}

/**
 * A value between the field's meaning and the driver's shape. Null stands for SQL NULL; otherwise, by column type:
 * - smallint, integer, auto …: number; bigint, positiveBigint, bigAuto: bigint or number (whole)
 * - float: number; decimal: string such as `-12.50`; boolean: boolean
 * - varchar, text, inet: string; uuid: string, 36 characters with hyphens, lower case
 * - date: `2024-02-29`; time: `18:15:00` or `18:15:00.500000`; datetime: `2024-02-29 12:30:45.123456`, always UTC, no zone
 * - duration: bigint, whole microseconds; json: string, the document's text; binary: Uint8Array
 */
export type DbValue = null | string | number | bigint | boolean | Uint8Array;

/** How a value crosses to the database and back: what a field knows, without its name. Neither function ever meets null. */
export interface ValueType<T = any> {
  readonly columnType: ColumnType;
  /** From JavaScript's meaning to the neutral form. Throws ValueError or TypeError for what it cannot hold. */
  toDb(value: T): DbValue;
  /** From the neutral form to JavaScript's meaning. `identity` where nothing is to be done, so that readers skip it. */
  fromDb(value: any): T;
  /** Of a tuple (a composite key) the types of its parts. Only these cross to the database: a tuple is never sent as one value. */
  readonly parts?: readonly ValueType[];
}

/** The conversion that changes nothing; compared by identity where a step can be left out. */
export const identity = <T>(value: T): T => value;
