import { atomic, connection, withSignal } from 'nuages';
import { describe, expect, it } from 'vitest';
import { Account } from '../../support/accounts.js';
import { kinds } from '../../support/fresh.js';
import { bankOn } from './bank.js';

const CANCELLED = { name: 'OperationalError', code: 'cancelled' };

for (const kind of kinds) {
  describe.skipIf(!kind.isThere)(`an AbortSignal on ${kind.name}`, () => {
    const isPostgres = kind.name === 'PostgreSQL';
    const fresh = bankOn(kind, (url) => ({ url, ...(kind.isServer ? { poolSize: 2 } : {}) }));

    const pause = () => new Promise((resolve) => setTimeout(resolve, 10));
    const sleep = () =>
      isPostgres ? connection().execute`SELECT pg_sleep(30)` : connection().execute`SELECT SLEEP(30)`;
    /** How many statements of the database wait on the server. */
    const asleep = async (): Promise<number> => {
      const name = new URL(fresh.url).pathname.slice(1);
      const rows = await fresh.aside(
        isPostgres
          ? `SELECT 1 FROM pg_stat_activity WHERE datname = '${name}' AND state = 'active' AND query LIKE '%sleep%'`
          : `SELECT 1 FROM information_schema.processlist WHERE db = '${name}' AND info LIKE '%SLEEP%'`,
      );
      return rows.length;
    };
    const until = async (count: number): Promise<void> => {
      while ((await asleep()) !== count) await pause();
    };

    it('keeps what it cancelled before from being sent', async () => {
      const signal = AbortSignal.abort(new Error('enough'));
      const failure = await Account.objects
        .withSignal(signal)
        .filter({ id: 1 })
        .then(
          () => null,
          (error: unknown) => error,
        );
      expect(failure).toMatchObject({ ...CANCELLED, cause: { message: 'enough' } });
      await expect(Account.objects.withSignal(signal).update({ balance: 1 })).rejects.toMatchObject(CANCELLED);
      await expect(withSignal(signal, () => Account.objects.create({ name: 'c' }))).rejects.toMatchObject(CANCELLED);
      expect(await Account.objects.filter({ balance: 0 }).count()).toBe(2);
    });

    it('leaves alone what is not of its scope', async () => {
      const controller = new AbortController();
      const rows = Account.objects.withSignal(controller.signal);
      expect(await rows.count()).toBe(2);
      controller.abort();
      expect(await Account.objects.count()).toBe(2);
      await expect(rows.filter({ id: 1 }).count()).rejects.toMatchObject(CANCELLED);
    });

    it('ends a stream between two chunks', async () => {
      const controller = new AbortController();
      const seen: number[] = [];
      const reading = (async () => {
        for await (const { id } of Account.objects
          .withSignal(controller.signal)
          .orderBy('id')
          .iterator({ chunkSize: 1 })) {
          seen.push(id);
          controller.abort();
        }
      })();
      await expect(reading).rejects.toMatchObject(CANCELLED);
      expect(seen).toEqual([1]);
      expect(connection().pool!.lent).toEqual([]);
    });

    it('rolls a block back', async () => {
      const controller = new AbortController();
      const block = atomic(
        async () => {
          await Account.objects.filter({ id: 1 }).update({ balance: 5 });
          controller.abort();
          await Account.objects.filter({ id: 2 }).update({ balance: 5 });
        },
        { signal: controller.signal },
      );
      await expect(block).rejects.toMatchObject(CANCELLED);
      expect(await Account.objects.filter({ balance: 5 }).count()).toBe(0);
    });

    it('takes nothing else', () => {
      expect(() => withSignal({} as never, () => {})).toThrow(TypeError);
      expect(() => Account.objects.withSignal(null)).toThrow('takes an AbortSignal');
    });

    it.skipIf(!kind.isServer)('cancels the statement that runs on the server, and the session goes on', async () => {
      const controller = new AbortController();
      const sleeping = withSignal(controller.signal, sleep);
      sleeping.catch(() => {});
      await until(1);
      controller.abort();
      await expect(sleeping).rejects.toMatchObject(CANCELLED);
      await until(0);
      expect(await Account.objects.count()).toBe(2);
      expect(connection().pool!.lent).toEqual([]);
    });

    it.skipIf(!kind.isServer)('ends the wait for a connection', async () => {
      const [first, second, third] = [new AbortController(), new AbortController(), new AbortController()];
      const sleepers = [first, second].map(({ signal }) => withSignal(signal, sleep));
      for (const each of sleepers) each.catch(() => {});
      await until(2);
      const waiting = Account.objects.withSignal(third.signal).count();
      waiting.catch(() => {});
      third.abort();
      await expect(waiting).rejects.toMatchObject(CANCELLED);
      expect(connection().pool!.waiting).toBe(0);
      first.abort();
      second.abort();
      await Promise.allSettled(sleepers);
      expect(await Account.objects.count()).toBe(2);
    });

    it.skipIf(!kind.isServer)('ends the wait for a lock', async () => {
      const holder = await fresh.session();
      await holder.control('START TRANSACTION');
      await holder.control('UPDATE bank_account SET balance = 1 WHERE id = 1');
      const locking = atomic(() => Account.objects.selectForUpdate().get({ id: 1 }), {
        signal: AbortSignal.timeout(200),
      });
      await expect(locking).rejects.toMatchObject(CANCELLED);
      await holder.control('ROLLBACK');
      await holder.close();
      expect(await atomic(() => Account.objects.selectForUpdate().get({ id: 1 }))).toMatchObject({ balance: 0 });
    });
  });

  describe.skipIf(!kind.isThere || !kind.isServer)(`limits of time on ${kind.name}`, () => {
    const isPostgres = kind.name === 'PostgreSQL';
    bankOn(kind, (url) => ({ url: `${url}?statementTimeout=200&lockTimeout=1000` }));

    it('end a statement that takes too long', async () => {
      const many = isPostgres
        ? connection().execute`SELECT pg_sleep(10)`
        : connection().execute`SELECT COUNT(*) FROM seq_1_to_100000 a, seq_1_to_100000 b`;
      await expect(many).rejects.toMatchObject(CANCELLED);
      expect(await Account.objects.count()).toBe(2);
    });
  });
}
