import { ValueError } from '../errors.js';
import { instances } from '../schema/instance.js';
import type { BoundField, ModelMeta } from '../schema/model-meta.js';
import { getOrMake } from '../util/get-or-make.js';

const keys = new WeakMap<ModelMeta, readonly BoundField[]>();

/** The foreign keys of a model. */
const foreignKeys = (meta: ModelMeta): readonly BoundField[] => getOrMake(keys, meta, foreignKeysOf);
const foreignKeysOf = (meta: ModelMeta): readonly BoundField[] =>
  meta.fields.filter((field) => field.relation !== null);

/**
 * Before an instance is written: keys of related objects that were saved after they were assigned are taken over, and a related
 * object whose key no longer fits is forgotten. Throws ValueError for one that is not saved, since the relation would be lost.
 */
export function takeRelatedKeys(
  meta: ModelMeta,
  instance: object,
  operation: string,
  only: ReadonlySet<BoundField> | null = null,
): void {
  const access = instances();
  for (const field of foreignKeys(meta)) {
    if (only !== null && !only.has(field)) continue;
    const related = access.cached(instance, field.name) as Record<string, unknown> | null | undefined;
    if (related !== undefined && related !== null)
      takeKey(meta, instance as Record<string, unknown>, field, related, operation);
  }
}

function takeKey(
  meta: ModelMeta,
  instance: Record<string, unknown>,
  field: BoundField,
  related: Record<string, unknown>,
  operation: string,
): void {
  const access = instances();
  const mark = `unsaved ${field.name}`;
  const wasUnsaved = access.cached(instance, mark) === true;
  const held = instance[field.attname] ?? null;
  const { inverse, hops } = field.relation!;
  if ((access.pk(related) ?? null) === null) {
    // a key that was given after the object is what is meant
    if (held !== null && wasUnsaved) {
      access.uncache(instance, field.name);
      return;
    }
    if (!inverse.multi) access.uncache(related, inverse.accessor ?? inverse.name);
    throw new ValueError(
      'unsaved-related',
      `${operation}() prohibited to prevent data loss due to unsaved related object '${field.name}' of ${meta.label}: save it first.`,
    );
  }
  const key = related[hops[0]!.toField.attname];
  if (held === null && wasUnsaved) {
    instance[field.attname] = key;
    access.uncache(instance, mark);
  } else if (held === null || String(key) !== String(held)) access.uncache(instance, field.name);
}
