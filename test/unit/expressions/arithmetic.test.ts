import { describe, expect, it } from 'vitest';
import { F } from '../../../src/expressions/f.js';
import { knownType } from '../../../src/expressions/output-type.js';
import { Value } from '../../../src/expressions/value.js';
import { ExpressionWrapper } from '../../../src/expressions/wrapper.js';
import { DecimalField } from '../../../src/fields/numeric.js';
import { Decimal } from '../../../src/util/decimal.js';
import { Temporal } from '../../../src/util/temporal.js';
import { scope, sqlOf, typeOf } from './fake-scope.js';

describe('arithmetic', () => {
  it.each([
    [F('pages').add(1), '(t.pages + ?1)'],
    [F('pages').sub(F('stock')), '(t.pages - t.stock)'],
    [F('pages').mul(2).div(3), '((t.pages * ?2) / ?3)'],
    [F('pages').mod(2).pow(2), '((t.pages % ?2) ^ ?2)'],
    [F('pages').bitand(1).bitor(2), '((t.pages & ?1) | ?2)'],
    [F('pages').bitxor(1).bitleftshift(2).bitrightshift(3), '(((t.pages # ?1) << ?2) >> ?3)'],
    [F('pages').neg(), '-t.pages'],
    [F('pages').add(null), '(t.pages + NULL)'],
  ])('becomes nodes (%#)', (expression, sql) => {
    expect(sqlOf(expression)).toBe(sql);
  });

  it.each([
    [F('pages').add(1), 'IntegerField'],
    [F('pages').div(2), 'IntegerField'],
    [F('pages').add(1.5), 'FloatField'],
    [F('pages').mul(F('price')), 'DecimalField'],
    [F('price').div(2), 'DecimalField'],
    [F('weight').sub(F('pages')), 'FloatField'],
    [F('views').add(1), 'BigIntegerField'],
    [F('pages').add(1n), 'BigIntegerField'],
    [F('price').add(null), 'DecimalField'],
    [F('day').add(F('span')), 'DateTimeField'],
    [F('created').sub(F('span')), 'DateTimeField'],
    [F('created').sub(F('day')), 'DurationField'],
    [F('opens').add(F('span')), 'TimeField'],
    [F('opens').sub(F('opens')), 'DurationField'],
    [F('span').add(F('span')), 'DurationField'],
    [F('created').add(Temporal.Duration.from('PT1H')), 'DateTimeField'],
    [F('price').add(new Decimal('1.5')), 'DecimalField'],
  ])('has the type that Django gives it (%#)', (expression, type) => {
    expect(typeOf(expression)).toBe(type);
  });

  it('of dates and durations is a node of its own', () => {
    expect(F('created').add(F('span')).resolve(scope).kind).toBe('temporalArithmetic');
    expect(F('span').add(F('span')).resolve(scope).kind).toBe('binary');
  });

  it.each([
    F('price').mul(1.5),
    F('name').add(F('name')),
    F('name').add('x'),
    F('span').mul(2),
    F('active').add(1),
    F('day').add(1),
    F('weight').bitand(1),
    F('pages').pow(F('price')),
    F('name').neg(),
  ])('without a meaning throws only where its type is needed (%#)', (expression) => {
    const node = expression.resolve(scope);
    expect(() => knownType(node)).toThrow(/set outputField/);
    expect(typeOf(ExpressionWrapper(expression, { outputField: DecimalField() }))).toBe('DecimalField');
  });

  it('is bounded in depth by a typed error', () => {
    let sum = F('pages').add(0);
    for (let index = 1; index < 1000; index += 1) sum = sum.add(index);
    expect(sum.inputs()).toHaveLength(1000);
    expect(() => sum.add(1)).toThrow(/nested more than 1000/);
  });

  it('binds plain values and refuses what is none', () => {
    expect(
      F('pages')
        .add(5)
        .inputs()
        .map(({ value }) => value),
    ).toEqual([5]);
    for (const bad of [undefined, {}, [], () => 1, Symbol('x')])
      expect(() => F('pages').add(bad as never)).toThrow(TypeError);
  });
});

describe('Value', () => {
  it.each([
    ['x', 'CharField'],
    [true, 'BooleanField'],
    [5, 'IntegerField'],
    [5.5, 'FloatField'],
    [5n, 'BigIntegerField'],
    [new Date(), 'DateTimeField'],
    [new Decimal(1), 'DecimalField'],
    [new Uint8Array(1), 'BinaryField'],
    [Temporal.PlainDate.from('2024-02-29'), 'DateField'],
    [Temporal.PlainTime.from('10:00'), 'TimeField'],
    [Temporal.Duration.from('PT1H'), 'DurationField'],
    [Temporal.Instant.from('2024-02-29T00:00Z'), 'InstantField'],
  ])('takes its type from the value (%#)', (value, type) => {
    expect(typeOf(Value(value))).toBe(type);
  });
  it('is bound, with itself as the source', () => {
    const value = Value('x');
    expect(value.resolve()).toMatchObject({ kind: 'param', value: 'x', source: value });
    expect(value.inputs()).toEqual([{ source: value, value: 'x' }]);
  });
  it('of null is written, and has no type of its own', () => {
    expect(sqlOf(Value(null))).toBe('NULL');
    expect(() => knownType(Value(null).resolve())).toThrow(/outputField/);
    expect(typeOf(Value(null, { outputField: DecimalField() }))).toBe('DecimalField');
  });
  it('is prepared by its output field at the call', () => {
    expect(Value('1.5', { outputField: DecimalField() }).value).toEqual(new Decimal('1.5'));
    expect(() => Value('abc', { outputField: DecimalField() })).toThrow();
  });
  it('refuses what has no type, undefined above all', () => {
    for (const bad of [undefined, {}, [1], Symbol('x'), JSON.parse('{"resolve":1}')])
      expect(() => Value(bad)).toThrow(TypeError);
  });
});

describe('F', () => {
  it('needs a name', () => {
    expect(() => F('')).toThrow(TypeError);
    expect(() => F(undefined as never)).toThrow(TypeError);
  });
  it('slices text as Python does', () => {
    expect(sqlOf(F('name').slice(0, 3))).toBe('SUBSTRING(t.name, 1, 3)');
    expect(sqlOf(F('name').slice(2))).toBe('SUBSTRING(t.name, 3)');
    expect(sqlOf(F('name').slice(1, 4).slice(1, 2))).toBe('SUBSTRING(SUBSTRING(t.name, 2, 3), 2, 1)');
    expect(() => F('name').slice(-1)).toThrow(/Negative/);
    expect(() => F('name').slice(3, 1)).toThrow(/before its start/);
    expect(() => sqlOf(F('pages').slice(0, 1))).toThrow(/cannot be sliced/);
  });
  it('orders', () => {
    expect(F('name').asc()).toMatchObject({ descending: false, nulls: null });
    expect(F('name').desc({ nullsLast: true }).reversed()).toMatchObject({ descending: false, nulls: 'first' });
    expect(() => F('name').asc({ nullsFirst: true, nullsLast: true })).toThrow(/mutually exclusive/);
    expect(() => F('name').asc({ nullsFirst: false })).toThrow();
  });
  it('works with and without new and in instanceof', () => {
    expect(new F('name')).toBeInstanceOf(F);
    expect(F('name')).toBeInstanceOf(F);
  });
});

describe('shapes of expressions', () => {
  it('are shared exactly by expressions that differ in values alone', () => {
    expect(F('pages').add(1).shape).toBe(F('pages').add(2).shape);
    const different = [
      F('pages').add(1),
      F('pages').add('1'),
      F('pages').add(1.5),
      F('pages').add(null),
      F('pages').sub(1),
      F('stock').add(1),
      F('pages').add(F('pages')),
      F('pages'),
      F('pages").add(1'),
      Value('pages'),
      Value(1),
      Value(null),
      F('pages').neg(),
      F('pages').slice(0, 1),
      F('pages').slice(0, 2),
      F('pages').slice(0),
      F('pages').add(1).add(2),
      F('pages').add(F('pages').add(1)),
      Value('1.5', { outputField: DecimalField() }),
      Value('1.5', { outputField: DecimalField({ maxDigits: 5, decimalPlaces: 1 }) }),
    ].map((expression) => expression.shape);
    expect(new Set(different).size).toBe(different.length);
  });
  it('list their values in the order in which the shape mentions them', () => {
    const expression = F('pages').add(1).mul(Value(2)).sub(F('stock').mod(3));
    expect(expression.inputs().map(({ value }) => value)).toEqual([1, 2, 3]);
  });
});
