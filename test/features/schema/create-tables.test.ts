import { atomic, CharField, connection, createTables, defineConfig, dropTables, IntegerField, Model } from 'nuages';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeTestDatabase, openTestDatabase, testDatabaseKind } from '../../support/test-database.js';

class Alpha extends Model('schema.Alpha', { name: CharField({ maxLength: 9 }) }) {}
class Beta extends Model('schema.Beta', { count: IntegerField() }) {}

/** Whether changes of the schema belong to transactions. */
const isTransactional = testDatabaseKind() !== 'mysql';

const models = [Alpha, Beta] as unknown[];
const isThere = async (table: string): Promise<boolean> => {
  try {
    await connection().executeRaw(`SELECT 1 FROM ${table}`);
    return true;
  } catch {
    return false;
  }
};

beforeAll(async () => {
  const url = await openTestDatabase();
  defineConfig({ apps: { schema: { Alpha, Beta } }, databases: { default: url } } as never);
});
afterAll(closeTestDatabase);
beforeEach(() => connection().executeRaw('DROP TABLE IF EXISTS schema_alpha'));
beforeEach(() => connection().executeRaw('DROP TABLE IF EXISTS schema_beta'));

describe('createTables() that fails in the middle', () => {
  beforeEach(() => connection().executeRaw('CREATE TABLE schema_beta (other integer)'));

  it('leaves nothing behind, or says what stays', async () => {
    const error: Error & { completed?: string[] } = await createTables({ models }).then(
      () => expect.fail('schema_beta is there already'),
      (caught) => caught,
    );
    expect(error.name).toMatch(/^(Operational|Programming|Database)Error$/);
    expect(await isThere('schema_alpha')).toBe(!isTransactional);
    if (isTransactional) {
      expect(error).not.toHaveProperty('completed');
    } else {
      expect(error.message).toMatch(
        /\(CREATE TABLE `schema_beta` failed\. .* cannot undo .*; these stay: CREATE TABLE `schema_alpha`\.\)$/,
      );
      expect(error.completed).toHaveLength(1);
    }
  });
});

describe('a change of the schema inside atomic()', () => {
  it('is undone with it, or is refused before anything is sent', async () => {
    const attempt = atomic(async () => {
      await createTables({ models });
      throw new Error('no');
    });
    if (isTransactional) await expect(attempt).rejects.toThrow('no');
    else await expect(attempt).rejects.toThrow(/commits what was done before it whenever the schema is changed/);
    expect(await isThere('schema_alpha')).toBe(false);
  });

  it('is made outside of it everywhere', async () => {
    await createTables({ models });
    await Alpha.objects.create({ name: 'a' } as never);
    await dropTables({ models });
    expect(await isThere('schema_alpha')).toBe(false);
  });
});
