/**
 * `npm run bench -- [--db sqlite|postgres] [--peers raw,nuages,kysely] [--scale 1|10] [--rounds 7] [--only a,b] [--clock wall|cpu] [--json FILE] [--quick]`
 *
 * Every peer runs in a process of its own. All answers are compared before a timing counts. Rounds are interleaved: each
 * round asks every peer for a sample of a workload before the next round begins. Medians are shown, and the ratio to the driver.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { buildWorkers } from './build.js';
import { coldStart } from './cold-start.js';
import { type Measured, measure } from './measure.js';
import { describeMachine, table } from './report.js';
import { startPeers, stopPeers } from './start.js';
import { workloads } from './workloads.js';

const { values } = parseArgs({
  options: {
    db: { type: 'string', default: 'sqlite' },
    peers: { type: 'string', default: 'raw,nuages,kysely,drizzle,typeorm,sequelize' },
    scale: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '7' },
    only: { type: 'string' },
    json: { type: 'string' },
    clock: { type: 'string', default: 'wall' },
    quick: { type: 'boolean', default: false },
  },
});
if (values.db !== 'sqlite' && values.db !== 'postgres') throw new Error('--db takes sqlite or postgres.');
if (values.clock !== 'wall' && values.clock !== 'cpu') throw new Error('--clock takes wall or cpu.');
const clock = values.clock;
const names = values.quick ? ['raw', 'nuages'] : values.peers.split(',');
const chosen = workloads.filter(({ letter }) => values.only === undefined || values.only.split(',').includes(letter));

await buildWorkers();
const peers = await startPeers(names, values.db, Number(values.scale));
const results: Measured[] = [];
try {
  for (const workload of chosen) {
    const repeat = values.quick ? Math.max(1, Math.round(workload.repeat / 10)) : workload.repeat;
    results.push(await measure(workload, peers, values.quick ? 1 : Number(values.rounds), repeat, clock));
    process.stderr.write('.');
  }
  if (values.only === undefined || values.only.includes('n'))
    results.push(coldStart(peers, values.quick ? 1 : Number(values.rounds)));
} finally {
  process.stderr.write('\n');
  await stopPeers(peers);
}
const report = {
  machine: describeMachine(),
  db: values.db,
  scale: Number(values.scale),
  peers: peers.map(({ name }) => name),
  results,
};
console.log(table(report));
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
if (results.some(({ disagree }) => disagree.length > 0) || (values.quick && peers.length < names.length))
  process.exitCode = 1;
