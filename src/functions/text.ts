import { charField, integerField } from '../expressions/types.js';
import { Value } from '../expressions/value.js';
import { atLeast, checkNumber, defineFunction, sameType } from './define.js';

type Unary = [expression: unknown, options?: object];

/** Of one text, giving its type. */
const same = (label: string, sql = label.toUpperCase()) =>
  defineFunction<Unary>(label, { sql, arity: 1, type: sameType, transform: label.toLowerCase() });
/** Of one text, giving a whole number. */
const whole = (label: string, sql: string) =>
  defineFunction<Unary>(label, { sql, arity: 1, type: integerField, transform: label.toLowerCase() });
/** Of a text and how many characters. */
const part = (label: string, sql: string) =>
  defineFunction<[expression: unknown, length: unknown, options?: object]>(label, {
    sql,
    arity: 2,
    type: charField,
    read: (args) => {
      checkNumber(args[1], 1, "'length' must be greater than 0.");
      return args;
    },
  });
/** Of a text, a length and what fills it up. */
const pad = (label: string, sql: string) =>
  defineFunction<[expression: unknown, length: unknown, fill?: unknown, options?: object]>(label, {
    sql,
    arity: 3,
    type: charField,
    read: ([expression, length, fill = Value(' '), ...more]) => {
      checkNumber(length, 0, "'length' must be greater or equal to 0.");
      return [expression, length, fill, ...more];
    },
  });

/** The MD5 hash as hexadecimal text. SQL: `MD5(x)` @example MD5("email") */
export const MD5 = same('MD5');
/** The SHA-1 hash as hexadecimal text. SQL: `SHA1(x)` @example SHA1("email") */
export const SHA1 = same('SHA1');
/** The SHA-224 hash as hexadecimal text. SQL: `SHA224(x)` @example SHA224("email") */
export const SHA224 = same('SHA224');
/** The SHA-256 hash as hexadecimal text. SQL: `SHA256(x)` @example SHA256("email") */
export const SHA256 = same('SHA256');
/** The SHA-384 hash as hexadecimal text. SQL: `SHA384(x)` @example SHA384("email") */
export const SHA384 = same('SHA384');
/** The SHA-512 hash as hexadecimal text. SQL: `SHA512(x)` @example SHA512("email") */
export const SHA512 = same('SHA512');

/** The character with this number. SQL: `CHR(n)` @example Chr(Value(65)) */
export const Chr = defineFunction<Unary>('Chr', { sql: 'CHR', arity: 1, type: charField, transform: 'chr' });
/**
 * Texts one behind the other, two or more; NULL counts as empty. SQL: `CONCAT(a, b)`
 *
 * @example
 * await Author.objects.annotate({ name: Concat("first", Value(" "), "last") });
 */
export const Concat = defineFunction<unknown[]>('Concat', { sql: 'CONCAT', arity: atLeast(2), type: sameType });
/** `Concat` of exactly two texts. SQL: `CONCAT(a, b)` @example ConcatPair("first", "last") */
export const ConcatPair = defineFunction<[first: unknown, second: unknown, options?: object]>('ConcatPair', {
  sql: 'CONCAT',
  arity: 2,
  type: sameType,
});
/** The first characters, at least one. SQL: `LEFT(x, n)` @example Left("name", 3) */
export const Left = part('Left', 'LEFT');
/** How many characters. SQL: `LENGTH(x)` @example Length("name") */
export const Length = whole('Length', 'LENGTH');
/** In small letters. SQL: `LOWER(x)` @example Lower("name") */
export const Lower = same('Lower');
/** Filled up on the left to a length, or cut to it. SQL: `LPAD(x, n, fill)` @example LPad("code", 8, Value("0")) */
export const LPad = pad('LPad', 'LPAD');
/** Without blanks at the beginning. SQL: `LTRIM(x)` @example LTrim("name") */
export const LTrim = same('LTrim');
/** The number of the first character. SQL: `ORD(x)` @example Ord("name") */
export const Ord = whole('Ord', 'ORD');
/** The text several times. SQL: `REPEAT(x, n)` @example Repeat("name", 2) */
export const Repeat = defineFunction<[expression: unknown, number: unknown, options?: object]>('Repeat', {
  sql: 'REPEAT',
  arity: 2,
  type: charField,
  read: (args) => {
    checkNumber(args[1], 0, "'number' must be greater or equal to 0.");
    return args;
  },
});
/** With every occurrence replaced, by nothing when not given. SQL: `REPLACE(x, a, b)` @example Replace("name", Value("-"), Value(" ")) */
export const Replace = defineFunction<[expression: unknown, text: unknown, replacement?: unknown, options?: object]>(
  'Replace',
  {
    sql: 'REPLACE',
    arity: 3,
    type: sameType,
    read: ([expression, text, replacement = Value(''), ...more]) => [expression, text, replacement, ...more],
  },
);
/** From the last character to the first. SQL: `REVERSE(x)` @example Reverse("name") */
export const Reverse = same('Reverse');
/** The last characters, at least one. SQL: `RIGHT(x, n)` @example Right("name", 3) */
export const Right = part('Right', 'RIGHT');
/** Filled up on the right to a length, or cut to it. SQL: `RPAD(x, n, fill)` @example RPad("code", 8, Value(".")) */
export const RPad = pad('RPad', 'RPAD');
/** Without blanks at the end. SQL: `RTRIM(x)` @example RTrim("name") */
export const RTrim = same('RTrim');
/** Where a text is found, 1 for the first character; 0 where it is not. SQL: `STRINDEX(x, text)` @example StrIndex("name", Value("a")) */
export const StrIndex = defineFunction<[expression: unknown, substring: unknown, options?: object]>('StrIndex', {
  sql: 'STRINDEX',
  arity: 2,
  type: integerField,
});
/** Characters from a position, 1 for the first, to the end or as many as given. SQL: `SUBSTRING(x, pos, n)` @example Substr("name", 2, 3) */
export const Substr = defineFunction<[expression: unknown, position: unknown, length?: unknown, options?: object]>(
  'Substr',
  {
    sql: 'SUBSTRING',
    arity: [2, 3],
    type: charField,
    read: ([expression, position, length, ...more]) => {
      checkNumber(position, 1, "'pos' must be greater than 0");
      return length === undefined || length === null
        ? [expression, position, ...more]
        : [expression, position, length, ...more];
    },
  },
);
/** Without blanks at both ends. SQL: `TRIM(x)` @example Trim("name") */
export const Trim = same('Trim');
/** In capital letters. SQL: `UPPER(x)` @example Upper("name") */
export const Upper = same('Upper');
