import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeDatabases } from 'nuages';
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of an empty PGlite, to be copied. */
    emptyPGlite: string | undefined;
  }
}

const dropping: (() => void | Promise<void>)[] = [];

/** What tests run on, for what databases do in their own ways. */
export function testDatabaseKind(): 'sqlite' | 'postgresql' | 'mysql' {
  const given = process.env.TEST_DATABASE ?? 'sqlite:';
  if (/^(mysql|mariadb):/.test(given)) return 'mysql';
  return /^sqlite:/.test(given) ? 'sqlite' : 'postgresql';
}

/**
 * The URL of a fresh database for one file of tests. `TEST_DATABASE` says where: `pglite:` for a PGlite, the URL of a server for a
 * database of its own there. Without it, SQLite in memory.
 */
export async function openTestDatabase(): Promise<string> {
  const given = process.env.TEST_DATABASE ?? 'sqlite::memory:';
  if (given === 'pglite:') return copyPGlite();
  if (/^(postgres|postgresql|mysql|mariadb):/.test(given)) return createOnServer(given);
  return given;
}

/** Closes all databases and removes those that were made. */
export async function closeTestDatabase(): Promise<void> {
  await closeDatabases();
  for (const drop of dropping.splice(0)) await drop();
}

/** Making a cluster takes seconds, a copy of an empty one moments. */
function copyPGlite(): string {
  const template = inject('emptyPGlite');
  if (template === undefined) return 'pglite:';
  const folder = mkdtempSync(join(tmpdir(), 'nuages-pglite-'));
  dropping.push(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(template, folder, { recursive: true });
  return `pglite:${folder}`;
}

async function createOnServer(given: string): Promise<string> {
  const name = `nuages_test_${randomBytes(6).toString('hex')}`;
  const server = await connect(new URL(given));
  await server.create(name);
  dropping.push(async () => {
    const again = await connect(new URL(given));
    await again.drop(name);
    await again.end();
  });
  await server.end();
  const url = new URL(given);
  url.pathname = `/${name}`;
  return url.href;
}

interface Server {
  create(name: string): Promise<unknown>;
  drop(name: string): Promise<unknown>;
  end(): Promise<void>;
}

/** Texts are compared and ordered by their code points, as everywhere else. */
async function connect(url: URL): Promise<Server> {
  if (/^(mysql|mariadb):$/.test(url.protocol)) {
    const { createConnection } = await import('mysql2/promise');
    const connection = await createConnection(url.href.replace(/^mariadb/, 'mysql'));
    return {
      create: (name) => connection.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`),
      drop: (name) => connection.query(`DROP DATABASE ${name}`),
      end: () => connection.end(),
    };
  }
  const { Client } = await import('pg');
  const client = new Client({ connectionString: url.href });
  await client.connect();
  return {
    create: (name) =>
      client.query(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'`),
    drop: (name) => client.query(`DROP DATABASE ${name} WITH (FORCE)`),
    end: () => client.end(),
  };
}
