import { IntegrityError } from '../../errors.js';
import type { Backend, Connection } from '../backend.js';
import { dialect, quoteName } from './dialect.js';
import { createDriver } from './driver.js';
import { explain } from './explain.js';
import { introspection } from './introspection.js';
import { schemaEditor } from './schema-editor.js';
import { parseSettings } from './settings.js';

/** Rows whose foreign keys point nowhere. */
async function checkConstraints(connection: Connection): Promise<void> {
  const { rows } = await connection.run('PRAGMA foreign_key_check', [], { prepare: false });
  const first = rows[0];
  if (first === undefined) return;
  const [table, , parent, number] = first as [string, unknown, string, number];
  const keys = await connection.run(`PRAGMA foreign_key_list(${quoteName(table)})`, [], { prepare: false });
  const columns = keys.rows.filter((row) => row[0] === number).map((row) => String(row[3]));
  throw new IntegrityError(
    'integrity-foreign-key',
    `${rows.length === 1 ? 'A row' : `${rows.length} rows`} of the database refer to rows that do not exist: the first in table '${table}', column '${columns.join(', ')}', which refers to '${parent}'.`,
    { kind: 'foreign-key', table, columns },
  );
}

/** SQLite, by better-sqlite3 or node:sqlite. */
export const backend: Backend = {
  schemes: ['sqlite'],
  dialect,
  schemaEditor,
  introspection,
  createDriver: async (settings) => createDriver(parseSettings(settings)),
  // Making a table anew drops the old one, which with foreign keys on would delete or refuse (sqlite.org/lang_altertable.html#otheralter).
  schemaSession: { before: ['PRAGMA foreign_keys = OFF'], after: ['PRAGMA foreign_keys = ON'] },
  checkConstraints,
  explain,
};
