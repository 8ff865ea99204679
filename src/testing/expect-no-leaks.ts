import { AssertionError } from 'node:assert';
import { setImmediate } from 'node:timers/promises';
import { told } from '../backends/loan.js';
import { database, databaseAliases } from '../database/databases.js';

/**
 * Throws AssertionError when a connection of a configured database is still lent, and says for what and where the code stands
 * that holds it: a block or a stream that never ended, a query that nobody awaited. `using` looks at one database. Queries nothing.
 *
 * @example
 * afterEach(() => expectNoLeaks())
 */
export async function expectNoLeaks(options: { readonly using?: string } = {}): Promise<void> {
  // What was just awaited gives its connection back within this turn of the event loop.
  await setImmediate();
  const aliases = options.using === undefined ? databaseAliases() : [options.using];
  const leaks = aliases.flatMap((alias) =>
    (database(alias).pool?.lent ?? []).map((loan) => `'${alias}': ${told(loan)}`),
  );
  if (leaks.length === 0) return;
  throw new AssertionError({
    message: `${leaks.length} ${leaks.length === 1 ? 'connection is' : 'connections are'} still lent:\n${leaks.join('\n')}`,
    actual: leaks.length,
    expected: 0,
    operator: 'expectNoLeaks',
  });
}
