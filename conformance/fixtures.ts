import type { Fixture, Json, JsonObject } from './corpus.js';
import { inTransaction, placeholders, quoted, rowsOf, type Target } from './database.js';
import type { Dynamic } from './dynamic.js';
import { Scope } from './scope.js';
import { formOf, isObject } from './values.js';
import type { World } from './worlds.js';

/** Loads the rows of one world as they are: without defaults, `autoNow` or signals, and whatever order they refer in. */
export async function loadFixture(fixture: Fixture, world: World, target: Target): Promise<void> {
  await inTransaction(target, async () => {
    await deferConstraints(target);
    for (const [model, rows] of Object.entries(fixture.rows)) {
      if (!world.classes.has(model)) continue;
      if (world.names.inheritsRows(model)) await insertOwnColumns(model, rows, world, target);
      else await insertInstances(model, rows, world, target);
    }
    for (const [field, pairs] of Object.entries(fixture.m2m)) await insertPairs(field, pairs, world, target);
  });
  if (target.backend === 'mariadb') await rowsOf(target.database, 'SET foreign_key_checks = 1');
}

/** Foreign keys are made deferrable where a database can defer them; MariaDB can only look away. */
async function deferConstraints(target: Target): Promise<void> {
  if (target.backend === 'sqlite') await rowsOf(target.database, 'PRAGMA defer_foreign_keys = ON');
  if (target.backend === 'mariadb') await rowsOf(target.database, 'SET foreign_key_checks = 0');
}

async function insertInstances(
  model: string,
  rows: readonly JsonObject[],
  world: World,
  target: Target,
): Promise<void> {
  const scope = new Scope(world.nuages, world, model);
  const Model = world.model(model);
  await Model.objects.bulkCreate(rows.map((row) => new Model(scope.attributes(row))));
  await writeLargeNumbers(model, rows, world, target);
  // bulkCreate writes the present into these; update() leaves what it is given.
  const stamps = world.names
    .ownFields(world.names.of(model).spec)
    .filter((field) => field.auto_now || field.auto_now_add);
  if (stamps.length === 0) return;
  for (const row of rows) {
    const values = Object.fromEntries(stamps.map((field) => [field.name, row[field.name]!]));
    await Model.objects.filter(scope.attributes({ id: row.id! })).update(scope.attributes(values));
  }
}

/** JSON documents with integers that JavaScript cannot hold are written again as text, to the last digit. */
async function writeLargeNumbers(
  model: string,
  rows: readonly JsonObject[],
  world: World,
  target: Target,
): Promise<void> {
  for (const row of rows) {
    for (const [column, value] of Object.entries(row)) {
      const text = JSON.stringify(value).replace(/\{"\$(?:bigint|float)":"([-+.\de]+)"\}/g, '$1');
      if (formOf(value) !== '$json' || text === JSON.stringify(value)) continue;
      const document = text.slice('{"$json":'.length, -1);
      const [table, name] = [quoted(target, world.table(model)), quoted(target, column)];
      const [one, two] = placeholders(target, [document, row.id]).split(', ');
      await rowsOf(target.database, `UPDATE ${table} SET ${name} = ${one} WHERE id = ${two}`, [document, row.id]);
    }
  }
}

/** A child's own columns, under a parent's row that is there already: no public call inserts those alone. */
async function insertOwnColumns(
  model: string,
  rows: readonly JsonObject[],
  world: World,
  target: Target,
): Promise<void> {
  for (const row of rows) {
    const plain = Object.entries(row).filter(([, value]) => !isObject(value));
    const encoded = Object.entries(row).filter(([, value]) => isObject(value));
    const columns = plain.map(([name, value]) => [world.names.column(model, name), value] as const);
    await insertRow(world.table(model), Object.fromEntries(columns), target);
    if (encoded.length === 0) continue;
    const scope = new Scope(world.nuages, world, model);
    const key = row[world.names.ownColumns(model)[0]!]!;
    await world
      .model(model)
      .objects.filter({ pk: key })
      .update(scope.attributes(Object.fromEntries(encoded)));
  }
}

async function insertPairs(
  field: string,
  pairs: readonly (readonly [Json, Json])[],
  world: World,
  target: Target,
): Promise<void> {
  const join = world.joinTable(field.replace('.', '_'));
  for (const [from, to] of pairs) await insertRow(join.table, { [join.from]: from, [join.to]: to }, target);
}

async function insertRow(table: string, row: JsonObject, target: Target): Promise<void> {
  const columns = Object.keys(row).map((column) => quoted(target, column));
  const params = Object.values(row).map(
    (value): Dynamic => (typeof value === 'boolean' && target.backend !== 'postgresql' ? Number(value) : value),
  );
  const sql = `INSERT INTO ${quoted(target, table)} (${columns.join(', ')}) VALUES (${placeholders(target, params)})`;
  await rowsOf(target.database, sql, params);
}
