import type { Database } from '../database/database.js';
import { FieldDoesNotExist, FieldError, NotSupportedError, typeError } from '../errors.js';
import type { BoundField, Hop, ModelMeta } from '../schema/model-meta.js';
import type { Input } from '../sql/resolvable.js';
import { didYouMean } from '../util/closest.js';
import type { Eventual } from '../util/eventual.js';
import { getOrMake } from '../util/get-or-make.js';
import { writeDatabase } from './databases-for.js';
import { fetchAll } from './fetch.js';
import { type FieldValue, isComputed, preparedValue } from './field-values.js';
import { whereKeyIn } from './key-condition.js';
import { runPlanned } from './plans.js';
import { allRows, change, isSliced, type Query, shapePart } from './query.js';
import { QueryHolder } from './query-holder.js';
import type { QueryShape } from './query-shape.js';
import { toUpdate } from './to-update.js';

/**
 * Sets columns of all rows of a query; gives how many rows matched. One UPDATE; with inherited columns the keys are selected
 * first and each table gets one.
 */
export async function update(query: Query, values: Readonly<Record<string, unknown>>): Promise<number> {
  const assigned = readAssignments(query, values);
  const part = shapeOf(assigned);
  checkNames(query, assigned, part);
  return updateFields(query, assigned, part);
}

/** The same with fields in place of names and prepared values; `part` is what they add to the query's shape. */
export function updateFields(
  query: Query,
  values: readonly FieldValue[],
  part: string | null = shapeOf(values),
): Eventual<number> {
  if (values.length === 0) return 0;
  const database = writeDatabase(query.meta, query.using, query.hint);
  return database instanceof Promise
    ? database.then((ready) => updateOn(ready, query, values, part))
    : updateOn(database, query, values, part);
}

function updateOn(
  database: Database,
  query: Query,
  values: readonly FieldValue[],
  part: string | null,
): Eventual<number> {
  if (areOwn(query, values)) return updateTable(database, query, values, part);
  return database.atomic(() => updateTables(database, query, values), { savepoint: false });
}

const isOwn = (field: BoundField, meta: ModelMeta): boolean => field.model.concrete === meta.concrete;
const areOwn = ({ meta }: Query, values: readonly FieldValue[]): boolean =>
  values.every(({ field }) => isOwn(field, meta));

/** What update() was given, as fields and prepared values. Throws at the call what cannot be updated. */
function readAssignments(query: Query, values: Readonly<Record<string, unknown>>): FieldValue[] {
  const { meta } = query;
  if (isSliced(query)) throw typeError('sliced', 'Cannot update a query once a slice has been taken.');
  if (query.combination !== null)
    throw new NotSupportedError(
      'combined',
      'Calling update() after union(), intersection() or difference() is not supported.',
    );
  if (typeof values !== 'object' || values === null)
    throw typeError('no-values', 'update() takes an object of names and values.');
  return Object.entries(values).map(([name, value]) => {
    const field = updatableField(meta, name);
    return { field, value: preparedValue(field, value) };
  });
}

/** Throws for names inside expressions that mean nothing: at the call too, where their author can be seen. */
function checkNames(query: Query, values: readonly FieldValue[], part: string | null): void {
  if (!values.some(({ value }) => isComputed(value))) return;
  if (areOwn(query, values)) {
    checkComputed(query, values, part);
    return;
  }
  for (const [owner, own] of byTable(query.meta, values)) {
    const rows = owner.concrete === query.meta.concrete ? query : allRows(owner);
    if (own.some(({ value }) => isComputed(value))) checkComputed(rows, own, shapeOf(own));
  }
}

/** Updates that were found right: the same shape is not planned again to be checked. */
const rightShapes = new WeakSet<QueryShape>();

function checkComputed(query: Query, values: readonly FieldValue[], part: string | null): void {
  const shape = part === null ? null : (query.shape?.next(part) ?? null);
  if (shape !== null && rightShapes.has(shape)) return;
  const sources = values.map(() => ({}));
  toUpdate(query, values, sources, NO_FEATURES);
  if (shape !== null) rightShapes.add(shape);
}

/** For a statement that is only checked. */
const NO_FEATURES = { updateOrderBy: false, selfReferencingWrites: true } as Parameters<typeof toUpdate>[3];

function updatableField(meta: ModelMeta, name: string): BoundField {
  if (name === 'pk' && meta.pkFields.length > 1) {
    const names = meta.pkFields.map((field) => field.name).join(', ');
    throw new FieldError(
      'composite-key',
      `Composite primary key fields must be updated individually: ${names} of ${meta.label}.`,
    );
  }
  const field = name === 'pk' ? undefined : meta.fieldsByName.get(name);
  if (field !== undefined) {
    if (field.generated)
      throw new FieldError('generated', `${meta.label}.${name} is worked out by the database and cannot be updated.`);
    return field;
  }
  if (meta.relations.has(name) || meta.accessors.has(name)) {
    throw new FieldError(
      'not-updatable',
      `Cannot update '${name}' of ${meta.label}: only its own columns and foreign keys can be set.`,
    );
  }
  const choices = meta.fields.map((each) => each.name);
  throw new FieldDoesNotExist(
    'unknown-field',
    `${meta.label} has no field named '${name}'.${didYouMean(name, choices)} Choices are: ${choices.join(', ')}.`,
  );
}

/** UPDATE where all columns stand in the model's own table. */
function updateTable(
  database: Database,
  query: Query,
  values: readonly FieldValue[],
  part: string | null,
): Eventual<number> {
  const sources: object[] = [];
  const inputs: Input[] = [];
  for (const { value } of values) {
    const source = {};
    sources.push(source);
    if (!isComputed(value)) inputs.push({ source, value });
    else for (const input of value instanceof QueryHolder ? value.query.inputs : value.inputs()) inputs.push(input);
  }
  const asked = change(query, {}, part, inputs);
  return runPlanned(asked, database, '=update', () => toUpdate(query, values, sources, database.features));
}

/** What values add to the shape of a query; null where it cannot be told. */
function shapeOf(values: readonly FieldValue[]): string | null {
  const parts: string[] = [];
  for (const { field, value } of values) {
    if (!isComputed(value)) parts.push(`${shapePart(field.column)}v`);
    else {
      const shape = value instanceof QueryHolder ? (value.query.shape?.key ?? null) : value.shape;
      if (shape === null) return null;
      parts.push(`${shapePart(field.column)}${value instanceof QueryHolder ? 'q' : 'e'}${shapePart(shape)}`);
    }
  }
  return parts.join(',');
}

function byTable(meta: ModelMeta, values: readonly FieldValue[]): Map<ModelMeta, FieldValue[]> {
  const tables = new Map<ModelMeta, FieldValue[]>();
  for (const value of values) {
    const owner = isOwn(value.field, meta) ? meta : value.field.model;
    getOrMake(tables, owner, () => []).push(value);
  }
  return tables;
}

/** Columns of several tables: the keys are read once, then each table is updated by them. */
async function updateTables(database: Database, query: Query, values: readonly FieldValue[]): Promise<number> {
  const { meta } = query;
  const tables = byTable(meta, values);
  const owners = [...tables.keys()].filter((owner) => owner !== meta);
  const paths = ['pk', ...owners.map((owner) => keyPath(meta, owner))];
  const keys = change(
    query,
    {
      rows: 'array',
      names: paths,
      annotations: [],
      orderBy: [],
      selectRelated: null,
      deferral: null,
      lock: null,
      using: database.alias,
    },
    null,
  );
  const rows = (await fetchAll(keys, { fetchMode: null })) as unknown[][];
  if (rows.length === 0) return 0;
  let count = 0;
  for (const [owner, own] of tables) {
    const column = owner === meta ? 0 : owners.indexOf(owner) + 1;
    const affected = await updateTable(
      database,
      whereKeyIn(
        allRows(owner),
        owner.pk,
        rows.map((row) => row[column]),
      ),
      own,
      shapeOf(own),
    );
    if (owner === meta || count === 0) count = affected;
  }
  return count;
}

/** The path from a model to the key of an ancestor: the links on the way. */
function keyPath(meta: ModelMeta, owner: ModelMeta): string {
  const hops = meta.concrete.ancestors.get(owner) ?? meta.ancestors.get(owner) ?? [];
  return hops.map((hop: Hop) => hop.fromField.name).join('__');
}
