import { ImproperlyConfigured } from '../errors.js';
import { BigAutoField } from '../fields/numeric.js';
import { CASCADE } from '../fields/on-delete.js';
import { ForeignKey, isForeignKey, type ManyToManyOptions } from '../fields/relations.js';
import { lowerFirst, snakeCase } from '../util/case.js';
import { truncateName } from '../util/digest.js';
import { blankMeta } from './blank-meta.js';
import { bind, finishFields } from './bound-fields.js';
import { MAX_NAME } from './build-meta.js';
import { type AddRelation, asMeta, type DeclaredMany, type Drafted, type Labels, type MetaDraft } from './draft.js';
import type { BoundField, Hop, ModelClass, ModelMeta, Relation } from './model-meta.js';
import { relationDraft } from './relation-draft.js';
import { reverseNames } from './reverse-names.js';

const subjectOf = (meta: MetaDraft, many: DeclaredMany): string => `${meta.label}.${many.name}`;

function targetOf(meta: MetaDraft, many: DeclaredMany, labels: Labels): MetaDraft {
  const { to } = many.field as unknown as { to: string };
  return to === 'self' ? meta : labels.find(to, meta.appLabel, subjectOf(meta, many));
}

/** The model of the join table of a many-to-many field that names none, else null. */
export function makeJoinTable(meta: MetaDraft, many: DeclaredMany, labels: Labels): Drafted | null {
  const options = many.field.options as ManyToManyOptions;
  if (options.through !== undefined) return null;
  const target = targetOf(meta, many, labels);
  const name = `${meta.name}_${many.name}`;
  const selfish = target === meta;
  const [source, other] = selfish
    ? [`from${meta.name}`, `to${meta.name}`]
    : [lowerFirst(meta.name), lowerFirst(target.name)];
  const [sourceColumn, otherColumn] = selfish
    ? [`from_${meta.name.toLowerCase()}_id`, `to_${meta.name.toLowerCase()}_id`]
    : [`${meta.name.toLowerCase()}_id`, `${target.name.toLowerCase()}_id`];
  const table = joinTableMeta(
    meta,
    name,
    options.dbTable ?? truncateName(`${meta.dbTable}_${snakeCase(many.name)}`, MAX_NAME),
  );
  const key = (to: MetaDraft, column: string) =>
    new ForeignKey(to.label, {
      onDelete: CASCADE,
      relatedName: `${name}+`,
      dbColumn: column,
      dbConstraint: options.dbConstraint !== false,
    });
  table.localFields = [
    bind('id', new BigAutoField({ primaryKey: true }), table, 'whole'),
    bind(source, key(meta, sourceColumn), table, 'none'),
    bind(other, key(target, otherColumn), table, 'none'),
  ];
  table.uniqueTogether = [[source, other]];
  finishFields(table, [], null);
  return { meta: table, many: [], parents: [] };
}

function joinTableMeta(owner: MetaDraft, name: string, dbTable: string): MetaDraft {
  const verboseName = `${owner.verboseName} relationship`;
  return blankMeta({
    label: `${owner.appLabel}.${name}`,
    appLabel: owner.appLabel,
    name,
    modelName: lowerFirst(name),
    dbTable,
    autoCreated: true,
    verboseName,
    verboseNamePlural: `${verboseName}s`,
    managed: owner.managed,
    modelClass: undefined as unknown as ModelClass,
  });
}

/** Makes both sides of a many-to-many relation over `joinTable`, or over its `through`. Their keys are linked already. */
export function linkMany(
  meta: MetaDraft,
  many: DeclaredMany,
  joinTable: MetaDraft | null,
  labels: Labels,
  add: AddRelation,
): void {
  const subject = subjectOf(meta, many);
  const options = many.field.options as ManyToManyOptions;
  const to = targetOf(meta, many, labels);
  const through = options.through === undefined ? joinTable! : labels.find(options.through, meta.appLabel, subject);
  const selfish = asMeta(to).concrete === asMeta(meta).concrete;
  const [sourceKey, targetKey] = joinKeys(subject, meta, to, through, options, selfish);
  const symmetrical = selfish && isSelf(many, to) && options.symmetrical !== false;
  const names = symmetrical
    ? { query: `${many.name}_rel_+`, accessor: null, hidden: true }
    : reverseNames(meta, options, true);

  const shared = {
    field: many.field,
    through: asMeta(through),
    symmetrical,
    onDelete: CASCADE,
    parentLink: false,
    limitChoicesTo: options.limitChoicesTo ?? null,
  };
  const forward = relationDraft(shared, {
    multi: true,
    nullable: true,
    kind: 'manyToMany',
    from: asMeta(meta),
    to: asMeta(to),
    name: many.name,
    accessor: many.name,
    hops: hopsOver(asMeta(meta), sourceKey, targetKey, asMeta(to)),
    reverse: false,
    key: sourceKey,
    sourceKey,
    targetKey,
  });
  const reverse = relationDraft(shared, {
    multi: true,
    nullable: true,
    kind: 'reverseManyToMany',
    from: asMeta(to),
    to: asMeta(meta),
    name: names.query,
    accessor: names.accessor,
    hops: hopsOver(asMeta(to), targetKey, sourceKey, asMeta(meta)),
    reverse: true,
    key: targetKey,
    sourceKey: targetKey,
    targetKey: sourceKey,
  });
  forward.inverse = reverse as Relation;
  reverse.inverse = forward as Relation;
  Object.freeze(forward);
  Object.freeze(reverse);
  add(asMeta(meta), forward as Relation);
  if (!names.hidden) add(asMeta(to).concrete, reverse as Relation);
}

const isSelf = (many: DeclaredMany, to: MetaDraft): boolean => {
  const reference = (many.field as unknown as { to: string }).to;
  return (
    reference === 'self' ||
    reference.toLowerCase() === to.name.toLowerCase() ||
    reference.toLowerCase() === to.label.toLowerCase()
  );
};

/** Into the join table and out of it on the other side. */
function hopsOver(from: ModelMeta, near: BoundField, far: BoundField, to: ModelMeta): readonly Hop[] {
  const through = near.model;
  const into: Hop = {
    from,
    to: through,
    fromField: near.relation!.hops[0]!.toField,
    toField: near,
    multi: true,
    nullable: true,
    direct: false,
  };
  const out: Hop = {
    from: through,
    to,
    fromField: far,
    toField: far.relation!.hops[0]!.toField,
    multi: false,
    nullable: far.nullable,
    direct: true,
  };
  return Object.freeze([Object.freeze(into), Object.freeze(out)]);
}

/** The two keys of a join table: to the model with the field, to the other one. */
function joinKeys(
  subject: string,
  meta: MetaDraft,
  to: MetaDraft,
  through: MetaDraft,
  options: ManyToManyOptions,
  selfish: boolean,
): readonly [BoundField, BoundField] {
  if (options.throughFields !== undefined) {
    const [source, target] = options.throughFields as readonly [string, string];
    return [namedKey(subject, through, source, meta), namedKey(subject, through, target, to)];
  }
  const keysTo = (model: MetaDraft): readonly BoundField[] =>
    through.fields.filter((field) => isForeignKey(field.field) && refersTo(field, model));
  const sources = keysTo(meta);
  if (selfish) {
    if (sources.length !== 2) throw wrongKeys(subject, through, meta, sources.length, 'exactly two foreign keys');
    return [sources[0]!, sources[1]!];
  }
  const targets = keysTo(to);
  if (sources.length !== 1) throw wrongKeys(subject, through, meta, sources.length, 'one foreign key');
  if (targets.length !== 1) throw wrongKeys(subject, through, to, targets.length, 'one foreign key');
  return [sources[0]!, targets[0]!];
}

function wrongKeys(
  subject: string,
  through: MetaDraft,
  model: MetaDraft,
  found: number,
  wanted: string,
): ImproperlyConfigured {
  const remedy = found > 1 ? ' Name the keys to use with throughFields.' : '';
  return new ImproperlyConfigured(
    'through-keys',
    `${subject}: the join model ${through.label} needs ${wanted} to ${model.label}; it has ${found}.${remedy}`,
  );
}

function namedKey(subject: string, through: MetaDraft, name: string, model: MetaDraft): BoundField {
  const field = through.fieldsByName.get(name);
  if (field === undefined || !isForeignKey(field.field)) {
    throw new ImproperlyConfigured(
      'through-keys',
      `${subject}: throughFields names '${name}', which is no foreign key of ${through.label}.`,
    );
  }
  if (!refersTo(field, model)) {
    throw new ImproperlyConfigured(
      'through-keys',
      `${subject}: the key '${name}' of ${through.label} does not refer to ${model.label}.`,
    );
  }
  return field;
}

/** Whether a key refers to the model, or to a proxy of it. */
const refersTo = (field: BoundField, model: MetaDraft): boolean =>
  field.relation!.to.concrete === asMeta(model).concrete;
