import { database } from '../database/databases.js';
import { mayMigrate } from '../database/router.js';
import { typeError, ValueError } from '../errors.js';
import { isExpression } from '../expressions/expression.js';
import { constraintCondition, constraintExpression } from '../query/constraint-conditions.js';
import type { Index } from '../schema/indexes.js';
import type { ModelMeta } from '../schema/model-meta.js';
import { type TableResolver, toIndex, toTable } from '../schema/to-table.js';
import type { IndexDef, TableDef } from '../sql/table.js';
import { didYouMean } from '../util/closest.js';
import { topologicalSort } from '../util/topological-sort.js';
import { registry } from './registry.js';
import { metaOfClass } from './state.js';

const resolver: TableResolver = { condition: constraintCondition, expression: constraintExpression, isExpression };

/** A model's table as its database is to have it. */
export const tableOf = (meta: ModelMeta): TableDef => toTable(meta, resolver);

/** An index of the model's table, by its name or as one that the model does not declare. Throws ValueError for an unknown name. */
export function indexOf(meta: ModelMeta, index: Index | string): IndexDef {
  if (typeof index !== 'string')
    return toIndex(
      meta,
      index.named(meta.dbTable, (name) => meta.fieldsByName.get(name)?.column ?? name),
      resolver,
    );
  const { indexes } = tableOf(meta);
  const found = indexes.find(({ name }) => name === index);
  if (found !== undefined) return found;
  const names = indexes.map(({ name }) => name);
  throw new ValueError(
    'unknown-index',
    `${meta.label} has no index '${index}'.${didYouMean(index, names)} Indexes are: ${names.join(', ') || 'none'}.`,
  );
}

/** Which models and which database `createTables` means. */
export interface TableOptions {
  /** Model classes; all registered models when left out. Join tables of their many-to-many fields come along. */
  readonly models?: readonly unknown[];
  /** Database alias. */
  readonly using?: string;
}

/** Creates the tables of all models (or of those given), with their indexes and constraints, in one transaction where the database can. */
export async function createTables(options: TableOptions = {}): Promise<void> {
  const tables = orderedTables(options);
  await database(options.using).schema(async (editor, run) => {
    const statements = editor.createTables?.(tables) ?? tables.flatMap((table) => editor.createTable(table));
    for (const statement of statements) await run(statement);
  });
}

/** Drops the tables of all models (or of those given). */
export async function dropTables(options: TableOptions = {}): Promise<void> {
  const tables = orderedTables(options).reverse();
  await database(options.using).schema(async (editor, run) => {
    for (const table of tables) for (const statement of editor.dropTable(table.name)) await run(statement);
  });
}

/** The tables, those that others refer to first, as far as references do not run in a circle. */
function orderedTables({ models, using = 'default' }: TableOptions): TableDef[] {
  const metas = (
    models === undefined ? registry.models() : withJoinTables(models.map((model) => metaOf(model)))
  ).filter(
    (meta) => meta.managed && !meta.proxy && mayMigrate(using, meta.appLabel, { model: meta, modelName: meta.name }),
  );
  const tables = new Map(metas.map((meta) => [meta.dbTable, tableOf(meta)]));
  const references = (table: TableDef): TableDef[] =>
    table.constraints.flatMap((constraint) =>
      constraint.kind === 'foreignKey' && constraint.table !== table.name ? (tables.get(constraint.table) ?? []) : [],
    );
  return topologicalSort([...tables.values()], references);
}

/** The model of a class. `caller` is named where it is none. */
export function metaOf(model: unknown, caller = 'createTables()'): ModelMeta {
  const meta = typeof model === 'function' ? metaOfClass(model) : null;
  if (meta === null) throw typeError('not-a-model', `${caller} takes registered model classes.`);
  return meta;
}

function withJoinTables(metas: readonly ModelMeta[]): ModelMeta[] {
  const joinTables = metas.flatMap((meta) =>
    meta.manyToMany.flatMap(({ through }) => (through?.autoCreated === true ? [through] : [])),
  );
  return [...new Set([...metas, ...joinTables])];
}
