import { ValueError } from '../errors.js';
import type { Field } from '../fields/field.js';
import { blankMeta } from '../schema/blank-meta.js';
import type { BoundField, ModelMeta } from '../schema/model-meta.js';
import type { CommonTable, Query } from './query.js';

/** Common tables by name in lower case, since databases do not tell `Tree` from `tree`. */
export type CommonTables = ReadonlyMap<string, CommonTable>;

/** The common tables that a query itself names: those that it joins and the one that it selects from. */
export function commonTablesOf(query: Query): CommonTable[] {
  if (query.combination !== null) return query.combination.queries.flatMap(commonTablesOf);
  const joined = query.steps.flatMap((step) => (step.kind === 'cte' ? [step.table] : []));
  const base = commonTableOf(query.meta);
  return base === null ? joined : [base, ...joined];
}

/** Those around a query and its own. Throws ValueError when two of them have one name. */
export function commonTablesInSight(around: CommonTables, query: Query): CommonTables {
  const own = commonTablesOf(query);
  if (own.length === 0) return around;
  const all = new Map(around);
  for (const table of own) addCommonTable(all, table);
  return all;
}

/** Adds a table under its name. Throws ValueError when the name belongs to another one. */
export function addCommonTable(tables: Map<string, CommonTable>, table: CommonTable): void {
  const key = table.name.toLowerCase();
  const known = tables.get(key);
  if (known !== undefined && known !== table) {
    throw new ValueError('cte-name', `Two common table expressions of one statement are named '${table.name}'.`);
  }
  tables.set(key, table);
}

const tablesOfMetas = new WeakMap<ModelMeta, CommonTable>();

/** The common table that a meta stands for, or null when it is that of a model. */
export const commonTableOf = (meta: ModelMeta): CommonTable | null => tablesOfMetas.get(meta) ?? null;

/** A common table as if it were a model without relations, so that its rows can be asked for like those of one. */
export function metaOfCommonTable(table: CommonTable): ModelMeta {
  const { name, query } = table;
  const meta = blankMeta({
    label: name,
    appLabel: query.meta.appLabel,
    name,
    modelName: name,
    dbTable: name,
    autoCreated: true,
    verboseName: name,
    verboseNamePlural: name,
    managed: false,
    modelClass: query.meta.modelClass,
  });
  const fields = table.columns.map((column) => boundColumn(meta, column.name, column.type as Field));
  meta.fields = fields;
  meta.localFields = fields;
  meta.pk = fields[0]!;
  meta.pkFields = [meta.pk];
  meta.fieldsByName = new Map([['pk', meta.pk], ...fields.map((field) => [field.name, field] as const)]);
  tablesOfMetas.set(meta, table);
  return Object.freeze(meta);
}

const boundColumn = (model: ModelMeta, name: string, type: Field): BoundField => ({
  name,
  attname: name,
  column: name,
  field: type,
  type,
  model,
  nullable: true,
  primaryKey: false,
  unique: false,
  generated: false,
  auto: false,
  relation: null,
  verboseName: name,
});
