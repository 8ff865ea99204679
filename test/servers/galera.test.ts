import { setTimeout } from 'node:timers/promises';
import { atomic, closeDatabases, connection, createTables, defineConfig, F, type NuagesError } from 'nuages';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Any, Author, Publisher, registerLibrary, Tag } from '../support/library.js';
import { GaleraCluster } from './galera-cluster.js';

const A: Any = Author;
const P: Any = Publisher;
const T: Any = Tag;
const NODES = ['default', 'second', 'third'];
let cluster: GaleraCluster;

beforeAll(async () => {
  cluster = await GaleraCluster.start(3);
  await cluster.nodes[0]!.sql('CREATE DATABASE shop CHARACTER SET utf8mb4 COLLATE utf8mb4_bin');
  registerLibrary();
  const databases = Object.fromEntries(NODES.map((alias, index) => [alias, cluster.nodes[index]!.url('shop')]));
  defineConfig({ apps: {}, databases });
  await createTables();
  // A change of the schema reaches the other nodes later, and ends what they do to the same tables meanwhile.
  for (const alias of NODES) while (!(await hasTables(alias))) await setTimeout(100);
  await setTimeout(1000);
}, 240_000);
afterAll(async () => {
  await closeDatabases();
  await cluster?.remove();
}, 60_000);

const hasTables = async (alias: string): Promise<boolean> =>
  (await connection(alias).tableNames()).includes('library_restaurant');

/** A row may take a moment to reach the other nodes; where it must be there, the session waits for it. */
async function onAll(count: number, model: Any): Promise<void> {
  for (const alias of NODES) await expect.poll(() => model.objects.using(alias).count(), { timeout: 5000 }).toBe(count);
}

describe('a Galera cluster of three MariaDB servers', () => {
  it('takes writes on every node, and all have them', async () => {
    for (const alias of NODES) await T.objects.using(alias).create({ label: alias });
    await onAll(3, T);
    // each node gives keys of its own, with gaps
    const ids = await T.objects.orderBy('id').valuesList('id', { flat: true });
    expect(new Set(ids).size).toBe(3);
    await T.objects.using('third').filter({ label: 'default' }).delete();
    await onAll(2, T);
  });

  it('keeps unique rules and foreign keys across nodes', async () => {
    await A.objects.create({ name: 'Ann' });
    const tag = await T.objects.using('second').create({ label: 'only' });
    await onAll(3, T);
    await expect(T.objects.using('third').create({ label: 'only' })).rejects.toMatchObject({ kind: 'unique' });
    expect((await T.objects.using('third').getOrCreate({ label: 'only' }))[0].pk).toBe(tag.pk);
  });

  it('loses nothing when all nodes change the same rows: conflicts are run again', async () => {
    const counters = await P.objects.bulkCreate([new P({ name: '0' }), new P({ name: '0' })]);
    await onAll(2, P);
    let conflicts = 0;
    const add = (alias: string, pk: number): Promise<void> =>
      atomic(
        async () => {
          const row = await P.objects.using(alias).selectForUpdate().get({ pk });
          row.name = String(Number(row.name) + 1);
          await row.save();
        },
        {
          using: alias,
          retries: 50,
          on: (error: Error) => {
            conflicts += 1;
            return ['deadlock', 'serialization-failure'].includes((error as NuagesError).code);
          },
        } as Any,
      );
    const TURNS = 40;
    await Promise.all(
      NODES.map(async (alias) => {
        for (let turn = 0; turn < TURNS; turn += 1) await add(alias, counters[turn % 2].pk);
      }),
    );
    for (const alias of NODES)
      await expect
        .poll(
          async () => {
            const names = await P.objects.using(alias).valuesList('name', { flat: true });
            return names.reduce((sum: number, name: string) => sum + Number(name), 0);
          },
          { timeout: 5000 },
        )
        .toBe(TURNS * NODES.length);
    console.log(`conflicts that were run again: ${conflicts} of ${TURNS * NODES.length} transactions`);
    expect(conflicts).toBeGreaterThan(0);
  }, 60_000);

  it('without retries a conflict is a deadlock error, at a statement or at the commit', async () => {
    const [row] = await T.objects.bulkCreate([new T({ label: 'hot', weight: 0 })]);
    await onAll(4, T);
    const errors: string[] = [];
    const bump = (alias: string): Promise<unknown> =>
      atomic(
        () =>
          T.objects
            .using(alias)
            .filter({ pk: row.pk })
            .update({ weight: F('weight').add(1) }),
        {
          using: alias,
        } as Any,
      ).catch((error: NuagesError) => errors.push(`${error.name}: ${error.code}`));
    for (let turn = 0; turn < 30; turn += 1) await Promise.all(NODES.map(bump));
    expect(errors.length).toBeGreaterThan(0);
    expect(new Set(errors)).toEqual(new Set(['OperationalError: deadlock']));
    await expect.poll(async () => (await T.objects.get({ pk: row.pk })).weight).toBe(90 - errors.length);
  }, 60_000);

  it('reads what another node wrote when the session waits for it', async () => {
    for (let turn = 0; turn < 20; turn += 1) {
      const { pk } = await A.objects.using('default').create({ name: `fresh ${turn}` });
      await atomic(
        async () => {
          await connection('third').execute`SET SESSION wsrep_sync_wait = 1`;
          expect(await A.objects.using('third').filter({ pk }).exists()).toBe(true);
        },
        { using: 'third' },
      );
    }
  });

  it('goes on with two nodes when one crashes, and a lone node refuses', async () => {
    const before = await T.objects.count();
    await cluster.nodes[2]!.crash();
    // the others wait until it is given up
    await T.objects.using('second').create({ label: 'without the third' });
    await expect.poll(() => T.objects.using('default').count(), { timeout: 20_000 }).toBe(before + 1);
    await cluster.nodes[1]!.crash();
    // what was under way may fail otherwise; then all is refused
    await expect
      .poll(
        () =>
          T.objects.create({ label: `alone ${Math.random()}` }).then(
            () => 'taken',
            (error: NuagesError) => `${error.name}: ${error.code}`,
          ),
        { timeout: 40_000, interval: 500 },
      )
      .toBe('OperationalError: unreachable');
  }, 90_000);
});
