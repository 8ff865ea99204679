import { atomic, closeDatabases, connection, F } from 'nuages';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Account, openBank, twoAccounts } from '../support/accounts.js';
import { PostgresServer } from './postgres-server.js';

let server: PostgresServer;

beforeAll(async () => {
  server = await PostgresServer.start();
  await openBank({ default: { url: server.url(), poolSize: 4 } });
}, 120_000);
afterAll(async () => {
  await closeDatabases();
  await server?.remove();
}, 60_000);
beforeEach(twoAccounts);

async function restart(): Promise<void> {
  await server.pause();
  await server.resume();
}
const all = () => Promise.all([1, 2, 3, 4].map(() => Account.objects.count()));

describe('a server that is restarted while the program runs', () => {
  it('goes unnoticed by what comes after it', async () => {
    await all();
    await restart();
    expect(await all()).toEqual([2, 2, 2, 2]);
    await restart();
    await Account.objects.filter({ id: 1 }).update({ balance: F('balance').add(1) });
    await restart();
    await atomic(() => Account.objects.filter({ id: 1 }).update({ balance: F('balance').add(1) }));
    expect(await Account.objects.get({ id: 1 })).toMatchObject({ balance: 2 });
    expect(connection().pool).toMatchObject({ lent: [], waiting: 0 });
  });

  it('is told to those who ask while it is down, and all is well afterwards', async () => {
    await all();
    await server.pause();
    await expect(Account.objects.count()).rejects.toMatchObject({ name: 'OperationalError', code: 'unreachable' });
    await expect(Account.objects.create({ name: 'c' })).rejects.toMatchObject({ code: 'unreachable' });
    await server.resume();
    expect(await all()).toEqual([2, 2, 2, 2]);
  });

  it('rolls back what was in the middle, which may run again', async () => {
    let tries = 0;
    const transfer = (): Promise<number> => {
      tries += 1;
      return Account.objects.filter({ id: 1 }).update({ balance: F('balance').add(5) });
    };
    await atomic(
      async () => {
        await transfer();
        if (tries === 1) await restart();
        await Account.objects.count();
      },
      { retries: 3, on: ['connection-lost', 'unreachable'] },
    );
    expect(tries).toBe(2);
    expect(await Account.objects.get({ id: 1 })).toMatchObject({ balance: 5 });
  });
});
