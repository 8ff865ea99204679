import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../../src/backends/backend.js';
import { type Opened, targets } from './open.js';

/** Rows of numbers, whatever form the driver gives them. */
const numbers = (rows: readonly (readonly unknown[])[]): number[][] => rows.map((row) => row.map(Number));

for (const target of targets) {
  describe.skipIf(!target.isThere)(`a session of ${target.name}`, () => {
    let opened: Opened;
    let connection: Connection;
    /** `$1` or `?`. */
    let mark: (index: number) => string;
    const isPostgres = target.name !== 'MySQL or MariaDB';

    beforeAll(async () => {
      opened = await target.open();
      ({ connection } = opened);
      mark = (index) => opened.backend.dialect.placeholder(index);
      await connection.control(
        `CREATE TABLE item (id integer PRIMARY KEY, name varchar(20) NOT NULL${isPostgres ? '' : ' COLLATE utf8mb4_bin'} UNIQUE, n integer CHECK (n >= 0))`,
      );
      await connection.control(
        'CREATE TABLE part (id integer PRIMARY KEY, item_id integer, CONSTRAINT part_item FOREIGN KEY (item_id) REFERENCES item (id))',
      );
      for (let id = 1; id <= 10; id++)
        await connection.run(`INSERT INTO item VALUES (${mark(1)}, ${mark(2)}, ${mark(3)})`, [
          BigInt(id),
          `name ${id}`,
          BigInt(id * 10),
        ]);
    }, 60_000);
    afterAll(async () => {
      await opened?.close();
    }, 60_000);

    it('gives rows as arrays, and the names of columns when asked', async () => {
      const { rows, columnNames } = await connection.run(`SELECT id, name FROM item WHERE id = ${mark(1)}`, [3n], {
        columnNames: true,
      });
      expect(rows).toEqual([[3, 'name 3']]);
      expect(columnNames).toEqual(['id', 'name']);
    });

    it('keeps statements prepared and takes other values', async () => {
      const sql = `SELECT id + 1 FROM item WHERE id = ${mark(1)}`;
      for (const id of [1, 2, 3])
        expect(numbers((await connection.run(sql, [BigInt(id)], { prepare: true })).rows)).toEqual([[id + 1]]);
    });

    it('goes on after a prepared statement whose table has changed', async () => {
      await connection.control('CREATE TABLE changing (a integer)');
      await connection.run('SELECT * FROM changing', [], { prepare: true });
      await connection.control('ALTER TABLE changing ADD COLUMN b integer');
      await connection.run('INSERT INTO changing VALUES (1, 2)', []);
      expect(numbers((await connection.run('SELECT * FROM changing', [], { prepare: true })).rows)).toEqual([[1, 2]]);
    });

    it('counts the rows that an update matched', async () => {
      expect((await connection.run(`UPDATE item SET n = n WHERE id <= ${mark(1)}`, [4n])).affected).toBe(4);
    });

    it('streams in chunks', async () => {
      const sizes: number[] = [];
      for await (const rows of connection.stream('SELECT id FROM item ORDER BY id', [], 4)) sizes.push(rows.length);
      expect(sizes).toEqual([4, 4, 2]);
    });

    it('may be left in the middle of a stream', async () => {
      for await (const rows of connection.stream('SELECT id FROM item ORDER BY id', [], 2)) {
        expect(rows).toHaveLength(2);
        break;
      }
      expect(numbers((await connection.run('SELECT COUNT(*) FROM item', [])).rows)).toEqual([[10]]);
    });

    it('runs other statements between the chunks of a stream in a transaction', async () => {
      for (const control of opened.driver.begin({})) await connection.control(control);
      let seen = 0;
      for await (const rows of connection.stream('SELECT id FROM item ORDER BY id', [], 3)) {
        seen += rows.length;
        await connection.run(`UPDATE item SET n = n + 1 WHERE id = ${mark(1)}`, [1n]);
      }
      await connection.control('ROLLBACK');
      expect(seen).toBe(10);
    });

    it('refuses a parameter that is an object', async () => {
      await expect(connection.run(`SELECT id FROM item WHERE name = ${mark(1)}`, [{ name: 1 }])).rejects.toThrow(
        "A parameter in the driver's form",
      );
    });

    it('runs one statement at a time', async () => {
      await expect(connection.run(`SELECT 1 FROM item WHERE id = ${mark(1)}; SELECT 2`, [1n])).rejects.toThrow();
    });

    it.skipIf(target.name === 'PGlite')('cancels a statement on the server', async () => {
      const sleep = isPostgres ? 'SELECT pg_sleep(20)' : 'SELECT SLEEP(20)';
      const controller = new AbortController();
      setTimeout(() => controller.abort(new Error('enough')), 100);
      const started = Date.now();
      await expect(connection.run(sleep, [], { signal: controller.signal })).rejects.toMatchObject({
        code: 'cancelled',
      });
      expect(Date.now() - started).toBeLessThan(10_000);
      expect(connection.usable).toBe(true);
      expect(numbers((await connection.run('SELECT 1', [])).rows)).toEqual([[1]]);
    });

    it.skipIf(target.name === 'PGlite')('knows when it is lost', async () => {
      const victim = (await opened.another())!;
      const [[id]] = numbers(
        (await victim.run(isPostgres ? 'SELECT pg_backend_pid()' : 'SELECT CONNECTION_ID()', [])).rows,
      ) as [[number]];
      await connection.control(isPostgres ? `SELECT pg_terminate_backend(${id})` : `KILL ${id}`);
      const failure = await Promise.resolve(victim.run('SELECT 1', [])).then(
        () => null,
        (error: unknown) => opened.driver.wrapError(error, 'SELECT 1', []),
      );
      expect(failure).toMatchObject({ code: 'connection-lost' });
      expect(victim.usable).toBe(false);
    });

    describe('tells of a broken rule', () => {
      const failureOf = async (sql: string, params: readonly unknown[] = []) => {
        const error = await Promise.resolve(connection.run(sql, params)).then(
          () => null,
          (thrown: unknown) => thrown,
        );
        expect(error).not.toBeNull();
        return opened.driver.wrapError(error, sql, params) as unknown as Record<string, unknown> & Error;
      };
      const quoted = (name: string): string => opened.backend.dialect.quoteName(name);

      it('that a value is unique', async () => {
        const failure = await failureOf(`INSERT INTO ${quoted('item')} VALUES (11, 'name 1', 1)`);
        expect(failure).toMatchObject({ name: 'IntegrityError', kind: 'unique', table: 'item', columns: ['name'] });
        expect(failure.message).not.toContain('name 1');
        expect(failure.cause).toBeDefined();
      });

      it('that a value is there', async () => {
        expect(await failureOf(`INSERT INTO ${quoted('item')} VALUES (11, NULL, 1)`)).toMatchObject({
          kind: 'not-null',
          table: 'item',
          columns: ['name'],
        });
      });

      it('that a condition holds', async () => {
        expect(await failureOf(`INSERT INTO ${quoted('item')} VALUES (11, 'x', -1)`)).toMatchObject({
          kind: 'check',
          table: 'item',
        });
      });

      it('that a reference leads somewhere', async () => {
        expect(await failureOf(`INSERT INTO ${quoted('part')} VALUES (1, 99)`)).toMatchObject({
          kind: 'foreign-key',
          table: 'part',
          columns: ['item_id'],
          constraint: 'part_item',
        });
      });

      it('and of a wrong statement or value, without the value', async () => {
        expect(await failureOf('SELECT nothing FROM item')).toMatchObject({ name: 'ProgrammingError' });
        const failure = await failureOf(`INSERT INTO ${quoted('item')} VALUES ('secret', 'y', 1)`);
        expect(failure).toMatchObject({ name: 'DataError' });
        expect(failure.message).not.toContain('secret');
      });
    });
  });
}
