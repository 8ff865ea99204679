import { randomBytes } from 'node:crypto';
import { closeDatabases, connection, createTables, defineConfig, sql } from 'nuages';
import { afterAll, beforeAll } from 'vitest';

export { model } from '../../support/untyped.js';

type Apps = Parameters<typeof defineConfig>[0]['apps'];

/** A PostgreSQL to test on: the one in the process always, a server where `NUAGES_POSTGRES_URL` names one. */
export interface PostgresTarget {
  readonly name: string;
  /** Gives the tests of a block an empty database with the extensions and the tables of the apps. */
  setUp(apps: Apps, extensions?: readonly string[]): void;
}

/** Opens an empty database, which may take long; the function that comes back closes it for good. */
type Open = (apps: Apps, extensions: readonly string[]) => Promise<() => Promise<void>>;

const target = (name: string, open: Open): PostgresTarget => ({
  name,
  setUp(apps, extensions = []) {
    let close: () => Promise<void>;
    beforeAll(async () => {
      close = await open(apps, extensions);
    });
    afterAll(() => close());
  },
});

async function openWith(apps: Apps, url: string, extensions: readonly string[]): Promise<void> {
  defineConfig({ apps, databases: { default: url } });
  for (const name of extensions) await connection().execute(sql`CREATE EXTENSION ${sql.id(name)}`);
  await createTables({ models: Object.values(apps).flatMap((app) => Object.values(app as object)) });
}

const server = process.env.NUAGES_POSTGRES_URL;

const PGlite = target('PGlite', async (apps, extensions) => {
  await openWith(apps, `pglite:${extensions.length === 0 ? '' : `?extensions=${extensions.join(',')}`}`, extensions);
  return closeDatabases;
});

const PostgreSQL = target('PostgreSQL', async (apps, extensions) => {
  const name = `nuages_test_${randomBytes(6).toString('hex')}`;
  const onServer = async (statement: ReturnType<typeof sql>): Promise<void> => {
    defineConfig({ apps: {}, databases: { default: server! } });
    await connection().execute(statement);
    await closeDatabases();
  };
  await onServer(sql`CREATE DATABASE ${sql.id(name)} TEMPLATE template0 ENCODING 'UTF8'`);
  const url = new URL(server!);
  url.pathname = `/${name}`;
  await openWith(apps, url.href, extensions);
  return async () => {
    await closeDatabases();
    await onServer(sql`DROP DATABASE ${sql.id(name)} WITH (FORCE)`);
  };
});

export const targets: readonly PostgresTarget[] = server === undefined ? [PGlite] : [PGlite, PostgreSQL];
