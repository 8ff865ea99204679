import type { Database } from '../database/database.js';
import { database } from '../database/databases.js';
import { routeWrite } from '../database/router.js';
import { type DatabaseError, ObjectNotUpdated, typeError, ValueError } from '../errors.js';
import { type FieldValue, isComputed, preparedValue } from '../query/field-values.js';
import { databaseDefault } from '../query/insert-values.js';
import { takeRelatedKeys } from '../query/related-keys.js';
import { readRow, updateRow } from '../query/row-writes.js';
import { instances, lazyLoader, originAt } from '../schema/instance.js';
import type { BoundField, ModelMeta } from '../schema/model-meta.js';
import { postSave, preSave } from '../signals/model-signals.js';
import { didYouMean } from '../util/closest.js';
import type { Eventual } from '../util/eventual.js';
import { insertInto } from './insert.js';

type Row = Record<string, unknown>;

/** How `save` writes; see `types/public/model-instance.ts`. */
export interface SaveOptions {
  readonly updateFields?: Iterable<string>;
  readonly forceInsert?: boolean;
  readonly forceUpdate?: boolean;
  readonly using?: string;
}

/** What one `save()` does, worked out from its options. */
interface Saving {
  readonly database: Database;
  readonly instance: Row;
  /** Null: all. */
  readonly fields: ReadonlySet<BoundField> | null;
  /** The names that the caller gave; null: none. */
  readonly updateFields: ReadonlySet<string> | null;
  readonly forceInsert: boolean;
  readonly forceUpdate: boolean;
  /** Models whose rows were written in this save: a grandparent shared by two parents is written once. */
  readonly written: Map<ModelMeta, boolean>;
}

const NOTHING_WRITTEN: Map<ModelMeta, boolean> = new Map();

/**
 * Writes an instance's row: UPDATE where it has a key that is in the table, else INSERT ("How Django knows to UPDATE vs.
 * INSERT"). A new object whose key has a default is inserted at once. Values that the database works out are read back.
 */
export function save(instance: object, options: SaveOptions): Eventual<void> {
  const meta = instances().metaOf(instance)!;
  takeRelatedKeys(meta, instance, 'save');
  const { forceInsert = false, forceUpdate = false } = options;
  const using = options.using ?? routeWrite(meta, { instance });
  const names = namesOf(options.updateFields);
  if (forceInsert && (forceUpdate || names !== null))
    throw new ValueError('save-options', 'save() cannot force an INSERT together with forceUpdate or updateFields.');
  if (names !== null && names.length === 0) return;
  const given = names === null ? null : new Set(names.map((name) => savedField(meta, name)));
  const fields = given ?? (forceInsert ? null : loadedFields(meta, instance, using));
  const saving: Saving = {
    database: database(using),
    instance: instance as Row,
    fields,
    updateFields: given === null ? null : new Set(names),
    forceInsert,
    forceUpdate,
    written: meta.concrete.parents.size > 0 ? new Map() : NOTHING_WRITTEN,
  };
  const isWhole = fields !== null || instances().deferred(instance).length === 0;
  if (saving.database.isReady && isWhole) return writeAndNote(meta, saving);
  return prepareAndWrite(meta, saving);
}

/** Opens the database and loads the columns that an instance came without, where all of them are written. */
async function prepareAndWrite(meta: ModelMeta, saving: Saving): Promise<void> {
  await saving.database.ready();
  if (saving.fields === null) await loadDeferred(saving.instance);
  await writeAndNote(meta, saving);
}

function writeAndNote(meta: ModelMeta, saving: Saving): Eventual<void> {
  if (hasListeners(meta)) return writeAndTell(meta, saving);
  const written = write(meta, saving);
  return written instanceof Promise ? written.then(() => noteSaved(saving)) : noteSaved(saving);
}

const hasListeners = ({ autoCreated, modelClass }: ModelMeta): boolean =>
  !autoCreated && (preSave.hasListeners(modelClass) || postSave.hasListeners(modelClass));

/** `updateFields` as a list; null when all fields are meant. */
function namesOf(given: Iterable<string> | null | undefined): readonly string[] | null {
  if (given === undefined || given === null) return null;
  if (typeof given === 'string') throw typeError('update-fields', 'updateFields takes a list of names, not a text.');
  return [...given];
}

/** A field that `updateFields` may name. */
function savedField(meta: ModelMeta, name: string): BoundField {
  const field = meta.fieldsByName.get(name);
  if (field !== undefined && !field.primaryKey && !field.generated) return field;
  const choices = meta.fields.filter((each) => !each.primaryKey && !each.generated).map((each) => each.name);
  throw new ValueError(
    'update-fields',
    `updateFields cannot name '${name}': ${meta.label} has no such field, or it is a primary key or has no column of its own.${didYouMean(name, choices)}`,
  );
}

/** The fields of an instance that came without some, when it goes back to where it came from: only those are written. */
function loadedFields(meta: ModelMeta, instance: object, using: string): ReadonlySet<BoundField> | null {
  const deferred = instances().deferred(instance);
  if (deferred.length === 0 || instances().origin(instance)?.alias !== using) return null;
  const loaded = meta.fields.filter(
    (field) => !field.primaryKey && !field.generated && !deferred.includes(field.attname),
  );
  return loaded.length === 0 ? null : new Set(loaded);
}

async function loadDeferred(instance: Row): Promise<void> {
  for (const attname of instances().deferred(instance)) instance[attname] = await lazyLoader().field(instance, attname);
}

async function writeAndTell(meta: ModelMeta, saving: Saving): Promise<void> {
  const { instance, database: db, updateFields } = saving;
  const { modelClass } = meta;
  const event = { instance, raw: false, using: db.alias, updateFields };
  await preSave.send(modelClass, { ...event });
  const updated = await write(meta, saving);
  noteSaved(saving);
  await postSave.send(modelClass, { ...event, created: !updated });
}

/** Writes the rows of an instance; says whether the model's own was there. */
function write({ concrete }: ModelMeta, saving: Saving): Eventual<boolean> {
  const { forceInsert } = saving;
  // one table needs no transaction of its own
  if (concrete.parents.size === 0) return saveTable(concrete, saving, forceInsert);
  return saving.database.atomic(() => saveTables(concrete, saving, forceInsert), { savepoint: false });
}

function noteSaved({ instance, database: { alias } }: Saving): void {
  const access = instances();
  access.setAdding(instance, false);
  if (access.origin(instance)?.alias !== alias) access.setOrigin(instance, originAt(alias));
}

/** Writes the rows of the parents, then that of the model itself; says whether the latter was there. */
async function saveTables(table: ModelMeta, saving: Saving, forceInsert: boolean): Promise<boolean> {
  const parentInserted = await saveParents(table, saving);
  return saveTable(table, saving, forceInsert || parentInserted);
}

/** Writes the rows of the parents, the furthest first; says whether one of them is new. */
async function saveParents(meta: ModelMeta, saving: Saving): Promise<boolean> {
  const { instance, written } = saving;
  let inserted = false;
  for (const [parent, link] of meta.parents) {
    const { pk } = parent;
    if ((instance[pk.attname] ?? null) === null && (instance[link.attname] ?? null) !== null)
      instance[pk.attname] = instance[link.attname];
    let isNew = written.get(parent);
    if (isNew === undefined) {
      const above = await saveParents(parent.concrete, saving);
      isNew = !(await saveTable(parent.concrete, saving, above));
      written.set(parent, isNew);
    }
    inserted ||= isNew;
    instance[link.attname] = instance[pk.attname];
    instances().uncache(instance, link.name);
  }
  return inserted;
}

/** Writes the row of one table; says whether it was there. */
function saveTable(table: ModelMeta, saving: Saving, forceInsert: boolean): Eventual<boolean> {
  const { instance, fields, forceUpdate } = saving;
  const { pkFields } = table;
  const mustUpdate = forceUpdate || fields !== null;
  for (const { attname, field } of pkFields)
    if ((instance[attname] ?? null) === null && field.hasDefault) instance[attname] = field.getDefault();
  if (forceInsert && !mustUpdate) return insertInto(table, saving.database, instance);
  const hasKey = pkFields.every(({ attname }) => (instance[attname] ?? null) !== null);
  if (!hasKey && mustUpdate)
    throw new ValueError('no-key', `${table.label}: an update cannot be forced for an object without a primary key.`);
  const isNewByDefault =
    !mustUpdate &&
    instances().isAdding(instance) &&
    pkFields.every(({ field }) => field.hasDefault || field.hasDbDefault);
  return hasKey && !forceInsert && !isNewByDefault
    ? updateOrInsertTable(table, saving, mustUpdate)
    : insertInto(table, saving.database, instance);
}

async function updateOrInsertTable(table: ModelMeta, saving: Saving, mustUpdate: boolean): Promise<boolean> {
  if (await updateTable(table, saving)) return true;
  if (mustUpdate) throw notUpdated(table, saving.forceUpdate);
  return insertInto(table, saving.database, saving.instance);
}

function notUpdated(table: ModelMeta, forced: boolean): DatabaseError {
  const { NotUpdated = ObjectNotUpdated } = table.modelClass as { NotUpdated?: typeof ObjectNotUpdated };
  const what = forced ? 'Forced update' : 'Save with updateFields';
  return new NotUpdated('not-updated', `${what} did not affect any rows: no ${table.label} with this key is there.`);
}

async function updateTable(table: ModelMeta, saving: Saving): Promise<boolean> {
  const { database: db, instance, fields, forceUpdate } = saving;
  const values: FieldValue[] = [];
  for (const field of table.localFields) {
    if (field.primaryKey || field.generated || (fields !== null && !fields.has(field))) continue;
    values.push({ field, value: updatedValue(field, instance) });
  }
  const pk = preparedValue(table.pk, instance[table.pk.attname]);
  const isThere = async (): Promise<boolean> => (await readRow(db, table, pk, table.pkFields)).length > 0;
  if (values.length === 0) return fields !== null || isThere();
  const selects = table.options.selectOnSave === true && !forceUpdate && fields === null;
  if (selects && !(await isThere())) return false;
  const returning = table.localFields.filter((field) =>
    field.generated
      ? db.features.updateReturning
      : values.some((each) => each.field === field && isComputed(each.value)),
  );
  const { matched, returned } = await updateRow(db, table, pk, values, returning);
  if (!matched) return selects && isThere();
  returning.forEach((field, index) => {
    instance[field.attname] = returned[index];
  });
  return true;
}

/** What an UPDATE writes for a field, put back on the instance in JavaScript's meaning. */
function updatedValue(field: BoundField, instance: Row): unknown {
  const given = instance[field.attname];
  const value = field.field.preSave(given, false);
  if (value === undefined) return databaseDefault(field);
  const prepared = preparedValue(field, value);
  if (prepared !== given) instance[field.attname] = prepared;
  return prepared;
}
