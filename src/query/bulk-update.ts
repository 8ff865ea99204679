import type { Database } from '../database/database.js';
import { FieldDoesNotExist, typeError, ValueError } from '../errors.js';
import { instances } from '../schema/instance.js';
import type { BoundField, ModelMeta } from '../schema/model-meta.js';
import { caseWhen, column, equal, literal, param } from '../sql/build.js';
import type { ExpressionNode } from '../sql/expression-nodes.js';
import type { Input, Scope } from '../sql/resolvable.js';
import { didYouMean } from '../util/closest.js';
import { batchSizeOf, objectsOf } from './bulk-create.js';
import { writeDatabase } from './databases-for.js';
import { ComputedValue, computedNode, type FieldValue, isComputed, preparedValue } from './field-values.js';
import { whereKeyIn } from './key-condition.js';
import { mapKey } from './keys.js';
import type { Planner } from './planner.js';
import type { Query } from './query.js';
import { takeRelatedKeys } from './related-keys.js';
import { bindTemplate, templateFor } from './statement-templates.js';
import { updateFields } from './update.js';

/** Longer statements cost more than they save: with CASE the database compares each row with every key of the statement. */
const ROWS_AT_ONCE = 250;

/**
 * Writes the named fields of many objects, each its own values; gives how many rows matched. One UPDATE for each batch and
 * table. No `save()` runs, no signal is sent and `autoNow` does nothing.
 */
export async function bulkUpdate(
  query: Query,
  given: Iterable<object>,
  names: readonly string[],
  options: { batchSize?: number | null } = {},
): Promise<number> {
  const { meta } = query;
  const size = batchSizeOf(options.batchSize);
  if (!Array.isArray(names) || names.length === 0)
    throw new ValueError('no-fields', 'bulkUpdate() needs the names of the fields to write.');
  const fields = [...new Set(names.map((name: string) => writableField(meta, name)))];
  const objects = objectsOf(meta, given, 'bulkUpdate') as Record<string, unknown>[];
  for (const object of objects) {
    const pk = instances().pk(object);
    if (pk === null || pk === undefined)
      throw new ValueError('no-key', 'All objects given to bulkUpdate() must have a primary key.');
  }
  if (objects.length === 0) return 0;
  const written = new Set(fields);
  for (const object of objects) takeRelatedKeys(meta, object, 'bulkUpdate', written);
  const database = await writeDatabase(meta, query.using, query.hint);
  const step = Math.min(size ?? ROWS_AT_ONCE, rowsAtOnce(database, fields.length));
  const batches: Record<string, unknown>[][] = [];
  for (let start = 0; start < objects.length; start += step) batches.push(objects.slice(start, start + step));
  const run = async (): Promise<number> => {
    let count = 0;
    for (const batch of batches)
      count += await updateBatch(database, { ...query, using: database.alias }, batch, fields);
    return count;
  };
  return batches.length === 1 ? run() : database.atomic(run, { savepoint: false });
}

/** Two parameters for each value, and one for all keys. */
const rowsAtOnce = (database: Database, fields: number): number =>
  Math.max(1, Math.floor((database.features.maxParameters - 1) / (2 * fields)));

function writableField(meta: ModelMeta, name: string): BoundField {
  const field = name === 'pk' ? undefined : meta.fieldsByName.get(name);
  if (field !== undefined) {
    if (field.generated)
      throw new ValueError(
        'not-concrete',
        `bulkUpdate() cannot write '${name}' of ${meta.label}: the database works it out.`,
      );
    if (field.primaryKey) throw new ValueError('primary-key', 'bulkUpdate() cannot be used with primary key fields.');
    return field;
  }
  if (meta.relations.has(name) || meta.accessors.has(name)) {
    throw new ValueError(
      'not-concrete',
      `bulkUpdate() can only be used with fields that have a column of their own: '${name}' of ${meta.label} has none.`,
    );
  }
  const choices = meta.fields.map((each) => each.name);
  if (typeof name !== 'string') throw typeError('not-a-name', 'bulkUpdate() takes names of fields.');
  throw new FieldDoesNotExist(
    'unknown-field',
    `${meta.label} has no field named '${name}'.${didYouMean(name, choices)}`,
  );
}

async function updateBatch(
  database: Database,
  query: Query,
  batch: readonly Record<string, unknown>[],
  fields: readonly BoundField[],
): Promise<number> {
  const table = query.meta.concrete;
  const values = isPlain(database, query, fields) ? rowsByKey(table, batch, fields) : null;
  return values === null
    ? updateByCase(query, batch, fields)
    : updateFromRows(database, table, values, batch.length, fields);
}

/** Whether one `UPDATE … FROM (VALUES …)` can write the fields. */
function isPlain({ features }: Database, query: Query, fields: readonly BoundField[]): boolean {
  const table = query.meta.concrete;
  return (
    features.updateFromValues &&
    query.steps.length === 0 &&
    !query.empty &&
    table.pkFields.length === 1 &&
    fields.every((field) => field.model.concrete === table)
  );
}

/** The key and values of each object, all in one list; null where an object comes twice or a value is an expression. */
function rowsByKey(
  { pk }: ModelMeta,
  batch: readonly Record<string, unknown>[],
  fields: readonly BoundField[],
): unknown[] | null {
  const values: unknown[] = [];
  const keys = new Set<unknown>();
  let computed = false;
  for (const object of batch) {
    const key = object[pk.attname];
    keys.add(mapKey(key));
    values.push(key);
    for (const field of fields) {
      const value = takeValue(field, object);
      computed ||= isComputed(value);
      values.push(value);
    }
  }
  return computed || keys.size < batch.length ? null : values;
}

/** `UPDATE … SET a = new.column2 FROM (VALUES (key, a), …) AS new WHERE pk = new.column1`; `values` as of `rowsByKey`. */
async function updateFromRows(
  database: Database,
  table: ModelMeta,
  values: readonly unknown[],
  count: number,
  fields: readonly BoundField[],
): Promise<number> {
  const alias = table.dbTable === 'new' ? 'new_values' : 'new';
  const types = [table.pk.type, ...fields.map((field) => field.type.stored)];
  const width = types.length;
  const key = `update ${count} rows ${fields.map(({ column: name }) => JSON.stringify(name)).join()}`;
  const template = templateFor(database, table, key, (slot) => ({
    kind: 'update',
    table: table.dbTable,
    assignments: fields.map((field, index) => ({
      column: field.column,
      value: column(alias, `column${index + 2}`, field.type.stored),
    })),
    from: {
      alias,
      rows: Array.from({ length: count }, (_, row) => types.map((type, index) => slot(row * width + index, type))),
    },
    where: equal(column(table.dbTable, table.pk.column, table.pk.type), column(alias, 'column1', table.pk.type)),
    orderBy: [],
    returning: [],
  }));
  return (await database.write(template.compiled, bindTemplate(template, values))).affected;
}

/** `UPDATE … SET a = CASE WHEN pk = key THEN a … END WHERE pk IN (keys)`. */
async function updateByCase(
  query: Query,
  batch: readonly Record<string, unknown>[],
  fields: readonly BoundField[],
): Promise<number> {
  const values: FieldValue[] = fields.map((field) => {
    const owner = field.model.concrete === query.meta.concrete ? query.meta.pk : field.model.pk;
    const keys = batch.map((object) => object[owner.attname]);
    return {
      field,
      value: new ValueByKey(
        field,
        owner,
        keys,
        batch.map((object) => takeValue(field, object)),
      ),
    };
  });
  const rows = whereKeyIn(
    query,
    query.meta.pk,
    batch.map((object) => object[query.meta.pk.attname]),
  );
  return updateFields(rows, values);
}

/** The value to write, put back on the object in JavaScript's meaning. */
function takeValue(field: BoundField, object: Record<string, unknown>): unknown {
  const given = object[field.attname];
  const prepared = preparedValue(field, given);
  if (prepared !== given) object[field.attname] = prepared;
  return prepared;
}

/** `CASE WHEN pk = key THEN value … END`. */
class ValueByKey extends ComputedValue {
  readonly shape: string | null;
  readonly #keySources: readonly object[];
  readonly #valueSources: readonly object[];

  constructor(
    readonly field: BoundField,
    readonly owner: BoundField,
    readonly keys: readonly unknown[],
    readonly values: readonly unknown[],
  ) {
    super();
    this.shape = values.some(isComputed) ? null : `by key ${keys.length}`;
    this.#keySources = keys.map(() => ({}));
    this.#valueSources = values.map(() => ({}));
  }

  resolve(scope: Scope): ExpressionNode {
    const planner = scope as Planner;
    const key = planner.ownColumn(this.owner);
    const whens = this.keys.map((value, index) => ({
      condition: equal(key, param(value, this.owner.type, this.#keySources[index]!)),
      result: this.#result(planner, index),
    }));
    return caseWhen(whens, literal(null, this.field.type), this.field.type);
  }

  #result(planner: Planner, index: number): ExpressionNode {
    const value = this.values[index];
    return isComputed(value)
      ? computedNode(planner, this.field, value)
      : param(value, this.field.type.stored, this.#valueSources[index]!);
  }

  inputs(): readonly Input[] {
    return [
      ...this.keys.map((value, index) => ({ source: this.#keySources[index]!, value })),
      ...this.values.map((value, index) => ({ source: this.#valueSources[index]!, value })),
    ];
  }
}
