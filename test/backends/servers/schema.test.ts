import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { column, compare, literal } from '../../../src/sql/build.js';
import type { ColumnDef, ConstraintDef, IndexDef, TableDef } from '../../../src/sql/table.js';
import type { ColumnType } from '../../../src/sql/value-type.js';
import { types } from '../../sql/dialects.js';
import { type Opened, targets } from './open.js';

const def = (name: string, type: ColumnType, parts: Partial<ColumnDef> = {}): ColumnDef => ({
  name,
  type,
  nullable: false,
  primaryKey: false,
  unique: false,
  ...parts,
});
const table = (name: string, columns: ColumnDef[], parts: Partial<TableDef> = {}): TableDef => ({
  name,
  columns,
  constraints: [],
  indexes: [],
  ...parts,
});
const reference = (name: string, from: string, to: string): ConstraintDef => ({
  kind: 'foreignKey',
  name,
  columns: [from],
  table: to,
  to: ['id'],
  onDelete: null,
});
const index = (name: string, ...columns: string[]): IndexDef => ({
  name,
  columns: columns.map((each) => ({ name: each, descending: false })),
  expressions: [],
  condition: null,
  include: [],
  method: null,
});

const author = table(
  'author',
  [
    def('id', { name: 'bigAuto' }, { primaryKey: true }),
    def('name', { name: 'varchar', maxLength: 50 }, { unique: true, comment: "who's who" }),
    def('best_id', { name: 'bigint' }, { nullable: true }),
  ],
  {
    constraints: [reference('author_best_fk', 'best_id', 'book')],
    comment: 'All of them',
  },
);
const book = table(
  'book',
  [
    def('id', { name: 'bigAuto' }, { primaryKey: true }),
    def('title', { name: 'varchar', maxLength: 64 }),
    def('pages', { name: 'positiveInteger' }, { nullable: true }),
    def('price', { name: 'decimal', maxDigits: 8, decimalPlaces: 2 }, { default: { literal: '9.50' } }),
    def('data', { name: 'json' }),
    def('created', { name: 'datetime', precision: 3 }),
    def('author_id', { name: 'bigint' }),
  ],
  {
    constraints: [
      reference('book_author_fk', 'author_id', 'author'),
      { kind: 'unique', name: 'book_title_author_uniq', columns: ['title', 'author_id'] },
      {
        kind: 'check',
        name: 'book_price_check',
        condition: compare(column(null, 'price', types.decimal), '>=', literal(0, types.decimal)),
      },
    ],
    indexes: [index('book_created_idx', 'created', 'pages')],
  },
);

for (const target of targets) {
  describe.skipIf(!target.isThere)(`the schema on ${target.name}`, () => {
    let opened: Opened;
    const run = async (statements: readonly string[]): Promise<void> => {
      for (const statement of statements) await opened.connection.run(statement, [], { prepare: false });
    };
    const read = (name: string): Promise<TableDef> => opened.backend.introspection.table(opened.connection, name);
    const columnOf = async (name: string): Promise<ColumnDef> =>
      (await read('book')).columns.find((each) => each.name === name)!;

    beforeAll(async () => {
      opened = await target.open();
      await run(opened.backend.schemaEditor.createTables!([author, book]));
    }, 60_000);
    afterAll(async () => {
      await opened?.close();
    }, 60_000);

    it('has tables that refer to each other', async () => {
      expect(await opened.backend.introspection.tableNames(opened.connection)).toEqual(['author', 'book']);
    });

    it('is read as it was made', async () => {
      const found = await read('book');
      expect(
        found.columns.map(({ name, type, nullable, primaryKey }) => ({ name, type: type.name, nullable, primaryKey })),
      ).toEqual(
        book.columns.map(({ name, type, nullable, primaryKey }) => ({ name, type: type.name, nullable, primaryKey })),
      );
      expect(found.columns.find(({ name }) => name === 'price')?.type).toMatchObject({
        maxDigits: 8,
        decimalPlaces: 2,
      });
      expect(found.columns.find(({ name }) => name === 'created')?.type).toMatchObject({ precision: 3 });
      expect(found.constraints.map(({ kind, name }) => ({ kind, name }))).toEqual(
        expect.arrayContaining([
          { kind: 'foreignKey', name: 'book_author_fk' },
          { kind: 'unique', name: 'book_title_author_uniq' },
          { kind: 'check', name: 'book_price_check' },
        ]),
      );
      expect(found.indexes.map(({ name, columns }) => ({ name, columns: columns.map((each) => each.name) }))).toEqual([
        { name: 'book_created_idx', columns: ['created', 'pages'] },
      ]);
      const other = await read('author');
      expect(other.comment).toBe('All of them');
      expect(other.columns.find(({ name }) => name === 'name')).toMatchObject({ unique: true, comment: "who's who" });
    });

    it('gains and loses columns', async () => {
      const { schemaEditor } = opened.backend;
      const added = def('stars', { name: 'smallint' }, { default: { literal: 3 } });
      await run(schemaEditor.addColumn(book, added));
      expect(await columnOf('stars')).toMatchObject({ type: { name: 'smallint' }, nullable: false });
      await run(schemaEditor.dropColumn({ ...book, columns: [...book.columns, added] }, added));
      expect(await columnOf('stars')).toBeUndefined();
    });

    it('renames a column and changes its type, its default and whether it may be NULL', async () => {
      const { schemaEditor } = opened.backend;
      const from = book.columns.find(({ name }) => name === 'pages')!;
      const to = def('length', { name: 'bigint' }, { default: { literal: 1n } });
      await run(schemaEditor.alterColumn(book, from, to));
      expect(await columnOf('length')).toMatchObject({ type: { name: 'bigint' }, nullable: false });
      await run(
        schemaEditor.alterColumn(
          { ...book, columns: book.columns.map((each) => (each === from ? to : each)) },
          to,
          from,
        ),
      );
      expect(await columnOf('pages')).toMatchObject({ nullable: true });
    });

    it('makes a column unique and lets it be', async () => {
      const { schemaEditor } = opened.backend;
      const from = book.columns.find(({ name }) => name === 'title')!;
      const unique = { ...from, unique: true };
      await run(schemaEditor.alterColumn(book, from, unique));
      expect(await columnOf('title')).toMatchObject({ unique: true });
      await run(
        schemaEditor.alterColumn(
          { ...book, columns: book.columns.map((each) => (each === from ? unique : each)) },
          unique,
          from,
        ),
      );
      expect(await columnOf('title')).toMatchObject({ unique: false });
    });

    it('adds and drops indexes and constraints', async () => {
      const { schemaEditor } = opened.backend;
      const price = index('book_price_idx', 'price');
      const unique: ConstraintDef = { kind: 'unique', name: 'book_price_uniq', columns: ['price', 'title'] };
      const check: ConstraintDef = {
        kind: 'check',
        name: 'book_many_check',
        condition: compare(column(null, 'price', types.decimal), '<', literal(1000, types.decimal)),
      };
      const link = reference('book_again_fk', 'author_id', 'author');
      await run(schemaEditor.addIndex(book, price));
      for (const constraint of [unique, check, link]) await run(schemaEditor.addConstraint(book, constraint));
      const names = async (): Promise<string[]> => {
        const found = await read('book');
        return [...found.indexes, ...found.constraints].map(({ name }) => name);
      };
      expect(await names()).toEqual(
        expect.arrayContaining(['book_price_idx', 'book_price_uniq', 'book_many_check', 'book_again_fk']),
      );
      for (const constraint of [unique, check, link]) await run(schemaEditor.dropConstraint(book, constraint));
      await run(schemaEditor.dropIndex(book, price));
      for (const gone of ['book_price_idx', 'book_price_uniq', 'book_many_check', 'book_again_fk'])
        expect(await names()).not.toContain(gone);
    });

    it('renames and drops tables', async () => {
      const { schemaEditor, introspection } = opened.backend;
      await run(schemaEditor.createTable(table('extra', [def('id', { name: 'auto' }, { primaryKey: true })])));
      await run(schemaEditor.renameTable('extra', 'more'));
      expect(await introspection.tableNames(opened.connection)).toContain('more');
      await run(schemaEditor.dropTable('more'));
      expect(await introspection.tableNames(opened.connection)).not.toContain('more');
    });

    it('quotes names whatever is in them', async () => {
      const { schemaEditor, introspection } = opened.backend;
      const strange = table('we"ird `tab\'le\\ ?', [
        def('id', { name: 'auto' }, { primaryKey: true }),
        def('a"b`c\'d\\?', { name: 'varchar', maxLength: 9 }, { default: { literal: 'o\'\\"x' }, nullable: true }),
      ]);
      await run(schemaEditor.createTable(strange));
      expect(await introspection.tableNames(opened.connection)).toContain(strange.name);
      const { dialect } = opened.backend;
      await run([`INSERT INTO ${dialect.quoteName(strange.name)} (${dialect.quoteName('id')}) VALUES (1)`]);
      const { rows } = await opened.connection.run(
        `SELECT ${dialect.quoteName(strange.columns[1]!.name)} FROM ${dialect.quoteName(strange.name)}`,
        [],
      );
      expect(rows).toEqual([['o\'\\"x']]);
      await run(schemaEditor.dropTable(strange.name));
    });
  });
}
