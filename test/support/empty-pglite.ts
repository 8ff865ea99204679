import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { TestProject } from 'vitest/node';

/** Makes one empty PGlite for all files of tests, each of which takes a copy. */
export default async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'nuages-pglite-empty-'));
  const database = new PGlite(folder);
  await database.waitReady;
  await database.close();
  project.provide('emptyPGlite', folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
