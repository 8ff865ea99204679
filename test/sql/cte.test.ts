import { Count, Cte, F, Value } from 'nuages';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dialect as postgres } from '../../src/backends/postgres/dialect.js';
import { dialect as sqlite } from '../../src/backends/sqlite/dialect.js';
import { compile } from '../../src/compiler/compile.js';
import { toSelect } from '../../src/query/to-select.js';
import { type Any, Book, closeLibrary, openLibrary, Publisher } from '../support/library.js';

beforeAll(openLibrary);
afterAll(closeLibrary);

const cte = Cte as Any;
const sqlOf = (querySet: Any, dialect: typeof sqlite): string => compile(toSelect(querySet.query).node, dialect).sql;

it('writes a common table before the statement and joins it', () => {
  const newest = cte('newest', Book.objects.filter({ title__startswith: 'D' }).values('publisherId', 'title'));
  const publishers = Publisher.objects
    .withCte(newest, { on: { id: 'publisherId' } })
    .filter({ newest__title__gt: 'E' })
    .orderBy('-newest__title')
    .values('name', 'newest__title');
  const body =
    'SELECT "library_publisher"."name", "newest"."title" FROM "library_publisher" INNER JOIN "newest" ON ("library_publisher"."id" = "newest"."publisherId")';
  expect(sqlOf(publishers, sqlite)).toBe(
    `WITH "newest" ("publisherId", "title") AS (SELECT "library_book"."publisher_id", "library_book"."title" FROM "library_book" WHERE "library_book"."title" LIKE ? ESCAPE '\\') ${body} WHERE "newest"."title" > ? ORDER BY "newest"."title" DESC`,
  );
});

it('joins an optional table by LEFT JOIN, unless a condition needs it', () => {
  const books = cte('books2', Book.objects.values('id'));
  const optional = Book.objects
    .withCte(books, { on: { id: 'id' }, optional: true })
    .orderBy()
    .values('id');
  const written = (join: string, where: string): string =>
    `WITH "books2" ("id") AS (SELECT "library_book"."id" FROM "library_book") SELECT "library_book"."id" FROM "library_book" ${join} JOIN "books2" ON ("library_book"."id" = "books2"."id")${where}`;
  expect(sqlOf(optional, sqlite)).toBe(written('LEFT OUTER', ''));
  expect(sqlOf(optional.filter({ books2__id: 1 }), sqlite)).toBe(written('INNER', ' WHERE "books2"."id" = ?'));
});

it('writes a recursion as the union of its parts, the columns in one order', () => {
  const tree = cte('tree', Publisher.objects.filter({ parent: null }).values('id', { depth: Value(0) }), {
    recursive: (tree: Any) =>
      Publisher.objects.withCte(tree, { on: { parent: 'id' } }).values({ depth: F('tree__depth').add(1) }, 'id'),
  });
  const deepest = tree.all().filter({ depth__gte: 3 });
  expect(sqlOf(deepest, sqlite)).toBe(
    'WITH RECURSIVE "tree" ("id", "depth") AS (' +
      'SELECT "library_publisher"."id", ? AS "depth" FROM "library_publisher" WHERE "library_publisher"."parent_id" IS NULL' +
      ' UNION ALL ' +
      'SELECT "library_publisher"."id", ("tree"."depth" + ?) AS "depth" FROM "library_publisher" INNER JOIN "tree" ON ("library_publisher"."parent_id" = "tree"."id")' +
      ') SELECT "tree"."id", "tree"."depth" FROM "tree" WHERE "tree"."depth" >= ?',
  );
  expect(sqlOf(deepest, postgres)).toMatch(
    /^WITH RECURSIVE "tree" \("id", "depth"\) AS \(SELECT .* UNION ALL SELECT .*\) SELECT "tree"\."id", /,
  );
});

it('writes tables that others read before these', () => {
  const inner = cte('inner1', Book.objects.values('id', 'price'));
  const outer = cte(
    'outer1',
    Book.objects
      .withCte(inner, { on: { id: 'id' } })
      .values('id')
      .annotate({ n: Count('inner1__price') }),
  );
  expect(
    sqlOf(
      Book.objects
        .withCte(outer, { on: { id: 'id' } })
        .orderBy()
        .values('outer1__id'),
      sqlite,
    ),
  ).toBe(
    'WITH "inner1" ("id", "price") AS (SELECT "library_book"."id", "library_book"."price" FROM "library_book"), ' +
      '"outer1" ("id", "n") AS (SELECT "library_book"."id", COUNT("inner1"."price") AS "n" FROM "library_book" INNER JOIN "inner1" ON ("library_book"."id" = "inner1"."id") GROUP BY "library_book"."id") ' +
      'SELECT "outer1"."id" FROM "library_book" INNER JOIN "outer1" ON ("library_book"."id" = "outer1"."id")',
  );
});
