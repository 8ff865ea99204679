import { ValueError } from 'nuages';
import { captureQueries } from 'nuages/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Book, closeLibrary, openLibrary } from '../../support/library.js';
import { testDatabaseKind } from '../../support/test-database.js';

beforeAll(openLibrary);
afterAll(closeLibrary);

/** How each database explains, and what none of the options may be. */
const own = {
  sqlite: {
    sql: /^EXPLAIN QUERY PLAN SELECT .* WHERE "library_book"\."title" = \? ORDER BY/,
    plan: /SCAN library_book\n.*USE TEMP B-TREE FOR ORDER BY$/,
    refused: [{ format: 'json' }, { analyze: true }],
    taken: [],
  },
  postgresql: {
    sql: /^EXPLAIN SELECT .* WHERE "library_book"\."title" = \$1 ORDER BY/,
    plan: /^Sort [\s\S]*Sort Key: pages[\s\S]*Seq Scan on library_book/,
    refused: [{ format: 'tree' }, { analyze: 'true' }, { wall: true }],
    taken: [
      [{ format: 'json' }, /^EXPLAIN \(FORMAT JSON\) SELECT/],
      [{ analyze: true, verbose: true }, /^EXPLAIN \(ANALYZE true, VERBOSE true\) SELECT/],
    ],
  },
  mysql: {
    sql: /^EXPLAIN SELECT .* WHERE `library_book`\.`title` = \? ORDER BY/,
    plan: /library_book .*Using where; Using filesort/,
    refused: [{ format: 'yaml' }, { analyze: 'true' }, { verbose: true }],
    taken: [
      [{ format: 'json' }, /^EXPLAIN FORMAT=JSON SELECT/],
      [{ analyze: true }, /^(EXPLAIN )?ANALYZE SELECT/],
    ],
  },
} as const;
const explained = own[testDatabaseKind()];

it("explains a query in the database's own words, without running it", async () => {
  const { result, queries } = await captureQueries(() =>
    Book.objects.filter({ title: 'Dune' }).orderBy('pages').explain(),
  );
  expect(result).toMatch(explained.plan);
  expect(queries).toHaveLength(1);
  expect(queries[0]!.sql).toMatch(explained.sql);
  expect(queries[0]!.params).toEqual(['Dune']);
});

it('takes the formats and options that the database has', async () => {
  for (const [options, sql] of explained.taken) {
    const { queries } = await captureQueries(() => Book.objects.all().explain(options));
    expect(queries.map((query) => query.sql)).toEqual([expect.stringMatching(sql)]);
  }
});

it('has nothing to explain where nothing can match', async () => {
  expect(await Book.objects.none().explain()).toBe('');
});

it('refuses formats and options that the database does not have, before anything is sent', async () => {
  const { queries } = await captureQueries(async () => {
    for (const options of [
      ...explained.refused,
      { format: 'TEXT; DROP TABLE library_book' },
      { format: ['JSON'] },
      { 'analyze true) SELECT 1; --': true },
      { ['__proto__']: true },
    ]) {
      await expect(Book.objects.all().explain(options)).rejects.toThrow(ValueError);
    }
  });
  expect(queries).toEqual([]);
});
