import { closeDatabases } from 'nuages';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { openBank, twoAccounts } from '../../support/accounts.js';
import type { Fresh, Kind } from '../../support/fresh.js';

/**
 * Gives the tests of a block a bank in a new database of the kind, with two accounts before each of them. `configure` says how the
 * database is configured, by its URL. What comes back can be used once the tests run.
 */
export function bankOn(kind: Kind, configure: (url: string) => unknown = (url) => url): Omit<Fresh, 'drop'> {
  let fresh: Fresh;
  beforeAll(async () => {
    fresh = await kind.create();
    await openBank({ default: configure(fresh.url) });
  });
  afterAll(async () => {
    await closeDatabases();
    await fresh.drop();
  });
  beforeEach(twoAccounts);
  return {
    get url() {
      return fresh.url;
    },
    aside: (sql) => fresh.aside(sql),
    session: () => fresh.session(),
  };
}
