/**
 * The tour: `npm run tour` makes a SQLite file, loads Chinook through the ORM and shows queries over it, each with its
 * TypeScript, its SQL and its rows. In a pipe, or with NO_COLOR set, it prints plain text. Exits 1 when a step fails.
 */
import { rmSync } from 'node:fs';
import { relative } from 'node:path';
import { SingleBar } from 'cli-progress';
import { closeDatabases, createTables } from 'nuages';
import { captureQueries } from 'nuages/testing';
import pico from 'picocolors';
import { sqlText, typescriptText } from './highlight.js';
import { countRows, load } from './load.js';
import { databaseFile } from './nuages.config.js';
import { rowsText } from './rows.js';
import { type Section, type Step, sections, sourcesOf } from './section.js';
import './sections/finding.js';
import './sections/relations.js';
import './sections/loading.js';
import './sections/values.js';
import './sections/writing.js';

const terminal = process.stdout.isTTY === true;
// FORCE_COLOR and NO_COLOR as usual; elsewhere colour is for terminals only, in CI too.
const colors = pico.createColors(!process.env.NO_COLOR && (terminal || Boolean(process.env.FORCE_COLOR)));
const width = Math.min(process.stdout.columns ?? 120, 120);
const shownStatements = 6;

const indent = (text: string, by = '  '): string => text.replaceAll(/^/gm, by);
const ms = (duration: number): string => `${duration < 10 ? duration.toFixed(1) : Math.round(duration)} ms`;
const plural = (count: number, noun: string, nouns: string): string => `${count} ${count === 1 ? noun : nouns}`;

async function prepare(): Promise<void> {
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${databaseFile}${suffix}`, { force: true });
  await createTables();
  const total = countRows();
  const started = performance.now();
  const bar = new SingleBar({
    format: '  {bar} {value}/{total} rows  {table}',
    hideCursor: true,
    clearOnComplete: true,
  });
  if (terminal) bar.start(total, 0, { table: '' });
  await load((table, rows) => bar.increment(rows, { table }));
  bar.stop();
  const seconds = (performance.now() - started) / 1000;
  const speed = Math.round(total / seconds).toLocaleString('en');
  console.log(
    `  11 tables, ${total.toLocaleString('en')} rows loaded with bulkCreate in ${seconds.toFixed(2)} s (${speed} rows/s)`,
  );
}

function showParams(params: readonly unknown[]): string {
  const shown = params.slice(0, 6).map((value) => (typeof value === 'string' ? `'${value}'` : String(value)));
  return params.length > 6 ? `${shown.join(', ')}, … ${params.length} in all` : shown.join(', ');
}

/** Runs one step and prints it; returns how many statements it ran. */
async function show(number: number, step: Step, source: string): Promise<number> {
  console.log(`\n${colors.bold(`${number}. ${step.title}`)}\n`);
  console.log(indent(typescriptText(source, colors)));
  const started = performance.now();
  const { result, queries } = await captureQueries(async () => await step.run());
  const elapsed = performance.now() - started;
  if (queries.length > 0) console.log();
  for (const { sql, params, durationMs } of queries.slice(0, shownStatements)) {
    const notes = [ms(durationMs), ...(params.length > 0 ? [showParams(params)] : [])].join(' · ');
    console.log(indent(`${sqlText(sql, colors, width)}  ${colors.dim(`-- ${notes}`)}`));
  }
  const unseen = queries.length - shownStatements;
  if (unseen > 0) console.log(colors.dim(`  … and ${plural(unseen, 'more statement', 'more statements')}`));
  console.log(`\n${indent(rowsText(result, colors))}`);
  const rows = plural(Array.isArray(result) ? result.length : 1, 'row', 'rows');
  console.log(colors.dim(`  ${rows} · ${plural(queries.length, 'statement', 'statements')} · ${ms(elapsed)}`));
  return queries.length;
}

async function main(): Promise<void> {
  const started = performance.now();
  console.log(`${colors.bold('Nuages tour')}: the Chinook music shop on SQLite\n`);
  await prepare();
  let [steps, statements, failures] = [0, 0, 0];
  for (const part of sections as readonly Section[]) {
    console.log(`\n${colors.bold(colors.inverse(` ${part.title} `))}`);
    const sources = sourcesOf(part);
    for (const [index, step] of part.steps.entries()) {
      steps += 1;
      try {
        statements += await show(steps, step, sources[index] ?? '');
      } catch (error) {
        failures += 1;
        console.log(`\n  ${colors.red('failed')}: ${error instanceof Error ? error.stack : String(error)}`);
      }
    }
  }
  await closeDatabases();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(
    `\n${plural(steps, 'step', 'steps')}, ${statements} statements, ${failures} failed, ${seconds} s in all.`,
  );
  console.log(`The database is in ${relative(process.cwd(), databaseFile)}; look at it with any SQLite client.`);
  process.exitCode = failures > 0 ? 1 : 0;
}

await main();
