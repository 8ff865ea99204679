import { afterEach, describe, expect, it } from 'vitest';
import { closeDatabases } from '../../../src/database/databases.js';
import { atomic } from '../../../src/database/transaction.js';
import { expectNoLeaks } from '../../../src/testing/expect-no-leaks.js';
import { memoryDatabase } from '../../support/sqlite.js';

afterEach(closeDatabases);

describe('expectNoLeaks()', () => {
  it('is content when everything is back', async () => {
    const database = await memoryDatabase();
    await expectNoLeaks();
    await atomic(() => database.executeRaw('SELECT 1'));
    await expectNoLeaks();
  });

  it('says who holds a connection, and where that code stands', async () => {
    await memoryDatabase();
    let finish = (): void => {};
    function forgetsToEnd(): Promise<void> {
      return atomic(() => new Promise<void>((resolve) => (finish = resolve)));
    }
    const running = forgetsToEnd();
    await expect(expectNoLeaks()).rejects.toThrow(
      /^1 connection is still lent:\n'default': 'atomic\(\)' for \d\.\d s \(at forgetsToEnd .*expect-no-leaks\.test.*\)$/,
    );
    finish();
    await running;
    await expectNoLeaks();
  });
});
