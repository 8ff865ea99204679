// Removes the declarations that no entry of the package reaches: nobody can import them, and they are half of all.
import { readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const entries = Object.values(exports).flatMap(({ types }) => (types === undefined ? [] : [join(root, types)]));

/** `from './a.js'`, `import('./a.js')`, `import './a.js'` and `declare module './a.js'`. */
const REFERENCE = /(?:\bfrom|\bimport|\bmodule)\s*\(?\s*['"](\.[^'"]+)\.js['"]/g;

const files = new Set(
  readdirSync(join(root, 'dist'), { recursive: true })
    .filter((file) => file.endsWith('.d.ts'))
    .map((file) => join(root, 'dist', file)),
);
const reached = new Set();
const waiting = [...entries];
for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
  // an example in a comment may name a file that is not one of ours
  if (reached.has(file) || !files.has(file)) continue;
  reached.add(file);
  for (const [, path] of readFileSync(file, 'utf8').matchAll(REFERENCE))
    waiting.push(normalize(join(dirname(file), `${path}.d.ts`)));
}
for (const file of files) {
  if (reached.has(file)) continue;
  rmSync(file);
  for (let folder = dirname(file); readdirSync(folder).length === 0; folder = dirname(folder)) rmdirSync(folder);
}
