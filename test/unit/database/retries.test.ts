import { describe, expect, it, vi } from 'vitest';
import { waitBefore, withRetries } from '../../../src/database/retries.js';
import { IntegrityError, OperationalError, TransactionManagementError } from '../../../src/errors.js';

const conflict = (code = 'deadlock'): OperationalError => new OperationalError(code, 'A conflict.');

/** Fails with the errors, one after the other, then gives 'done'. */
const failing = (...errors: unknown[]) =>
  vi.fn(async () => {
    if (errors.length > 0) throw errors.shift();
    return 'done';
  });

describe('withRetries()', () => {
  it('tries again after deadlocks and serialization failures', async () => {
    const attempt = failing(conflict(), conflict('serialization-failure'));
    expect(await withRetries(attempt, 2)).toBe('done');
    expect(attempt).toHaveBeenCalledTimes(3);
  });

  it('gives the last error as it is, with the number of tries', async () => {
    const last = conflict();
    const attempt = failing(conflict(), last, conflict());
    await expect(withRetries(attempt, 1)).rejects.toBe(last);
    expect(attempt).toHaveBeenCalledTimes(2);
    expect(last).toMatchObject({ code: 'deadlock', tries: 2 });
    expect(last.message).toBe('A conflict. (atomic() gave up after 2 tries.)');
  });

  it('counts one try where none may follow', async () => {
    await expect(withRetries(failing(conflict()), 0)).rejects.toThrow('after 1 try.');
  });

  it('gives other errors at once, untouched', async () => {
    const error = new IntegrityError('integrity-unique', 'Taken.');
    const attempt = failing(conflict(), error);
    await expect(withRetries(attempt, 5)).rejects.toBe(error);
    expect(error.message).toBe('Taken.');
    expect(attempt).toHaveBeenCalledTimes(2);
  });

  it('takes other codes, or a function that tells', async () => {
    expect(await withRetries(failing(conflict('locked')), 1, ['locked'])).toBe('done');
    await expect(withRetries(failing(conflict('deadlock')), 1, ['locked'])).rejects.toThrow('A conflict.');
    const told = (error: unknown): boolean => error === 'busy';
    expect(await withRetries(failing('busy', 'busy'), 2, told)).toBe('done');
    await expect(withRetries(failing('busy'), 0, told)).rejects.toBe('busy');
  });

  it('sees the conflict behind the refusal of a block that went on after it', async () => {
    const refused = new TransactionManagementError('transaction-broken', 'Broken.', { cause: conflict() });
    expect(await withRetries(failing(refused), 1)).toBe('done');
    const other = new TransactionManagementError('transaction-broken', 'Broken.', { cause: new Error('else') });
    await expect(withRetries(failing(other), 1)).rejects.toBe(other);
  });

  it('waits at random, up to twice as long each time, and never longer than two seconds', () => {
    const longest = [1, 2, 3, 4, 10, 100].map((retry) => waitBefore(retry, () => 1));
    expect(longest).toEqual([20, 40, 80, 160, 2000, 2000]);
    expect(waitBefore(5, () => 0)).toBe(0);
  });
});
