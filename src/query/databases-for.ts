import type { Database } from '../database/database.js';
import { database } from '../database/databases.js';
import { routeRead, routeWrite } from '../database/router.js';
import type { ModelMeta } from '../schema/model-meta.js';
import type { Query } from './query.js';

/** The database that a query reads, its backend loaded: the one it names, else the router's, else `default`. */
export function readDatabase(query: Query): Database | Promise<Database> {
  return readied(database(query.using ?? routeRead({ label: query.meta.label })));
}

/** The database that a model's rows are written to, its backend loaded. */
export function writeDatabase(meta: ModelMeta, using: string | null): Database | Promise<Database> {
  return readied(database(using ?? routeWrite({ label: meta.label })));
}

/** No promise once the backend is loaded: a query does not wait for what is there. */
const readied = (found: Database): Database | Promise<Database> => (found.isReady ? found : found.ready());
