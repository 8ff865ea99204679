import { describe, expect, test } from 'vitest';
import { markNumbers, type WorldSpec } from '../../../conformance/corpus.js';
import { camelCase, WorldNames } from '../../../conformance/names.js';

const world: WorldSpec = {
  name: 'library',
  models: [
    { name: 'Author', fields: [{ name: 'first_name', type: 'CharField' }] },
    {
      name: 'BookAuthorMap',
      fields: [
        { name: 'book', type: 'ForeignKey', to: 'Book' },
        { name: 'main_author', type: 'ForeignKey', to: 'Author' },
      ],
    },
    {
      name: 'Book',
      fields: [
        { name: 'pub_date', type: 'DateField' },
        { name: 'extra_data', type: 'JSONField' },
        { name: 'chief_editor', type: 'ForeignKey', to: 'Author', related_name: 'edited_books' },
      ],
      meta: { order_with_respect_to: 'chief_editor' },
    },
    { name: 'Novel', bases: ['Book'], fields: [] },
  ],
};
const names = new WorldNames(world);

describe('names of the corpus in Nuages', () => {
  test('a leading underscore stays', () => {
    expect(camelCase('_order')).toBe('_order');
    expect(camelCase('n_big')).toBe('nBig');
  });

  test('lookup paths are translated as far as they name fields', () => {
    expect(names.lookup('Author', 'edited_books__pub_date__iso_year')).toBe('editedBooks__pubDate__iso_year');
    expect(names.lookup('Author', 'bookauthormap__main_author_id')).toBe('bookAuthorMap__mainAuthorId');
    expect(names.lookup('Book', 'extra_data__some_key__has_key')).toBe('extraData__some_key__has_key');
    expect(names.lookup('Book', 'no_such_field')).toBe('no_such_field');
  });

  test('names that a query makes are left alone', () => {
    const aliases = new Map([
      ['n_books', null],
      ['good_books', 'Book'],
    ]);
    expect(names.lookup('Author', 'n_books__gt', aliases)).toBe('n_books__gt');
    expect(names.lookup('Author', 'good_books__pub_date', aliases)).toBe('good_books__pubDate');
  });

  test('keys of answers go back to the corpus', () => {
    expect(names.lookupBack('Author', 'editedBooks__pubDate')).toBe('edited_books__pub_date');
    expect(names.lookupBack('Author', 'bookAuthorMap__count')).toBe('bookauthormap__count');
  });

  test('accessors differ from query names', () => {
    expect(names.attribute('Author', 'bookauthormap_set')).toBe('bookAuthorMapSet');
    expect(names.accessors('Author', 'edited_books__chief_editor')).toBe('editedBooks__chiefEditor');
  });

  test('a child has the columns of its parent and a link to it', () => {
    expect(names.of('Novel').columns).toEqual([
      'id',
      'pub_date',
      'extra_data',
      'chief_editor_id',
      '_order',
      'book_ptr_id',
    ]);
    expect(names.ownColumns('Novel')).toEqual(['book_ptr_id']);
  });
});

test('whole floats and rounded integers are marked, other integers and text are not', () => {
  expect(markNumbers('{"a 1.0":[1,2.0,2.5,1e+16,-3.0,9007199254740993,"x\\"4.0"]}')).toBe(
    '{"a 1.0":[1,{"$float":"2.0"},2.5,{"$float":"1e+16"},{"$float":"-3.0"},{"$bigint":"9007199254740993"},"x\\"4.0"]}',
  );
});
