import { ValueError } from '../errors.js';
import { and, or } from '../expressions/q.js';
import { instances } from '../schema/instance.js';
import type { BoundField } from '../schema/model-meta.js';
import type { ManagedClass } from './managers.js';

/**
 * The next or previous object by a date, and by key where dates are equal, among those that meet the conditions. Throws
 * DoesNotExist at the end.
 */
export async function nextBy(
  instance: object,
  field: BoundField,
  conditions: readonly unknown[],
  previous: boolean,
): Promise<object> {
  const meta = instances().metaOf(instance)!;
  const pk = instances().pk(instance);
  if (pk === null || pk === undefined)
    throw new ValueError('unsaved-instance', `An unsaved ${meta.name} has no place among the others: save it first.`);
  const value = (instance as Record<string, unknown>)[field.attname];
  const [operator, sign] = previous ? ['lt', '-'] : ['gt', ''];
  const beyond = or(
    { [`${field.name}__${operator}`]: value },
    and({ [field.name]: value }, { [`pk__${operator}`]: pk }),
  );
  const { defaultManager } = meta.modelClass as ManagedClass;
  const alias = instances().origin(instance)?.alias;
  const rows = alias === undefined ? defaultManager!.all() : defaultManager!.using(alias);
  const found = await rows
    .filter(...conditions)
    .filter(beyond)
    .orderBy(`${sign}${field.name}`, `${sign}pk`)
    .first();
  if (found !== null) return found as object;
  throw new meta.modelClass.DoesNotExist('does-not-exist', `${meta.name} matching query does not exist.`);
}
