import type { QuerySet } from '../query/queryset.js';
import { instances } from '../schema/instance.js';
import type { ModelMeta, Relation } from '../schema/model-meta.js';
import type { ManagedClass } from './managers.js';

type Row = Record<string, unknown>;

/** All objects of a model, on the database that an instance came from. */
function objectsOf(meta: ModelMeta, instance: object): QuerySet {
  const { defaultManager } = meta.modelClass as ManagedClass;
  const alias = instances().origin(instance)?.alias;
  return alias === undefined ? defaultManager!.all() : defaultManager!.using(alias);
}

/** The object before or after this one among those of the same owner. Throws DoesNotExist at the ends. */
export async function nextInOrder(instance: object, previous: boolean): Promise<object> {
  const meta = instances().metaOf(instance)!;
  const owner = meta.orderWithRespectTo!;
  const rows = objectsOf(meta, instance);
  const place = rows.filter({ pk: instances().pk(instance) }).values('_order');
  const beyond = { [owner.attname]: (instance as Row)[owner.attname], [previous ? '_order__lt' : '_order__gt']: place };
  const found = await rows
    .filter(beyond)
    .orderBy(previous ? '-_order' : '_order')
    .first();
  if (found !== null) return found as object;
  throw new meta.modelClass.DoesNotExist('does-not-exist', `${meta.name} matching query does not exist.`);
}

/** The rows of `relation` that belong to an instance. */
const ownedBy = (instance: object, relation: Relation): QuerySet => {
  const { fromField, toField } = relation.hops[0]!;
  return objectsOf(relation.to, instance).filter({ [toField.attname]: (instance as Row)[fromField.attname] });
};

/** Keys of the objects that belong to an instance, in their order. */
export const getOrder = (instance: object, relation: Relation): QuerySet =>
  ownedBy(instance, relation).orderBy('_order').valuesList('pk', { flat: true });

/** Puts the objects that belong to an instance into the order of these keys. */
export async function setOrder(instance: object, relation: Relation, keys: Iterable<unknown>): Promise<void> {
  const Child = relation.to.modelClass;
  const objects = [...keys].map((pk, place) => new Child({ pk, _order: place }));
  await ownedBy(instance, relation).bulkUpdate(objects, ['_order']);
}
