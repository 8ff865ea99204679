import { ImproperlyConfigured } from '../../errors.js';
import type { BeginOptions, Driver } from '../backend.js';
import { isMissingDriver, loadDriver } from '../load-driver.js';
import { SqliteConnection } from './connection.js';
import type { OpenEngine } from './engine.js';
import { betterSqlite3 } from './engine-better-sqlite3.js';
import { isUsableNodeSqlite, nodeSqlite } from './engine-node-sqlite.js';
import { wrapError } from './errors.js';
import type { SqliteSettings } from './settings.js';

/** better-sqlite3 where it is installed, else the SQLite of the runtime. */
async function findEngine(wanted: SqliteSettings['driver']): Promise<OpenEngine> {
  if (wanted === 'node:sqlite') {
    const own = await runtimeSqlite();
    if (own !== null) return own;
    throw new ImproperlyConfigured(
      'missing-driver',
      "This runtime has no usable 'node:sqlite': Node 22.16 or 24 is needed.",
    );
  }
  try {
    const name = 'better-sqlite3';
    return betterSqlite3(await loadDriver('SQLite', name, () => imported(name)));
  } catch (error) {
    const own = wanted !== 'better-sqlite3' && isMissingDriver(error) ? await runtimeSqlite() : null;
    if (own === null) throw error;
    return own;
  }
}

/** By a name that bundlers do not see: one has parts that are no JavaScript, the other is not in every runtime. */
const imported = (name: string): Promise<unknown> => import(name);

/** The SQLite of the runtime; null where it has none that can be used. */
async function runtimeSqlite(): Promise<OpenEngine | null> {
  try {
    const module = (await imported('node:sqlite')) as Record<string, unknown>;
    return isUsableNodeSqlite(module) ? nodeSqlite(module) : null;
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code === 'ERR_UNKNOWN_BUILTIN_MODULE' || code === 'ERR_MODULE_NOT_FOUND') return null;
    throw error;
  }
}

/** Opens connections to one file, or to one database in memory. */
export async function createDriver(settings: SqliteSettings): Promise<Driver> {
  const openEngine = await findEngine(settings.driver);
  return {
    sharing: settings.inMemory ? 'shared' : 'single-writer',
    poolSize: settings.inMemory ? 1 : settings.readers,
    async connect(purpose) {
      const engine = openEngine(settings.file, settings.busyTimeout);
      engine.exec('PRAGMA foreign_keys = ON');
      if (!settings.inMemory) {
        // Readers and the writer do not wait for each other; NORMAL is as safe as FULL against all but a power cut (sqlite.org/wal.html).
        engine.exec('PRAGMA journal_mode = WAL');
        engine.exec('PRAGMA synchronous = NORMAL');
        // A mistake in what counts as reading shall be an error, not a write past the queue.
        if (purpose === 'read') engine.exec('PRAGMA query_only = ON');
      }
      return new SqliteConnection(engine);
    },
    begin: ({ readOnly }: BeginOptions) => [readOnly === true ? 'BEGIN' : 'BEGIN IMMEDIATE'],
    wrapError,
    async close() {},
  };
}
