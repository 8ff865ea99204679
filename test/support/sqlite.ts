import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '../../src/database/database.js';
import { closeDatabases, configureDatabases, database, registerBackend } from '../../src/database/databases.js';

registerBackend('sqlite', async () => (await import('../../src/backends/sqlite/index.js')).backend);

/** `SQLITE_DRIVER=node:sqlite` runs the tests of this backend on the other driver. */
const driver = process.env.SQLITE_DRIVER === undefined ? {} : { driver: process.env.SQLITE_DRIVER };

/** A database in memory as `default`, loaded and empty. */
export async function memoryDatabase(options: Record<string, unknown> = {}): Promise<Database> {
  configureDatabases({ default: { url: 'sqlite::memory:', ...driver, ...options } });
  return database().ready();
}

/** A database in a file of its own as `default`; `remove` closes it and deletes the file. */
export async function fileDatabase(
  options: Record<string, unknown> = {},
): Promise<{ database: Database; path: string; remove: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'nuages-'));
  const path = join(folder, 'test.db');
  configureDatabases({ default: { url: `sqlite:${path}`, ...driver, ...options } });
  const remove = async (): Promise<void> => {
    await closeDatabases();
    rmSync(folder, { recursive: true, force: true });
  };
  return { database: await database().ready(), path, remove };
}
