import { atomic, closeDatabases, connection, defineConfig } from 'nuages';
import {
  advisoryLock,
  advisoryTransactionLock,
  listen,
  notify,
  tryAdvisoryLock,
  tryAdvisoryTransactionLock,
} from 'nuages/postgres';
import { captureQueries } from 'nuages/testing';
import { describe, expect, test } from 'vitest';
import { targets } from './databases.js';

const held = async (): Promise<unknown[]> =>
  connection()
    .execute`SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
/** Ends the session that holds an advisory lock, or listens. */
const kill = (text: string): Promise<unknown> =>
  connection()
    .execute`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE ${text}`;

describe.each(targets)('on $name', ({ name, setUp }) => {
  setUp({});

  test('a lock of a transaction ends with it', async () => {
    await atomic(async () => {
      await advisoryTransactionLock('report');
      expect(await tryAdvisoryTransactionLock([1, -2], { shared: true })).toBe(true);
      expect(await held()).toHaveLength(2);
    });
    expect(await held()).toEqual([]);
    await expect(advisoryTransactionLock('report')).rejects.toThrow('the inside of an atomic() block');
  });

  test('keys that cannot be are refused before anything is sent', async () => {
    const { queries } = await captureQueries(async () => {
      for (const key of [1.5, {}, null, [1], [1, 2, 3], ['a', 'b']])
        await expect(advisoryLock(key as any, () => 1)).rejects.toThrow('a whole number, a pair of them, or a text');
      await expect(advisoryLock(2n ** 63n, () => 1)).rejects.toThrow('at most 64 bits');
      await expect(advisoryLock([0, 2 ** 31], () => 1)).rejects.toThrow('at most 32 bits');
    });
    expect(queries).toEqual([]);
  });

  test.skipIf(name === 'PGlite')('a lock does not keep its database open for ever', async () => {
    const lock = advisoryLock('report', () => new Promise((resolve) => setTimeout(resolve, 300)));
    const lost = expect(lock).rejects.toThrow();
    while ((await held()).length === 0);
    await expect(connection().close({ timeout: 20 })).rejects.toThrow("Held by: 'an advisory lock' for");
    await closeDatabases();
    expect(await held()).toEqual([]);
    await lost;
  });

  test('messages come in their order, of all channels that are listened to', async () => {
    const messages = listen(['jobs', 'Odd "name"']);
    await messages.ready();
    await notify('jobs', 'one');
    await notify('other', 'not heard');
    await notify('Odd "name"');
    await notify('jobs', 'it’s three');
    const heard: unknown[] = [];
    for await (const { channel, payload, processId } of messages) {
      expect(processId).toEqual(expect.any(Number));
      heard.push([channel, payload]);
      if (heard.length === 3) break;
    }
    expect(heard).toEqual([
      ['jobs', 'one'],
      ['Odd "name"', ''],
      ['jobs', 'it’s three'],
    ]);
    expect(await messages.next()).toEqual({ done: true, value: undefined });
  });

  test('a message of a transaction is sent at its commit, and not at all when it is rolled back', async () => {
    const messages = listen('jobs');
    await messages.ready();
    await atomic(async () => {
      await notify('jobs', 'undone');
      throw new Error('no');
    }).catch(() => {});
    await atomic(() => notify('jobs', 'done'));
    expect((await messages.next()).value).toMatchObject({ payload: 'done' });
    await messages.return();
  });

  test('a signal ends the loop', async () => {
    const controller = new AbortController();
    const messages = listen('jobs', { signal: controller.signal });
    await messages.ready();
    const next = messages.next();
    controller.abort();
    expect(await next).toEqual({ done: true, value: undefined });
    for await (const message of listen('jobs', { signal: controller.signal })) expect(message).toBe('never');
  });

  test('names and payloads that cannot be are refused before anything is sent', async () => {
    const { queries } = await captureQueries(async () => {
      expect(() => listen('x'.repeat(64))).toThrow('1 to 63 bytes');
      expect(() => listen([])).toThrow('takes the name of a channel');
      expect(() => listen('')).toThrow('1 to 63 bytes');
      await expect(notify('jobs', 'ä'.repeat(4000))).rejects.toThrow('at most 7,999 bytes');
      await expect(notify('jobs', 3 as any)).rejects.toThrow('is a text');
    });
    expect(queries).toEqual([]);
  });

  if (name === 'PGlite') {
    test('a lock of the session is refused where there is one session for everything', async () => {
      await expect(advisoryLock('report', () => 1)).rejects.toThrow('has one session for everything');
    });
    return;
  }

  test('a lock lets one in at a time, and is released when the work throws', async () => {
    const log: string[] = [];
    const work = (who: string) => async () => {
      log.push(`${who} in`);
      await connection().execute`SELECT pg_sleep(0.02)`;
      log.push(`${who} out`);
      return who;
    };
    expect(await Promise.all([advisoryLock('report', work('a')), advisoryLock('report', work('b'))])).toEqual([
      'a',
      'b',
    ]);
    expect(log.map((line) => line.split(' ')[1])).toEqual(['in', 'out', 'in', 'out']);
    await expect(advisoryLock('report', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await held()).toEqual([]);
  });

  test('a lock that somebody holds is not waited for, or shared', async () => {
    await advisoryLock(7n, async () => {
      expect(await tryAdvisoryLock(7, () => 1)).toEqual({ acquired: false });
      expect(await tryAdvisoryLock(8, () => 1)).toEqual({ acquired: true, result: 1 });
      await atomic(async () => expect(await tryAdvisoryTransactionLock(7)).toBe(false));
    });
    await advisoryLock(
      'shared',
      async () => {
        expect(await tryAdvisoryLock('shared', () => 1, { shared: true })).toEqual({ acquired: true, result: 1 });
        expect(await tryAdvisoryLock('shared', () => 1)).toEqual({ acquired: false });
      },
      { shared: true },
    );
    expect(await held()).toEqual([]);
  });

  test('a signal ends the wait for a lock', async () => {
    await advisoryLock('report', async () => {
      const waiting = advisoryLock('report', () => 1, { signal: AbortSignal.timeout(30) });
      await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    });
    expect(await held()).toEqual([]);
  });

  test('whoever loses the connection of its lock is told', async () => {
    const losing = advisoryLock('report', () => kill('%pg_advisory_lock%'));
    await expect(losing).rejects.toMatchObject({ code: 'lock-lost' });
  });

  test('a lost connection ends the loop with an error', async () => {
    const messages = listen('jobs');
    await messages.ready();
    const lost = expect(messages.next()).rejects.toMatchObject({ code: 'connection-lost' });
    await kill('LISTEN%');
    await lost;
    expect(await messages.next()).toEqual({ done: true, value: undefined });
  });

  test('with onReconnect a lost connection is replaced', async () => {
    let reconnected = (): void => {};
    const again = new Promise<void>((resolve) => (reconnected = resolve));
    const messages = listen('jobs', { onReconnect: reconnected });
    await messages.ready();
    await kill('LISTEN%');
    await again;
    await notify('jobs', 'still here');
    expect((await messages.next()).value).toMatchObject({ payload: 'still here' });
    await messages.return();
  });

  test('closing the database ends the loop that waits to connect again', async () => {
    const messages = listen('jobs', { onReconnect: () => {} });
    await messages.ready();
    await kill('LISTEN%');
    const next = messages.next();
    await closeDatabases();
    expect(await next).toEqual({ done: true, value: undefined });
  });

  test('closing the database ends the loop', async () => {
    const messages = listen('jobs');
    await messages.ready();
    const next = messages.next();
    await closeDatabases();
    expect(await next).toEqual({ done: true, value: undefined });
  });
});

test('another database refuses them', async () => {
  defineConfig({ apps: {}, databases: { default: 'sqlite::memory:' } });
  await expect(advisoryLock('x', () => 1)).rejects.toThrow('Advisory locks come with nuages/postgres, and SQLite');
  await expect(notify('x')).rejects.toThrow('Notifications come with nuages/postgres, and SQLite');
  await expect(listen('x').next()).rejects.toThrow('Notifications come with nuages/postgres, and SQLite');
  await closeDatabases();
});
