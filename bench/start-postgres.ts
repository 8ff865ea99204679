import pg from 'pg';
import { copyDatabase, dropDatabase } from './data/postgres.js';
import { type RunningPeer, startWorker } from './start.js';

export async function startPostgres(name: string, scale: number): Promise<RunningPeer> {
  const url = await copyDatabase(scale, name);
  const worker = await startWorker(name, 'postgres', url);
  const beside = new pg.Client(url);
  await beside.connect();
  return {
    name,
    db: 'postgres',
    location: url,
    ask: worker.ask,
    sql: async (text) => (await beside.query(text)).rows[0],
    async stop() {
      await worker.stop();
      await beside.end();
      await dropDatabase(url);
    },
  };
}
