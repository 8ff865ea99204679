import { AsyncResource } from 'node:async_hooks';
import { EventEmitter } from 'node:events';
import { atomic, connection, F, onCommit, type Transaction, TransactionManagementError } from 'nuages';
import { beforeAll, describe, expect, it } from 'vitest';
import { Account, Entry } from '../../support/accounts.js';
import { kinds } from '../../support/fresh.js';
import { bankOn } from './bank.js';

for (const kind of kinds) {
  describe.skipIf(!kind.isThere)(`a transaction that is handed on, on ${kind.name}`, () => {
    /** Runs where no atomic block reaches by async context, as a listener that was added long ago. */
    let aside: AsyncResource;
    beforeAll(() => {
      aside = new AsyncResource('aside');
    });
    bankOn(kind, (url) => ({ url, waitTimeout: 2000 }));
    const elsewhere = <T>(work: () => T): T => aside.runInAsyncScope(work);
    const balances = () => Account.objects.orderBy('id').valuesList('balance', { flat: true });

    it('runs what a QuerySet asks, wherever it is awaited', async () => {
      await atomic(async (tx) => {
        await elsewhere(() => Account.objects.using(tx).filter({ id: 1 }).update({ balance: 5 }));
        await elsewhere(async () => {
          const rows = Account.objects.using(tx).orderBy('id');
          expect((await rows).map(({ balance }: { balance: number }) => balance)).toEqual([5, 0]);
          expect(await rows.filter({ balance: 5 }).count()).toBe(1);
          expect(await rows.first()).toMatchObject({ balance: 5 });
          expect((await rows.get({ id: 1 })).balance).toBe(5);
          const streamed: number[] = [];
          for await (const { balance } of rows.iterator({ chunkSize: 1 })) streamed.push(balance);
          expect(streamed).toEqual([5, 0]);
          expect(
            await Account.objects.using(tx).raw`SELECT id, balance FROM bank_account WHERE balance = ${5}`,
          ).toHaveLength(1);
        });
        throw new Error('undo');
      }).catch((error: Error) => expect(error.message).toBe('undo'));
      expect(await balances()).toEqual([0, 0]);
    });

    it('runs what instances do, related rows and signals included', async () => {
      await atomic(async (tx) => {
        await elsewhere(async () => {
          const account = await Account.objects.using(tx).get({ id: 1 });
          account.balance = 7;
          await account.save({ using: tx });
          await new (Entry as any)({ account, amount: 7 }).save({ using: tx });
          const fetched = await Account.objects.using(tx).prefetchRelated('entries').get({ id: 1 });
          expect(await fetched.entries).toHaveLength(1);
          await account.refreshFromDb({ using: tx });
          await (await Account.objects.using(tx).create({ id: 3, name: 'c' })).delete({ using: tx });
          expect(await fetched.delete({ using: tx })).toEqual([2, { 'bank.Entry': 1, 'bank.Account': 1 }]);
        });
        throw new Error('undo');
      }).catch((error: Error) => expect(error.message).toBe('undo'));
      expect(await balances()).toEqual([0, 0]);
      expect(await Entry.objects.count()).toBe(0);
    });

    it('takes blocks inside, hooks and SQL of the developer', async () => {
      const calls: string[] = [];
      await atomic(async (tx) => {
        await elsewhere(async () => {
          onCommit(() => calls.push('committed'), { using: tx });
          await atomic(() => Account.objects.filter({ id: 1 }).update({ balance: 3 }), { using: tx });
          await atomic(
            async () => {
              await Account.objects.filter({ id: 2 }).update({ balance: 4 });
              throw new Error('only this');
            },
            { using: tx },
          ).catch(() => {});
          const [row] = await tx.run(
            () => connection().execute`SELECT COUNT(*) AS n FROM bank_account WHERE balance = 3`,
          );
          expect(Number(row!.n)).toBe(1);
          expect(calls).toEqual([]);
        });
      });
      expect(calls).toEqual(['committed']);
      expect(await balances()).toEqual([3, 0]);
    });

    it('may be used inside of a block inside of it', async () => {
      await atomic(async (tx) => {
        await atomic(async () => {
          await Account.objects
            .using(tx)
            .filter({ id: 1 })
            .update({ balance: F('balance').add(1) });
          await Promise.all([1, 2, 3].map(() => Account.objects.using(tx).filter({ id: 2 }).update({ balance: 9 })));
        });
      });
      expect(await balances()).toEqual([1, 9]);
    });

    it('is refused once its block has ended, whether it was committed or not', async () => {
      let kept: Transaction | undefined;
      await atomic(async (tx) => {
        kept = tx;
        expect(tx).toMatchObject({ alias: 'default', isActive: true });
      });
      const tx = kept!;
      expect(tx.isActive).toBe(false);
      const refusals = [
        () => Account.objects.using(tx).count(),
        () => Account.objects.using(tx).filter({ id: 1 }),
        () => Account.objects.using(tx).create({ name: 'late' }),
        () => new (Account as any)({ name: 'late' }).save({ using: tx }),
        async () => atomic(async () => {}, { using: tx }),
      ];
      for (const refused of refusals) {
        const error = await Promise.resolve()
          .then(refused)
          .catch((caught: unknown) => caught);
        expect(error).toBeInstanceOf(TransactionManagementError);
        expect(error).toMatchObject({ code: 'block-finished', message: expect.stringContaining('has ended') });
      }
      expect(await Account.objects.count()).toBe(2);
    });

    it('hands a listener of events what belongs to it', async () => {
      const events = new EventEmitter();
      const done: Promise<unknown>[] = [];
      elsewhere(() =>
        events.on('paid', (tx: Transaction) =>
          done.push(Account.objects.using(tx).filter({ id: 1 }).update({ balance: 8 })),
        ),
      );
      await atomic(async (tx) => {
        events.emit('paid', tx);
        await Promise.all(done);
      });
      expect(await balances()).toEqual([8, 0]);
    });
  });
}
