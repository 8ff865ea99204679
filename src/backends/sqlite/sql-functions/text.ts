import { DataError } from '../../../errors.js';
import { hashing } from '../../../util/digest.js';
import { getOrMake } from '../../../util/get-or-make.js';
import { RecentMap } from '../../../util/recent-map.js';
import type { SqlFunction, SqlValue } from './sql-function.js';
import { strict } from './sql-function.js';

/** Compiled patterns. */
const patterns = new RecentMap<string, RegExp>(1000);

/** Inline flags at the start, as Python and PostgreSQL write them: `(?i)`. */
const INLINE_FLAGS = /^\(\?([a-zA-Z]+)\)/;

/** What other dialects of regular expressions write differently from JavaScript's. */
const spelling = (source: string): string =>
  source
    .replace(/\(\?P</g, '(?<')
    .replace(/\(\?P=(\w+)\)/g, '\\k<$1>')
    .replace(/\\A/g, '^')
    .replace(/\\Z/g, '$');

const patternOf = (source: string): RegExp => getOrMake(patterns, source, compilePattern);

function compilePattern(source: string): RegExp {
  const inline = INLINE_FLAGS.exec(source);
  const flags = [...(inline?.[1] ?? '')].filter((flag) => 'ims'.includes(flag)).join('');
  const body = spelling(inline === null ? source : source.slice(inline[0].length));
  try {
    // By code points; escapes that only the older syntax allows fall back to it.
    return new RegExp(body, `${flags}u`);
  } catch {
    try {
      return new RegExp(body, flags);
    } catch (error) {
      throw new DataError('invalid-regex', 'The pattern of a regular expression is not valid.', { cause: error });
    }
  }
}

const asText = (value: unknown): string =>
  value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : String(value);

const hash = (name: string, algorithm: string): SqlFunction =>
  strict(name, (value: unknown) => hashing().createHash(algorithm).update(asText(value)).digest('hex'), { arity: 1 });

const points = (value: unknown): string[] => [...asText(value)];

/** `fill` repeated to `size` characters. */
const filling = (fill: unknown, size: number): string => {
  const part = points(fill);
  return part.length === 0 ? '' : Array.from({ length: size }, (_, index) => part[index % part.length]).join('');
};

/** Longest text that a function makes; SQLite refuses longer ones itself. */
const MOST_CHARACTERS = 1_000_000_000;

export const textFunctions: readonly SqlFunction[] = [
  // `x REGEXP y` calls REGEXP(y, x); a match anywhere counts.
  strict(
    'REGEXP',
    (pattern: unknown, value: unknown): SqlValue => (patternOf(asText(pattern)).test(asText(value)) ? 1n : 0n),
  ),
  strict('LPAD', (value: unknown, size: number, fill: unknown) => {
    const text = points(value);
    return text.length >= size
      ? text.slice(0, Math.max(size, 0)).join('')
      : filling(fill, size - text.length) + text.join('');
  }),
  strict('RPAD', (value: unknown, size: number, fill: unknown) => {
    const text = points(value);
    return text.length >= size
      ? text.slice(0, Math.max(size, 0)).join('')
      : text.join('') + filling(fill, size - text.length);
  }),
  strict('REPEAT', (value: unknown, count: number) => {
    const text = asText(value);
    if (text.length * count > MOST_CHARACTERS)
      throw new DataError('text-too-long', 'REPEAT would make a text that SQLite cannot hold.');
    return count > 0 ? text.repeat(count) : '';
  }),
  strict('REVERSE', (value: unknown) => points(value).reverse().join('')),
  // The distinct texts that JSON_GROUP_ARRAY gathered, joined; NULL for none, as GROUP_CONCAT has it.
  strict('JSON_JOIN', (list: string, separator: unknown) => {
    const values = JSON.parse(list) as unknown[];
    return values.length === 0 ? null : values.join(asText(separator));
  }),
  hash('MD5', 'md5'),
  hash('SHA1', 'sha1'),
  hash('SHA224', 'sha224'),
  hash('SHA256', 'sha256'),
  hash('SHA384', 'sha384'),
  hash('SHA512', 'sha512'),
];
