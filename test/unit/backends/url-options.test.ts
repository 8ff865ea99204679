import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseSettings as parseMysql } from '../../../src/backends/mysql/settings.js';
import { parsePGliteSettings } from '../../../src/backends/postgres/pglite-driver.js';
import { parseSettings as parsePostgres } from '../../../src/backends/postgres/settings.js';
import { parseSettings as parseSqlite } from '../../../src/backends/sqlite/settings.js';
import { tlsOptions } from '../../../src/backends/tls.js';
import { ImproperlyConfigured } from '../../../src/errors.js';

type Parse = (settings: { url: string; options: Record<string, unknown> }) => unknown;
const postgres = (url: string, options: Record<string, unknown> = {}) => parsePostgres({ url, options });
const mysql = (url: string, options: Record<string, unknown> = {}) => parseMysql({ url, options });

/** Each backend with a URL that it takes. */
const BACKENDS: readonly (readonly [string, Parse, string])[] = [
  ['PostgreSQL', parsePostgres, 'postgres://ann:hidden@host/db'],
  ['MySQL', parseMysql, 'mysql://ann:hidden@host/db'],
  ['PGlite', parsePGliteSettings, 'pglite:folder'],
  ['SQLite', parseSqlite, 'sqlite:file.db'],
];

describe.each(BACKENDS)('a URL of %s', (label, parse, url) => {
  const refused = (search: string, message: string, options: Record<string, unknown> = {}): void => {
    let error: unknown;
    try {
      parse({ url: `${url}${search}`, options });
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(ImproperlyConfigured);
    const said = `${(error as Error).message} ${String((error as Error).cause ?? '')} ${JSON.stringify(error)}`;
    expect(said).toContain(message);
    expect(said).not.toMatch(/hidden|secret/);
  };

  it('is taken without options', () => {
    expect(() => parse({ url, options: {} })).not.toThrow();
    expect(() => parse({ url, options: { waitTimeout: 5 } })).not.toThrow();
  });

  it.each(['__proto__', 'constructor', 'toString', 'multipleStatements', 'flags', 'options', 'service', 'passfile'])(
    "has no option '%s'",
    (name) => {
      refused(`?${name}=secret`, `${label} has no option '${name}' here.`);
      refused('', `${label} has no option '${name}' here.`, Object.fromEntries([[name, 'secret']]));
      refused('', `${label} has no option '${name}' here.`, JSON.parse(`{"${name}":"secret"}`));
      expect(({} as Record<string, unknown>).secret).toBeUndefined();
    },
  );

  it('is read with a suggestion where an option is misspelled, also one that every database takes', () => {
    refused('?poolMn=2', "Did you mean 'poolMin'?");
    refused('', "Did you mean 'serverless'?", { severless: true });
  });

  it('is not overridden by its own options', () => {
    for (const name of ['hostname', 'port', 'user', 'password', 'database', 'dbname', 'url', 'ssl'])
      refused(`?${name}=secret`, `${label} has no option '${name}' here.`);
    refused('?host=evil.example.com', label === 'PostgreSQL' ? "The option 'host' is" : `has no option 'host' here.`);
  });

  it('shows no name that may be a secret', () => {
    refused('?secret%20word%40x=1', `${label} has no option of this name here.`);
    refused(`?${'s3cret'.repeat(20)}=1`, `${label} has no option of this name here.`);
  });

  it('is refused for a % that stands for nothing', () => {
    refused('?a=%zz', 'A % in a URL must be followed by two hexadecimal digits');
    refused('?%=1', 'A % in a URL must be followed by two hexadecimal digits');
  });
});

describe('options of servers', () => {
  const both = [
    ['PostgreSQL', postgres, 'postgres://ann:hidden@host/db'],
    ['MySQL', mysql, 'mysql://ann:hidden@host/db'],
  ] as const;

  it.each(both)('of %s are checked one by one', (_label, parse, url) => {
    const refused = (search: string, message: string): void => {
      expect(() => parse(`${url}?${search}`)).toThrow(message);
    };
    refused('poolsize=3', "Did you mean 'poolSize'?");
    refused('sslMod=require', "Did you mean 'sslMode'?");
    refused('poolSize=0', 'at least 1');
    for (const value of ['', '-1', '1.5', '1e3', '0x10', ' 5', '5 ', '9999999999', 'NaN', '٣'])
      refused(`connectTimeout=${encodeURIComponent(value)}`, "The option 'connectTimeout' must be a whole number");
    refused('poolSize=1&poolSize=1', "The option 'poolSize' stands in the URL twice.");
    refused('sslMode=prefer', 'must be one of: disable, require, verify-ca, verify-full');
    refused('isolationLevel=chaos', 'must be one of: read uncommitted, read committed, repeatable read, serializable');
    expect(parse(`${url}?isolationLevel=repeatable-read`).isolationLevel).toBe('repeatable read');
    expect(parse(url, { isolationLevel: 'serializable' }).isolationLevel).toBe('serializable');
  });

  it.each(both)('of %s are read as they are written, a plus sign included', (_label, parse, url) => {
    const { sslRootCert } = parse(`${url}?sslRootCert=/etc/a%2Bb+c%26d.pem`);
    expect(sslRootCert).toBe('/etc/a+b+c&d.pem');
  });

  it('are taken in the spelling of the database’s own programs', () => {
    expect(
      postgres('postgres://h/d?sslmode=verify-ca&sslrootcert=/ca.pem&sslcert=/c.pem&sslkey=/k.pem&connect_timeout=3'),
    ).toMatchObject({
      sslMode: 'verify-ca',
      sslRootCert: '/ca.pem',
      sslCert: '/c.pem',
      sslKey: '/k.pem',
      connectTimeout: 3000,
    });
    expect(mysql('mysql://h/d?ssl-mode=VERIFY_IDENTITY&ssl-ca=/ca.pem&ssl-cert=/c.pem&ssl-key=/k.pem')).toMatchObject({
      sslMode: 'verify-full',
      sslRootCert: '/ca.pem',
      sslCert: '/c.pem',
      sslKey: '/k.pem',
    });
    expect(() => postgres('postgres://h/d?sslmode=require&sslMode=disable')).toThrow('stands in the URL twice');
  });

  it('in code win over those of the URL', () => {
    expect(postgres('postgres://h/d?poolSize=3', { poolSize: 4 }).poolSize).toBe(4);
    expect(postgres('postgres://h/d?poolSize=3', { poolSize: undefined }).poolSize).toBe(3);
    expect(mysql('mysql://h/d', { password: 'p' }).password).toBe('p');
  });

  it('leave MySQL as isolated as PostgreSQL, and PostgreSQL as its server says', () => {
    expect(mysql('mysql://h/d').isolationLevel).toBe('read committed');
    expect(postgres('postgres://h/d').isolationLevel).toBeNull();
  });
});

describe('the place in a URL', () => {
  it('may be an address of IPv6, and a socket’s folder', () => {
    expect(postgres('postgres://ann@[::1]:6543/db')).toMatchObject({ host: '::1', port: 6543 });
    expect(mysql('mysql://ann@[fe80::1]/db')).toMatchObject({ host: 'fe80::1', port: 3306 });
    expect(postgres('postgres://ann@%2Fvar%2Frun%2Fpostgresql/db').host).toBe('/var/run/postgresql');
    expect(postgres('postgres:///db?host=/tmp').host).toBe('/tmp');
    expect(postgres('postgres://ann@/db?host=/tmp')).toMatchObject({ host: '/tmp', user: 'ann' });
    expect(mysql('mysql:///db?socket=/tmp/s').socketPath).toBe('/tmp/s');
    expect(mysql('mysql://ann:p%40q@/db?socketPath=/tmp/s')).toMatchObject({
      socketPath: '/tmp/s',
      user: 'ann',
      password: 'p@q',
    });
    expect(mysql('mysql://ann@%2Ftmp%2Fs/db')).toMatchObject({ socketPath: '/tmp/s', user: 'ann', database: 'db' });
    expect(() => mysql('mysql://10.0.0.1/db?ssl-mode=VERIFY_IDENTITY')).toThrow("let sslMode be 'verify-ca'");
    expect(() => mysql('mysql://h/db?socketPath=/tmp/s')).toThrow('in a URL that names no host');
    expect(() => mysql('mysql:///db?socketPath=tmp/s')).toThrow('is the path of a unix socket');
    expect(() => postgres('postgres:///db?host=/tmp&sslmode=require')).toThrow('A unix socket is not encrypted');
  });

  it('has its signs behind percent signs', () => {
    expect(postgres('postgres://a%40b:p%3Aq%2Fr%23s%3Ft%25@h/d%2Fe%20f')).toMatchObject({
      user: 'a@b',
      password: 'p:q/r#s?t%',
      host: 'h',
      database: 'd/e f',
    });
  });

  it.each([
    'postgres://ann:hidden@h:99999/d',
    'postgres://ann:hidden@h:0/d',
    'postgres://ann:hidden@h:12x/d',
    'postgres://ann:hidden@h1:1,h2:2/d',
    'postgres://ann:hid#den@h/d',
    'postgres://ann:hid den@h/d',
    'postgres://ann:hidden@ho\nst/d',
    ' postgres://ann:hidden@h/d',
    'postgres://ann:hidden@h/d\n',
    'postgres://ann:hid%00den@h/d',
    'postgres://ann:hidden@h/d%00',
    'postgres:ann:hidden@h/d',
    'postgres://ann:hidden@[::1/d',
    'postgres://ann:hidden@h/d/e',
  ])('is refused where it is none, without the password: %j', (url) => {
    let message = '';
    try {
      postgres(url);
    } catch (error) {
      expect(error).toBeInstanceOf(ImproperlyConfigured);
      message = `${(error as Error).stack} ${String((error as Error).cause ?? '')}`;
    }
    expect(message).not.toBe('');
    expect(message).not.toMatch(/hid|den@/);
  });
});

describe('certificates', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nuages-tls-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = (name: string, content: string): string => {
    writeFileSync(join(folder, name), content);
    return encodeURIComponent(join(folder, name));
  };

  it('ask for encryption, and a signer that is named is looked at', () => {
    expect(postgres('postgres://h/d?sslrootcert=/ca').sslMode).toBe('verify-full');
    expect(postgres('postgres://h/d?sslmode=require&sslrootcert=/ca').sslMode).toBe('verify-ca');
    expect(postgres('postgres://h/d', { ssl: { ca: 'x' } }).sslMode).toBe('verify-full');
    expect(() => postgres('postgres://h/d?sslmode=disable&sslrootcert=/ca')).toThrow('and yet there are certificates');
    expect(() => postgres('postgres://h/d?sslcert=/c')).toThrow('belong together');
    expect(() => mysql('mysql://h/d', { ssl: 'yes' })).toThrow("The option 'ssl' takes options of node:tls");
  });

  it('are read from their files', async () => {
    const ca = file('ca.pem', '-----BEGIN CERTIFICATE-----\n');
    const key = file('key.pem', '-----BEGIN PRIVATE KEY-----\n');
    const found = await tlsOptions(postgres(`postgres://h/d?sslrootcert=${ca}&sslcert=${ca}&sslkey=${key}`));
    expect(found).toEqual({
      options: {
        ca: '-----BEGIN CERTIFICATE-----\n',
        cert: '-----BEGIN CERTIFICATE-----\n',
        key: '-----BEGIN PRIVATE KEY-----\n',
        rejectUnauthorized: true,
      },
      verifyName: true,
    });
    expect(await tlsOptions(postgres('postgres://h/d'))).toBeNull();
    expect(await tlsOptions(mysql('mysql://h/d?sslMode=require'))).toEqual({
      options: { rejectUnauthorized: false },
      verifyName: false,
    });
    // nobody can turn a check off by the way
    const off = await tlsOptions(postgres('postgres://h/d?sslmode=verify-ca', { ssl: { rejectUnauthorized: false } }));
    expect(off!.options.rejectUnauthorized).toBe(true);
  });

  it('that cannot be read are named by their option, not by their path or content', async () => {
    const wrong = file('wrong.pem', 'hidden');
    await expect(tlsOptions(postgres('postgres://h/d?sslrootcert=/nowhere/hidden'))).rejects.toThrow(
      "The file of the option 'sslRootCert' cannot be read (ENOENT).",
    );
    await expect(tlsOptions(mysql(`mysql://h/d?ssl-ca=${wrong}`))).rejects.toThrow("it has no '-----BEGIN' line");
  });
});
