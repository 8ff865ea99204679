import { closeDatabases, createTables, defineConfig } from 'nuages';
import { captureQueries } from 'nuages/testing';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import {
  type Any,
  Author,
  Book,
  Chapter,
  emptyLibrary,
  Publisher,
  registerLibrary,
  Tag,
} from '../../support/library.js';

export const [A, B, C, P, T]: Any[] = [Author, Book, Chapter, Publisher, Tag];

/** Databases of several kinds beside the default one. */
export const SECOND = ['sqlite::memory:', 'pglite:'];

/** Configures again, with the same databases and other routers. Rows stay only as long as it is not called. */
export function configure(databases: Record<string, string>, databaseRouters: Any[] = []): void {
  registerLibrary();
  defineConfig({ apps: {}, databases, databaseRouters });
}

/** Milliseconds: PGlite takes its time to start. */
const SLOW = 60_000;

/** Two databases with the tables of the library, emptied before each test. */
export function twoDatabases(second: string): void {
  beforeAll(async () => {
    configure({ default: 'sqlite::memory:', other: second });
    for (const using of ['default', 'other']) await createTables({ using });
  }, SLOW);
  beforeEach(async () => {
    for (const using of ['default', 'other']) await emptyLibrary(using);
  }, SLOW);
  afterAll(closeDatabases);
}

/** Which databases the statements of `run` went to, in order. */
export async function aliasesOf(run: () => unknown): Promise<string[]> {
  const { queries } = await captureQueries(run as () => PromiseLike<unknown>);
  return queries.map(({ alias }) => alias);
}
