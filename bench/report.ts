import { cpus, totalmem } from 'node:os';
import type { Measured } from './measure.js';

export interface Report {
  readonly machine: string;
  readonly db: string;
  readonly scale: number;
  readonly peers: readonly string[];
  readonly results: readonly Measured[];
}

export const describeMachine = (): string => {
  const all = cpus();
  return `${all[0]?.model.trim() ?? 'unknown processor'}, ${all.length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`;
};

/** The report as a Markdown table: the driver's milliseconds, and everybody's ratio to them. */
export function table({ machine, db, scale, peers, results }: Report): string {
  const others = peers.filter((name) => name !== 'raw');
  const rows = [...results].sort((a, b) => (a.letter < b.letter ? -1 : 1)).map((result) => line(result, others));
  return [
    `${db}, scale ${scale}; ${machine}`,
    '',
    `| | workload | raw | ${others.join(' | ')} |`,
    `|---|---|---|${others.map(() => '---|').join('')}`,
    ...rows,
  ].join('\n');
}

function line({ letter, title, ms, disagree, growth }: Measured, others: readonly string[]): string {
  const base = ms.raw ?? null;
  const cell = (name: string): string => {
    const own = ms[name];
    if (disagree.includes(name)) return 'another answer';
    if (own === null || own === undefined) return '–';
    const shown = base === null ? time(own) : `${(own / base).toFixed(2)}`;
    return growth?.[name] === undefined ? shown : `${shown} (+${growth[name].toFixed(0)} MB)`;
  };
  return `| ${letter} | ${title} | ${base === null ? '–' : time(base)} | ${others.map(cell).join(' | ')} |`;
}

const time = (ms: number): string => (ms < 1 ? `${(ms * 1000).toFixed(1)} µs` : `${ms.toFixed(2)} ms`);
