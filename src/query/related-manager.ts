import { ValueError } from '../errors.js';
import { instances } from '../schema/instance.js';
import type { ModelMeta, Relation } from '../schema/model-meta.js';
import { cacheName } from './absent.js';
import { KeyCondition, RelatedColumn, withCondition } from './key-condition.js';
import { relatedQuery } from './load-related.js';
import { type ManyToManyClass, manyToManyManager } from './many-to-many-manager.js';
import { type OneToManyClass, oneToManyManager } from './one-to-many-manager.js';
import type { Query } from './query.js';
import type { Extras } from './queryset.js';
import { managerClass, QuerySet } from './queryset.js';

type Row = Record<string, unknown>;
type Kind = 'one-to-many' | 'kept' | 'many-to-many';
type ManagerClass = OneToManyClass | ManyToManyClass;

/** Classes of related managers: for each class of a model's default manager one of each kind. */
const classes = new WeakMap<object, Map<Kind, ManagerClass>>();

/**
 * The manager of the many objects that a relation leads to from an instance: the target's default manager, limited to those,
 * with the methods that change the relation.
 */
export function relatedManager(instance: object, relation: Relation): QuerySet {
  const Manager = managerFor(relation);
  return new Manager(queryOf(instance, relation), extrasOf(instance, relation), instance, relation);
}

function managerFor(relation: Relation): ManagerClass {
  const Base = defaultManagerClass(relation.to);
  let kinds = classes.get(Base);
  if (kinds === undefined) {
    kinds = new Map();
    classes.set(Base, kinds);
  }
  const kind: Kind = relation.through !== null ? 'many-to-many' : relation.key.nullable ? 'one-to-many' : 'kept';
  let made = kinds.get(kind);
  if (made === undefined) {
    made = kind === 'many-to-many' ? manyToManyManager(Base) : oneToManyManager(Base, kind === 'one-to-many');
    kinds.set(kind, made);
  }
  return made;
}

/** The class of a model's default manager. */
function defaultManagerClass(meta: ModelMeta): new (query: Query, extras?: Extras) => QuerySet {
  const { defaultManager } = meta.modelClass as { defaultManager?: QuerySet };
  return (defaultManager?.constructor ?? managerClass(QuerySet)) as new (
    query: Query,
    extras?: Extras,
  ) => QuerySet;
}

/** The rows that the relation leads to. Throws ValueError for an instance that others cannot refer to yet. */
function queryOf(instance: object, relation: Relation): Query {
  const { fromField } = relation.hops[0]!;
  const key = (instance as Row)[fromField.attname];
  const meta = instances().metaOf(instance)!;
  const pk = instances().pk(instance);
  if (pk === null || pk === undefined || ((key === null || key === undefined) && relation.through !== null)) {
    throw new ValueError(
      'unsaved-instance',
      `This ${meta.name} must be saved before '${cacheName(relation)}' can be used: it has no value for '${fromField.name}' that others could refer to.`,
    );
  }
  const alias = instances().origin(instance)?.alias ?? null;
  const base = relatedQuery(relation);
  const rows: Query = base.using === null && alias !== null ? { ...base, using: alias } : base;
  if (key === null || key === undefined) return { ...rows, empty: true, shape: null };
  const column =
    relation.through === null
      ? new RelatedColumn([], relation.hops[0]!.toField)
      : new RelatedColumn([relation.inverse.hops[0]!], relation.sourceKey!);
  // the first filter() on the manager is about the same related rows ("Spanning multi-valued relationships")
  return withCondition(rows, new KeyCondition(column, { one: key }), true);
}

/** Rows on the many side of a foreign key are known to refer to the instance. */
const extrasOf = (instance: object, relation: Relation): Extras => ({
  prefetches: [],
  fetchMode: null,
  sticky: false,
  known: relation.through === null ? { name: cacheName(relation.inverse), instance } : null,
});
