import type { Codec } from '../../compiler/dialect.js';
import { DataError } from '../../errors.js';
import type { DbValue } from '../../sql/value-type.js';

/**
 * Arrays as PostgreSQL spells them (postgresql.org/docs/current/arrays.html#ARRAYS-IO): `{1,NULL,"a, b"}`, one pair of braces for
 * each dimension.
 */

/** Values of a list as one array; each value in its driver's form. */
export function arrayText(values: readonly unknown[]): string {
  return `{${values.map(elementText).join(',')}}`;
}

function elementText(value: unknown): string {
  if (value === null) return 'NULL';
  if (Array.isArray(value)) return arrayText(value);
  const text = value instanceof Uint8Array ? `\\x${Buffer.from(value).toString('hex')}` : String(value);
  return /^-?[0-9]+$/.test(text) ? text : `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** An array as lists of texts and nulls. */
type Texts = readonly (string | null | Texts)[];

const OPEN = 123;
const CLOSE = 125;
const COMMA = 44;
const QUOTE = 34;
const BACKSLASH = 92;

class Reader {
  #at: number;
  constructor(readonly text: string) {
    // `[0:2]={…}`: positions that do not count from 1, which mean nothing to a list.
    this.#at = text.charCodeAt(0) === OPEN ? 0 : text.indexOf('{');
    if (this.#at < 0) throw malformed();
  }

  array(): Texts {
    const items: (string | null | Texts)[] = [];
    const { text } = this;
    this.#at++;
    if (text.charCodeAt(this.#at) === CLOSE) {
      this.#at++;
      return items;
    }
    for (;;) {
      const code = text.charCodeAt(this.#at);
      items.push(code === OPEN ? this.array() : code === QUOTE ? this.#quoted() : this.#bare());
      const next = text.charCodeAt(this.#at++);
      if (next === CLOSE) return items;
      if (next !== COMMA) throw malformed();
    }
  }

  #bare(): string | null {
    const start = this.#at;
    const { text } = this;
    for (;;) {
      const code = text.charCodeAt(this.#at);
      if (code === COMMA || code === CLOSE) break;
      if (Number.isNaN(code)) throw malformed();
      this.#at++;
    }
    const item = text.slice(start, this.#at);
    return item === 'NULL' ? null : item;
  }

  #quoted(): string {
    const { text } = this;
    let item = '';
    let from = ++this.#at;
    for (;;) {
      const code = text.charCodeAt(this.#at);
      if (code === QUOTE) return item + text.slice(from, this.#at++);
      if (Number.isNaN(code)) throw malformed();
      if (code === BACKSLASH) {
        item += text.slice(from, this.#at);
        from = ++this.#at;
      }
      this.#at++;
    }
  }
}

const malformed = (): DataError => new DataError('malformed-array', 'The database gave an array that cannot be read.');

/** How arrays of a type cross, by how their elements do. Elements that are arrays themselves have such a codec of their own. */
export function arrayCodec(element: Codec, isNested: boolean): Codec {
  const encodeItems = (items: readonly DbValue[]): unknown[] =>
    items.map((item) => (item === null ? null : element.encode(item)));
  const decodeItems = (items: Texts): readonly DbValue[] =>
    items.map((item) => (item === null ? null : (element.decode(item) as DbValue)));
  // A dimension inside another is part of the same text, so that its codec takes and gives lists.
  return {
    encode: (items: readonly DbValue[]) => (isNested ? encodeItems(items) : arrayText(encodeItems(items))),
    decode: (given: string | Texts) => decodeItems(typeof given === 'string' ? new Reader(given).array() : given),
  };
}
