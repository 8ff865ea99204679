import type { Codec } from '../../compiler/dialect.js';
import { DataError } from '../../errors.js';
import type { DbRange, DbValue } from '../../sql/value-type.js';

/** Ranges as PostgreSQL spells them (postgresql.org/docs/current/rangetypes.html#RANGETYPES-IO): `[1,5)`, `(,"b,c"]`, `empty`. */

const boundText = (bound: unknown): string => (bound === null ? '' : `"${String(bound).replace(/["\\]/g, '\\$&')}"`);

/** One bound, quoted or not; a bound that is not there is nothing at all. */
const BOUND = '("(?:[^"\\\\]|\\\\.|"")*"|[^",\\\\]*)';
const RANGE = new RegExp(`^([[(])${BOUND},${BOUND}([\\])])$`, 's');

function readBound(text: string): string | null {
  if (text === '') return null;
  if (!text.startsWith('"')) return text;
  return text.slice(1, -1).replace(/\\(.)|""/gs, (_match, escaped: string | undefined) => escaped ?? '"');
}

/** How ranges cross, by how their bounds do. */
export function rangeCodec(bound: Codec): Codec {
  const encode = (value: DbValue): unknown => (value === null ? null : bound.encode(value));
  const decode = (text: string): DbValue => {
    const read = readBound(text);
    return read === null ? null : bound.decode(read);
  };
  return {
    encode: ({ lower, upper, bounds }: DbRange) =>
      bounds === null ? 'empty' : `${bounds[0]}${boundText(encode(lower))},${boundText(encode(upper))}${bounds[1]}`,
    decode: (text: string): DbRange => {
      if (text === 'empty') return { lower: null, upper: null, bounds: null };
      const parts = RANGE.exec(text);
      if (parts === null) throw new DataError('malformed-range', 'The database gave a range that cannot be read.');
      const [, open, lower, upper, close] = parts;
      return { lower: decode(lower!), upper: decode(upper!), bounds: `${open}${close}` as DbRange['bounds'] };
    },
  };
}
