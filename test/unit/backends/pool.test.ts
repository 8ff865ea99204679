import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Connection } from '../../../src/backends/backend.js';
import { borrower } from '../../../src/backends/loan.js';
import { Pool } from '../../../src/backends/pool.js';
import type { PoolLimits } from '../../../src/backends/pool-members.js';

interface Fake extends Connection {
  keepProcess?: (keeps: boolean) => void;
  usable: boolean;
  readonly number: number;
}

function setUp(size: number, waitTimeout = 1000, limits?: PoolLimits): { pool: Pool; opened: Fake[] } {
  const opened: Fake[] = [];
  const open = async (): Promise<Connection> => {
    const connection = {
      number: opened.length,
      usable: true,
      close: async () => {
        connection.usable = false;
      },
    } as Fake;
    opened.push(connection);
    return connection;
  };
  const label = "database 'x'";
  return { pool: new Pool({ size, waitTimeout, label, open, ...(limits === undefined ? {} : { limits }) }), opened };
}

describe('a pool of connections', () => {
  it('opens them as they are wanted and lends them again', async () => {
    const { pool, opened } = setUp(2);
    const first = await pool.acquire('a');
    first.release();
    const again = await pool.acquire('b');
    expect(opened).toHaveLength(1);
    expect(again.connection).toBe(first.connection);
    await pool.acquire('c');
    expect(opened).toHaveLength(2);
    expect(pool.lent).toBe(2);
  });

  it('serves in the order of asking', async () => {
    const { pool } = setUp(1);
    const served: string[] = [];
    const work = async (name: string): Promise<void> => {
      const lease = await pool.acquire(name);
      served.push(name);
      await Promise.resolve();
      lease.release();
    };
    await Promise.all(['a', 'b', 'c', 'd'].map(work));
    expect(served).toEqual(['a', 'b', 'c', 'd']);
  });

  it('replaces what broke, also for those who wait', async () => {
    const { pool, opened } = setUp(1);
    const lease = await pool.acquire('a');
    const waiting = pool.acquire('b');
    opened[0]!.usable = false;
    lease.release();
    expect(((await waiting).connection as Fake).number).toBe(1);
  });

  it('counts a connection that could not be opened as not there', async () => {
    let attempts = 0;
    const pool = new Pool({
      size: 1,
      waitTimeout: 50,
      label: 'x',
      open: async () => {
        attempts += 1;
        if (attempts === 1) throw new Error('refused');
        return { usable: true, close: async () => {} } as Connection;
      },
    });
    await expect(pool.acquire('a')).rejects.toThrow('refused');
    await pool.acquire('b');
    expect(attempts).toBe(2);
  });

  it('gives up after a while and says who holds them', async () => {
    const { pool } = setUp(1, 20);
    await pool.acquire('SELECT 1');
    await expect(pool.acquire('SELECT 2')).rejects.toThrow(
      /'SELECT 2' waited 0\.0 s for a connection of database 'x'\. Held by: 'SELECT 1'/,
    );
  });

  it('takes a connection back once', async () => {
    const { pool } = setUp(1);
    const lease = await pool.acquire('a');
    lease.release();
    lease.release();
    await pool.acquire('b');
    expect(pool.tryAcquire('c')).toBeNull();
  });

  it('closes when all are back, and refuses those who wait', async () => {
    const { pool, opened } = setUp(1);
    const lease = await pool.acquire('a');
    const waiting = pool.acquire('b');
    waiting.catch(() => {});
    const closing = pool.close();
    await expect(waiting).rejects.toThrow('was closed');
    expect(opened[0]!.usable).toBe(true);
    lease.release();
    await closing;
    expect(opened[0]!.usable).toBe(false);
    await expect(pool.acquire('c')).rejects.toThrow('closed');
  });
});

describe('closing a pool', () => {
  it('waits for what comes back in time', async () => {
    const { pool, opened } = setUp(2);
    const [first, second] = [await pool.acquire('a'), await pool.acquire('b')];
    first.release();
    setTimeout(() => second.release(), 5);
    expect(await pool.close(60_000)).toEqual([]);
    expect(opened.map(({ usable }) => usable)).toEqual([false, false]);
  });

  it('closes what does not, and tells who has it', async () => {
    const { pool, opened } = setUp(2);
    const first = await pool.acquire('a');
    (await pool.acquire('b')).release();
    expect(await pool.close(5)).toMatchObject([{ purpose: 'a', borrower: null }]);
    expect(opened.map(({ usable }) => usable)).toEqual([false, false]);
    expect(pool.status).toMatchObject({ open: 0, idle: 0, lent: [] });
    first.release();
    expect(pool.status).toMatchObject({ open: 0, idle: 0, lent: [] });
  });

  it('does not wait for a session that does not end', async () => {
    vi.useFakeTimers();
    const connection = { usable: true, close: () => new Promise<void>(() => {}) } as Connection;
    const pool = new Pool({ size: 1, waitTimeout: 50, label: 'x', open: async () => connection });
    await pool.acquire('a');
    const closing = pool.close(10);
    await vi.runAllTimersAsync();
    expect(await closing).toMatchObject([{ purpose: 'a' }]);
    vi.useRealTimers();
  });

  it('may be asked for twice', async () => {
    const { pool } = setUp(1);
    const lease = await pool.acquire('a');
    const closings = [pool.close(), pool.close()];
    lease.release();
    expect(await Promise.all(closings)).toEqual([[], []]);
  });
});

describe('limits of a pool', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const limits = { least: 0, idleTimeout: 0, maxLifetime: 0, detached: false };

  it('closes what was idle for too long', async () => {
    const { pool, opened } = setUp(3, 1000, { ...limits, idleTimeout: 1000 });
    const leases = await Promise.all([pool.acquire('a'), pool.acquire('b')]);
    for (const lease of leases) lease.release();
    await vi.advanceTimersByTimeAsync(900);
    expect(pool.status).toMatchObject({ open: 2, idle: 2 });
    await vi.advanceTimersByTimeAsync(1000);
    expect(pool.status).toMatchObject({ open: 0, idle: 0 });
    expect(opened.every(({ usable }) => !usable)).toBe(true);
    await pool.close();
  });

  it('does not lend what was idle for too long while timers stood still', async () => {
    const { pool, opened } = setUp(1, 1000, { ...limits, idleTimeout: 1000 });
    (await pool.acquire('a')).release();
    vi.setSystemTime(Date.now() + 5000);
    expect(pool.tryAcquire('b')).toBeNull();
    await pool.acquire('b');
    expect(opened).toHaveLength(2);
  });

  it('replaces what has lived long enough, when it is given back and not before', async () => {
    const { pool, opened } = setUp(1, 1000, { ...limits, maxLifetime: 1000 });
    const lease = await pool.acquire('a');
    await vi.advanceTimersByTimeAsync(3000);
    expect(opened[0]!.usable).toBe(true);
    const waiting = pool.acquire('b');
    lease.release();
    expect(((await waiting).connection as Fake).number).toBe(1);
    expect(opened[0]!.usable).toBe(false);
    expect(pool.status).toMatchObject({ open: 1, idle: 0 });
  });

  it('keeps some open, and opens them ahead and again', async () => {
    const { pool, opened } = setUp(5, 1000, { ...limits, least: 3, idleTimeout: 1000 });
    expect(opened).toHaveLength(0);
    (await pool.acquire('a')).release();
    await vi.advanceTimersByTimeAsync(0);
    expect(pool.status).toMatchObject({ open: 3, idle: 3 });
    await vi.advanceTimersByTimeAsync(5000);
    expect(opened).toHaveLength(3);
    opened[0]!.usable = false;
    await vi.advanceTimersByTimeAsync(2000);
    expect(pool.status).toMatchObject({ open: 3, idle: 3 });
    expect(opened).toHaveLength(4);
    await pool.close();
    expect(opened.every(({ usable }) => !usable)).toBe(true);
  });

  it('lets go of the process while connections are idle', async () => {
    const { pool, opened } = setUp(1, 1000, { ...limits, detached: true });
    const kept: boolean[] = [];
    const lease = await pool.acquire('a');
    opened[0]!.keepProcess = (keeps) => kept.push(keeps);
    lease.release();
    (await pool.acquire('b')).release();
    expect(kept).toEqual([false, true, false]);
  });

  it('closes everything idle when one was found broken', async () => {
    const { pool, opened } = setUp(3);
    const leases = await Promise.all([pool.acquire('a'), pool.acquire('b'), pool.acquire('c')]);
    leases[0]!.release();
    leases[1]!.release();
    pool.discardIdle();
    expect(pool.status).toMatchObject({ open: 1, idle: 0 });
    expect(opened.map(({ usable }) => usable)).toEqual([false, false, true]);
  });
});

describe('who holds the connections of a pool', () => {
  it('is told with where the code stands that borrowed', async () => {
    const { pool } = setUp(1, 20);
    async function transfer(): Promise<void> {
      const here = borrower(borrower);
      (await pool.acquire('atomic()')).borrower = here;
    }
    await transfer();
    expect(pool.status.lent).toMatchObject([
      { purpose: 'atomic()', borrower: expect.stringMatching(/transfer.*pool\.test/) },
    ]);
    const failure = await pool.acquire(`SELECT ${'x, '.repeat(100)}`).catch((error: Error) => error.message);
    expect(failure).toMatch(
      /'SELECT x.{100,130}…' waited \d\.\d s .* Held by: 'atomic\(\)' for \d\.\d s \(at transfer .*pool\.test/,
    );
  });

  it('counts those who wait', async () => {
    const { pool } = setUp(1);
    const lease = await pool.acquire('a');
    const waiting = pool.acquire('b');
    expect(pool.status).toMatchObject({
      size: 1,
      open: 1,
      idle: 0,
      waiting: 1,
      lent: [{ purpose: 'a', borrower: null }],
    });
    lease.release();
    (await waiting).release();
    expect(pool.status).toMatchObject({ open: 1, idle: 1, waiting: 0, lent: [] });
  });
});
