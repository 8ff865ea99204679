import type { Dynamic, Library } from './dynamic.js';
import type { World } from './worlds.js';

/** The databases whose answers the corpus has, by its names for them. */
export type Backend = 'sqlite' | 'postgresql' | 'mariadb';

/** The database that a run replays against. */
export interface Target {
  readonly nuages: Library;
  readonly testing: Library;
  readonly backend: Backend;
  readonly database: Dynamic;
}

/** Which answers of the corpus belong to a database URL. */
export function backendOf(url: string): Backend {
  if (/^(postgres|postgresql|pglite):/.test(url)) return 'postgresql';
  return /^(mysql|mariadb):/.test(url) ? 'mariadb' : 'sqlite';
}

/** The names by which deliberate.json calls it: PGlite is PostgreSQL, of its own version and with its own tables of letters. */
export const namesOf = (url: string): readonly string[] =>
  url.startsWith('pglite:') ? ['pglite', backendOf(url)] : [backendOf(url)];

const CONTROL = /^\s*(BEGIN|COMMIT|SAVEPOINT|RELEASE|ROLLBACK|START TRANSACTION|SET CONSTRAINTS|PRAGMA)\b/i;

/** Runs `work` and adds the statements that it sends to `statements`, also when it fails. */
export async function captured<T>(target: Target, statements: string[], work: () => Promise<T>): Promise<T> {
  let failure: { readonly error: unknown } | undefined;
  const { result, queries } = await target.testing.captureQueries(async () => {
    try {
      return await work();
    } catch (error) {
      // Thrown through captureQueries, the statements of a failing step would be lost.
      failure = { error };
      return undefined;
    }
  });
  statements.push(...(queries as { readonly sql: string }[]).map(({ sql }) => sql).filter((sql) => !CONTROL.test(sql)));
  if (failure !== undefined) throw failure.error;
  return result;
}

/** Runs `work` in a transaction, or in a savepoint of the one that is open. */
export function inTransaction<T>(target: Target, work: () => Promise<T>): Promise<T> {
  return target.nuages.atomic(work);
}

/** Rows of a statement as positional arrays. */
export async function rowsOf(database: Dynamic, sql: string, params: readonly unknown[] = []): Promise<Dynamic[][]> {
  const { rows } = await database.executeRaw(sql, params);
  return rows;
}

/** As many placeholders as there are parameters. */
export function placeholders(target: Target, params: readonly unknown[]): string {
  return params.map((_, index) => (target.backend === 'postgresql' ? `$${index + 1}` : '?')).join(', ');
}

/** An identifier as this database writes it. */
export function quoted(target: Target, name: string): string {
  const mark = target.backend === 'mariadb' ? '`' : '"';
  return `${mark}${name}${mark}`;
}

/**
 * Sets the next automatic id of each table to the largest id and one, as the corpus wants it before a case that writes.
 * SQLite's sequences roll back with the transaction and need nothing.
 */
export async function resetSequences(target: Target, world: World): Promise<void> {
  if (target.backend === 'sqlite') return;
  for (const table of world.automaticKeys()) await resetSequence(target, table.table, table.column);
}

async function resetSequence(target: Target, table: string, column: string): Promise<void> {
  const name = quoted(target, table);
  const next = `SELECT COALESCE(MAX(${quoted(target, column)}), 0) + 1 FROM ${name}`;
  if (target.backend === 'postgresql') {
    await rowsOf(target.database, `SELECT setval(pg_get_serial_sequence('${name}', '${column}'), (${next}), false)`);
    return;
  }
  const [row] = await rowsOf(target.database, next);
  await rowsOf(target.database, `ALTER TABLE ${name} AUTO_INCREMENT = ${String(row?.[0])}`);
}
