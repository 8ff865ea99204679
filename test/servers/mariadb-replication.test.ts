import { closeDatabases, connection, createTables, defineConfig, ReplicaRouter } from 'nuages';
import { captureQueries } from 'nuages/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Any, emptyLibrary, Publisher, registerLibrary, Tag } from '../support/library.js';
import { MariadbServer } from './mariadb-server.js';

const P: Any = Publisher;
const T: Any = Tag;
let primary: MariadbServer;
let copy: MariadbServer;

beforeAll(async () => {
  [primary, copy] = await Promise.all([MariadbServer.prepare(), MariadbServer.prepare()]);
  await primary.launch({ 'server-id': '1', 'log-bin': 'log', 'binlog-format': 'ROW' });
  await copy.launch({ 'server-id': '2', 'log-bin': 'log', 'log-slave-updates': 'ON', 'read-only': 'ON' });
  await primary.sql("CREATE USER follower@'%'");
  await primary.sql("GRANT REPLICATION SLAVE ON *.* TO follower@'%'");
  await copy.sql(
    `CHANGE MASTER TO MASTER_HOST = '127.0.0.1', MASTER_PORT = ${primary.port}, MASTER_USER = 'follower', MASTER_USE_GTID = slave_pos`,
  );
  await copy.sql('START SLAVE');
  await primary.sql('CREATE DATABASE shop CHARACTER SET utf8mb4 COLLATE utf8mb4_bin');
  registerLibrary();
  defineConfig({ apps: {}, databases: { default: primary.url('shop') } });
  await createTables();
  const [[row]] = (await primary.sql('SELECT @@gtid_current_pos AS position')) as unknown as [[{ position: string }]];
  await copy.sql(`SELECT MASTER_GTID_WAIT('${row.position}', 30)`);
}, 120_000);
afterAll(async () => {
  await closeDatabases();
  await copy?.remove();
  await primary?.remove();
}, 60_000);
afterEach(async () => {
  await copy.sql('START SLAVE SQL_THREAD');
  await emptyLibrary();
});

/** A router over the replica, asked from now on. */
function route(options: Any): ReplicaRouter {
  const router = new ReplicaRouter({ replicas: ['copy'], ...options });
  const databases = { default: primary.url('shop'), copy: copy.url('shop') };
  defineConfig({ apps: {}, databases, databaseRouters: [router] });
  return router;
}
const aliases = async (run: () => unknown): Promise<string[]> =>
  (await captureQueries(run as () => PromiseLike<unknown>)).queries.map(({ alias }) => alias);

describe('a primary of MariaDB and a replica that follows its log', () => {
  it('a hundred writes are each read back from the replica by the next read', async () => {
    const router = route({ readYourWrites: 'wait', replicaTimeout: 10_000 });
    for (let turn = 0; turn < 100; turn += 1) {
      await router.request(async () => {
        const { pk } = await P.objects.create({ name: `n${turn}` });
        expect((await P.objects.get({ pk }))._state.db).toBe('copy');
      });
    }
  }, 60_000);

  it('a request waits until its replica has applied what it wrote', async () => {
    const router = route({ readYourWrites: 'wait', replicaTimeout: 10_000 });
    await copy.sql('STOP SLAVE SQL_THREAD');
    await router.request(async () => {
      await T.objects.create({ label: 'x' });
      const seen = aliases(async () => expect(await T.objects.count()).toBe(1));
      await copy.sql('START SLAVE SQL_THREAD');
      expect((await seen).at(-1)).toBe('copy');
    });
  });

  it('a request goes to the primary when its replica stays behind for too long', async () => {
    const router = route({ readYourWrites: 'wait', replicaTimeout: 60 });
    await copy.sql('STOP SLAVE SQL_THREAD');
    await router.request(async () => {
      await T.objects.create({ label: 'x' });
      expect((await aliases(async () => expect(await T.objects.count()).toBe(1))).at(-1)).toBe('default');
      // it is only looked at from now on
      expect((await aliases(() => T.objects.count())).at(-1)).toBe('default');
    });
    expect(await aliases(() => T.objects.count())).toEqual(['copy']);
  });

  it('a later request reads nothing older than the position that it was given', async () => {
    const router = route({ replicaTimeout: 10_000 });
    const after = await router.request(async () => {
      await T.objects.create({ label: 'handed on' });
      return router.position();
    });
    expect(after).toMatch(/^\d+-\d+-\d+/);
    await router.request(async () => expect(await T.objects.filter({ label: 'handed on' }).exists()).toBe(true), {
      after,
    });
    expect(await connection('copy').reaches("0-1-1'); DROP TABLE x", 0)).toBe(false);
  });
});
