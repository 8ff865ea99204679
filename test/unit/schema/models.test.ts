import { describe, expect, it } from 'vitest';
import { FieldError } from '../../../src/errors.js';
import { BigAutoField, IntegerField } from '../../../src/fields/numeric.js';
import { CASCADE } from '../../../src/fields/on-delete.js';
import { CompositePrimaryKey, ForeignKey, ManyToManyField, OneToOneField } from '../../../src/fields/relations.js';
import { CharField, TextField } from '../../../src/fields/text.js';
import { UUIDField } from '../../../src/fields/uuid.js';
import { defineModel } from '../../../src/schema/definition.js';
import type { ModelMeta } from '../../../src/schema/model-meta.js';
import { abstract, World } from './world.js';

const names = (meta: ModelMeta) => meta.fields.map((field) => field.name);

describe('a model', () => {
  it('has names of its own for everything that is not named', () => {
    const world = new World();
    world.model('library.BookAuthorMap', { pubDate: IntegerField(), isbn13: CharField({ verboseName: 'ISBN' }) });
    const meta = world.link()('BookAuthorMap');
    expect([meta.dbTable, meta.modelName, meta.verboseName, meta.verboseNamePlural]).toEqual([
      'library_bookauthormap',
      'bookAuthorMap',
      'book author map',
      'book author maps',
    ]);
    expect(meta.fields.map(({ name, attname, column, verboseName }) => [name, attname, column, verboseName])).toEqual([
      ['id', 'id', 'id', 'id'],
      ['pubDate', 'pubDate', 'pub_date', 'pub date'],
      ['isbn13', 'isbn13', 'isbn13', 'ISBN'],
    ]);
    expect(meta.pk).toBe(meta.fieldsByName.get('id'));
    expect(meta.fieldsByName.get('pk')).toBe(meta.pk);
    expect(meta.pk.field).toBeInstanceOf(BigAutoField);
  });

  it('belongs to the app models when its label names none', () => {
    expect(defineModel('Book', [], {}).label).toBe('models.Book');
  });

  it('cuts long table names with a hash', () => {
    const world = new World();
    world.model(`library.${'B'.repeat(80)}`, {});
    const { dbTable } = world.link()('B'.repeat(80));
    expect(dbTable).toHaveLength(63);
    expect(dbTable).toMatch(/^library_b+[0-9a-f]{4}$/);
  });

  it('refuses labels, fields and options that cannot be', () => {
    for (const label of ['', 'a.b.c', '1a', "a'; drop", 'a.'])
      expect(() => defineModel(label, [], {})).toThrow(TypeError);
    for (const name of ['constructor', '__proto__', 'toString', 'then', 'a b', 'a"b']) {
      expect(() => defineModel('a.B', [], Object.fromEntries([[name, CharField()]]))).toThrow(TypeError);
    }
    expect(() => defineModel('a.B', [], { x: 5 })).toThrow('a.B.x is not a field');
    expect(() => defineModel('a.B', [], {}, { odering: [] } as never)).toThrow("Did you mean 'ordering'?");
    expect(() => defineModel('a.B', [], {}, { ordering: 'x' } as never)).toThrow(TypeError);
    expect(() => defineModel('a.B', [], { pk: CharField() })).toThrow(FieldError);
  });

  it('refuses two keys, two columns of one name and an id that is no key', () => {
    const build = (fields: Parameters<World['model']>[1]) => () => {
      const world = new World();
      world.model('library.Book', fields);
      world.link();
    };
    expect(build({ a: CharField({ primaryKey: true }), b: CharField({ primaryKey: true }) })).toThrow(
      'several primary keys: a, b',
    );
    expect(build({ id: CharField() })).toThrow("'id' that is not its primary key");
    expect(build({ a: CharField(), b: CharField({ dbColumn: 'A' }) })).toThrow('same column');
    expect(build({ book: ForeignKey('self', { onDelete: CASCADE }), bookId: IntegerField() })).toThrow(
      "attribute 'bookId'",
    );
  });

  it('may have a key of several columns', () => {
    const world = new World();
    world.model('library.Seat', { pk: CompositePrimaryKey('row', 'number'), row: CharField(), number: IntegerField() });
    const meta = world.link()('Seat');
    expect(names(meta)).toEqual(['row', 'number']);
    expect(meta.pkFields.map((field) => field.name)).toEqual(['row', 'number']);
  });

  it('gets a field _order by orderWithRespectTo', () => {
    const world = new World();
    world.model('library.Book', {});
    world.model('library.Chapter', { book: ForeignKey('Book', { onDelete: CASCADE }) }, { orderWithRespectTo: 'book' });
    const meta = world.link()('Chapter');
    expect(names(meta)).toEqual(['id', 'book', '_order']);
    expect(meta.ordering).toEqual(['_order']);
    expect(meta.orderWithRespectTo?.name).toBe('book');
  });
});

describe('abstract inheritance', () => {
  const Named = abstract({ name: CharField() }, { ordering: ['name'], verboseName: 'thing' });
  const Dated = abstract({
    created: IntegerField(),
    owner: ForeignKey('Person', { onDelete: CASCADE, relatedName: '%(app_label)s_%(class)ss' }),
  });

  it('copies fields in order of definition, before the own ones', () => {
    const world = new World();
    world.model('library.Person', {});
    world.model('library.Both', { extra: TextField() }, {}, [Dated, Named]);
    const meta = world.link()('Both');
    expect(names(meta)).toEqual(['id', 'name', 'created', 'owner', 'extra']);
    expect(meta.ordering).toEqual(['name']);
    expect(meta.verboseName).toBe('thing');
    expect(meta.ancestors.size).toBe(0);
  });

  it('lets null take a field out and an own field stand in its place', () => {
    const world = new World();
    world.model('library.Person', {});
    world.model('library.A', { name: null }, {}, [Named]);
    world.model('library.B', { name: IntegerField() }, {}, [Named]);
    const of = world.link();
    expect(names(of('A'))).toEqual(['id']);
    expect(of('B').fieldsByName.get('name')?.type).toBeInstanceOf(IntegerField);
  });

  it('fills in the placeholders of reverse names for each heir', () => {
    const world = new World();
    world.model('library.Person', {});
    world.model('library.Book', {}, {}, [Dated]);
    world.model('library.Shelf', {}, {}, [Dated]);
    const person = world.link()('Person');
    expect([...person.accessors.keys()]).toEqual(['library_books', 'library_shelfs']);
  });

  it('takes options of the nearest class that gives them', () => {
    const Child = abstract({}, { ordering: ['-name'] }, [Named]);
    const world = new World();
    world.model('library.Book', {}, { verboseNamePlural: 'stuff' }, [Child]);
    const meta = world.link()('Book');
    expect([meta.ordering, meta.verboseName, meta.verboseNamePlural]).toEqual([['-name'], 'thing', 'stuff']);
  });
});

describe('multi-table inheritance', () => {
  function places() {
    const world = new World();
    const Place = world.model(
      'library.Place',
      { name: CharField(), tags: ManyToManyField('Tag') },
      { ordering: ['name'], getLatestBy: 'name' },
    );
    world.model('library.Tag', {});
    const Restaurant = world.model('library.Restaurant', { pizza: IntegerField() }, {}, [Place]);
    world.model('library.Italian', { pasta: IntegerField() }, { ordering: ['pasta'] }, [Restaurant]);
    world.model('library.Spot', {}, { proxy: true }, [Restaurant]);
    world.model('library.Visit', {
      place: ForeignKey('Place', { onDelete: CASCADE }),
      spot: ForeignKey('Spot', { onDelete: CASCADE }),
    });
    return { world, Place, Restaurant };
  }

  it('links to the parent by a one-to-one key that is the primary key', () => {
    const of = places().world.link();
    const [place, restaurant, italian] = [of('Place'), of('Restaurant'), of('Italian')];
    expect(names(italian)).toEqual(['id', 'name', 'placePtr', 'pizza', 'restaurantPtr', 'pasta']);
    expect(italian.localFields.map((field) => field.column)).toEqual(['restaurant_ptr_id', 'pasta']);
    expect(italian.pk.attname).toBe('restaurantPtrId');
    expect(italian.pk.type).toBe(place.pk.type);
    expect(italian.fieldsByName.get('name')?.model).toBe(place);
    expect([...italian.ancestors].map(([meta, hops]) => [meta.name, hops.map((hop) => hop.fromField.name)])).toEqual([
      ['Restaurant', ['restaurantPtr']],
      ['Place', ['restaurantPtr', 'placePtr']],
    ]);
    expect(restaurant.parents.get(place)?.name).toBe('placePtr');
  });

  it('inherits relations, but not the links to its siblings', () => {
    const of = places().world.link();
    expect([...of('Place').relations.keys()]).toEqual(['restaurant', 'visit', 'tags']);
    expect([...of('Restaurant').relations.keys()].sort()).toEqual(['italian', 'placePtr', 'tags', 'visit']);
    expect([...of('Italian').relations.keys()].sort()).toEqual(['placePtr', 'restaurantPtr', 'tags', 'visit']);
    expect(of('Restaurant').manyToMany).toEqual(of('Place').manyToMany);
  });

  it('inherits ordering and getLatestBy alone', () => {
    const of = places().world.link();
    expect([of('Restaurant').ordering, of('Restaurant').getLatestBy]).toEqual([['name'], ['name']]);
    expect(of('Italian').ordering).toEqual(['pasta']);
  });

  it('gives a proxy everything of the model behind it', () => {
    const of = places().world.link();
    const [restaurant, spot] = [of('Restaurant'), of('Spot')];
    expect([spot.proxy, spot.concrete, spot.dbTable]).toEqual([true, restaurant, 'library_restaurant']);
    expect(spot.fields).toBe(restaurant.fields);
    expect(spot.relations.get('italian')).toBe(restaurant.relations.get('italian'));
    expect(of('Visit').fieldsByName.get('spot')?.relation?.to).toBe(spot);
    expect(restaurant.referrers.map((relation) => relation.inverse.name).sort()).toEqual(['restaurantPtr', 'spot']);
  });

  it('takes a declared link, and refuses a field that the parent has', () => {
    const world = new World();
    const Place = world.model('library.Place', { name: CharField() });
    world.model(
      'library.Shop',
      { where: OneToOneField('Place', { onDelete: CASCADE, parentLink: true, relatedName: 'shop' }) },
      {},
      [Place],
    );
    const of = world.link();
    expect(of('Shop').pk.name).toBe('where');
    expect(names(of('Shop'))).toEqual(['id', 'name', 'where']);
    world.model('library.Bar', { name: CharField() }, {}, [Place]);
    expect(() => world.link()).toThrow(
      "library.Bar cannot have a field 'name': it inherits one of that name from library.Place",
    );
  });

  it('refuses fields of a proxy and proxies without a table', () => {
    const world = new World();
    const Place = world.model('library.Place', {});
    world.model('library.P', { extra: CharField() }, { proxy: true }, [Place]);
    expect(() => world.link()).toThrow('cannot have fields of its own: extra');
    const other = new World();
    other.model('library.P', {}, { proxy: true });
    expect(() => other.link()).toThrow('exactly one parent');
  });

  it('joins a diamond by one grandparent', () => {
    const world = new World();
    const Top = world.model('library.Top', { name: CharField() });
    const Left = world.model('library.Left', {}, {}, [Top]);
    const Right = world.model('library.Right', {}, {}, [Top]);
    world.model('library.Bottom', {}, {}, [Left, Right]);
    const meta = world.link()('Bottom');
    expect(names(meta)).toEqual(['id', 'name', 'topPtr', 'topPtr', 'rightPtr', 'leftPtr']);
    expect(meta.pk.name).toBe('leftPtr');
    expect([...meta.ancestors.keys()].map((each) => each.name)).toEqual(['Left', 'Right', 'Top']);
  });
});

it('keys that refer to keys have the type of the last one', () => {
  const world = new World();
  world.model('library.Doc', { key: UUIDField({ primaryKey: true }) });
  world.model('library.Note', { doc: OneToOneField('Doc', { onDelete: CASCADE, primaryKey: true }) });
  world.model('library.Line', { note: ForeignKey('Note', { onDelete: CASCADE, null: true }) });
  const of = world.link();
  expect(of('Line').fieldsByName.get('noteId')?.type).toBeInstanceOf(UUIDField);
  expect(of('Note').pk.unique).toBe(true);
});
