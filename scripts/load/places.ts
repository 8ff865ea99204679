import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connection } from 'nuages';

/** Where the load goes: a new database of its own. */
export interface Place {
  readonly databases: Readonly<Record<string, string>>;
  create(): Promise<void>;
  /** Ends one session of the database, whichever; says whether there was one. Null where there are none to end. */
  readonly killOne: (() => Promise<boolean>) | null;
  drop(): Promise<void>;
}

const nothing = async (): Promise<void> => {};
const name = `nuages_load_${randomBytes(6).toString('hex')}`;

function on(serverUrl: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}
const admin = (sql: string) => connection('admin').executeRaw(sql);

function server(
  url: string,
  sql: { create: string; drop: string; sessions: string; kill: (id: number) => string },
): Place {
  return {
    databases: { default: on(url), admin: url },
    create: async () => void (await admin(sql.create)),
    async killOne() {
      const { rows } = await admin(sql.sessions);
      const [id] = rows[Math.floor(Math.random() * rows.length)] ?? [];
      if (id === undefined) return false;
      // It may be gone by now.
      await admin(sql.kill(Number(id))).catch(() => {});
      return true;
    },
    drop: async () => void (await admin(sql.drop)),
  };
}

const { NUAGES_POSTGRES_URL, NUAGES_MYSQL_URL } = process.env;

export const places: Readonly<Record<string, () => Place>> = {
  sqlite() {
    const folder = mkdtempSync(join(tmpdir(), 'nuages-load-'));
    const drop = async (): Promise<void> => rmSync(folder, { recursive: true, force: true });
    return { databases: { default: `sqlite:${join(folder, 'bank.db')}` }, create: nothing, killOne: null, drop };
  },
  pglite: () => ({ databases: { default: 'pglite:' }, create: nothing, killOne: null, drop: nothing }),
  postgres: () =>
    server(NUAGES_POSTGRES_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres', {
      create: `CREATE DATABASE ${name}`,
      drop: `DROP DATABASE ${name} WITH (FORCE)`,
      sessions: `SELECT pid FROM pg_stat_activity WHERE datname = '${name}'`,
      kill: (id) => `SELECT pg_terminate_backend(${id})`,
    }),
  mysql: () =>
    server(NUAGES_MYSQL_URL ?? 'mysql://root@127.0.0.1:3306/test', {
      create: `CREATE DATABASE ${name}`,
      drop: `DROP DATABASE ${name}`,
      sessions: `SELECT id FROM information_schema.processlist WHERE db = '${name}'`,
      kill: (id) => `KILL ${id}`,
    }),
};
