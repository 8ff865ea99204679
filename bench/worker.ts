import { readFileSync } from 'node:fs';
import type { Peer } from './peer.js';
import { digest, workloads } from './workloads.js';

/** What the main process asks of a worker. */
export type Request =
  | { readonly kind: 'check'; readonly letter: string }
  | { readonly kind: 'memory'; readonly letter: string }
  | Warming
  | { readonly kind: 'time'; readonly letter: string; readonly repeat: number }
  | { readonly kind: 'close' };

/** Runs until the code is compiled: so many calls, but for no less and no more than so many milliseconds. */
interface Warming {
  readonly kind: 'warm';
  readonly letter: string;
  readonly calls: number;
  readonly least: number;
  readonly most: number;
}

/** The answer to one request. */
export interface Reply {
  /** Digest of an answer; null when the peer does not do this workload. */
  readonly digest?: string | null;
  /** Milliseconds of one call. */
  readonly ms?: number;
  /** The same in time of the processor, all threads of the process together. */
  readonly cpuMs?: number;
  /** Megabytes that the process grew by at most. */
  readonly growth?: number;
  readonly error?: string;
}

const [, , name, db, location] = process.argv as [string, string, string, 'sqlite' | 'postgres', string];
const { peer } = (await import(`./peers/${name}.js`)) as { peer: Peer };
const session = await peer.open({ db, location });
const calls = new Map<string, number>();

function nextCall(letter: string): number {
  const n = calls.get(letter) ?? 0;
  calls.set(letter, n + 1);
  return n;
}

async function check(letter: string): Promise<Reply> {
  const run = session.runs[letter];
  if (run === undefined) return { digest: null };
  const result = await run(nextCall(letter));
  const common = session.views?.[letter] === undefined ? result : await session.views[letter]!(result);
  const { view } = workloads.find((each) => each.letter === letter)!;
  return { digest: digest(view(common)) };
}

async function time(letter: string, repeat: number): Promise<Reply> {
  const run = session.runs[letter]!;
  const before = process.cpuUsage();
  const start = performance.now();
  for (let call = 0; call < repeat; call += 1) await run(nextCall(letter));
  const ms = (performance.now() - start) / repeat;
  const { user, system } = process.cpuUsage(before);
  return { ms, cpuMs: (user + system) / 1000 / repeat };
}

async function warm({ letter, least, most, calls: enough }: Warming): Promise<Reply> {
  const start = performance.now();
  for (let call = 0; ; call += 1) {
    const ms = performance.now() - start;
    if (ms > most || (ms > least && call >= enough)) return {};
    await session.runs[letter]!(nextCall(letter));
  }
}

/** How far the peak of the process is above what it held before, with the workload run once. Asked of a process that did nothing else. */
async function memory(letter: string): Promise<Reply> {
  await session.runs.a!(nextCall('a'));
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  await session.runs[letter]!(nextCall(letter));
  return { growth: Math.max(0, peak() - before) / 2 ** 20 };
}

/**
 * The most bytes that the process held so far. On Linux the peak that `getrusage` tells is no less than what the process held that
 * started this one (getrusage(2): the resource usage metrics are preserved across an execve), so there it is read from proc(5).
 */
function peak(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024;
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))!;
  return Number(kilobytes) * 1024;
}

async function answer(request: Request): Promise<Reply> {
  if (request.kind === 'close') {
    await session.close();
    return {};
  }
  if (request.kind === 'check') return check(request.letter);
  if (request.kind === 'memory') return memory(request.letter);
  if (request.kind === 'warm') return warm(request);
  return time(request.letter, request.repeat);
}

process.on('message', (request: Request) => {
  answer(request).then(
    (reply) => process.send!(reply, () => request.kind === 'close' && process.exit()),
    (error: unknown) =>
      process.send!({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
process.send!({});
