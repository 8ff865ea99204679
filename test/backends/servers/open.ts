import { randomBytes } from 'node:crypto';
import type { Backend, Connection, Driver } from '../../../src/backends/backend.js';
import { mysql } from '../../../src/backends/mysql/index.js';
import { pglite, postgres } from '../../../src/backends/postgres/index.js';

/** A database to test on, with everything that says how it is spoken to. */
export interface Opened {
  readonly backend: Backend;
  readonly driver: Driver;
  readonly connection: Connection;
  /** A second session, or null where there is only one. */
  another(): Promise<Connection | null>;
  close(): Promise<void>;
}

/** A database by name, and whether it can be tested here. */
export interface Target {
  readonly name: string;
  readonly isThere: boolean;
  open(): Promise<Opened>;
}

async function openOn(backend: Backend, url: string, drop: () => Promise<void> = async () => {}): Promise<Opened> {
  const driver = await backend.createDriver({ url, options: {} });
  const connection = await driver.connect('write');
  const others: Connection[] = [];
  return {
    backend: driver.server === undefined ? backend : { ...backend, ...driver.server },
    driver,
    connection,
    async another() {
      if (driver.sharing === 'shared') return null;
      const other = await driver.connect('write');
      others.push(other);
      return other;
    },
    async close() {
      for (const one of [...others, connection]) await one.close();
      await driver.close();
      await drop();
    },
  };
}

/** A database of its own on a server, gone when it is closed. */
async function openFresh(
  backend: Backend,
  serverUrl: string,
  create: (name: string) => string,
  drop: (name: string) => string,
): Promise<Opened> {
  const name = `nuages_test_${randomBytes(6).toString('hex')}`;
  const run = async (sql: string): Promise<void> => {
    const driver = await backend.createDriver({ url: serverUrl, options: {} });
    const connection = await driver.connect('write');
    await connection.control(sql);
    await connection.close();
    await driver.close();
  };
  await run(create(name));
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return openOn(backend, url.href, () => run(drop(name)));
}

const { NUAGES_POSTGRES_URL, NUAGES_MYSQL_URL } = process.env;

/** PGlite is always there, servers where their URLs are given; then one that cannot be reached is a failure. */
export const targets: readonly Target[] = [
  { name: 'PGlite', isThere: true, open: () => openOn(pglite, 'pglite:') },
  {
    name: 'PostgreSQL',
    isThere: NUAGES_POSTGRES_URL !== undefined,
    open: () =>
      openFresh(
        postgres,
        NUAGES_POSTGRES_URL!,
        (name) => `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`,
        (name) => `DROP DATABASE ${name} WITH (FORCE)`,
      ),
  },
  {
    name: 'MySQL or MariaDB',
    isThere: NUAGES_MYSQL_URL !== undefined,
    open: () =>
      openFresh(
        mysql,
        NUAGES_MYSQL_URL!,
        (name) => `CREATE DATABASE ${name} CHARACTER SET utf8mb4`,
        (name) => `DROP DATABASE ${name}`,
      ),
  },
];
