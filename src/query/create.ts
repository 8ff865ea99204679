import { ValueError } from '../errors.js';
import { writeDatabase } from './databases-for.js';
import type { Query } from './query.js';

/** Options of `save()` as the query side passes them. */
export interface Saving {
  readonly using?: string;
  readonly forceInsert?: boolean;
  readonly updateFields?: readonly string[];
}

/** The instance's own `save()`: a class may have overridden it. */
export const saveOf =
  (instance: object): ((options: Saving) => Promise<void>) =>
  (options) =>
    (instance as { save(options: Saving): Promise<void> }).save(options);

/** Makes an object and saves it: always an INSERT. */
export async function create(query: Query, values: Readonly<Record<string, unknown>>): Promise<object> {
  const { meta } = query;
  for (const name of Object.keys(values)) {
    const relation = meta.accessors.get(name);
    if (relation?.reverse === true && !relation.multi) {
      throw new ValueError(
        'reverse-value',
        `${meta.label} has no column for '${name}', which is the other side of ${relation.to.label}.${relation.inverse.name}: create the ${meta.name} first, then save the ${relation.to.name} with it.`,
      );
    }
  }
  const instance = new meta.modelClass(values);
  const found = writeDatabase(meta, query.using, query.hint);
  const database = found instanceof Promise ? await found : found;
  await saveOf(instance)({ forceInsert: true, using: database.alias });
  return instance;
}
