import { atomic, F, OperationalError, onCommit, TransactionManagementError } from 'nuages';
import { describe, expect, it } from 'vitest';
import { database } from '../../../src/database/databases.js';
import { Account } from '../../support/accounts.js';
import { kinds } from '../../support/fresh.js';
import { bankOn } from './bank.js';

/** Lets several wait for each other: resolves for all once `count` have come. */
function meeting(count: number): () => Promise<void> {
  let meet = (): void => {};
  const met = new Promise<void>((resolve) => (meet = resolve));
  let here = 0;
  return () => {
    here += 1;
    if (here === count) meet();
    return met;
  };
}

for (const kind of kinds) {
  describe.skipIf(!kind.isThere)(`conflicts of transactions on ${kind.name}`, () => {
    bankOn(kind);

    const balances = () => Account.objects.orderBy('id').valuesList('balance', { flat: true });
    const raise = (id: number) => Account.objects.filter({ id }).update({ balance: F('balance').add(1) });
    /** What a database says when it gives up one of several transactions. */
    const conflict = async (): Promise<never> => {
      throw new OperationalError('deadlock', 'A conflict.');
    };

    it('runs the block again in a new transaction, and forgets what the failed tries asked for', async () => {
      let tries = 0;
      const calls: number[] = [];
      const result = await atomic(
        async () => {
          tries += 1;
          const now = tries;
          onCommit(() => calls.push(now));
          await raise(1);
          return now < 3 ? conflict() : now;
        },
        { retries: 5 },
      );
      expect(result).toBe(3);
      expect(calls).toEqual([3]);
      expect(await balances()).toEqual([1, 0]);
    });

    it('tells at the end how many tries there were', async () => {
      const failed = atomic(() => conflict(), { retries: 2 });
      await expect(failed).rejects.toMatchObject({ code: 'deadlock', tries: 3 });
      await expect(failed).rejects.toThrow('gave up after 3 tries');
    });

    it('runs the method of a decorator again, with the same object and arguments', async () => {
      const seen: unknown[] = [];
      class Teller {
        name = 'Ada';
        async pay(amount: number): Promise<number> {
          seen.push([this.name, amount]);
          return seen.length < 2 ? conflict() : amount;
        }
      }
      const context = { kind: 'method' } as ClassMethodDecoratorContext;
      Teller.prototype.pay = atomic({ retries: 1 })(Teller.prototype.pay, context);
      expect(await new Teller().pay(5)).toBe(5);
      expect(seen).toEqual([
        ['Ada', 5],
        ['Ada', 5],
      ]);
    });

    it('refuses the option to inner blocks before anything is sent, and what is no number of times', async () => {
      let ran = false;
      await atomic(async () => {
        const inner = atomic(
          () => {
            ran = true;
          },
          { retries: 1 },
        );
        await expect(inner).rejects.toThrow(TransactionManagementError);
        await expect(inner).rejects.toThrow("Give 'retries' to the outermost block");
        expect(await balances()).toEqual([0, 0]);
      });
      expect(ran).toBe(false);
      for (const retries of [-1, 1.5, Number.NaN, '3' as never])
        expect(() => atomic(() => {}, { retries })).toThrow("'retries' of atomic() is a whole number");
      expect(() => atomic(() => {}, { on: ['deadlock'] })).toThrow('give both');
      expect(() => atomic(() => {}, { retries: 1, on: 'deadlock' as never })).toThrow('list of error codes');
    });

    it('lets a deadlock of many be resolved by trying again', async () => {
      // Where writers go one after the other there is no deadlock, and the same holds.
      const crossing = async (first: number, second: number, met: () => Promise<void>): Promise<number> => {
        let tries = 0;
        await atomic(
          async () => {
            tries += 1;
            await raise(first);
            if (kind.isServer && tries === 1) await met();
            await raise(second);
          },
          { retries: 10 },
        );
        return tries;
      };
      const met = meeting(2);
      const tries = await Promise.all([crossing(1, 2, met), crossing(2, 1, met)]);
      expect(await balances()).toEqual([2, 2]);
      expect(Math.max(...tries)).toBe(kind.isServer ? 2 : 1);
    });

    it.skipIf(!kind.isServer)('says that it is a deadlock where nothing is tried again', async () => {
      const met = meeting(2);
      const crossing = (first: number, second: number) =>
        atomic(async () => {
          await raise(first);
          await met();
          // An inner block of the victim: its savepoint went with the transaction.
          await atomic(() => raise(second));
        });
      const ends = await Promise.allSettled([crossing(1, 2), crossing(2, 1)]);
      const [victim] = ends.filter((end) => end.status === 'rejected');
      expect(victim?.reason).toMatchObject({ name: 'OperationalError', code: 'deadlock' });
      expect(await balances()).toEqual([1, 1]);
      expect(database().block).toBeNull();
    });

    it.skipIf(!kind.isServer)('re-runs serializable transactions that cannot both hold', async () => {
      const options = { isolationLevel: 'serializable', retries: 10 } as const;
      let tries = 0;
      const met = meeting(2);
      // Each reads both rows and writes one: one after the other they would see each other.
      const copy = (from: number, to: number) => {
        let isFirst = true;
        return atomic(async () => {
          tries += 1;
          const { balance } = await Account.objects.get({ id: from });
          if (isFirst) {
            isFirst = false;
            await met();
          }
          await Account.objects.filter({ id: to }).update({ balance: balance + 1 });
        }, options);
      };
      await Promise.all([copy(1, 2), copy(2, 1)]);
      expect(tries).toBeGreaterThan(2);
      expect([...(await balances())].sort()).toEqual([1, 2]);
    });
  });
}
