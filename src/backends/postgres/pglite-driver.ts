import type { DatabaseSettings, Driver } from '../backend.js';
import { missingDriver } from '../load-driver.js';
import { decode, improper, readOptions } from '../options.js';
import { PostgresConnection } from './connection.js';
import { begin, checkSession, sessionSettings, settingsSql } from './driver.js';
import { wrapError } from './errors.js';
import { type PGlite, PGliteClient, type Serialize } from './pglite-client.js';

/** What a URL and its options say about an embedded PostgreSQL. */
export interface PGliteSettings {
  /** A folder; null for a database in memory. */
  readonly folder: string | null;
  /** Extensions that can be created in it, by the names under which PGlite brings them. */
  readonly extensions: readonly string[];
}

/** Extensions of the package @electric-sql/pglite, in its folder contrib/. */
const EXTENSIONS: readonly string[] = [
  'amcheck',
  'bloom',
  'btree_gin',
  'btree_gist',
  'citext',
  'cube',
  'earthdistance',
  'fuzzystrmatch',
  'hstore',
  'intarray',
  'isn',
  'lo',
  'ltree',
  'pg_trgm',
  'pgcrypto',
  'seg',
  'tablefunc',
  'unaccent',
  'uuid_ossp',
];
const NAMES = { label: 'PGlite', inUrl: ['extensions'], inCode: [], aliases: {} };
const STATEMENTS_KEPT = 200;

/** `pglite:` and `pglite::memory:` in memory, `pglite:folder` in a folder; `?extensions=hstore,pg_trgm`. */
export function parsePGliteSettings(settings: DatabaseSettings): PGliteSettings {
  const rest = settings.url.slice(settings.url.indexOf(':') + 1);
  const mark = rest.indexOf('?');
  const path = decode(mark < 0 ? rest : rest.slice(0, mark)).replace(/^\/\/(?=\/)/, '');
  if (path.includes('\0'))
    throw improper(
      'invalid-url',
      "A URL of PGlite names a folder: 'pglite:data', or 'pglite:' for a database in memory.",
    );
  const given = readOptions(settings, mark < 0 ? '' : rest.slice(mark + 1), NAMES);
  const extensions = typeof given.extensions === 'string' ? given.extensions.split(',') : (given.extensions ?? []);
  if (!Array.isArray(extensions) || !extensions.every((name) => EXTENSIONS.includes(name)))
    throw improper('invalid-option', `The option 'extensions' takes names of this list: ${EXTENSIONS.join(', ')}.`);
  return { folder: path === '' || path === ':memory:' ? null : path, extensions };
}

interface PGliteModule {
  readonly PGlite: new (options: Record<string, unknown>) => PGlite;
  readonly protocol: { readonly serialize: Serialize };
}

async function loadPGlite(): Promise<PGliteModule> {
  try {
    return (await import('@electric-sql/pglite')) as unknown as PGliteModule;
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw missingDriver('PGlite', '@electric-sql/pglite', error);
  }
}

async function loadExtensions(names: readonly string[]): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const name of names) {
    const path = `@electric-sql/pglite/contrib/${name}`;
    const module = (await import(/* @vite-ignore */ path)) as Record<string, unknown>;
    found[name] = module[name];
  }
  return found;
}

/** Opens the one session that there is. It cannot be interrupted: the server runs in this very thread. */
export async function createPGliteDriver(settings: PGliteSettings): Promise<Driver> {
  const { PGlite, protocol } = await loadPGlite();
  const extensions = await loadExtensions(settings.extensions);
  return {
    sharing: 'shared',
    poolSize: 1,
    async connect() {
      const database = new PGlite({ extensions, ...(settings.folder === null ? {} : { dataDir: settings.folder }) });
      await database.waitReady;
      const connection = new PostgresConnection(
        new PGliteClient(database, protocol.serialize),
        async () => {},
        STATEMENTS_KEPT,
      );
      checkSession((await connection.simple(settingsSql(sessionSettings({}))))[0]);
      return connection;
    },
    begin,
    wrapError,
    async close() {},
  };
}
