import { ValueError } from '../../errors.js';
import type { DbValue } from '../../sql/value-type.js';
import { checkIdentifier } from '../identifiers.js';
import { DecimalValue } from './driver-values.js';

/** mysql2 reads no column that is called so, and closes the session. */
const UNREADABLE: ReadonlySet<string> = new Set([
  '__defineGetter__',
  '__defineSetter__',
  '__lookupGetter__',
  '__lookupSetter__',
  '__proto__',
]);

/** `name` in backticks; a backtick inside is doubled. */
export function quoteName(identifier: string): string {
  checkIdentifier(identifier);
  if (identifier.length > 64) throw new ValueError('invalid-identifier', 'A name in MySQL has 64 characters at most.');
  if (UNREADABLE.has(identifier))
    throw new ValueError(
      'invalid-identifier',
      'The driver of MySQL cannot read columns with a name of Object.prototype.',
    );
  return `\`${identifier.replaceAll('`', '``')}\``;
}

const ESCAPES: Readonly<Record<string, string>> = {
  "'": "''",
  '\\': '\\\\',
  '\0': '\\0',
  '\n': '\\n',
  '\r': '\\r',
  '\x1a': '\\Z',
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that MySQL wants escaped
const ESCAPED = /['\\\0\n\r\x1a]/g;

/** A text as SQL, for sessions in which a backslash escapes (every session of this backend). */
export const quoteText = (text: string): string => `'${text.replace(ESCAPED, (character) => ESCAPES[character]!)}'`;

/** A value in the driver's form as text, for the definitions of tables. */
export function literalOf(value: DbValue, encoded: unknown): string {
  if (value === null) return 'NULL';
  switch (typeof encoded) {
    case 'boolean':
      return encoded ? '1' : '0';
    case 'bigint':
    case 'number':
      return encoded < 0 ? `(${encoded})` : String(encoded);
    case 'string':
      return quoteText(encoded);
    default:
      if (encoded instanceof DecimalValue) {
        if (!/^-?\d+(\.\d+)?$/.test(encoded.text))
          throw new ValueError('invalid-literal', 'A decimal in the definition of a table must be a plain number.');
        return encoded.text.startsWith('-') ? `(${encoded.text})` : encoded.text;
      }
      return `X'${Buffer.from(encoded as Uint8Array).toString('hex')}'`;
  }
}
