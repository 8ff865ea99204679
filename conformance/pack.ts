/**
 * `tsx conformance/pack.ts DIR`: copies the corpus in DIR into conformance/corpus, each file compressed with gzip.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const [source] = process.argv.slice(2);
if (source === undefined) throw new Error('Usage: tsx conformance/pack.ts DIR');
const destination = join(dirname(fileURLToPath(import.meta.url)), 'corpus');

for (const folder of ['.', 'fixtures', 'cases']) {
  mkdirSync(join(destination, folder), { recursive: true });
  for (const file of readdirSync(join(source, folder))) {
    const text = () => readFileSync(join(source, folder, file));
    if (/\.jsonl?$/.test(file)) writeFileSync(join(destination, folder, `${file}.gz`), gzipSync(text(), { level: 9 }));
    if (file === 'README.md') writeFileSync(join(destination, file), text());
  }
}
