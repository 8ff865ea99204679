import { describe, expect, it } from 'vitest';
import { loadDriver } from '../../../src/backends/load-driver.js';

const missing = (code: string) => () => Promise.reject(Object.assign(new Error('not there'), { code }));

describe('the package of a driver', () => {
  it('is required where it is installed, and not imported', async () => {
    const pg = await loadDriver<{ Client: unknown }>('pg', missing('ERR_MODULE_NOT_FOUND'));
    expect(pg?.Client).toBeTypeOf('function');
  });

  it('is imported where require does not find it, as in a bundle', async () => {
    const driver = { connect: () => 1 };
    expect(await loadDriver('nuages-no-such-driver', async () => ({ default: driver }))).toBe(driver);
    expect(await loadDriver('nuages-no-such-driver', async () => driver)).toBe(driver);
  });

  it('is null where it is not installed', async () => {
    expect(await loadDriver('nuages-no-such-driver', missing('ERR_MODULE_NOT_FOUND'))).toBeNull();
  });

  it('tells what is wrong with it where it is installed and cannot be loaded', async () => {
    await expect(loadDriver('nuages-no-such-driver', missing('ERR_DLOPEN_FAILED'))).rejects.toThrow('not there');
  });
});
