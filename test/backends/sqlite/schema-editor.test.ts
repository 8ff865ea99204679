import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/database/database.js';
import { closeDatabases } from '../../../src/database/databases.js';
import { call, column, compare, isNull, not, order, param } from '../../../src/sql/build.js';
import type { ColumnDef, IndexDef, TableDef } from '../../../src/sql/table.js';
import type { ColumnType } from '../../../src/sql/value-type.js';
import { memoryDatabase } from '../../support/sqlite.js';
import { types } from '../../unit/compiler/nodes.js';

let db: Database;
beforeEach(async () => {
  db = await memoryDatabase();
});
afterEach(closeDatabases);

const col = (name: string, type: ColumnType, extra: Partial<ColumnDef> = {}): ColumnDef => ({
  name,
  type,
  nullable: false,
  primaryKey: false,
  unique: false,
  ...extra,
});
const index = (name: string, extra: Partial<IndexDef>): IndexDef => ({
  name,
  columns: [],
  expressions: [],
  condition: null,
  include: [],
  method: null,
  ...extra,
});

const author: TableDef = {
  name: 'author',
  columns: [
    col('id', { name: 'bigAuto' }, { primaryKey: true }),
    col('name', { name: 'varchar', maxLength: 50 }, { unique: true }),
  ],
  constraints: [],
  indexes: [],
};
const book: TableDef = {
  name: 'book',
  columns: [
    col('id', { name: 'bigAuto' }, { primaryKey: true }),
    col('title', { name: 'varchar', maxLength: 100, collation: 'nocase' }),
    col('pages', { name: 'positiveInteger' }, { nullable: true }),
    col('data', { name: 'json' }, { nullable: true }),
    col('status', { name: 'text' }, { default: { literal: "it's new" } }),
    col('author_id', { name: 'bigint' }),
  ],
  constraints: [
    { kind: 'foreignKey', name: 'book_author_fk', columns: ['author_id'], table: 'author', to: ['id'], onDelete: null },
    {
      kind: 'check',
      name: 'book_title_given',
      condition: compare(column(null, 'title', types.text), '<>', param('', types.text)),
    },
    { kind: 'unique', name: 'book_title_author', columns: ['title', 'author_id'] },
    {
      kind: 'unique',
      name: 'book_one_draft',
      columns: ['author_id'],
      condition: compare(column(null, 'status', types.text), '=', param('draft', types.text)),
    },
  ],
  indexes: [
    index('book_pages_idx', {
      columns: [
        { name: 'pages', descending: true },
        { name: 'title', descending: false },
      ],
    }),
    index('book_lower_idx', {
      expressions: [order(call('LOWER', [column(null, 'title', types.text)], types.text), true)],
      condition: not(isNull(column(null, 'pages', types.integer))),
    }),
  ],
};

const createBook = async (): Promise<void> => {
  await db.runStatements([...db.schemaEditor.createTable(author), ...db.schemaEditor.createTable(book)]);
  await db.executeRaw("INSERT INTO author (name) VALUES ('Ada')");
  await db.executeRaw("INSERT INTO book (title, pages, author_id) VALUES ('Dune', 412, 1), ('Emma', NULL, 1)");
};
const sqlOfTable = async (name: string): Promise<unknown> =>
  (await db.execute`SELECT sql FROM sqlite_master WHERE name = ${name}`)[0]?.sql;
const indexNames = async (): Promise<unknown[]> =>
  (await db.execute`SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name`).map(
    ({ name }) => name,
  );

describe('a new table', () => {
  it('has its columns, constraints and indexes', async () => {
    expect(db.schemaEditor.createTable(book)).toEqual([
      'CREATE TABLE "book" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "title" varchar(100) COLLATE "nocase" NOT NULL, ' +
        '"pages" integer unsigned NULL CHECK ("pages" >= 0), "data" text NULL CHECK ((JSON_VALID("data") OR "data" IS NULL)), ' +
        `"status" text DEFAULT 'it''s new' NOT NULL, "author_id" bigint NOT NULL REFERENCES "author" ("id") DEFERRABLE INITIALLY DEFERRED, ` +
        `CONSTRAINT "book_title_given" CHECK ("title" <> ''), CONSTRAINT "book_title_author" UNIQUE ("title", "author_id"))`,
      `CREATE UNIQUE INDEX "book_one_draft" ON "book" ("author_id") WHERE "status" = 'draft'`,
      'CREATE INDEX "book_pages_idx" ON "book" ("pages" DESC, "title")',
      'CREATE INDEX "book_lower_idx" ON "book" ((LOWER("title")) DESC) WHERE NOT ("pages" IS NULL)',
    ]);
    await createBook();
    expect(await db.tableNames()).toEqual(['author', 'book']);
  });

  it('may have a key of several columns and generated columns', async () => {
    const statements = db.schemaEditor.createTable({
      name: 'line',
      columns: [
        col('a', { name: 'integer' }, { primaryKey: true }),
        col('b', { name: 'integer' }, { primaryKey: true }),
        col(
          'twice',
          { name: 'integer' },
          {
            generated: {
              expression: {
                kind: 'binary',
                operator: '*',
                left: column(null, 'a', types.integer),
                right: param(2, types.integer),
                type: types.integer,
              },
              stored: true,
            },
          },
        ),
      ],
      constraints: [],
      indexes: [],
    });
    expect(statements).toEqual([
      'CREATE TABLE "line" ("a" integer NOT NULL, "b" integer NOT NULL, "twice" integer GENERATED ALWAYS AS (("a" * 2)) STORED, PRIMARY KEY ("a", "b"))',
    ]);
    await db.runStatements(statements);
    await db.executeRaw('INSERT INTO line (a, b) VALUES (2, 3)');
    expect(await db.execute`SELECT twice FROM line`).toEqual([{ twice: 4 }]);
  });

  it('is all there or not at all', async () => {
    await expect(db.runStatements(['CREATE TABLE one (id integer)', 'CREATE TABLE one (id integer)'])).rejects.toThrow(
      'already exists',
    );
    expect(await db.tableNames()).toEqual([]);
  });
});

describe('a changed table', () => {
  beforeEach(createBook);

  it('takes a new column in place where SQLite can', async () => {
    const statements = db.schemaEditor.addColumn(book, col('isbn', { name: 'text' }, { nullable: true }));
    expect(statements).toEqual(['ALTER TABLE "book" ADD COLUMN "isbn" text NULL']);
    await db.runStatements(statements);
    expect(await db.execute`SELECT isbn FROM book WHERE id = 1`).toEqual([{ isbn: null }]);
  });

  it('is made anew where SQLite cannot, and keeps rows, keys and indexes', async () => {
    await db.runStatements(
      db.schemaEditor.alterColumn(
        book,
        book.columns[2]!,
        col('page_count', { name: 'integer' }, { default: { literal: 0 } }),
      ),
    );
    expect(await db.execute`SELECT id, title, page_count FROM book ORDER BY id`).toEqual([
      { id: 1, title: 'Dune', page_count: 412 },
      { id: 2, title: 'Emma', page_count: 0 },
    ]);
    expect(await indexNames()).toEqual(['book_lower_idx', 'book_one_draft', 'book_pages_idx']);
    expect(await sqlOfTable('book')).toContain('"page_count" integer DEFAULT 0 NOT NULL');
    expect(await sqlOfTable('book_pages_idx')).toBe(
      'CREATE INDEX "book_pages_idx" ON "book" ("page_count" DESC, "title")',
    );
    await db.executeRaw("INSERT INTO book (title, author_id) VALUES ('New', 1)");
    expect(await db.execute`SELECT MAX(id) AS id FROM book`).toEqual([{ id: 3 }]);
  });

  it('is made anew although others refer to it', async () => {
    await db.runStatements(
      db.schemaEditor.alterColumn(author, author.columns[1]!, col('name', { name: 'varchar', maxLength: 200 })),
    );
    expect(await sqlOfTable('author')).toContain('varchar(200)');
    expect(await sqlOfTable('book')).toContain('REFERENCES "author" ("id")');
    expect(await db.execute`SELECT COUNT(*) AS n FROM book`).toEqual([{ n: 2 }]);
    await expect(db.executeRaw("INSERT INTO book (title, author_id) VALUES ('x', 99)")).rejects.toMatchObject({
      kind: 'foreign-key',
    });
  });

  it('gains and loses constraints', async () => {
    const shorter = {
      kind: 'check',
      name: 'book_short',
      condition: compare(column(null, 'pages', types.integer), '<', param(1000, types.integer)),
    } as const;
    await db.runStatements(db.schemaEditor.addConstraint(book, shorter));
    await expect(
      db.executeRaw("INSERT INTO book (title, pages, author_id) VALUES ('x', 2000, 1)"),
    ).rejects.toMatchObject({ constraint: 'book_short' });
    await db.runStatements(
      db.schemaEditor.dropConstraint({ ...book, constraints: [...book.constraints, shorter] }, shorter),
    );
    await db.executeRaw("INSERT INTO book (title, pages, author_id) VALUES ('x', 2000, 1)");
  });

  it('loses a column, in place or made anew', async () => {
    expect(db.schemaEditor.dropColumn(author, col('nick', { name: 'text' }))).toEqual([
      'ALTER TABLE "author" DROP COLUMN "nick"',
    ]);
    await db.runStatements(db.schemaEditor.dropColumn(book, book.columns[5]!));
    expect(await sqlOfTable('book')).not.toContain('author_id');
    expect(await indexNames()).toEqual(['book_lower_idx', 'book_pages_idx']);
  });

  it('stays as it was when its rows do not fit', async () => {
    const before = await sqlOfTable('book');
    await expect(
      db.runStatements(db.schemaEditor.alterColumn(book, book.columns[2]!, col('pages', { name: 'integer' }))),
    ).rejects.toMatchObject({ kind: 'not-null' });
    expect(await sqlOfTable('book')).toBe(before);
    await expect(db.executeRaw("INSERT INTO book (title, author_id) VALUES ('x', 99)")).rejects.toMatchObject({
      kind: 'foreign-key',
    });
  });

  it('is renamed and dropped', async () => {
    await db.runStatements([
      ...db.schemaEditor.renameTable('book', 'volume'),
      ...db.schemaEditor.dropIndex(book, book.indexes[0]!),
    ]);
    expect(await db.tableNames()).toEqual(['author', 'volume']);
    await db.runStatements(db.schemaEditor.dropTable('volume'));
    expect(await db.tableNames()).toEqual(['author']);
  });
});

describe('the catalogue', () => {
  beforeEach(createBook);

  it('tells columns, keys, references and indexes', async () => {
    const found = await db.introspect((introspection, connection) => introspection.table(connection, 'book'));
    expect(
      found.columns.map(({ name, type, nullable, primaryKey }) => [name, type.name, nullable, primaryKey]),
    ).toEqual([
      ['id', 'bigAuto', false, true],
      ['title', 'varchar', false, false],
      ['pages', 'positiveInteger', true, false],
      ['data', 'text', true, false],
      ['status', 'text', false, false],
      ['author_id', 'bigint', false, false],
    ]);
    expect(found.columns[1]!.type.maxLength).toBe(100);
    expect(found.constraints).toEqual([
      expect.objectContaining({ kind: 'unique', columns: ['title', 'author_id'] }),
      expect.objectContaining({
        kind: 'foreignKey',
        columns: ['author_id'],
        table: 'author',
        to: ['id'],
        onDelete: null,
      }),
    ]);
    expect(found.indexes.map(({ name, columns }) => [name, columns])).toEqual([
      [
        'book_pages_idx',
        [
          { name: 'pages', descending: true },
          { name: 'title', descending: false },
        ],
      ],
    ]);
    const authors = await db.introspect((introspection, connection) => introspection.table(connection, 'author'));
    expect(authors.columns[1]).toMatchObject({ name: 'name', unique: true });
  });

  it('is asked about names of any kind', async () => {
    const name = `we"ird 'name; --`;
    await db.runStatements(db.schemaEditor.createTable({ ...author, name }));
    expect(await db.tableNames()).toContain(name);
    expect(
      (await db.introspect((introspection, connection) => introspection.table(connection, name))).columns,
    ).toHaveLength(2);
  });
});

it('finds references that point nowhere', async () => {
  await createBook();
  await db.checkConstraints();
  await expect(
    db.atomic(async () => {
      await db.executeRaw("INSERT INTO book (title, author_id) VALUES ('x', 99)");
      await db.checkConstraints();
    }),
  ).rejects.toMatchObject({ kind: 'foreign-key', table: 'book', columns: ['author_id'] });
});
