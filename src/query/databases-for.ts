import type { Database } from '../database/database.js';
import { database } from '../database/databases.js';
import { mayReadElsewhere, type RoutingHints, routeRead, routeWrite } from '../database/router.js';
import { OperationalError } from '../errors.js';
import type { ModelMeta } from '../schema/model-meta.js';
import type { Query } from './query.js';

const NO_HINTS: RoutingHints = Object.freeze({});
const hintsOf = (instance: object | null): RoutingHints => (instance === null ? NO_HINTS : { instance });

/**
 * The database that a query reads, its backend loaded: the one it names, else the router's, else where the instance that the
 * rows belong to came from, else `default`. Rows that are locked are read where they will be written.
 */
export function readDatabase(query: Query): Database | Promise<Database> {
  const { using, meta, hint, lock } = query;
  if (using !== null) return readied(database(using));
  if (lock !== null) return writeDatabase(meta, null, hint);
  const alias = routeRead(meta, hintsOf(hint));
  return typeof alias === 'string' ? readied(database(alias)) : alias.then((each) => database(each).ready());
}

/** The database that a model's rows are written to, its backend loaded; `hint` is an instance that they belong to. */
export function writeDatabase(
  meta: ModelMeta,
  using: string | null,
  hint: object | null = null,
): Database | Promise<Database> {
  return readied(database(using ?? routeWrite(meta, hintsOf(hint))));
}

/** Whether a query whose read failed is to be asked again: routers chose its database, and now choose another. */
export const isReadElsewhere = ({ using, lock }: Query, failed: Database, error: unknown): boolean =>
  using === null &&
  lock === null &&
  error instanceof OperationalError &&
  failed.block === null &&
  mayReadElsewhere(failed.alias, error);

/** No promise once the backend is loaded: a query does not wait for what is there. */
const readied = (found: Database): Database | Promise<Database> => (found.isReady ? found : found.ready());
