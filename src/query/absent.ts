import { instances } from '../schema/instance.js';
import type { Relation } from '../schema/model-meta.js';
import { mapKey } from './keys.js';

/** The name under which an instance keeps what a relation leads to. */
export const cacheName = (relation: Relation): string => relation.accessor ?? relation.name;
/** The name under which it is noted that a relation leads to nothing, and for which key that holds. */
const absentName = (relation: Relation): string => `absent ${cacheName(relation)}`;

/** The instance's side of a relation's first join. */
export const keyOf = (instance: object, relation: Relation): unknown =>
  (instance as Record<string, unknown>)[relation.hops[0]!.fromField.attname];

/** Notes that the relation leads to no object, as long as the instance keeps its key. */
export const noteAbsent = (instance: object, relation: Relation): void =>
  instances().cache(instance, absentName(relation), keyOf(instance, relation) ?? null);

/** Whether it is known that the relation of an instance leads to no object. */
export function isKnownAbsent(instance: object, relation: Relation): boolean {
  const absent = instances().cached(instance, absentName(relation));
  return absent !== undefined && mapKey(absent) === mapKey(keyOf(instance, relation));
}

/** Forgets what a relation of an instance led to. */
export function forgetRelated(instance: object, relation: Relation): void {
  instances().uncache(instance, cacheName(relation));
  instances().uncache(instance, absentName(relation));
}
