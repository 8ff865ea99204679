import { median } from './median.js';
import { type RunningPeer, startWorker } from './start.js';
import type { Workload } from './workloads.js';

/** What came out for one workload. */
export interface Measured {
  readonly letter: string;
  readonly title: string;
  /** Medians in milliseconds a call, by peer; null for what a peer does not do. */
  readonly ms: Readonly<Record<string, number | null>>;
  /** Peers whose answer was not that of the driver: their timings do not count. */
  readonly disagree: readonly string[];
  /** Megabytes of growth, where it matters. */
  readonly growth?: Readonly<Record<string, number>>;
}

/**
 * Every peer runs before it is timed, so that its code is compiled: what V8 compiles depends on the number of calls, which take long
 * where a server is asked.
 */
const WARM = { least: 2000, most: 4000, calls: 5000 };

/** Compares the answers of all peers, then times them, round by round. */
export async function measure(
  workload: Workload,
  peers: readonly RunningPeer[],
  rounds: number,
  repeat: number,
  clock: 'wall' | 'cpu',
): Promise<Measured> {
  const { letter, title } = workload;
  const answers = new Map<string, string | null>();
  for (const peer of peers) answers.set(peer.name, await answerOf(workload, peer));
  const expected = answers.get('raw') ?? [...answers.values()].find((answer) => answer !== null);
  const disagree = peers
    .map(({ name }) => name)
    .filter((name) => answers.get(name) !== null && answers.get(name) !== expected);
  const able = peers.filter(({ name }) => answers.get(name) !== null && !disagree.includes(name));
  const samples = new Map<string, number[]>(able.map(({ name }) => [name, []]));
  for (const peer of rounds > 1 ? able : []) {
    await peer.ask({ kind: 'warm', letter, ...WARM });
    if (workload.undo !== undefined) await peer.sql(workload.undo);
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const peer of able) {
      const { ms, cpuMs } = await peer.ask({ kind: 'time', letter, repeat });
      if (workload.undo !== undefined) await peer.sql(workload.undo);
      samples.get(peer.name)!.push(clock === 'cpu' ? cpuMs! : ms!);
    }
  }
  const medians = Object.fromEntries(
    peers.map(({ name }) => [name, samples.has(name) ? median(samples.get(name)!) : null]),
  );
  if (letter !== 'm') return { letter, title, ms: medians, disagree };
  const growth: Record<string, number> = {};
  for (const { name, db, location } of able) {
    const { ask, stop } = await startWorker(name, db, location);
    growth[name] = (await ask({ kind: 'memory', letter })).growth!;
    await stop();
  }
  return { letter, title, ms: medians, disagree, growth };
}

async function answerOf(workload: Workload, peer: RunningPeer): Promise<string | null> {
  const { digest } = await peer.ask({ kind: 'check', letter: workload.letter });
  if (digest === null || digest === undefined || workload.written === undefined) return digest ?? null;
  const written = JSON.stringify(await peer.sql(workload.written));
  if (workload.undo !== undefined) await peer.sql(workload.undo);
  return digest + written;
}
