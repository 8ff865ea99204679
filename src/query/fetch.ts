import type { Database } from '../database/database.js';
import type { FetchMode } from '../schema/instance.js';
import { readDatabase } from './databases-for.js';
import { bind, type Plan, planFor } from './plans.js';
import type { Query } from './query.js';
import { type RowReader, readerFor } from './readers.js';
import { querySettings } from './settings.js';
import { matchesNothing, toSelect } from './to-select.js';

interface RowsPlan {
  readonly reader: RowReader;
  readonly empty: boolean;
}

/** What a fetch needs to know beside the query. */
export interface FetchOptions {
  readonly fetchMode: FetchMode | null;
}

/** All rows of a query as what it yields. One statement, none when nothing can match. */
export async function fetchAll(query: Query, options: FetchOptions): Promise<unknown[]> {
  const database = await readDatabase(query);
  const plan = rowsPlan(query, database);
  if (plan.extra.empty) return [];
  const rows = await database.read(plan.compiled, bind(plan, query.inputs));
  return plan.extra.reader.read(rows, {
    alias: database.alias,
    fetchMode: options.fetchMode ?? querySettings.fetchMode,
  });
}

/** The rows of a query in chunks, as they come from the database. */
export async function* fetchChunks(query: Query, chunkSize: number, options: FetchOptions): AsyncGenerator<unknown[]> {
  const database = await readDatabase(query);
  const plan = rowsPlan(query, database);
  if (plan.extra.empty) return;
  const origin = { alias: database.alias, fetchMode: options.fetchMode ?? querySettings.fetchMode };
  for await (const rows of database.stream(plan.compiled, bind(plan, query.inputs), chunkSize))
    yield plan.extra.reader.read(rows, origin);
}

/** The statement of a query and its parameters, in the driver's form; null where nothing can match. */
export async function toSql(query: Query): Promise<{ sql: string; params: unknown[] } | null> {
  const plan = rowsPlan(query, await readDatabase(query));
  return plan.extra.empty ? null : { sql: plan.compiled.sql, params: bind(plan, query.inputs) };
}

/**
 * How the database would run the query, in its own words: a line for each row that it answers. Throws ValueError for a format or
 * an option that the backend does not know. Empty where nothing can match, since no statement would be sent.
 */
export async function explain(query: Query, options: Readonly<Record<string, unknown>>): Promise<string> {
  const database = await readDatabase(query);
  const plan = rowsPlan(query, database);
  if (plan.extra.empty) return '';
  const { rows } = await database.explain(plan.compiled, bind(plan, query.inputs), options);
  return rows
    .map((row) =>
      row
        .filter((value) => value !== null)
        .map(textOf)
        .join(' '),
    )
    .join('\n');
}

const textOf = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));

function rowsPlan(query: Query, database: Database): Plan<RowsPlan> {
  return planFor<RowsPlan>(query, database, 'rows', () => {
    const { node, layout } = toSelect(query);
    const compiled = database.compile(node);
    return {
      compiled,
      extra: { reader: readerFor(layout, query.rows, compiled.decoders), empty: matchesNothing(node) },
    };
  });
}
