/**
 * "Django ORM Cross-Table Association and Query Operation Manual", block by block.
 *
 * | block | what it does | here |
 * |---|---|---|
 * | 1 | models: an author and a profile, one to one | models/writers.ts |
 * | 2 | one to one, forward: the address of every author | runs |
 * | 3 | one to one, reverse: the authors who live in Guangzhou | runs |
 * | 4 | one to one, forward path in values() | runs |
 * | 5 | one to one, reverse path in values() | runs |
 * | 6 | deleting a profile deletes its author | runs |
 * | 7 | creating both with create() | runs |
 * | 8 | creating both with save() | runs |
 * | 9 | models: a publisher has books | models/press.ts |
 * | 10 | one to many, forward: the publisher of every book | runs |
 * | 11 | one to many, reverse: the books of publisher 2 | runs |
 * | 12 | one to many, forward path in values() | runs |
 * | 13 | one to many, reverse path in values() | runs |
 * | 14 | deleting publisher 5 deletes its books | runs |
 * | 15 | a book with its publisher given as an object | runs |
 * | 16 | a book with its publisher given by key | runs |
 * | 17 | a publisher and a book with save() | runs |
 * | 18 | models: books and authors, junction table made for us | models/catalog.ts |
 * | 19 | many to many, forward: the authors of book 3 | runs |
 * | 20 | many to many, reverse: the books of author 2 | runs |
 * | 21 | many to many, paths in values(), both ways | runs |
 * | 22 | add() by key, by object, and from the other side | runs |
 * | 23 | remove() | runs |
 * | 24 | clear() | runs |
 * | 25 | set() | runs |
 * | 26 | models: the junction table is a model | models/ledger.ts |
 * | 27 | authors of a book: to the junction and on | runs |
 * | 28 | authors of a book: from the junction | runs |
 * | 29 | authors of a book: from the authors, through the junction | runs |
 * | 30 | models: many to many through that junction; its three notes | models/credits.ts, runs |
 * | 31 | a transaction | runs |
 *
 * The text says that add(), remove() and set() do not work with a junction model. Since Django 2.2 they do, and here.
 */
import { atomic } from 'nuages';
import { beforeEach, describe, expect, test } from 'vitest';
import * as catalog from './models/catalog.js';
import * as credits from './models/credits.js';
import * as ledger from './models/ledger.js';
import * as press from './models/press.js';
import * as writers from './models/writers.js';
import { freshTables } from './nuages.config.js';
import { shown } from './shown.js';

beforeEach(freshTables);

describe('one to one', () => {
  const { Author, AuthorProfile } = writers;

  beforeEach(async () => {
    const tianhe = await AuthorProfile.objects.create({ id: 1, residentialAddr: 'Tianhe District, Guangzhou' });
    const guangzhou = await AuthorProfile.objects.create({ id: 2, residentialAddr: 'Guangzhou' });
    const wuhan = await AuthorProfile.objects.create({ id: 8, residentialAddr: 'Wuhan' });
    await Author.objects.create({ fullName: 'Li Ming', profile: tianhe });
    await Author.objects.create({ fullName: 'Chen Jie', profile: guangzhou });
    await Author.objects.create({ fullName: 'Sun Li', profile: wuhan });
  });

  test('2. forward: from each author to the address', async () => {
    const lines = [];
    for (const author of await Author.objects.all()) {
      lines.push(`${author.fullName} ${(await author.profile).residentialAddr}`);
    }
    expect(lines).toEqual(['Li Ming Tianhe District, Guangzhou', 'Chen Jie Guangzhou', 'Sun Li Wuhan']);
  });

  test('3. reverse: from a profile to its author', async () => {
    const names = [];
    for (const profile of await AuthorProfile.objects.filter({ residentialAddr: 'Guangzhou' })) {
      names.push((await profile.author).fullName);
    }
    expect(names).toEqual(['Chen Jie']);
  });

  test('4. a forward path in values()', async () => {
    const address = await Author.objects.filter({ fullName: 'Li Ming' }).values('profile__residentialAddr');
    expect(shown(address)).toBe("[ { profile__residentialAddr: 'Tianhe District, Guangzhou' } ]");
  });

  test('5. a reverse path in values()', async () => {
    const names = await AuthorProfile.objects.filter({ residentialAddr: 'Guangzhou' }).values('author__fullName');
    expect(names).toEqual([{ author__fullName: 'Chen Jie' }]);
  });

  test('6. deleting a profile deletes the author that refers to it', async () => {
    const deleted = await AuthorProfile.objects.filter({ pk: 8 }).delete();
    expect(deleted).toEqual([2, { 'writers.AuthorProfile': 1, 'writers.Author': 1 }]);
    expect(await Author.objects.filter({ fullName: 'Sun Li' }).exists()).toBe(false);
  });

  test('7. create() inserts at once', async () => {
    const profile = await AuthorProfile.objects.create({ residentialAddr: 'Xihu District, Hangzhou' });
    const author = await Author.objects.create({ fullName: 'Zhang Wei', profile });
    expect(await Author.objects.get({ profile__residentialAddr__endswith: 'Hangzhou' })).toEqual(author);
  });

  test('8. new, then save()', async () => {
    const profile = new AuthorProfile({ residentialAddr: 'Xihu District, Hangzhou' });
    await profile.save();
    const author = new Author({ fullName: 'Zhang Wei', profile });
    await author.save();
    expect((await Author.objects.get({ pk: author.pk })).profileId).toBe(profile.id);
  });
});

describe('one to many', () => {
  const { Book, Publisher } = press;

  beforeEach(async () => {
    const chilton = await Publisher.objects.create({ id: 2, pubName: 'Chilton', contactEmail: 'hi@chilton.example' });
    const gone = await Publisher.objects.create({ id: 5, pubName: 'Gone Press', contactEmail: 'hi@gone.example' });
    await Book.objects.create({ title: 'Dune', price: 49.8, publisher: chilton });
    await Book.objects.create({ title: 'Dune Messiah', price: 42.5, publisher: chilton });
    await Book.objects.create({ title: 'Out of Print', price: 3, publisher: gone });
  });

  test('10. forward: from each book to its publisher', async () => {
    const lines = [];
    for (const book of await Book.objects.all()) lines.push(`${book.title} ${(await book.publisher).pubName}`);
    expect(lines).toEqual(['Dune Chilton', 'Dune Messiah Chilton', 'Out of Print Gone Press']);
  });

  test('11. reverse: from a publisher to its books', async () => {
    const publisher = await Publisher.objects.filter({ id: 2 }).first();
    const titles = [];
    for (const book of await publisher!.bookSet.all()) titles.push(book.title);
    expect(titles).toEqual(['Dune', 'Dune Messiah']);
  });

  test('12. a forward path in values()', async () => {
    expect(await Book.objects.values('title', 'publisher__pubName')).toEqual([
      { title: 'Dune', publisher__pubName: 'Chilton' },
      { title: 'Dune Messiah', publisher__pubName: 'Chilton' },
      { title: 'Out of Print', publisher__pubName: 'Gone Press' },
    ]);
  });

  test('13. a reverse path in values() gives a row for each book', async () => {
    const rows = await Publisher.objects.filter({ id: 2 }).values('book__title');
    expect(rows).toEqual([{ book__title: 'Dune' }, { book__title: 'Dune Messiah' }]);
  });

  test('14. deleting a publisher deletes its books', async () => {
    const [total] = await Publisher.objects.filter({ pk: 5 }).delete();
    expect(total).toBe(2);
    expect(await Book.objects.valuesList('title', { flat: true })).toEqual(['Dune', 'Dune Messiah']);
  });

  test('15. to 17. a new book, with its publisher as an object, by key, and saved', async () => {
    const press = await Publisher.objects.create({
      pubName: 'Sci-Fi Literature Press',
      contactEmail: 'edit@scifibooks.com',
    });
    await Book.objects.create({ title: 'Dune', price: 49.8, publisher: press });

    const found = await Publisher.objects.filter({ pubName: 'Sci-Fi Literature Press' }).first();
    await Book.objects.create({ title: 'Dune Messiah', price: 42.5, publisherId: found!.pk });

    const reprints = new Publisher({ pubName: 'Reprints', contactEmail: 'edit@reprints.example' });
    await reprints.save();
    const children = new Book({ title: 'Children of Dune', price: 45, publisher: reprints });
    await children.save();

    expect(await press.bookSet.orderBy('title').valuesList('title', 'price')).toEqual([
      ['Dune', expect.objectContaining({})],
      ['Dune Messiah', expect.objectContaining({})],
    ]);
    expect(String((await Book.objects.get({ publisher: press, title: 'Dune' })).price)).toBe('49.8');
    expect((await Book.objects.get({ title__startswith: 'Children' })).publisherId).toBe(reprints.id);
  });
});

describe('many to many, junction table made for us', () => {
  const { Author, Book } = catalog;
  const authorsOf = async (id: number) =>
    shown(await (await Book.objects.get({ id })).writtenBy.orderBy('id').valuesList('id', { flat: true }));

  beforeEach(async () => {
    for (const [id, title] of [
      [3, 'Hunters of Dune'],
      [4, 'Dune'],
      [6, 'Dune Messiah'],
    ] as const) {
      await Book.objects.create({ id, title });
    }
    for (const [id, fullName] of [
      [1, 'Brian Herbert'],
      [2, 'Frank Herbert'],
      [4, 'Kevin J. Anderson'],
      [5, 'Ann'],
      [7, 'Bob'],
      [9, 'Cleo'],
    ] as const) {
      await Author.objects.create({ id, fullName });
    }
  });

  test('19. forward: the authors of a book', async () => {
    const book = await Book.objects.filter({ pk: 3 }).first();
    await book!.writtenBy.add(2, 1);
    expect(shown(await book!.writtenBy.orderBy('-id'))).toBe('[ <Author: Frank Herbert>, <Author: Brian Herbert> ]');
  });

  test('20. reverse: the books of an author', async () => {
    const author = await Author.objects.filter({ pk: 2 }).first();
    await author!.bookSet.add(4, 6);
    expect(shown(await author!.bookSet.all())).toBe('[ <Book: Dune>, <Book: Dune Messiah> ]');
  });

  test('21. paths in values(), both ways', async () => {
    await (await Book.objects.get({ pk: 3 })).writtenBy.set([1, 4]);
    expect(await Book.objects.filter({ pk: 3 }).orderBy('writtenBy').values('writtenBy__fullName')).toEqual([
      { writtenBy__fullName: 'Brian Herbert' },
      { writtenBy__fullName: 'Kevin J. Anderson' },
    ]);
    expect(await Author.objects.filter({ pk: 4 }).values('book__title')).toEqual([{ book__title: 'Hunters of Dune' }]);
  });

  test('22. add(): by key, by object, from the other side; what is there already is left alone', async () => {
    const book = await Book.objects.filter({ id: 3 }).first();
    expect(await book!.writtenBy.add(5, 7)).toBeUndefined();
    expect(await authorsOf(3)).toBe('[ 5, 7 ]');

    const authors = await Author.objects.filter({ id__in: [5, 7, 9] });
    await book!.writtenBy.add(...authors);
    expect(await authorsOf(3)).toBe('[ 5, 7, 9 ]');

    const author = await Author.objects.filter({ id: 2 }).first();
    await author!.bookSet.add(4, 6);
    expect(await authorsOf(4)).toBe('[ 2 ]');
    expect(await authorsOf(6)).toBe('[ 2 ]');
  });

  test('23. to 25. remove(), clear() and set()', async () => {
    const book = (await Book.objects.filter({ id: 3 }).first())!;
    await book.writtenBy.add(5, 7, 9);

    await book.writtenBy.remove(7);
    expect(await authorsOf(3)).toBe('[ 5, 9 ]');

    await book.writtenBy.clear();
    expect(await authorsOf(3)).toBe('[]');

    await book.writtenBy.add(9, 4);
    const authors = await Author.objects.filter({ id__in: [2, 4] });
    await book.writtenBy.set(authors);
    expect(await authorsOf(3)).toBe('[ 2, 4 ]');
  });
});

describe('a junction table that is a model', () => {
  const { Author, Book, BookAuthorMap } = ledger;

  beforeEach(async () => {
    const foundation = await Book.objects.create({ title: 'Foundation' });
    const other = await Book.objects.create({ title: 'Nightfall' });
    const isaac = await Author.objects.create({ fullName: 'Isaac Asimov' });
    const robert = await Author.objects.create({ fullName: 'Robert Silverberg' });
    await BookAuthorMap.objects.create({ book: foundation, author: isaac });
    await BookAuthorMap.objects.create({ book: other, author: isaac });
    await BookAuthorMap.objects.create({ book: other, author: robert, cooperationRole: 'co-author' });
  });

  test('27. from the book to the junction, and on to the author', async () => {
    const book = await Book.objects.filter({ title: 'Foundation' }).first();
    const names = [];
    for (const record of await book!.bookAuthorMapSet.all()) names.push((await record.author).fullName);
    expect(names).toEqual(['Isaac Asimov']);
  });

  test('28. from the junction', async () => {
    const names = [];
    for (const record of await BookAuthorMap.objects.filter({ book__title: 'Foundation' }).all()) {
      names.push((await record.author).fullName);
    }
    expect(names).toEqual(['Isaac Asimov']);
  });

  test('29. from the authors, through the junction', async () => {
    const authors = await Author.objects.filter({ bookAuthorMap__book__title: 'Foundation' }).values('fullName');
    expect(authors).toEqual([{ fullName: 'Isaac Asimov' }]);
  });
});

test('30. many to many through a junction model: reads like any other, and is written like any other', async () => {
  const { Author, Book, BookAuthorMap } = credits;
  const book = await Book.objects.create({ title: 'Nightfall' });
  const isaac = await Author.objects.create({ fullName: 'Isaac Asimov' });
  const robert = await Author.objects.create({ fullName: 'Robert Silverberg' });
  await BookAuthorMap.objects.create({ book, author: isaac, cooperationRole: 'author' });

  const first = await Book.objects.first();
  expect(await first!.writtenBy.valuesList('fullName', { flat: true })).toEqual(['Isaac Asimov']);

  await book.writtenBy.add(robert, { throughDefaults: { cooperationRole: 'co-author' } });
  expect((await BookAuthorMap.objects.get({ author: robert })).cooperationRole).toBe('co-author');
  await book.writtenBy.remove(isaac);
  expect(await BookAuthorMap.objects.valuesList('author__fullName', { flat: true })).toEqual(['Robert Silverberg']);
  await book.writtenBy.clear();
  expect(await BookAuthorMap.objects.count()).toBe(0);
});

test('31. a transaction: what throws inside is undone as a whole', async () => {
  const { Author } = catalog;
  await atomic(async () => {
    await Author.objects.create({ fullName: 'Kept' });
  });
  await expect(
    atomic(async () => {
      await Author.objects.create({ fullName: 'Lost' });
      throw new Error('changed my mind');
    }),
  ).rejects.toThrow('changed my mind');
  expect(await Author.objects.valuesList('fullName', { flat: true })).toEqual(['Kept']);
});
