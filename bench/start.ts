import { type ChildProcess, fork } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { built, environment } from './build.js';
import { copyDatabase } from './data/sqlite.js';
import type { Reply, Request } from './worker.js';

/** A peer at work in its own process, on its own database. */
export interface RunningPeer {
  readonly name: string;
  readonly db: 'sqlite' | 'postgres';
  readonly location: string;
  ask(request: Request): Promise<Reply>;
  /** Runs SQL on the peer's database beside it; gives the first row. Between timings only. */
  sql(text: string): Promise<unknown>;
  stop(): Promise<void>;
}

const folder = fileURLToPath(new URL('.data/', import.meta.url));

export async function startPeers(
  names: readonly string[],
  db: 'sqlite' | 'postgres',
  scale: number,
): Promise<RunningPeer[]> {
  const peers: RunningPeer[] = [];
  for (const name of names) {
    try {
      peers.push(
        db === 'sqlite'
          ? await startSqlite(name, scale)
          : await (await import('./start-postgres.js')).startPostgres(name, scale),
      );
    } catch (error) {
      console.error(`${name} cannot be measured: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return peers;
}

export async function stopPeers(peers: readonly RunningPeer[]): Promise<void> {
  for (const peer of peers) await peer.stop();
}

async function startSqlite(name: string, scale: number): Promise<RunningPeer> {
  const file = copyDatabase(folder, scale, name);
  const worker = await startWorker(name, 'sqlite', file);
  const beside = new Database(file);
  return {
    name,
    db: 'sqlite',
    location: file,
    ask: worker.ask,
    sql: async (text) => (text.startsWith('SELECT') ? beside.prepare(text).get() : beside.prepare(text).run()),
    async stop() {
      await worker.stop();
      beside.close();
      for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
    },
  };
}

/** A worker process for a peer. */
export async function startWorker(name: string, db: string, location: string) {
  const child = fork(`${built}worker.js`, [name, db, location], {
    execArgv: ['--expose-gc'],
    env: environment,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await reply(child);
  const ask = async (request: Request): Promise<Reply> => {
    const answer = reply(child);
    child.send(request);
    const given = await answer;
    if (given.error !== undefined) throw new Error(`${name}: ${given.error}`);
    return given;
  };
  return { ask, stop: async () => void (await ask({ kind: 'close' })) };
}

const reply = (child: ChildProcess): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const ended = (): void => reject(new Error('its process ended'));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message as Reply);
    });
  });
