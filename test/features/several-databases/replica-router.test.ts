import { setTimeout } from 'node:timers/promises';
import { atomic, closeDatabases, createTables, ImproperlyConfigured, OperationalError, ReplicaRouter } from 'nuages';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Backend } from '../../../src/backends/backend.js';
import { backend as sqlite } from '../../../src/backends/sqlite/index.js';
import { registerBackend } from '../../../src/database/databases.js';
import type { Any } from '../../support/library.js';
import { A, aliasesOf, B, configure, P, T } from './world.js';

const refuse = (name: string): never => {
  throw new OperationalError('unreachable', `${name} is down.`);
};

/** Databases that only say that they are copies: each has rows of its own, so that one sees who was asked. */
const down = new Set<string>();
let log = 0;
const replayed: Record<string, number> = {};
/** For each look at how far a replica has come: how many milliseconds that may take. */
const looks: number[] = [];
let onLook = (): void => {};
const copies: Backend = {
  ...sqlite,
  replication: undefined as never,
  async createDriver(settings) {
    const name = settings.url.slice('copy:'.length);
    const driver = await sqlite.createDriver({ url: 'sqlite::memory:', options: {} });
    return {
      ...driver,
      server: {
        ...sqlite,
        replication: {
          position: async () => String(log),
          reaches: async (_connection, position, milliseconds) => {
            looks.push(milliseconds);
            onLook();
            return (replayed[name] ?? 0) >= Number(position);
          },
        },
      },
      async connect(purpose) {
        const connection = await driver.connect(purpose);
        return new Proxy(connection, {
          get(target, key) {
            if ((key === 'run' || key === 'stream') && down.has(name))
              return key === 'run'
                ? async () => refuse(name)
                : async function* () {
                    yield refuse(name);
                  };
            const value = Reflect.get(target, key, target);
            return typeof value === 'function' ? value.bind(target) : value;
          },
        });
      },
    };
  },
};

const DATABASES = { default: 'copy:primary', one: 'copy:one', two: 'copy:two', archive: 'sqlite::memory:' };

beforeAll(async () => {
  registerBackend('copy', async () => copies);
  configure(DATABASES);
  for (const using of Object.keys(DATABASES)) await createTables({ using });
});
afterAll(closeDatabases);
beforeEach(async () => {
  down.clear();
  log = 0;
  looks.length = 0;
  onLook = () => {};
  for (const name of Object.keys(replayed)) delete replayed[name];
  await route();
  for (const using of Object.keys(DATABASES))
    for (const model of [B, T, P, A]) await model.objects.using(using).delete();
});

/** A router over the two replicas, asked from now on. */
async function route(options: Any = {}): Promise<ReplicaRouter> {
  const { configureRouters } = await import('../../../src/database/router.js');
  const router = new ReplicaRouter({ replicas: ['one', 'two'], ...options });
  configureRouters([router]);
  return router;
}
const read = (): Promise<string[]> => aliasesOf(() => T.objects.count());
const write = (label: string): Promise<Any> => T.objects.create({ label });

describe('a ReplicaRouter', () => {
  it('reads from the replicas in turn and writes to the primary', async () => {
    expect([await read(), await read(), await read()]).toEqual([['one'], ['two'], ['one']]);
    expect(await aliasesOf(() => write('x'))).toEqual(['default']);
    expect(await T.objects.using('default').count()).toBe(1);
    const tag = await T.objects.using('default').get();
    tag._state.db = 'two';
    expect(await aliasesOf(() => tag.save())).toEqual(['default']);
    expect(tag._state.db).toBe('default');
  });

  it('reads what will be written where it is written', async () => {
    for (const run of [
      () => T.objects.getOrCreate({ label: 'x' }),
      () => T.objects.filter({ label: 'x' }).update({ weight: 1 }),
      () => T.objects.filter({ label: 'x' }).delete(),
      () => atomic(async () => T.objects.selectForUpdate()),
    ])
      expect(new Set(await aliasesOf(run))).toEqual(new Set(['default']));
  });

  it('stays on the database of an atomic block', async () => {
    await atomic(async () => expect([await read(), await read()]).toEqual([['default'], ['default']]));
    await atomic(async () => expect([await read(), await read()]).toEqual([['two'], ['two']]), { using: 'two' });
  });

  it('keeps one replica for a request', async () => {
    const router = await route();
    await router.request(async () => {
      expect([await read(), await read()]).toEqual([['one'], ['one']]);
      expect((await Promise.all([read(), read()])).flat()).toEqual(['one', 'one']);
    });
    await router.request(async () => expect(await read()).toEqual(['two']));
  });

  it('stays with the primary once a request has written, and only that request', async () => {
    const router = await route();
    await Promise.all([
      router.request(async () => {
        expect((await read())[0]).not.toBe('default');
        await write('x');
        await setTimeout(5);
        expect(await read()).toEqual(['default']);
        await router.request(async () => expect(await read()).toEqual(['default']));
      }),
      router.request(async () => {
        await setTimeout(3);
        expect((await read())[0]).not.toBe('default');
      }),
    ]);
    expect((await read())[0]).not.toBe('default');
  });

  it('takes for a write whatever is written: blocks, updates, SQL of one’s own', async () => {
    const router = await route();
    const { connection } = await import('nuages');
    for (const change of [
      () => atomic(() => write('a')),
      () => T.objects.filter({ label: 'a' }).update({ weight: 2 }),
      () => connection().execute`UPDATE library_tag SET weight = ${1}`,
      () => atomic(() => write('a').then(() => write('a'))).catch(() => {}),
    ])
      await router.request(async () => {
        expect((await read())[0]).not.toBe('default');
        await change();
        expect(await read()).toEqual(['default']);
      });
    // reading in a block that says so, or writing to another database, is no write
    await router.request(async () => {
      await atomic(() => T.objects.count(), { readOnly: true } as Any);
      await T.objects.using('archive').create({ label: 'x' });
      expect((await read())[0]).not.toBe('default');
    });
  });

  it('waits for the replica where it is to', async () => {
    const router = await route({ readYourWrites: 'wait', replicaTimeout: 60_000 });
    await router.request(async () => {
      await write('x');
      log = 5;
      replayed.one = 4;
      onLook = () => {
        if (looks.length === 2) replayed.one = 5;
      };
      expect(await read()).toEqual(['one']);
      expect(looks).toHaveLength(2);
      // it has caught up: nothing more is asked
      replayed.one = 0;
      expect(await read()).toEqual(['one']);
      expect(looks).toHaveLength(2);
    });
  });

  it('goes to the primary when waiting takes too long', async () => {
    const router = await route({ readYourWrites: 'wait', replicaTimeout: 40 });
    await router.request(async () => {
      await write('y');
      log = 6;
      const begin = performance.now();
      expect(await read()).toEqual(['default']);
      expect(performance.now() - begin).toBeGreaterThan(30);
      expect(looks[0]).toBeGreaterThan(30);
      // it was waited for once; from now on it is only looked at
      looks.length = 0;
      expect(await read()).toEqual(['default']);
      expect(looks).toEqual([0]);
      replayed.one = 6;
      expect(await read()).toEqual(['one']);
    });
  });

  it('hands the position on to a later request', async () => {
    const router = await route({ replicaTimeout: 10 });
    log = 7;
    const after = await router.position();
    expect(after).toBe('7');
    replayed.one = 6;
    replayed.two = 7;
    expect(await router.request(read, { after })).toEqual(['default']);
    expect(await router.request(read, { after })).toEqual(['two']);
    expect(await router.request(read, { after: null })).toEqual(['one']);
    expect(() => router.request(read, { after: 7 as Any })).toThrow(TypeError);
    expect(() => router.request('x' as Any)).toThrow(TypeError);
  });

  it('never waits where it is told so', async () => {
    const router = await route({ readYourWrites: 'never' });
    await router.request(async () => {
      await write('x');
      expect((await read())[0]).not.toBe('default');
    });
  });

  it('leaves out a replica that is down for a while, and asks the read again elsewhere', async () => {
    await route({ skipFor: 30 });
    down.add('one');
    expect(await read()).toEqual(['one', 'two']);
    expect([await read(), await read()]).toEqual([['two'], ['two']]);
    await setTimeout(35);
    down.delete('one');
    expect(new Set([...(await read()), ...(await read())])).toEqual(new Set(['one', 'two']));
  });

  it('reads from the primary when all replicas are down', async () => {
    await route();
    down.add('one').add('two');
    expect(await aliasesOf(() => T.objects.all())).toEqual(['one', 'two', 'default']);
    for (const run of [
      () => T.objects.exists(),
      () => T.objects.count(),
      () => P.objects.prefetchRelated('books'),
      () => T.objects.raw`SELECT * FROM library_tag`,
    ])
      expect(await aliasesOf(run)).toEqual(['default']);
  });

  it('asks again each kind of read', async () => {
    const author = await A.objects.using('default').create({ name: 'Ann' });
    for (const using of ['one', 'two']) await A.objects.using(using).create({ id: author.id, name: 'Ann' });
    for (const run of [
      () => A.objects.get({ name: 'Ann' }),
      () => A.objects.exists(),
      () => A.objects.aggregate({}).then(() => A.objects.count()),
      () => A.objects.raw`SELECT * FROM library_author`,
      async () => {
        for await (const found of A.objects.iterator()) expect(found._state.db).toBe('two');
      },
    ]) {
      await route();
      down.clear();
      down.add('one');
      expect(await aliasesOf(run)).toEqual(['one', 'two']);
    }
    const router = await route();
    down.clear();
    await router.request(async () => {
      const found = await A.objects.get();
      expect(found._state.db).toBe('one');
      down.add('one');
      // over a join table, and for an instance of the replica that is gone
      expect(await aliasesOf(() => found.books)).toEqual(['one', 'two']);
      expect(await read()).toEqual(['two']);
    });
  });

  it('does not ask again what was asked of a replica by name, nor what is wrong with the query', async () => {
    await route();
    down.add('one');
    await expect((async () => T.objects.using('one').count())()).rejects.toThrow('one is down');
    await read();
    await expect((async () => T.objects.raw`SELECT 1 FROM nowhere`)()).rejects.toThrow('nowhere');
  });

  it('lets objects of all copies refer to each other, and makes no tables in replicas', async () => {
    const router = await route();
    const publisher = await P.objects.create({ name: 'Ace' });
    const book = await B.objects.create({ title: 'Dune' });
    publisher._state.db = 'one';
    book._state.db = 'two';
    book.publisher = publisher;
    await book.save();
    await publisher.books.add(book);
    expect((await B.objects.using('default').get()).publisherId).toBe(publisher.pk);
    const away = await P.objects.using('archive').create({ name: 'Old' });
    expect(() => (book.publisher = away)).toThrow('no router allows a relation between them');
    expect([router.allowMigrate('one'), router.allowMigrate('default')]).toEqual([false, undefined]);
  });

  it('leaves objects of other databases where they are', async () => {
    await route();
    const away = await P.objects.using('archive').create({ name: 'Old' });
    expect(
      await aliasesOf(async () => {
        await away.books.create({ title: 'Dune' });
        await away.books.count();
        await away.save();
      }),
    ).toEqual(['archive', 'archive', 'archive']);
  });

  it('refuses options that it does not know, and values that mean nothing', () => {
    const refused = (options: Any, message: string): void => {
      expect(() => new ReplicaRouter(options)).toThrow(message);
      expect(() => new ReplicaRouter(options)).toThrow(ImproperlyConfigured);
    };
    refused({}, "The option 'replicas'");
    refused(undefined, 'takes { replicas');
    refused({ replicas: ['one'], skipfor: 1 }, "Did you mean 'skipFor'?");
    refused({ replicas: ['one', 'one'] }, 'different aliases');
    refused({ replicas: ['default'] }, 'different aliases');
    refused({ replicas: ['one'], readYourWrites: 'maybe' }, 'is one of: primary, wait, never');
    refused({ replicas: ['one'], replicaTimeout: -1 }, 'a number of milliseconds');
  });
});
