import { answerOf } from './answers.js';
import { quoted, rowsOf, type Target } from './database.js';
import type { Dynamic } from './dynamic.js';
import type { Scope } from './scope.js';

interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly Dynamic[];
}

/** The whole tables of some models (`Book_tags` is the join table of Book.tags), by model, in the corpus's form. */
export async function dumpTables(models: readonly string[], scope: Scope, target: Target): Promise<Dynamic> {
  const tables: Record<string, Table> = {};
  for (const model of models) {
    const isModel = scope.world.names.models.has(model);
    tables[model] = isModel ? await dumpModel(model, scope) : await dumpJoinTable(model, scope, target);
  }
  return tables;
}

async function dumpModel(model: string, scope: Scope): Promise<Table> {
  const columns = scope.world.names.ownColumns(model);
  const attributes = columns.map((column) => scope.world.names.attribute(model, column));
  const rows = await scope.world
    .model(model)
    .objects.orderBy('pk')
    .valuesList(...attributes);
  return { columns, rows: rows.map((row: Dynamic) => answerOf([...row], scope)) };
}

/** Join tables hold numbers only, so their rows need no decoding. */
async function dumpJoinTable(name: string, scope: Scope, target: Target): Promise<Table> {
  const join = scope.world.joinTable(name);
  const columns = ['id', join.from, join.to];
  const list = columns.map((column) => quoted(target, column)).join(', ');
  const rows = await rowsOf(target.database, `SELECT ${list} FROM ${quoted(target, join.table)} ORDER BY 1`);
  return { columns, rows: rows.map((row) => row.map((value) => (value === null ? null : Number(value)))) };
}
