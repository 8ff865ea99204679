import { inspect } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { AppRegistryNotReady, MultipleObjectsReturned, ObjectDoesNotExist, ValueError } from '../../../src/errors.js';
import { DecimalField, IntegerField } from '../../../src/fields/numeric.js';
import { CASCADE, SET_NULL } from '../../../src/fields/on-delete.js';
import { ForeignKey, ManyToManyField, OneToOneField } from '../../../src/fields/relations.js';
import { CharField } from '../../../src/fields/text.js';
import { defineConfig } from '../../../src/models/config.js';
import { AbstractModel, Model } from '../../../src/models/define.js';
import { instances } from '../../../src/schema/instance.js';

// biome-ignore lint/suspicious/noExplicitAny: the types of models are tested with the public face
type Any = any;
// biome-ignore lint/suspicious/noExplicitAny: as above
const untyped = (made: unknown): any => made;

const Named = untyped(AbstractModel({ name: CharField({ maxLength: 9 }) }, { ordering: ['name'] }));
class Greeting extends Named {
  greet(): string {
    return `Hello ${(this as Any).name}`;
  }
}
class Author extends untyped(
  Model('shelf.Author', Greeting, {
    mentor: ForeignKey('self', { onDelete: SET_NULL, null: true, relatedName: 'mentees' }),
  }),
) {
  get initials(): string {
    return String((this as Any).name).slice(0, 1);
  }
  set initials(value: string) {
    (this as Any).name = `${value}.`;
  }
}
class Book extends untyped(
  Model('shelf.Book', {
    title: CharField({ maxLength: 9 }),
    pages: IntegerField({ null: true }),
    price: DecimalField({ maxDigits: 5, decimalPlaces: 2, default: '1.50' }),
    tags: IntegerField({ default: () => 7 }),
    status: CharField({
      choices: [
        ['d', 'Draft'],
        ['l', 'Live'],
      ],
      default: 'd',
    }),
    author: ForeignKey('Author', { onDelete: CASCADE, relatedName: 'books' }),
    readers: ManyToManyField('Author', { relatedName: 'reads' }),
  }),
) {
  toString(): string {
    return (this as Any).title;
  }
}
class Profile extends untyped(
  Model('shelf.Profile', { author: OneToOneField('Author', { onDelete: CASCADE, null: true }) }),
) {}
class Place extends untyped(Model('shelf.Place', { name: CharField() })) {}
class Bar extends untyped(Model('shelf.Bar', Place, { beer: IntegerField({ default: 0 }) })) {}
class Pub extends untyped(Model('shelf.Pub', Bar, {}, { proxy: true })) {}
class Lonely extends untyped(Model('nowhere.Lonely', {})) {}

const make = (type: unknown, values?: object): Any => new (type as Any)(values);

beforeAll(() => {
  defineConfig({ apps: { shelf: { Author, Book, Profile, Place, Bar, Pub } } });
});

describe('a model that is not registered', () => {
  it('says so when it is used', () => {
    expect(() => make(Lonely)).toThrow(AppRegistryNotReady);
    expect(() => (Lonely as Any).objects).toThrow(
      /nowhere\.Lonely is not registered: add its app to .*nuages\.config\.ts/,
    );
  });
});

describe('a new instance', () => {
  it('has every field as a property of its own, defaults filled in, in one order', () => {
    const book = make(Book, { title: 'Dune', authorId: 3 });
    expect(Object.keys(book)).toEqual(['id', 'title', 'pages', 'price', 'tags', 'status', 'authorId']);
    expect([book.id, book.title, book.pages, book.price, book.tags, book.authorId]).toEqual([
      null,
      'Dune',
      null,
      '1.50',
      7,
      3,
    ]);
    expect([book._state.adding, book._state.db]).toEqual([true, null]);
  });

  it('takes a related object, or its key, but not both', () => {
    const author = make(Author, { pk: 5, name: 'Ann' });
    expect(make(Book, { author }).authorId).toBe(5);
    expect(() => make(Book, { author, authorId: 5 })).toThrow("both 'author' and 'authorId' were given");
  });

  it('refuses names that it does not have, with the nearest one', () => {
    expect(() => make(Book, { titel: 'x' })).toThrow("shelf.Book has no field 'titel'. Did you mean 'title'?");
    expect(() => make(Book, { readers: [] })).toThrow(TypeError);
    expect(() => make(Book, JSON.parse('{"__proto__": 1}'))).toThrow(TypeError);
    expect(() => make(Book, 'x' as never)).toThrow(TypeError);
  });

  it('takes properties with a setter', () => {
    expect(make(Author, { initials: 'A' }).name).toBe('A.');
  });

  it('has the methods of abstract parents', () => {
    expect(make(Author, { name: 'Ann' }).greet()).toBe('Hello Ann');
  });

  it('shows itself', () => {
    expect(String(make(Author, { pk: 1 }))).toBe('Author object (1)');
    expect(inspect(make(Book, { title: 'Dune' }))).toBe('<Book: Dune>');
    expect(JSON.parse(JSON.stringify(make(Author, { pk: 1, name: 'x' })))).toEqual({
      id: 1,
      name: 'x',
      mentorId: null,
    });
  });

  it('equals another one of the same row, proxies included', () => {
    expect(make(Bar, { pk: 1 }).equals(make(Pub, { pk: 1 }))).toBe(true);
    expect(make(Bar, { pk: 1 }).equals(make(Place, { pk: 1 }))).toBe(false);
    const [a, b] = [make(Bar), make(Bar)];
    expect([a.equals(b), a.equals(a)]).toEqual([false, true]);
    expect(a.equals({ pk: null })).toBe(false);
  });

  it('gives the label of a choice', () => {
    expect(make(Book, { status: 'l' }).getStatusDisplay()).toBe('Live');
    expect(make(Book, { status: '?' }).getStatusDisplay()).toBe('?');
  });

  it('has its key under every name', () => {
    const bar = make(Bar, { name: 'x' });
    bar.pk = 4;
    expect([bar.pk, bar.placePtrId, bar.id]).toEqual([4, 4, 4]);
  });

  it('cannot be imitated by data', () => {
    const fake = JSON.parse('{"constructor": {"name": "Book"}, "pk": 1, "id": 1}') as object;
    expect(instances().metaOf(fake)).toBeNull();
    expect(instances().metaOf(Object.create(Book.prototype))).toBeNull();
    expect(instances().metaOf(make(Book))?.label).toBe('shelf.Book');
  });
});

describe('assigning a related object', () => {
  it('copies its key and keeps it', async () => {
    const book = make(Book);
    const author = make(Author, { pk: 5 });
    book.author = author;
    expect([book.authorId, book.author]).toEqual([5, author]);
    author.mentor = author;
    author.mentor = null;
    expect([author.mentorId, author.mentor]).toEqual([null, null]);
    // a key that cannot be null has to lead somewhere
    book.author = null;
    expect(book.authorId).toBeNull();
    await expect(Promise.resolve(book.author)).rejects.toBeInstanceOf(ObjectDoesNotExist);
  });

  it('is forgotten when the key says something else', async () => {
    const author = make(Author, { pk: 5 });
    const book = make(Book, { author });
    book.authorId = 6;
    expect(book.author).not.toBe(author);
    book.authorId = 5;
    expect(book.author).toBe(author);
  });

  it('keeps an object that has no key yet', () => {
    const author = make(Author);
    const book = make(Book, { author });
    expect([book.authorId, book.author]).toEqual([null, author]);
  });

  it('refuses objects of other models', () => {
    for (const value of [make(Book), 5, {}, 'x', undefined])
      expect(() => (make(Book).author = value)).toThrow(ValueError);
    expect(() => (make(Book).readers = [])).toThrow('use readers.set');
    expect(() => (make(Author).books = [])).toThrow('use books.set');
  });

  it('tells the other side of a one-to-one relation', () => {
    const author = make(Author, { pk: 5 });
    const profile = make(Profile);
    profile.author = author;
    expect(author.profile).toBe(profile);
    const other = make(Profile);
    author.profile = other;
    expect([other.authorId, other.author]).toEqual([5, author]);
    author.profile = null;
    expect(other.authorId).toBeNull();
  });
});

describe('the errors of a model', () => {
  it('are its own, and those of the parent it inherits from', () => {
    const errors = (type: unknown) =>
      type as { DoesNotExist: typeof ObjectDoesNotExist; MultipleObjectsReturned: typeof MultipleObjectsReturned };
    expect(new (errors(Bar).DoesNotExist)('x', 'x')).toBeInstanceOf(errors(Place).DoesNotExist);
    expect(new (errors(Bar).DoesNotExist)('x', 'x')).toBeInstanceOf(ObjectDoesNotExist);
    expect(new (errors(Bar).DoesNotExist)('x', 'x')).not.toBeInstanceOf(errors(Book).DoesNotExist);
    expect(new (errors(Bar).MultipleObjectsReturned)('x', 'x')).toBeInstanceOf(MultipleObjectsReturned);
  });
});

describe('defineConfig', () => {
  it('refuses what it does not know', () => {
    expect(() => defineConfig({ apps: {}, database: {} } as never)).toThrow("Did you mean 'databases'?");
    expect(() => defineConfig({ apps: { wrong: { Lonely } } })).toThrow("its label says 'nowhere'");
    expect(() => defineConfig({ apps: {}, timeZone: "Paris'" })).toThrow('IANA');
    expect(() => defineConfig({ apps: {}, fetchMode: 'all' as never })).toThrow('peers');
  });
});
