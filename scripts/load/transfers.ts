import { atomic, F, Sum } from 'nuages';
import { ACCOUNTS, Account, Entry, START, Transfer } from './bank.js';

/** A payment to be made. */
export interface Order {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  readonly amount: number;
}

/** How a payment ended. `broke`: the program gave it up in the middle; `refused`: there was not enough money. */
export type End = 'paid' | 'refused' | 'broke';
export type Way = (order: Order) => Promise<End>;

/** Thrown in the middle of a transaction that is then to leave nothing behind. */
class GivenUp extends Error {}
/** Somebody else has changed the row since it was read. */
class Stale extends Error {}

/** One payment in this many is given up halfway. */
const GIVEN_UP = 12;
const RETRIES = 200;
const CONFLICTS: readonly unknown[] = ['serialization-failure', 'deadlock', 'locked'];
/** How often a transaction was tried again, by what had happened. */
export const again = new Map<string, number>();
function isConflict(error: unknown): boolean {
  const code = error instanceof Stale ? 'stale version' : ((error as { code?: unknown }).code as string);
  if (!(error instanceof Stale || CONFLICTS.includes(code))) return false;
  again.set(code, (again.get(code) ?? 0) + 1);
  return true;
}

async function record(way: string, { id, from, to, amount }: Order): Promise<void> {
  await Transfer.objects.create({ id, way });
  await Entry.objects.create({ transferId: id, accountId: from, amount: -amount });
  if (Math.random() * GIVEN_UP < 1) throw new GivenUp();
  await Entry.objects.create({ transferId: id, accountId: to, amount });
}

/** Locks both rows, then writes what it worked out in JavaScript. */
const byLock: Way = (order) =>
  atomic(
    async () => {
      const { from, to, amount } = order;
      const rows = await Account.objects
        .selectForUpdate()
        .filter({ id__in: [from, to] })
        .orderBy('id');
      const payer = rows.find(({ id }: { id: number }) => id === from);
      const payee = rows.find(({ id }: { id: number }) => id === to);
      if (payer.balance < amount) return 'refused';
      payer.balance -= amount;
      payee.balance += amount;
      await payer.save({ updateFields: ['balance'] });
      await payee.save({ updateFields: ['balance'] });
      await record('lock', order);
      return 'paid';
    },
    { retries: RETRIES, on: isConflict },
  );

/** Lets the database work it out, under a condition, both at once; who crosses another's way meets in a deadlock. */
const byGuard: Way = (order) =>
  atomic(
    async () => {
      const { from, to, amount } = order;
      const taken = await Account.objects
        .filter({ id: from, balance__gte: amount })
        .update({ balance: F('balance').sub(amount), version: F('version').add(1) });
      if (taken === 0) return 'refused';
      const given = Account.objects
        .filter({ id: to })
        .update({ balance: F('balance').add(amount), version: F('version').add(1) });
      await Promise.all([given, atomic(() => record('guard', order))]);
      return 'paid';
    },
    { retries: RETRIES, on: isConflict },
  );

/** Reads without a lock, and writes only where nobody has been faster. */
const byVersion: Way = (order) =>
  atomic(
    async () => {
      const { from, to, amount } = order;
      for (const [id, change] of [
        [from, -amount],
        [to, amount],
      ] as const) {
        const { balance, version } = await Account.objects.get({ id });
        if (balance + change < 0) return 'refused';
        const written = await Account.objects
          .filter({ id, version, balance })
          .update({ balance: balance + change, version: version + 1 });
        if (written === 0) throw new Stale();
      }
      await record('version', order);
      return 'paid';
    },
    { retries: RETRIES, on: isConflict },
  );

export const ways: readonly (readonly [string, Way])[] = [
  ['selectForUpdate', byLock],
  ['guarded F update', byGuard],
  ['optimistic version', byVersion],
];

/** Makes the payment; one that was given up counts as an end of its own. */
export async function pay(way: Way, order: Order): Promise<End> {
  try {
    return await way(order);
  } catch (error) {
    if (error instanceof GivenUp) return 'broke';
    throw error;
  }
}

/** All the money, by one statement: a transaction that is half seen would change it. */
export async function allMoney(): Promise<number> {
  const { money } = await Account.objects.aggregate({ money: Sum('balance') });
  return Number(money);
}
export const EXPECTED = ACCOUNTS * START;
