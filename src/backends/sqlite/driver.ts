import { createRequire } from 'node:module';
import { ImproperlyConfigured } from '../../errors.js';
import type { BeginOptions, Driver } from '../backend.js';
import { SqliteConnection } from './connection.js';
import type { OpenEngine } from './engine.js';
import { betterSqlite3 } from './engine-better-sqlite3.js';
import { isUsableNodeSqlite, nodeSqlite } from './engine-node-sqlite.js';
import { wrapError } from './errors.js';
import type { SqliteSettings } from './settings.js';

/** better-sqlite3 where it is installed, else the SQLite of the runtime. */
async function findEngine(wanted: SqliteSettings['driver']): Promise<OpenEngine> {
  if (wanted !== 'node:sqlite') {
    const module = required('better-sqlite3') ?? (await importOrNull('better-sqlite3'))?.default;
    if (module != null) return betterSqlite3(module as never);
  }
  if (wanted !== 'better-sqlite3') {
    const module = await importOrNull('node:sqlite');
    if (module !== null && isUsableNodeSqlite(module)) return nodeSqlite(module);
    if (wanted === 'node:sqlite') {
      throw new ImproperlyConfigured(
        'missing-driver',
        "This runtime has no usable 'node:sqlite': Node 22.16 or 24 is needed.",
      );
    }
  }
  throw new ImproperlyConfigured(
    'missing-driver',
    "SQLite needs the package 'better-sqlite3'. Install it: npm install better-sqlite3",
  );
}

/**
 * A CommonJS module as `require` gives it; null where it is not found that way: a bundler may leave no address to look from. `import`
 * reads such a module twice, first for the names that it exports, which takes 3 ms of a cold start.
 */
function required(name: string): unknown {
  try {
    return createRequire(import.meta.url)(name);
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code === 'MODULE_NOT_FOUND' || code === 'ERR_INVALID_ARG_VALUE') return null;
    throw error;
  }
}

async function importOrNull(name: string): Promise<Record<string, unknown> | null> {
  try {
    return (await import(name)) as Record<string, unknown>;
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    if (code === 'ERR_MODULE_NOT_FOUND' || code === 'ERR_UNKNOWN_BUILTIN_MODULE') return null;
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
