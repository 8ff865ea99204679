import { ValueError } from 'nuages';
import { captureQueries } from 'nuages/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Book, closeLibrary, openLibrary } from '../../support/library.js';

beforeAll(openLibrary);
afterAll(closeLibrary);

it("explains a query in the database's own words, without running it", async () => {
  const { result, queries } = await captureQueries(() =>
    Book.objects.filter({ title: 'Dune' }).orderBy('pages').explain(),
  );
  expect(result).toMatch(/SCAN library_book\n.*USE TEMP B-TREE FOR ORDER BY$/);
  expect(queries).toHaveLength(1);
  expect(queries[0]!.sql).toMatch(/^EXPLAIN QUERY PLAN SELECT .* WHERE "library_book"\."title" = \? ORDER BY/);
  expect(queries[0]!.params).toEqual(['Dune']);
});

it('has nothing to explain where nothing can match', async () => {
  expect(await Book.objects.none().explain()).toBe('');
});

it('refuses formats and options that SQLite does not have, before anything is sent', async () => {
  const { queries } = await captureQueries(async () => {
    for (const options of [
      { format: 'json' },
      { format: 'TEXT; DROP TABLE library_book' },
      { analyze: true },
      { 'analyze true) SELECT 1; --': true },
      { ['__proto__']: true },
    ]) {
      await expect(Book.objects.all().explain(options)).rejects.toThrow(ValueError);
    }
  });
  expect(queries).toEqual([]);
});
