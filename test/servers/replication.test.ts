import { closeDatabases, connection, createTables, defineConfig, ReplicaRouter } from 'nuages';
import { captureQueries } from 'nuages/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Any, emptyLibrary, Publisher, registerLibrary, Tag } from '../support/library.js';
import { PostgresServer } from './postgres-server.js';

const P: Any = Publisher;
const T: Any = Tag;
let primary: PostgresServer;
let first: PostgresServer;
let second: PostgresServer;

beforeAll(async () => {
  primary = await PostgresServer.start();
  first = await PostgresServer.replicaOf(primary);
  second = await PostgresServer.replicaOf(primary);
  registerLibrary();
  route({ readYourWrites: 'primary' });
  await createTables();
}, 120_000);
afterAll(async () => {
  await closeDatabases();
  for (const server of [second, first, primary]) await server?.remove();
}, 60_000);
afterEach(async () => {
  for (const server of [first, second]) await server.sql('SELECT pg_wal_replay_resume()');
  await emptyLibrary();
});

/** A router over both replicas, asked from now on. */
function route(options: Any): ReplicaRouter {
  const router = new ReplicaRouter({ replicas: ['first', 'second'], ...options });
  const databases = { default: primary.url(), first: first.url(), second: second.url() };
  defineConfig({ apps: {}, databases, databaseRouters: [router] });
  return router;
}

/** Which databases the statements of `run` went to. */
async function aliases(run: () => unknown): Promise<string[]> {
  return (await captureQueries(run as () => PromiseLike<unknown>)).queries.map(({ alias }) => alias);
}

/** Both replicas show what the primary has. */
async function caughtUp(): Promise<void> {
  const position = await connection().position();
  for (const alias of ['first', 'second']) expect(await connection(alias).reaches(position!, 10_000)).toBe(true);
}

describe('a primary of PostgreSQL and two streaming replicas', () => {
  it('have the same rows, and the router reads them in turn', async () => {
    route({});
    await T.objects.bulkCreate(['a', 'b'].map((label) => new T({ label })));
    await caughtUp();
    const seen = await aliases(async () => {
      for (let turn = 0; turn < 4; turn += 1) expect(await T.objects.count()).toBe(2);
    });
    expect(seen).toEqual(['first', 'second', 'first', 'second']);
    const tag = await T.objects.first();
    expect(['first', 'second']).toContain(tag._state.db);
    tag.weight = 3;
    expect(await aliases(() => tag.save())).toEqual(['default']);
  });

  it('refuse writes where they are copies', async () => {
    route({});
    await expect(T.objects.using('first').create({ label: 'x' })).rejects.toThrow('read-only transaction');
  });

  it('a request reads what it wrote, by staying with the primary, while replicas are behind', async () => {
    const router = route({ readYourWrites: 'primary' });
    for (const server of [first, second]) await server.sql('SELECT pg_wal_replay_pause()');
    await router.request(async () => {
      await T.objects.create({ label: 'x' });
      expect(await T.objects.count()).toBe(1);
    });
    // another request knows nothing of it and takes a replica as it is
    await router.request(async () => expect(await T.objects.count()).toBe(0));
  });

  it('a request waits until its replica has replayed what it wrote', async () => {
    const router = route({ readYourWrites: 'wait', replicaTimeout: 10_000 });
    for (const server of [first, second]) await server.sql('SELECT pg_wal_replay_pause()');
    await router.request(async () => {
      expect(await T.objects.count()).toBe(0);
      await T.objects.create({ label: 'x' });
      const seen = aliases(async () => expect(await T.objects.count()).toBe(1));
      for (const server of [first, second]) await server.sql('SELECT pg_wal_replay_resume()');
      expect((await seen).at(-1)).toMatch(/^(first|second)$/);
    });
  });

  it('a request goes to the primary when its replica stays behind for too long', async () => {
    const router = route({ readYourWrites: 'wait', replicaTimeout: 60 });
    for (const server of [first, second]) await server.sql('SELECT pg_wal_replay_pause()');
    await router.request(async () => {
      await T.objects.create({ label: 'x' });
      expect((await aliases(async () => expect(await T.objects.count()).toBe(1))).at(-1)).toBe('default');
    });
  });

  it('a thousand writes are each read back by the next read, at full speed', async () => {
    const router = route({ readYourWrites: 'wait', replicaTimeout: 5000 });
    const seen = new Set<string>();
    await Promise.all(
      Array.from({ length: 10 }, (_, worker) =>
        (async () => {
          for (let turn = 0; turn < 100; turn += 1) {
            await router.request(async () => {
              const { id } = await P.objects.create({ name: `${worker}-${turn}` });
              const found = await P.objects.get({ id });
              expect(found.name).toBe(`${worker}-${turn}`);
              seen.add(found._state.db);
            });
          }
        })(),
      ),
    );
    expect(await P.objects.using('default').count()).toBe(1000);
    expect([...seen].sort()).toEqual(['first', 'second']);
  }, 60_000);

  it('a later request reads nothing older than the position that it was given', async () => {
    const router = route({ replicaTimeout: 5000 });
    for (let turn = 0; turn < 20; turn += 1) {
      const after = await router.request(async () => {
        await T.objects.create({ label: String(turn) });
        return router.position();
      });
      await router.request(async () => expect(await T.objects.filter({ label: String(turn) }).exists()).toBe(true), {
        after,
      });
    }
    expect(await connection('first').reaches('0/FFFFFFF; DROP TABLE x', 0)).toBe(false);
  });

  it('a replica that is down is left out, and is read again later', async () => {
    route({ skipFor: 300 });
    await T.objects.create({ label: 'x' });
    await caughtUp();
    for (let turn = 0; turn < 4; turn += 1) await T.objects.count();
    await first.pause();
    try {
      const seen = await aliases(async () => {
        for (let turn = 0; turn < 6; turn += 1) expect(await T.objects.count()).toBe(1);
      });
      expect(seen.filter((alias) => alias === 'second').length).toBeGreaterThanOrEqual(6);
    } finally {
      await first.resume();
    }
    const begin = Date.now();
    const back = new Set<string>();
    while (!back.has('first') && Date.now() - begin < 10_000)
      for (const alias of await aliases(() => T.objects.count())) back.add(alias);
    expect(back).toContain('first');
  }, 30_000);

  it('with all replicas down the primary is read', async () => {
    route({});
    await T.objects.create({ label: 'x' });
    await Promise.all([first.pause(), second.pause()]);
    try {
      expect(await T.objects.count()).toBe(1);
      expect(await aliases(() => T.objects.exists())).toEqual(['default']);
    } finally {
      await Promise.all([first.resume(), second.resume()]);
    }
  }, 30_000);
});
