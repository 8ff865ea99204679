import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Measured } from './measure.js';
import { wanted } from './wanted.js';

export interface Report {
  /** The command that was run. */
  readonly command: string;
  readonly machine: string;
  /** The database and all that was measured, each with its version. */
  readonly versions: readonly string[];
  readonly db: 'sqlite' | 'postgres';
  readonly scale: number;
  readonly rounds: number;
  readonly clock: 'wall' | 'cpu';
  readonly peers: readonly string[];
  readonly results: readonly Measured[];
}

export const describeMachine = (): string => {
  const all = cpus();
  return `${all[0]?.model.trim() ?? 'unknown processor'}, ${all.length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`;
};

/** How a peer is called, and the package whose version is shown. */
const known: Readonly<Record<string, { readonly title: string; readonly package: string }>> = {
  nuages: { title: 'Nuages', package: 'nuages' },
  kysely: { title: 'Kysely', package: 'kysely' },
  drizzle: { title: 'Drizzle', package: 'drizzle-orm' },
  'drizzle-prepared': { title: 'Drizzle, prepared', package: 'drizzle-orm' },
  typeorm: { title: 'TypeORM', package: 'typeorm' },
  sequelize: { title: 'Sequelize', package: 'sequelize' },
  mikroorm: { title: 'MikroORM', package: '@mikro-orm/core' },
  prisma: { title: 'Prisma', package: '@prisma/client' },
};
/** A peer's name as it writes it. */
export const titleOf = (peer: string): string => known[peer]?.title ?? peer;

/** `Kysely 0.28.18`, for all peers that are packages, and for the driver. */
export function versionsOf(peers: readonly string[], db: 'sqlite' | 'postgres'): string[] {
  const driver = db === 'sqlite' ? 'better-sqlite3' : 'pg';
  const titles = new Map<string, string>();
  for (const peer of peers) {
    const name = known[peer]?.package;
    // a library may be there twice, in two forms
    if (name !== undefined && !titles.has(name)) titles.set(name, titleOf(peer));
  }
  return [`${driver} ${versionOf(driver)}`, ...[...titles].map(([name, title]) => `${title} ${versionOf(name)}`)];
}

/** The version of an installed package; empty where it is not. */
export function versionOf(name: string): string {
  const file = ['', '../']
    .map((up) => fileURLToPath(new URL(`${up}node_modules/${name}/package.json`, import.meta.url)))
    .find((each) => readable(each));
  return file === undefined ? '' : JSON.parse(readFileSync(file, 'utf8')).version;
}

function readable(file: string): boolean {
  try {
    readFileSync(file);
    return true;
  } catch {
    return false;
  }
}

/** The table alone: the driver's milliseconds, everybody's ratio to them, and what is wanted of Nuages. Bold: not reached. */
export function table({ db, peers, results }: Report): string {
  const others = peers.filter((name) => name !== 'raw');
  const rows = [...results].sort((a, b) => (a.letter < b.letter ? -1 : 1)).map((result) => line(result, others, db));
  const titles = others.flatMap((name) => (name === 'nuages' ? [titleOf(name), 'wanted'] : [titleOf(name)]));
  return [
    `| | workload | raw | ${titles.join(' | ')} |`,
    `|---|---|---|${titles.map(() => '---|').join('')}`,
    ...rows,
  ].join('\n');
}

/** The section of a page: a heading, the machine, the versions, the command and the table. */
export function markdown(report: Report): string {
  const { db, scale, machine, versions, command, rounds, clock } = report;
  const timed = clock === 'cpu' ? 'the time of the processor' : 'the clock';
  return [
    `## ${db === 'sqlite' ? 'SQLite' : 'PostgreSQL'}, scale ${scale}`,
    '',
    `${machine}; ${versions.join(', ')}.`,
    `\`${command}\`: one run, medians of ${rounds} ${rounds === 1 ? 'round' : 'rounds'}, by ${timed}.`,
    '',
    table(report),
  ].join('\n');
}

function line(
  { letter, title, ms, disagree, growth }: Measured,
  others: readonly string[],
  db: 'sqlite' | 'postgres',
): string {
  const base = ms.raw ?? null;
  const goal = wanted[letter];
  const grown = (name: string): string => (growth?.[name] === undefined ? '' : ` (+${growth[name].toFixed(0)} MB)`);
  const cell = (name: string): string => {
    const own = ms[name];
    if (disagree.includes(name)) return 'another answer';
    if (own === null || own === undefined) return '–';
    return (base === null ? time(own) : (own / base).toFixed(2)) + grown(name);
  };
  const cells = others.flatMap((name) => {
    if (name !== 'nuages') return [cell(name)];
    const own = ms.nuages;
    const reached = base === null ? own : own && Number((own / base).toFixed(2));
    const missed = goal !== undefined && reached !== null && reached !== undefined && reached > goal[db];
    return [
      missed ? `**${cell(name)}**` : cell(name),
      goal?.shown?.[db] ?? (goal === undefined ? '' : String(goal[db])),
    ];
  });
  return `| ${letter} | ${title} | ${base === null ? '–' : time(base) + grown('raw')} | ${cells.join(' | ')} |`;
}

const time = (ms: number): string => (ms < 1 ? `${(ms * 1000).toFixed(1)} µs` : `${ms.toFixed(2)} ms`);
