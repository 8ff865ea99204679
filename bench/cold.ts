/** A cold start: import, connect, first query. Prints the milliseconds that it took. */
const start = performance.now();
process.env.BENCH_COLD = '1';
const [, , name, db, location] = process.argv as [string, string, string, 'sqlite' | 'postgres', string];
const { peer } = (await import(`./peers/${name}.js`)) as { peer: import('./peer.js').Peer };
const session = await peer.open({ db, location });
await session.runs.a!(1);
console.log(performance.now() - start);
await session.close();
process.exit();
