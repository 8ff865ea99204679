/**
 * Packs the library as npm would publish it, installs the tarball into an empty project and uses it there:
 * an ES module and a TypeScript program run, and the latter type-checks under every supported compiler.
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
  const allowed = /^(dist\/.+\.(js|d\.ts)|package\.json|README\.md|LICENSE|CHANGELOG\.md)$/;
  const strays = paths.filter((path) => !allowed.test(path));
  if (strays.length > 0) throw new Error(`These files do not belong into the package: ${strays.join(', ')}.`);
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const promised = Object.values(exports as Record<string, string | Record<string, string>>)
    .flatMap((target) => (typeof target === 'string' ? [target] : Object.values(target)))
    .map((path) => path.replace(/^\.\//, ''));
  const missing = promised.filter((path) => !paths.includes(path));
  if (missing.length > 0) throw new Error(`package.json exports what is not packed: ${missing.join(', ')}.`);
}

function main(): void {
  run(root, 'npm', 'run', '--silent', 'build');
  const packed = run(root, 'npm', 'pack', '--ignore-scripts', '--json', '--pack-destination', project);
  const [tarball] = JSON.parse(packed) as readonly { filename: string; files: readonly { path: string }[] }[];
  if (tarball === undefined) throw new Error('npm pack made no tarball.');
  checkContents(tarball.files.map((file) => file.path));

  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'guest', private: true, type: 'module' }));
  // The driver and Node's types are linked from here: a user installs them, but building them again proves nothing.
  const linked = ['better-sqlite3', '@types/node'].map((name) => join(root, 'node_modules', name));
  run(project, 'npm', 'install', '--no-audit', '--no-fund', `./${tarball.filename}`, ...linked);

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
