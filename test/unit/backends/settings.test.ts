import { describe, expect, it } from 'vitest';
import { parseSettings as parseMysql } from '../../../src/backends/mysql/settings.js';
import { parsePGliteSettings } from '../../../src/backends/postgres/pglite-driver.js';
import { parseSettings as parsePostgres } from '../../../src/backends/postgres/settings.js';

const postgres = (url: string, options: Record<string, unknown> = {}) => parsePostgres({ url, options });
const mysql = (url: string, options: Record<string, unknown> = {}) => parseMysql({ url, options });

describe('the URL of a PostgreSQL server', () => {
  it('names user, password, host, port and database', () => {
    expect(postgres('postgres://ann:p%40ss%3A%2F%23@db.example.com:6543/library')).toMatchObject({
      user: 'ann',
      password: 'p@ss:/#',
      host: 'db.example.com',
      port: 6543,
      database: 'library',
      sslMode: 'disable',
    });
  });

  it('takes options, in the spelling of libpq too', () => {
    expect(
      postgres('postgres://ann@h/d?sslmode=verify-full&application_name=tests&connect_timeout=3&statementTimeout=500'),
    ).toMatchObject({
      sslMode: 'verify-full',
      applicationName: 'tests',
      connectTimeout: 3000,
      statementTimeout: 500,
    });
  });

  it('may name a unix socket where it names no host', () => {
    expect(postgres('postgres:///library?host=/var/run/postgresql').host).toBe('/var/run/postgresql');
    expect(() => postgres('postgres://db/library?host=/tmp')).toThrow(
      "The option 'host' is the directory of a unix socket",
    );
    expect(() => postgres('postgres://db/library?host=evil.example.com')).toThrow(
      "The option 'host' is the directory of a unix socket",
    );
  });

  it('refuses what it does not know, and what belongs into code', () => {
    expect(() => postgres('postgres://h/d?sslmod=require')).toThrow(
      "PostgreSQL has no option 'sslmod' here. Did you mean",
    );
    expect(() => postgres('postgres://h/d?password=x')).toThrow("PostgreSQL has no option 'password' here.");
    expect(() => postgres('postgres://h/d?ssl=true')).toThrow("PostgreSQL has no option 'ssl' here.");
    expect(() => postgres('postgres://h/d?__proto__=x')).toThrow("PostgreSQL has no option '__proto__' here.");
    expect(() => postgres('postgres://h/d?poolSize=1&poolSize=2')).toThrow('stands in the URL twice');
    expect(() => postgres('postgres://h/d', { poolSize: '1 OR 1' })).toThrow(
      "The option 'poolSize' must be a whole number",
    );
    expect(() => postgres('postgres://h/d?sslmode=maybe')).toThrow("The option 'sslMode' must be one of");
    expect(() => postgres('postgres://h/d#x')).toThrow('A # in a URL');
  });

  it('never repeats a secret', () => {
    for (const url of [
      'postgres://ann:secret@h:port/d',
      'postgres://ann:sec%ret@h/d',
      'postgres://ann:secret@h/a/b',
      'postgres://ann:secret@h/d?nope=1',
    ]) {
      let message = '';
      try {
        postgres(url);
      } catch (error) {
        message = `${(error as Error).message} ${String((error as Error).cause)}`;
      }
      expect(message).not.toBe('');
      expect(message).not.toContain('secret');
      expect(message).not.toContain('sec%ret');
    }
  });
});

describe('the URL of a MySQL server', () => {
  it('names user, password, host, port and database', () => {
    expect(mysql('mysql://root:a%3Fb@10.0.0.1:3307/library?poolSize=4')).toMatchObject({
      user: 'root',
      password: 'a?b',
      host: '10.0.0.1',
      port: 3307,
      database: 'library',
      poolSize: 4,
    });
    expect(mysql('mariadb:///library?socketPath=/run/mysqld/mysqld.sock').socketPath).toBe('/run/mysqld/mysqld.sock');
  });

  it('refuses what it does not know', () => {
    expect(() => mysql('mysql://h/d?multipleStatements=true')).toThrow(
      "MySQL has no option 'multipleStatements' here.",
    );
    expect(() => mysql('mysql://h/d?flags=LOCAL_FILES')).toThrow("MySQL has no option 'flags' here.");
    expect(() => mysql('mysql://h/d', { typeCast: true })).toThrow("MySQL has no option 'typeCast' here.");
    expect(() => mysql('mysql://h')).toThrow('names a database');
  });
});

describe('the URL of a PGlite database', () => {
  it('names a folder, or none', () => {
    expect(parsePGliteSettings({ url: 'pglite:', options: {} })).toEqual({ folder: null, extensions: [] });
    expect(parsePGliteSettings({ url: 'pglite::memory:', options: {} }).folder).toBeNull();
    expect(parsePGliteSettings({ url: 'pglite:data/app?extensions=hstore,pg_trgm', options: {} })).toEqual({
      folder: 'data/app',
      extensions: ['hstore', 'pg_trgm'],
    });
    expect(() => parsePGliteSettings({ url: 'pglite:?extensions=../evil', options: {} })).toThrow(
      "The option 'extensions' takes names of this list",
    );
    expect(() => parsePGliteSettings({ url: 'pglite:?nope=1', options: {} })).toThrow(
      "PGlite has no option 'nope' here.",
    );
  });
});
