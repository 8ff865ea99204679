import { isDecimal } from '../util/decimal.js';

/**
 * A key as something that a Map compares by value: numbers and text as they are, whole numbers alike whether they are bigint or
 * not, everything else by its text.
 */
export function mapKey(value: unknown): unknown {
  if (typeof value === 'bigint') return value >= -SAFE && value <= SAFE ? Number(value) : String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return value.getTime();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  return isDecimal(value) ? value.toString() : String(value);
}
const SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/** An order of keys of one column. */
export function compareKeys(a: unknown, b: unknown): number {
  if (isDecimal(a) && isDecimal(b)) return a.comparedTo(b);
  const [x, y] = [mapKey(a), mapKey(b)] as [number, number];
  return x < y ? -1 : x > y ? 1 : 0;
}
