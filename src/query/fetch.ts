import type { Database, RawRows } from '../database/database.js';
import { TransactionManagementError } from '../errors.js';
import type { FetchMode } from '../schema/instance.js';
import type { Eventual } from '../util/eventual.js';
import { isReadElsewhere, readDatabase } from './databases-for.js';
import { bind, type Plan, type PlanUse, planFor } from './plans.js';
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

/** Which of a query's rows are meant: narrowed where its statement is made, once for a shape, so that no call copies the query for it. */
export interface Narrowing {
  /** Tells it apart from others in the keys of plans. */
  readonly key: PlanUse;
  /** The query of those rows, with the same values. */
  of(query: Query): Query;
}

const ALL_ROWS: Narrowing = { key: '=rows', of: (query) => query };

/** The rows of a query as what it yields. One statement, none when nothing can match. Mistakes in the query are thrown at once. */
export function fetchAll(query: Query, options: FetchOptions, narrowing: Narrowing = ALL_ROWS): Eventual<unknown[]> {
  const routed = readDatabase(query);
  return routed instanceof Promise
    ? routed.then((database) => fetchFrom(database, query, options, narrowing))
    : fetchFrom(routed, query, options, narrowing);
}

function fetchFrom(database: Database, query: Query, options: FetchOptions, narrowing: Narrowing): Eventual<unknown[]> {
  if (query.lock !== null) requireBlock(database);
  const plan = rowsPlan(query, database, narrowing);
  if (plan.extra.empty) return [];
  const read = database.read(plan.compiled, bind(plan, query.inputs));
  return read instanceof Promise
    ? fetchedLater(read, plan, database, query, options, narrowing)
    : plan.extra.reader.read(read, originOf(database, options));
}

async function fetchedLater(
  read: Promise<RawRows>,
  plan: Plan<RowsPlan>,
  database: Database,
  query: Query,
  options: FetchOptions,
  narrowing: Narrowing,
): Promise<unknown[]> {
  let rows: RawRows;
  try {
    rows = await read;
  } catch (error) {
    if (isReadElsewhere(query, database, error)) return fetchAll(query, options, narrowing);
    throw error;
  }
  return plan.extra.reader.read(rows, originOf(database, options));
}

const originOf = ({ alias }: Database, { fetchMode }: FetchOptions): { alias: string; fetchMode: FetchMode } => ({
  alias,
  fetchMode: fetchMode ?? querySettings.fetchMode,
});

/** The rows of a query in chunks, as they come from the database. */
export async function* fetchChunks(
  query: Query,
  chunkSize: number | undefined,
  options: FetchOptions,
): AsyncGenerator<unknown[]> {
  const database = await readDatabase(query);
  if (query.lock !== null) requireBlock(database);
  const plan = rowsPlan(query, database);
  if (plan.extra.empty) return;
  const origin = originOf(database, options);
  let isFirst = true;
  try {
    const size = chunkSize ?? database.features.chunkSize;
    for await (const rows of database.stream(plan.compiled, bind(plan, query.inputs), size)) {
      isFirst = false;
      yield plan.extra.reader.read(rows, origin);
    }
  } catch (error) {
    // Rows that were given cannot be taken back.
    if (!isFirst || !isReadElsewhere(query, database, error)) throw error;
    yield* fetchChunks(query, chunkSize, options);
  }
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

/** Rows that are locked outside of a transaction are free again before anybody has them. */
function requireBlock(database: Database): void {
  if (database.block !== null || !database.features.selectForUpdate) return;
  throw new TransactionManagementError(
    'no-block',
    'selectForUpdate() cannot be used outside of a transaction: the locks would end with the statement. Put it into atomic().',
  );
}

function rowsPlan(query: Query, database: Database, narrowing = ALL_ROWS): Plan<RowsPlan> {
  return planFor<RowsPlan>(query, database, narrowing.key, () => {
    const { node, layout } = toSelect(narrowing.of(query));
    const compiled = database.compile(node);
    return {
      compiled,
      extra: { reader: readerFor(layout, query.rows, compiled.decoders), empty: matchesNothing(node) },
    };
  });
}
