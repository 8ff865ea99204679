import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { repositoryRoot } from './project.js';

/** A compiler under which the types are measured. */
export interface Compiler {
  readonly name: string;
  readonly path: string;
  readonly flags: readonly string[];
}

/** One checker thread for TypeScript 7: several would each instantiate what they share, and the count would vary. */
export const compilers: readonly Compiler[] = [
  { name: '5.9', path: 'node_modules/typescript/bin/tsc', flags: [] },
  { name: '7', path: 'node_modules/typescript-7/bin/tsc', flags: ['--checkers', '1'] },
];

/** What a compiler says of one program. */
export interface Measurement {
  readonly instantiations: number;
  /** Seconds. */
  readonly checkTime: number;
  readonly memoryMb: number;
}

/** Checks one program; throws with the compiler's messages when it has errors. */
export function measure(compiler: Compiler, config: string): Measurement {
  const run = spawnSync(
    process.execPath,
    [
      '--max-old-space-size=4096',
      join(repositoryRoot, compiler.path),
      '-p',
      config,
      '--extendedDiagnostics',
      ...compiler.flags,
    ],
    { encoding: 'utf8', maxBuffer: 1 << 28 },
  );
  if (run.status !== 0)
    throw new Error(
      `TypeScript ${compiler.name} reports errors in ${config}:\n${run.stdout.slice(0, 4000)}${run.stderr}`,
    );
  const figure = (name: string) => Number(new RegExp(`^${name}:\\s*([\\d.]+)`, 'm').exec(run.stdout)?.[1]);
  return {
    instantiations: figure('Instantiations'),
    checkTime: figure('Check time'),
    memoryMb: Math.round(figure('Memory used') / 1024),
  };
}
