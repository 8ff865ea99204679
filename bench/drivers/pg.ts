import pg from 'pg';
import Cursor from 'pg-cursor';
import { INSERT, MANY, ONE, STREAM, type Tasks } from './tasks.js';

/** node-postgres as its manual says, with rows as arrays. */
export async function openPg(url: string): Promise<Tasks> {
  const client = new pg.Client(url);
  await client.connect();
  const prepared = (name: string, text: string) => (values: unknown[]) =>
    client.query({ name, text, values, rowMode: 'array' });
  const [one, many, insert] = [prepared('one', ONE), prepared('many', MANY), prepared('insert', INSERT)];
  return {
    one: async (key) => (await one([key])).rows[0] as unknown[],
    many: async () => (await many([1000])).rows.length,
    insert: async (name) => void (await insert([name, 7])),
    async transaction(names) {
      await Promise.all([client.query('BEGIN'), ...names.map((name) => insert([name, 7])), client.query('COMMIT')]);
    },
    async stream() {
      await client.query('BEGIN');
      const cursor = client.query(new Cursor(STREAM, [], { rowMode: 'array' }));
      let count = 0;
      for (;;) {
        const rows = await cursor.read(2000);
        if (rows.length === 0) break;
        count += rows.length;
      }
      await cursor.close();
      await client.query('COMMIT');
      return count;
    },
    // It has no cancellation of its own: a second session asks for it by SQL.
    async cancel() {
      const { processID } = client as unknown as { processID: number };
      const waiting = client.query('SELECT pg_sleep(5)').catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 20));
      const other = new pg.Client(url);
      await other.connect();
      await other.query('SELECT pg_cancel_backend($1)', [processID]);
      await other.end();
      await waiting;
    },
    close: () => client.end(),
  };
}
