import { FieldError, ImproperlyConfigured } from '../errors.js';
import type { Field } from '../fields/field.js';
import { BigAutoField, OrderWrt } from '../fields/numeric.js';
import { CASCADE } from '../fields/on-delete.js';
import {
  type CompositePrimaryKey,
  isCompositeKey,
  isForeignKey,
  isManyToMany,
  OneToOneField,
} from '../fields/relations.js';
import { lowerFirst, snakeCase, words } from '../util/case.js';
import { truncateName } from '../util/digest.js';
import { blankMeta } from './blank-meta.js';
import { bind, finishFields, type KeyPart } from './bound-fields.js';
import type { ModelDefinition } from './definition.js';
import type { DeclaredMany, Drafted, MetaDraft } from './draft.js';
import { checkClash, concreteParents, declaredLink, localFields, mergedOptions } from './inheritance.js';
import type { BoundField, ModelClass, ModelMeta } from './model-meta.js';
import { uniqueGroups } from './options.js';

/** The longest name of a table or column that every database takes (PostgreSQL's 63 bytes). */
export const MAX_NAME = 63;

/** What building needs of its surroundings. */
export interface BuildContext {
  /** The draft of a parent: built before its children. Throws when the parent is not registered. */
  draftOf(definition: ModelDefinition): Drafted;
  readonly modelClass: ModelClass;
  /** Makes the primary key of a model that names none. */
  readonly autoField: () => Field;
}

/** Everything about a model that can be said without knowing the others; `link.ts` adds relations. */
export function buildMeta(definition: ModelDefinition, context: BuildContext): Drafted {
  const options = mergedOptions(definition);
  const parents = concreteParents(definition).map((parent) => context.draftOf(parent));
  const meta = emptyMeta(definition, options, context.modelClass);
  return options.proxy === true ? proxyOf(definition, meta, parents) : withTable(definition, meta, parents, context);
}

function emptyMeta(definition: ModelDefinition, options: ModelMeta['options'], modelClass: ModelClass): MetaDraft {
  const { appLabel, name, label } = definition;
  const verboseName = options.verboseName ?? words(name);
  const meta = blankMeta({
    label,
    appLabel,
    name,
    modelName: lowerFirst(name),
    dbTable: options.dbTable ?? truncateName(`${appLabel}_${name.toLowerCase()}`, MAX_NAME),
    autoCreated: false,
    verboseName,
    verboseNamePlural: options.verboseNamePlural ?? `${verboseName}s`,
    managed: options.managed !== false,
    modelClass,
  });
  meta.options = options;
  meta.uniqueTogether = uniqueGroups(options.uniqueTogether);
  meta.constraints = (options.constraints ?? []).map((constraint) => constraint.forModel(appLabel, name));
  meta.definition = definition;
  return meta;
}

function proxyOf(definition: ModelDefinition, meta: MetaDraft, parents: readonly Drafted[]): Drafted {
  const [parent, second] = parents;
  if (parent === undefined || parents.some((other) => other.meta.concrete !== parent.meta.concrete)) {
    const found = second === undefined ? 'no model with a table' : 'models of several tables';
    throw new ImproperlyConfigured(
      'proxy',
      `The proxy ${meta.label} needs exactly one parent with a table; it has ${found}.`,
    );
  }
  const fields = localFields(definition);
  if (fields.size > 0) {
    throw new FieldError(
      'proxy-fields',
      `The proxy ${meta.label} cannot have fields of its own: ${[...fields.keys()].join(', ')}.`,
    );
  }
  const behind = parent.meta;
  meta.proxy = true;
  meta.proxyFor = behind;
  meta.concrete = behind.concrete;
  meta.dbTable = behind.dbTable;
  meta.managed = behind.managed;
  meta.fields = behind.fields;
  meta.localFields = behind.localFields;
  meta.pk = behind.pk;
  meta.pkFields = behind.pkFields;
  meta.fieldsByName = behind.fieldsByName;
  meta.orderWithRespectTo = behind.orderWithRespectTo;
  inheritOrder(meta, behind);
  return { meta, many: [], parents: [{ ...parent, link: null }] };
}

function withTable(
  definition: ModelDefinition,
  meta: MetaDraft,
  parents: readonly Drafted[],
  context: BuildContext,
): Drafted {
  const declared = new Map(localFields(definition));
  // links that are made stand before everything else, the last parent's first, as in Django
  const links = parents.map((parent) => {
    const target = parent.meta.concrete as MetaDraft;
    return {
      ...parent,
      meta: target,
      link: declaredLink(declared, target.definition!, meta.appLabel) ?? addLink(declared, target),
    };
  });
  for (const parent of parents) {
    const names = new Set([...parent.meta.fieldsByName.keys(), ...manyNames(parent)]);
    names.delete('pk');
    checkClash(meta.label, parent.meta.label, attributeNames(declared), names);
  }
  addKey(
    meta,
    declared,
    links.map(({ link }) => link),
    context,
  );
  if (meta.options.orderWithRespectTo !== undefined && !declared.has('_order')) declared.set('_order', new OrderWrt());

  const many: DeclaredMany[] = [];
  let composite: CompositePrimaryKey | null = null;
  const primary = primaryName(declared, links[0]?.link ?? null);
  const parts = new Set([...declared.values()].flatMap((field) => (isCompositeKey(field) ? field.names : [])));
  const keyPart = (name: string): KeyPart => (name === primary ? 'whole' : parts.has(name) ? 'part' : 'none');
  for (const [name, field] of declared) {
    if (isCompositeKey(field)) composite = field;
    else if (isManyToMany(field)) many.push({ name, field });
    else meta.localFields.push(bind(name, field, meta, keyPart(name)));
  }
  finishFields(
    meta,
    links.map(({ meta: parent }) => parent),
    composite,
  );
  for (const { meta: parent, link } of links)
    meta.parents.set(parent as unknown as ModelMeta, meta.fieldsByName.get(link)!);
  meta.orderWithRespectTo = owner(meta);
  inheritOrder(meta, parents[0]?.meta ?? null);
  meta.indexes = (meta.options.indexes ?? []).map((index) =>
    index
      .forModel(meta.appLabel, meta.name)
      .named(meta.dbTable, (name) => meta.fieldsByName.get(name)?.column ?? snakeCase(name)),
  );
  return { meta, many, parents: links };
}

/** Adds the link to a parent that the user did not declare: `placePtr`, before all other fields. */
function addLink(declared: Map<string, Field>, parent: MetaDraft): string {
  const name = `${lowerFirst(parent.name)}Ptr`;
  if (declared.has(name)) {
    throw new FieldError(
      'field-clash',
      `A field '${name}' stands where the link to ${parent.label} is made; give it parentLink: true or another name.`,
    );
  }
  const link = new OneToOneField(parent.label, {
    onDelete: CASCADE,
    parentLink: true,
    serialize: false,
    dbColumn: `${parent.name.toLowerCase()}_ptr_id`,
  });
  prepend(declared, name, link);
  return name;
}

function prepend(fields: Map<string, Field>, name: string, field: Field): void {
  const rest = [...fields];
  fields.clear();
  fields.set(name, field);
  for (const [key, value] of rest) fields.set(key, value);
}

/** Makes `id` when nothing else is the primary key. */
function addKey(meta: MetaDraft, declared: Map<string, Field>, links: readonly string[], context: BuildContext): void {
  const keys = [...declared]
    .filter(([, field]) => field.options.primaryKey === true || isCompositeKey(field))
    .map(([name]) => name);
  if (keys.length > 1)
    throw new FieldError(
      'primary-key',
      `${meta.label} has several primary keys: ${keys.join(', ')}. CompositePrimaryKey() makes one of several columns.`,
    );
  if (keys.length > 0 || links.length > 0) return;
  if (declared.has('id'))
    throw new FieldError(
      'primary-key',
      `${meta.label} has a field 'id' that is not its primary key; give it primaryKey: true or another name.`,
    );
  prepend(declared, 'id', context.autoField());
}

/** The default primary key. */
export const defaultAutoField = (): Field => new BigAutoField({ primaryKey: true });

function primaryName(declared: ReadonlyMap<string, Field>, firstLink: string | null): string | null {
  for (const [name, field] of declared) if (field.options.primaryKey === true) return name;
  return [...declared.values()].some(isCompositeKey) ? null : firstLink;
}

const manyNames = (drafted: Drafted): readonly string[] => [
  ...drafted.many.map(({ name }) => name),
  ...drafted.parents.flatMap((parent) => manyNames(parent)),
];

function attributeNames(declared: ReadonlyMap<string, Field>): readonly string[] {
  return [...declared].flatMap(([name, field]) => (isForeignKey(field) ? [name, `${name}Id`] : [name]));
}

function owner(meta: MetaDraft): BoundField | null {
  const name = meta.options.orderWithRespectTo;
  if (name === undefined) return null;
  const field = meta.fieldsByName.get(name);
  if (field === undefined || !isForeignKey(field.field)) {
    throw new FieldError(
      'order-with-respect-to',
      `${meta.label}: orderWithRespectTo names '${name}', which is no foreign key of the model.`,
    );
  }
  return field;
}

/** Ordering and getLatestBy: the model's own, else those of the first parent with a table. */
function inheritOrder(meta: MetaDraft, parent: MetaDraft | null): void {
  const { ordering, getLatestBy, orderWithRespectTo } = meta.options;
  if (orderWithRespectTo !== undefined) meta.ordering = ['_order'];
  else meta.ordering = ordering ?? parent?.ordering ?? [];
  if (getLatestBy === undefined) meta.getLatestBy = parent?.getLatestBy ?? null;
  else meta.getLatestBy = typeof getLatestBy === 'string' ? [getLatestBy] : getLatestBy;
}
