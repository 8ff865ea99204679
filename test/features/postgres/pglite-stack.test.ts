import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atomic, closeDatabases, connection, defineConfig, IntegerField, RawSQL, sql } from 'nuages';
import { afterEach, describe, expect, it } from 'vitest';
import type { Any } from '../../support/library.js';
import { model } from './databases.js';

class Step extends model('stack.Step', { size: IntegerField() }) {}

/** Deeper than the stack of JavaScript, on which PGlite's server stands, and not too deep for its grammar. */
const deep = (): Any => {
  const depth = 4_000;
  const texts = Object.assign([`${'('.repeat(depth)}1${'+1)'.repeat(depth)}`], { raw: [''] });
  return (RawSQL as Any)(Object.freeze(texts));
};
const rows = async (): Promise<unknown> => await connection().execute(sql`SELECT size FROM stack_step ORDER BY size`);

describe('where the stack of JavaScript ends under PGlite', () => {
  let folder = '';
  const open = async (): Promise<void> => {
    folder = await mkdtemp(join(tmpdir(), 'nuages-'));
    defineConfig({ apps: { stack: { Step } } as Any, databases: { default: `pglite:${folder}` } });
    await connection().execute(sql`CREATE TABLE stack_step (id serial PRIMARY KEY, size integer NOT NULL)`);
    await Step.objects.create({ size: 1 });
  };
  afterEach(async () => {
    await closeDatabases();
    await rm(folder, { recursive: true, force: true });
  });

  it('the expression is too deep, and the statement after it runs', async () => {
    await open();
    for (let turn = 0; turn < 3; turn += 1) {
      await expect(Step.objects.annotate({ deep: deep() }).all()).rejects.toMatchObject({
        name: 'OperationalError',
        code: 'limit-exceeded',
        message: 'stack depth limit exceeded',
      });
      expect(await Step.objects.count()).toBe(1);
    }
    await expect(
      atomic(async () => {
        await Step.objects.create({ size: 2 });
        await Step.objects.annotate({ deep: deep() }).all();
      }),
    ).rejects.toMatchObject({ code: 'limit-exceeded' });
    expect(await rows()).toEqual([{ size: 1 }]);
  });

  it('a statement that ran into it has failed, and the next one has another session', async () => {
    await open();
    await connection().execute(
      sql`CREATE FUNCTION down(n int) RETURNS int LANGUAGE plpgsql AS 'BEGIN IF n = 0 THEN RETURN 0; END IF; RETURN down(n - 1) + 1; END'`,
    );
    expect(await connection().execute(sql`SELECT down(20) AS n`)).toEqual([{ n: 20 }]);
    await expect(connection().execute(sql`SELECT down(5000) AS n`)).rejects.toMatchObject({
      name: 'OperationalError',
      code: 'limit-exceeded',
    });
    expect(await rows()).toEqual([{ size: 1 }]);
    expect(await Step.objects.count()).toBe(1);
  });
});
