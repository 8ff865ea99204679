import type { ExtensionOptions } from '../../backends/backend.js';
import type { Database } from '../../database/database.js';
import { database } from '../../database/databases.js';
import { NotSupportedError, TransactionManagementError, typeError } from '../../errors.js';
import { indexOf, metaOf, tableOf } from '../../models/tables.js';
import { Index } from '../../schema/indexes.js';
import { plainIndex } from '../../sql/build.js';

/** Which database is meant. */
export interface OnDatabase {
  /** Its alias; `default` where absent. */
  readonly using?: string;
}

async function run(on: Database, statements: readonly string[] | undefined, what: string): Promise<void> {
  if (statements === undefined)
    throw new NotSupportedError(
      'not-supported',
      `${what} come with nuages/postgres, and ${on.dialect.label} does not have them.`,
    );
  for (const statement of statements) await on.executeRaw(statement);
}

function checkExtension(name: unknown): asserts name is string {
  if (typeof name !== 'string' || name === '' || name.includes('\0'))
    throw typeError('extension', 'An extension is given by its name.');
}

/** Creates an extension of the database unless it is there. SQL: `CREATE EXTENSION IF NOT EXISTS "pg_trgm"` */
export async function createExtension(name: string, options: ExtensionOptions & OnDatabase = {}): Promise<void> {
  checkExtension(name);
  const { using, ...how } = options;
  const on = await database(using).ready();
  await run(on, on.schemaEditor.createExtension?.(name, how), 'Extensions');
}

/** Removes an extension if it is there. SQL: `DROP EXTENSION IF EXISTS "pg_trgm"` */
export async function dropExtension(
  name: string,
  options: { readonly cascade?: boolean } & OnDatabase = {},
): Promise<void> {
  checkExtension(name);
  const { using, ...how } = options;
  const on = await database(using).ready();
  await run(on, on.schemaEditor.dropExtension?.(name, how), 'Extensions');
}

async function outsideBlocks(using: string | undefined, caller: string): Promise<Database> {
  const on = await database(using).ready();
  if (on.block === null) return on;
  throw new TransactionManagementError(
    'inside-block',
    `${caller} cannot run inside an atomic() block: PostgreSQL makes and removes indexes concurrently by several transactions of its own.`,
  );
}

/** Makes an index while rows are written. SQL: `CREATE INDEX CONCURRENTLY "name" ON "table" (…)` */
export async function addIndexConcurrently(
  model: unknown,
  index: Index | string,
  { using }: OnDatabase = {},
): Promise<void> {
  const meta = metaOf(model, 'addIndexConcurrently()');
  checkIndex(index, 'addIndexConcurrently()');
  const definition = indexOf(meta, index);
  const on = await outsideBlocks(using, 'addIndexConcurrently()');
  await run(on, on.schemaEditor.addIndexConcurrently?.(tableOf(meta), definition), 'Concurrent indexes');
}

/** Removes an index while rows are written, if it is there. SQL: `DROP INDEX CONCURRENTLY IF EXISTS "name"` */
export async function removeIndexConcurrently(
  model: unknown,
  index: Index | string,
  { using }: OnDatabase = {},
): Promise<void> {
  const meta = metaOf(model, 'removeIndexConcurrently()');
  checkIndex(index, 'removeIndexConcurrently()');
  // by name also one that the model declares no more
  const definition = typeof index === 'string' ? plainIndex(index, []) : indexOf(meta, index);
  const on = await outsideBlocks(using, 'removeIndexConcurrently()');
  await run(on, on.schemaEditor.dropIndexConcurrently?.(tableOf(meta), definition), 'Concurrent indexes');
}

function checkIndex(index: unknown, caller: string): void {
  if ((typeof index === 'string' && index !== '') || index instanceof Index) return;
  throw typeError('index', `${caller} takes an index, or the name of one.`);
}
