/**
 * `npm run conformance`: replays the recorded answers of Django against Nuages. See README.md beside this file.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loadCorpus } from './corpus.js';
import { namesOf } from './database.js';
import { deliberateReasons } from './deliberate.js';
import { emptyResult, failedIn, failureText, type GroupResult, table, totals } from './report.js';
import { expectedFor, runCase } from './run-case.js';
import { openTarget } from './setup.js';

const HERE = dirname(fileURLToPath(import.meta.url));

const { values: options } = parseArgs({
  options: {
    corpus: { type: 'string', default: join(HERE, 'corpus') },
    cases: { type: 'string' },
    group: { type: 'string', multiple: true },
    id: { type: 'string', multiple: true },
    database: { type: 'string', default: 'sqlite::memory:' },
    json: { type: 'string' },
    show: { type: 'string', default: '20' },
    all: { type: 'boolean', default: false },
  },
});

const wanted = (group: string): boolean => options.group === undefined || options.group.includes(group);
const corpus = loadCorpus(options.corpus, options.cases, wanted);
const reasons = deliberateReasons(join(HERE, 'deliberate.json'), namesOf(options.database));
const started = performance.now();
const { target, worlds, problems } = await openTarget(options.database, corpus);
for (const problem of problems) console.log(problem);

const results: GroupResult[] = [];
for (const [group, cases] of corpus.groups) {
  const result = emptyResult(group);
  for (const test of cases) {
    if (options.id !== undefined && !options.id.includes(test.id)) continue;
    const expected = expectedFor(test, target.backend);
    if (expected === undefined) {
      result.skipped += 1;
      continue;
    }
    const failure = await runCase(test, expected, worlds.get(test.world)!, target);
    if (failure === undefined && reasons.names(test)) result.needless.push(test.id);
    else if (failure === undefined) result.passed += 1;
    else if (reasons.allows(test)) result.deliberate += 1;
    else result.failures.push(failure);
  }
  if (options.id === undefined || result.passed + result.deliberate + failedIn(result) > 0) results.push(result);
}
await target.nuages.closeDatabases();

const complete = JSON.parse(readFileSync(join(HERE, 'groups.json'), 'utf8')) as {
  readonly complete: readonly string[];
};
const mustPass = new Set(options.all ? results.map(({ group }) => group) : complete.complete);
const failures = results.flatMap((result) => result.failures);
const { passed, failed } = totals(results);

console.log(table(results, mustPass));
for (const failure of failures.slice(0, Number(options.show))) console.log(`\n${failureText(failure)}`);
if (failures.length > Number(options.show)) {
  const rest = failures.slice(Number(options.show)).map(({ id }) => id);
  console.log(`\nFailing as well: ${rest.join(' ')}`);
}
for (const { group, needless } of results) {
  for (const id of needless) console.log(`\n${id} (${group}) is in deliberate.json, but answers as Django does.`);
}
if (options.json !== undefined) {
  const groups = results.map(({ failures: failing, ...result }) => ({ ...result, failed: failing.length }));
  const summary = { passed, failed, seconds: (performance.now() - started) / 1000, groups, failures };
  writeFileSync(options.json, JSON.stringify(summary, null, 1));
}
console.log(`\n${((performance.now() - started) / 1000).toFixed(1)} s`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = results.some((result) => mustPass.has(result.group) && failedIn(result) > 0) ? 1 : 0;
