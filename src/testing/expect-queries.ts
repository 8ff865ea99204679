import { AssertionError } from 'node:assert';
import { captureQueries } from './capture-queries.js';

/**
 * Runs `run` and gives its result; throws AssertionError, with the statements, unless exactly `count` were sent.
 *
 * @example
 * const books = await expectQueries(1, () => Book.objects.selectRelated('publisher'))
 */
export async function expectQueries<T>(
  count: number,
  run: () => T | PromiseLike<T>,
  options: { readonly using?: string } = {},
): Promise<T> {
  const { result, queries } = await captureQueries(run, options);
  if (queries.length === count) return result;
  const list = queries.map(({ sql }, index) => `${index + 1}. ${sql}`).join('\n');
  throw new AssertionError({
    message: `${count} ${count === 1 ? 'query was' : 'queries were'} expected, ${queries.length} ${queries.length === 1 ? 'was' : 'were'} sent${list === '' ? '.' : `:\n${list}`}`,
    actual: queries.length,
    expected: count,
    operator: 'expectQueries',
  });
}
