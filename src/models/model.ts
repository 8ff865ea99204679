import { entered, type Using } from '../database/transaction-handle.js';
import { AppRegistryNotReady, typeError, ValueError } from '../errors.js';
import { TupleField } from '../fields/tuple.js';
import { mapKey } from '../query/keys.js';
import { instances, originAt, setSaver } from '../schema/instance.js';
import type { BoundField, ModelMeta } from '../schema/model-meta.js';
import { didYouMean } from '../util/closest.js';
import { cacheName } from './accessors.js';
import { type DeleteOptions, deleteInstance } from './delete.js';
import { type RefreshOptions, refreshFromDb } from './refresh.js';
import { type SaveOptions, save } from './save.js';
import { InstanceRoot, metaOfClass } from './state.js';
import {
  type CleanOptions,
  cleanFields,
  type FullCleanOptions,
  fullClean,
  validateConstraints,
  validateUnique,
} from './validate.js';

/** Options whose `using` may be a transaction. */
type Within<O extends { readonly using?: string }> = Omit<O, 'using'> & { readonly using?: Using };
type Row = Record<string, unknown>;

/** What all models can do; see `types/public/model-instance.ts` for the documentation. */
export class ModelBase extends InstanceRoot {
  protected initialize(init: unknown): void {
    initialize(this, init);
  }

  get _state(): { adding: boolean; db: string | null } {
    return new InstanceState(this);
  }
  get pk(): unknown {
    const { pk, pkFields } = metaOf(this);
    const row = this as unknown as Row;
    return pkFields.length > 1 ? pkFields.map(({ attname }) => row[attname]) : row[pk.attname];
  }
  set pk(value: unknown) {
    const meta = metaOf(this);
    if (meta.pk.type instanceof TupleField) {
      const values = value === null ? meta.pkFields.map(() => null) : meta.pk.type.checked(value, meta.pk.name);
      for (const [index, field] of meta.pkFields.entries()) (this as unknown as Row)[field.attname] = values[index];
      return;
    }
    // the keys of parents are this key under other names
    for (const [parent, link] of meta.parents) {
      (this as unknown as Row)[parent.pk.attname] = value;
      (this as unknown as Row)[link.attname] = value;
    }
    (this as unknown as Row)[meta.pk.attname] = value;
  }

  async save(options: Within<SaveOptions> = {}): Promise<void> {
    const saved = entered(options, (inner) => save(this, inner));
    if (saved instanceof Promise) await saved;
  }
  delete(options: Within<DeleteOptions> = {}): Promise<[number, Record<string, number>]> {
    return entered(options, (inner) => deleteInstance(this, inner));
  }
  refreshFromDb(options: Within<RefreshOptions> = {}): Promise<void> {
    return entered(options, (inner) => refreshFromDb(this, inner));
  }
  fullClean(options: FullCleanOptions = {}): Promise<void> {
    return fullClean(this, options);
  }
  cleanFields(options: CleanOptions = {}): Promise<void> {
    return cleanFields(this, options);
  }
  clean(): void | Promise<void> {}
  validateUnique(options: CleanOptions = {}): Promise<void> {
    return validateUnique(this, options);
  }
  validateConstraints(options: CleanOptions = {}): Promise<void> {
    return validateConstraints(this, options);
  }
  getDeferredFields(): Set<string> {
    return new Set(instances().deferred(this));
  }
  serializableValue(name: string): unknown {
    const field = metaOf(this).fieldsByName.get(name);
    return (this as unknown as Row)[field?.attname ?? name];
  }
  /** The related object, or null where a one-to-one relation is not there. */
  async getRelated(name: string): Promise<object | null> {
    const meta = metaOf(this);
    const relation = meta.accessors.get(name);
    if (relation === undefined || relation.multi) {
      const choices = [...meta.accessors].flatMap(([accessor, each]) => (each.multi ? [] : [accessor]));
      throw new ValueError(
        'not-related',
        `${meta.label} has no relation '${name}' to one object.${didYouMean(name, choices)} Choices are: ${choices.join(', ')}.`,
      );
    }
    const known = instances().cached(this, cacheName(relation)) as object | null | undefined;
    if (known !== undefined && relation.reverse) return known;
    try {
      return (await (this as unknown as Row)[name]) as object | null;
    } catch (error) {
      if (relation.reverse && error instanceof relation.to.modelClass.DoesNotExist) return null;
      throw error;
    }
  }

  /** Whether it is the same row. Proxies are the same as what they stand for. */
  equals(other: unknown): boolean {
    if (this === other) return true;
    const theirs = instances().metaOf(other);
    if (theirs === null || theirs.concrete !== metaOf(this).concrete) return false;
    const key = instances().pk(this) ?? null;
    return key !== null && mapKey(key) === mapKey(instances().pk(other as object));
  }
  override toString(): string {
    return `${metaOf(this).name} object (${Array.isArray(this.pk) ? this.pk.map((part) => part ?? null).join(', ') : (this.pk ?? null)})`;
  }
  toJSON(): Row {
    const meta = metaOf(this);
    const deferred = new Set(instances().deferred(this));
    return Object.fromEntries(
      meta.fields
        .filter(({ attname }) => !deferred.has(attname))
        .map(({ attname }) => [attname, (this as unknown as Row)[attname]]),
    );
  }
  /** `<Book: Dune>` */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    const meta = metaOfClass(this.constructor);
    return meta === null ? `<${this.constructor.name}>` : `<${meta.name}: ${String(this)}>`;
  }
}

setSaver({ inherited: ModelBase.prototype.save, save });

/** `_state`: a view, so that rows carry none. */
class InstanceState {
  readonly #instance: object;
  constructor(instance: object) {
    this.#instance = instance;
  }
  get adding(): boolean {
    return instances().isAdding(this.#instance);
  }
  set adding(value: boolean) {
    instances().setAdding(this.#instance, value);
  }
  get db(): string | null {
    return instances().origin(this.#instance)?.alias ?? null;
  }
  set db(alias: string | null) {
    if (alias !== null && typeof alias !== 'string')
      throw typeError('database-alias', '_state.db is the alias of a database, or null.');
    instances().setOrigin(this.#instance, alias === null ? null : originAt(alias));
  }
}

/** The model of an instance. Throws AppRegistryNotReady when its class was not registered. */
export function metaOf(instance: object): ModelMeta {
  const meta = metaOfClass(instance.constructor);
  if (meta === null) {
    if ((instance.constructor as { label?: string }).label === undefined)
      throw typeError('abstract-model', 'Abstract models cannot be instantiated.');
    throw notRegistered((instance.constructor as { label?: string }).label!);
  }
  return meta;
}

export const notRegistered = (label: string): AppRegistryNotReady =>
  new AppRegistryNotReady(
    'not-registered',
    `${label} is not registered: add its app to 'apps' of defineConfig() in nuages.config.ts, and import that file before models are used.`,
  );

/** Sets every field of a new instance, in the model's order, so that all instances have one shape. */
function initialize(instance: object, given: unknown): void {
  const meta = metaOf(instance);
  const init = valuesGiven(meta, given);
  const row = instance as Row;
  let found = 0;
  for (const field of meta.fields) {
    const value = init[field.attname];
    if (value !== undefined) found += 1;
    row[field.attname] = value === undefined ? initialValue(meta, field, init) : value;
  }
  // nothing was given but what was found
  if (count(init) === found && Object.getPrototypeOf(init) === Object.prototype) return;
  // relations, `pk` and properties of the class have setters that do the rest
  for (const name of checkInit(meta, init, Object.keys(init))) row[name] = init[name];
}

/** How many names there are, without a list of them. */
function count(values: Row): number {
  let names = 0;
  for (const _ in values) names += 1;
  return names;
}

/** The value of a field whose column was not given. */
function initialValue(meta: ModelMeta, field: BoundField, init: Row): unknown {
  if (field.relation !== null && init[field.name] !== undefined) return null;
  if (field.primaryKey && init['pk'] !== undefined && field === meta.pk) return init['pk'];
  if (field.generated || (field.field.hasDbDefault && !field.field.hasDefault)) return undefined;
  return field.field.getDefault();
}

function valuesGiven(meta: ModelMeta, given: unknown): Row {
  if (given === undefined || given === null) return {};
  if (typeof given === 'object' && !Array.isArray(given)) return given as Row;
  throw typeError('not-values', `new ${meta.name}() takes an object of names and values.`);
}

const NO_NAMES: readonly string[] = [];

/** Throws for what is no value of the model; gives the names that are not simply those of columns. */
function checkInit(meta: ModelMeta, init: Row, names: readonly string[]): readonly string[] {
  let others: string[] | null = null;
  for (const name of names) {
    if (name === 'pk' || meta.fieldsByName.get(name)?.attname !== name) {
      checkName(meta, name, init);
      others ??= [];
      others.push(name);
    }
    if (init[name] === undefined) {
      throw typeError(
        'undefined-value',
        `${meta.name}.${name} was given undefined; null is written as null, and a field that is not meant is left out.`,
      );
    }
  }
  return others ?? NO_NAMES;
}

function checkName(meta: ModelMeta, name: string, init: Row): void {
  const field = meta.fieldsByName.get(name);
  if (field !== undefined) {
    if (field.relation !== null && field.name === name && init[field.attname] !== undefined && field.attname !== name) {
      throw typeError('given-twice', `${meta.label}: both '${name}' and '${field.attname}' were given.`);
    }
    return;
  }
  const relation = meta.accessors.get(name);
  if (relation?.multi === true)
    throw typeError(
      'assign-many',
      `${meta.label}.${name} holds many objects: save the ${meta.name} first and use ${name}.set([…]).`,
    );
  if (relation !== undefined || isSettable(meta, name)) return;
  const names = [...meta.fields.map((each) => each.name), ...meta.accessors.keys()];
  throw typeError(
    'unknown-field',
    `${meta.label} has no field '${name}'.${didYouMean(name, names)} Choices are: ${meta.fields.map((each) => each.name).join(', ')}.`,
  );
}

/** Whether the class defines a property of this name that can be set. */
function isSettable(meta: ModelMeta, name: string): boolean {
  for (
    let step: object | null = meta.modelClass.prototype;
    step !== null && step !== Object.prototype;
    step = Object.getPrototypeOf(step) as object | null
  ) {
    const descriptor = Object.getOwnPropertyDescriptor(step, name);
    if (descriptor !== undefined) return descriptor.set !== undefined;
  }
  return false;
}
