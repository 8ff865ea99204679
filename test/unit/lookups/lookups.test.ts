import { describe, expect, it } from 'vitest';
import { F } from '../../../src/expressions/f.js';
import { JSONNull } from '../../../src/fields/json.js';
import { ExtractYear } from '../../../src/functions/datetime.js';
import { lookupFor, lookupNames, transformFor } from '../../../src/lookups/registry.js';
import { booleanType, param, select } from '../../../src/sql/build.js';
import { Decimal } from '../../../src/util/decimal.js';
import { FakeScope, fields, scope, show, where } from '../expressions/fake-scope.js';

const context = { timeZone: 'Europe/Paris', subject: 'Book.field' };
const prepare = (field: string, lookup: string, value: unknown): unknown =>
  lookupFor(fields[field]!, lookup)!.prepare(value, fields[field]!, context);
const shapeOf = (field: string, lookup: string, value: unknown): string =>
  lookupFor(fields[field]!, lookup)!.shapeOf?.(prepare(field, lookup, value), fields[field]!) ?? '';

describe('comparisons', () => {
  it.each([
    [{ pages: 5 }, '(t.pages = ?5)'],
    [{ pages__exact: '5' }, '(t.pages = ?5)'],
    [{ pages__gt: 5 }, '(t.pages > ?5)'],
    [{ pages__gte: F('stock') }, '(t.pages >= t.stock)'],
    [{ name__lt: 'x' }, '(t.name < ?x)'],
    [{ price__lte: '1.5' }, '(t.price <= ?1.5)'],
    [{ active: true }, '(t.active = TRUE)'],
    [{ active: 0 }, '(t.active = FALSE)'],
  ])('become nodes (%#)', (lookups, sql) => {
    expect(where(lookups)).toBe(sql);
  });

  // Django: a float beside whole numbers is cut off, but rounded up for gte and lt.
  it.each([
    [{ pages: 3.7 }, '(t.pages = ?3)'],
    [{ pages__gt: 3.7 }, '(t.pages > ?3)'],
    [{ pages__gte: 3.2 }, '(t.pages >= ?4)'],
    [{ pages__lt: 3.2 }, '(t.pages < ?4)'],
    [{ pages__lte: 3.7 }, '(t.pages <= ?3)'],
    [{ pages__gte: -3.7 }, '(t.pages >= ?-3)'],
    [{ pages__gt: -3.7 }, '(t.pages > ?-3)'],
    [{ pages__gte: new Decimal('3.2') }, '(t.pages >= ?3)'],
  ])('round fractions beside whole numbers (%#)', (lookups, sql) => {
    expect(where(lookups)).toBe(sql);
  });

  it.each([
    [{ pages: 2n ** 64n }, 'FALSE'],
    [{ pages__gt: 2n ** 64n }, 'FALSE'],
    [{ pages__gte: 2n ** 64n }, 'FALSE'],
    [{ pages__lt: 2n ** 64n }, 'TRUE'],
    [{ pages__lte: 1e30 }, 'TRUE'],
    [{ pages__gt: -(2n ** 64n) }, 'TRUE'],
    [{ pages__lt: -(2n ** 64n) }, 'FALSE'],
    [{ pages: -(2n ** 64n) }, 'FALSE'],
    [{ stock__gt: -1 }, 'TRUE'],
    [{ stock: -1 }, 'FALSE'],
    [{ pages: '99999999999999999999' }, 'FALSE'],
  ])('are decided for numbers that no column holds (%#)', (lookups, sql) => {
    expect(where(lookups)).toBe(sql);
  });

  it('bind numbers beyond the column, but not beyond the database, with a wider type', () => {
    const node = scope.condition({ pages__gt: 2 ** 40 });
    expect(node.kind === 'comparison' && node.right.type.columnType.name).toBe('bigint');
    expect([
      shapeOf('pages', 'gt', 5),
      shapeOf('pages', 'gt', 2 ** 40),
      shapeOf('views', 'gt', 2n ** 60n),
      shapeOf('pages', 'gt', 2n ** 70n),
    ]).toEqual(['', 'wide', '', 'above']);
    expect(prepare('pages', 'gt', 2n ** 60n)).toBe(2n ** 60n);
  });

  it('refuse what is no value of the field', () => {
    for (const value of [
      'x',
      {},
      [1],
      Number.NaN,
      Number.POSITIVE_INFINITY,
      '1 OR 1=1',
      '0x10',
      '1e3',
      () => 1,
      Symbol('x'),
    ]) {
      expect(() => prepare('pages', 'exact', value)).toThrow();
    }
    for (const value of [{ toString: () => 'x' }, [1], { gt: '' }, JSON.parse('{"$gt":""}')])
      expect(() => prepare('name', 'exact', value)).toThrow();
  });

  it('stand for themselves where the left side is a condition', () => {
    const annotated = new FakeScope({
      annotations: { has: { kind: 'isNull', operand: F('name').resolve(scope), negated: false, type: booleanType } },
    });
    expect(where({ has: true }, annotated)).toBe('(t.name IS NULL)');
    expect(where({ has: false }, annotated)).toBe('NOT (t.name IS NULL)');
  });

  it('compare with a statement of one row as with a value', () => {
    const lookup = lookupFor(fields.pages!, 'exact')!;
    const left = F('pages').resolve(scope);
    const one = select({ slice: { kind: 'slice', limit: 1, offset: 0, offsetSource: null } });
    expect(show(lookup.toNode(left, one, context))).toBe('(t.pages = (SELECT))');
    expect(() => lookup.toNode(left, select({}), context)).toThrow(/limited to one result/);
    expect(show(lookupFor(fields.pages!, 'gt')!.toNode(left, select({}), context))).toBe('(t.pages > (SELECT))');
  });
});

describe('text lookups', () => {
  it.each([
    [{ name__contains: 'a%b_c\\d' }, '(t.name LIKE ?%a\\%b\\_c\\\\d%)'],
    [{ name__icontains: 'x' }, '(t.name ILIKE ?%x%)'],
    [{ name__startswith: 'x' }, '(t.name LIKE ?x%)'],
    [{ name__istartswith: 'x' }, '(t.name ILIKE ?x%)'],
    [{ name__endswith: 'x' }, '(t.name LIKE ?%x)'],
    [{ name__iendswith: 'x' }, '(t.name ILIKE ?%x)'],
    [{ name__iexact: 'x_' }, '(t.name ILIKE ?x\\_)'],
    [{ name__regex: '^a' }, '(t.name REGEX ?^a)'],
    [{ name__iregex: '^a' }, '(t.name IREGEX ?^a)'],
    [{ pages__contains: 5 }, '(t.pages LIKE ?%5%)'],
    [{ price__startswith: new Decimal('1.50') }, '(t.price LIKE ?1.5%)'],
    [{ data__a__icontains: 'x' }, '(t.data->>["a"] ILIKE ?%x%)'],
  ])('escape the wildcards of the value (%#)', (lookups, sql) => {
    expect(where(lookups)).toBe(sql);
  });
  it('escape the wildcards of a column in the database', () => {
    expect(where({ name__contains: F('bio') })).toBe(
      '(t.name LIKE REPLACE(?%?%, ??, REPLACE(REPLACE(REPLACE(t.bio, ?\\, ?\\\\), ?%, ?\\%), ?_, ?\\_)))',
    );
    expect(where({ name__iexact: F('bio') })).toBe(
      '(t.name ILIKE REPLACE(REPLACE(REPLACE(t.bio, ?\\, ?\\\\), ?%, ?\\%), ?_, ?\\_))',
    );
  });
  it('keep the way from a value to its pattern, for later values', () => {
    const node = scope.condition({ name__contains: 'x' });
    const pattern = node.kind === 'like' && node.pattern.kind === 'param' ? node.pattern : null;
    expect(pattern?.map?.('50%')).toBe('%50\\%%');
  });
  it('refuse malformed regular expressions and what is no text', () => {
    for (const bad of ['(', '[', 'a)', '*a', '\\'])
      expect(() => prepare('name', 'regex', bad)).toThrow(expect.objectContaining({ code: 'malformed-regex' }));
    for (const good of ['^a', '(?i)a', '[[:alpha:]]', '(?P<n>a)', 'é{2}'])
      expect(prepare('name', 'regex', good)).toBe(good);
    for (const bad of [{}, [], () => 1, new Uint8Array(1)])
      expect(() => prepare('name', 'contains', bad)).toThrow(TypeError);
  });
});

describe('in and range', () => {
  it('drop doubles and nulls, and fold when nothing is left', () => {
    expect(where({ pages__in: [1, '1', 2, null, 1] })).toBe('(t.pages IN ?[1,2])');
    expect(where({ pages__in: [] })).toBe('FALSE');
    expect(where({ pages__in: [null] })).toBe('FALSE');
    expect(where({ pages__in: new Set([3]) })).toBe('(t.pages IN ?[3])');
    expect(prepare('created', 'in', [new Date(1), new Date(1)])).toHaveLength(1);
    expect(prepare('price', 'in', ['1.0', 1, new Decimal('1.00')])).toHaveLength(1);
  });
  it('leave out numbers that no column holds', () => {
    expect(where({ pages__in: [1, 2n ** 70n] })).toBe('(t.pages IN ?[1])');
    expect(where({ pages__in: [2n ** 70n] })).toBe('FALSE');
  });
  it('tell shapes apart by emptiness alone', () => {
    expect([shapeOf('name', 'in', []), shapeOf('name', 'in', ['a']), shapeOf('name', 'in', ['a', 'b'])]).toEqual([
      'empty',
      '',
      '',
    ]);
  });
  it('take expressions and statements', () => {
    const lookup = lookupFor(fields.pages!, 'in')!;
    const left = F('pages').resolve(scope);
    expect(
      show(
        lookup.toNode(left, [F('stock').resolve(scope), param(5, fields.pages!), param(null, fields.pages!)], context),
      ),
    ).toBe('(t.pages IN (t.stock, ?5))');
    expect(show(lookup.toNode(left, select({}), context))).toBe('(t.pages IN (SELECT))');
    expect(
      show(
        lookupFor(fields.pages!, 'range')!.toNode(left, [F('stock').resolve(scope), param(5, fields.pages!)], context),
      ),
    ).toBe('(t.pages BETWEEN t.stock AND ?5)');
  });
  it('refuse what is no list, and undefined inside', () => {
    expect(prepare('pages', 'in', '121')).toEqual([1, 2]);
    for (const bad of [5, null, {}]) expect(() => prepare('pages', 'in', bad)).toThrow();
    expect(() => prepare('pages', 'in', [1, undefined])).toThrow(/undefined/);
    expect(() => prepare('pages', 'in', new Array(3))).toThrow(/undefined/);
    expect(() => prepare('pages', 'in', ['x'])).toThrow();
  });
  it('range takes exactly two bounds', () => {
    expect(where({ price__range: [1, '2.5'] })).toBe('(t.price BETWEEN ?1 AND ?2.5)');
    expect(where({ pages__range: [2n ** 70n, 5] })).toBe('FALSE');
    expect(where({ pages__range: [-(2n ** 70n), 5] })).toBe(`(t.pages BETWEEN ?${-(2n ** 63n)} AND ?5)`);
    for (const bad of [[1], [1, 2, 3], 5]) expect(() => prepare('pages', 'range', bad)).toThrow();
  });
});

describe('isnull', () => {
  it('takes booleans alone', () => {
    expect(where({ name__isnull: true })).toBe('(t.name IS NULL)');
    expect(where({ name__isnull: false })).toBe('(t.name IS NOT NULL)');
    for (const bad of [1, 0, 'true', null, {}]) expect(() => prepare('name', 'isnull', bad)).toThrow(/true or false/);
    expect(shapeOf('name', 'isnull', true)).not.toBe(shapeOf('name', 'isnull', false));
  });
});

describe('parts of dates', () => {
  it('are transforms', () => {
    expect(where({ day__month: 2 })).toBe('(EXTRACT(month t.day -) = ?2)');
    expect(where({ created__hour__gte: '5' })).toBe('(EXTRACT(hour t.created Europe/Paris) >= ?5)');
    expect(where({ created__date: '2024-02-29' })).toBe('(TRUNC(date t.created Europe/Paris) = ?2024-02-29)');
    expect(where({ created__time__minute: 5 })).toBe('(EXTRACT(minute TRUNC(time t.created Europe/Paris) -) = ?5)');
    expect(transformFor(fields.day!, 'hour')).toBeNull();
    expect(transformFor(fields.opens!, 'year')).toBeNull();
  });
  it.each([
    [{ day__year: 2024 }, '(t.day BETWEEN ?2024-01-01 AND ?2024-12-31)'],
    [{ day__year__gt: 2024 }, '(t.day > ?2024-12-31)'],
    [{ day__year__gte: 2024 }, '(t.day >= ?2024-01-01)'],
    [{ day__year__lt: 2024 }, '(t.day < ?2024-01-01)'],
    [{ day__year__lte: '2024' }, '(t.day <= ?2024-12-31)'],
    [{ day__iso_year: 2025 }, '(t.day BETWEEN ?2024-12-30 AND ?2025-12-28)'],
    [{ created__year: 2024 }, '(t.created BETWEEN ?2023-12-31T23:00:00Z AND ?2024-12-31T22:59:59.999999Z)'],
    [{ created__date__year: 2024 }, '(TRUNC(date t.created Europe/Paris) BETWEEN ?2024-01-01 AND ?2024-12-31)'],
    [{ day__year: F('pages') }, '(EXTRACT(year t.day -) = t.pages)'],
    [{ day__year__in: [2024] }, '(EXTRACT(year t.day -) IN ?[2024])'],
  ])('compare years by their bounds, for which an index helps (%#)', (lookups, sql) => {
    expect(where(lookups)).toBe(sql);
  });
  it('know the bounds of every year from 1 to 9999, and no other', () => {
    const year = fields.day && transformFor(fields.day, 'year')!.toNode(F('day').resolve(scope), context);
    const lookup = lookupFor(year!.type, 'exact')!;
    for (const good of [1, 9999])
      expect(
        show(lookup.toNode(year!, param(lookup.prepare(good, year!.type, context), year!.type), context)),
      ).toContain(String(good));
    for (const bad of [0, 10_000, -1, 'x', 2n ** 70n]) expect(() => lookup.prepare(bad, year!.type, context)).toThrow();
  });
  it('compare years of an annotation in the same way', () => {
    const annotated = new FakeScope({ annotations: { y: ExtractYear('day').resolve(scope) } });
    expect(where({ y__gte: 2024 }, annotated)).toBe('(t.day >= ?2024-01-01)');
  });
});

describe('JSON', () => {
  it.each([
    [{ data: { a: 1 } }, '(t.data = ?[object Object])'],
    [{ data: null }, '(t.data = ?JSONNull)'],
    [{ data__a: null }, '(t.data->["a"] = ?JSONNull)'],
    [{ data__a__b__0: 1 }, '(t.data->["a","b",0] = ?1)'],
    [{ 'data__-1': 1 }, '(t.data->[-1] = ?1)'],
    [{ data__a__isnull: true }, '(t.data->["a"] IS NULL)'],
    [{ data__a__in: [1, 'x'] }, '(t.data->["a"] IN (?1, ?x))'],
    [{ data__a__in: [] }, 'FALSE'],
    [{ data__a__gt: 5 }, '(t.data->["a"] > ?5)'],
    [{ data__contains: { a: 1 } }, 'JSON_CONTAINS(t.data, ?[object Object])'],
    [{ data__a__contained_by: [1] }, 'JSON_CONTAINED_BY(t.data->["a"], ?[1])'],
    [{ data__has_key: 'a' }, 'JSON_HAS_KEY(t.data, ?a)'],
    [{ data__a__has_key: 0 }, 'JSON_HAS_KEY(t.data->["a"], ?0)'],
    [{ data__has_key: F('data__x__y') }, 'JSON_HAS_KEY(t.data->["x"], ?y)'],
    [{ data__has_keys: ['a', 'b'] }, 'JSON_HAS_KEYS(t.data, ?a, ?b)'],
    [{ data__has_any_keys: ['a'] }, 'JSON_HAS_ANY_KEYS(t.data, ?a)'],
    [{ data__has_keys: [] }, 'TRUE'],
    [{ data__a: F('data__b') }, '(t.data->["a"] = t.data->["b"])'],
    [{ data__startswith: 'x' }, '(t.data LIKE ?x%)'],
  ])('has lookups and paths (%#)', (lookups, sql) => {
    expect(where(lookups)).toBe(sql);
  });
  it.each(["a'b", 'a"b', 'a\\b', 'a.b', '$', '*', '[0]', 'a::text) OR 1=1--', '', 'constructor', 'toString', '0x10'])(
    'takes any name as one key: %s',
    (key) => {
      const node = transformFor(fields.data!, key)!.toNode(F('data').resolve(scope), context);
      expect(node).toMatchObject({ kind: 'jsonPath', path: [key] });
    },
  );
  it('keeps the null of JSON and that of SQL apart', () => {
    expect(prepare('data', 'exact', null)).toBe(JSONNull);
    expect(lookupFor(fields.data!, 'exact')!.acceptsNull).toBe(true);
    expect(lookupFor(fields.name!, 'exact')!.acceptsNull).toBeUndefined();
  });
  it('refuses keys that are none', () => {
    for (const bad of [{}, [], null, undefined]) expect(() => prepare('data', 'has_key', bad)).toThrow(TypeError);
    for (const bad of ['ab', 5, {}]) expect(() => prepare('data', 'has_keys', bad)).toThrow(TypeError);
  });
});

describe('the registry', () => {
  it('finds the nearest class and nothing on the prototype chain', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
      expect(lookupFor(fields.name!, name)).toBeNull();
      expect(transformFor(fields.name!, name)).toBeNull();
    }
    expect(lookupNames(fields.day!)).toContain('iso_week_day');
  });
  it('gives conditions the lookups of booleans', () => {
    expect(lookupFor(booleanType, 'exact')).not.toBeNull();
  });
});
