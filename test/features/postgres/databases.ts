import { randomBytes } from 'node:crypto';
import { closeDatabases, connection, createTables, defineConfig, Model, sql } from 'nuages';
import type { Any } from '../../support/library.js';

/** A model class without its type: those are tested in test/types. */
export const model = (label: string, ...rest: unknown[]): Any => (Model as Any)(label, ...rest);

type Apps = Parameters<typeof defineConfig>[0]['apps'];

/** A PostgreSQL to test on: the one in the process always, a server where `NUAGES_POSTGRES_URL` names one. */
export interface PostgresTarget {
  readonly name: string;
  /**
   * Opens an empty database with the extensions and the tables of the apps, which may take long; the function that comes back closes
   * it for good.
   */
  open(apps: Apps, extensions?: readonly string[]): Promise<() => Promise<void>>;
}

async function openWith(apps: Apps, url: string, extensions: readonly string[]): Promise<void> {
  defineConfig({ apps, databases: { default: url } });
  for (const name of extensions) await connection().execute(sql`CREATE EXTENSION ${sql.id(name)}`);
  await createTables({ models: Object.values(apps).flatMap((app) => Object.values(app as object)) });
}

const server = process.env.NUAGES_POSTGRES_URL;

const PGlite: PostgresTarget = {
  name: 'PGlite',
  async open(apps, extensions = []) {
    await openWith(apps, `pglite:${extensions.length === 0 ? '' : `?extensions=${extensions.join(',')}`}`, extensions);
    return closeDatabases;
  },
};

const PostgreSQL: PostgresTarget = {
  name: 'PostgreSQL',
  async open(apps, extensions = []) {
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
  },
};

export const targets: readonly PostgresTarget[] = server === undefined ? [PGlite] : [PGlite, PostgreSQL];
