// Writes the published JavaScript: each entry of the package and what entries share as few files, since loading hundreds of
// modules takes longer than running them. Backends, which are imported when they are used, stay files of their own.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const { exports, bin = {} } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
const targets = [...Object.values(exports).map((target) => target.default ?? target), ...Object.values(bin)];
const sources = targets
  .filter((target) => target.endsWith('.js'))
  .map((target) => target.replace(/^(\.\/)?dist\//, `${root}src/`).replace(/\.js$/, '.ts'));

await build({
  entryPoints: sources.filter((source) => existsSync(source)),
  outdir: `${root}dist`,
  outbase: `${root}src`,
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  // errors and generated aliases show the names of classes
  keepNames: true,
  logLevel: 'warning',
});
