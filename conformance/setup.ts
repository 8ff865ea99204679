import type { Corpus } from './corpus.js';
import { backendOf, type Target } from './database.js';
import type { Dynamic, Library } from './dynamic.js';
import { loadFixture } from './fixtures.js';
import { buildWorlds, type World } from './worlds.js';

/** A database with every world's tables and rows in it, and what went wrong on the way. */
export interface Setup {
  readonly target: Target;
  readonly worlds: ReadonlyMap<string, World>;
  readonly problems: readonly string[];
}

/** Builds the models of all worlds through the public API, creates their tables and loads their rows. */
export async function openTarget(url: string, corpus: Corpus): Promise<Setup> {
  const nuages = (await import('../src/index.js')) as unknown as Library;
  const testing = (await import('../src/testing.js')) as unknown as Library;
  const worlds = buildWorlds(nuages, corpus.worlds);
  const problems = [...worlds.values()].flatMap((world) =>
    [...world.broken].map(([model, error]) => `${world.name}.${model} cannot be built: ${error.message}`),
  );
  const apps = Object.fromEntries([...worlds.values()].map((world) => [world.name, world.app()]));
  nuages.defineConfig({ apps, databases: { default: url }, fetchMode: 'one' });
  const target: Target = { nuages, testing, backend: backendOf(url), database: nuages.connection() };
  await dropTables(target, worlds);
  await nuages.createTables();
  for (const world of worlds.values()) {
    try {
      await loadFixture(corpus.fixtures.get(world.name)!, world, target);
    } catch (error) {
      problems.push(
        `The rows of ${world.name} cannot be loaded: ${error instanceof Error ? error.stack : String(error)}`,
      );
    }
  }
  return { target, worlds, problems };
}

/** Drops what an earlier run left in a database that outlives it. */
async function dropTables({ database }: Target, worlds: ReadonlyMap<string, World>): Promise<void> {
  const ours = new Set([...worlds.values()].flatMap((world) => world.tables()));
  const left = ((await database.tableNames()) as readonly string[]).filter((name) => ours.has(name));
  if (left.length === 0) return;
  await database.schema(async (editor: Dynamic, run: (sql: string) => Promise<void>) => {
    for (const name of left) for (const statement of editor.dropTable(name)) await run(statement);
  });
}
