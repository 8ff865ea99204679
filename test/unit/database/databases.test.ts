import { afterEach, describe, expect, it } from 'vitest';
import { parseSettings } from '../../../src/backends/sqlite/settings.js';
import { closeDatabases, configureDatabases, database, databaseAliases } from '../../../src/database/databases.js';
import { configureRouters, mayMigrate, mayRelate, routeRead, routeWrite } from '../../../src/database/router.js';
import { ImproperlyConfigured, InterfaceError } from '../../../src/errors.js';
import { captureQueries } from '../../../src/testing/capture-queries.js';
import { expectQueries } from '../../../src/testing/expect-queries.js';
import { memoryDatabase } from '../../support/sqlite.js';

afterEach(async () => {
  configureRouters([]);
  await closeDatabases();
});

describe('configuration', () => {
  it('gives databases by alias', () => {
    configureDatabases({ default: 'sqlite::memory:', archive: { url: 'sqlite:archive.db', busyTimeout: 10 } });
    expect(databaseAliases()).toEqual(['default', 'archive']);
    expect(database().alias).toBe('default');
    expect(database('archive').alias).toBe('archive');
  });

  it.each(['archiv', '__proto__', 'constructor', ''])("refuses the unknown alias '%s'", (alias) => {
    configureDatabases({ default: 'sqlite::memory:', archive: 'sqlite::memory:' });
    expect(() => database(alias)).toThrow(ImproperlyConfigured);
    expect(() => database('archiv')).toThrow("Did you mean 'archive'?");
  });

  it('refuses URLs without a backend, also names from the prototype', () => {
    expect(() => configureDatabases({ default: 'oracle:x' })).toThrow("There is no backend for 'oracle:'");
    expect(() => configureDatabases({ default: 'constructor:x' })).toThrow(ImproperlyConfigured);
    expect(() => configureDatabases({ default: 'file.db' })).toThrow('needs a URL');
  });

  it('says what to do before the backend is loaded', () => {
    configureDatabases({ default: 'sqlite::memory:' });
    expect(() => database().dialect).toThrow(InterfaceError);
  });

  it('opens again after everything was closed', async () => {
    await memoryDatabase();
    await database().executeRaw('CREATE TABLE t (id integer)');
    await closeDatabases();
    expect(await database().tableNames()).toEqual([]);
  });
});

describe('settings of SQLite', () => {
  const parse = (url: string, options: Record<string, unknown> = {}) => parseSettings({ url, options });

  it('come from the URL and the options', () => {
    expect(parse('sqlite:data/my%20file.db?busyTimeout=100')).toMatchObject({
      file: 'data/my file.db',
      inMemory: false,
      busyTimeout: 100,
    });
    expect(parse('sqlite:///tmp/x.db').file).toBe('/tmp/x.db');
    expect(parse('sqlite::memory:', { waitTimeout: 5 }).inMemory).toBe(true);
  });

  it('refuse what they do not know', () => {
    expect(() => parse('sqlite:x.db?busytimeout=1')).toThrow("Did you mean 'busyTimeout'?");
    expect(() => parse('sqlite:x.db', { __proto__x: 1 })).toThrow(ImproperlyConfigured);
    expect(() => parse('sqlite:x.db', { busyTimeout: 'soon' })).toThrow('whole number');
    expect(() => parse('sqlite:x.db', { driver: 'sql.js' })).toThrow('must be one of: better-sqlite3, node:sqlite');
    expect(() => parse('sqlite:')).toThrow('names a file');
  });
});

describe('routers', () => {
  const book = { label: 'library.Book', appLabel: 'library', name: 'Book' };
  const order = { label: 'shop.Order', appLabel: 'shop', name: 'Order' };

  it('are asked in turn, then the instance, then default', () => {
    expect(routeRead(book)).toBe('default');
    expect(routeWrite(book, { instance: { _state: { db: 'archive' } } })).toBe('archive');
    configureRouters([
      { dbForRead: () => undefined },
      { dbForRead: ({ label }) => (label === 'library.Book' ? 'replica' : undefined), dbForWrite: () => 'main' },
    ]);
    expect(routeRead(book)).toBe('replica');
    expect(routeRead(order)).toBe('default');
    expect(routeWrite(book, { instance: { _state: { db: 'archive' } } })).toBe('main');
  });

  it('decide what may be related and migrated', () => {
    const [here, there] = [{ _state: { db: 'default' } }, { _state: { db: 'archive' } }];
    expect(mayRelate(here, here)).toBe(true);
    expect(mayRelate(here, there)).toBe(false);
    expect(mayMigrate('default', 'library')).toBe(true);
    configureRouters([{ allowRelation: () => true, allowMigrate: (alias) => alias === 'default' }]);
    expect(mayRelate(here, there)).toBe(true);
    expect(mayMigrate('archive', 'library')).toBe(false);
  });
});

describe('captured queries', () => {
  it('are those of the work and what it awaited, without transaction control', async () => {
    const db = await memoryDatabase();
    const { result, queries } = await captureQueries(() =>
      db.atomic(async () => {
        await db.execute`SELECT ${1} AS one`;
        return db.execute`SELECT 2 AS two`;
      }),
    );
    expect(result).toEqual([{ two: 2 }]);
    expect(queries.map(({ sql, params }) => [sql, params])).toEqual([
      ['SELECT ? AS one', [1n]],
      ['SELECT 2 AS two', []],
    ]);
    expect(queries[0]!.durationMs).toBeGreaterThanOrEqual(0);
  });

  it('leave out what others send meanwhile', async () => {
    const db = await memoryDatabase();
    const others = db.execute`SELECT 'other'`;
    const { queries } = await captureQueries(async () => {
      await others;
      await db.execute`SELECT 'mine'`;
    });
    expect(queries.map(({ sql }) => sql)).toEqual(["SELECT 'mine'"]);
  });

  it('are counted', async () => {
    const db = await memoryDatabase();
    expect(await expectQueries(1, () => db.execute`SELECT 1 AS x`)).toEqual([{ x: 1 }]);
    await expect(expectQueries(2, () => db.execute`SELECT 1 AS x`)).rejects.toThrow(
      '2 queries were expected, 1 was sent:\n1. SELECT 1 AS x',
    );
  });
});
