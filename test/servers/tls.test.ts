import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeDatabases, connection, defineConfig, type NuagesError } from 'nuages';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDriver } from '../../src/backends/postgres/driver.js';
import { parseSettings } from '../../src/backends/postgres/settings.js';
import { Authority, type Certificate, giveKey } from './certificates.js';
import { MariadbServer } from './mariadb-server.js';
import { PostgresServer } from './postgres-server.js';

let folder: string;
let authority: Authority;
let stranger: Authority;
let client: Certificate;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nuages-certificates-'));
  // the servers' users look into it
  await chmod(folder, 0o755);
  authority = await Authority.make(folder, 'authority');
  stranger = await Authority.make(folder, 'stranger');
  client = await authority.sign('postgres', null);
}, 60_000);
afterAll(async () => {
  await closeDatabases();
  await rm(folder, { recursive: true });
});

type Options = Readonly<Record<string, string>>;

/** One row of a statement on a database that is configured so; or the code of the error. */
async function ask(url: string, options: Options, sql: string): Promise<unknown> {
  const search = new URLSearchParams(Object.entries(options)).toString().replaceAll('+', '%20');
  const mark = url.includes('?') ? '&' : '?';
  defineConfig({ apps: {}, databases: { default: search === '' ? url : `${url}${mark}${search}` } });
  try {
    const { rows } = await connection().executeRaw(sql);
    return rows[0]?.map((value) => String(value));
  } catch (error) {
    expect(String((error as Error).message)).not.toContain('hidden');
    return `${(error as NuagesError).name}: ${(error as NuagesError).code}`;
  }
}

describe('PostgreSQL over TLS', () => {
  let server: PostgresServer;
  const ASK = 'SELECT ssl::int, coalesce(client_dn, $$none$$) FROM pg_stat_ssl WHERE pid = pg_backend_pid()';
  const at = (host: string, user = 'postgres'): string => `postgres://${user}:hidden@${host}:${server.port}/postgres`;

  beforeAll(async () => {
    const own = await authority.sign('server', 'DNS:localhost');
    await giveKey(own.key, 'postgres');
    server = await PostgresServer.start(
      ['ssl = on', `ssl_cert_file = '${own.cert}'`, `ssl_key_file = '${own.key}'`, `ssl_ca_file = '${authority.cert}'`],
      [
        'local all all trust',
        'hostssl all certified all cert map=known',
        'hostssl all all all trust',
        'hostnossl all plain all trust',
      ],
    );
    await server.sql('CREATE ROLE plain LOGIN; CREATE ROLE certified LOGIN');
    await server.identify('known postgres certified');
  }, 60_000);
  afterAll(() => server?.remove(), 30_000);

  it('is encrypted as the mode says', async () => {
    for (const sslmode of ['require', 'verify-ca', 'verify-full']) {
      const options = sslmode === 'require' ? { sslmode } : { sslmode, sslrootcert: authority.cert };
      expect(await ask(at('localhost'), options, ASK)).toEqual(['1', 'none']);
    }
    expect(await ask(at('localhost', 'plain'), { sslmode: 'disable' }, ASK)).toEqual(['0', 'none']);
    expect(await ask(at('localhost'), { sslmode: 'disable' }, ASK)).toBe('OperationalError: authentication-failed');
  });

  it('is refused when the server’s certificate is signed by somebody else', async () => {
    for (const sslmode of ['verify-ca', 'verify-full', 'require'])
      expect(await ask(at('localhost'), { sslmode, sslrootcert: stranger.cert }, ASK)).toBe(
        'OperationalError: untrusted-server',
      );
    // no signer was named: only those that everybody knows
    expect(await ask(at('localhost'), { sslmode: 'verify-full' }, ASK)).toBe('OperationalError: untrusted-server');
  });

  it('is refused when the certificate is for another name, where the mode says so', async () => {
    const sslrootcert = authority.cert;
    expect(await ask(at('127.0.0.1'), { sslmode: 'verify-ca', sslrootcert }, ASK)).toEqual(['1', 'none']);
    expect(await ask(at('127.0.0.1'), { sslmode: 'verify-full', sslrootcert }, ASK)).toBe(
      'OperationalError: untrusted-server',
    );
  });

  it('knows its client by a certificate', async () => {
    const own = { sslrootcert: authority.cert, sslcert: client.cert, sslkey: client.key };
    expect(await ask(at('localhost', 'certified'), own, ASK)).toEqual(['1', '/CN=postgres']);
    expect(await ask(at('localhost', 'certified'), { sslmode: 'require' }, ASK)).toBe(
      'OperationalError: authentication-failed',
    );
  });

  it('asks over TLS too that a statement be ended', async () => {
    const url = `${at('localhost')}?sslmode=verify-full&sslrootcert=${encodeURIComponent(authority.cert)}`;
    const driver = await createDriver(parseSettings({ url, options: {} }));
    const session = await driver.connect('read');
    const signal = AbortSignal.timeout(100);
    const begin = performance.now();
    await expect(session.run('SELECT pg_sleep(20)', [], { signal })).rejects.toThrow(/cancel/i);
    expect(performance.now() - begin).toBeLessThan(10_000);
    expect((await session.run('SELECT 1', [])).rows).toHaveLength(1);
    await session.close();
  });

  it('needs none over a unix socket', async () => {
    const url = `postgres://postgres@${encodeURIComponent(server.folder)}:${server.port}/postgres`;
    expect(await ask(url, {}, 'SELECT inet_client_addr() IS NULL')).toEqual(['true']);
  });

  it('a server without TLS is an error where encryption was asked for', async () => {
    const plain = await PostgresServer.start();
    try {
      const url = `postgres://postgres:hidden@localhost:${plain.port}/postgres`;
      expect(await ask(url, { sslmode: 'require' }, ASK)).toBe('OperationalError: no-tls');
    } finally {
      await plain.remove();
    }
  }, 30_000);
});

describe('MariaDB over TLS', () => {
  let server: MariadbServer;
  const ASK = "SELECT VARIABLE_VALUE <> '' FROM information_schema.SESSION_STATUS WHERE VARIABLE_NAME = 'Ssl_cipher'";
  const at = (host: string, user = 'root', password = ''): string =>
    `mysql://${user}${password}@${host}:${server.port}/mysql`;

  beforeAll(async () => {
    const own = await authority.sign('maria', 'DNS:localhost');
    await giveKey(own.key, 'mysql');
    server = await MariadbServer.prepare();
    await server.launch({ 'ssl-cert': own.cert, 'ssl-key': own.key, 'ssl-ca': authority.cert });
    for (const statement of [
      "CREATE USER safe@'%' IDENTIFIED BY 'hidden' REQUIRE SSL",
      "CREATE USER certified@'%' REQUIRE X509",
      "GRANT ALL ON *.* TO safe@'%'",
      "GRANT ALL ON *.* TO certified@'%'",
    ])
      await server.sql(statement);
  }, 60_000);
  afterAll(() => server?.remove(), 30_000);

  it('is encrypted as the mode says', async () => {
    for (const sslMode of ['require', 'verify-ca', 'verify-full']) {
      const options = sslMode === 'require' ? { sslMode } : { sslMode, 'ssl-ca': authority.cert };
      expect(await ask(at('localhost', 'safe', ':hidden'), options as never, ASK)).toEqual(['1']);
    }
    expect(await ask(at('127.0.0.1'), {}, ASK)).toEqual(['0']);
    expect(await ask(at('localhost', 'safe', ':hidden'), {}, ASK)).toBe('OperationalError: authentication-failed');
  });

  it('is refused when the server’s certificate is signed by somebody else, or for another name', async () => {
    const mode = { 'ssl-mode': 'VERIFY_CA' };
    expect(await ask(at('localhost'), { ...mode, 'ssl-ca': stranger.cert }, ASK)).toBe(
      'OperationalError: untrusted-server',
    );
    expect(await ask(at('127.0.0.1'), { ...mode, 'ssl-ca': authority.cert }, ASK)).toEqual(['1']);
    // mysql2 compares names, not addresses
    expect(await ask(at('127.0.0.1'), { sslMode: 'verify-full', 'ssl-ca': authority.cert }, ASK)).toBe(
      'ImproperlyConfigured: invalid-option',
    );
  });

  it('is refused when the certificate is for another name', async () => {
    const other = await authority.sign('other', 'DNS:db.example.com');
    await giveKey(other.key, 'mysql');
    const elsewhere = await MariadbServer.prepare();
    try {
      await elsewhere.launch({ 'ssl-cert': other.cert, 'ssl-key': other.key });
      const url = `mysql://root@localhost:${elsewhere.port}/mysql`;
      expect(await ask(url, { sslMode: 'verify-ca', 'ssl-ca': authority.cert }, ASK)).toEqual(['1']);
      expect(await ask(url, { sslMode: 'verify-full', 'ssl-ca': authority.cert }, ASK)).toBe(
        'OperationalError: untrusted-server',
      );
    } finally {
      await elsewhere.remove();
    }
  }, 60_000);

  it('knows its client by a certificate', async () => {
    const own = { 'ssl-ca': authority.cert, 'ssl-cert': client.cert, 'ssl-key': client.key };
    expect(await ask(at('localhost', 'certified'), own, ASK)).toEqual(['1']);
    expect(await ask(at('localhost', 'certified'), { sslMode: 'require' }, ASK)).toBe(
      'OperationalError: authentication-failed',
    );
  });

  it('needs none over a unix socket', async () => {
    expect(await ask(`mysql://root@/mysql?socketPath=${server.socket}`, {}, ASK)).toEqual(['0']);
    expect(await ask(`mysql://root@${encodeURIComponent(server.socket)}/mysql`, {}, ASK)).toEqual(['0']);
  });

  it('a session is strict, of all Unicode, and as isolated as it is told', async () => {
    const SESSION =
      'SELECT @@character_set_client, @@character_set_connection, @@character_set_results, @@tx_isolation, @@sql_mode';
    const [client_, connection_, results, isolation, mode] = (await ask(at('localhost'), {}, SESSION)) as string[];
    expect([client_, connection_, results]).toEqual(['utf8mb4', 'utf8mb4', 'utf8mb4']);
    expect(isolation).toBe('READ-COMMITTED');
    expect(mode).toContain('STRICT_TRANS_TABLES');
    const level = await ask(at('localhost'), { isolationLevel: 'serializable' }, 'SELECT @@tx_isolation');
    expect(level).toEqual(['SERIALIZABLE']);
  });
});
