import { ValueError } from '../errors.js';
import { instances } from '../schema/instance.js';
import type { BoundField, ModelMeta } from '../schema/model-meta.js';

const keys = new WeakMap<ModelMeta, readonly BoundField[]>();

/** The foreign keys of a model. */
function foreignKeys(meta: ModelMeta): readonly BoundField[] {
  let known = keys.get(meta);
  if (known === undefined) keys.set(meta, (known = meta.fields.filter((field) => field.relation !== null)));
  return known;
}

/**
 * Before an instance is written: keys of related objects that were saved after they were assigned are taken over, and a related
 * object whose key no longer fits is forgotten. Throws ValueError for one that is not saved, since the relation would be lost.
 */
export function takeRelatedKeys(meta: ModelMeta, instance: object, operation: string, only: ReadonlySet<BoundField> | null = null): void {
  const access = instances();
  const values = instance as Record<string, unknown>;
  for (const field of foreignKeys(meta)) {
    if (only !== null && !only.has(field)) continue;
    const related = access.cached(instance, field.name) as Record<string, unknown> | null | undefined;
    if (related === undefined || related === null) continue;
    const relation = field.relation!;
    const pk = access.pk(related);
    if (pk === null || pk === undefined) {
      if (!relation.inverse.multi) access.uncache(related, relation.inverse.accessor ?? relation.inverse.name);
      throw new ValueError('unsaved-related', `${operation}() prohibited to prevent data loss due to unsaved related object '${field.name}' of ${meta.label}: save it first.`);
    }
    const key = related[relation.hops[0]!.toField.attname];
    const held = values[field.attname];
    if (held === null || held === undefined || held === '') {
      values[field.attname] = key;
      access.cache(instance, field.name, related);
    } else if (key !== held && String(key) !== String(held)) access.uncache(instance, field.name);
  }
}
