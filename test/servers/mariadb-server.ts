import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';
import { folderFor, freePort, runAs } from './programs.js';

const USER = 'mysql';
const SERVER = process.env.MARIADBD ?? '/usr/sbin/mariadbd';

/** One MariaDB server of the tests' own, in a temporary folder. */
export class MariadbServer {
  readonly port: number;
  readonly folder: string;
  readonly #remove: () => Promise<void>;
  #process: ChildProcess | null = null;

  private constructor(port: number, folder: string, remove: () => Promise<void>) {
    this.port = port;
    this.folder = folder;
    this.#remove = remove;
  }

  /** The files of an empty server; `launch` starts it. */
  static async prepare(): Promise<MariadbServer> {
    const { path, remove } = await folderFor(USER);
    const server = new MariadbServer(await freePort(), path, remove);
    const args = ['--no-defaults', `--datadir=${server.data}`, `--tmpdir=${path}`, '--skip-test-db'];
    await runAs(USER, 'mariadb-install-db', [...args, '--auth-root-authentication-method=normal']);
    return server;
  }

  get data(): string {
    return join(this.folder, 'data');
  }
  get socket(): string {
    return join(this.folder, 'socket');
  }

  url(database: string): string {
    return `mysql://root@127.0.0.1:${this.port}/${database}`;
  }

  /** Starts it and waits until it answers. */
  async launch(settings: Readonly<Record<string, string>> = {}, flags: readonly string[] = []): Promise<void> {
    const all = {
      user: USER,
      datadir: this.data,
      // A server that starts removes the temporary tables in its folder: those of all servers that share it.
      tmpdir: this.folder,
      port: String(this.port),
      socket: this.socket,
      'pid-file': join(this.folder, 'pid'),
      'bind-address': '127.0.0.1',
      'innodb-buffer-pool-size': '32M',
      'innodb-log-file-size': '16M',
      'performance-schema': 'OFF',
      ...settings,
    };
    const log = openSync(join(this.folder, 'log'), 'a');
    const args = ['--no-defaults', ...Object.entries(all).map(([name, value]) => `--${name}=${value}`), ...flags];
    this.#process = spawn(SERVER, args, { stdio: ['ignore', log, log] });
    await this.#answers('wsrep-on' in settings);
  }

  async #answers(inCluster: boolean): Promise<void> {
    for (let attempt = 0; attempt < 300; attempt += 1) {
      if (this.#process?.exitCode !== null) throw new Error(`mariadbd ended: see ${this.folder}/log`);
      try {
        const [[row]] = (await this.sql("SHOW STATUS LIKE 'wsrep_ready'")) as unknown as [[{ Value: string }?]];
        if (!inCluster || row?.Value === 'ON') return;
      } catch {
        // Not yet.
      }
      await setTimeout(100);
    }
    throw new Error(`mariadbd does not answer: see ${this.folder}/log`);
  }

  /** Runs SQL as root and gives its rows. */
  async sql(text: string): Promise<unknown[]> {
    const connection = await createConnection({ socketPath: this.socket, user: 'root' });
    try {
      return (await connection.query(text)) as unknown[];
    } finally {
      connection.destroy();
    }
  }

  /** Ends it at once, as a crash would. */
  async crash(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async remove(): Promise<void> {
    await this.#end('SIGKILL');
    await this.#remove();
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const running = this.#process;
    this.#process = null;
    if (running === null || running.exitCode !== null || running.signalCode !== null) return;
    const ended = once(running, 'exit');
    running.kill(signal);
    await ended;
  }
}
