import type { SqlAggregate, SqlFunction, SqlValue } from './sql-function.js';
import { strict } from './sql-function.js';

const finite = (value: number): SqlValue => (Number.isFinite(value) ? value : null);

/** Mathematics that SQLite lacks, or builds in only when it is compiled so. */
export const mathFunctions: readonly SqlFunction[] = [
  strict(
    'BITXOR',
    (left: bigint | number, right: bigint | number): SqlValue => BigInt.asIntN(64, whole(left) ^ whole(right)),
    { bigints: true },
  ),
  strict('COT', (angle: number) => finite(1 / Math.tan(angle))),
  // The texts of doubles, as JSON carries them without loss.
  strict('TO_DOUBLE', (text: unknown) => Number(text)),
  strict('SIGN', (value: unknown): SqlValue => {
    const number = Number(value);
    return Number.isNaN(number) ? null : BigInt(Math.sign(number));
  }),
  { name: 'RAND', arity: 0, deterministic: false, bigints: false, call: () => Math.random() },
];

const whole = (value: bigint | number): bigint => (typeof value === 'bigint' ? value : BigInt(Math.trunc(value)));

/** Numbers of a group; a window takes out what came first. */
const statistic = (name: string, result: (values: readonly number[]) => number | null): SqlAggregate<number[]> => ({
  name,
  arity: 1,
  bigints: false,
  start: () => [],
  add: (values, value: number | string | null) => {
    if (value !== null) values.push(Number(value));
    return values;
  },
  remove: (values, value: number | string | null) => {
    if (value !== null) values.shift();
    return values;
  },
  result,
});

/** Two passes: the sum of squares about the mean loses no digits to numbers that are large and close together. */
function squares(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  let sum = 0;
  let rest = 0;
  for (const value of values) {
    sum += (value - mean) ** 2;
    rest += value - mean;
  }
  return sum - rest ** 2 / values.length;
}

const variance = (values: readonly number[], less: 0 | 1): number | null =>
  values.length <= less ? null : Math.max(squares(values), 0) / (values.length - less);
const root = (value: number | null): number | null => (value === null ? null : Math.sqrt(value));

export const mathAggregates: readonly SqlAggregate[] = [
  statistic('STDDEV_POP', (values) => root(variance(values, 0))),
  statistic('STDDEV_SAMP', (values) => root(variance(values, 1))),
  statistic('VAR_POP', (values) => variance(values, 0)),
  statistic('VAR_SAMP', (values) => variance(values, 1)),
  {
    name: 'ANY_VALUE',
    arity: 1,
    bigints: true,
    start: (): SqlValue[] => [],
    add: (values: SqlValue[], value: SqlValue) => {
      if (value !== null) values.push(value);
      return values;
    },
    remove: (values: SqlValue[], value: SqlValue) => {
      if (value !== null) values.shift();
      return values;
    },
    result: (values: SqlValue[]) => values[0] ?? null,
  },
];
