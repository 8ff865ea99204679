import type { StatementResult } from '../backends/backend.js';
import type { Compiled } from '../compiler/dialect.js';
import type { Database } from '../database/database.js';
import type { BoundField, ModelMeta } from '../schema/model-meta.js';
import { column, equal, isIn, param, select } from '../sql/build.js';
import type { ExpressionNode } from '../sql/expression-nodes.js';
import type { ConflictNode, UpdateNode } from '../sql/statement-nodes.js';
import type { Eventual } from '../util/eventual.js';
import { getOrMake } from '../util/get-or-make.js';
import { computedNode, type FieldValue, insertedNode, isComputed } from './field-values.js';
import { Planner } from './planner.js';
import { allRows } from './query.js';
import { bindTemplate, compileTemplate, type Template, templateFor } from './statement-templates.js';
import { type InsertShape, returned, toInsert } from './to-insert.js';
import { subselect } from './to-select.js';
import { fitted } from './to-update.js';
import { columnOf } from './tuples.js';

type Rows = readonly (readonly unknown[])[];

/** Rows of the columns of `compiled` in JavaScript's meaning. */
export function decoded(compiled: Compiled, rows: Rows): unknown[][] {
  const { decoders } = compiled;
  return rows.map((row) =>
    row.map((value, index) => (value === null || decoders[index] == null ? value : decoders[index](value))),
  );
}

/** Rows to insert: `count` of them from `start` on, out of a list of the prepared values of all rows, each row's in the order of the fields. */
export interface InsertedRows {
  readonly values: readonly unknown[];
  /** Of the first row, counted in rows. */
  readonly start: number;
  readonly count: number;
}

/** INSERT of some rows into one table. Gives for each the columns of `shape.returning`, where the database returns them. One statement. */
export async function insertRows(
  database: Database,
  shape: InsertShape,
  { values, start, count }: InsertedRows,
  conflict: ConflictNode | null,
): Promise<unknown[][]> {
  const { table, fields } = shape;
  const first = start * fields.length;
  const rowsOf = (node: (index: number, field: BoundField) => ExpressionNode): ExpressionNode[][] =>
    Array.from({ length: count }, (_, row) => fields.map((field, column) => node(row * fields.length + column, field)));
  if (shape.computed) {
    const rows = rowsOf((index, field) => insertedNode(field, values[first + index]));
    const compiled = database.compile(toInsert(shape, rows, conflict));
    const params = compiled.params.map(({ value }) => value);
    return decoded(compiled, (await database.write(compiled, params)).rows);
  }
  const key = `insert ${count} ${shapeNumber(shape)} ${conflictKey(conflict)}`;
  const template = templateFor(database, table, key, (slot) =>
    toInsert(
      shape,
      rowsOf((index, field) => slot(index, field.type.stored)),
      conflict,
    ),
  );
  const { rows } = await database.write(template.compiled, bindTemplate(template, values, first));
  return decoded(template.compiled, rows);
}

const numbers = new Map<string, number>();
const numberOfShape = new WeakMap<InsertShape, number>();

/** Equal for shapes of one table that mean the same INSERT, so that the keys of statements stay short. */
function shapeNumber(shape: InsertShape): number {
  return getOrMake(numberOfShape, shape, numberOfColumns);
}
const numberOfColumns = ({ fields, returning }: InsertShape): number =>
  getOrMake(numbers, `${columnsOf(fields)} ${columnsOf(returning)}`, () => numbers.size);

const columnsOf = (fields: readonly BoundField[]): string =>
  fields.map(({ column: name }) => JSON.stringify(name)).join(',');
const conflictKey = (conflict: ConflictNode | null): string =>
  conflict === null ? '' : JSON.stringify([conflict.action, conflict.target, conflict.update]);

/** The INSERT of one row of a shape, without computed values. */
interface RowInsert {
  readonly template: Template;
  /** The automatic key that the driver tells; null where the statement gives all that is asked back. */
  readonly told: BoundField | null;
}
const rowInserts = new WeakMap<Database, WeakMap<InsertShape, RowInsert>>();

function rowInsert(database: Database, shape: InsertShape): RowInsert {
  const known = getOrMake(rowInserts, database, noInserts);
  // written out, for it runs for each object saved: `getOrMake` would take a function made anew for each
  let insert = known.get(shape);
  if (insert === undefined) {
    insert = makeRowInsert(database, shape);
    known.set(shape, insert);
  }
  return insert;
}

const noInserts = (): WeakMap<InsertShape, RowInsert> => new WeakMap();

function makeRowInsert(database: Database, shape: InsertShape): RowInsert {
  const { fields, returning } = shape;
  const [first] = returning;
  const isTold = database.features.insertId && returning.length === 1 && first!.auto && !fields.includes(first!);
  const asked = isTold || !database.features.returning ? { ...shape, returning: [] } : shape;
  const template = compileTemplate(database, (slot) =>
    toInsert(asked, [fields.map((field, index) => slot(index, field.type.stored))]),
  );
  return { template, told: isTold ? first! : null };
}

/**
 * INSERT of one row. Gives the columns of `shape.returning`: by RETURNING, or where the database has none the automatic key as
 * the driver tells it and the others read again.
 */
export function insertRow(
  database: Database,
  shape: InsertShape,
  values: readonly unknown[],
): Eventual<readonly unknown[]> {
  const { returning } = shape;
  if (returning.length > 0) {
    if (!database.features.returning) return insertWithoutReturning(database, shape, values);
    if (shape.computed) return insertRows(database, shape, { values, start: 0, count: 1 }, null).then(([row]) => row!);
  }
  const insert = rowInsert(database, shape);
  const { template } = insert;
  const written = database.write(template.compiled, bindTemplate(template, values));
  return written instanceof Promise
    ? written.then((result) => returnedBy(insert, result))
    : returnedBy(insert, written);
}

function returnedBy({ template, told }: RowInsert, { rows, insertId }: StatementResult): readonly unknown[] {
  if (told !== null) return [told.type.prepare(insertId, told.name)];
  return decoded(template.compiled, rows)[0] ?? [];
}

async function insertWithoutReturning(
  database: Database,
  shape: InsertShape,
  values: readonly unknown[],
): Promise<readonly unknown[]> {
  const { table, fields, returning } = shape;
  const insertId = await insertForId(database, shape, values);
  const keys = table.pkFields.map((field) => {
    const given = fields.indexOf(field);
    return given >= 0 ? values[given] : field.type.prepare(insertId, field.name);
  });
  const others = returning.filter((field) => !table.pkFields.includes(field));
  const read = others.length === 0 ? [] : await readRow(database, table, keys.length === 1 ? keys[0] : keys, others);
  return returning.map((field) =>
    field.primaryKey ? keys[table.pkFields.indexOf(field)] : read[others.indexOf(field)],
  );
}

/** INSERT of one row; gives the automatic key as the driver tells it. */
async function insertForId(
  database: Database,
  shape: InsertShape,
  values: readonly unknown[],
): Promise<number | bigint | undefined> {
  if (!shape.computed) {
    const { template } = rowInsert(database, shape);
    return (await database.write(template.compiled, bindTemplate(template, values))).insertId;
  }
  const row = values.map((value, index) => insertedNode(shape.fields[index]!, value));
  const compiled = database.compile(toInsert({ ...shape, returning: [] }, [row]));
  const params = compiled.params.map(({ value }) => value);
  return (await database.write(compiled, params)).insertId;
}

/** Columns of the row with a key; empty when there is none. One SELECT. */
export async function readRow(
  database: Database,
  table: ModelMeta,
  pk: unknown,
  fields: readonly BoundField[],
): Promise<readonly unknown[]> {
  const template = templateFor(database, table, `read ${columnsOf(fields)}`, (slot) =>
    select({
      columns: fields.map((field) => ({ expression: column(table.dbTable, field.column, field.type), alias: null })),
      from: { kind: 'table', name: table.dbTable, alias: table.dbTable },
      where: equal(keyColumn(table), slot(0, table.pk.type)),
    }),
  );
  const rows = await database.read(template.compiled, bindTemplate(template, [pk]));
  return decoded(template.compiled, rows)[0] ?? [];
}

/** What an UPDATE of one row came to. */
export interface UpdatedRow {
  /** Whether there was such a row. */
  readonly matched: boolean;
  /** New values of the columns asked back, in their order. */
  readonly returned: readonly unknown[];
}

/** UPDATE of the row with a key. `returning` are read back, by RETURNING or with a SELECT. Values are prepared. */
export async function updateRow(
  database: Database,
  table: ModelMeta,
  pk: unknown,
  values: readonly FieldValue[],
  returning: readonly BoundField[],
): Promise<UpdatedRow> {
  const asksBack = returning.length > 0 && database.features.updateReturning;
  const asked = asksBack ? returning : [];
  const { affected, rows } = values.some(({ value }) => isComputed(value))
    ? await updateComputed(database, table, pk, values, asked)
    : await updatePlain(database, table, pk, values, asked);
  const matched = affected > 0 || rows.length > 0;
  if (asksBack || returning.length === 0 || !matched) return { matched, returned: rows[0] ?? [] };
  return { matched, returned: await readRow(database, table, pk, returning) };
}

interface Affected {
  readonly affected: number;
  readonly rows: unknown[][];
}

async function updatePlain(
  database: Database,
  table: ModelMeta,
  pk: unknown,
  values: readonly FieldValue[],
  returning: readonly BoundField[],
): Promise<Affected> {
  const key = `update ${columnsOf(values.map(({ field }) => field))} ${columnsOf(returning)}`;
  const template = templateFor(database, table, key, (slot) =>
    updateNode(
      table,
      values.map(({ field }, index) => ({ column: field.column, value: slot(index, field.type.stored) })),
      slot(values.length, table.pk.type),
      returning,
    ),
  );
  const bound = bindTemplate(template, [...values.map(({ value }) => value), pk]);
  const { affected, rows } = await database.write(template.compiled, bound);
  return { affected, rows: decoded(template.compiled, rows) };
}

async function updateComputed(
  database: Database,
  table: ModelMeta,
  pk: unknown,
  values: readonly FieldValue[],
  returning: readonly BoundField[],
): Promise<Affected> {
  const planner = new Planner(allRows(table), subselect);
  const assignments = values.map(({ field, value }) => ({
    column: field.column,
    value: isComputed(value) ? fitted(computedNode(planner, field, value), field) : param(value, field.type.stored),
  }));
  const compiled = database.compile(updateNode(table, assignments, param(pk, table.pk.type), returning));
  const { affected, rows } = await database.write(
    compiled,
    compiled.params.map(({ value }) => value),
  );
  return { affected, rows: decoded(compiled, rows) };
}

const updateNode = (
  table: ModelMeta,
  assignments: UpdateNode['assignments'],
  pk: ExpressionNode,
  returning: readonly BoundField[],
): UpdateNode => ({
  kind: 'update',
  table: table.dbTable,
  assignments,
  where: equal(keyColumn(table), pk),
  orderBy: [],
  returning: returning.map(returned),
});

const keyColumn = (table: ModelMeta): ExpressionNode => columnOf(table.pk, table.dbTable);

/** How many keys go into one statement: with all of them as one parameter their number hardly matters. */
export const KEYS_AT_ONCE = 10_000;

/** DELETE of the rows with these keys from one table. Gives how many there were. */
export async function deleteKeys(
  database: Database,
  table: ModelMeta,
  field: BoundField,
  keys: readonly unknown[],
): Promise<number> {
  let count = 0;
  for (let start = 0; start < keys.length; start += KEYS_AT_ONCE) {
    const part = keys.slice(start, start + KEYS_AT_ONCE);
    const template = templateFor(
      database,
      table,
      part.length === 1 ? `delete one ${field.column}` : `delete ${field.column}`,
      (slot) => {
        const operand = columnOf(field, table.dbTable);
        const { source } = slot(0, field.type);
        const where =
          part.length === 1
            ? equal(operand, slot(0, field.type))
            : isIn(operand, { kind: 'listParam', values: [], elementType: field.type, source, map: null });
        return { kind: 'delete', table: table.dbTable, where };
      },
    );
    count += (await database.write(template.compiled, bindTemplate(template, [part.length === 1 ? part[0] : part])))
      .affected;
  }
  return count;
}
