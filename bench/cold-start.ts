import { execFileSync } from 'node:child_process';
import { built, environment } from './build.js';
import type { Measured } from './measure.js';
import { median } from './median.js';
import type { RunningPeer } from './start.js';

/** Import, connect and first query, each time in a new process. */
export function coldStart(peers: readonly RunningPeer[], rounds: number): Measured {
  const samples = new Map<string, number[]>(peers.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, db, location } of peers) {
      const out = execFileSync(process.execPath, [`${built}cold.js`, name, db, location], {
        encoding: 'utf8',
        env: environment,
      });
      samples.get(name)!.push(Number(out.trim().split('\n').at(-1)));
    }
  }
  const ms = Object.fromEntries(peers.map(({ name }) => [name, median(samples.get(name)!)]));
  return { letter: 'n', title: 'cold start: import, connect, first query', ms, disagree: [] };
}
