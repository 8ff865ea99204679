import { atomic, connection } from 'nuages';
import { captureQueries } from 'nuages/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../../src/backends/backend.js';
import { Account, Entry } from '../../support/accounts.js';
import { kinds } from '../../support/fresh.js';
import { bankOn } from './bank.js';

for (const kind of kinds.filter(({ isServer }) => isServer)) {
  describe.skipIf(!kind.isThere)(`locks and levels of ${kind.name}`, () => {
    const isPostgres = kind.name === 'PostgreSQL';
    const fresh = bankOn(kind, (url) => ({ url, lockTimeout: 2000 }));
    /** Somebody else, in a session that the library knows nothing of. */
    let other: Connection;
    beforeAll(async () => {
      other = await fresh.session();
    });
    afterAll(() => other?.close());
    afterEach(() => other.control('ROLLBACK'));

    const lockedByOther = async (sql = 'SELECT id FROM bank_account WHERE id = 1 FOR UPDATE'): Promise<void> => {
      await other.control('START TRANSACTION');
      await other.run(sql, []);
    };
    /** Whether somebody else could lock the rows of a query at once. */
    async function isFree(sql: string): Promise<boolean> {
      await other.control('START TRANSACTION');
      try {
        await other.run(`${sql} FOR UPDATE NOWAIT`, []);
        return true;
      } catch {
        return false;
      } finally {
        await other.control('ROLLBACK');
      }
    }
    const ids = async (rows: PromiseLike<{ id: number }[]>): Promise<number[]> => (await rows).map(({ id }) => id);

    it('selectForUpdate() holds the rows until the block ends', async () => {
      await atomic(async () => {
        await Account.objects.selectForUpdate().get({ id: 1 });
        expect(await isFree('SELECT id FROM bank_account WHERE id = 1')).toBe(false);
        expect(await isFree('SELECT id FROM bank_account WHERE id = 2')).toBe(true);
      });
      expect(await isFree('SELECT id FROM bank_account WHERE id = 1')).toBe(true);
    });

    it('is refused outside of a block, before anything is sent', async () => {
      const { queries, result } = await captureQueries(() =>
        Promise.allSettled([
          Account.objects.selectForUpdate(),
          Account.objects.selectForUpdate().get({ id: 1 }),
          Account.objects.selectForUpdate().iterator().next(),
        ]),
      );
      expect(result.map((each) => (each as PromiseRejectedResult).reason)).toEqual(
        [1, 2, 3].map(() => expect.objectContaining({ name: 'TransactionManagementError', code: 'no-block' })),
      );
      expect(queries).toEqual([]);
    });

    it('waits for whoever holds them', async () => {
      await lockedByOther();
      await other.run('UPDATE bank_account SET balance = 9 WHERE id = 1', []);
      const reading = atomic(() => Account.objects.selectForUpdate().get({ id: 1 }));
      await new Promise((resolve) => setTimeout(resolve, 50));
      await other.control('COMMIT');
      expect(await reading).toMatchObject({ balance: 9 });
    });

    it('nowait fails at once', async () => {
      await lockedByOther();
      const failing = atomic(() => Account.objects.selectForUpdate({ nowait: true }).get({ id: 1 }));
      await expect(failing).rejects.toMatchObject({ name: 'OperationalError', code: 'lock-not-available' });
    });

    it('skipLocked leaves them out', async () => {
      await lockedByOther();
      const rows = atomic(() => ids(Account.objects.selectForUpdate({ skipLocked: true }).orderBy('id')));
      expect(await rows).toEqual([2]);
    });

    it('gives up after the time that the database is told', async () => {
      await lockedByOther();
      const failing = atomic(() => Account.objects.selectForUpdate().get({ id: 1 }));
      await expect(failing).rejects.toMatchObject({ code: 'lock-not-available' });
    });

    it.skipIf(!isPostgres)('of locks the rows of one table of several', async () => {
      await Entry.objects.create({ id: 1, accountId: 1, amount: 1 });
      await atomic(async () => {
        const rows = Entry.objects.selectRelated('account').selectForUpdate({ of: ['self'] });
        expect(await ids(rows)).toEqual([1]);
        expect(await isFree('SELECT id FROM bank_account WHERE id = 1')).toBe(true);
        expect(await isFree('SELECT id FROM bank_entry WHERE id = 1')).toBe(false);
      });
      await atomic(async () => {
        await Entry.objects.selectRelated('account').selectForUpdate({ of: ['account'] });
        expect(await isFree('SELECT id FROM bank_account WHERE id = 1')).toBe(false);
        expect(await isFree('SELECT id FROM bank_entry WHERE id = 1')).toBe(true);
      });
    });

    it.skipIf(!isPostgres)('noKey lets others refer to the rows', async () => {
      const referring =
        "SET LOCAL lock_timeout = '100ms'; SET CONSTRAINTS ALL IMMEDIATE; INSERT INTO bank_entry (account_id, amount) VALUES (1, 1)";
      const mayRefer = async (): Promise<boolean> => {
        await other.control('START TRANSACTION');
        const ended = await Promise.resolve(other.control(referring)).then(
          () => true,
          () => false,
        );
        await other.control('ROLLBACK');
        return ended;
      };
      await atomic(async () => {
        await Account.objects.selectForUpdate({ noKey: true }).get({ id: 1 });
        expect(await mayRefer()).toBe(true);
        expect(await isFree('SELECT id FROM bank_account WHERE id = 1')).toBe(false);
      });
      await atomic(async () => {
        await Account.objects.selectForUpdate().get({ id: 1 });
        expect(await mayRefer()).toBe(false);
      });
    });

    it('a level decides whether the commits of others are seen', async () => {
      const seen = (isolationLevel: 'read committed' | 'repeatable read'): Promise<number[]> =>
        atomic(
          async () => {
            const before = (await Account.objects.get({ id: 1 })).balance;
            await other.run('UPDATE bank_account SET balance = balance + 1 WHERE id = 1', []);
            return [before, (await Account.objects.get({ id: 1 })).balance];
          },
          { isolationLevel },
        );
      expect(await seen('read committed')).toEqual([0, 1]);
      expect(await seen('repeatable read')).toEqual([1, 1]);
      expect(await atomic(async () => (await Account.objects.get({ id: 1 })).balance)).toBe(2);
    });

    it('a read-only block refuses writes, and the next block writes', async () => {
      const failing = atomic(() => Account.objects.filter({ id: 1 }).update({ balance: 1 }), { readOnly: true });
      await expect(failing).rejects.toMatchObject({ code: 'transaction-state' });
      await atomic(() => Account.objects.filter({ id: 1 }).update({ balance: 1 }));
      expect(await atomic(() => Account.objects.filter({ balance: 1 }).count(), { readOnly: true })).toBe(1);
    });

    it.skipIf(!isPostgres)('a deferrable block says so', async () => {
      const options = { isolationLevel: 'serializable', readOnly: true, deferrable: true } as const;
      const [row] = await atomic(
        () => connection().execute`SELECT current_setting('transaction_deferrable') AS d`,
        options,
      );
      expect(row).toMatchObject({ d: 'on' });
    });
  });
}
