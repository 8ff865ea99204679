/**
 * One cold start, told in parts: `node cold-parts-worker.js FOLDER PEER FILE [coverage]`. Prints JSON: milliseconds of the import of the
 * library, of all that comes before the first answer, or which functions of the library ran.
 */
import { Session } from 'node:inspector/promises';

/** What ran of one file: the places of its functions, `start:end`. */
export interface Coverage {
  readonly url: string;
  readonly ran: readonly string[];
}

/** Milliseconds. */
export interface Parts {
  readonly import: number;
  readonly all: number;
}

const [, , folder, peer, file, what] = process.argv as unknown as [string, string, string, string, string, string?];
process.env.BENCH_COLD = '1';
const inspector = what === 'coverage' ? new Session() : null;
if (inspector !== null) {
  inspector.connect();
  await inspector.post('Profiler.enable');
  await inspector.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
}

const start = performance.now();
if (peer === 'nuages') await import(`${folder}library.js`);
const imported = performance.now();
const loaded = (await import(`${folder}peers/${peer}.js`)) as { peer: import('./peer.js').Peer };
const session = await loaded.peer.open({ db: 'sqlite', location: file });
await session.runs.a!(1);
const parts: Parts = { import: imported - start, all: performance.now() - start };

if (inspector === null) console.log(JSON.stringify(parts));
else {
  const { result } = await inspector.post('Profiler.takePreciseCoverage');
  const coverage = result.map(({ url, functions }): Coverage => {
    const ran = functions.map(({ ranges }) => ranges[0]!).filter(({ count }) => count > 0);
    return { url, ran: ran.map(({ startOffset, endOffset }) => `${startOffset}:${endOffset}`) };
  });
  console.log(JSON.stringify(coverage.filter(({ url }) => url.includes('/dist/'))));
}
await session.close();
process.exit();
