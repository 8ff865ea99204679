import type { Codec } from '../compiler/dialect.js';
import { DataError, ValueError } from '../errors.js';

/** A whole number of the database that is no number in JavaScript. */
export const unsafeInteger = (): DataError =>
  new DataError(
    'unsafe-integer',
    'The database holds a whole number beyond 2^53 - 1, which a JavaScript number cannot hold. Use a BigIntegerField.',
  );

/** A number that was given where a whole one is meant. */
export const notWhole = (): ValueError => new ValueError('not-a-whole-number', 'A whole number was expected.');

/** Throws DataError for half a surrogate pair: written in UTF-8 it would become U+FFFD. */
export function checkUnicode(text: string): void {
  // ES2024; every runtime that is supported has it.
  if ((text as unknown as { isWellFormed(): boolean }).isWellFormed()) return;
  throw new DataError('lone-surrogate', 'A text with half a surrogate pair is no Unicode text and cannot be stored.');
}

/** Bytes as the drivers take them: Node's Buffer, a view on the same bytes that copies nothing. */
export const bufferOf = (value: Uint8Array): Buffer =>
  Buffer.isBuffer(value) ? value : Buffer.from(value.buffer, value.byteOffset, value.byteLength);

/** A UUID that is stored as 32 digits. */
export const bareUuid: Codec = {
  encode: (value: string) => value.replaceAll('-', ''),
  decode: (hex: string) =>
    hex.length === 32
      ? `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
      : hex,
};

/** The codecs of all types of whole numbers: `bigint` for those that are a bigint in JavaScript. */
export const integerCodecs = (integer: Codec, bigint: Codec) => ({
  smallAuto: integer,
  auto: integer,
  bigAuto: integer,
  smallint: integer,
  integer,
  positiveSmallint: integer,
  positiveInteger: integer,
  bigint,
  positiveBigint: bigint,
});
