import { getOrMake } from '../../util/get-or-make.js';
import type { RecentMap } from '../../util/recent-map.js';
import { DecimalValue, ListValue } from './driver-values.js';

/** Longer lists are one document; so many placeholders would cost more to prepare than to read. */
const LONGEST = 1000;

const through = (list: ListValue, value: string): string => (list.through === '' ? value : `${list.through}(${value})`);

/** A statement's text in the pieces between its placeholders. */
function piecesOf(sql: string): readonly string[] {
  const pieces: string[] = [];
  let start = 0;
  let index = 0;
  while (index < sql.length) {
    const character = sql[index]!;
    if (character === '?') {
      pieces.push(sql.slice(start, index));
      start = index + 1;
    } else if (character === "'" || character === '"' || character === '`') {
      index = endOfQuoted(sql, index, character);
    }
    index++;
  }
  pieces.push(sql.slice(start));
  return pieces;
}

/** Where a quoted text or name ends; a doubled quote is two of them, and a backslash escapes in texts. */
function endOfQuoted(sql: string, start: number, quote: string): number {
  for (let index = start + 1; index < sql.length; index++) {
    if (sql[index] === '\\' && quote !== '`') index++;
    else if (sql[index] === quote) return index;
  }
  return sql.length;
}

/** The next power of two, so that lists of all lengths share few statements. */
function roundedUp(length: number): number {
  let size = 1;
  while (size < length) size *= 2;
  return Math.min(size, LONGEST);
}

const jsonOf = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(jsonOf).join(',')}]`;
  if (value instanceof Uint8Array) return JSON.stringify(Buffer.from(value).toString('hex'));
  if (value instanceof DecimalValue) return JSON.stringify(value.text);
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
};

/** Text and parameters for lists written out; `pieces` are kept in `known` for texts that come again. */
export function expandLists(
  sql: string,
  params: readonly unknown[],
  known: RecentMap<string, readonly string[]>,
): { readonly sql: string; readonly params: readonly unknown[] } {
  if (!params.some((param) => param instanceof ListValue)) return { sql, params };
  const pieces = getOrMake(known, sql, piecesOf);
  let text = pieces[0]!;
  const all: unknown[] = [];
  params.forEach((param, index) => {
    if (!(param instanceof ListValue)) {
      all.push(param);
      text += '?';
    } else if (param.values.length > LONGEST) {
      text += tableOf(param);
      all.push(`[${param.values.map(jsonOf).join(',')}]`);
    } else {
      const size = roundedUp(param.values.length);
      const one =
        typeof param.sqlType === 'string' ? through(param, '?') : `(${param.sqlType.map(() => '?').join(', ')})`;
      text += `${`${one}, `.repeat(size - 1)}${one}`;
      const last = param.values[param.values.length - 1] ?? null;
      all.push(...[...param.values, ...new Array<unknown>(size - param.values.length).fill(last)].flat());
    }
    text += pieces[index + 1]!;
  });
  return { sql: text, params: all };
}

/** `SELECT p0, p1 FROM JSON_TABLE(?, '$[*]' COLUMNS (p0 bigint PATH '$[0]', p1 longtext PATH '$[1]')) AS list`. */
function tableOfTuples(values: readonly unknown[], sqlTypes: readonly string[]): string {
  const [first] = values as readonly (readonly unknown[])[];
  const isBinary = (index: number): boolean => first?.[index] instanceof Uint8Array;
  const selected = sqlTypes.map((_, index) => (isBinary(index) ? `UNHEX(p${index})` : `p${index}`));
  const columns = sqlTypes.map((type, index) => `p${index} ${isBinary(index) ? 'longtext' : type} PATH '$[${index}]'`);
  return `SELECT ${selected.join(', ')} FROM JSON_TABLE(?, '$[*]' COLUMNS (${columns.join(', ')})) AS list`;
}

/** `SELECT value FROM JSON_TABLE(?, '$[*]' COLUMNS (value bigint PATH '$')) AS list`. */
function tableOf(list: ListValue): string {
  const { sqlType, values } = list;
  if (typeof sqlType !== 'string') return tableOfTuples(values, sqlType);
  const isBinary = values[0] instanceof Uint8Array;
  return `SELECT ${isBinary ? 'UNHEX(value)' : through(list, 'value')} FROM JSON_TABLE(?, '$[*]' COLUMNS (value ${isBinary ? 'longtext' : sqlType} PATH '$')) AS list`;
}
