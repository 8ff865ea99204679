import { connection, FieldDoesNotExist, ProgrammingError, RawSQL, sql, ValueError } from 'nuages';
import { captureQueries, expectQueries } from 'nuages/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Any,
  Author,
  Book,
  closeLibrary,
  emptyLibrary,
  openLibrary,
  Publisher,
  Restaurant,
  Tag,
} from '../../support/library.js';

beforeAll(openLibrary);
afterAll(closeLibrary);

let ace: Any;
let dune: Any;
beforeEach(async () => {
  await emptyLibrary();
  ace = await Publisher.objects.create({ name: 'Ace' });
  dune = await Book.objects.create({ title: 'Dune', price: '9.50', pages: 412, publisher: ace });
  await Book.objects.create({ title: "Ender's Game", price: '5.10' });
});

describe('raw', () => {
  it('gives instances whose values are as the fields make them', async () => {
    const books: Any[] = await Book.objects.raw`SELECT * FROM library_book ORDER BY title`;
    expect(books.map((book) => book.title)).toEqual(['Dune', "Ender's Game"]);
    expect(books[0]).toBeInstanceOf(Book);
    expect(books[0].equals(dune)).toBe(true);
    expect(books[0].price.toString()).toBe('9.5');
    expect(books[0].changed).toBeInstanceOf(Date);
    expect(books[0]._state).toMatchObject({ adding: false, db: 'default' });
  });

  it('makes parameters of values, identifiers of sql.id and puts pieces in', async () => {
    const only = sql`WHERE ${sql.id('library_book', 'title')} = ${"Ender's Game"}`;
    const { result, queries } = await captureQueries(
      async () => await Book.objects.raw`SELECT * FROM ${sql.id('library_book')} ${only} AND price < ${20}`,
    );
    expect((result as Any[]).map((book) => book.title)).toEqual(["Ender's Game"]);
    expect(queries).toHaveLength(1);
    expect(queries[0]!.sql.replace(/\$\d/g, '?').replaceAll('`', '"')).toBe(
      'SELECT * FROM "library_book" WHERE "library_book"."title" = ? AND price < ?',
    );
    expect(queries[0]!.params.map(String)).toEqual(["Ender's Game", '20']);
  });

  it('asks once, when awaited, and again after all has failed', async () => {
    const books = Book.objects.raw`SELECT id FROM library_book`;
    await expectQueries(1, async () => {
      await books;
      await books;
      for await (const book of books) expect(book).toBeInstanceOf(Book);
    });
    const later = Book.objects.raw`SELECT id FROM later`;
    await expect(later).rejects.toThrow(ProgrammingError);
    await connection().execute`CREATE TABLE later (id integer)`;
    expect(await later).toEqual([]);
    await connection().execute`DROP TABLE later`;
  });

  it('defers the columns that the SQL leaves out, for all rows together', async () => {
    const books: Any[] = await Book.objects.raw`SELECT id, title FROM library_book ORDER BY title`;
    expect(books[0].getDeferredFields()).toContain('pages');
    await expectQueries(1, async () => {
      expect(await books[0].pages).toBe(412);
      expect(await books[1].pages).toBeNull();
    });
  });

  it('makes properties of columns that are no field', async () => {
    const [book]: Any[] = await Book.objects.raw`SELECT b.*, p.name, pages - 206 AS half FROM library_book b
      JOIN library_publisher p ON p.id = b.publisher_id`;
    expect(book.name).toBe('Ace');
    expect(book.half).toBe(206);
    expect(book.title).toBe('Dune');
    expect(book.pk).toBe(dune.pk);
  });

  it('takes the names of attributes as well as those of columns', async () => {
    const [book]: Any[] = await Book.objects
      .raw`SELECT id, publisher_id AS "publisherId" FROM library_book WHERE id = ${dune.pk}`;
    expect(book.publisherId).toBe(ace.pk);
    expect((await book.publisher).name).toBe('Ace');
  });

  it('translates names of columns to fields', async () => {
    const [book]: Any[] = await Book.objects
      .raw`SELECT id AS nr, title AS name FROM library_book ORDER BY title`.translations({
      nr: 'id',
      name: 'title',
    });
    expect([book.id, book.title]).toEqual([dune.pk, 'Dune']);
    expect(() => Book.objects.raw`SELECT 1`.translations({ nr: 'titel' })).toThrow(FieldDoesNotExist);
  });

  it('needs the primary key, even where there are no rows', async () => {
    await expect(Book.objects.raw`SELECT title FROM library_book WHERE id < 0`).rejects.toThrow(
      new FieldDoesNotExist(
        'raw-primary-key',
        "Raw query must include the primary key: the SQL gives no column 'id' for library.Book.",
      ),
    );
  });

  it('gives an object for a row without a key', async () => {
    const authors: Any[] = await Author.objects
      .raw`SELECT a.*, b.title FROM library_book b LEFT JOIN library_author a ON a.id = -b.id`;
    expect(authors.map((author) => [author.pk, author.name])).toEqual([
      [null, null],
      [null, null],
    ]);
  });

  it('prefetches', async () => {
    await dune.tags.add(await Tag.objects.create({ label: 'sand' }));
    await expectQueries(2, async () => {
      const books: Any[] = await Book.objects.raw`SELECT * FROM library_book ORDER BY title`.prefetchRelated('tags');
      expect((await books[0].tags.all()).map((tag: Any) => tag.label)).toEqual(['sand']);
      expect(await books[1].tags.all()).toEqual([]);
    });
  });

  it('reads the columns of parent models', async () => {
    const made = await Restaurant.objects.create({ name: 'Luigi', pizza: 3 });
    const [found]: Any[] = await Restaurant.objects
      .raw`SELECT * FROM library_restaurant r JOIN library_place p ON p.id = r.place_ptr_id`;
    expect([found.pk, found.name, found.pizza]).toEqual([made.pk, 'Luigi', 3]);
  });

  it('never rounds a whole number of 64 bits', async () => {
    const [book]: Any[] = await Book.objects
      .raw`SELECT id, 9007199254740993 AS big, 7 AS small, 'x' AS part FROM library_book LIMIT 1`;
    expect([book.big, book.small, book.part]).toEqual([9007199254740993n, 7, 'x']);
    expect(await connection().execute`SELECT -9223372036854775807 AS big, 7 AS small`).toEqual([
      { big: -9223372036854775807n, small: 7 },
    ]);
  });

  it('refuses columns that would hide what instances have', async () => {
    for (const name of ['save', '__proto__', 'constructor', 'publisher', 'pk']) {
      await expect(Book.objects.raw`SELECT id, 1 AS ${sql.id(name)} FROM library_book`).rejects.toThrow(ValueError);
    }
    expect(({} as Any).polluted).toBeUndefined();
  });

  it('takes a template and nothing else', () => {
    const raw = Book.objects.raw.bind(Book.objects);
    for (const given of ['SELECT 1', ['SELECT 1'], Object.assign(['SELECT 1'], { raw: ['SELECT 1'] }), undefined, {}]) {
      expect(() => raw(given)).toThrow(TypeError);
    }
  });

  it('refuses to follow filters, orders and slices, which it would not heed', () => {
    for (const books of [
      Book.objects.filter({ title: 'Dune' }),
      Book.objects.orderBy('title'),
      Book.objects.slice(0, 1),
      ace.books,
    ]) {
      expect(() => books.raw`SELECT * FROM library_book`).toThrow(TypeError);
    }
  });

  it('refuses values that are no parameters before anything is sent', async () => {
    const { queries } = await captureQueries(async () => {
      for (const value of [undefined, {}, [], () => 1, Symbol('x'), { toString: () => '1' }, new Date(Number.NaN)]) {
        await expect(Book.objects.raw`SELECT * FROM library_book WHERE id = ${value as Any}`).rejects.toMatchObject({
          code: expect.any(String),
        });
      }
    });
    expect(queries).toEqual([]);
  });
});

describe('RawSQL without a type', () => {
  it('gives the same values in a list and one after another', async () => {
    const rows = Book.objects
      .annotate({
        small: RawSQL`pages + ${1}`,
        safe: RawSQL`${Number.MAX_SAFE_INTEGER} + 0`,
        wide: RawSQL`${2n ** 62n} + 1`,
        text: RawSQL`CONCAT(title, '5')`,
        nothing: RawSQL`NULL`,
        halves: RawSQL`pages / ${4}`,
      })
      .orderBy('id')
      .values('pages', 'small', 'safe', 'wide', 'text', 'nothing', 'halves');
    const list = await rows;
    expect(list[0]).toMatchObject({ small: 413, safe: Number.MAX_SAFE_INTEGER, wide: 2n ** 62n + 1n, text: 'Dune5' });
    for (const chunkSize of [1, 2, 100]) {
      const streamed: unknown[] = [];
      for await (const row of rows.iterator({ chunkSize })) streamed.push(row);
      expect(streamed).toEqual(list);
    }
  });
});
