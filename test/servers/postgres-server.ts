import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { folderFor, freePort, postgresPrograms, runAs } from './programs.js';

const USER = 'postgres';

/** A PostgreSQL server of the tests' own, in a temporary folder and on a free port. */
export class PostgresServer {
  readonly port: number;
  /** The folder of its files; its unix socket is there too. */
  readonly folder: string;
  readonly #data: string;
  readonly #remove: () => Promise<void>;

  private constructor(port: number, folder: string, remove: () => Promise<void>) {
    this.port = port;
    this.folder = folder;
    this.#data = join(folder, 'data');
    this.#remove = remove;
  }

  /** Starts an empty server. `settings` are lines of postgresql.conf, `access` those of pg_hba.conf. */
  static async start(settings: readonly string[] = [], access: readonly string[] = []): Promise<PostgresServer> {
    const server = await PostgresServer.#make();
    await server.#call('initdb', ['-D', server.#data, '-U', USER, '-A', 'trust', '-E', 'UTF8', '--no-sync']);
    await server.configure(['fsync = off', 'wal_level = replica', 'max_wal_senders = 8', ...settings]);
    if (access.length > 0) await writeFile(join(server.#data, 'pg_hba.conf'), `${access.join('\n')}\n`);
    await server.resume();
    return server;
  }

  /** Starts a streaming replica of a server. */
  static async replicaOf(primary: PostgresServer, settings: readonly string[] = []): Promise<PostgresServer> {
    const server = await PostgresServer.#make();
    const from = ['-h', '127.0.0.1', '-p', String(primary.port), '-U', USER];
    await server.#call('pg_basebackup', ['-D', server.#data, ...from, '-R', '-X', 'stream', '-c', 'fast', '--no-sync']);
    await server.configure(settings);
    await server.resume();
    return server;
  }

  static async #make(): Promise<PostgresServer> {
    const { path, remove } = await folderFor(USER);
    return new PostgresServer(await freePort(), path, remove);
  }

  url(database = 'postgres'): string {
    return `postgres://${USER}@127.0.0.1:${this.port}/${database}`;
  }

  /** Adds lines to postgresql.conf; they count from the next start on. */
  async configure(lines: readonly string[]): Promise<void> {
    await appendFile(join(this.#data, 'postgresql.conf'), `${lines.join('\n')}\n`);
  }

  /** Adds a line to pg_ident.conf, which counts at once. */
  async identify(line: string): Promise<void> {
    await appendFile(join(this.#data, 'pg_ident.conf'), `${line}\n`);
    await this.#call('pg_ctl', ['-D', this.#data, 'reload', '-s']);
  }

  /** Runs SQL by psql and gives what it wrote. */
  async sql(text: string, database = 'postgres'): Promise<string> {
    const place = ['-h', this.folder, '-p', String(this.port), '-U', USER, '-d', database];
    return this.#call('psql', [...place, '-qAtX', '-v', 'ON_ERROR_STOP=1', '-c', text]);
  }

  async resume(): Promise<void> {
    const options = `-p ${this.port} -c unix_socket_directories=${this.folder} -c listen_addresses=127.0.0.1`;
    const log = join(this.folder, 'log');
    await this.#call('pg_ctl', ['-D', this.#data, '-l', log, '-o', options, '-w', '-s', 'start']);
  }

  /** Ends it at once, as a crash would. */
  async pause(): Promise<void> {
    await this.#call('pg_ctl', ['-D', this.#data, '-m', 'immediate', '-w', '-s', 'stop']);
  }

  /** Ends it and removes its files. */
  async remove(): Promise<void> {
    await this.pause().catch(() => {});
    await this.#remove();
  }

  #call(program: string, args: readonly string[]): Promise<string> {
    return runAs(USER, join(postgresPrograms(), program), args);
  }
}
