import postgres from 'postgres';
import { INSERT, MANY, ONE, STREAM, type Tasks } from './tasks.js';

/** postgres.js with one connection, prepared statements and rows as arrays. */
export async function openPostgresJs(url: string): Promise<Tasks> {
  const sql = postgres(url, { max: 1, prepare: true, onnotice: () => {} });
  const keep = { prepare: true };
  await sql`SELECT 1`;
  return {
    one: async (key) => (await sql.unsafe(ONE, [key], keep).values())[0]!,
    many: async () => (await sql.unsafe(MANY, [1000], keep).values()).length,
    insert: async (name) => void (await sql.unsafe(INSERT, [name, 7], keep)),
    async transaction(names) {
      await sql.begin((inside) => names.map((name) => inside.unsafe(INSERT, [name, 7], keep)));
    },
    // Its cursors give rows as objects; `values()` does not apply to them.
    async stream() {
      let count = 0;
      await sql.unsafe(STREAM).cursor(2000, (rows) => {
        count += rows.length;
      });
      return count;
    },
    async cancel() {
      const query = sql`SELECT pg_sleep(5)`.execute();
      setTimeout(() => query.cancel(), 20);
      await query.catch(() => {});
    },
    close: () => sql.end(),
  };
}
