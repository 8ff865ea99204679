import { describe, expect, it } from 'vitest';
import { GeneratedField } from '../../../src/fields/generated.js';
import { JSONField } from '../../../src/fields/json.js';
import { DecimalField, IntegerField, PositiveIntegerField } from '../../../src/fields/numeric.js';
import { CASCADE, DB_CASCADE } from '../../../src/fields/on-delete.js';
import { CompositePrimaryKey, ForeignKey, ManyToManyField } from '../../../src/fields/relations.js';
import { CharField, SlugField } from '../../../src/fields/text.js';
import { CheckConstraint, Deferrable, UniqueConstraint } from '../../../src/schema/constraints.js';
import { Index } from '../../../src/schema/indexes.js';
import { constraintName, type TableResolver, toTable } from '../../../src/schema/to-table.js';
import { column, order, TRUE } from '../../../src/sql/build.js';
import { abstract, World } from './world.js';

class Upper {
  constructor(readonly name: string) {}
}
const resolver: TableResolver = {
  condition: () => TRUE,
  expression: (meta, expression) => {
    const field = meta.fieldsByName.get((expression as Upper).name);
    return [order(column(null, field?.column ?? '', IntegerField()))];
  },
  isExpression: (value) => value instanceof Upper,
};

describe('a table', () => {
  it('has a column for each field of its own', () => {
    const world = new World();
    world.model('library.Book', {
      isbn: CharField({ maxLength: 20, unique: true, null: true, dbComment: 'as printed' }),
      price: DecimalField({ maxDigits: 8, decimalPlaces: 2, dbDefault: '1.5' }),
      data: JSONField({ dbDefault: { a: 1 } }),
      double: GeneratedField({ expression: new Upper('price'), outputField: IntegerField(), dbPersist: true }),
    });
    const table = toTable(world.link()('Book'), resolver);
    expect(table.columns.map(({ name, nullable, primaryKey, unique }) => [name, nullable, primaryKey, unique])).toEqual(
      [
        ['id', false, true, false],
        ['isbn', true, false, true],
        ['price', false, false, false],
        ['data', false, false, false],
        ['double', true, false, false],
      ],
    );
    expect(table.columns.map(({ type }) => type.name)).toEqual(['bigAuto', 'varchar', 'decimal', 'json', 'integer']);
    expect(table.columns.map((each) => each.default)).toEqual([
      null,
      null,
      { literal: '1.50' },
      { literal: '{"a":1}' },
      null,
    ]);
    expect(table.columns[4]?.generated).toMatchObject({ stored: true, expression: { kind: 'column', name: 'price' } });
    expect(table.columns[1]?.comment).toBe('as printed');
  });

  it('refers to keys by columns of their size, with an index', () => {
    const world = new World();
    world.model('library.Author', { number: PositiveIntegerField({ unique: true }) });
    world.model('library.Book', {
      author: ForeignKey('Author', { onDelete: DB_CASCADE }),
      byNumber: ForeignKey('Author', { onDelete: CASCADE, toField: 'number', relatedName: '+' }),
      free: ForeignKey('Author', { onDelete: CASCADE, relatedName: '+', dbConstraint: false, dbIndex: false }),
    });
    const table = toTable(world.link()('Book'), resolver);
    expect(table.columns.map(({ name, type }) => [name, type.name])).toEqual([
      ['id', 'bigAuto'],
      ['author_id', 'bigint'],
      ['by_number_id', 'positiveInteger'],
      ['free_id', 'bigint'],
    ]);
    expect(
      table.constraints.map((each) =>
        each.kind === 'foreignKey' ? [each.columns, each.table, each.to, each.onDelete] : each,
      ),
    ).toEqual([
      [['author_id'], 'library_author', ['id'], 'CASCADE'],
      [['by_number_id'], 'library_author', ['number'], null],
    ]);
    expect(table.indexes.map((index) => index.columns.map(({ name }) => name))).toEqual([
      ['author_id'],
      ['by_number_id'],
    ]);
  });

  it('names everything, never longer than databases allow', () => {
    const world = new World();
    const long = 'a'.repeat(60);
    world.model(
      `library.${'B'.repeat(60)}`,
      {
        [long]: ForeignKey('self', { onDelete: CASCADE, relatedName: '+' }),
        [`${long}b`]: SlugField(),
      },
      { uniqueTogether: [[long, `${long}b`]] },
    );
    const table = toTable(world.link()('B'.repeat(60)), resolver);
    const names = [...table.constraints, ...table.indexes].map(({ name }) => name);
    expect(names).toHaveLength(4);
    expect(new Set(names).size).toBe(4);
    for (const name of names) expect(name).toMatch(/^\w{1,63}$/);
  });

  it('keeps declared constraints and indexes, the placeholders of abstract models filled in', () => {
    const Base = abstract(
      { a: IntegerField(), b: IntegerField() },
      {
        constraints: [
          CheckConstraint({ name: '%(app_label)s_%(class)s_positive', condition: { a__gt: 0 } }),
          UniqueConstraint({ name: '%(class)s_a', fields: ['a'], deferrable: Deferrable.DEFERRED }),
          UniqueConstraint(new Upper('b'), { name: '%(class)s_b', condition: { a: 1 } }),
        ],
        indexes: [Index({ fields: ['a', '-b'] }), Index(new Upper('a'), { name: '%(class)s_upper' })],
      },
    );
    const world = new World();
    world.model('library.Thing', {}, {}, [Base]);
    const table = toTable(world.link()('Thing'), resolver);
    expect(table.constraints.map(({ kind, name }) => [kind, name])).toEqual([
      ['check', 'library_thing_positive'],
      ['unique', 'thing_a'],
      ['unique', 'thing_b'],
    ]);
    expect(table.constraints[1]).toMatchObject({ columns: ['a'], deferrable: 'deferred', condition: null });
    expect(table.constraints[2]).toMatchObject({ columns: [], condition: TRUE });
    expect(
      table.indexes.map(({ name, columns }) => [name, columns.map((each) => [each.name, each.descending])]),
    ).toEqual([
      // the name that Django gives to this index
      [
        'library_thi_a_8a89e9_idx',
        [
          ['a', false],
          ['b', true],
        ],
      ],
      ['thing_upper', []],
    ]);
  });

  it('makes every column of a composite key part of it', () => {
    const world = new World();
    world.model('library.Seat', { pk: CompositePrimaryKey('row', 'number'), row: CharField(), number: IntegerField() });
    expect(toTable(world.link()('Seat'), resolver).columns.map(({ primaryKey }) => primaryKey)).toEqual([true, true]);
  });

  it('joins two tables uniquely', () => {
    const world = new World();
    world.model('library.Tag', {});
    world.model('library.Book', { tags: ManyToManyField('Tag') });
    const table = toTable(world.link()('Book_tags'), resolver);
    expect(
      table.constraints.filter(({ kind }) => kind === 'unique').map((each) => 'columns' in each && each.columns),
    ).toEqual([['book_id', 'tag_id']]);
  });
});

it('gives constraints the names that Django gives them', () => {
  expect(constraintName('library_book', ['author_id'], '')).toBe('library_book_author_id_d9a3b67e');
  expect(constraintName('library_book', ['author_id', 'slug'], '_uniq')).toBe(
    'library_book_author_id_slug_4468a01f_uniq',
  );
});

describe('constraints and indexes', () => {
  it('refuse what makes no sense at once', () => {
    expect(() => UniqueConstraint({ fields: ['a'] } as never)).toThrow('must be named');
    expect(() => UniqueConstraint({ name: 'x' })).toThrow('at least one field or expression');
    expect(() => UniqueConstraint(new Upper('a'), { name: 'x', fields: ['a'] })).toThrow('exclude each other');
    expect(() =>
      UniqueConstraint({ name: 'x', fields: ['a'], condition: { a: 1 }, deferrable: Deferrable.IMMEDIATE }),
    ).toThrow('cannot be deferred');
    expect(() => UniqueConstraint({ name: 'x', fields: ['a'], opclasses: ['b', 'c'] })).toThrow('same number');
    expect(() => UniqueConstraint({ name: 'x', fields: 'a' as never })).toThrow(TypeError);
    expect(() => CheckConstraint({ name: 'x', condition: 'a > 0' })).toThrow(TypeError);
    expect(() => Index({ fields: [] })).toThrow('at least one field or expression');
    expect(() => Index({ fields: ['a'], condition: { a: 1 } })).toThrow('must be named');
    expect(() => Index(new Upper('a'), {})).toThrow('must be named');
    expect(() => Index({ fields: 'a' as never })).toThrow(TypeError);
  });

  it('are cloned with other options', () => {
    const index = Index({ name: 'x', fields: ['-a'], include: ['b'] });
    expect(index.clone({ name: 'y' }).options).toEqual({ name: 'y', fields: ['-a'], include: ['b'] });
    expect(index).toBeInstanceOf(Index);
    const unique = UniqueConstraint(new Upper('a'), { name: 'x' });
    expect(unique.clone({ name: 'y' }).expressions).toEqual(unique.expressions);
  });
});
