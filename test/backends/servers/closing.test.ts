import {
  atomic,
  closeDatabases,
  connection,
  createTables,
  defineConfig,
  IntegerField,
  OperationalError,
  sql,
} from 'nuages';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Fresh, kinds } from '../../support/fresh.js';
import { type Any, model } from '../../support/untyped.js';

class Turn extends model('closing.Turn', { number: IntegerField() }) {}

/** A promise, and the function that fulfils it. */
function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
/** An error, told as a value. */
const errorOf = (promise: Promise<unknown>): Promise<Any> =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );

for (const kind of kinds) {
  const isMysql = kind.name.startsWith('MySQL');
  const survives = kind.isServer || kind.name === 'an SQLite file';
  /** Where everybody shares one session, nothing is held between two rows. */
  const isLent = survives;
  describe.skipIf(!kind.isThere)(`closing databases, on ${kind.name}`, () => {
    let fresh: Fresh;
    beforeAll(async () => {
      fresh = await kind.create();
    }, 60_000);
    afterAll(async () => {
      await closeDatabases();
      await fresh.drop();
    }, 60_000);
    /** Five turns, in a database that waits so long when it is closed. */
    const setUp = async (closeTimeout: number): Promise<void> => {
      await closeDatabases();
      defineConfig({ apps: { closing: { Turn } } as Any, databases: { default: { url: fresh.url, closeTimeout } } });
      if (!(await connection().tableNames()).includes('closing_turn')) await createTables();
      await Turn.objects.all().delete();
      for (let number = 1; number <= 5; number += 1) await Turn.objects.create({ number });
    };
    it('waits for what is done in time', async () => {
      await setUp(60_000);
      const inside = gate();
      const block = atomic(async () => {
        await Turn.objects.create({ number: 6 });
        inside.open();
        await new Promise((resolve) => setTimeout(resolve, 20));
        return Turn.objects.count();
      });
      await inside.opened;
      await closeDatabases();
      expect(await block).toBe(6);
    });

    it('ends a block that is not done in time, says who it is, and rolls it back', async () => {
      await setUp(20);
      const [inside, later] = [gate(), gate()];
      const block = errorOf(
        atomic(async () => {
          await Turn.objects.create({ number: 6 });
          inside.open();
          await later.opened;
          await Turn.objects.create({ number: 7 });
        }),
      );
      await inside.opened;
      const error = await errorOf(closeDatabases());
      expect(error).toBeInstanceOf(OperationalError);
      expect(error).toMatchObject({ code: 'close-timeout' });
      expect(error.message).toMatch(
        /^Database 'default' was closed although connections were in use for more than 0\.0 s\. Held by: 'atomic\(\)' for \d+\.\d s \(.*closing\.test\.ts:\d+:\d+\)\.$/,
      );
      later.open();
      const failure = await block;
      expect(failure).toMatchObject({ name: 'OperationalError' });
      if (survives) expect(await Turn.objects.count()).toBe(5);
    });

    it('ends rows that are still read one after another, with an error where some are missing', async () => {
      await setUp(20);
      const most = 20_000;
      await Turn.objects.bulkCreate(
        Array.from({ length: most - 5 }, (_, index) => new (Turn as Any)({ number: index + 6 })),
      );
      const rows = Turn.objects.orderBy('number').iterator({ chunkSize: 2 })[Symbol.asyncIterator]();
      expect((await rows.next()).value.number).toBe(1);
      const error = await errorOf(closeDatabases());
      if (isLent) expect(error.message).toMatch(/Held by: 'SELECT .*' for/);
      let read = 1;
      const failure = await errorOf(
        (async () => {
          while ((await rows.next()).done !== true) read += 1;
        })(),
      );
      if (failure === null) expect(read).toBe(most);
      else expect(failure).toMatchObject({ name: 'OperationalError' });
    }, 60_000);

    it.skipIf(!kind.isServer)('ends a statement that runs on the server', async () => {
      await setUp(200);
      const sleep = isMysql ? sql`SELECT SLEEP(30) AS x` : sql`SELECT pg_sleep(30)`;
      const running = errorOf(connection().execute(sleep));
      while (connection().pool!.lent.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      const begin = performance.now();
      const error = await errorOf(closeDatabases());
      expect(error.message).toMatch(/Held by: 'SELECT .*' for/);
      const failure = await running;
      expect(failure).toMatchObject({ name: 'OperationalError' });
      expect(performance.now() - begin).toBeLessThan(15_000);
      const others = isMysql
        ? sql`SELECT id FROM information_schema.processlist WHERE info LIKE 'SELECT SLEEP(30)%'`
        : sql`SELECT pid FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(30)' AND state = 'active'`;
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(await connection().execute(others)).toEqual([]);
    });

    it('closes one database, and waits for it as long as it is told to', async () => {
      await setUp(0);
      for (const timeout of [-1, Number.NaN, '5', null])
        await expect(connection().close({ timeout } as Any)).rejects.toMatchObject({ code: 'invalid-argument' });
      const [inside, later] = [gate(), gate()];
      const block = errorOf(
        atomic(async () => {
          inside.open();
          await later.opened;
        }),
      );
      await inside.opened;
      expect(await errorOf(connection().close({ timeout: 20 }))).toMatchObject({ code: 'close-timeout' });
      later.open();
      await block;
      await expect(Turn.objects.count()).rejects.toMatchObject({ code: 'database-closed' });
    });

    it('without a limit waits for ever', async () => {
      await setUp(0);
      const [inside, later] = [gate(), gate()];
      const block = atomic(async () => {
        inside.open();
        await later.opened;
      });
      await inside.opened;
      let isClosed = false;
      const closing = closeDatabases().then(() => (isClosed = true));
      await new Promise((resolve) => setTimeout(resolve, 30));
      expect(isClosed).toBe(false);
      later.open();
      await block;
      await closing;
    });
  });
}
