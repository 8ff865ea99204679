import type { Database } from '../database/database.js';
import { FieldError } from '../errors.js';
import { isComputed } from '../query/field-values.js';
import { insertedValue, isUnset } from '../query/insert-values.js';
import { mapKey } from '../query/keys.js';
import { nextPlaces, orderFields } from '../query/next-order.js';
import { insertRow } from '../query/row-writes.js';
import type { InsertShape } from '../query/to-insert.js';
import type { BoundField, ModelMeta } from '../schema/model-meta.js';
import type { Eventual } from '../util/eventual.js';
import { getOrMake } from '../util/get-or-make.js';

type Row = Record<string, unknown>;

/** Inserts an instance's row in one table, and puts back on the instance what the database worked out. Gives false: it was not there. */
export function insertInto(table: ModelMeta, db: Database, instance: Row): Eventual<false> {
  if (orderFields(table) !== null) return setPlace(table, db, instance).then(() => insertPlaced(table, db, instance));
  return insertPlaced(table, db, instance);
}

function insertPlaced(table: ModelMeta, db: Database, instance: Row): Eventual<false> {
  const values: unknown[] = [];
  let columns = getOrMake(starts, table, noColumns);
  for (const field of table.localFields) {
    // a generated column may not be loaded, and to read it would load it
    const given = field.generated ? undefined : instance[field.attname];
    if (field.generated || isLeftToDatabase(field, given)) {
      columns = columns.after(LEFT);
      continue;
    }
    const value = insertedValue(field, given, instance);
    columns = columns.after(isComputed(value) ? COMPUTED : GIVEN);
    values.push(value);
  }
  columns.shape ??= shapeOf(table, columns);
  const { shape } = columns;
  const inserted = insertRow(db, shape, values);
  return inserted instanceof Promise
    ? inserted.then((returned) => takeReturned(instance, shape, returned))
    : takeReturned(instance, shape, inserted);
}

function takeReturned(instance: Row, { returning }: InsertShape, returned: readonly unknown[]): false {
  for (let index = 0; index < returning.length; index += 1) instance[returning[index]!.attname] = returned[index];
  return false;
}

/**
 * What an INSERT does with the first columns of a table, and what follows for the next one: at the end stands the INSERT, the same
 * object each time, so that its statement is found at once. A text of the columns would be put together and hashed for each row.
 */
class Columns {
  readonly #before: Columns | null;
  readonly #last: number;
  readonly #next: Columns[] = [];
  shape: InsertShape | null = null;

  constructor(before: Columns | null, last: number) {
    this.#before = before;
    this.#last = last;
  }

  /** With one column more. */
  after(what: number): Columns {
    let next = this.#next[what];
    if (next === undefined) {
      next = new Columns(this, what);
      this.#next[what] = next;
    }
    return next;
  }

  /** What is done with each column, in their order. */
  get all(): readonly number[] {
    return this.#before === null ? [] : [...this.#before.all, this.#last];
  }
}

/** What an INSERT does with a column: it gives a value, or what the database is to work out, or leaves it out. */
const [GIVEN, COMPUTED, LEFT] = [0, 1, 2];

const starts = new WeakMap<ModelMeta, Columns>();
const noColumns = (): Columns => new Columns(null, LEFT);

function shapeOf(table: ModelMeta, columns: Columns): InsertShape {
  const what = columns.all;
  return {
    table,
    fields: table.localFields.filter((_, index) => what[index] !== LEFT),
    returning: table.localFields.filter((_, index) => what[index] !== GIVEN),
    computed: what.includes(COMPUTED),
  };
}

/** Whether a column is left out of the INSERT: an automatic key without a value, or a default of the database. */
function isLeftToDatabase(field: BoundField, value: unknown): boolean {
  if (field.auto) return isUnset(field, value);
  return value === undefined && field.field.hasDbDefault && field.field.preSave(value, true) === undefined;
}

/** The place among the objects of one owner: behind the last. */
async function setPlace(table: ModelMeta, db: Database, instance: Row): Promise<void> {
  const fields = orderFields(table);
  if (fields === null || fields.order.model !== table) return;
  const owner = instance[fields.owner.attname];
  if (isComputed(owner))
    throw new FieldError(
      'order-owner',
      `${table.label} is ordered with respect to '${fields.owner.name}', which must be known.`,
    );
  const places = await nextPlaces(db, table, fields, [owner]);
  instance[fields.order.attname] = places.get(mapKey(owner)) ?? 0;
}
