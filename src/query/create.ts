import { ValueError } from '../errors.js';
import { saveInstance } from '../schema/instance.js';
import type { ModelMeta } from '../schema/model-meta.js';
import { writeDatabase } from './databases-for.js';
import type { Query } from './query.js';

/** Makes an object and saves it: always an INSERT. */
export async function create(query: Query, values: Readonly<Record<string, unknown>>): Promise<object> {
  const { meta } = query;
  refuseReverse(meta, values);
  const instance = new meta.modelClass(values);
  const found = writeDatabase(meta, query.using, query.hint);
  const { alias } = found instanceof Promise ? await found : found;
  const saved = saveInstance(instance, { forceInsert: true, using: alias });
  if (saved instanceof Promise) await saved;
  return instance;
}

function refuseReverse(meta: ModelMeta, values: Readonly<Record<string, unknown>>): void {
  for (const name in values) {
    const relation = meta.accessors.get(name);
    if (relation?.reverse !== true || relation.multi) continue;
    throw new ValueError(
      'reverse-value',
      `${meta.label} has no column for '${name}', which is the other side of ${relation.to.label}.${relation.inverse.name}: create the ${meta.name} first, then save the ${relation.to.name} with it.`,
    );
  }
}
