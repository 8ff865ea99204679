import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));

/** The clients by the folder of .prisma/ into which they are generated, and their schemas. */
const schemas = {
  sqlite: 'prisma/sqlite.prisma',
  postgres: 'prisma/postgres.prisma',
  types: 'types/peers/prisma/schema.prisma',
} as const;

/** Generates Prisma's clients, where Prisma is installed and they are not there yet. */
export function generatePrisma(): void {
  const bin = `${here}node_modules/prisma/build/index.js`;
  if (!existsSync(bin)) return;
  for (const [name, schema] of Object.entries(schemas)) {
    if (existsSync(`${here}.prisma/${name}/client.ts`)) continue;
    const run = spawnSync(process.execPath, [bin, 'generate', '--schema', schema], {
      cwd: here,
      encoding: 'utf8',
      // The command looks for the engine of migrations, and downloads it, though it generates without it: any program will do.
      env: { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1', ...process.env },
    });
    if (run.status !== 0) console.error(`Prisma's client ${name} was not generated:\n${run.stdout}${run.stderr}`);
  }
}
