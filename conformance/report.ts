import type { Failure } from './run-case.js';

/** What became of the cases of one group. */
export interface GroupResult {
  readonly group: string;
  passed: number;
  deliberate: number;
  /** Not recorded for this database. */
  skipped: number;
  readonly failures: Failure[];
  /** Cases that are said to differ on purpose and do not: the list is to be shortened. */
  readonly needless: string[];
}

export function emptyResult(group: string): GroupResult {
  return { group, passed: 0, deliberate: 0, skipped: 0, failures: [], needless: [] };
}

/** The sums over all groups; a needless entry of the deliberate list counts as a failure. */
export function totals(results: readonly GroupResult[]): { passed: number; failed: number } {
  const sum = (count: (result: GroupResult) => number): number =>
    results.reduce((total, result) => total + count(result), 0);
  return { passed: sum(({ passed }) => passed), failed: sum(failedIn) };
}

export const failedIn = (result: GroupResult): number => result.failures.length + result.needless.length;

/** The table of groups: `*` marks those that must pass completely. */
export function table(results: readonly GroupResult[], mustPass: ReadonlySet<string>): string {
  const header = ['group', 'passed', 'failed', 'deliberate', 'not here', ''];
  const rows = results.map((result) => [
    result.group,
    String(result.passed),
    String(failedIn(result)),
    String(result.deliberate),
    String(result.skipped),
    mustPass.has(result.group) ? (failedIn(result) === 0 ? '* complete' : '* MUST PASS') : '',
  ]);
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => row[column]!.length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        column === 0 || column === 5 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!),
      )
      .join('  ')
      .trimEnd();
  return [line(header), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
}

const LONGEST = 1200;

/** A failure for people: what was asked, what Django answers, what came instead. */
export function failureText(failure: Failure): string {
  const lines = [
    `${failure.id}  ${failure.problem}`,
    `  world     ${failure.world}${failure.step === '' ? '' : `, step ${failure.step}`}`,
    `  call      ${brief(failure.call)}`,
    `  expected  ${brief(failure.expected)}`,
    `  actual    ${brief(failure.actual)}`,
    ...failure.sql.slice(-3).map((sql) => `  sql       ${cut(sql)}`),
  ];
  if (failure.step === '' && failure.stack !== undefined) lines.push(`  ${cut(failure.stack)}`);
  return lines.join('\n');
}

function brief(value: unknown): string {
  return cut(JSON.stringify(value) ?? '');
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)} …` : text;
}
