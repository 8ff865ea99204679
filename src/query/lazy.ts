import { FieldFetchBlocked } from '../errors.js';
import { instances, type LazyLoader, type Origin, setLazyLoader } from '../schema/instance.js';
import type { BoundField, ModelMeta, Relation } from '../schema/model-meta.js';
import { getOrMake } from '../util/get-or-make.js';
import { cacheName, isKnownAbsent } from './absent.js';
import { fetchAll } from './fetch.js';
import { whereKeyIn } from './key-condition.js';
import { mapKey } from './keys.js';
import { loadRelated, relatedQuery } from './load-related.js';
import { isLoaded } from './prefetch.js';
import { allRows, change } from './query.js';
import { relatedManager } from './related-manager.js';

type Row = Record<string, unknown>;

/** Loads that are under way, by the result that their instances came with: whoever asks meanwhile waits for the same one. */
const running = new WeakMap<Origin, Map<unknown, Promise<unknown>>>();

/** Runs `load` unless the same is under way for the same result. */
function once(origin: Origin, what: unknown, load: () => Promise<unknown>): Promise<unknown> {
  const loads = getOrMake(running, origin, () => new Map());
  return getOrMake(loads, what, () => load().finally(() => loads.delete(what)));
}

async function relation(instance: object, each: Relation): Promise<object | null> {
  if (!isLoaded(instance, each)) await loadRelation(instance, each);
  const related = instances().cached(instance, cacheName(each)) as object | null | undefined;
  if (related !== undefined && related !== null) return related;
  if (each.reverse) throw missing(instance, each);
  // no key, or the object was left out by a prefetch with a queryset of its own
  if (each.nullable && (isNull(instance, each) || isKnownAbsent(instance, each))) return null;
  throw missing(instance, each);
}

const isNull = (instance: object, each: Relation): boolean => ((instance as Row)[each.key.attname] ?? null) === null;

async function loadRelation(instance: object, each: Relation): Promise<void> {
  const meta = instances().metaOf(instance)!;
  const origin = instances().origin(instance);
  const source = { query: relatedQuery(each), fetchMode: origin?.fetchMode ?? null, noteAbsent: each.reverse };
  if (each.reverse && (instances().pk(instance) ?? null) === null) return;
  if (each.parentLink && !each.reverse && takeParent(meta, instance, each)) return;
  if (origin === null || origin.fetchMode === 'one') return void (await loadRelated([instance], each, source, null));
  if (origin.fetchMode === 'raise') throw notFetched(meta, cacheName(each));
  await once(origin, each, () =>
    loadRelated(
      peersOf(instance, origin).filter((peer) => !isLoaded(peer, each)),
      each,
      source,
      null,
    ),
  );
  // it may have joined the result, or changed its key, while others were loaded
  if (!isLoaded(instance, each)) await loadRelated([instance], each, source, null);
}

/** The parent's object of multi-table inheritance: its columns came with the child's. False when some are missing. */
function takeParent(meta: ModelMeta, instance: object, each: Relation): boolean {
  const access = instances();
  const deferred = access.deferred(instance);
  const names = each.to.fields.map(({ attname }) => attname);
  if (!meta.concrete.ancestors.has(each.to.concrete) || names.some((name) => deferred.includes(name))) return false;
  const { alias, fetchMode } = access.origin(instance) ?? { alias: '', fetchMode: 'one' };
  const origin: Origin = { alias, fetchMode, peers: [] };
  const assign = (parent: object): void => {
    for (const name of names) (parent as Row)[name] = (instance as Row)[name];
  };
  const parent = access.fromRow(access.rowClass(each.to, []), { assign, origin });
  origin.peers.push(parent);
  access.cache(instance, cacheName(each), parent);
  access.cache(parent, cacheName(each.inverse), instance);
  return true;
}

/** The instances that came with this one and are of its kind. */
function peersOf(instance: object, origin: Origin): object[] {
  const { concrete } = instances().metaOf(instance)!;
  const peers = origin.peers.filter((peer) => instances().metaOf(peer)?.concrete === concrete);
  return peers.includes(instance) ? peers : [instance, ...peers];
}

function missing(instance: object, each: Relation): Error {
  const meta = instances().metaOf(instance)!;
  const { DoesNotExist } = each.to.modelClass;
  if (each.reverse) return new DoesNotExist('related-does-not-exist', `This ${meta.name} has no ${cacheName(each)}.`);
  if (isNull(instance, each))
    return new DoesNotExist(
      'related-does-not-exist',
      `This ${meta.name} has no ${each.name} yet, though it needs one.`,
    );
  return new DoesNotExist(
    'related-does-not-exist',
    `The ${each.to.label} that ${meta.name}.${each.name} refers to does not exist.`,
  );
}

const notFetched = (meta: ModelMeta, name: string): FieldFetchBlocked =>
  new FieldFetchBlocked(
    'fetch-blocked',
    `${meta.label}.${name} was not fetched with its row, and fetchMode 'raise' forbids to fetch it now. Use selectRelated() or prefetchRelated(), or do not defer it.`,
  );

async function field(instance: object, attname: string): Promise<unknown> {
  if (!instances().deferred(instance).includes(attname)) return (instance as Row)[attname];
  const meta = instances().metaOf(instance)!;
  const bound = meta.fieldsByName.get(attname)!;
  const copy = keyOfParent(meta, instance, bound);
  if (copy !== undefined) {
    (instance as Row)[attname] = copy;
    return copy;
  }
  const origin = instances().origin(instance);
  if (origin?.fetchMode === 'raise') throw notFetched(meta, attname);
  if (origin === null || origin.fetchMode === 'one') await loadField([instance], meta, bound);
  else {
    await once(origin, attname, () =>
      loadField(
        peersOf(instance, origin).filter((peer) => instances().deferred(peer).includes(attname)),
        meta,
        bound,
      ),
    );
    if (instances().deferred(instance).includes(attname)) await loadField([instance], meta, bound);
  }
  if (!instances().deferred(instance).includes(attname)) return (instance as Row)[attname];
  throw new meta.modelClass.DoesNotExist(
    'does-not-exist',
    `${meta.name} matching query does not exist: its row is gone, so '${attname}' cannot be loaded.`,
  );
}

/** The key of a parent's row is known from the link to it. */
function keyOfParent(meta: ModelMeta, instance: object, bound: BoundField): unknown {
  for (const [parent, link] of meta.concrete.parents) {
    if (parent.pk === bound && Object.hasOwn(instance, link.attname)) return (instance as Row)[link.attname];
  }
  return undefined;
}

const newList = (): object[] => [];

/** Reads one column for instances that came without it. One query. */
async function loadField(objects: readonly object[], meta: ModelMeta, bound: BoundField): Promise<void> {
  const byKey = new Map<unknown, object[]>();
  for (const object of objects) {
    getOrMake(byKey, mapKey(instances().pk(object)), newList).push(object);
  }
  const rows = whereKeyIn(
    { ...allRows(meta), hint: objects[0]! },
    meta.pk,
    objects.map((object) => instances().pk(object)),
  );
  const asked = change(
    rows,
    { rows: 'array', names: [meta.pk.attname, bound.attname], orderBy: [] },
    `field${bound.attname.length}:${bound.attname}`,
  );
  for (const [pk, value] of (await fetchAll(asked, { fetchMode: null })) as [unknown, unknown][]) {
    for (const object of byKey.get(mapKey(pk)) ?? []) (object as Row)[bound.attname] = value;
  }
}

/** What instances load when they are asked for it. */
export const loader: LazyLoader = {
  relation,
  field,
  manager: (instance, each) => relatedManager(instance, each),
};
setLazyLoader(loader);
