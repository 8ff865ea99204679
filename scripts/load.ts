/**
 * Many clients that move money between few accounts, in three ways at once, while sessions are killed; then the proof that
 * nothing was lost, doubled or half done.
 *
 * `npm run load -- --db postgres --clients 64 --seconds 60`
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { SingleBar } from 'cli-progress';
import Table from 'cli-table3';
import { Command, Option } from 'commander';
import { atomic, closeDatabases, createTables, defineConfig } from 'nuages';
import { ACCOUNTS, models, openAccounts } from './load/bank.js';
import { type Place, places } from './load/places.js';
import { type Finding, prove } from './load/proof.js';
import { again, allMoney, EXPECTED, pay, ways } from './load/transfers.js';

const number = (text: string): number => {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`A number above zero is wanted, not '${text}'.`);
  return value;
};
const { db, clients, seconds, kill } = new Command('load')
  .addOption(new Option('--db <database>', 'where the money is').choices(Object.keys(places)).default('sqlite'))
  .option('--clients <number>', 'how many pay at the same time', number, 64)
  .option('--seconds <number>', 'for how long', number, 60)
  .option('--no-kill', 'let sessions live')
  .parse()
  .opts<{ db: string; clients: number; seconds: number; kill: boolean }>();

const ends = new Map<string, Map<string, number>>(ways.map(([name]) => [name, new Map()]));
const codes = new Map<string, number>();
const paid = new Set<string>();
const unknown = new Set<string>();
const count = (counts: Map<string, number>, name: string): void => void counts.set(name, (counts.get(name) ?? 0) + 1);
const among = (most: number): number => 1 + Math.floor(Math.random() * most);
let reads = 0;
let halfSeen = 0;
let killed = 0;
let finished = 0;

/** Pays until time is up. What fails is counted and not made good: whether it left anything behind is asked at the end. */
async function client(until: number): Promise<void> {
  while (performance.now() < until) {
    const from = among(ACCOUNTS);
    const to = 1 + ((from - 1 + among(ACCOUNTS - 1)) % ACCOUNTS);
    const order = { id: randomUUID(), from, to, amount: among(200) };
    const [name, way] = ways[among(ways.length) - 1]!;
    let end: string;
    try {
      if (Math.random() < 0.2) {
        reads += 1;
        if ((await allMoney()) !== EXPECTED) halfSeen += 1;
      }
      end = await pay(way, order);
      if (end === 'paid') paid.add(order.id);
    } catch (error) {
      const { code = 'without a code' } = error as { code?: string };
      if (code === 'commit-unknown') unknown.add(order.id);
      end = 'lost';
      count(codes, code);
    }
    count(ends.get(name)!, end);
    finished += 1;
  }
}

/** Ends a session now and then. */
async function killer(place: Place, until: number): Promise<void> {
  while (kill && place.killOne !== null && performance.now() < until - 300) {
    await pause(100 + Math.random() * 300);
    if (await place.killOne()) killed += 1;
  }
}

/** A bar where somebody looks on, a line now and then where the output goes elsewhere. */
function progress(): () => void {
  const line = (): string => `${finished} payments, ${paid.size} made, ${killed} sessions killed`;
  const started = performance.now();
  const passed = (): number => Math.min(seconds, Math.round((performance.now() - started) / 1000));
  if (!process.stdout.isTTY) {
    const timer = setInterval(() => console.log(`${passed()} s: ${line()}`), Math.max(1000, seconds * 100));
    return () => clearInterval(timer);
  }
  const bar = new SingleBar({ format: '{bar} {value}/{total} s  {line}' });
  bar.start(seconds, 0, { line: '' });
  const timer = setInterval(() => bar.update(passed(), { line: line() }), 250);
  return () => {
    clearInterval(timer);
    bar.stop();
  };
}

function report(findings: readonly Finding[], elapsed: number): void {
  const plain = { style: { head: [], border: [] } };
  const rate = (paid.size / elapsed).toFixed(0);
  console.log(`\n${db}: ${clients} clients, ${elapsed.toFixed(1)} s, ${ACCOUNTS} accounts`);
  console.log(
    `${finished} payments tried, ${paid.size} made (${rate} a second), ${reads} reads, ${killed} sessions killed`,
  );
  const byWay = new Table({ ...plain, head: ['way', 'paid', 'refused', 'given up', 'lost'] });
  for (const [name, counts] of ends)
    byWay.push([name, ...['paid', 'refused', 'broke', 'lost'].map((end) => String(counts.get(end) ?? 0))]);
  console.log(byWay.toString());
  const listed = (counts: Map<string, number>): string =>
    [...counts].map(([what, times]) => `${what} ${times}`).join(', ') || 'none';
  console.log(`tried again: ${listed(again)}\nlost: ${listed(codes)}`);
  const proof = new Table({ ...plain, head: ['', 'at the end', 'seen'] });
  for (const { what, holds, seen } of findings) proof.push([holds ? 'holds' : 'FAILS', what, seen]);
  console.log(proof.toString());
}

const place = places[db]!();
defineConfig({ apps: { bank: models as never }, databases: place.databases });
await place.create();
try {
  await createTables();
  await atomic(openAccounts);
  const started = performance.now();
  const until = started + seconds * 1000;
  const stop = progress();
  await Promise.all([killer(place, until), ...Array.from({ length: clients }, () => client(until))]);
  stop();
  const findings = await prove({ paid, unknown, halfSeen });
  report(findings, (performance.now() - started) / 1000);
  if (paid.size === 0 || findings.some(({ holds }) => !holds)) process.exitCode = 1;
} finally {
  await closeDatabases();
  await place.drop();
  await closeDatabases();
}
