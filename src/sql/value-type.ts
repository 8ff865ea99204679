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

/** A part of `contrib/`: what one database alone has. */
export type ContribName = 'postgres';

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
  /** array: the type of the elements, itself an array where there are more dimensions; range: the type of the bounds. */
  readonly element?: ColumnType;
  /** array: the most elements, as the definition of the column says; null for no limit. */
  readonly size?: number | null;
  /** The part of `contrib/` that the type is of, where only one database has it; the others refuse it. */
  readonly contrib?: ContribName | null;
}

/**
 * A value between the field's meaning and the driver's shape. Null stands for SQL NULL; otherwise, by column type:
 * - smallint, integer, auto …: number; bigint, positiveBigint, bigAuto: bigint or number (whole)
 * - float: number; decimal: string such as `-12.50`; boolean: boolean
 * - varchar, text, inet: string; uuid: string, 36 characters with hyphens, lower case
 * - date: `2024-02-29`; time: `18:15:00` or `18:15:00.500000`; datetime: `2024-02-29 12:30:45.123456`, always UTC, no zone
 * - duration: bigint, whole microseconds; json: string, the document's text; binary: Uint8Array
 * - array: a list of its elements' neutral forms; a range: `DbRange`; hstore: a Map from text to text or null
 */
export type DbValue =
  | null
  | string
  | number
  | bigint
  | boolean
  | Uint8Array
  | readonly DbValue[]
  | DbRange
  | ReadonlyMap<string, string | null>;

/** A range of values; a bound that is null is none. `bounds` says which bounds belong to it; null stands for the empty range. */
export interface DbRange {
  readonly lower: DbValue;
  readonly upper: DbValue;
  readonly bounds: '[]' | '[)' | '(]' | '()' | null;
}

/** How a value crosses to the database and back: what a field knows, without its name. Neither function ever meets null. */
export interface ValueType<T = any> {
  readonly columnType: ColumnType;
  /** From JavaScript's meaning to the neutral form. Throws ValueError or TypeError for what it cannot hold. */
  toDb(value: T): DbValue;
  /** From the neutral form to JavaScript's meaning. `identity` where nothing is to be done, so that readers skip it. */
  fromDb(value: any): T;
  /** Of a tuple (a composite key) the types of its parts. Only these cross to the database: a tuple is never sent as one value. */
  readonly parts?: readonly ValueType[];
  /** Whether values are on their way into a column, which holds whole numbers of its range and so many places: elsewhere any may stand. */
  readonly limited?: boolean;
}

/** The conversion that changes nothing; compared by identity where a step can be left out. */
export const identity = <T>(value: T): T => value;
