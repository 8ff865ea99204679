import { ValueError } from '../errors.js';
import { saveInstance } from '../schema/instance.js';
import type { ModelMeta, Relation } from '../schema/model-meta.js';
import { getOrMake } from '../util/get-or-make.js';
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

const reverseOnes = new WeakMap<ModelMeta, readonly Relation[]>();
const reverseOnesOf = ({ accessors }: ModelMeta): readonly Relation[] =>
  [...accessors.values()].filter(({ reverse, multi }) => reverse && !multi);

function refuseReverse(meta: ModelMeta, values: Readonly<Record<string, unknown>>): void {
  for (const relation of getOrMake(reverseOnes, meta, reverseOnesOf)) {
    const { accessor: name } = relation;
    if (name === null || !Object.hasOwn(Object(values), name)) continue;
    throw new ValueError(
      'reverse-value',
      `${meta.label} has no column for '${name}', which is the other side of ${relation.to.label}.${relation.inverse.name}: create the ${meta.name} first, then save the ${relation.to.name} with it.`,
    );
  }
}
