import { execFile } from 'node:child_process';
import { chmod, chown, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const openssl = (args: readonly string[]): Promise<unknown> => run('openssl', [...args]);

/** A certificate and its key, as paths of files. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** Who signs certificates, in a folder. */
export class Authority implements Certificate {
  readonly cert: string;
  readonly key: string;
  readonly #folder: string;

  private constructor(folder: string, name: string) {
    this.#folder = folder;
    this.cert = join(folder, `${name}.crt`);
    this.key = join(folder, `${name}.key`);
  }

  static async make(folder: string, name: string): Promise<Authority> {
    const made = new Authority(folder, name);
    const subject = ['-subj', `/CN=${name}`, '-days', '2', '-addext', 'basicConstraints=critical,CA:TRUE'];
    await openssl(['req', '-x509', ...NEW_KEY, '-keyout', made.key, '-out', made.cert, ...subject]);
    return made;
  }

  /** A certificate for a name; `hosts` are what a server may be called, such as `DNS:localhost`. */
  async sign(name: string, hosts: string | null): Promise<Certificate> {
    const [cert, key, request, extensions] = ['crt', 'key', 'csr', 'ext'].map((end) =>
      join(this.#folder, `${name}-by-${this.cert.split('/').at(-1)}.${end}`),
    ) as [string, string, string, string];
    await openssl(['req', ...NEW_KEY, '-keyout', key, '-out', request, '-subj', `/CN=${name}`]);
    await writeFile(extensions, hosts === null ? 'basicConstraints=CA:FALSE\n' : `subjectAltName=${hosts}\n`);
    const signer = ['-CA', this.cert, '-CAkey', this.key, '-CAcreateserial', '-days', '2'];
    await openssl(['x509', '-req', '-in', request, '-out', cert, '-extfile', extensions, ...signer]);
    return { cert, key };
  }
}

const NEW_KEY = ['-newkey', 'rsa:2048', '-nodes'];

/** Gives a key to the user that a server runs as, which refuses keys that others may read. */
export async function giveKey(path: string, user: string): Promise<void> {
  await chmod(path, 0o600);
  if (process.getuid?.() !== 0) return;
  const ids = await Promise.all(['-u', '-g'].map((which) => run('id', [which, user])));
  await chown(path, Number(ids[0]!.stdout), Number(ids[1]!.stdout));
}
