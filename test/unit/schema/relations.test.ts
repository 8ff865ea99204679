import { describe, expect, it } from 'vitest';
import { ImproperlyConfigured } from '../../../src/errors.js';
import { CASCADE, SET, SET_NULL } from '../../../src/fields/on-delete.js';
import { ForeignKey, ManyToManyField, OneToOneField } from '../../../src/fields/relations.js';
import { CharField } from '../../../src/fields/text.js';
import type { Relation } from '../../../src/schema/model-meta.js';
import { World } from './world.js';

const hopsOf = (relation: Relation | undefined) =>
  relation?.hops.map(
    (hop) => `${hop.from.name}.${hop.fromField.column} ${hop.multi ? '⇉' : '→'} ${hop.to.name}.${hop.toField.column}`,
  );

describe('a foreign key', () => {
  it('is one relation seen from two sides', () => {
    const world = new World();
    world.model('library.Author', {});
    world.model('library.Book', { author: ForeignKey('Author', { onDelete: SET_NULL, null: true }) });
    const of = world.link();
    const forward = of('Book').relations.get('author')!;
    const reverse = of('Author').relations.get('book')!;
    expect([forward.kind, forward.accessor, forward.nullable, forward.multi, hopsOf(forward)]).toEqual([
      'manyToOne',
      'author',
      true,
      false,
      ['Book.author_id → Author.id'],
    ]);
    expect([reverse.kind, reverse.accessor, reverse.multi, hopsOf(reverse)]).toEqual([
      'oneToMany',
      'bookSet',
      true,
      ['Author.id ⇉ Book.author_id'],
    ]);
    expect([forward.inverse, reverse.inverse]).toEqual([reverse, forward]);
    const key = of('Book').fieldsByName.get('authorId')!;
    expect([key, key.relation, key.type]).toEqual([
      of('Book').fieldsByName.get('author'),
      forward,
      of('Author').pk.type,
    ]);
    expect(of('Author').referrers).toEqual([reverse]);
    expect(forward.onDelete.action).toBe('SET_NULL');
  });

  it('takes identifiers of any language as names of its other side, a plus, placeholders, and nothing else', () => {
    const called = (relatedName: unknown) => () =>
      ForeignKey('Author', { onDelete: CASCADE, relatedName: relatedName as string });
    for (const name of ['books', 'größen', '大きさ', '_x', '+', 'books+', '%(class)ss', '%(app_label)s_%(class)s'])
      expect(called(name)).not.toThrow();
    for (const name of ['', 'a b', 'größe n', '1st', 'a-b', '++', 'books\n', 7, null])
      expect(called(name)).toThrow(/relatedName must be an identifier/);
  });

  it('has the names that its options give', () => {
    const world = new World();
    world.model('library.Author', { name: CharField({ unique: true }) });
    world.model('library.Book', {
      a: ForeignKey('library.Author', { onDelete: CASCADE, relatedName: 'books', relatedQueryName: 'wrote' }),
      b: ForeignKey('Author', { onDelete: CASCADE, relatedName: '+' }),
      c: ForeignKey('Author', { onDelete: CASCADE, relatedName: '+', relatedQueryName: 'hidden' }),
      d: ForeignKey('Author', { onDelete: CASCADE, relatedName: 'byName', toField: 'name' }),
    });
    const author = world.link()('Author');
    expect([...author.relations.keys()]).toEqual(['wrote', 'hidden', 'byName']);
    expect([...author.accessors.keys()]).toEqual(['books', 'byName']);
    expect(author.referrers).toHaveLength(4);
    expect(hopsOf(author.relations.get('byName'))).toEqual(['Author.name ⇉ Book.d_id']);
  });

  it('takes the default reverse name of its model', () => {
    const world = new World();
    world.model('library.Author', {});
    world.model(
      'library.Book',
      { author: ForeignKey('Author', { onDelete: CASCADE }) },
      { defaultRelatedName: 'works' },
    );
    const author = world.link()('Author');
    expect([[...author.relations.keys()], [...author.accessors.keys()]]).toEqual([['works'], ['works']]);
  });

  it('may refer to its own model', () => {
    const world = new World();
    world.model('library.Node', { parent: ForeignKey('self', { onDelete: CASCADE, relatedName: 'children' }) });
    const node = world.link()('Node');
    expect(node.relations.get('children')?.inverse).toBe(node.relations.get('parent'));
  });

  it('refuses references that mean nothing, with the nearest name', () => {
    const world = new World();
    world.model('library.Author', {});
    world.model('library.Book', { author: ForeignKey('Auhtor', { onDelete: CASCADE }) });
    expect(() => world.link()).toThrow(
      "library.Book.author refers to 'Auhtor', which is no registered model. Did you mean 'Author'?",
    );
    for (const to of [5, null, class {}, "Author'", 'a.b.c', ''])
      expect(() => ForeignKey(to as never, { onDelete: CASCADE })).toThrow(TypeError);
    expect(() => ForeignKey('Author', {} as never)).toThrow('needs onDelete');
    expect(() => ForeignKey('Author', { onDelete: { action: 'CASCADE' } })).toThrow(TypeError);
    expect(() => ForeignKey('Author', { onDelete: SET(1), relatedName: 'a b' })).toThrow(TypeError);
  });

  it('refuses reverse names that another field or relation has', () => {
    const clash = (first: object, second?: object) => () => {
      const world = new World();
      world.model('library.Author', { name: CharField() });
      world.model('library.Book', {
        a: ForeignKey('Author', { onDelete: CASCADE, ...first }),
        ...(second === undefined ? {} : { b: ForeignKey('Author', { onDelete: CASCADE, ...second }) }),
      });
      world.link();
    };
    expect(clash({ relatedName: 'name' })).toThrow(
      "E303: The reverse query name 'name' of library.Book.a clashes with a field of library.Author",
    );
    expect(clash({}, {})).toThrow(
      "E305: The reverse query name 'book' of library.Book.b clashes with that of library.Book.a",
    );
    expect(clash({}, { relatedQueryName: 'other' })).toThrow('E304');
    expect(clash({}, { relatedName: 'edited' })).not.toThrow();
  });
});

describe('a one-to-one key', () => {
  it('leads back to one object', () => {
    const world = new World();
    world.model('library.Author', {});
    world.model('library.AuthorProfile', { author: OneToOneField('Author', { onDelete: CASCADE }) });
    const of = world.link();
    const reverse = of('Author').relations.get('authorProfile')!;
    expect([reverse.kind, reverse.accessor, reverse.multi, reverse.nullable]).toEqual([
      'reverseOneToOne',
      'authorProfile',
      false,
      true,
    ]);
    expect(of('AuthorProfile').fieldsByName.get('author')?.unique).toBe(true);
  });
});

describe('a many-to-many field', () => {
  it('makes a join table', () => {
    const world = new World();
    world.model('library.Tag', {});
    world.model('library.BookShelf', { allTags: ManyToManyField('Tag') });
    const of = world.link();
    const table = of('BookShelf_allTags');
    expect([table.dbTable, table.autoCreated, table.fields.map((field) => field.column)]).toEqual([
      'library_bookshelf_all_tags',
      true,
      ['id', 'bookshelf_id', 'tag_id'],
    ]);
    expect(table.uniqueTogether).toEqual([['bookShelf', 'tag']]);
    const forward = of('BookShelf').relations.get('allTags')!;
    expect(hopsOf(forward)).toEqual([
      'BookShelf.id ⇉ BookShelf_allTags.bookshelf_id',
      'BookShelf_allTags.tag_id → Tag.id',
    ]);
    const reverse = of('Tag').relations.get('bookShelf')!;
    expect([reverse.accessor, reverse.kind, hopsOf(reverse)]).toEqual([
      'bookShelfSet',
      'reverseManyToMany',
      ['Tag.id ⇉ BookShelf_allTags.tag_id', 'BookShelf_allTags.bookshelf_id → BookShelf.id'],
    ]);
    expect([forward.sourceKey?.name, forward.targetKey?.name, reverse.sourceKey?.name]).toEqual([
      'bookShelf',
      'tag',
      'tag',
    ]);
    expect(of('Tag').referrers.map((relation) => relation.to.name)).toEqual(['BookShelf_allTags']);
    expect([...of('Tag').relations.keys()]).toEqual(['bookShelf']);
  });

  it('on itself holds both ways unless it says otherwise', () => {
    const world = new World();
    world.model('library.Author', {
      friends: ManyToManyField('self'),
      follows: ManyToManyField('self', { symmetrical: false, relatedName: 'followers' }),
    });
    const of = world.link();
    const author = of('Author');
    expect(of('Author_friends').fields.map((field) => field.column)).toEqual(['id', 'from_author_id', 'to_author_id']);
    expect([...author.relations.keys()].sort()).toEqual(['followers', 'follows', 'friends']);
    expect([author.relations.get('friends')?.symmetrical, author.relations.get('follows')?.symmetrical]).toEqual([
      true,
      false,
    ]);
    expect(author.relations.get('friends')?.inverse.accessor).toBeNull();
  });

  it('goes over a model of one’s own', () => {
    const world = new World();
    world.model('library.Person', {});
    world.model('library.Book', {
      people: ManyToManyField('Person', { through: 'Role', throughFields: ['book', 'person'] }),
    });
    world.model('library.Role', {
      book: ForeignKey('Book', { onDelete: CASCADE }),
      person: ForeignKey('Person', { onDelete: CASCADE }),
      inviter: ForeignKey('Person', { onDelete: CASCADE, relatedName: 'invited' }),
    });
    const of = world.link();
    const people = of('Book').relations.get('people')!;
    expect([people.through, people.targetKey?.name]).toEqual([of('Role'), 'person']);
    expect([...of('Person').relations.keys()].sort()).toEqual(['book', 'invited', 'role']);
  });

  it('asks for throughFields where the join model leaves a choice, and refuses what does not fit', () => {
    const build = (options: object) => () => {
      const world = new World();
      world.model('library.Person', {});
      world.model('library.Book', { people: ManyToManyField('Person', { through: 'Role', ...options }) });
      world.model('library.Role', {
        book: ForeignKey('Book', { onDelete: CASCADE }),
        person: ForeignKey('Person', { onDelete: CASCADE }),
        inviter: ForeignKey('Person', { onDelete: CASCADE, relatedName: 'invited' }),
      });
      world.link();
    };
    expect(build({})).toThrow(
      'needs one foreign key to library.Person; it has 2. Name the keys to use with throughFields.',
    );
    expect(build({ throughFields: ['book', 'nope'] })).toThrow(ImproperlyConfigured);
    expect(build({ throughFields: ['person', 'book'] })).toThrow('does not refer to library.Book');
    expect(() => ManyToManyField('Person', { through: 'Role', dbTable: 'x' })).toThrow('dbTable');
  });
});

describe('the registry', () => {
  it('keeps what nothing new refers to, and links the rest anew', () => {
    const world = new World();
    world.model('library.Author', {});
    const of = world.link();
    const before = of('Author');
    world.model('shop.Item', {});
    world.link();
    expect(of('Author')).toBe(before);
    world.model('shop.Gift', { author: ForeignKey('library.Author', { onDelete: CASCADE }) });
    world.link();
    expect(of('Author')).not.toBe(before);
    expect([...of('Author').relations.keys()]).toEqual(['gift']);
  });

  it('refuses two classes of one label and names the nearest label', () => {
    const world = new World();
    world.model('library.Author', {});
    const of = world.link();
    expect(() => of('Athor')).toThrow("Did you mean 'library.Author'?");
    world.model('library.Author', {});
    expect(() => world.link()).toThrow(ImproperlyConfigured);
  });

  it('freezes what it has linked', () => {
    const world = new World();
    world.model('library.Author', {});
    const author = world.link()('Author');
    expect([author, author.pk, author.manyToMany].map(Object.isFrozen)).toEqual([true, true, true]);
  });
});
