import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Backend, Connection } from '../../src/backends/backend.js';
import { mysql } from '../../src/backends/mysql/index.js';
import { postgres } from '../../src/backends/postgres/index.js';

/** A kind of database to run a file of tests on, each time in a new database of its own. */
export interface Kind {
  readonly name: string;
  /** Whether it can be reached here: servers are, where their URLs are given; then one that does not answer is a failure. */
  readonly isThere: boolean;
  /** A server with sessions that know nothing of each other. */
  readonly isServer: boolean;
  create(): Promise<Fresh>;
}

export interface Fresh {
  readonly url: string;
  /** Runs a statement in a session of its own, outside of the database that is made. */
  readonly aside: (sql: string) => Promise<readonly (readonly unknown[])[]>;
  /** A session of one's own in the database, of which the library knows nothing. Only on servers. */
  readonly session: () => Promise<Connection>;
  drop(): Promise<void>;
}

const { NUAGES_POSTGRES_URL, NUAGES_MYSQL_URL } = process.env;

async function onServer(backend: Backend, serverUrl: string, options: [string, string]): Promise<Fresh> {
  const name = `nuages_txn_${randomBytes(6).toString('hex')}`;
  const aside = async (sql: string): Promise<readonly (readonly unknown[])[]> => {
    const driver = await backend.createDriver({ url: serverUrl, options: {} });
    const connection = await driver.connect('write');
    try {
      return (await connection.run(sql, [], { prepare: false })).rows;
    } finally {
      await connection.close();
      await driver.close();
    }
  };
  await aside(`CREATE DATABASE ${name} ${options[0]}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const session = async (): Promise<Connection> =>
    (await backend.createDriver({ url: url.href, options: {} })).connect('write');
  const drop = async () => void (await aside(`DROP DATABASE ${name} ${options[1]}`));
  return { url: url.href, aside, session, drop };
}

const nothing = (url: string, drop: () => void = () => {}): Fresh => ({
  url,
  aside: () => Promise.reject(new Error('There is no server.')),
  session: () => Promise.reject(new Error('There is no server.')),
  drop: async () => drop(),
});

function inFolder(): Fresh {
  const folder = mkdtempSync(join(tmpdir(), 'nuages-'));
  return nothing(`sqlite:${join(folder, 'test.db')}`, () => rmSync(folder, { recursive: true, force: true }));
}

export const kinds: readonly Kind[] = [
  { name: 'SQLite in memory', isThere: true, isServer: false, create: async () => nothing('sqlite::memory:') },
  { name: 'an SQLite file', isThere: true, isServer: false, create: async () => inFolder() },
  { name: 'PGlite', isThere: true, isServer: false, create: async () => nothing('pglite:') },
  {
    name: 'PostgreSQL',
    isThere: NUAGES_POSTGRES_URL !== undefined,
    isServer: true,
    create: () => onServer(postgres, NUAGES_POSTGRES_URL!, ["TEMPLATE template0 ENCODING 'UTF8'", 'WITH (FORCE)']),
  },
  {
    name: 'MySQL or MariaDB',
    isThere: NUAGES_MYSQL_URL !== undefined,
    isServer: true,
    create: () => onServer(mysql, NUAGES_MYSQL_URL!, ['CHARACTER SET utf8mb4', '']),
  },
];
