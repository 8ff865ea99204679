import { describe, expect, it } from 'vitest';
import type { Connection } from '../../../src/backends/backend.js';
import { Pool } from '../../../src/backends/pool.js';

interface Fake extends Connection {
  usable: boolean;
  readonly number: number;
}

function setUp(size: number, waitTimeout = 1000): { pool: Pool; opened: Fake[] } {
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
  return { pool: new Pool({ size, waitTimeout, label: "database 'x'", open }), opened };
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
