import type { FieldSpec, ModelSpec, WorldSpec } from './corpus.js';

/** Where a name of a model leads: how Nuages spells it, and the model at its other end when it is a relation. */
export interface Name {
  readonly camel: string;
  readonly target?: string;
  /** Whether a row may lead to many: a manager on an instance. */
  readonly many?: boolean;
  /** Whether the relation is seen from the end that does not declare it. */
  readonly reverse?: boolean;
}

/** Names that a query made itself (annotations, aliases); a FilteredRelation leads on to a model. */
export type Aliases = ReadonlyMap<string, string | null>;

/** One model's names, keyed by the corpus's spelling. */
export interface ModelNames {
  readonly spec: ModelSpec;
  /** Attribute names of the concrete fields, inherited ones included, in order: `publisher_id`. */
  readonly columns: readonly string[];
  /** The Django class of each column's field; foreign keys have none here. */
  readonly types: ReadonlyMap<string, string>;
  /** The name of the primary key's field, or null when the key is composite. */
  readonly primaryKey: string | null;
  /** What lookup paths are made of: fields, their attribute names, reverse query names. */
  readonly lookups: ReadonlyMap<string, Name>;
  /** What an instance has: fields, their attribute names, reverse accessors. */
  readonly attributes: ReadonlyMap<string, Name>;
  /** Nuages' spelling back to the corpus's. */
  readonly back: ReadonlyMap<string, Name>;
}

interface Draft {
  readonly spec: ModelSpec;
  readonly parents: string[];
  readonly columns: string[];
  readonly types: Map<string, string>;
  primaryKey: string | null;
  readonly lookups: Map<string, Name>;
  readonly attributes: Map<string, Name>;
}

/** `pub_date` → `pubDate`; a leading underscore stays (`_order`). */
export function camelCase(name: string): string {
  return name.replace(/(?<=[^_])_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** The default lookup name of a relation seen from its other end: `BookAuthorMap` → `bookAuthorMap`. */
export function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

export const isRelation = (field: FieldSpec): boolean =>
  ['ForeignKey', 'OneToOneField', 'ManyToManyField'].includes(field.type);

export const isManyToMany = (field: FieldSpec): boolean => field.type === 'ManyToManyField';
export const isAbstract = (model: ModelSpec): boolean => model.meta?.abstract === true;
export const isProxy = (model: ModelSpec): boolean => model.meta?.proxy === true;

/** Translates names between the corpus (Django's spelling) and Nuages, for the models of one world. */
export class WorldNames {
  readonly models: ReadonlyMap<string, ModelNames>;
  readonly #specs: ReadonlyMap<string, ModelSpec>;

  constructor(world: WorldSpec) {
    this.#specs = new Map(world.models.map((model) => [model.name, model]));
    const drafts = new Map<string, Draft>();
    for (const spec of world.models) if (!isAbstract(spec)) drafts.set(spec.name, this.#draft(spec, drafts));
    for (const draft of drafts.values()) this.#addReverseNames(draft, drafts);
    this.models = new Map([...drafts].map(([name, draft]) => [name, { ...draft, back: backwards(draft.lookups) }]));
  }

  /** The names of a model; throws for one that the world does not have. */
  of(model: string): ModelNames {
    const names = this.models.get(model);
    if (names === undefined) throw new Error(`The corpus has no model ${model} here.`);
    return names;
  }

  /** The fields that a model has itself or takes from abstract bases, in Django's order. */
  ownFields(spec: ModelSpec): readonly FieldSpec[] {
    const inherited = (spec.bases ?? []).map((base) => this.#spec(base)).filter(isAbstract);
    return [...inherited.flatMap((base) => this.ownFields(base)), ...spec.fields];
  }

  /** Attribute names of the columns of a model's own table; a child's table has none of its parent's. */
  ownColumns(model: string): readonly string[] {
    const { columns, spec } = this.of(model);
    const inherited = new Set((spec.bases ?? []).flatMap((base) => this.models.get(base)?.columns ?? []));
    return columns.filter((column) => !inherited.has(column));
  }

  /** The database column of an attribute. */
  column(model: string, attribute: string): string {
    const field = this.ownFields(this.of(model).spec).find(
      ({ name }) => name === attribute || `${name}_id` === attribute,
    );
    return typeof field?.db_column === 'string' ? field.db_column : attribute;
  }

  /** The column of a model's own table that the database counts; null when there is none. */
  automaticKey(model: string): string | null {
    const { primaryKey, spec } = this.of(model);
    if (primaryKey === null || this.inheritsRows(model)) return null;
    const field = this.ownFields(spec).find(({ name }) => name === primaryKey);
    return field === undefined || field.type.endsWith('AutoField') ? primaryKey : null;
  }

  /** Whether a model's rows have parts in the tables of concrete parents. */
  inheritsRows(model: string): boolean {
    return (this.of(model).spec.bases ?? []).some((base) => this.models.has(base));
  }

  /** `publisher__in_print__exact` → `publisher__inPrint__exact`, as far as the segments are names of models. */
  lookup(model: string, path: string, aliases: Aliases = new Map()): string {
    return this.#walk(model, path, aliases, (names, segment) => names.lookups.get(segment));
  }

  /** The way back of `lookup`, for the keys of answers. */
  lookupBack(model: string, path: string, aliases: Aliases = new Map()): string {
    return this.#walk(model, path, aliases, (names, segment) => names.back.get(segment));
  }

  /** A path over accessors, as prefetch_related takes it: `book_set__authors`. */
  accessors(model: string, path: string, aliases: Aliases = new Map()): string {
    return this.#walk(model, path, aliases, (names, segment) => names.attributes.get(segment));
  }

  /** One attribute of an instance; an unknown one stays as it is. */
  attribute(model: string, name: string): string {
    return this.models.get(model)?.attributes.get(name)?.camel ?? name;
  }

  /** The model that a lookup path ends at, or null when it does not end at a relation. */
  target(model: string, path: string): string | null {
    let at: string | null = model;
    for (const segment of path.split('__'))
      at = at === null ? null : (this.of(at).lookups.get(segment)?.target ?? null);
    return at;
  }

  #walk(
    model: string,
    path: string,
    aliases: Aliases,
    find: (names: ModelNames, segment: string) => Name | undefined,
  ): string {
    let at: string | null = model;
    const segments = path.split('__').map((segment, index) => {
      if (index === 0 && aliases.has(segment)) {
        at = aliases.get(segment) ?? null;
        return segment;
      }
      if (at === null) return segment;
      const names: ModelNames = this.of(at);
      const name = find(names, segment === 'pk' ? (names.primaryKey ?? 'pk') : segment);
      at = name?.target ?? null;
      return segment === 'pk' ? 'pk' : (name?.camel ?? segment);
    });
    return segments.join('__');
  }

  #spec(name: string): ModelSpec {
    const spec = this.#specs.get(name);
    if (spec === undefined) throw new Error(`The corpus has no model ${name} here.`);
    return spec;
  }

  #draft(spec: ModelSpec, drafts: ReadonlyMap<string, Draft>): Draft {
    const draft: Draft = {
      spec,
      parents: (spec.bases ?? []).filter((base) => drafts.has(base)),
      columns: [],
      types: new Map(),
      primaryKey: null,
      lookups: new Map(),
      attributes: new Map(),
    };
    for (const parent of draft.parents.map((name) => drafts.get(name)!)) {
      draft.columns.push(...parent.columns);
      for (const [column, type] of parent.types) draft.types.set(column, type);
      for (const [name, value] of parent.lookups) draft.lookups.set(name, value);
      for (const [name, value] of parent.attributes) draft.attributes.set(name, value);
      if (isProxy(spec)) draft.primaryKey = parent.primaryKey;
    }
    if (isProxy(spec)) return draft;
    const fields = this.#withImplicitFields(spec, draft.parents);
    draft.primaryKey = fields.find((field) => field.primary_key === true)?.name ?? null;
    for (const field of fields) addField(draft, field);
    if (spec.meta?.order_with_respect_to !== undefined) addField(draft, { name: '_order', type: 'OrderWrt' });
    return draft;
  }

  #withImplicitFields(spec: ModelSpec, parents: readonly string[]): readonly FieldSpec[] {
    const own = this.ownFields(spec);
    const links = parents
      .filter((parent) => !own.some((field) => field.parent_link === true && field.to === parent))
      .map((parent, index) => ({
        name: `${parent.toLowerCase()}_ptr`,
        camel: `${lowerFirst(parent)}Ptr`,
        type: 'OneToOneField',
        to: parent,
        parent_link: true,
        primary_key: index === 0,
      }));
    const hasKey = own.some((field) => field.primary_key === true || field.type === 'CompositePrimaryKey');
    // Django adds the link to the first parent last, in front of the others.
    if (hasKey || links.length > 0) return [...links.reverse(), ...own];
    return [{ name: 'id', type: 'BigAutoField', primary_key: true }, ...own];
  }

  #addReverseNames(draft: Draft, drafts: ReadonlyMap<string, Draft>): void {
    if (isProxy(draft.spec)) return;
    for (const field of this.#withImplicitFields(draft.spec, draft.parents)) {
      if (!isRelation(field)) continue;
      const reverse = reverseNames(draft.spec, field);
      if (reverse === null) continue;
      const target = field.to === 'self' ? draft.spec.name : String(field.to);
      for (const heir of drafts.values()) {
        if (!isOrInherits(heir, target, drafts)) continue;
        const many = field.type !== 'OneToOneField';
        const { query, accessor } = reverse;
        if (!heir.lookups.has(query.snake)) {
          heir.lookups.set(query.snake, { camel: query.camel, target: draft.spec.name, many, reverse: true });
        }
        if (!heir.attributes.has(accessor.snake)) {
          heir.attributes.set(accessor.snake, { camel: accessor.camel, target: draft.spec.name, many, reverse: true });
        }
      }
    }
  }
}

function addField(draft: Draft, field: FieldSpec): void {
  if (field.type === 'CompositePrimaryKey') return;
  const target = isRelation(field) ? (field.to === 'self' ? draft.spec.name : String(field.to)) : undefined;
  const many = field.type === 'ManyToManyField';
  const camel = typeof field.camel === 'string' ? field.camel : camelCase(field.name);
  const name: Name = { camel, many, ...(target === undefined ? {} : { target }) };
  draft.lookups.set(field.name, name);
  draft.attributes.set(field.name, name);
  if (many) return;
  const column = target === undefined ? field.name : `${field.name}_id`;
  draft.columns.push(column);
  if (target === undefined) {
    draft.types.set(column, field.type);
  } else {
    draft.lookups.set(column, { camel: `${camel}Id` });
    draft.attributes.set(column, { camel: `${camel}Id` });
  }
}

interface BothSpellings {
  readonly snake: string;
  readonly camel: string;
}

function reverseNames(model: ModelSpec, field: FieldSpec): { query: BothSpellings; accessor: BothSpellings } | null {
  const related = field.related_name ?? model.meta?.default_related_name;
  const symmetrical = field.type === 'ManyToManyField' && field.to === 'self' && field.symmetrical !== false;
  if (symmetrical || (typeof related === 'string' && related.endsWith('+'))) return null;
  const plain = { snake: model.name.toLowerCase(), camel: lowerFirst(model.name) };
  const given = (text: string): BothSpellings => ({
    snake: text.replace('%(class)s', plain.snake),
    camel: camelCase(text).replace('%(class)s', plain.camel),
  });
  const set = { snake: `${plain.snake}_set`, camel: `${plain.camel}Set` };
  const accessor = typeof related === 'string' ? given(related) : field.type === 'OneToOneField' ? plain : set;
  if (typeof field.related_query_name === 'string') return { query: given(field.related_query_name), accessor };
  return { query: typeof related === 'string' ? accessor : plain, accessor };
}

function isOrInherits(model: Draft, ancestor: string, drafts: ReadonlyMap<string, Draft>): boolean {
  return (
    model.spec.name === ancestor || model.parents.some((parent) => isOrInherits(drafts.get(parent)!, ancestor, drafts))
  );
}

function backwards(names: ReadonlyMap<string, Name>): ReadonlyMap<string, Name> {
  return new Map([...names].map(([snake, name]) => [name.camel, { ...name, camel: snake }]));
}
