import type { Database } from '../database/database.js';
import { FieldDoesNotExist, NotSupportedError, typeError, ValueError } from '../errors.js';
import { instances, originAt } from '../schema/instance.js';
import type { BoundField, ModelMeta } from '../schema/model-meta.js';
import type { ConflictNode } from '../sql/statement-nodes.js';
import { didYouMean } from '../util/closest.js';
import { writeDatabase } from './databases-for.js';
import { isComputed } from './field-values.js';
import { insertedValue, isUnset } from './insert-values.js';
import { mapKey } from './keys.js';
import { nextPlaces, orderFields } from './next-order.js';
import type { Query } from './query.js';
import { takeRelatedKeys } from './related-keys.js';
import { insertRows } from './row-writes.js';
import type { InsertShape } from './to-insert.js';

/** Options of bulkCreate(). */
export interface BulkCreateOptions {
  /** Rows of one statement at most; by default what the database takes well. */
  readonly batchSize?: number | null;
  /** Rows that break a rule are left out, without an error. Keys of the objects stay unset. */
  readonly ignoreConflicts?: boolean;
  /** Rows that are there already, by `uniqueFields`, take the new values of `updateFields`. */
  readonly updateConflicts?: boolean;
  readonly updateFields?: readonly string[];
  readonly uniqueFields?: readonly string[];
}

/** Longer statements cost more to prepare than they save. */
const ROWS_AT_ONCE = 500;

/**
 * Inserts objects in few statements: no `save()` runs and no signal is sent. Gives the objects; where the database returns keys
 * they are set.
 */
export async function bulkCreate(
  query: Query,
  given: Iterable<object>,
  options: BulkCreateOptions = {},
): Promise<object[]> {
  const { meta } = query;
  const objects = objectsOf(meta, given, 'bulkCreate');
  const size = batchSizeOf(options.batchSize);
  if (meta.concrete.parents.size > 0) {
    throw new ValueError(
      'inherited',
      `bulkCreate() cannot insert ${meta.label}: its columns stand in several tables (multi-table inheritance).`,
    );
  }
  if (objects.length === 0) return objects;
  const database = await writeDatabase(meta, query.using, query.hint);
  const conflict = conflictOf(meta, options, database);
  for (const object of objects) prepare(meta, object);
  const { pk } = meta.concrete;
  const withKey = objects.filter((object) => !isUnset(pk, (object as Record<string, unknown>)[pk.attname]));
  const without =
    withKey.length === objects.length
      ? []
      : objects.filter((object) => isUnset(pk, (object as Record<string, unknown>)[pk.attname]));
  const run = async (): Promise<void> => {
    await setPlaces(database, meta, objects);
    if (withKey.length > 0) await insert(database, meta, withKey, [], conflict, size);
    if (without.length > 0) await insert(database, meta, without, [pk], conflict, size);
  };
  const isOneStatement =
    orderFields(meta) === null &&
    (withKey.length === 0 || without.length === 0) &&
    objects.length <= (size ?? rowsAtOnce(database, meta));
  if (isOneStatement) await run();
  else await database.atomic(run, { savepoint: false });
  return objects;
}

/** The objects as a list, each an instance of the model. */
export function objectsOf(meta: ModelMeta, given: Iterable<object>, method: string): object[] {
  const objects = [...given];
  const access = instances();
  for (const object of objects) {
    const other = access.metaOf(object);
    if (other === null) throw typeError('not-an-instance', `${method}() takes instances of ${meta.label}.`);
    if (other.concrete !== meta.concrete)
      throw typeError('wrong-model', `${method}() of ${meta.label} was given an instance of ${other.label}.`);
  }
  return objects;
}

/** A batch size that a caller gave. Throws ValueError unless it is a whole number above 0. */
export function batchSizeOf(given: number | null | undefined): number | null {
  if (given === undefined || given === null) return null;
  if (!Number.isSafeInteger(given) || given <= 0)
    throw new ValueError('batch-size', 'batchSize must be a whole number above 0.');
  return given;
}

function prepare(meta: ModelMeta, object: object): void {
  const values = object as Record<string, unknown>;
  for (const key of meta.concrete.pkFields)
    if (isUnset(key, values[key.attname]) && key.field.hasDefault) values[key.attname] = key.field.getDefault();
  takeRelatedKeys(meta, object, 'bulkCreate');
}

/** Places among the objects of one owner, for those that have none yet. */
async function setPlaces(database: Database, meta: ModelMeta, objects: readonly object[]): Promise<void> {
  const fields = orderFields(meta);
  if (fields === null) return;
  const open = (objects as Record<string, unknown>[]).filter(
    (object) => object._order === null || object._order === undefined,
  );
  if (open.length === 0) return;
  const ownerOf = (object: Record<string, unknown>): unknown => object[fields.owner.attname];
  const next = await nextPlaces(database, meta.concrete, fields, [...new Set(open.map(ownerOf))]);
  for (const object of open) {
    const key = mapKey(ownerOf(object));
    const place = next.get(key) ?? 0;
    object._order = place;
    next.set(key, place + 1);
  }
}

/** A statement may hold as many parameters as the database takes. */
const rowsAtOnce = (database: Database, meta: ModelMeta): number =>
  Math.max(
    1,
    Math.min(ROWS_AT_ONCE, Math.floor(database.features.maxParameters / Math.max(1, meta.concrete.localFields.length))),
  );

async function insert(
  database: Database,
  meta: ModelMeta,
  objects: readonly object[],
  omitted: readonly BoundField[],
  conflict: ConflictNode | null,
  size: number | null,
): Promise<void> {
  const table = meta.concrete;
  const fields = table.localFields.filter((field) => !field.generated && !omitted.includes(field));
  const values = new Array<unknown>(objects.length * fields.length);
  const computed = new Set<BoundField>();
  let place = 0;
  for (const object of objects as Record<string, unknown>[]) {
    for (const field of fields) {
      const value = insertedValue(field, object[field.attname], object);
      if (typeof value === 'object' && isComputed(value)) computed.add(field);
      values[place] = value;
      place += 1;
    }
  }
  const asksBack = database.features.returningMany && conflict?.action !== 'ignore';
  const isAsked = (field: BoundField): boolean => field.generated || omitted.includes(field) || computed.has(field);
  const returning = asksBack ? table.localFields.filter(isAsked) : [];
  const shape: InsertShape = { table, fields, returning, computed: computed.size > 0 };
  const limit = rowsAtOnce(database, meta);
  const step = size === null ? limit : Math.min(size, limit);
  for (let start = 0; start < objects.length; start += step) {
    const count = Math.min(step, objects.length - start);
    const returned = await insertRows(database, shape, { values, start, count }, conflict);
    for (let row = 0; row < returned.length; row += 1) takeReturned(objects[start + row]!, returning, returned[row]!);
  }
  markSaved(objects, database.alias);
}

function takeReturned(object: object, fields: readonly BoundField[], row: readonly unknown[]): void {
  for (let index = 0; index < fields.length; index += 1)
    (object as Record<string, unknown>)[fields[index]!.attname] = row[index];
}

function markSaved(objects: readonly object[], alias: string): void {
  const access = instances();
  const origin = originAt(alias);
  for (const object of objects) {
    access.setAdding(object, false);
    if (access.origin(object)?.alias !== alias) access.setOrigin(object, origin);
  }
}

/** What happens to rows that are there already, checked against the model and what the database can do. */
function conflictOf(meta: ModelMeta, options: BulkCreateOptions, database: Database): ConflictNode | null {
  const { ignoreConflicts = false, updateConflicts = false, updateFields = [], uniqueFields = [] } = options;
  const { features, dialect } = database;
  if (ignoreConflicts && updateConflicts)
    throw new ValueError('conflict-options', 'ignoreConflicts and updateConflicts are mutually exclusive.');
  const update = updateFields.map((name) => fieldNamed(meta, name, 'updateFields'));
  const unique = uniqueFields.map((name) => fieldNamed(meta, name, 'uniqueFields'));
  if (ignoreConflicts) {
    if (!features.ignoreConflicts)
      throw new NotSupportedError('ignore-conflicts', `${dialect.label} cannot ignore conflicts.`);
    return { kind: 'conflict', action: 'ignore', target: [], update: [] };
  }
  if (!updateConflicts) return null;
  if (!features.updateConflicts)
    throw new NotSupportedError('update-conflicts', `${dialect.label} cannot update rows that are there already.`);
  if (update.length === 0)
    throw new ValueError('update-fields', 'updateConflicts needs updateFields: the fields that take the new values.');
  if (unique.length > 0 && !features.conflictTarget) {
    throw new NotSupportedError('unique-fields', `${dialect.label} updates on any conflict and takes no uniqueFields.`);
  }
  if (unique.length === 0 && features.conflictTarget) {
    throw new ValueError(
      'unique-fields',
      'updateConflicts needs uniqueFields: the fields by which a row is found to be there already.',
    );
  }
  if (update.some((field) => field.primaryKey))
    throw new ValueError('update-fields', 'bulkCreate() cannot be used with primary keys in updateFields.');
  return {
    kind: 'conflict',
    action: 'update',
    target: unique.map((field) => field.column),
    update: update.map((field) => field.column),
  };
}

function fieldNamed(meta: ModelMeta, name: string, option: string): BoundField {
  const field = meta.fieldsByName.get(name);
  if (field !== undefined && !field.generated) return field;
  if (field !== undefined || meta.relations.has(name) || meta.accessors.has(name)) {
    throw new ValueError(
      'not-concrete',
      `bulkCreate() can only be used with fields that have a column of their own in ${option}: '${name}' of ${meta.label} has none.`,
    );
  }
  const choices = meta.fields.map((each) => each.name);
  throw new FieldDoesNotExist(
    'unknown-field',
    `${meta.label} has no field named '${name}', which ${option} names.${didYouMean(name, choices)}`,
  );
}
