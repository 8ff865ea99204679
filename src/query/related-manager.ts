import { ValueError } from '../errors.js';
import { instances } from '../schema/instance.js';
import type { ModelMeta, Relation } from '../schema/model-meta.js';
import { getOrMake } from '../util/get-or-make.js';
import { cacheName } from './absent.js';
import { KeyCondition, RelatedColumn, withCondition } from './key-condition.js';
import { relatedQuery } from './load-related.js';
import { manyToManyManager } from './many-to-many-manager.js';
import { oneToManyManager } from './one-to-many-manager.js';
import type { Query } from './query.js';
import { managerClass, QuerySet } from './queryset.js';
import type { QuerySetClass, RelatedManagerClass } from './related-rows.js';

type Row = Record<string, unknown>;
type Kind = 'one-to-many' | 'kept' | 'many-to-many';
type ManagerClass = RelatedManagerClass<QuerySet>;

/** What all managers of one relation have in common. */
interface Related {
  readonly Manager: ManagerClass;
  /** The column that holds the instance's key. */
  readonly column: RelatedColumn;
  /** Where the instance keeps that key. */
  readonly attname: string;
  /** How rows on the many side of a foreign key name the instance that they are known to refer to. */
  readonly knownAs: string | null;
}

const relations = new WeakMap<Relation, Related>();

/**
 * The manager of the many objects that a relation leads to from an instance: the target's default manager, limited to those,
 * with the methods that change the relation. Throws ValueError for an instance that others cannot refer to yet.
 */
export function relatedManager(instance: object, relation: Relation): QuerySet {
  const { Manager, column, attname, knownAs } = getOrMake(relations, relation, relatedOf);
  const key = (instance as Row)[attname] ?? null;
  if (key === null) refuseUnsaved(instance, relation);
  const known = knownAs === null ? null : { name: knownAs, instance };
  const query = (): Query => rowsOf(instance, relation, column, key);
  return new Manager(
    query,
    { prefetches: [], fetchMode: null, sticky: false, context: null, known },
    instance,
    relation,
  );
}

function relatedOf(relation: Relation): Related {
  const { hops, inverse, through, sourceKey } = relation;
  return {
    Manager: managerFor(relation),
    column:
      through === null ? new RelatedColumn([], hops[0]!.toField) : new RelatedColumn([inverse.hops[0]!], sourceKey!),
    attname: hops[0]!.fromField.attname,
    knownAs: through === null ? cacheName(inverse) : null,
  };
}

/** Classes of related managers: for each class of a model's default manager one of each kind. */
const classes = new WeakMap<object, Map<Kind, ManagerClass>>();

function managerFor(relation: Relation): ManagerClass {
  const Base = defaultManagerClass(relation.to);
  const kinds = getOrMake(classes, Base, () => new Map());
  const kind: Kind = relation.through !== null ? 'many-to-many' : relation.key.nullable ? 'one-to-many' : 'kept';
  return getOrMake(kinds, kind, () =>
    kind === 'many-to-many' ? manyToManyManager(Base) : oneToManyManager(Base, kind === 'one-to-many'),
  );
}

/** The class of a model's default manager. */
function defaultManagerClass(meta: ModelMeta): QuerySetClass {
  const { defaultManager } = meta.modelClass as { defaultManager?: QuerySet };
  return (defaultManager?.constructor as QuerySetClass | undefined) ?? managerClass(QuerySet);
}

/** A key that may be null leads to no rows; for a join table, or an object that is not saved, that is a mistake. */
function refuseUnsaved(instance: object, relation: Relation): void {
  const pk = instances().pk(instance) ?? null;
  if (pk !== null && relation.through === null) return;
  const meta = instances().metaOf(instance)!;
  const { name } = relation.hops[0]!.fromField;
  throw new ValueError(
    'unsaved-instance',
    `This ${meta.name} must be saved before '${cacheName(relation)}' can be used: it has no value for '${name}' that others could refer to.`,
  );
}

/** The rows that the relation leads to. */
function rowsOf(instance: object, relation: Relation, column: RelatedColumn, key: unknown): Query {
  const rows: Query = { ...relatedQuery(relation), hint: instance };
  if (key === null) return { ...rows, empty: true, shape: null };
  // the first filter() on the manager is about the same related rows ("Spanning multi-valued relationships")
  return withCondition(rows, new KeyCondition(column, { one: key }), true);
}
