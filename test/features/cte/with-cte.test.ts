import {
  Concat,
  Count,
  Cte,
  Exists,
  F,
  FieldError,
  JSONField,
  NotSupportedError,
  OuterRef,
  Subquery,
  Sum,
  Value,
  ValueError,
} from 'nuages';
import { expectQueries } from 'nuages/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Any, Author, Book, closeLibrary, openLibrary, Publisher } from '../../support/library.js';

const cte = Cte as Any;

beforeAll(async () => {
  await openLibrary();
  const made: Record<string, Any> = {};
  for (const [name, parent] of [
    ['Penguin'],
    ['Ace', 'Penguin'],
    ['Viking', 'Penguin'],
    ['Ace Kids', 'Ace'],
    ['Orbit'],
  ]) {
    made[name!] = await Publisher.objects.create({ name, parent: parent === undefined ? null : made[parent] });
  }
  for (const [title, price, publisher] of [
    ['Dune', '9.50', 'Ace'],
    ['Emma', '3.25', 'Penguin'],
    ['Ubik', '4.00', 'Ace'],
    ['Zero', '1.10', 'Ace Kids'],
  ]) {
    await Book.objects.create({ title, price, publisher: made[publisher!] });
  }
});
afterAll(closeLibrary);

/** Penguin and what is below it, with the way down. */
const tree = (): Any =>
  cte('tree', Publisher.objects.filter({ name: 'Penguin' }).values('id', { depth: Value(0), path: F('name') }), {
    recursive: (tree: Any) =>
      Publisher.objects
        .withCte(tree, { on: { parent: 'id' } })
        .values('id', { depth: F('tree__depth').add(1), path: Concat('tree__path', Value('/'), 'name') }),
  });
/** What the books of a publisher cost together. */
const totals = (): Any =>
  cte('totals', Book.objects.values('publisherId').annotate({ total: Sum('price'), count: Count('id') }));

describe('withCte', () => {
  it('joins the rows of another query, whose columns can be named from then on', async () => {
    await expectQueries(1, async () => {
      const publishers: Any[] = await Publisher.objects
        .withCte(totals(), { on: { id: 'publisherId' } })
        .filter({ totals__total__gt: 2 })
        .annotate({ total: F('totals__total') })
        .orderBy('-totals__count', 'name');
      expect(publishers.map(({ name, total }) => [name, total.toString()])).toEqual([
        ['Ace', '13.5'],
        ['Penguin', '3.25'],
      ]);
      expect(publishers[0]).toBeInstanceOf(Publisher);
    });
  });

  it('leaves out rows that have none in the table, or keeps them when it is optional', async () => {
    const named = (options: object): Any =>
      Publisher.objects
        .withCte(totals(), { on: { id: 'publisherId' }, ...options })
        .orderBy('name')
        .valuesList('name', 'totals__count');
    expect(await named({})).toEqual([
      ['Ace', 2],
      ['Ace Kids', 1],
      ['Penguin', 1],
    ]);
    expect(await named({ optional: true })).toEqual([
      ['Ace', 2],
      ['Ace Kids', 1],
      ['Orbit', null],
      ['Penguin', 1],
      ['Viking', null],
    ]);
    expect(await named({ optional: true }).filter({ totals__count__isnull: true }).count()).toBe(2);
  });

  it('recurses', async () => {
    const publishers = Publisher.objects.withCte(tree(), { on: { id: 'id' } });
    expect(await publishers.orderBy('tree__path').valuesList('name', 'tree__depth', 'tree__path')).toEqual([
      ['Penguin', 0, 'Penguin'],
      ['Ace', 1, 'Penguin/Ace'],
      ['Ace Kids', 2, 'Penguin/Ace/Ace Kids'],
      ['Viking', 1, 'Penguin/Viking'],
    ]);
    expect((await publishers.get({ tree__depth: 2 })).name).toBe('Ace Kids');
    expect(await publishers.exclude({ tree__depth: 1 }).count()).toBe(2);
  });

  it('ends in a graph with circles when rows are distinct', async () => {
    const [ann, ben] = await Author.objects.bulkCreate([
      new (Author as Any)({ name: 'Ann' }),
      new (Author as Any)({ name: 'Ben' }),
    ]);
    await ann.follows.add(ben);
    await ben.follows.add(ann);
    const reached = cte('reached', Author.objects.filter({ name: 'Ann' }).values('id'), {
      recursive: (reached: Any) => Author.objects.withCte(reached, { on: { followers: 'id' } }).values('id'),
      distinct: true,
    });
    expect(await Author.objects.withCte(reached, { on: { id: 'id' } }).valuesList('name', { flat: true })).toEqual([
      'Ann',
      'Ben',
    ]);
  });

  it('joins several tables, of which one may read another', async () => {
    const below = tree();
    const sums = cte(
      'sums',
      Book.objects
        .withCte(below, { on: { publisher: 'id' } })
        .values({ level: F('tree__depth') })
        .annotate({ total: Sum('price') }),
    );
    const rows = await Publisher.objects
      .withCte(sums, { on: {} })
      .withCte(below, { on: { id: 'id' } })
      .filter({ tree__depth: F('sums__level') })
      .orderBy('name')
      .valuesList('name', 'sums__total');
    expect(rows.map(([name, total]: Any) => [name, total.toString()])).toEqual([
      ['Ace', '13.5'],
      ['Ace Kids', '1.1'],
      ['Penguin', '3.25'],
      ['Viking', '13.5'],
    ]);
  });

  it('joins on a path and on several columns', async () => {
    const first = cte('first', Book.objects.filter({ title: 'Dune' }).values('publisherId', 'title'));
    const found = Book.objects.withCte(first, { on: { publisher__id: 'publisherId', title: 'title' } });
    expect(await found.valuesList('title', { flat: true })).toEqual(['Dune']);
    const parents = cte('parents', Publisher.objects.filter({ name: 'Penguin' }).values('id', 'name'));
    const below = Book.objects.withCte(parents, { on: { publisher__parent: 'id' } });
    expect(await below.valuesList('title', 'parents__name')).toEqual([
      ['Dune', 'Penguin'],
      ['Ubik', 'Penguin'],
    ]);
  });

  it('takes part in counting, aggregates, groups, updates and deletions', async () => {
    const publishers = Publisher.objects.withCte(tree(), { on: { id: 'id' } });
    expect(await publishers.count()).toBe(4);
    expect(await publishers.exists()).toBe(true);
    expect(await publishers.aggregate({ deepest: Sum('tree__depth') })).toEqual({ deepest: 4 });
    expect(
      await publishers
        .annotate({ n: Count('books') })
        .filter({ n: 2 })
        .values('name', 'tree__depth', 'n'),
    ).toEqual([{ name: 'Ace', tree__depth: 1, n: 2 }]);
    expect(
      await publishers
        .values('tree__depth')
        .annotate({ n: Count('id') })
        .orderBy('tree__depth'),
    ).toEqual([
      { tree__depth: 0, n: 1 },
      { tree__depth: 1, n: 2 },
      { tree__depth: 2, n: 1 },
    ]);
    const author = await Author.objects.create({ name: 'Zoe', age: 1 });
    const self = cte('self', Author.objects.filter({ pk: author.pk }).values('id', 'age'));
    expect(
      await Author.objects
        .withCte(self, { on: { id: 'id' } })
        .filter({ self__age: 1 })
        .update({ age: 2 }),
    ).toBe(1);
    expect(
      await Author.objects
        .withCte(self, { on: { id: 'id' } })
        .filter({ self__age: 2 })
        .delete(),
    ).toEqual([1, { 'library.Author': 1 }]);
  });

  it('follows changes of values when a statement is used again', async () => {
    const cheap = (price: number): Any => cte('cheap', Book.objects.filter({ price__lt: price }).values('id'));
    const titles = (price: number, start: string): Any =>
      Book.objects
        .withCte(cheap(price), { on: { id: 'id' } })
        .filter({ title__gte: start })
        .valuesList('title', { flat: true });
    expect(await titles(4.5, 'F')).toEqual(['Ubik', 'Zero']);
    expect(await titles(3.5, 'E')).toEqual(['Emma', 'Zero']);
    expect(await titles(100, 'A')).toEqual(['Dune', 'Emma', 'Ubik', 'Zero']);
  });

  it('names the table that is meant', async () => {
    const name =
      (table: string): Any =>
      () =>
        Book.objects.withCte(cte(table, Book.objects.values('id')), { on: { id: 'id' } });
    expect(name('library_book')).toThrow(ValueError);
    expect(name('Library_Book')).toThrow(ValueError);
    expect(name('title')).toThrow(ValueError);
    expect(name('authors')).toThrow(ValueError);
    const twice = Book.objects.withCte(totals(), { on: { id: 'publisherId' } });
    expect(() => twice.withCte(totals(), { on: { id: 'publisherId' } })).toThrow(ValueError);
    expect(() => twice.filter({ totals__totl: 1 })).toThrow(FieldError);
    expect(() => twice.filter({ totals: 1 })).toThrow(FieldError);
    expect(() => Book.objects.withCte(totals(), { on: { titel: 'publisherId' } })).toThrow(FieldError);
    expect(() => Book.objects.withCte(totals(), { on: { id: 'publisher' } })).toThrow(FieldError);
    for (const on of [undefined, null, 'id', ['id']])
      expect(() => Book.objects.withCte(totals(), { on })).toThrow(TypeError);
    expect(() => Book.objects.withCte({ name: 'x', columns: [] }, { on: {} })).toThrow(TypeError);
    expect(() => Book.objects.all().slice(0, 1).withCte(totals(), { on: {} })).toThrow(TypeError);
    expect(() => Book.objects.union(Book.objects.all()).withCte(totals(), { on: {} })).toThrow(NotSupportedError);
  });
});

describe('Cte', () => {
  it('gives its rows by themselves', async () => {
    const all = tree().all();
    expect(
      await all.filter({ depth__gte: 1 }).exclude({ path__endswith: 'Kids' }).orderBy('-path').values('path'),
    ).toEqual([{ path: 'Penguin/Viking' }, { path: 'Penguin/Ace' }]);
    expect(await all.count()).toBe(4);
    expect((await all).length).toBe(4);
    for await (const row of all.orderBy('depth').slice(0, 1))
      expect(row).toEqual({ id: expect.any(Number), depth: 0, path: 'Penguin' });
    expect(() => all.filter({ dept: 1 })).toThrow(
      "tree has no field 'dept'. Did you mean 'depth'? Choices are: depth, id, path.",
    );
  });

  it('stands in subqueries', async () => {
    const ids = tree().all().valuesList('id', { flat: true });
    expect(await Publisher.objects.exclude({ id__in: ids }).valuesList('name', { flat: true })).toEqual(['Orbit']);
    const below = tree()
      .all()
      .filter({ id: OuterRef('pk') });
    expect(await Publisher.objects.filter(Exists(below)).count()).toBe(4);
    const rows = await Publisher.objects.annotate({ path: Subquery(below.values('path').slice(0, 1)) }).orderBy('name');
    expect(rows.map((row: Any) => row.path)).toEqual([
      'Penguin/Ace',
      'Penguin/Ace/Ace Kids',
      null,
      'Penguin',
      'Penguin/Viking',
    ]);
  });

  it('is made once where the statement around a subquery has it', async () => {
    const table = tree();
    const shared = Publisher.objects
      .withCte(table, { on: { id: 'id' } })
      .filter({ id__in: table.all().filter({ depth: 1 }).values('id') });
    const { sql } = (await shared.toSql())!;
    expect(sql.match(/WITH/g)).toHaveLength(1);
    expect(await shared.orderBy('name').valuesList('name', { flat: true })).toEqual(['Ace', 'Viking']);
  });

  it('takes all columns of instances and those of combined QuerySets', async () => {
    const books = cte('books', Book.objects.annotate({ double: F('price').mul(2) }));
    const [dune] = await books.all().filter({ title: 'Dune' });
    expect(Object.keys(dune)).toEqual(['id', 'title', 'price', 'pages', 'publisherId', 'changed', 'double']);
    expect([dune.price.toString(), dune.double.toString(), dune.changed]).toEqual(['9.5', '19', expect.any(Date)]);
    const both = cte(
      'both',
      Publisher.objects
        .filter({ name: 'Ace' })
        .values('name')
        .union(Author.objects.filter({ name: 'Ann' }).values('name')),
    );
    expect(await both.all().orderBy('name').valuesList('name', { flat: true })).toEqual(['Ace', 'Ann']);
  });

  it('keeps parts of JSON documents as they are', async () => {
    const docs = cte(
      'docs',
      Publisher.objects
        .filter({ name: 'Ace' })
        .values('id', { doc: Value({ a: '5', b: 5 }, { outputField: JSONField() }) }),
    );
    const parts = cte('parts', docs.all().values('id', { a: F('doc__a'), b: F('doc__b') }));
    expect(await parts.all().values('a', 'b')).toEqual([{ a: '5', b: 5 }]);
    expect(await parts.all().filter({ a: '5', b: 5 }).count()).toBe(1);
  });

  it('refuses names that are none', () => {
    for (const name of [
      '',
      'a b',
      'a"b',
      "a'b",
      'a;b',
      'a--',
      'a__b',
      '1a',
      'x'.repeat(64),
      '__proto__',
      'constructor',
      'then',
      'pk',
      'a.b',
      'a\0',
    ]) {
      expect(() => cte(name, Book.objects.values('id'))).toThrow(ValueError);
    }
    for (const name of [undefined, null, 1, {}, ['a']])
      expect(() => cte(name, Book.objects.values('id'))).toThrow(TypeError);
  });

  it('refuses rows without names, and parts whose columns differ', () => {
    expect(() => cte('x', Book.objects.valuesList('id'))).toThrow(TypeError);
    expect(() => cte('x', [{ id: 1 }])).toThrow(TypeError);
    expect(() => cte('x', Book.objects.values('publisher__name'))).toThrow(
      "values({ publisherName: F('publisher__name') })",
    );
    const recursive = (): Any => Book.objects.values('id', 'title');
    expect(() => cte('x', Book.objects.values('id'), { recursive })).toThrow(
      new ValueError('cte-columns', "The recursive part of Cte('x') must have the columns id; it has id, title."),
    );
    expect(() => cte('x', Book.objects.values('id'), { recursive: Book.objects.values('id') })).toThrow(TypeError);
  });
});
