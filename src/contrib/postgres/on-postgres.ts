import { checkContrib } from '../../compiler/contrib.js';
import type { Database } from '../../database/database.js';
import { database } from '../../database/databases.js';

/** The database of an alias. Throws NotSupportedError where it is none of PostgreSQL's; `what` begins the sentence. */
export async function onPostgres(using: string | undefined, what: string): Promise<Database> {
  const found = await database(using).ready();
  checkContrib('postgres', what, found.dialect);
  return found;
}
