/**
 * `npm run bench:cold [-- --rounds 15]`
 *
 * Where a cold start on SQLite goes, and how far it could go down: the library as it is published, and the same text without the body of
 * each function that a first query does not run, constructors aside: less than any way of loading code later would leave.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import ts from 'typescript';
import { buildWorkers, built, environment } from './build.js';
import type { Coverage, Parts } from './cold-parts-worker.js';
import { copyDatabase } from './data/sqlite.js';
import { median } from './median.js';
import { describeMachine } from './report.js';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '15' } } });
const rounds = Number(values.rounds);
const here = fileURLToPath(new URL('.', import.meta.url));
const whole = built;
const bare = `${built}bare/`;
const bareLibrary = `${bare}node_modules/nuages/`;
const middle = (parts: readonly Parts[], part: keyof Parts): number => median(parts.map((each) => each[part]));

await buildWorkers();
await build({ entryPoints: [`${here}cold-parts-worker.ts`], outdir: built, format: 'esm', target: 'node20' });
const file = copyDatabase(`${here}.data/`, 1, 'cold-parts');
try {
  writeFileSync(`${whole}library.js`, "import 'nuages';\n");
  const { before, after } = takeAway(JSON.parse(run(whole, 'nuages', 'coverage')) as Coverage[]);
  const kinds = { driver: [whole, 'raw'], Nuages: [whole, 'nuages'], 'only what runs': [bare, 'nuages'] } as const;
  const samples = Object.fromEntries(Object.keys(kinds).map((kind) => [kind, [] as Parts[]]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [kind, [folder, peer]] of Object.entries(kinds)) samples[kind]!.push(JSON.parse(run(folder, peer)));
    process.stderr.write('.');
  }
  process.stderr.write('\n');
  console.log(
    `${describeMachine()}\n\n| | text, KB | import, ms | V8 compiles the text, ms | cold start, ms | of the driver |`,
  );
  console.log('|---|---|---|---|---|---|');
  const driver = middle(samples.driver!, 'all');
  const line = (kind: string, ...cells: readonly string[]): void => {
    const all = middle(samples[kind]!, 'all');
    console.log(`| ${[kind, ...cells, all.toFixed(1), (all / driver).toFixed(2)].join(' | ')} |`);
  };
  const ofLibrary = (kind: string, folder: string, bytes: number): void =>
    line(
      kind,
      (bytes / 1000).toFixed(0),
      middle(samples[kind]!, 'import').toFixed(1),
      median(Array.from({ length: 5 }, () => compileTime(folder))).toFixed(1),
    );
  line('driver', '–', '–', '–');
  ofLibrary('Nuages', whole, before);
  ofLibrary('only what runs', bare, after);
} finally {
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
  rmSync(bare, { recursive: true, force: true });
}

function run(folder: string, peer: string, ...more: readonly string[]): string {
  const args = [`${whole}cold-parts-worker.js`, folder, peer, file, ...more];
  return execFileSync(process.execPath, args, { encoding: 'utf8', env: environment, maxBuffer: 1 << 28 });
}

/** Writes the library without the bodies of what did not run; gives the bytes of all files that were loaded, before and after. */
function takeAway(coverage: readonly Coverage[]): { before: number; after: number } {
  rmSync(bare, { recursive: true, force: true });
  mkdirSync(bareLibrary, { recursive: true });
  const root = fileURLToPath(new URL('../', import.meta.url));
  for (const part of ['dist', 'package.json']) cpSync(root + part, bareLibrary + part, { recursive: true });
  cpSync(`${whole}peers`, `${bare}peers`, { recursive: true });
  cpSync(`${whole}data`, `${bare}data`, { recursive: true });
  for (const name of readdirSync(whole)) if (name.endsWith('.js')) cpSync(whole + name, bare + name);
  let before = 0;
  let after = 0;
  for (const { url, ran } of coverage) {
    const path = fileURLToPath(url);
    const text = readFileSync(path, 'utf8');
    const kept = withoutBodies(text, new Set(ran));
    writeFileSync(bareLibrary + path.slice(root.length), kept);
    before += text.length;
    after += kept.length;
  }
  return { before, after };
}

/** The text with an empty body for each function whose place is not in `ran`. Constructors stay: V8 tells the place of their class. */
function withoutBodies(text: string, ran: ReadonlySet<string>): string {
  let result = '';
  let end = 0;
  const visit = (node: ts.Node): void => {
    const body =
      ts.isFunctionLike(node) && !ts.isConstructorDeclaration(node) ? (node as { body?: ts.Node }).body : undefined;
    if (body === undefined || ran.has(`${node.getStart()}:${node.end}`)) return void ts.forEachChild(node, visit);
    result += text.slice(end, body.getStart()) + (ts.isBlock(body) ? '{}' : '0');
    end = body.end;
  };
  visit(ts.createSourceFile('library.js', text, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS));
  return result + text.slice(end);
}

/** Milliseconds that V8 takes in an import to make code of the texts of whole files; functions that it compiles as they run are not in it. */
function compileTime(folder: string): number {
  const trace = `${whole}trace.json`;
  const categories = 'v8,disabled-by-default-v8.compile';
  const flags = ['--trace-event-categories', categories, '--trace-event-file-pattern', trace];
  execFileSync(process.execPath, [...flags, `${folder}library.js`], { env: environment });
  const { traceEvents } = JSON.parse(readFileSync(trace, 'utf8')) as {
    traceEvents: readonly { readonly name: string; readonly dur?: number }[];
  };
  rmSync(trace);
  const scripts = traceEvents.filter(({ name }) => name === 'V8.CompileScript');
  return scripts.reduce((sum, { dur = 0 }) => sum + dur, 0) / 1000;
}
