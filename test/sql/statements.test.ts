import { describe, expect, it } from 'vitest';
import { dialect as postgres } from '../../src/backends/postgres/dialect.js';
import { compile } from '../../src/compiler/compile.js';
import { binary, column, equal, order, param, select } from '../../src/sql/build.js';
import type { InsertNode, LockNode } from '../../src/sql/statement-nodes.js';
import { book, books, mariadb, mysql8, textsOf, types } from './dialects.js';

const insert = (parts: Partial<InsertNode>): InsertNode => ({
  kind: 'insert',
  table: 'book',
  columns: ['title'],
  rows: [[param('a', types.varchar)]],
  conflict: null,
  returning: [],
  ...parts,
});

describe('SELECT', () => {
  it('sorts NULLs where they are wanted', () => {
    expect(
      textsOf(books({ orderBy: [order(book('pages'), true, 'first'), order(book('title'), false, 'last')] })),
    ).toEqual({
      sqlite: 'SELECT "book"."id" FROM "book" ORDER BY "book"."pages" DESC NULLS FIRST, "book"."title" NULLS LAST',
      postgres: 'SELECT "book"."id" FROM "book" ORDER BY "book"."pages" DESC NULLS FIRST, "book"."title" NULLS LAST',
      mariadb:
        'SELECT `book`.`id` FROM `book` ORDER BY `book`.`pages` IS NOT NULL, `book`.`pages` DESC, `book`.`title` IS NULL, `book`.`title`',
    });
    // Where MySQL has them anyway nothing is added.
    expect(compile(books({ orderBy: [order(book('pages'), false, 'first')] }), mariadb).sql).toBe(
      'SELECT `book`.`id` FROM `book` ORDER BY `book`.`pages`',
    );
  });

  it('skips rows without a limit', () => {
    expect(textsOf(books({ slice: { kind: 'slice', limit: null, offset: 5 } as never }))).toEqual({
      sqlite: 'SELECT "book"."id" FROM "book" LIMIT -1 OFFSET ?',
      postgres: 'SELECT "book"."id" FROM "book" OFFSET $1',
      mariadb: 'SELECT `book`.`id` FROM `book` LIMIT 18446744073709551615 OFFSET ?',
    });
  });

  it('locks rows', () => {
    const lock: LockNode = { kind: 'lock', of: ['book'], wait: 'skipLocked', noKey: false };
    expect(compile(books({ lock: { ...lock, noKey: true } }), postgres).sql).toBe(
      'SELECT "book"."id" FROM "book" FOR NO KEY UPDATE OF "book" SKIP LOCKED',
    );
    expect(compile(books({ lock }), mysql8).sql).toBe(
      'SELECT `book`.`id` FROM `book` FOR UPDATE OF `book` SKIP LOCKED',
    );
    expect(compile(books({ lock: { ...lock, of: [], wait: 'nowait' } }), mariadb).sql).toBe(
      'SELECT `book`.`id` FROM `book` FOR UPDATE NOWAIT',
    );
    expect(() => compile(books({ lock }), mariadb)).toThrow('MariaDB has no FOR UPDATE OF.');
    expect(() => compile(books({ lock: { ...lock, of: [], noKey: true } }), mariadb)).toThrow(
      'MariaDB has no FOR NO KEY UPDATE.',
    );
  });
});

describe('INSERT', () => {
  it('gives back columns', () => {
    const returning = [{ expression: column(null, 'id', types.key), alias: null }];
    expect(
      textsOf(
        insert({
          columns: ['title', 'pages'],
          rows: [[param('a', types.varchar), param(1, types.integer)]],
          returning,
        }),
      ),
    ).toEqual({
      sqlite: 'INSERT INTO "book" ("title", "pages") VALUES (?, ?) RETURNING "id"',
      postgres: 'INSERT INTO "book" ("title", "pages") VALUES ($1, $2) RETURNING "id"',
      mariadb: 'INSERT INTO `book` (`title`, `pages`) VALUES (?, ?) RETURNING `id`',
    });
  });

  it('inserts defaults alone', () => {
    expect(textsOf(insert({ columns: [], rows: [[]] }))).toEqual({
      sqlite: 'INSERT INTO "book" DEFAULT VALUES',
      postgres: 'INSERT INTO "book" DEFAULT VALUES',
      mariadb: 'INSERT INTO `book` () VALUES ()',
    });
  });

  it('leaves conflicting rows alone', () => {
    expect(textsOf(insert({ conflict: { kind: 'conflict', action: 'ignore', target: [], update: [] } }))).toEqual({
      sqlite: 'INSERT OR IGNORE INTO "book" ("title") VALUES (?)',
      postgres: 'INSERT INTO "book" ("title") VALUES ($1) ON CONFLICT DO NOTHING',
      mariadb: 'INSERT IGNORE INTO `book` (`title`) VALUES (?)',
    });
  });

  it('updates conflicting rows', () => {
    const node = insert({ conflict: { kind: 'conflict', action: 'update', target: ['title'], update: ['title'] } });
    expect(compile(node, postgres).sql).toBe(
      'INSERT INTO "book" ("title") VALUES ($1) ON CONFLICT ("title") DO UPDATE SET "title" = EXCLUDED."title"',
    );
    expect(() => compile(node, mariadb)).toThrow(
      'MariaDB takes any unique key for a conflict; it cannot be told which.',
    );
    expect(
      compile(insert({ conflict: { kind: 'conflict', action: 'update', target: [], update: ['title'] } }), mariadb).sql,
    ).toBe('INSERT INTO `book` (`title`) VALUES (?) ON DUPLICATE KEY UPDATE `title` = VALUES(`title`)');
  });

  it('refuses 0 as an automatic key on MySQL, which would take the next number for it', () => {
    const zero = insert({ columns: ['id'], rows: [[param(0, types.key)]] });
    expect(() => compile(zero, mariadb)).toThrow('MySQL does not accept 0 as the value of an automatic key.');
    expect(compile(zero, postgres).sql).toBe('INSERT INTO "book" ("id") VALUES ($1)');
  });
});

describe('UPDATE and DELETE', () => {
  it('assign values and expressions', () => {
    const more = binary(book('pages'), '+', param(1, types.integer), types.integer);
    const node = {
      kind: 'update',
      table: 'book',
      where: equal(book('id'), param(1, types.key)),
      orderBy: [],
      returning: [],
      assignments: [
        { column: 'pages', value: more },
        { column: 'title', value: param('x', types.varchar) },
      ],
    } as const;
    expect(textsOf(node)).toEqual({
      sqlite: 'UPDATE "book" SET "pages" = ("book"."pages" + ?), "title" = ? WHERE "book"."id" = ?',
      postgres: 'UPDATE "book" SET "pages" = ("book"."pages" + $1::bigint), "title" = $2 WHERE "book"."id" = $3',
      mariadb: 'UPDATE `book` SET `pages` = (`book`.`pages` + ?), `title` = ? WHERE `book`.`id` = ?',
    });
  });

  it('read their own table through a derived one on MySQL', () => {
    const inner = select({
      columns: [{ expression: column('U0', 'id', types.key), alias: null }],
      from: { kind: 'table', name: 'book', alias: 'U0' },
    });
    const node = {
      kind: 'delete',
      table: 'book',
      where: { kind: 'in', operand: book('id'), choices: inner, type: types.boolean },
    } as const;
    expect(textsOf(node)).toEqual({
      sqlite: 'DELETE FROM "book" WHERE "book"."id" IN (SELECT "U0"."id" FROM "book" "U0")',
      postgres: 'DELETE FROM "book" WHERE "book"."id" IN (SELECT "U0"."id" FROM "book" "U0")',
      mariadb:
        'DELETE FROM `book` WHERE `book`.`id` IN (SELECT DISTINCT `inner`.`c0` FROM (SELECT `U0`.`id` AS `c0` FROM `book` `U0`) `inner`)',
    });
  });
});
