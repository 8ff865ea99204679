import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Servers refuse to run as root: then they run as the user that their package made. */
const isRoot = process.getuid?.() === 0;

/** Runs a program as `user` where the tests run as root, and gives what it wrote. Its error says what the program said. */
export async function runAs(user: string, program: string, args: readonly string[]): Promise<string> {
  const [command, all] = isRoot ? ['runuser', ['-u', user, '--', program, ...args]] : [program, [...args]];
  try {
    return (await run(command, all, { cwd: tmpdir(), maxBuffer: 1 << 24 })).stdout;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${program} ${args.join(' ')} failed.\n${stdout}${stderr}`, { cause: error });
  }
}

/** A folder of its own for a server's files, which `user` may write; removed by `remove`. */
export async function folderFor(user: string): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'nuages-server-'));
  await chmod(path, 0o755);
  if (isRoot) await run('chown', [user, path]);
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }) };
}

/** A port on which nothing listens. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

/** The folder with PostgreSQL's programs: `PG_BIN`, else the newest that the system has. */
export function postgresPrograms(): string {
  if (process.env.PG_BIN !== undefined) return process.env.PG_BIN;
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  const found = versions.map((version) => join(root, version, 'bin')).find((bin) => existsSync(join(bin, 'initdb')));
  if (found === undefined) throw new Error('PostgreSQL is not installed: set PG_BIN to the folder with its programs.');
  return found;
}
