import type { Resolvable } from '../sql/resolvable.js';
import { getOrMake } from '../util/get-or-make.js';

/**
 * Texts by which plans are found again. Every part is quoted as JSON or is a number, so that no value can imitate the
 * punctuation between the parts.
 */
const ids = new WeakMap<object, number>();
const symbolIds = new Map<symbol, number>();
let lastId = 0;

/** A number that stands for this object, class, function or symbol as long as the process lives. */
export function idOf(subject: object | symbol): number {
  return typeof subject === 'symbol' ? getOrMake(symbolIds, subject, nextId) : getOrMake(ids, subject, nextId);
}
function nextId(): number {
  lastId += 1;
  return lastId;
}

/** A value that belongs to a shape: data is written out, anything with behaviour is told apart by identity. */
export function shapeOfData(data: unknown): string {
  if (data === undefined) return 'u';
  if (typeof data === 'bigint') return `${data}n`;
  if (typeof data === 'number' && !Number.isFinite(data)) return `'${data}'`;
  if (typeof data === 'symbol') return `#${idOf(data)}`;
  if (data === null || (typeof data !== 'object' && typeof data !== 'function')) return JSON.stringify(data);
  if (Array.isArray(data)) return `[${data.map(shapeOfData).join(',')}]`;
  if (Object.getPrototypeOf(data) !== Object.prototype) return `#${idOf(data)}`;
  return `{${Object.entries(data)
    .map(([key, value]) => `${JSON.stringify(key)}:${shapeOfData(value)}`)
    .join(',')}}`;
}

/** Whether two expressions are the same down to their values. */
export function areSame(a: Resolvable, b: Resolvable): boolean {
  if (a === b) return true;
  if (a.shape === null || a.shape !== b.shape) return false;
  const others = b.inputs();
  return a.inputs().every(({ value }, index) => Object.is(value, others[index]?.value));
}

/** The shapes of several parts as one text; null as soon as one of them cannot be told. */
export function shapeOfAll(parts: readonly Resolvable[]): string | null {
  const shapes: string[] = [];
  for (const part of parts) {
    if (part.shape === null) return null;
    shapes.push(part.shape);
  }
  return shapes.join(',');
}
