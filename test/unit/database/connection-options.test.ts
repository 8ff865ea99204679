import { describe, expect, it } from 'vitest';
import { takeConnectionOptions } from '../../../src/database/connection-options.js';
import { ImproperlyConfigured } from '../../../src/errors.js';

const take = (url: string, options: Record<string, unknown> = {}) => takeConnectionOptions({ url, options });

describe('options of connections', () => {
  it('have values of their own where nothing is said', () => {
    expect(take('postgres://host/name').options).toEqual({
      waitTimeout: 30_000,
      closeTimeout: 30_000,
      limits: { least: 0, idleTimeout: 300_000, maxLifetime: 3_600_000, detached: false },
      poolSize: null,
    });
  });

  it('stand in the URL or in code, which has the last word; the rest is left to the backend as it was', () => {
    const taken = take('postgres://u:p%40@host/name?waitTimeout=50&sslMode=require&poolMin=2&idleTimeout=0', {
      waitTimeout: 70,
      maxLifetime: 900,
      searchPath: 'a',
    });
    expect(taken.options.waitTimeout).toBe(70);
    expect(taken.options.limits).toEqual({ least: 2, idleTimeout: 0, maxLifetime: 900, detached: false });
    expect(taken.settings).toEqual({
      url: 'postgres://u:p%40@host/name?sslMode=require',
      options: { searchPath: 'a' },
    });
    expect(take('sqlite:my%20file.db?waitTimeout=5').settings.url).toBe('sqlite:my%20file.db');
  });

  it('make a pool of one where nothing stays between two requests', () => {
    expect(take('mysql://host/name?serverless=true').options).toMatchObject({
      poolSize: 1,
      limits: { idleTimeout: 5000, detached: true },
    });
    expect(take('mysql://host/name?poolSize=3', { serverless: true }).options.poolSize).toBeNull();
    expect(take('mysql://host/name', { serverless: true, poolSize: 3, idleTimeout: 100 }).options).toMatchObject({
      poolSize: null,
      limits: { idleTimeout: 100 },
    });
  });

  it('are refused where they are no numbers of milliseconds, or said twice', () => {
    for (const url of [
      'x:?waitTimeout=soon',
      'x:?waitTimeout=0',
      'x:?idleTimeout=-1',
      'x:?poolMin=many',
      'x:?serverless=1',
    ])
      expect(() => take(url)).toThrow(ImproperlyConfigured);
    expect(() => take('x:?poolMin=1&poolMin=2')).toThrow('twice');
    expect(() => take('x:', { idleTimeout: Number.NaN })).toThrow('number of milliseconds');
  });
});
