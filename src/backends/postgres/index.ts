import type { Backend, Connection } from '../backend.js';
import { dialect } from './dialect.js';
import { createDriver } from './driver.js';
import { explain } from './explain.js';
import { introspection } from './introspection.js';
import { createPGliteDriver, parsePGliteSettings } from './pglite-driver.js';
import { replication } from './replication.js';
import { schemaEditor } from './schema-editor.js';
import { parseSettings } from './settings.js';

/** What waits for the commit is checked now, and waits again afterwards. The error names the first constraint that does not hold. */
async function checkConstraints(connection: Connection): Promise<void> {
  await connection.control('SET CONSTRAINTS ALL IMMEDIATE');
  await connection.control('SET CONSTRAINTS ALL DEFERRED');
}

const common = { dialect, schemaEditor, introspection, checkConstraints, explain };

/** A PostgreSQL server, by node-postgres. */
export const postgres: Backend = {
  ...common,
  schemes: ['postgres', 'postgresql'],
  replication,
  createDriver: async (settings) => createDriver(parseSettings(settings)),
};

/** PostgreSQL inside the process, by PGlite: in memory or in a folder. */
export const pglite: Backend = {
  ...common,
  schemes: ['pglite'],
  createDriver: async (settings) => createPGliteDriver(parsePGliteSettings(settings)),
};
