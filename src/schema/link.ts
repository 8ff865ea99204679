import { FieldError, ImproperlyConfigured } from '../errors.js';
import type { Field } from '../fields/field.js';
import { type ForeignKey, isForeignKey, isOneToOne } from '../fields/relations.js';
import { TupleField } from '../fields/tuple.js';
import {
  type AddRelation,
  asDraft,
  asMeta,
  type DeclaredMany,
  type Drafted,
  type FieldDraft,
  type Labels,
  type MetaDraft,
} from './draft.js';
import { linkMany, makeJoinTable } from './link-many.js';
import type { BoundField, Hop, Relation } from './model-meta.js';
import { relationDraft } from './relation-draft.js';
import { reverseNames } from './reverse-names.js';

/**
 * Resolves every reference of `models`, makes both sides of every relation and puts them under their names: on the model,
 * on its proxies, and on the models that inherit from it. `models` come with parents before children; join tables made on
 * the way are returned. Throws when a reference means nothing or two names clash.
 */
export function linkRelations(models: readonly Drafted[], labels: Labels): readonly Drafted[] {
  const joinTables = new Map<DeclaredMany, Drafted>();
  for (const { meta, many } of models) {
    for (const field of many) {
      const table = makeJoinTable(meta, field, labels);
      if (table !== null) joinTables.set(field, table);
    }
  }
  const all = [...models, ...joinTables.values()];
  const own = new Map<MetaDraft, Relation[]>();
  for (const { meta } of all) own.set(meta, []);
  const add: AddRelation = (meta, relation) => {
    own.get(asDraft(meta))?.push(relation);
  };
  const keys = all.flatMap(({ meta }) => (meta.proxy ? [] : foreignKeys(meta)));
  const targets = new Map<FieldDraft, KeyTarget>();
  for (const key of keys) targets.set(key, targetOf(key, labels));
  for (const [key, target] of targets) key.type = finalType(key, target, targets);
  for (const { meta } of models) linkCompositeKey(meta);
  for (const { meta, parents } of all) linkAncestors(meta, parents);
  for (const [key, target] of targets) linkKey(key, target, add);
  for (const { meta, many } of models)
    for (const field of many) linkMany(meta, field, joinTables.get(field)?.meta ?? null, labels, add);
  for (const drafted of all) collectNames(drafted, own);
  return [...joinTables.values()];
}

interface KeyTarget {
  readonly meta: MetaDraft;
  readonly field: BoundField;
}

const foreignKeys = (meta: MetaDraft): FieldDraft[] =>
  meta.localFields.filter((field) => isForeignKey(field.field)) as FieldDraft[];

/** The model and the field that a foreign key refers to. */
function targetOf(key: FieldDraft, labels: Labels): KeyTarget {
  const field = key.field as ForeignKey;
  const subject = `${key.model.label}.${key.name}`;
  const meta = field.to === 'self' ? asDraft(key.model) : labels.find(field.to, key.model.appLabel, subject);
  if (meta.pkFields.length > 1) {
    throw new ImproperlyConfigured(
      'composite-target',
      `${subject} cannot refer to ${meta.label}: its primary key has several columns.`,
    );
  }
  const { toField } = field.options;
  const target = toField === undefined ? meta.pk : meta.fieldsByName.get(toField);
  if (target === undefined) {
    throw new FieldError('to-field', `${subject} refers to '${toField}', which ${meta.label} does not have.`);
  }
  return { meta, field: target };
}

/** Follows keys that are themselves foreign keys to the field that says what the column holds. */
function finalType(key: FieldDraft, target: KeyTarget, targets: ReadonlyMap<FieldDraft, KeyTarget>): Field {
  const seen = new Set<BoundField>([key as BoundField]);
  let field = target.field;
  while (isForeignKey(field.field)) {
    if (seen.has(field))
      throw new ImproperlyConfigured('key-circle', `${key.model.label}.${key.name} refers to itself in a circle.`);
    seen.add(field);
    const next = targets.get(field as FieldDraft);
    // a model that was linked before
    if (next === undefined) return field.type;
    field = next.field;
  }
  return field.type;
}

/** The type of a composite key: its parts may be foreign keys, whose types are known by now. */
function linkCompositeKey({ proxy, pk, pkFields }: MetaDraft): void {
  if (proxy || pkFields.length < 2) return;
  const names = pkFields.map(({ name }) => name);
  const types = pkFields.map(({ type }) => type);
  (pk as FieldDraft).type = new TupleField(names, types);
}

/** Makes both sides of the relation of a foreign key. */
function linkKey(key: FieldDraft, target: KeyTarget, add: AddRelation): void {
  const field = key.field as ForeignKey;
  const from = key.model;
  const to = asMeta(target.meta);
  const single = isOneToOne(field);
  const names = reverseNames(asDraft(from), field.options, !single);
  const bound = key as BoundField;
  const forwardHop: Hop = {
    from,
    to,
    fromField: bound,
    toField: target.field,
    multi: false,
    nullable: key.nullable,
    direct: true,
  };
  const reverseHop: Hop = {
    from: to,
    to: from,
    fromField: target.field,
    toField: bound,
    multi: !single,
    nullable: true,
    direct: false,
  };
  const shared = {
    field,
    through: null,
    symmetrical: false,
    onDelete: field.onDelete,
    parentLink: isParentLink(key),
    limitChoicesTo: field.options.limitChoicesTo ?? null,
  };
  const forward = relationDraft(shared, {
    key: bound,
    sourceKey: null,
    targetKey: null,
    kind: single ? 'oneToOne' : 'manyToOne',
    from,
    to,
    name: key.name,
    accessor: key.name,
    hops: [forwardHop],
    multi: false,
    nullable: key.nullable,
    reverse: false,
  });
  const reverse = relationDraft(shared, {
    key: bound,
    sourceKey: null,
    targetKey: null,
    kind: single ? 'reverseOneToOne' : 'oneToMany',
    from: to,
    to: from,
    name: names.query,
    accessor: names.accessor,
    hops: [reverseHop],
    multi: !single,
    nullable: true,
    reverse: true,
  });
  forward.inverse = reverse as Relation;
  reverse.inverse = forward as Relation;
  key.relation = forward as Relation;
  Object.freeze(forward);
  Object.freeze(reverse);
  add(from, forward as Relation);
  const concrete = asDraft(to.concrete);
  concrete.referrers.push(reverse as Relation);
  // on the model with the table, from where proxies and heirs take it
  if (!names.hidden) add(to.concrete, reverse as Relation);
}

const isParentLink = (key: FieldDraft): boolean =>
  [...key.model.parents.values()].includes(key as BoundField) || (key.field as ForeignKey).options.parentLink === true;

/** The hops to every ancestor with a table, nearest first. */
function linkAncestors(meta: MetaDraft, parents: Drafted['parents']): void {
  if (meta.proxy) {
    const behind = parents[0]!.meta;
    meta.parents = behind.parents;
    meta.ancestors = behind.ancestors;
    meta.referrers = asDraft(behind.concrete).referrers;
    return;
  }
  for (const { meta: parent, link } of parents) {
    const key = meta.fieldsByName.get(link!)!;
    const hop: Hop = {
      from: asMeta(meta),
      to: asMeta(parent),
      fromField: key,
      toField: parent.pk,
      multi: false,
      nullable: false,
      direct: true,
    };
    meta.ancestors.set(asMeta(parent), [hop]);
  }
  for (const { meta: parent } of parents) {
    for (const [ancestor, hops] of parent.ancestors) {
      if (!meta.ancestors.has(ancestor))
        meta.ancestors.set(ancestor, [...meta.ancestors.get(asMeta(parent))!, ...hops]);
    }
  }
}

/** Puts inherited relations and own ones under their names; own forward names win. Throws when two names clash. */
function collectNames({ meta, parents }: Drafted, own: ReadonlyMap<MetaDraft, readonly Relation[]>): void {
  for (const { meta: parent } of parents) {
    for (const [name, relation] of parent.relations) {
      // a parent's link to this child, or to a sibling, is no way from here
      const isChildLink = relation.parentLink && relation.reverse && !meta.proxy;
      if (!isChildLink && !meta.relations.has(name)) meta.relations.set(name, relation);
    }
    for (const [name, relation] of parent.accessors) if (!meta.accessors.has(name)) meta.accessors.set(name, relation);
    for (const relation of parent.manyToMany) if (!meta.manyToMany.includes(relation)) meta.manyToMany.push(relation);
  }
  const relations = own.get(meta)!;
  for (const relation of relations) if (relation.reverse) addReverse(meta, relation);
  for (const relation of relations) {
    if (relation.reverse) continue;
    meta.relations.set(relation.name, relation);
    if (relation.accessor !== null) meta.accessors.set(relation.accessor, relation);
    if (relation.kind === 'manyToMany') meta.manyToMany.push(relation);
  }
}

function addReverse(meta: MetaDraft, relation: Relation): void {
  const { name, accessor } = relation;
  const source = describe(relation);
  const taken = meta.relations.get(name);
  const forward = (relations: Iterable<Relation>) =>
    [...relations].some((other) => !other.reverse && other.name === name);
  if (meta.fieldsByName.has(name) || forward(meta.relations.values())) {
    throw clash('E303', `The reverse query name '${name}' of ${source} clashes with a field of ${meta.label}.`);
  }
  if (taken !== undefined && taken.from.concrete === relation.from.concrete) {
    throw clash('E305', `The reverse query name '${name}' of ${source} clashes with that of ${describe(taken)}.`);
  }
  meta.relations.set(name, relation);
  if (accessor === null) return;
  const used = meta.accessors.get(accessor);
  if (meta.fieldsByName.has(accessor)) {
    throw clash('E302', `The reverse accessor '${accessor}' of ${source} clashes with a field of ${meta.label}.`);
  }
  if (used !== undefined && used.from.concrete === relation.from.concrete) {
    throw clash('E304', `The reverse accessor '${accessor}' of ${source} clashes with that of ${describe(used)}.`);
  }
  meta.accessors.set(accessor, relation);
}

const describe = (relation: Relation): string => `${relation.to.label}.${relation.inverse.name}`;
const clash = (id: string, message: string): ImproperlyConfigured =>
  new ImproperlyConfigured(
    'reverse-clash',
    `fields.${id}: ${message} Give it a relatedName of its own, or '+' for no reverse side.`,
  );
