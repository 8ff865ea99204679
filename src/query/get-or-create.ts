import { FieldError, IntegrityError, typeError } from '../errors.js';
import { Field } from '../fields/field.js';
import { instances, saveInstance } from '../schema/instance.js';
import type { ModelMeta } from '../schema/model-meta.js';
import { didYouMean } from '../util/closest.js';
import { create } from './create.js';
import { writeDatabase } from './databases-for.js';
import { fetchAll } from './fetch.js';
import type { Query } from './query.js';
import { selectForUpdate } from './refine.js';
import { get } from './retrieve.js';

type Values = Readonly<Record<string, unknown>>;

export interface GetOrCreateOptions {
  /** Values for a new object, beside those of the lookups without `__`; functions are called. */
  readonly defaults?: Values;
}
export interface UpdateOrCreateOptions {
  /** Values to set on the object; for a new one too unless `createDefaults` are given. Functions are called. */
  readonly defaults?: Values;
  /** Values for a new object. */
  readonly createDefaults?: Values;
}

/** How a new object is made; related managers make it with their own values and relations. */
export type Create = (query: Query, values: Values) => Promise<object>;

/**
 * The object that the lookups find, or a new one, and whether it is new. When two callers create it at once, a unique rule of
 * the database decides and the loser reads the winner's.
 */
export async function getOrCreate(
  query: Query,
  lookups: Values,
  options: GetOrCreateOptions = {},
  make: Create = create,
): Promise<[object, boolean]> {
  const values = newValues(query.meta, lookups, options.defaults ?? {});
  const database = await writeDatabase(query.meta, query.using, query.hint);
  const rows: Query = { ...query, using: database.alias };
  const found = await find(rows, lookups);
  if (found !== null) return [found, false];
  try {
    return [await database.atomic(() => make(rows, called(values))), true];
  } catch (error) {
    if (!(error instanceof IntegrityError)) throw error;
    const other = await find(rows, lookups);
    if (other === null) throw error;
    return [other, false];
  }
}

/** The object that the lookups find, with `defaults` set and saved, or a new one; and whether it is new. In one transaction. */
export async function updateOrCreate(
  query: Query,
  lookups: Values,
  options: UpdateOrCreateOptions = {},
  make: Create = create,
): Promise<[object, boolean]> {
  const { defaults = {}, createDefaults = defaults } = options;
  newValues(query.meta, lookups, defaults);
  const database = await writeDatabase(query.meta, query.using, query.hint);
  return database.atomic(async () => {
    const rows = selectForUpdate({ ...query, using: database.alias }, {});
    const [object, isNew] = await getOrCreate(rows, lookups, { defaults: createDefaults }, (_, values) =>
      make(query, values),
    );
    if (!isNew) await setAndSave(query.meta, object, called(defaults), database.alias);
    return [object, isNew] as [object, boolean];
  });
}

async function find(query: Query, lookups: Values): Promise<object | null> {
  try {
    const conditions = Object.keys(lookups).length === 0 ? [] : [lookups];
    return (await get(query, conditions, (rows, narrowing) =>
      fetchAll(rows, { fetchMode: null }, narrowing),
    )) as object;
  } catch (error) {
    if (error instanceof query.meta.modelClass.DoesNotExist) return null;
    throw error;
  }
}

/** The values of a new object: lookups that compare for equality, then the defaults. Throws FieldError for a name that is none. */
function newValues(meta: ModelMeta, lookups: Values, defaults: Values): Values {
  for (const given of [lookups, defaults]) {
    if (typeof given !== 'object' || given === null)
      throw typeError('not-values', 'getOrCreate() and updateOrCreate() take objects of names and values.');
    const absent = Object.keys(given).find((name) => given[name] === undefined);
    if (absent !== undefined)
      throw typeError(
        'undefined-value',
        `'${absent}' was given undefined; null is written as null, and a field that is not meant is left out.`,
      );
  }
  const values = {
    ...Object.fromEntries(Object.entries(lookups).filter(([name]) => !name.includes('__'))),
    ...defaults,
  };
  for (const name of Object.keys(values)) {
    if (meta.fieldsByName.has(name) || meta.accessors.has(name) || isSettable(meta, name)) continue;
    const choices = meta.fields.map((field) => field.name);
    throw new FieldError(
      'invalid-name',
      `Invalid field name for model ${meta.label}: '${name}'.${didYouMean(name, choices)}`,
    );
  }
  return values;
}

/** Whether the model's class has a property of this name that can be set; members of every object are none. */
function isSettable({ modelClass }: ModelMeta, name: string): boolean {
  for (
    let step: object | null = modelClass.prototype;
    step !== null && step !== Object.prototype;
    step = Object.getPrototypeOf(step) as object | null
  ) {
    const descriptor = Object.getOwnPropertyDescriptor(step, name);
    if (descriptor !== undefined) return descriptor.set !== undefined;
  }
  return false;
}

/** Values, those given as functions called. */
const called = (values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'function' ? (value as () => unknown)() : value,
    ]),
  );

async function setAndSave(meta: ModelMeta, object: object, values: Values, using: string): Promise<void> {
  Object.assign(object, values);
  const names = Object.keys(values);
  const isColumn = (name: string): boolean => {
    const field = meta.fieldsByName.get(name);
    return field !== undefined && !field.primaryKey && !field.generated;
  };
  const request = names.every(isColumn) ? { using, updateFields: [...names, ...renewed(meta, object)] } : { using };
  await saveInstance(object, request);
}

/** Fields that set themselves at each save, such as those with `autoNow`. */
function renewed(meta: ModelMeta, object: object): string[] {
  const deferred = new Set(instances().deferred(object));
  return meta.fields
    .filter(
      (field) =>
        !field.primaryKey &&
        !field.generated &&
        field.field.preSave !== Field.prototype.preSave &&
        !deferred.has(field.attname),
    )
    .map((field) => field.name);
}
