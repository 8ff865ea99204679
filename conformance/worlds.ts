import type { Json, JsonObject, ModelSpec, WorldSpec } from './corpus.js';
import type { Dynamic, Library } from './dynamic.js';
import { fieldFrom } from './fields.js';
import { camelCase, isAbstract, isManyToMany, isProxy, WorldNames } from './names.js';
import { Scope } from './scope.js';

/** A table of the database that holds the pairs of a many-to-many field. */
export interface JoinTable {
  readonly table: string;
  /** The column that refers to the model with the field. */
  readonly from: string;
  readonly to: string;
}

/** One app of the corpus: its models as classes of Nuages, or the reason why they could not be built. */
export class World {
  readonly name: string;
  readonly names: WorldNames;
  readonly classes = new Map<string, Dynamic>();
  /** Models that could not be built, with the reason. */
  readonly broken = new Map<string, Error>();
  readonly #byPrototype = new Map<object, string>();

  constructor(
    readonly nuages: Library,
    readonly spec: WorldSpec,
  ) {
    this.name = spec.name;
    this.names = new WorldNames(spec);
  }

  /** The class of a model; throws the reason when it could not be built. */
  model(name: string): Dynamic {
    const found = this.classes.get(name);
    if (found !== undefined) return found;
    throw this.broken.get(name) ?? new Error(`The corpus has no model ${name} in ${this.name}.`);
  }

  /** The name of the model that a value is an instance of; undefined for any other value. */
  modelOf(value: Dynamic): string | undefined {
    if (typeof value !== 'object' || value === null) return undefined;
    for (let at = Object.getPrototypeOf(value); at !== null; at = Object.getPrototypeOf(at)) {
      const name = this.#byPrototype.get(at);
      if (name !== undefined) return name;
    }
    return undefined;
  }

  /** Makes the classes of all models, abstract ones included; what fails is remembered in `broken`. */
  build(): void {
    for (const model of this.spec.models) {
      try {
        const made = defineModel(this, model);
        this.classes.set(model.name, made);
        if (this.names.models.has(model.name)) this.#byPrototype.set(made.prototype, model.name);
      } catch (error) {
        this.broken.set(model.name, error instanceof Error ? error : new Error(String(error)));
      }
    }
  }

  /** The concrete and proxy classes by name, as `defineConfig({ apps })` takes them. */
  app(): Record<string, Dynamic> {
    return Object.fromEntries([...this.classes].filter(([name]) => this.names.models.has(name)));
  }

  /** The automatic join table of a many-to-many field, by the name of its model: `Book_tags`. */
  joinTable(name: string): JoinTable {
    const at = name.indexOf('_');
    const [model, fieldName] = [name.slice(0, at), name.slice(at + 1)];
    const spec = this.names.of(model).spec;
    const field = this.names.ownFields(spec).find((item) => item.name === fieldName);
    if (field === undefined) throw new Error(`The corpus has no many-to-many field ${name} in ${this.name}.`);
    const [source, target] = [model.toLowerCase(), String(field.to).toLowerCase()];
    const isSelf = field.to === 'self' || source === target;
    return {
      table: typeof field.db_table === 'string' ? field.db_table : `${this.table(model)}_${fieldName}`,
      from: isSelf ? `from_${source}_id` : `${source}_id`,
      to: isSelf ? `to_${source}_id` : `${target}_id`,
    };
  }

  /** All tables, join tables included. */
  tables(): readonly string[] {
    return this.#tablesAndKeys().map(({ table }) => table);
  }

  /** The tables whose keys the database counts, join tables included. */
  automaticKeys(): readonly { readonly table: string; readonly column: string }[] {
    return this.#tablesAndKeys().flatMap(({ table, key }) => (key === null ? [] : [{ table, column: key }]));
  }

  #tablesAndKeys(): readonly { readonly table: string; readonly key: string | null }[] {
    const models = [...this.names.models].filter(([, { spec }]) => !isProxy(spec));
    return models.flatMap(([model, { spec }]) => {
      const pairs = this.names.ownFields(spec).filter((field) => isManyToMany(field) && field.through === undefined);
      return [
        { table: this.table(model), key: this.names.automaticKey(model) },
        ...pairs.map((field) => ({ table: this.joinTable(`${model}_${field.name}`).table, key: 'id' })),
      ];
    });
  }

  /** The table of a concrete model, as Django names it. */
  table(model: string): string {
    const given = this.names.of(model).spec.meta?.db_table;
    return typeof given === 'string' ? given : `${this.name}_${model.toLowerCase()}`;
  }
}

function defineModel(world: World, spec: ModelSpec): Dynamic {
  const { Model, AbstractModel } = world.nuages;
  // An abstract model has no names of its own: its fields are read as if it were concrete.
  const scope = new Scope(world.nuages, world, spec.name);
  const fields = Object.fromEntries(spec.fields.map((field) => [camelCase(field.name), fieldFrom(field, scope)]));
  const parents = (spec.bases ?? []).map((base) => world.model(base));
  const meta = metaOptions(spec, scope);
  const bases = parents.length === 0 ? [] : [parents.length === 1 ? parents[0] : parents];
  const options = Object.keys(meta).length === 0 ? [] : [meta];
  if (isAbstract(spec)) return AbstractModel(...bases, fields, ...options);
  const Base = Model(`${world.name}.${spec.name}`, ...bases, fields, ...options);
  return { [spec.name]: class extends Base {} }[spec.name];
}

function metaOptions(spec: ModelSpec, scope: Scope): Record<string, Dynamic> {
  const entries = Object.entries(spec.meta ?? {})
    .filter(([name]) => name !== 'abstract')
    .map(([name, value]) => [camelCase(name), metaOption(name, value, scope)]);
  return Object.fromEntries(entries);
}

/** Names inside options are those of the model itself, so the path's first segment is enough. */
const name = (text: Json): string => (text as string).split('__').map(camelCase).join('__');

function metaOption(option: string, value: Json, scope: Scope): Dynamic {
  switch (option) {
    case 'ordering':
      return (value as Json[]).map(name);
    case 'unique_together':
      return (value as Json[][]).map((group) => group.map(name));
    case 'get_latest_by':
      return Array.isArray(value) ? value.map(name) : name(value);
    case 'order_with_respect_to':
    case 'default_related_name':
      return name(value);
    case 'constraints':
      return (value as JsonObject[]).map((constraint) => constraintFrom(constraint, scope));
    case 'indexes':
      return (value as JsonObject[]).map((index) => scope.nuages.Index(constraintOptions(index, scope)));
    default:
      return value;
  }
}

function constraintFrom({ type, expressions, ...rest }: JsonObject, scope: Scope): Dynamic {
  const parts = ((expressions ?? []) as Json[]).map((item) => scope.expression(item));
  return scope.nuages[type as string](...parts, constraintOptions(rest, scope));
}

function constraintOptions(options: JsonObject, scope: Scope): Record<string, Dynamic> {
  const entries = Object.entries(options).map(([option, value]) => {
    const decoded = option === 'fields' ? (value as Json[]).map(name) : scope.decode(value);
    return [camelCase(option), decoded];
  });
  return Object.fromEntries(entries);
}

/** Builds the models of every world. */
export function buildWorlds(nuages: Library, specs: readonly WorldSpec[]): ReadonlyMap<string, World> {
  const worlds = specs.map((spec) => new World(nuages, spec));
  for (const world of worlds) world.build();
  return new Map(worlds.map((world) => [world.name, world]));
}
