import type { Backend } from '../backends/backend.js';
import { ImproperlyConfigured, typeError } from '../errors.js';
import { didYouMean } from '../util/closest.js';
import { Database } from './database.js';

/** A database in the configuration: its URL, alone or with options. */
export type DatabaseConfig = string | ({ readonly url: string } & Readonly<Record<string, unknown>>);

const loaders = new Map<string, () => Promise<Backend>>();
let databases = new Map<string, Database>();
/** Those that were replaced while blocks on them ran, which end where they began; for good where a block would not end. */
const ending = new Set<Database>();

/** Tells how the backend of a URL scheme is loaded. Entry files call it; a package with a backend of its own may. */
export function registerBackend(scheme: string, load: () => Promise<Backend>): void {
  loaders.set(scheme, load);
}

/** Replaces all databases; those configured before are closed in the background. Opens nothing. Throws ImproperlyConfigured. */
export function configureDatabases(configs: Readonly<Record<string, DatabaseConfig>>): void {
  const configured = new Map<string, Database>();
  for (const [alias, config] of Object.entries(configs)) configured.set(alias, makeDatabase(alias, config));
  const before = databases;
  databases = configured;
  for (const database of before.values()) void end(database).catch(() => {});
}

/** Closes a database that others have taken the place of. */
async function end(database: Database): Promise<void> {
  ending.add(database);
  await database.close();
  ending.delete(database);
}

function makeDatabase(alias: string, config: DatabaseConfig): Database {
  const { url, ...options } = typeof config === 'string' ? { url: config } : config;
  const scheme = typeof url === 'string' ? /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase() : undefined;
  if (scheme === undefined) {
    throw new ImproperlyConfigured('invalid-url', `Database '${alias}' needs a URL such as 'sqlite:db.sqlite3'.`);
  }
  const loadBackend = loaders.get(scheme);
  if (loadBackend === undefined) {
    throw new ImproperlyConfigured(
      'unknown-backend',
      `There is no backend for '${scheme}:' (database '${alias}').${didYouMean(scheme, loaders.keys())} Known: ${[...loaders.keys()].join(', ')}.`,
    );
  }
  return new Database({ alias, url, options, loadBackend });
}

/** The database of an alias. Throws ImproperlyConfigured where there is none, and TypeError for what is no text. */
export function database(alias = 'default'): Database {
  if (ending.size > 0) for (const each of ending) if (each.alias === alias && each.block !== null) return each;
  const found = databases.get(alias);
  if (found !== undefined) return found;
  if (typeof alias !== 'string') throw typeError('database-alias', 'A database is named by its alias, as text.');
  const known = [...databases.keys()];
  throw new ImproperlyConfigured(
    'unknown-database',
    known.length === 0
      ? 'No database is configured: call defineConfig() first.'
      : `There is no database '${alias}'.${didYouMean(alias, known)} Configured: ${known.join(', ')}.`,
  );
}

/** The aliases that are configured. */
export const databaseAliases = (): readonly string[] => [...databases.keys()];

/**
 * Waits for what runs, then closes every connection. The databases stay configured and open again when used. What is still in use
 * after the `closeTimeout` of its database (30 s) is closed all the same: then it throws OperationalError (`close-timeout`), once all
 * is closed, which says who held the connections.
 */
// Without parameters, for it is handed to hooks and events as it is, which give it arguments of their own.
export async function closeDatabases(): Promise<void> {
  const open = [...databases.values()];
  databases = new Map(open.map((each) => [each.alias, each.renewed()]));
  const closings = await Promise.allSettled(open.map(end));
  for (const closing of closings) if (closing.status === 'rejected') throw closing.reason;
}
