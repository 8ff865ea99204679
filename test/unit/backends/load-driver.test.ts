import { describe, expect, it } from 'vitest';
import { isMissingDriver, loadDriver } from '../../../src/backends/load-driver.js';

const missing = (code: string) => () => Promise.reject(Object.assign(new Error('not there'), { code }));

const NO_SUCH = 'nuages-no-such-driver';

describe('the package of a driver', () => {
  it('is required where it is installed, and not imported', async () => {
    const pg = await loadDriver<{ Client: unknown }>('PostgreSQL', 'pg', missing('ERR_MODULE_NOT_FOUND'));
    expect(pg.Client).toBeTypeOf('function');
  });

  it('is imported where require does not find it, as in a bundle', async () => {
    const driver = { connect: () => 1 };
    expect(await loadDriver('Test', NO_SUCH, async () => ({ default: driver }))).toBe(driver);
    expect(await loadDriver('Test', NO_SUCH, async () => driver)).toBe(driver);
  });

  it('is named with the command that installs it where it is missing, and the cause is kept', async () => {
    const error = await loadDriver('Test', NO_SUCH, missing('ERR_MODULE_NOT_FOUND')).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'missing-driver',
      message: `Test needs the package '${NO_SUCH}'. Install it: npm install ${NO_SUCH}`,
      cause: { message: 'not there' },
    });
    expect(isMissingDriver(error)).toBe(true);
  });

  it('tells what is wrong with it where it is installed and cannot be loaded', async () => {
    const error = await loadDriver('Test', NO_SUCH, missing('ERR_DLOPEN_FAILED')).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'ERR_DLOPEN_FAILED', message: 'not there' });
    expect(isMissingDriver(error)).toBe(false);
  });
});
