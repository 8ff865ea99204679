/**
 * `npm run bench:growth`
 *
 * How costs grow: of a row with the rows of a table, of a query with the models of a project, of a filter with the values of its
 * list. SQLite in memory, so that nothing but the library and SQLite is measured, by the processor's time; each part in a process
 * of its own.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { buildWorkers, built } from './build.js';
import type { Growth } from './growth-worker.js';
import { describeMachine } from './report.js';

const MODELS = [10, 50, 100, 500];

await buildWorkers();
const sources = ['growth-worker.ts', 'median.ts'].map((file) => fileURLToPath(new URL(file, import.meta.url)));
await build({ entryPoints: sources, outdir: built, format: 'esm', target: 'node20', logLevel: 'warning' });

function measured(part: string, ...args: readonly string[]): Growth[] {
  const out = execFileSync(process.execPath, [`${built}growth-worker.js`, part, ...args], { encoding: 'utf8' });
  process.stderr.write('.');
  return JSON.parse(out);
}

/** A line of a table for each size. */
function show(title: string, results: readonly Growth[]): void {
  const names = Object.keys(results[0]!.costs);
  console.log(`\n| ${[title, ...names].join(' | ')} |\n|${'---|'.repeat(names.length + 1)}`);
  for (const { size, costs } of results) {
    console.log(`| ${size.toLocaleString('en')} | ${names.map((name) => costs[name]!.toFixed(2)).join(' | ')} |`);
  }
}

const rows = measured('rows');
const models = MODELS.flatMap((count) => measured('models', String(count)));
const lists = measured('lists');
process.stderr.write('\n');
console.log(describeMachine());
show('rows', rows);
show('models', models);
show('values in a list', lists);
