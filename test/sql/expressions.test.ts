import { describe, expect, it } from 'vitest';
import { dialectFor } from '../../src/backends/mysql/dialect.js';
import { dialect as postgres } from '../../src/backends/postgres/dialect.js';
import { compile } from '../../src/compiler/compile.js';
import {
  aggregate,
  binary,
  call,
  cast,
  equal,
  isIn,
  isNull,
  like,
  mapParam,
  order,
  param,
  regex,
  star,
  xor,
} from '../../src/sql/build.js';
import type { ExpressionNode, JsonKind, ParamNode } from '../../src/sql/expression-nodes.js';
import { book, books, conditionOf, mysql8, selectedOf, textsOf, types } from './dialects.js';

const jsonPath = (path: (string | number)[], asText = false): ExpressionNode => ({
  kind: 'jsonPath',
  operand: book('data'),
  path,
  asText,
  type: asText ? types.text : types.json,
});

describe('comparisons', () => {
  it('bind values; PostgreSQL takes the type from the column', () => {
    expect(conditionOf(equal(book('title'), param('x', types.varchar)))).toEqual({
      sqlite: '"book"."title" = ?',
      postgres: '"book"."title" = $1',
      mariadb: '`book`.`title` = ?',
    });
  });

  it('tell PostgreSQL the type of a parameter that stands alone', () => {
    expect(selectedOf(param(5, types.integer))).toEqual({ sqlite: '?', postgres: '$1::bigint', mariadb: '?' });
  });

  it('take a list of any length in one text', () => {
    const list = { kind: 'listParam', values: [1, 2], elementType: types.key, source: null, map: null } as const;
    expect(conditionOf(isIn(book('id'), list))).toEqual({
      sqlite: '"book"."id" IN (SELECT value FROM JSON_EACH(?))',
      postgres: '"book"."id" = ANY($1)',
      mariadb: '`book`.`id` IN (?)',
    });
  });

  it('wrap a slice inside IN where the database refuses it there', () => {
    expect(
      conditionOf(isIn(book('id'), books({ distinct: true, slice: { kind: 'slice', limit: 3, offset: 0 } as never }))),
    ).toEqual({
      sqlite: '"book"."id" IN (SELECT DISTINCT "book"."id" FROM "book" LIMIT 3)',
      postgres: '"book"."id" IN (SELECT DISTINCT "book"."id" FROM "book" LIMIT 3)',
      mariadb:
        '`book`.`id` IN (SELECT `inner`.`c0` FROM (SELECT DISTINCT `book`.`id` AS `c0` FROM `book` LIMIT 3) `inner`)',
    });
  });

  it('write exclusive or, or spell it out', () => {
    expect(conditionOf(xor([equal(book('pages'), param(1, types.integer)), isNull(book('price'))]))).toEqual({
      sqlite:
        '(CASE WHEN "book"."pages" = ? THEN 1 ELSE 0 END + CASE WHEN "book"."price" IS NULL THEN 1 ELSE 0 END) % 2 = 1',
      postgres:
        '(CASE WHEN "book"."pages" = $1 THEN 1 ELSE 0 END + CASE WHEN "book"."price" IS NULL THEN 1 ELSE 0 END) % 2 = 1',
      mariadb: '((`book`.`pages` = ?) XOR (`book`.`price` IS NULL))',
    });
  });
});

describe('patterns', () => {
  const pattern = param('%x%', types.text);

  it('mind case where the lookup does', () => {
    expect(conditionOf(like(book('title'), pattern))).toEqual({
      sqlite: '"book"."title" LIKE ? ESCAPE \'\\\'',
      postgres: '"book"."title" LIKE $1',
      mariadb: '`book`.`title` LIKE BINARY ?',
    });
  });

  it('fold case whatever the collation', () => {
    expect(conditionOf(like(book('title'), pattern, true))).toEqual({
      sqlite: '"book"."title" LIKE ? ESCAPE \'\\\'',
      postgres: 'UPPER("book"."title") LIKE UPPER($1::text)',
      mariadb: 'LOWER(`book`.`title`) LIKE LOWER(?)',
    });
  });

  it('search what is no text as text', () => {
    expect(conditionOf(like(book('pages'), pattern)).postgres).toBe('("book"."pages")::text LIKE $1');
    expect(conditionOf(like(book('ip'), pattern)).postgres).toBe('HOST("book"."ip") LIKE $1');
    expect(conditionOf(like(book('uid'), pattern)).postgres).toBe('("book"."uid")::text LIKE $1');
  });

  it('are regular expressions of each database', () => {
    expect(conditionOf(regex(book('title'), pattern))).toEqual({
      sqlite: '"book"."title" REGEXP ?',
      postgres: '"book"."title" ~ $1',
      mariadb: '`book`.`title` REGEXP BINARY ?',
    });
    expect(conditionOf(regex(book('title'), pattern, true))).toEqual({
      sqlite: '"book"."title" REGEXP \'(?i)\' || ?',
      postgres: '"book"."title" ~* $1',
      mariadb: "`book`.`title` REGEXP CONCAT('(?i)', ?)",
    });
    expect(compile(books({ where: regex(book('title'), pattern, true) }), mysql8).sql).toBe(
      "SELECT `book`.`id` FROM `book` WHERE REGEXP_LIKE(`book`.`title`, ?, 'i')",
    );
  });
});

describe('aggregates', () => {
  it('are filtered by FILTER or by CASE', () => {
    expect(
      selectedOf(aggregate('COUNT', [star(types.integer)], types.integer, { filter: isNull(book('pages')) })),
    ).toEqual({
      sqlite: 'COUNT(*) FILTER (WHERE "book"."pages" IS NULL)',
      postgres: 'COUNT(*) FILTER (WHERE "book"."pages" IS NULL)',
      mariadb: 'COUNT(CASE WHEN `book`.`pages` IS NULL THEN 1 END)',
    });
  });

  it('join texts with a delimiter that is bound', () => {
    const titles = aggregate('STRING_AGG', [book('title'), param(', ', types.text)], types.text, {
      orderBy: [order(book('title'))],
    });
    expect(selectedOf(titles)).toEqual({
      sqlite: 'GROUP_CONCAT("book"."title", ? ORDER BY "book"."title")',
      postgres: 'STRING_AGG("book"."title", $1::text ORDER BY "book"."title")',
      mariadb:
        "SUBSTRING(GROUP_CONCAT(CONCAT(?, `book`.`title`) ORDER BY `book`.`title` SEPARATOR ''), CHAR_LENGTH(?) + 1)",
    });
  });
});

describe('functions and operators', () => {
  const two = param(2, types.integer);

  it('spell powers, exclusive or and shifts', () => {
    expect(selectedOf(binary(book('pages'), '^', two, types.integer))).toEqual({
      sqlite: 'POWER("book"."pages", ?)',
      postgres: '("book"."pages" ^ $1::bigint)',
      mariadb: 'POW(`book`.`pages`, ?)',
    });
    expect(selectedOf(binary(book('pages'), '#', two, types.integer))).toEqual({
      sqlite: 'BITXOR("book"."pages", ?)',
      postgres: '("book"."pages" # $1::bigint)',
      mariadb: '(`book`.`pages` ^ ?)',
    });
    expect(selectedOf(binary(book('pages'), '<<', two, types.integer)).postgres).toBe(
      '("book"."pages" << $1::integer)',
    );
  });

  it('spell functions', () => {
    expect(selectedOf(call('LEFT', [book('title'), two], types.text))).toEqual({
      sqlite: 'SUBSTR("book"."title", 1, ?)',
      postgres: 'LEFT("book"."title", $1::integer)',
      mariadb: 'LEFT(`book`.`title`, ?)',
    });
    expect(selectedOf(call('CONCAT', [book('title'), param('x', types.varchar)], types.text))).toEqual({
      sqlite: '(COALESCE("book"."title", \'\') || COALESCE(?, \'\'))',
      postgres: '(COALESCE("book"."title", \'\') || COALESCE($1::text, \'\'))',
      mariadb: "CONCAT_WS('', `book`.`title`, ?)",
    });
    expect(selectedOf(call('SHA256', [book('title')], types.text))).toEqual({
      sqlite: 'SHA256("book"."title")',
      postgres: 'ENCODE(SHA256(CONVERT_TO("book"."title", \'UTF8\')), \'hex\')',
      mariadb: 'SHA2(`book`.`title`, 256)',
    });
    expect(selectedOf(call('LOG', [book('pages'), book('rating')], types.float)).postgres).toBe(
      'LOG(("book"."pages")::numeric, ("book"."rating")::numeric(1000, 15))',
    );
  });

  it('cast', () => {
    expect(selectedOf(cast(book('pages'), types.varchar))).toEqual({
      sqlite: 'CAST("book"."pages" AS varchar(64))',
      postgres: 'CAST("book"."pages" AS varchar(64))',
      mariadb: 'CAST(`book`.`pages` AS char(64))',
    });
  });
});

describe('dates and times', () => {
  it('give their parts in a zone', () => {
    const part = {
      kind: 'extract',
      part: 'week_day',
      operand: book('created'),
      timeZone: 'Europe/Paris',
      type: types.integer,
    } as const;
    expect(selectedOf(part)).toMatchObject({
      postgres: '(EXTRACT(DOW FROM "book"."created" AT TIME ZONE \'Europe/Paris\') + 1)',
      mariadb: "DAYOFWEEK(CONVERT_TZ(`book`.`created`, 'UTC', 'Europe/Paris'))",
    });
    expect(selectedOf({ ...part, timeZone: '+05:30' }).postgres).toBe(
      '(EXTRACT(DOW FROM "book"."created" AT TIME ZONE INTERVAL \'+05:30\') + 1)',
    );
  });

  it('are cut down', () => {
    const month = {
      kind: 'trunc',
      unit: 'month',
      operand: book('created'),
      timeZone: 'UTC',
      type: types.datetime,
    } as const;
    expect(selectedOf(month)).toMatchObject({
      postgres: 'DATE_TRUNC(\'month\', "book"."created", \'UTC\')',
      mariadb: "CAST(DATE_FORMAT(`book`.`created`, '%Y-%m-01') AS DATETIME)",
    });
    expect(selectedOf({ ...month, unit: 'date', timeZone: 'Europe/Paris', type: types.date })).toMatchObject({
      postgres: '("book"."created" AT TIME ZONE \'Europe/Paris\')::date',
      mariadb: "DATE(CONVERT_TZ(`book`.`created`, 'UTC', 'Europe/Paris'))",
    });
    expect(
      selectedOf({ ...month, unit: 'quarter', operand: book('day'), timeZone: null, type: types.date }),
    ).toMatchObject({
      postgres: 'DATE_TRUNC(\'quarter\', "book"."day")::date',
      mariadb:
        'CAST(MAKEDATE(YEAR(`book`.`day`), 1) + INTERVAL QUARTER(`book`.`day`) QUARTER - INTERVAL 1 QUARTER AS DATE)',
    });
  });

  it('are subtracted and moved', () => {
    expect(
      selectedOf({
        kind: 'temporalArithmetic',
        operator: '-',
        left: book('day'),
        right: book('day'),
        type: types.duration,
      }),
    ).toMatchObject({
      postgres: '(INTERVAL \'1 day\' * ("book"."day" - "book"."day"))',
      mariadb: 'TIMESTAMPDIFF(MICROSECOND, `book`.`day`, `book`.`day`)',
    });
    expect(
      selectedOf({
        kind: 'temporalArithmetic',
        operator: '+',
        left: book('created'),
        right: book('length'),
        type: types.datetime,
      }),
    ).toMatchObject({
      postgres: '("book"."created" + "book"."length")',
      mariadb: '(`book`.`created` + INTERVAL `book`.`length` MICROSECOND)',
    });
  });
});

describe('documents', () => {
  it('quote every key for the path and for SQL', () => {
    expect(selectedOf(jsonPath(["a'b", 0]))).toMatchObject({
      postgres: '("book"."data" #> \'{"a\'\'b",0}\')',
      mariadb: "JSON_EXTRACT(`book`.`data`, '$.\"a''b\"[0]')",
    });
    expect(selectedOf(jsonPath(['a"\\']))).toMatchObject({
      postgres: '("book"."data" -> E\'a"\\\\\')',
      mariadb: 'JSON_EXTRACT(`book`.`data`, \'$."a\\\\"\\\\\\\\"\')',
    });
  });

  it('are compared as documents', () => {
    expect(conditionOf(equal(jsonPath(['a']), param('"x"', types.json)))).toMatchObject({
      postgres: '("book"."data" -> \'a\') = $1::jsonb',
      mariadb: "JSON_UNQUOTE(JSON_EXTRACT(`book`.`data`, '$.\"a\"')) = JSON_EXTRACT(?, '$')",
    });
    expect(compile(books({ where: equal(jsonPath(['a']), param('"x"', types.json)) }), mysql8).sql).toBe(
      "SELECT `book`.`id` FROM `book` WHERE JSON_EXTRACT(`book`.`data`, '$.\"a\"') = JSON_EXTRACT(?, '$')",
    );
  });

  it('are compared in one spelling where MariaDB is told that they are no strings', () => {
    const value = (text: string, jsonKind: JsonKind): ParamNode => ({ ...param(text, types.json), jsonKind });
    expect(conditionOf(equal(jsonPath(['a']), value('"x"', 'string')))).toMatchObject({
      mariadb: "JSON_UNQUOTE(JSON_EXTRACT(`book`.`data`, '$.\"a\"')) = JSON_EXTRACT(?, '$')",
    });
    expect(conditionOf(equal(jsonPath(['a']), value('{}', 'other')))).toMatchObject({
      postgres: '("book"."data" -> \'a\') = $1::jsonb',
      mariadb: 'JSON_NORMALIZE(JSON_EXTRACT(`book`.`data`, \'$."a"\')) IN (JSON_NORMALIZE(?))',
    });
    expect(conditionOf(equal(jsonPath(['a']), value('5', 'number')))).toMatchObject({
      mariadb: 'JSON_NORMALIZE(JSON_EXTRACT(`book`.`data`, \'$."a"\')) IN (JSON_NORMALIZE(?), JSON_QUOTE(?))',
    });
    expect(conditionOf(equal(book('data'), value('5', 'number')))).toMatchObject({
      mariadb: 'JSON_NORMALIZE(`book`.`data`) IN (JSON_NORMALIZE(?))',
    });
    expect(conditionOf(isIn(book('data'), [value('"x"', 'string'), value('{}', 'other')]))).toMatchObject({
      mariadb:
        '(JSON_NORMALIZE(`book`.`data`) IN (JSON_NORMALIZE(?)) OR ' +
        "JSON_UNQUOTE(JSON_EXTRACT(`book`.`data`, '$')) IN (JSON_UNQUOTE(JSON_EXTRACT(?, '$'))))",
    });
    const older = dialectFor({ isMariaDB: true, version: [10, 6, 0], hasZones: true, isUnicode: true });
    for (const dialect of [older, mysql8]) {
      const { sql } = compile(books({ where: equal(jsonPath(['a']), value('{}', 'other')) }), dialect);
      expect(sql).not.toContain('JSON_NORMALIZE');
    }
  });

  it('have keys and hold each other', () => {
    expect(conditionOf(call('JSON_HAS_KEY', [book('data'), param('a', types.text)], types.boolean))).toMatchObject({
      postgres: '("book"."data" ? $1::text)',
      mariadb: "JSON_CONTAINS_PATH(`book`.`data`, 'one', ?)",
    });
  });
});

describe('the same value written twice', () => {
  const called = (value: unknown, type = types.text, source: object | null = null): ExpressionNode =>
    call('CONCAT', [book('title'), param(value, type, source)], types.text);
  const grouped = (first: ExpressionNode, second = first) =>
    textsOf(books({ columns: [{ expression: first, alias: null }], groupBy: [second] }));

  it('is one parameter where placeholders are numbered', () => {
    const node = called('!');
    expect(grouped(node)).toEqual({
      sqlite:
        'SELECT (COALESCE("book"."title", \'\') || COALESCE(?, \'\')) FROM "book"' +
        ' GROUP BY (COALESCE("book"."title", \'\') || COALESCE(?, \'\'))',
      postgres:
        'SELECT (COALESCE("book"."title", \'\') || COALESCE($1::text, \'\')) FROM "book"' +
        ' GROUP BY (COALESCE("book"."title", \'\') || COALESCE($1::text, \'\'))',
      mariadb: "SELECT CONCAT_WS('', `book`.`title`, ?) FROM `book` GROUP BY CONCAT_WS('', `book`.`title`, ?)",
    });
    const source = {};
    expect(grouped(called('!', types.text, source), called('!', types.text, source)).postgres).not.toContain('$2');
    expect(compile(books({ where: isIn(node, [node, node]) }), postgres).params).toHaveLength(1);
  });

  it('is another parameter where values only happen to be equal', () => {
    expect(grouped(called('!', types.text, {}), called('!', types.text, {})).postgres).toContain('$2::text');
    expect(grouped(called('!'), called('!')).postgres).toContain('$2::text');
  });

  it('is another parameter where it is encoded otherwise or takes another type', () => {
    const source = {};
    const [x, pages] = [param(1, types.integer, source), book('pages')];
    const { sql, params } = compile(
      books({
        columns: [
          { expression: equal(pages, x), alias: null },
          { expression: equal(pages, x), alias: null },
          { expression: x, alias: null },
          { expression: call('CHR', [x], types.text), alias: null },
          { expression: param(1, types.decimal, source), alias: null },
          { expression: mapParam(x, (value: number) => value + 1), alias: null },
        ],
      }),
      postgres,
    );
    expect(sql).toBe(
      'SELECT "book"."pages" = $1, "book"."pages" = $1, $2::bigint, CHR($3::integer), $4::numeric, $5::bigint FROM "book"',
    );
    expect(params.map(({ encode }) => encode(1))).toEqual(['1', '1', '1', '1', '2']);
  });

  it('is one list', () => {
    const list = { kind: 'listParam', values: [1, 2], elementType: types.key, source: null, map: null } as const;
    const among = isIn(book('id'), list);
    const counted = isIn(binary(book('pages'), '+', book('id'), types.integer), list);
    expect(grouped(among).postgres).toBe('SELECT "book"."id" = ANY($1) FROM "book" GROUP BY "book"."id" = ANY($1)');
    expect(grouped(among, counted).postgres).toContain('$1) FROM');
    expect(grouped(counted).postgres).not.toContain('$2');
  });
});
