import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildWorkers, built } from '../build.js';
import { describeMachine, titleOf, versionOf } from '../report.js';
import { type Compiler, compilers, type Measurement, measure } from './measure.js';
import { repositoryRoot } from './project.js';

/** The libraries whose types are compared: each has the same schema and the same 100 queries in a folder of peers/. */
const peers = ['nuages', 'kysely', 'drizzle', 'mikroorm', 'prisma'] as const;

const folder = join(repositoryRoot, 'bench');

/**
 * Measures the schema of 12 models and the 100 queries of every peer, as programs of their own against the installed packages (Nuages as
 * it is built), and prints a table. Every program is checked `rounds` times, the peers taking turns; times and memory are medians.
 */
export async function comparePeers(names: readonly string[], rounds: number): Promise<void> {
  await buildWorkers(); // links Nuages among the packages, and generates Prisma's client
  const chosen = peers.filter((peer) => isInstalled(peer));
  for (const peer of peers)
    if (!chosen.includes(peer)) console.error(`${peer} is not installed: npm install --prefix bench`);
  const used = compilers.filter(({ name }) => names.includes(name));
  console.log(
    `${describeMachine()}; ${chosen.map((peer) => `${titleOf(peer)} ${versionOf(packageOf(peer))}`).join(', ')}.`,
  );
  console.log(`Medians of ${rounds} ${rounds === 1 ? 'check' : 'checks'}.\n`);
  console.log('| | TypeScript | instantiations | check time | memory |\n|---|---|---|---|---|');
  for (const compiler of used) {
    const found = new Map(chosen.map((peer) => [peer, [] as Measurement[]]));
    for (let round = 0; round < rounds; round += 1)
      for (const peer of chosen) found.get(peer)!.push(measure(compiler, configOf(peer)));
    for (const peer of chosen) console.log(line(peer, compiler, found.get(peer)!));
  }
}

function line(peer: string, compiler: Compiler, all: readonly Measurement[]): string {
  const middle = (figure: (one: Measurement) => number): number =>
    all.map(figure).sort((a, b) => a - b)[all.length >> 1]!;
  const count = middle(({ instantiations }) => instantiations).toLocaleString('en');
  const seconds = middle(({ checkTime }) => checkTime).toFixed(2);
  return `| ${titleOf(peer)} | ${compiler.name} | ${count} | ${seconds} s | ${middle(({ memoryMb }) => memoryMb)} MB |`;
}

const packageOf = (peer: string): string =>
  ({ drizzle: 'drizzle-orm', mikroorm: '@mikro-orm/core', prisma: '@prisma/client' })[peer] ?? peer;

const isInstalled = (peer: string): boolean =>
  peer === 'nuages'
    ? existsSync(join(repositoryRoot, 'dist/index.d.ts'))
    : existsSync(join(folder, 'node_modules', packageOf(peer))) &&
      (peer !== 'prisma' || existsSync(join(folder, '.prisma/types/client.ts')));

/** The config file of a peer's program. */
function configOf(peer: string): string {
  mkdirSync(built, { recursive: true });
  const file = `${built}types-${peer}.json`;
  const text = JSON.stringify({
    extends: '../types/peers/tsconfig.json',
    compilerOptions: { typeRoots: ['../node_modules/@types'] },
    files: [`../types/peers/${peer}/queries.ts`],
  });
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
  return file;
}
