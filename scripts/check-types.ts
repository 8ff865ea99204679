/**
 * Type-checks the library, its tests and its examples under every supported compiler.
 *
 * `npm run types [-- 5.9 | 7] [-- src | test | test/types | examples | conformance]` narrows the run. Exits 1 when a program fails.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

const compilers = [
  { name: '5.9', bin: 'node_modules/typescript/bin/tsc' },
  { name: '7', bin: 'node_modules/typescript-7/bin/tsc' },
];

const programs = [
  { name: 'src', config: 'tsconfig.json' },
  { name: 'test', config: 'test/tsconfig.json' },
  { name: 'test/types', config: 'test/types/tsconfig.json' },
  { name: 'examples', config: 'examples/tsconfig.json' },
  { name: 'conformance', config: 'conformance/tsconfig.json' },
];

const wanted = process.argv.slice(2);
const pick = <T extends { readonly name: string }>(all: readonly T[]): readonly T[] => {
  const named = all.filter((one) => wanted.includes(one.name));
  return named.length > 0 ? named : all;
};

const known = [...compilers, ...programs].map((one) => one.name);
const unknown = wanted.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`check-types: unknown ${unknown.join(', ')}. Choices are: ${known.join(', ')}.`);
  process.exit(2);
}

let failed = 0;
for (const compiler of pick(compilers)) {
  for (const program of pick(programs)) {
    if (!existsSync(`${root}/${program.config}`)) continue;
    const started = performance.now();
    const run = spawnSync(process.execPath, [compiler.bin, '-p', program.config, '--noEmit', '--pretty', 'false'], {
      cwd: root,
      encoding: 'utf8',
    });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const ok = run.status === 0;
    if (!ok) failed += 1;
    console.log(
      `TypeScript ${compiler.name.padEnd(4)} ${program.name.padEnd(11)} ${ok ? 'ok' : 'FAILED'}  ${seconds} s`,
    );
    if (!ok) console.log(`${run.stdout}${run.stderr}`.trimEnd());
  }
}
process.exit(failed > 0 ? 1 : 0);
