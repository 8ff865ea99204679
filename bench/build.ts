import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { generatePrisma } from './build-prisma.js';

const here = fileURLToPath(new URL('.', import.meta.url));
/** Where the compiled workers stand: what is timed runs as plain JavaScript, without a loader. */
export const built = `${here}.build/`;

/** What all peers run in: as deployed, without what they do for developers. */
export const environment = { ...process.env, NODE_ENV: 'production' };

/** Compiles the workers. Without the other peers installed, Nuages and the drivers can be measured all the same. */
export async function buildWorkers(): Promise<void> {
  const library = `${here}node_modules/nuages`;
  if (!existsSync(library)) {
    mkdirSync(`${here}node_modules`, { recursive: true });
    symlinkSync('../..', library);
  }
  generatePrisma();
  const files = ['worker.ts', 'cold.ts', 'workloads.ts', 'peer.ts', ...['data', 'peers', '.prisma'].flatMap(in_)];
  await build({
    entryPoints: files.map((file) => here + file),
    outdir: built,
    outbase: here,
    format: 'esm',
    target: 'node20',
    logLevel: 'warning',
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true } },
  });
}

/** The TypeScript files of a folder that may be there. */
const in_ = (folder: string): string[] =>
  existsSync(here + folder)
    ? readdirSync(here + folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts'))
        .map((file) => `${folder}/${file}`)
    : [];
