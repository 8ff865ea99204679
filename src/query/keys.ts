import { isDecimal } from '../util/decimal.js';

/**
 * A key as something that a Map compares by value: numbers and text as they are, whole numbers alike whether they are bigint or
 * not, composite keys by their parts, everything else by its text.
 */
export function mapKey(value: unknown): unknown {
  if (typeof value === 'bigint') return value >= -SAFE && value <= SAFE ? Number(value) : String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return JSON.stringify(value.map(mapKey).map((part) => [typeof part, String(part)]));
  if (value instanceof Date) return value.getTime();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  return isDecimal(value) ? value.toString() : String(value);
}
const SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/** A Map whose keys are composite: arrays that hold the same values are one key. */
export class TupleMap<V> extends Map<unknown, V> {
  readonly #known = new Map<unknown, unknown>();

  #keyOf(key: unknown): unknown {
    return this.#known.get(mapKey(key));
  }
  override get(key: unknown): V | undefined {
    return super.get(this.#keyOf(key));
  }
  override has(key: unknown): boolean {
    return super.has(this.#keyOf(key));
  }
  override set(key: unknown, value: V): this {
    const known = this.#keyOf(key) ?? key;
    this.#known.set(mapKey(key), known);
    return super.set(known, value);
  }
  override delete(key: unknown): boolean {
    const known = this.#keyOf(key);
    this.#known.delete(mapKey(key));
    return super.delete(known);
  }
  override clear(): void {
    this.#known.clear();
    super.clear();
  }
}

/** An order of keys of one model. */
export function compareKeys(a: unknown, b: unknown): number {
  if (Array.isArray(a) && Array.isArray(b)) {
    for (const [index, part] of a.entries()) {
      const order = compareKeys(part, b[index]);
      if (order !== 0) return order;
    }
    return 0;
  }
  if (isDecimal(a) && isDecimal(b)) return a.comparedTo(b);
  const [x, y] = [mapKey(a), mapKey(b)] as [number, number];
  return x < y ? -1 : x > y ? 1 : 0;
}
