/**
 * `npm run bench -- [--db sqlite|postgres] [--peers raw,nuages,kysely,…] [--scale 1|10] [--rounds 5] [--only a,b] [--clock wall|cpu]
 * [--json FILE] [--markdown] [--quick]`
 *
 * Every peer runs in a process of its own. All answers are compared before a timing counts. Rounds are interleaved: each
 * round asks every peer for a sample of a workload before the next round begins. Medians are shown, and the ratio to the driver.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { buildWorkers } from './build.js';
import { coldStart } from './cold-start.js';
import { type Measured, measure } from './measure.js';
import { describeMachine, markdown, type Report, table, versionsOf } from './report.js';
import { type RunningPeer, startPeers, stopPeers } from './start.js';
import { workloads } from './workloads.js';

const { values } = parseArgs({
  options: {
    db: { type: 'string', default: 'sqlite' },
    peers: { type: 'string', default: 'raw,nuages,kysely,drizzle,drizzle-prepared,typeorm,sequelize,mikroorm,prisma' },
    scale: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '5' },
    only: { type: 'string' },
    json: { type: 'string' },
    markdown: { type: 'boolean', default: false },
    clock: { type: 'string', default: 'wall' },
    quick: { type: 'boolean', default: false },
  },
});
if (values.db !== 'sqlite' && values.db !== 'postgres') throw new Error('--db takes sqlite or postgres.');
if (values.clock !== 'wall' && values.clock !== 'cpu') throw new Error('--clock takes wall or cpu.');
const { db, clock } = values;
const names = values.quick ? ['raw', 'nuages'] : values.peers.split(',');
const rounds = values.quick ? 1 : Number(values.rounds);
const isChosen = (letter: string): boolean => values.only === undefined || values.only.split(',').includes(letter);

await buildWorkers();
const peers = await startPeers(names, db, Number(values.scale));
const results: Measured[] = [];
const versions = versionsOf(names, db);
try {
  if (peers.length > 0 && db === 'postgres') versions.unshift(`PostgreSQL ${await serverVersion(peers[0]!)}`);
  for (const workload of workloads.filter(({ letter }) => isChosen(letter))) {
    const repeat = values.quick ? Math.max(1, Math.round(workload.repeat / 10)) : workload.repeat;
    results.push(await measure(workload, peers, rounds, repeat, clock));
    process.stderr.write('.');
  }
  if (isChosen('n')) results.push(coldStart(peers, rounds));
} finally {
  process.stderr.write('\n');
  await stopPeers(peers);
}
const report: Report = {
  command: `npm run bench -- ${process.argv.slice(2).join(' ')}`.trim(),
  machine: describeMachine(),
  versions,
  db,
  scale: Number(values.scale),
  rounds,
  clock,
  peers: peers.map(({ name }) => name),
  results,
};
console.log(values.markdown ? markdown(report) : `${db}, scale ${report.scale}; ${report.machine}\n\n${table(report)}`);
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
if (
  results.some(({ disagree }) => disagree.length > 0) ||
  peers.length === 0 ||
  (values.quick && peers.length < names.length)
)
  process.exitCode = 1;

async function serverVersion(peer: RunningPeer): Promise<string> {
  return String((Object.values((await peer.sql('SHOW server_version')) as object)[0] as string).split(' ')[0]);
}
