import { describe, expect, it } from 'vitest';
import { Case, When } from '../../../src/expressions/case.js';
import { F } from '../../../src/expressions/f.js';
import { FilteredRelation } from '../../../src/expressions/filtered-relation.js';
import { Func } from '../../../src/expressions/func.js';
import { OrderBy } from '../../../src/expressions/order-by.js';
import { not, Q } from '../../../src/expressions/q.js';
import { RawSQL } from '../../../src/expressions/raw.js';
import { Exists, OuterRef, Subquery } from '../../../src/expressions/subquery.js';
import { Value } from '../../../src/expressions/value.js';
import { RowRange, ValueRange, Window, WindowFrameExclusion } from '../../../src/expressions/window.js';
import { Cast, Collate, ExpressionWrapper } from '../../../src/expressions/wrapper.js';
import { FloatField, IntegerField } from '../../../src/fields/numeric.js';
import { CharField } from '../../../src/fields/text.js';
import { Count, Sum } from '../../../src/functions/aggregates.js';
import { Coalesce } from '../../../src/functions/comparison.js';
import { Lag, Rank } from '../../../src/functions/window.js';
import { FALSE, select } from '../../../src/sql/build.js';
import { sql } from '../../../src/sql/template.js';
import { FakeScope, oneColumn, querySet, scope, sqlOf, typeOf } from './fake-scope.js';

describe('Case', () => {
  it('takes the first branch that fits', () => {
    const size = Case([When({ pages__gte: 500 }, Value('thick')), When(not({ active: true }), Value('old'))], {
      default: Value('thin'),
    });
    expect(sqlOf(size)).toBe(
      'CASE WHEN (t.pages >= ?500) THEN ?thick WHEN NOT (t.active = TRUE) THEN ?old ELSE ?thin END',
    );
    expect(typeOf(size)).toBe('CharField');
  });
  it('names fields by text and gives null without a default', () => {
    expect(sqlOf(Case([When({ pages: 1 }, 'name')]))).toBe('CASE WHEN (t.pages = ?1) THEN t.name END');
  });
  it('leaves out branches that never fit and ends at one that always does', () => {
    expect(
      sqlOf(
        Case([
          When({ pages__in: [] }, Value(1)),
          When({ pages: 1 }, Value(2)),
          When(not({ pages__in: [] }), Value(3)),
          When({ pages: 2 }, Value(4)),
        ]),
      ),
    ).toBe('CASE WHEN (t.pages = ?1) THEN ?2 ELSE ?3 END');
    expect(sqlOf(Case([When({ pages__in: [] }, Value(1))], { default: Value(9) }))).toBe('?9');
    expect(sqlOf(Case([]))).toBe('NULL');
  });
  it('refuses empty conditions and what is no When', () => {
    expect(() => When(Q(), Value(1))).toThrow(/empty condition/);
    expect(() => When({}, Value(1))).toThrow(/empty condition/);
    expect(() => Case([{ condition: 1 } as never])).toThrow(TypeError);
    expect(() => When('x' as never, Value(1))).toThrow(TypeError);
  });
  it('of mixed types needs an output field', () => {
    const mixed = [When({ pages: 1 }, 'pages')];
    expect(() => sqlOf(Case(mixed, { default: 'name' }))).toThrow(/mixed types: IntegerField, CharField/);
    expect(typeOf(Case(mixed, { default: 'name', outputField: CharField() }))).toBe('CharField');
  });
});

describe('Subquery, Exists and OuterRef', () => {
  it('have the type of the one column', () => {
    expect(typeOf(Subquery(querySet()))).toBe('IntegerField');
    expect(typeOf(Subquery(querySet(), { outputField: FloatField() }))).toBe('FloatField');
    expect(sqlOf(Exists(querySet()))).toBe('EXISTS(SELECT)');
  });
  it('refuse more than one column and what is no QuerySet', () => {
    const two = select({
      columns: [
        ...(oneColumn('pages') as never as { columns: [] }).columns,
        ...(oneColumn('name') as never as { columns: [] }).columns,
      ],
    });
    expect(() => sqlOf(Subquery(querySet('two', two)))).toThrow(/exactly one column/);
    for (const bad of [null, 5, {}, 'x', []]) expect(() => Subquery(bad)).toThrow(TypeError);
  });
  it('fold when nothing can match', () => {
    const none = select({ columns: (oneColumn('pages') as never as { columns: [] }).columns, where: FALSE });
    expect(sqlOf(Subquery(querySet('none', none)))).toBe('NULL');
    expect(sqlOf(Exists(querySet('none', none)))).toBe('FALSE');
  });
  it('reach the query around them, and the one around that', () => {
    const outermost = new FakeScope({ alias: 'a' });
    const middle = new FakeScope({ alias: 'b', outer: outermost });
    const inner = new FakeScope({ alias: 'c', outer: middle });
    expect(sqlOf(OuterRef('pages'), inner)).toBe('b.pages');
    expect(sqlOf(OuterRef(OuterRef('pages')), inner)).toBe('a.pages');
    expect(sqlOf(OuterRef('name').slice(0, 1), inner)).toBe('SUBSTRING(b.name, 1, 1)');
    expect(() => sqlOf(OuterRef('pages'))).toThrow(/only be used in a subquery/);
  });
  it('stand for anything while names are checked', () => {
    const checking = new FakeScope({ checking: true });
    expect(sqlOf(OuterRef('whatever').add(1), checking)).toBe('(NULL + ?1)');
    expect(typeOf(OuterRef('whatever').add(1), checking)).toBe('IntegerField');
  });
  it('refuse windows of the outer query', () => {
    const rank = Window(Rank(), { orderBy: 'pages' }).resolve(scope);
    const inner = new FakeScope({ outer: new FakeScope({ annotations: { rank } }) });
    expect(() => sqlOf(OuterRef('rank'), inner)).toThrow(/window/);
  });
  it('have no shape when the query has none, and else its values', () => {
    expect(Exists(querySet(null)).shape).toBeNull();
    expect(Exists(querySet('a')).shape).not.toBe(Exists(querySet('b')).shape);
    expect(Exists(querySet('a')).shape).not.toBe(Subquery(querySet('a')).shape);
  });
});

describe('Window', () => {
  it('has partition, order and frame', () => {
    const ranked = Window(Rank(), {
      partitionBy: ['name', F('day')],
      orderBy: ['-price', F('pages').asc({ nullsLast: true })],
      frame: RowRange({ start: -2, end: 0 }),
    });
    expect(sqlOf(ranked)).toBe(
      'RANK() OVER (t.name, t.day; t.price DESC, t.pages NULLS last; ["rows",{"kind":"preceding","offset":2},{"kind":"currentRow"},null])',
    );
    expect(typeOf(ranked)).toBe('IntegerField');
  });
  it('takes aggregates, and puts their default around itself', () => {
    expect(sqlOf(Window(Sum('pages')))).toBe('SUM(t.pages) OVER (; ; -)');
    expect(sqlOf(Window(Sum('pages', { default: 0 })))).toBe('COALESCE(SUM(t.pages) OVER (; ; -), ?0)');
  });
  it('refuses other expressions', () => {
    for (const bad of [F('pages'), Coalesce('pages', 'stock'), Value(1), null, {}])
      expect(() => Window(bad as never)).toThrow(/OVER/);
    expect(() => Window(Rank(), { orderBy: { a: 1 } as never })).toThrow(/orderBy/);
    expect(() => Window(Rank(), { frame: { node: 'x' } as never })).toThrow(TypeError);
  });
  it('checks its frame', () => {
    expect(ValueRange().node).toMatchObject({
      mode: 'range',
      start: { kind: 'unboundedPreceding' },
      end: { kind: 'unboundedFollowing' },
    });
    expect(RowRange({ start: 1, end: 3, exclusion: WindowFrameExclusion.TIES }).node).toMatchObject({
      start: { kind: 'following', offset: 1 },
      exclusion: 'TIES',
    });
    expect(() => RowRange({ start: 2, end: 1 })).toThrow(/greater/);
    for (const bad of ['1; DROP TABLE t', 1.5, Number.NaN, {}])
      expect(() => RowRange({ start: bad as never })).toThrow();
    expect(() => RowRange({ exclusion: 'GROUP) FROM x --' as never })).toThrow(TypeError);
    expect(() => RowRange({ exclusion: 'constructor' as never })).toThrow(TypeError);
  });
  it('differs in shape by every part', () => {
    const shapes = [
      Window(Rank()),
      Window(Rank(), { orderBy: 'pages' }),
      Window(Rank(), { orderBy: '-pages' }),
      Window(Rank(), { partitionBy: 'pages' }),
      Window(Rank(), { frame: RowRange() }),
      Window(Rank(), { frame: ValueRange() }),
      Window(Rank(), { frame: RowRange({ end: 0 }) }),
      Window(Lag('pages')),
      Window(Lag('pages', { offset: 2 })),
      Window(Rank(), { orderBy: F('pages').desc() }),
    ].map((window) => window.shape);
    expect(new Set(shapes).size).toBe(shapes.length);
  });
});

describe('Func', () => {
  it('calls a function by name or by template', () => {
    expect(sqlOf(Func('name', Value('x'), { function: 'SOUNDEX', outputField: CharField() }))).toBe(
      'SOUNDEX(t.name, ?x)',
    );
    expect(sqlOf(Func('name', { template: ['TRIM(BOTH FROM ', ')'], outputField: CharField() }))).toBe(
      'TRIM(BOTH FROM t.name)',
    );
  });
  it('refuses names that are no identifiers, templates that do not fit and a wrong number of arguments', () => {
    for (const bad of ['', 'A(', 'A;B', "A'", 'A B', 'a.b.c', '1a'])
      expect(() => Func('name', { function: bad })).toThrow();
    expect(() => Func('name', { template: ['A'] })).toThrow(TypeError);
    expect(() => Func('name', { template: 'A(%s)' as never })).toThrow(TypeError);
    expect(() => Func('name', 'bio', { function: 'F', arity: 1 })).toThrow(/exactly 1 argument/);
    expect(() => Func('name')).toThrow(TypeError);
  });
  it('can be extended', () => {
    class Soundex extends Func {
      constructor(expression: unknown) {
        super(expression, { function: 'SOUNDEX' });
      }
    }
    expect(sqlOf(new Soundex('name'))).toBe('SOUNDEX(t.name)');
    expect(new Soundex('name').shape).not.toBe(Func('name', { function: 'SOUNDEX' }).shape);
  });
});

describe('RawSQL', () => {
  it('binds what stands in the template', () => {
    const raw = RawSQL`LENGTH(${F('name')}) > ${20} AND ${sql.id('b', 'c')} = 1`;
    expect(sqlOf(raw)).toBe('LENGTH(t.name) > ?20 AND b.c = 1');
    expect(raw.inputs().map(({ value }) => value)).toEqual([20]);
    expect(RawSQL`a ${1}`.shape).toBe(RawSQL`a ${2}`.shape);
    const shapes = [
      RawSQL`a ${1}`,
      RawSQL`b ${1}`,
      RawSQL`a ${'1'}`,
      RawSQL`a ${sql.id('x')}`,
      RawSQL`a ${sql.id('x', 'y')}`,
    ];
    expect(new Set(shapes.map(({ shape }) => shape)).size).toBe(shapes.length);
  });
  it('opens pieces inside pieces', () => {
    const onlyOld = sql`AND age > ${7}`;
    expect(sqlOf(RawSQL`a = ${1} ${onlyOld}${sql``} OR b`)).toBe('a = ?1 AND age > ?7 OR b');
  });
  it('is a template tag alone', () => {
    expect(() => RawSQL('1 = 1' as never)).toThrow(TypeError);
    expect(() => RawSQL(['1 = 1'] as never)).toThrow(TypeError);
    expect(() => RawSQL(Object.assign(['1 = 1'], { raw: ['1 = 1'] }) as never)).toThrow(TypeError);
    expect(() => RawSQL`${undefined}`).toThrow(TypeError);
    expect(() => RawSQL`${sql.id('a', 'b', 'c')}`).toThrow(/two parts/);
  });
});

describe('Cast, Collate, ExpressionWrapper, OrderBy, FilteredRelation', () => {
  it('change type or SQL', () => {
    expect(sqlOf(Cast('pages', FloatField()))).toBe('CAST(t.pages AS float)');
    expect(sqlOf(Collate('name', 'nocase'))).toBe('(t.name COLLATE nocase)');
    expect(typeOf(ExpressionWrapper(F('pages'), { outputField: FloatField() }))).toBe('FloatField');
    const whole = ExpressionWrapper(F('weight').mul(100), { outputField: IntegerField() }).resolve(scope).type;
    expect([490.00000000000006, -1.5, '7.2500', 3].map((value) => whole.fromDb(value))).toEqual([490, -1, 7, 3]);
    expect(ExpressionWrapper(Value(1), { outputField: CharField() }).resolve(scope)).toMatchObject({ value: '1' });
  });
  it('refuse what is missing or hostile', () => {
    expect(() => Cast('pages', undefined as never)).toThrow(TypeError);
    expect(() => ExpressionWrapper('pages', {} as never)).toThrow(TypeError);
    for (const bad of ['', 'a"b', 'a; b', 'a.b', "a'", 5, null])
      expect(() => Collate('name', bad as never)).toThrow(/collation/);
    expect(() => OrderBy(5 as never)).toThrow(TypeError);
    expect(() => OrderBy('')).toThrow(TypeError);
    expect(() => FilteredRelation('')).toThrow(/empty/);
    expect(() => FilteredRelation('books', { condition: 'x' as never })).toThrow(TypeError);
    expect(FilteredRelation('books').condition.isEmpty).toBe(true);
  });
  it('order by a name as by an expression', () => {
    expect(OrderBy('pages', { descending: true }).toOrder(scope)).toMatchObject({ descending: true });
    expect(OrderBy('pages').shape).not.toBe(OrderBy('pages', { descending: true }).shape);
  });
  it('may hold a composed condition as a value', () => {
    expect(sqlOf(Coalesce(Q({ pages: 1 }), Value(false)))).toBe('COALESCE((t.pages = ?1), ?false)');
    expect(Count(Case([When({ active: true }, Value(1))])).shape).not.toBeNull();
    expect(IntegerField().kind).toBe('IntegerField');
  });
});
