import { ValueError } from '../errors.js';
import { forgetRelated } from '../query/absent.js';
import { fetchAll } from '../query/fetch.js';
import { allRows, type Query } from '../query/query.js';
import type { QuerySet } from '../query/queryset.js';
import * as refine from '../query/refine.js';
import { get } from '../query/retrieve.js';
import { instances } from '../schema/instance.js';
import type { ModelMeta } from '../schema/model-meta.js';
import type { ManagedClass } from './managers.js';

/** What is read again, and where; see `types/public/model-instance.ts`. */
export interface RefreshOptions {
  readonly fields?: Iterable<string>;
  readonly using?: string;
  readonly fromQueryset?: QuerySet;
}

/**
 * Reads an instance's row again: all columns that it has, or those named. Related objects that it kept are forgotten. Throws
 * DoesNotExist when the row is gone.
 */
export async function refreshFromDb(instance: object, options: RefreshOptions = {}): Promise<void> {
  const access = instances();
  const meta = access.metaOf(instance)!;
  const names = options.fields === undefined || options.fields === null ? null : new Set(options.fields);
  if (names !== null && forgetNamed(meta, instance, names)) return;
  const fresh = (await get(rowQuery(meta, instance, names, options), [], (query, narrowing) =>
    fetchAll(query, { fetchMode: null }, narrowing),
  )) as object;
  takeOver(meta, instance, fresh);
  for (const [name, relation] of meta.accessors) {
    if (relation.reverse || relation.multi) if (names === null || names.has(name)) forgetRelated(instance, relation);
  }
  const origin = access.origin(fresh)!;
  if (access.origin(instance)?.alias !== origin.alias) access.setOrigin(instance, { ...origin, peers: [instance] });
}

/** Names of objects that are kept are forgotten and need no query; says whether nothing else was named. */
function forgetNamed(meta: ModelMeta, instance: object, names: Set<string>): boolean {
  for (const name of names) {
    if (typeof name === 'string' && name.includes('__')) {
      throw new ValueError(
        'field-path',
        `refreshFromDb() takes names of fields; '${name}' leads over a relation or transform, which is not allowed.`,
      );
    }
    if (meta.accessors.get(name)?.multi !== true || instances().cached(instance, name) === undefined) continue;
    instances().uncache(instance, name);
    names.delete(name);
  }
  return names.size === 0;
}

function rowQuery(
  meta: ModelMeta,
  instance: object,
  names: ReadonlySet<string> | null,
  options: RefreshOptions,
): Query {
  const access = instances();
  const base = (meta.modelClass as ManagedClass).baseManager?.query ?? allRows(meta);
  const rows = options.fromQueryset?.query ?? { ...base, hint: instance };
  const found = refine.filter(
    options.using === undefined ? rows : refine.using(rows, options.using),
    [{ pk: access.pk(instance) }],
    false,
  );
  if (names !== null) return refine.only(found, [...names]);
  const deferred = access.deferred(instance);
  if (deferred.length === 0) return found;
  return refine.only(
    found,
    meta.fields.map((field) => field.attname).filter((attname) => !deferred.includes(attname)),
  );
}

/** Copies loaded columns, and the related objects that came with them. */
function takeOver(meta: ModelMeta, instance: object, fresh: object): void {
  const access = instances();
  const missing = new Set(access.deferred(fresh));
  for (const field of meta.fields) {
    if (missing.has(field.attname)) continue;
    (instance as Record<string, unknown>)[field.attname] = (fresh as Record<string, unknown>)[field.attname];
    if (field.relation === null) continue;
    const related = access.cached(fresh, field.name);
    if (related === undefined) forgetRelated(instance, field.relation);
    else access.cache(instance, field.name, related);
  }
}
