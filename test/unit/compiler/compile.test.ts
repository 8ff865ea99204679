import { describe, expect, it } from 'vitest';
import { dialect } from '../../../src/backends/sqlite/dialect.js';
import { compile, literalSql } from '../../../src/compiler/compile.js';
import {
  aggregate,
  and,
  binary,
  call,
  caseWhen,
  column,
  compare,
  equal,
  exists,
  isIn,
  isNull,
  like,
  literal,
  mapParam,
  not,
  or,
  order,
  param,
  select,
  star,
  subquery,
  xor,
} from '../../../src/sql/build.js';
import type { ExpressionNode } from '../../../src/sql/expression-nodes.js';
import type { CompoundNode, SelectNode, SqlNode } from '../../../src/sql/statement-nodes.js';
import { book, bookTable, plainType, types } from './nodes.js';

const from = (parts: Partial<SelectNode>): SelectNode =>
  select({ from: bookTable, columns: [{ expression: book('id'), alias: null }], ...parts });
const sqlOf = (node: SqlNode): string => compile(node, dialect).sql;
const where = (condition: ExpressionNode): string =>
  sqlOf(from({ where: condition })).replace('SELECT "book"."id" FROM "book" WHERE ', '');
const valuesOf = (node: SqlNode): unknown[] => compile(node, dialect).params.map(({ value }) => value);

describe('SELECT', () => {
  it('names columns with their table and leaves out an alias that equals the table', () => {
    expect(sqlOf(from({}))).toBe('SELECT "book"."id" FROM "book"');
  });

  it('joins with the alias where that differs', () => {
    const author = { kind: 'table', name: 'author', alias: 'T3' } as const;
    const on = equal(book('author_id'), column('T3', 'id', types.integer));
    expect(sqlOf(from({ joins: [{ kind: 'join', type: 'INNER', source: author, on }] }))).toBe(
      'SELECT "book"."id" FROM "book" INNER JOIN "author" "T3" ON ("book"."author_id" = "T3"."id")',
    );
    expect(sqlOf(from({ joins: [{ kind: 'join', type: 'LEFT', source: { ...author, alias: 'author' }, on }] }))).toBe(
      'SELECT "book"."id" FROM "book" LEFT OUTER JOIN "author" ON ("book"."author_id" = "T3"."id")',
    );
  });

  it('writes its clauses in order, offsets as parameters', () => {
    const node = from({
      distinct: true,
      columns: [
        { expression: book('kind'), alias: null },
        { expression: aggregate('COUNT', [star(types.integer)], types.integer), alias: 'n' },
      ],
      where: compare(book('pages'), '>', param(100, types.integer)),
      groupBy: [book('kind')],
      having: compare(aggregate('COUNT', [star(types.integer)], types.integer), '>', param(1, types.integer)),
      orderBy: [order({ kind: 'alias', name: 'n', type: types.integer }, true), order(book('kind'), false, 'last')],
      slice: { kind: 'slice', limit: 10, offset: 20, offsetSource: null },
    });
    expect(sqlOf(node)).toBe(
      'SELECT DISTINCT "book"."kind", COUNT(*) AS "n" FROM "book" WHERE "book"."pages" > ? GROUP BY "book"."kind" ' +
        'HAVING COUNT(*) > ? ORDER BY "n" DESC, "book"."kind" NULLS LAST LIMIT 10 OFFSET ?',
    );
    expect(valuesOf(node)).toEqual([100n, 1n, 20n]);
  });

  it('gives SQLite a LIMIT wherever there is an OFFSET', () => {
    expect(sqlOf(from({ slice: { kind: 'slice', limit: null, offset: 5, offsetSource: null } }))).toBe(
      'SELECT "book"."id" FROM "book" LIMIT -1 OFFSET ?',
    );
  });

  it('selects 1 where no column is wanted', () => {
    expect(where(exists(select({ from: bookTable })))).toBe('EXISTS (SELECT 1 FROM "book")');
    expect(where(not(exists(select({ from: bookTable }))))).toBe('NOT EXISTS (SELECT 1 FROM "book")');
  });

  it('puts common table expressions in front', () => {
    const node = select({
      ctes: [{ kind: 'cte', name: 'cheap', columns: ['id'], query: from({}) }],
      recursive: true,
      columns: [{ expression: column('cheap', 'id', types.integer), alias: null }],
      from: { kind: 'table', name: 'cheap', alias: 'cheap' },
    });
    expect(sqlOf(node)).toBe(
      'WITH RECURSIVE "cheap" ("id") AS (SELECT "book"."id" FROM "book") SELECT "cheap"."id" FROM "cheap"',
    );
  });

  it('makes a derived table of a part of a UNION that is composed itself', () => {
    const both: CompoundNode = {
      kind: 'compound',
      operator: 'INTERSECT',
      queries: [from({}), from({})],
      orderBy: [],
      slice: null,
    };
    expect(
      sqlOf({ ...both, operator: 'UNION ALL', queries: [from({}), both], orderBy: [order(literal(1, types.integer))] }),
    ).toBe(
      'SELECT "book"."id" FROM "book" UNION ALL SELECT * FROM (SELECT "book"."id" FROM "book" INTERSECT SELECT "book"."id" FROM "book") ORDER BY 1',
    );
  });

  it('refuses an order or a limit in a part of a UNION', () => {
    const sliced = from({ slice: { kind: 'slice', limit: 3, offset: 0, offsetSource: null } });
    expect(() =>
      sqlOf({ kind: 'compound', operator: 'UNION', queries: [from({}), sliced], orderBy: [], slice: null }),
    ).toThrow('takes no ORDER BY or LIMIT');
  });
});

describe('conditions', () => {
  const a = equal(book('a'), param(1, types.integer));
  const b = equal(book('b'), param(2, types.integer));
  const c = isNull(book('c'));

  it('puts parentheses around an OR inside an AND, and nowhere else', () => {
    expect(where(and([a, or([b, c])]))).toBe('"book"."a" = ? AND ("book"."b" = ? OR "book"."c" IS NULL)');
    expect(where(or([and([a, b]), c]))).toBe('("book"."a" = ? AND "book"."b" = ?) OR "book"."c" IS NULL');
  });

  it('negates what stands in parentheses', () => {
    expect(where(not(and([a, b])))).toBe('NOT ("book"."a" = ? AND "book"."b" = ?)');
  });

  it('counts the true operands of XOR', () => {
    expect(where(xor([a, c]))).toBe(
      '(CASE WHEN "book"."a" = ? THEN 1 ELSE 0 END + CASE WHEN "book"."c" IS NULL THEN 1 ELSE 0 END) % 2 = 1',
    );
  });

  it('keeps a condition that is compared in parentheses', () => {
    expect(where(equal(c, param(true, types.boolean)))).toBe('("book"."c" IS NULL) = ?');
  });

  it('folds a chain of 10,000 operands into a tree that SQLite takes', () => {
    const text = where(or(Array.from({ length: 10_000 }, (_, index) => equal(book('a'), param(index, types.integer)))));
    expect(text.split(' OR ')).toHaveLength(10_000);
    expect(text.startsWith('("book"."a" = ? OR ')).toBe(true);
  });

  it('writes IN with a list, a statement or one parameter for all', () => {
    expect(where(isIn(book('a'), [param(1, types.integer), param(2, types.integer)]))).toBe('"book"."a" IN (?, ?)');
    expect(where(isIn(book('a'), from({})))).toBe('"book"."a" IN (SELECT "book"."id" FROM "book")');
    const list = { kind: 'listParam', values: [1, 2, 3], elementType: types.integer, source: null, map: null } as const;
    expect(where(isIn(book('a'), list))).toBe('"book"."a" IN (SELECT value FROM JSON_EACH(?))');
    expect(valuesOf(from({ where: isIn(book('a'), list) }))).toEqual(['[1,2,3]']);
  });

  it('matches patterns by LIKE, without the hyphens of UUIDs', () => {
    expect(where(like(book('title', types.text), param('%50\\%%', types.text)))).toBe(
      `"book"."title" LIKE ? ESCAPE '\\'`,
    );
    expect(valuesOf(from({ where: like(book('key', types.uuid), param('%0000-1111%', types.text)) }))).toEqual([
      '%00001111%',
    ]);
  });
});

describe('expressions', () => {
  const text = (node: ExpressionNode): string => literalSqlOfColumns(node);
  const literalSqlOfColumns = (node: ExpressionNode): string => literalSql(node, dialect);

  it('puts parentheses around arithmetic', () => {
    const sum = binary(book('a'), '+', literal(-1, types.integer), types.integer);
    expect(text(binary(sum, '*', literal(2, types.integer), types.integer))).toBe('(("book"."a" + (-1)) * 2)');
  });

  it('never lets a negative literal make a comment', () => {
    expect(text(binary(literal(1, types.integer), '-', literal(-1, types.integer), types.integer))).toBe('(1 - (-1))');
    expect(text({ kind: 'negate', operand: literal(-1, types.integer), type: types.integer })).toBe('(-(-1))');
  });

  it('refuses numbers that are not whole as literals', () => {
    expect(() => text(literal(1.5, types.float))).toThrow('Only whole numbers');
    expect(() => text(literal(Number.NaN, types.float))).toThrow('Only whole numbers');
  });

  it('writes CASE', () => {
    expect(
      text(
        caseWhen(
          [{ condition: isNull(book('a')), result: literal(1, types.integer) }],
          literal(null, types.integer),
          types.integer,
        ),
      ),
    ).toBe('CASE WHEN "book"."a" IS NULL THEN 1 ELSE NULL END');
  });

  it('writes windows with their frame', () => {
    expect(
      text({
        kind: 'window',
        expression: aggregate('SUM', [book('pages')], types.integer, { filter: isNull(book('a')) }),
        partitionBy: [book('kind')],
        orderBy: [order(book('id'))],
        frame: {
          kind: 'frame',
          mode: 'rows',
          start: { kind: 'preceding', offset: 2 },
          end: { kind: 'currentRow' },
          exclusion: 'TIES',
        },
        type: types.integer,
      }),
    ).toBe(
      'SUM("book"."pages") FILTER (WHERE "book"."a" IS NULL) OVER (PARTITION BY "book"."kind" ORDER BY "book"."id" ROWS BETWEEN 2 PRECEDING AND CURRENT ROW EXCLUDE TIES)',
    );
  });

  it('refuses names of functions that are not names', () => {
    expect(() => text(call('ABS(1); DROP TABLE book; --', [], types.integer))).toThrow('A function name');
    expect(() => text(aggregate('a b', [], types.integer))).toThrow('A function name');
    expect(() => text(call('toString', [], types.text))).not.toThrow();
  });

  it('quotes identifiers and doubles quotes inside', () => {
    expect(text(column('bo"ok', 'na"me', types.text))).toBe('"bo""ok"."na""me"');
    expect(text({ kind: 'collate', operand: book('title', types.text), collation: 'no"case', type: types.text })).toBe(
      '"book"."title" COLLATE "no""case"',
    );
  });

  it('refuses names that no identifier can be', () => {
    expect(() => text(column(null, '', types.text))).toThrow('cannot be empty');
    expect(() => text(column(null, 'a\0b', types.text))).toThrow('NUL');
  });

  it('writes values as literals in definitions', () => {
    expect(literalSql(equal(column(null, 'name', types.text), param("O'Hara", types.text)), dialect)).toBe(
      `"name" = 'O''Hara'`,
    );
    expect(literalSql(compare(column(null, 'price', types.price), '>=', param('1.50', types.price)), dialect)).toBe(
      '"price" >= 1.5',
    );
  });

  it('spells power and exclusive or as functions', () => {
    expect(text(binary(book('a'), '#', book('b'), types.integer))).toBe('BITXOR("book"."a", "book"."b")');
    expect(text(binary(book('a'), '^', book('b'), types.integer))).toBe('POWER("book"."a", "book"."b")');
  });
});

describe('writes', () => {
  const insert = {
    kind: 'insert',
    table: 'book',
    columns: ['title', 'pages'],
    conflict: null,
    returning: [],
    rows: [
      [param('Dune', types.text), param(412, types.integer)],
      [param('Emma', types.text), param(null, types.integer)],
    ],
  } as const;

  it('inserts several rows at once', () => {
    expect(sqlOf(insert)).toBe('INSERT INTO "book" ("title", "pages") VALUES (?, ?), (?, ?)');
    expect(valuesOf(insert)).toEqual(['Dune', 412n, 'Emma', null]);
  });

  it('inserts a row of defaults', () => {
    expect(sqlOf({ ...insert, columns: [], rows: [[]], returning: [{ expression: book('id'), alias: null }] })).toBe(
      'INSERT INTO "book" DEFAULT VALUES RETURNING "book"."id"',
    );
  });

  it('skips rows that are there or takes their new values', () => {
    expect(sqlOf({ ...insert, conflict: { kind: 'conflict', action: 'ignore', target: [], update: [] } })).toBe(
      'INSERT OR IGNORE INTO "book" ("title", "pages") VALUES (?, ?), (?, ?)',
    );
    expect(
      sqlOf({ ...insert, conflict: { kind: 'conflict', action: 'update', target: ['title'], update: ['pages'] } }),
    ).toBe(
      'INSERT INTO "book" ("title", "pages") VALUES (?, ?), (?, ?) ON CONFLICT ("title") DO UPDATE SET "pages" = EXCLUDED."pages"',
    );
  });

  it('updates and deletes', () => {
    const condition = equal(book('id'), param(1, types.integer));
    expect(
      sqlOf({
        kind: 'update',
        table: 'book',
        where: condition,
        orderBy: [],
        returning: [],
        assignments: [{ column: 'views', value: binary(book('views'), '+', param(1, types.integer), types.integer) }],
      }),
    ).toBe('UPDATE "book" SET "views" = ("book"."views" + ?) WHERE "book"."id" = ?');
    expect(sqlOf({ kind: 'delete', table: 'book', where: condition })).toBe('DELETE FROM "book" WHERE "book"."id" = ?');
    expect(sqlOf({ kind: 'delete', table: 'book', where: null })).toBe('DELETE FROM "book"');
  });
});

describe('parameters and decoders', () => {
  const shouting = {
    columnType: { name: 'text' },
    toDb: (value: string) => value.toUpperCase(),
    fromDb: (value: string) => value.toLowerCase(),
  };

  it('converts by the type, then by the dialect', () => {
    expect(valuesOf(from({ where: equal(book('a', shouting), param('x', shouting)) }))).toEqual(['X']);
    expect(valuesOf(from({ where: equal(book('a', types.boolean), param(true, types.boolean)) }))).toEqual([1n]);
    expect(
      valuesOf(
        from({ where: equal(book('key', types.uuid), param('01234567-89ab-cdef-0123-456789abcdef', types.uuid)) }),
      ),
    ).toEqual(['0123456789abcdef0123456789abcdef']);
  });

  it('encodes the value of a later query as it encoded the first', () => {
    const source = {};
    const pattern = mapParam(param('a', types.text, source), (value: string) => `%${value}%`);
    const [compiled] = compile(from({ where: like(book('title', types.text), pattern) }), dialect).params;
    expect(compiled).toMatchObject({ source, value: '%a%' });
    expect(compiled?.encode('b')).toBe('%b%');
  });

  it('keeps null as NULL and refuses undefined', () => {
    expect(valuesOf(from({ where: equal(book('a', shouting), param(null, shouting)) }))).toEqual([null]);
    expect(() => valuesOf(from({ where: equal(book('a'), param(undefined, types.integer)) }))).toThrow(TypeError);
  });

  it('gives a decoder for each column, null where there is nothing to do', () => {
    const { decoders } = compile(
      from({
        columns: [book('t', types.text), book('s', shouting), book('b', types.boolean)].map((expression) => ({
          expression,
          alias: null,
        })),
      }),
      dialect,
    );
    expect(decoders[0]).toBeNull();
    expect(decoders[1]?.('X')).toBe('x');
    expect(decoders[2]?.(1)).toBe(true);
  });

  it('tells which columns may hold 64 bits', () => {
    const { wideColumns } = compile(
      from({
        columns: [book('id'), book('n', types.bigint), book('d', types.duration)].map((expression) => ({
          expression,
          alias: null,
        })),
      }),
      dialect,
    );
    expect(wideColumns).toEqual([1, 2]);
  });

  it('throws for a whole number that JavaScript cannot hold, and never rounds', () => {
    const [decode] = compile(from({}), dialect).decoders;
    expect(decode?.(9007199254740991)).toBe(9007199254740991);
    expect(() => decode?.(9007199254740992)).toThrow('beyond 2^53');
    expect(() => decode?.(9007199254740993n)).toThrow('beyond 2^53');
  });

  it('rounds a stored decimal to its column, and an expression of the same type not', () => {
    const columns = [
      book('price', types.price),
      binary(book('price', types.price), '*', param('1.1', types.decimal), types.price),
    ];
    const [stored, computed] = compile(
      from({ columns: columns.map((expression) => ({ expression, alias: null })) }),
      dialect,
    ).decoders;
    expect(stored?.(4.995)).toBe('5');
    expect(computed?.(4.995)).toBe('4.995');
    expect(computed?.(0.1 + 0.2)).toBe('0.3');
  });

  it('knows which statements only read', () => {
    expect(compile(from({}), dialect).readOnly).toBe(true);
    expect(compile({ kind: 'delete', table: 'book', where: null }, dialect).readOnly).toBe(false);
  });

  it('takes plain values where no type is known', () => {
    const any = { ...plainType({ name: 'any' }) };
    const values = [1, 1.5, true, 'x', new Date('2024-02-29T12:30:45.120Z')].map(
      (value) => valuesOf(subquery(from({ where: equal(book('a'), param(value, any)) }), any))[0],
    );
    expect(values).toEqual([1n, 1.5, 1n, 'x', '2024-02-29 12:30:45.120000']);
    expect(() => valuesOf(from({ where: equal(book('a'), param({ $gt: '' }, any)) }))).toThrow(TypeError);
  });
});
