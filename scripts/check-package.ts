/**
 * Packs the library as npm would publish it, installs the tarball into an empty project and uses it there:
 * an ES module and a TypeScript program run, and the latter type-checks under every supported compiler. Its size, its
 * dependencies and the time of an import stay within their budgets.
 *
 * `tsx scripts/check-package.ts` exits 1 when something fails and then leaves the project behind to look at.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const programs = join(root, 'test/package');
const project = mkdtempSync(join(tmpdir(), 'nuages-package-'));

const MOST_BYTES = 1_200_000;
const MOST_DEPENDENCIES = 6;
/** Of the processor, in the fastest of some imports. A busy machine takes a multiple of what a quiet one takes, which is allowed for. */
const MOST_MILLISECONDS = 100;

/** Runs a command, shows it, and throws with its output when it fails. Returns what it printed. */
function run(cwd: string, command: string, ...args: readonly string[]): string {
  console.log(`$ ${command.replace(process.execPath, 'node')} ${args.join(' ')}`);
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`exit ${status}\n${stdout}${stderr}`);
  return stdout;
}

/** Throws unless the two are the same text. */
function expectOutput(what: string, actual: string, wanted: string): void {
  if (actual.trim() !== wanted.trim()) throw new Error(`${what} printed\n${actual}\ninstead of\n${wanted}`);
}

/** The files that belong into the package: the compiled library and what npm always adds. */
function checkContents(paths: readonly string[]): void {
  const allowed = /^(dist\/.+\.(js|d\.ts|LICENSE)|package\.json|README\.md|LICENSE|CHANGELOG\.md)$/;
  const strays = paths.filter((path) => !allowed.test(path));
  if (strays.length > 0) throw new Error(`These files do not belong into the package: ${strays.join(', ')}.`);
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const promised = Object.values(exports as Record<string, string | Record<string, string>>)
    .flatMap((target) => (typeof target === 'string' ? [target] : Object.values(target)))
    .map((path) => path.replace(/^\.\//, ''));
  const missing = promised.filter((path) => !paths.includes(path));
  if (missing.length > 0) throw new Error(`package.json exports what is not packed: ${missing.join(', ')}.`);
}

/** Throws when the package has grown beyond what a small library may weigh. */
function checkBudgets(bytes: number): void {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const count = Object.keys(dependencies).length;
  console.log(`${bytes} bytes unpacked, ${count} dependencies`);
  if (bytes > MOST_BYTES) throw new Error(`The package unpacks to ${bytes} bytes; ${MOST_BYTES} are allowed.`);
  if (count > MOST_DEPENDENCIES)
    throw new Error(`The package has ${count} dependencies; ${MOST_DEPENDENCIES} are allowed.`);
}

/** Throws when an import of the installed package takes too long. */
function checkImport(): void {
  const timed =
    "const before = process.cpuUsage(); await import('nuages'); const { user, system } = process.cpuUsage(before); console.log((user + system) / 1000);";
  const spent = Array.from({ length: 7 }, () =>
    Number(run(project, process.execPath, '--input-type=module', '-e', timed)),
  );
  const least = Math.min(...spent);
  console.log(`import "nuages": ${least.toFixed(1)} ms, the fastest of ${spent.length}`);
  if (least > MOST_MILLISECONDS)
    throw new Error(`Importing takes ${least.toFixed(1)} ms; ${MOST_MILLISECONDS} are allowed.`);
}

function main(): void {
  run(root, 'npm', 'run', '--silent', 'build');
  const packed = run(root, 'npm', 'pack', '--ignore-scripts', '--json', '--pack-destination', project);
  const [tarball] = JSON.parse(packed) as readonly {
    filename: string;
    unpackedSize: number;
    files: readonly { path: string }[];
  }[];
  if (tarball === undefined) throw new Error('npm pack made no tarball.');
  checkContents(tarball.files.map((file) => file.path));
  checkBudgets(tarball.unpackedSize);

  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'guest', private: true, type: 'module' }));
  // The driver and Node's types are linked from here: a user installs them, but building them again proves nothing.
  const linked = ['better-sqlite3', '@types/node'].map((name) => join(root, 'node_modules', name));
  run(project, 'npm', 'install', '--no-audit', '--no-fund', `./${tarball.filename}`, ...linked);

  checkImport();

  cpSync(programs, project, { recursive: true });
  const wanted = readFileSync(join(programs, 'expected.txt'), 'utf8');
  expectOutput('The ES module', run(project, process.execPath, 'program.js'), wanted);
  for (const compiler of ['typescript', 'typescript-7']) {
    run(project, process.execPath, join(root, 'node_modules', compiler, 'bin/tsc'), '-p', '.');
    expectOutput(`The program built by ${compiler}`, run(project, process.execPath, 'out/typed.js'), wanted);
  }
}

try {
  main();
  rmSync(project, { recursive: true, force: true });
  console.log('check-package: the packed library installs, type-checks and runs.');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.error(`check-package: failed; the project is in ${project}.`);
  process.exitCode = 1;
}
