import type { CteNode, QueryNode } from '../sql/statement-nodes.js';
import { addCommonTable, type CommonTables, commonTablesOf } from './common-tables.js';
import type { Planner } from './planner.js';
import type { CommonTable, Query } from './query.js';
import type { Layout } from './selection.js';

/** A query as the rows of a common table; handed in, since statements hold common tables in turn. */
export type RowsOf = (query: Query, around: CommonTables) => { readonly node: QueryNode; readonly layout: Layout };

/**
 * The WITH of a statement: the common tables that its query names and no statement around it has, each after those that it reads
 * itself.
 */
export function commonTableNodes(
  planner: Planner,
  rowsOf: RowsOf,
): { readonly ctes: readonly CteNode[]; readonly recursive: boolean } {
  const own = commonTablesOf(planner.query);
  if (own.length === 0) return NONE;
  const sorted = new Set<CommonTable>();
  for (const table of own) collect(table, planner.around, sorted);
  const inSight = new Map(planner.around);
  for (const table of sorted) addCommonTable(inSight, table);
  const ctes = [...sorted].map((table): CteNode => {
    const columns = table.columns.map(({ name }) => name);
    return { kind: 'cte', name: table.name, columns, query: bodyOf(table, inSight, rowsOf) };
  });
  return { ctes, recursive: [...sorted].some(({ step }) => step !== null) };
}
const NONE = { ctes: [], recursive: false };

function collect(table: CommonTable, around: CommonTables, found: Set<CommonTable>): void {
  if (found.has(table) || around.get(table.name.toLowerCase()) === table) return;
  for (const query of [table.query, table.step]) {
    for (const needed of query === null ? [] : commonTablesOf(query))
      if (needed !== table) collect(needed, around, found);
  }
  found.add(table);
}

function bodyOf(table: CommonTable, inSight: CommonTables, rowsOf: RowsOf): QueryNode {
  const start = rowsOf(table.query, inSight).node;
  if (table.step === null) return start;
  const operator = table.distinct ? 'UNION' : 'UNION ALL';
  return { kind: 'compound', operator, queries: [start, rowsOf(table.step, inSight).node], orderBy: [], slice: null };
}
