import { describe, expect, it } from 'vitest';
import { AggregateExpression } from '../../../src/expressions/aggregate.js';
import { F } from '../../../src/expressions/f.js';
import { Value } from '../../../src/expressions/value.js';
import { DecimalField } from '../../../src/fields/numeric.js';
import { AnyValue, Avg, Count, Max, Min, StdDev, StringAgg, Sum, Variance } from '../../../src/functions/aggregates.js';
import { Decimal } from '../../../src/util/decimal.js';
import { FakeScope, scope, sqlOf, typeOf } from '../expressions/fake-scope.js';

describe('aggregates', () => {
  it.each([
    [Count('pages'), 'COUNT(t.pages)'],
    [Count('*'), 'COUNT(*)'],
    [Count('pages', { distinct: true }), 'COUNT(DISTINCT t.pages)'],
    [Sum('pages', { filter: { active: true } }), 'SUM(t.pages) FILTER ((t.active = TRUE))'],
    [Sum('pages', { filter: {} }), 'SUM(t.pages)'],
    [Sum('pages', { default: 0 }), 'COALESCE(SUM(t.pages), ?0)'],
    [Sum('pages', { default: Value(7) }), 'COALESCE(SUM(t.pages), ?7)'],
    [Avg(F('pages').mul(2)), 'AVG((t.pages * ?2))'],
    [StdDev('pages'), 'STDDEV_POP(t.pages)'],
    [StdDev('pages', { sample: true }), 'STDDEV_SAMP(t.pages)'],
    [Variance('pages', { sample: true }), 'VAR_SAMP(t.pages)'],
    [
      StringAgg('name', ', ', { distinct: true, orderBy: ['-name', F('day')] }),
      'STRING_AGG(DISTINCT t.name, ?,  ORDER BY t.name DESC, t.day)',
    ],
    [StringAgg('name', Value(';')), 'STRING_AGG(t.name, ?;)'],
    [AnyValue('name'), 'ANY_VALUE(t.name)'],
  ])('become nodes (%#)', (expression, sql) => {
    expect(sqlOf(expression)).toBe(sql);
  });

  it.each([
    [Count('name'), 'IntegerField'],
    [Sum('pages'), 'IntegerField'],
    [Sum('views'), 'BigIntegerField'],
    [Sum('price'), 'DecimalField'],
    [Sum('span'), 'DurationField'],
    [Avg('pages'), 'FloatField'],
    [Avg('weight'), 'FloatField'],
    [Avg('price'), 'DecimalField'],
    [Avg('span'), 'DurationField'],
    [Max('day'), 'DateField'],
    [Min('name'), 'CharField'],
    [StdDev('pages'), 'FloatField'],
    [Variance('price'), 'DecimalField'],
    [StringAgg('name', ','), 'TextField'],
    [Avg('pages', { outputField: DecimalField() }), 'DecimalField'],
  ])('have the type that Django gives them (%#)', (expression, type) => {
    expect(typeOf(expression)).toBe(type);
  });

  it('take their default in the type of the result', () => {
    const node = Sum('price', { default: '1.5' }).resolve(scope);
    expect(node.kind === 'call' && node.args[1]).toMatchObject({ value: new Decimal('1.5') });
  });

  it('are named after a plain field', () => {
    expect(Count('books').defaultAlias).toBe('books__count');
    expect(StdDev('books__price').defaultAlias).toBe('books__price__stddev');
    expect(() => Count(F('a').add(1)).defaultAlias).toThrow(/require an alias/);
    expect(() => Count('a', { filter: { b: 1 } }).defaultAlias).toThrow(TypeError);
    expect(() => Count('*').defaultAlias).toThrow(TypeError);
  });

  it('know their value over no rows', () => {
    expect(Count('a').valueOfNothing).toBe(0);
    expect(Sum('a').valueOfNothing).toBeNull();
    expect(Sum('a', { default: 5 }).valueOfNothing).toBe(5);
    expect(Sum('a', { default: Value(5) }).valueOfNothing).toBe(5);
    expect(Sum('a', { default: F('b') }).valueOfNothing).toBeUndefined();
  });

  it('refuse what Django refuses', () => {
    expect(() => Max('a', { distinct: true })).toThrow(/does not allow distinct/);
    expect(() => Count('a', { default: 0 })).toThrow(/does not allow default/);
    expect(() => Count('*', { filter: { a: 1 } })).toThrow(/Star/);
    expect(() => sqlOf(Sum('day'))).toThrow(/dates/);
    expect(() => Sum('a', { filter: { b: undefined } })).toThrow(/undefined/);
  });

  it('are not taken of other aggregates', () => {
    const within = new FakeScope({ annotations: { n: Count('pages').resolve(scope) } });
    expect(() => sqlOf(Sum('n'), within)).toThrow("Cannot compute Sum('n'): 'n' is an aggregate");
    expect(() => sqlOf(Sum(Count('pages')))).toThrow("Cannot compute Sum('Count')");
  });

  it('may be combined', () => {
    expect(sqlOf(Sum('pages').div(Count('stock')))).toBe('(SUM(t.pages) / COUNT(t.stock))');
  });

  it('are recognised by instanceof and differ in shape', () => {
    expect(Count('a')).toBeInstanceOf(AggregateExpression);
    expect(new Count('a')).toBeInstanceOf(Count);
    const shapes = [
      Count('a'),
      Sum('a'),
      Count('b'),
      Count('a', { distinct: true }),
      Count('a', { filter: { b: 1 } }),
      Sum('a', { default: 1 }),
      Sum('a', { default: F('b') }),
      StringAgg('a', ','),
      StringAgg('a', F('b')),
      StringAgg('a', ',', { orderBy: 'a' }),
      StringAgg('a', ',', { orderBy: '-a' }),
      StdDev('a'),
      StdDev('a', { sample: true }),
      Sum('a', { outputField: DecimalField() }),
      Count('*'),
    ].map((aggregate) => aggregate.shape);
    expect(new Set(shapes).size).toBe(shapes.length);
    expect(Sum('a', { default: 1 }).shape).toBe(Sum('a', { default: 2 }).shape);
    expect(
      Sum('a', { default: 2 })
        .inputs()
        .map(({ value }) => value),
    ).toEqual([2]);
  });
});
