import { AttributeError, NotSupportedError, typeError, ValueError } from '../errors.js';
import { instances } from '../schema/instance.js';
import type { ModelMeta, Relation } from '../schema/model-meta.js';
import { didYouMean } from '../util/closest.js';
import { cacheName, isKnownAbsent } from './absent.js';
import { mapKey } from './keys.js';
import { loadRelated, relatedQuery } from './load-related.js';
import { PrefetchLookup } from './prefetch-lookup.js';
import { isSliced, type Query } from './query.js';

export { Prefetch, PrefetchLookup, type PrefetchOptions } from './prefetch-lookup.js';

type Row = Record<string, unknown>;
/** What was loaded so far: the objects of each level, by where they were put. */
type Done = Map<string, readonly object[]>;

/**
 * The lookups of prefetchRelated(): those before and those given; null forgets all. Names are checked as far as the models
 * tell; properties that only instances have are looked at when rows are there.
 */
export function prefetchLookups(
  query: Query,
  before: readonly PrefetchLookup[],
  given: readonly unknown[],
): PrefetchLookup[] {
  if (query.combination !== null)
    throw new NotSupportedError(
      'combined',
      'Calling prefetchRelated() after union(), intersection() or difference() is not supported.',
    );
  if (given.length === 1 && given[0] === null) return [];
  const lookups = [...before, ...given.map(toLookup)];
  checkLookups(query, lookups);
  return lookups;
}

function toLookup(given: unknown): PrefetchLookup {
  if (given instanceof PrefetchLookup) return given;
  if (typeof given === 'string') return new PrefetchLookup(given);
  throw typeError('prefetch-lookup', 'prefetchRelated() takes paths of relations and Prefetch(…).');
}

function checkLookups(query: Query, lookups: readonly PrefetchLookup[]): void {
  const places = new Map<string, ModelMeta>();
  for (const lookup of lookups) {
    let here = query.meta;
    for (const [level, name] of lookup.names.entries()) {
      const known = places.get(lookup.names.slice(0, level + 1).join('__'));
      if (known !== undefined && !here.accessors.has(name)) {
        here = known;
        continue;
      }
      const isLast = level === lookup.names.length - 1;
      const relation = here.accessors.get(name);
      if (relation === undefined) {
        if (query.annotations.includes(name) || hasGetter(here, name)) break;
        throw here.fieldsByName.has(name) ? notPrefetchable(lookup, name) : notFound(here, lookup, name);
      }
      if (isLast) checkPlace(here, relation, lookup);
      here = isLast ? (lookup.queryset?.query.meta ?? relation.to) : relation.to;
      places.set(lookup.target(level), here);
    }
  }
}

/** Whether instances have a property of this name that their class computes; what it gives is looked at when rows are there. */
function hasGetter(meta: ModelMeta, name: string): boolean {
  for (
    let step: object = meta.modelClass.prototype;
    step !== Object.prototype;
    step = Object.getPrototypeOf(step) as object
  ) {
    const found = Object.getOwnPropertyDescriptor(step, name);
    if (found !== undefined) return found.get !== undefined;
  }
  return false;
}

/** A slice needs a place of its own, and that place must not be one that a relation has. */
function checkPlace(meta: ModelMeta, relation: Relation, lookup: PrefetchLookup): void {
  if (lookup.queryset !== null && isSliced(lookup.queryset.query) && lookup.toAttr === null && relation.multi) {
    throw typeError(
      'sliced',
      `Cannot filter a query once a slice has been taken: give Prefetch('${lookup.path}') a toAttr for the cut list.`,
    );
  }
  if (lookup.toAttr !== null && lookup.toAttr === cacheName(relation)) {
    throw new ValueError('to-attr', `toAttr '${lookup.toAttr}' conflicts with a field of ${meta.label}.`);
  }
}

const notFound = (meta: ModelMeta, lookup: PrefetchLookup, name: string): AttributeError =>
  new AttributeError(
    'prefetch-path',
    `Cannot find '${name}' on ${meta.label}, so '${lookup.path}' cannot be prefetched.${didYouMean(name, meta.accessors.keys())} Relations are: ${[...meta.accessors.keys()].join(', ')}.`,
  );
const notPrefetchable = (lookup: PrefetchLookup, name: string): ValueError =>
  new ValueError('prefetch-path', `'${name}' of '${lookup.path}' is no relation, so it cannot be prefetched.`);

/**
 * Loads relations for instances that are there already, one query a level, as prefetchRelated() does for those that it fetches.
 * What an instance has loaded before is left as it is.
 *
 * @example
 * await prefetchRelatedObjects(authors, 'books', Prefetch('articles', { queryset: Article.objects.orderBy('-date') }));
 */
export async function prefetchRelatedObjects(
  objects: readonly object[],
  ...lookups: readonly (string | PrefetchLookup)[]
): Promise<void> {
  await load(objects, lookups.map(toLookup));
}

async function load(objects: readonly object[], lookups: readonly PrefetchLookup[]): Promise<Done> {
  const done: Done = new Map();
  if (objects.length === 0) return done;
  for (const lookup of lookups) {
    if (done.has(lookup.target(lookup.names.length - 1))) {
      if (lookup.queryset === null) continue;
      throw new ValueError(
        'prefetch-order',
        `'${lookup.path}' was prefetched already, by another lookup with other objects. Put the Prefetch with a queryset first.`,
      );
    }
    await loadPath(objects, lookup, done);
  }
  return done;
}

async function loadPath(objects: readonly object[], lookup: PrefetchLookup, done: Done): Promise<void> {
  let here = objects;
  for (const level of lookup.names.keys()) {
    if (here.length === 0) return;
    const known = done.get(lookup.target(level));
    here = known ?? (await loadLevel(here, lookup, level, done));
  }
}

/** Loads one level for the objects that lack it; gives the objects of the next one. */
async function loadLevel(
  objects: readonly object[],
  lookup: PrefetchLookup,
  level: number,
  done: Done,
): Promise<readonly object[]> {
  const name = lookup.names[level]!;
  const isLast = level === lookup.names.length - 1;
  const meta = instances().metaOf(objects[0]);
  if (meta === null) return [];
  const relation = meta.accessors.get(name);
  if (relation === undefined) {
    if (!(name in objects[0]!)) throw notFound(meta, lookup, name);
    if (isLast) throw notPrefetchable(lookup, name);
    return objects.flatMap((object) => listOf((object as Row)[name]));
  }
  const toAttr = isLast ? lookup.toAttr : null;
  if (isLast) checkPlace(meta, relation, lookup);
  const missing = objects.filter((object) => (toAttr === null ? !isLoaded(object, relation) : !(toAttr in object)));
  if (missing.length > 0) {
    const source = isLast ? lookup.queryset : null;
    const loaded = await loadRelated(
      missing,
      relation,
      { query: source?.query ?? relatedQuery(relation), fetchMode: source?.extras.fetchMode ?? null, noteAbsent: true },
      toAttr,
    );
    const target = lookup.target(level);
    const nested = source?.extras.prefetches ?? [];
    if (nested.length > 0)
      for (const [path, found] of await load(loaded, nested)) done.set(`${target}__${path}`, found);
    if (missing.length === objects.length) done.set(target, loaded);
    if (missing.length === objects.length) return loaded;
  }
  return objects.flatMap((object) =>
    listOf(toAttr === null ? instances().cached(object, cacheName(relation)) : (object as Row)[toAttr]),
  );
}

const listOf = (value: unknown): object[] =>
  Array.isArray(value)
    ? (value as object[])
    : typeof value === 'object' && value !== null && instances().metaOf(value) !== null
      ? [value]
      : [];

/** Whether an instance has what a relation leads to, or knows that it leads to nothing. */
export function isLoaded(object: object, relation: Relation): boolean {
  const related = instances().cached(object, cacheName(relation));
  if (related === undefined) return isKnownAbsent(object, relation);
  if (relation.reverse || relation.multi || related === null) return true;
  const { fromField, toField } = relation.hops[0]!;
  return mapKey((object as Row)[fromField.attname]) === mapKey((related as Row)[toField.attname]);
}
