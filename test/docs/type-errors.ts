import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What the compiler says about a line. */
export interface TypeProblem {
  /** Relative to the project. */
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

const compiler = fileURLToPath(new URL('../../node_modules/typescript-7/bin/tsc', import.meta.url));

/** Type-checks files of a folder as the examples are checked: they import the library by its name. */
export function typeErrors(project: string, files: readonly string[]): readonly TypeProblem[] {
  const config = { extends: '../../../examples/tsconfig.json', include: [], files };
  writeFileSync(`${project}tsconfig.json`, JSON.stringify(config));
  const { stdout, status } = spawnSync(process.execPath, [compiler, '-p', '.', '--pretty', 'false'], {
    cwd: project,
    encoding: 'utf8',
  });
  const problems = [...stdout.matchAll(/^(.+?)\((\d+),\d+\): (error .*(?:\n +.*)*)/gm)].map(
    ([, file, line, message]) => ({
      file: file!,
      line: Number(line),
      message: message!,
    }),
  );
  if (status !== 0 && problems.length === 0) throw new Error(stdout);
  return problems;
}
