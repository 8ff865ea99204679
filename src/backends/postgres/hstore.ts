import type { Codec } from '../../compiler/dialect.js';
import { DataError } from '../../errors.js';

/** Texts by texts as the extension hstore spells them (postgresql.org/docs/current/hstore.html): `"a"=>"1", "b"=>NULL`. */

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;
const unquoted = (text: string): string => text.replace(/\\(.)/gs, '$1');

const PAIR = /\s*"((?:[^"\\]|\\.)*)"=>(?:"((?:[^"\\]|\\.)*)"|NULL)(?:,|$)/gsy;

function decode(text: string): ReadonlyMap<string, string | null> {
  const found = new Map<string, string | null>();
  let end = 0;
  for (const [pair, key, value] of text.matchAll(PAIR)) {
    found.set(unquoted(key!), value === undefined ? null : unquoted(value));
    end += pair.length;
  }
  if (end !== text.length)
    throw new DataError('malformed-hstore', 'The database gave keys and values that cannot be read.');
  return found;
}

/** How hstore crosses; `encodeText` refuses what no text of the database can be. */
export const hstoreCodec = (encodeText: (text: string) => string): Codec => ({
  encode: (pairs: ReadonlyMap<string, string | null>) =>
    [...pairs]
      .map(([key, value]) => `${quoted(encodeText(key))}=>${value === null ? 'NULL' : quoted(encodeText(value))}`)
      .join(', '),
  decode,
});
