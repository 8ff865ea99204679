import type { BoundField, ModelMeta, Relation } from '../schema/model-meta.js';
import { postDelete, preDelete } from '../signals/model-signals.js';
import { preparedValue } from './field-values.js';

/** Whether somebody is told of deletions of a model's rows. */
export const hasListeners = (meta: ModelMeta): boolean =>
  !meta.autoCreated && (preDelete.hasListeners(meta.modelClass) || postDelete.hasListeners(meta.modelClass));

/** Whether rows may be deleted by a condition, without looking at them: nothing is told of them and nothing else goes along. */
export function goesUnseen(meta: ModelMeta, from: BoundField | null): boolean {
  return (
    !hasListeners(meta) &&
    [...meta.concrete.parents.values()].every((link) => link === from) &&
    referrersOf(meta).every(({ onDelete: { action } }) => action === 'DO_NOTHING' || action.startsWith('DB_'))
  );
}

/** The relations by which other rows refer to a model's: to its ancestors' tables (but for its own chain of parents), then to its own. */
export function referrersOf(meta: ModelMeta): Relation[] {
  const inherited = [...meta.concrete.ancestors.keys()]
    .reverse()
    .flatMap((ancestor) => ancestor.referrers.filter((relation) => !relation.parentLink));
  return [...inherited, ...meta.concrete.referrers];
}

/** Names of the columns that others refer to, the key among them: all that a collected row must come with. */
export function referredNames(meta: ModelMeta): ReadonlySet<string> {
  const names = new Set([meta.pk.attname, ...[...meta.concrete.parents.values()].map((link) => link.attname)]);
  for (const { hops } of referrersOf(meta)) names.add(hops[0]!.fromField.attname);
  for (const ancestor of meta.concrete.ancestors.keys())
    for (const link of ancestor.parents.values()) names.add(link.attname);
  return names;
}

/** The keys by which others refer to `objects` through a relation. */
export const referredKeys = (relation: Relation, objects: readonly object[]): unknown[] => {
  const { attname } = relation.hops[0]!.fromField;
  return objects
    .map((object) => (object as Record<string, unknown>)[attname])
    .filter((key) => key !== null && key !== undefined);
};

/** SET_NULL, SET_DEFAULT and SET with a plain value need no look at the rows. A function is only asked when there are some. */
export function isSetBlindly({ onDelete, key }: Relation): boolean {
  if (onDelete.action === 'SET_NULL') return true;
  if (onDelete.action === 'SET') return typeof onDelete.value !== 'function';
  return onDelete.action === 'SET_DEFAULT' && typeof key.field.options.default !== 'function';
}

/** The value that `onDelete` gives; the function of SET may be asynchronous, and may give an instance. */
export async function valueToSet({ onDelete, key }: Relation): Promise<unknown> {
  if (onDelete.action === 'SET_NULL') return null;
  if (onDelete.action === 'SET_DEFAULT') return preparedValue(key, key.field.getDefault());
  const { value } = onDelete;
  return preparedValue(key, typeof value === 'function' ? await (value as () => unknown)() : value);
}
