import { Decimal } from 'decimal.js';
import type { Dynamic } from './dynamic.js';
import type { Scope } from './scope.js';
import { Temporal } from './values.js';
import type { World } from './worlds.js';

/** An instance in the corpus's terms: its model and the loaded columns and annotations by Django's names. */
export class InstanceRecord {
  constructor(
    readonly model: string,
    readonly values: ReadonlyMap<string, Dynamic>,
    /** The Django class of each column's field. */
    readonly types: ReadonlyMap<string, string>,
    readonly pk: Dynamic,
  ) {}
}

/** A plain row of the answer, its keys in Django's spelling; `raw` is the row as it came (it may be a JSON document). */
export class RowRecord {
  constructor(
    readonly values: ReadonlyMap<string, Dynamic>,
    readonly raw: Dynamic,
  ) {}
}

/** The annotations that instances were made with: they are attributes like any other, so nothing else tells them. */
const annotationsOf = new WeakMap<object, ReadonlySet<string>>();

/**
 * Turns what a query gave into terms of the corpus: instances become InstanceRecords, plain objects RowRecords, Maps
 * lists of pairs. Scalars stay what they are, because comparing needs their types.
 */
export function answerOf(value: Dynamic, scope: Scope): Dynamic {
  if (Array.isArray(value)) {
    if (Object.getPrototypeOf(value) !== Array.prototype) return namedRow(value, scope);
    return value.map((item) => answerOf(item, scope));
  }
  // what inBulk() found is recorded in the order of its keys
  if (value instanceof Map)
    return [...value].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map((pair) => answerOf(pair, scope));
  if (value instanceof Set) return [...value].map((item) => answerOf(item, scope));
  if (typeof value !== 'object' || value === null) return value;
  const model = scope.world.modelOf(value);
  if (model !== undefined) return instanceRecord(value, model, scope.world, scope.annotations);
  if (!isPlain(value)) return value;
  const entries = Object.entries(value).map(([key, item]) => {
    const name = scope.world.names.lookupBack(scope.model, key, scope.aliases);
    return [name, scope.world.modelOf(item) === undefined ? item : answerOf(item, scope)] as const;
  });
  return new RowRecord(new Map(entries), value);
}

/** A row of `valuesList(…, { named: true })`: an array whose class has a getter for each name. */
function namedRow(row: Dynamic, scope: Scope): RowRecord {
  const names = Object.getOwnPropertyNames(Object.getPrototypeOf(row)).filter((name) => name !== 'constructor');
  const entries = names.map((name) => {
    const path = scope.world.names.lookupBack(scope.model, name, scope.aliases);
    return [path, answerOf(row[name], scope)] as const;
  });
  return new RowRecord(new Map(entries), row);
}

function instanceRecord(
  instance: Dynamic,
  model: string,
  world: World,
  annotations: ReadonlySet<string>,
): InstanceRecord {
  if (annotations.size > 0 && !annotationsOf.has(instance)) annotationsOf.set(instance, new Set(annotations));
  const names = world.names.of(model);
  const deferred = new Set<string>(instance.getDeferredFields?.() ?? []);
  const values = new Map<string, Dynamic>();
  for (const column of names.columns) {
    const attribute = world.names.attribute(model, column);
    if (!deferred.has(attribute)) values.set(column, instance[attribute]);
  }
  for (const annotation of annotationsOf.get(instance) ?? []) {
    if (annotation in instance) values.set(world.names.lookupBack(model, annotation), instance[annotation]);
  }
  return new InstanceRecord(model, values, names.types, instance.pk);
}

/** An object literal, as a row of values() or a JSON document; not an instance of some class. */
export function isPlain(value: Dynamic): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/** An answer as JSON in the corpus's encoding, for people to read; exact enough to see the difference. */
export function encode(value: Dynamic): unknown {
  if (value === undefined) return { $undefined: true };
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : { $float: String(value) };
  if (typeof value === 'bigint') return { $bigint: String(value) };
  if (value instanceof InstanceRecord || value instanceof RowRecord) {
    return Object.fromEntries([...value.values].map(([key, item]) => [key, encode(item)]));
  }
  if (Array.isArray(value)) return value.map(encode);
  if (Decimal.isDecimal(value)) return { $decimal: value.toString() };
  if (value instanceof Date) return { $datetime: Number.isNaN(value.getTime()) ? 'invalid' : value.toISOString() };
  if (value instanceof Temporal.PlainDate) return { $date: value.toString() };
  if (value instanceof Temporal.PlainTime) return { $time: value.toString() };
  if (value instanceof Temporal.Duration) return { $duration: value.toString() };
  if (value instanceof Temporal.Instant) return { $datetime: value.toString() };
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('base64') };
  if (value instanceof Error) return `${value.constructor.name}: ${value.message}`;
  if (isPlain(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, encode(item)]));
  return { $object: value.constructor?.name ?? typeof value };
}
