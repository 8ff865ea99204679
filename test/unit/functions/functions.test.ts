import { describe, expect, it } from 'vitest';
import { F } from '../../../src/expressions/f.js';
import { Value } from '../../../src/expressions/value.js';
import { DateField, DateTimeField, TimeField } from '../../../src/fields/temporal.js';
import { CharField, TextField } from '../../../src/fields/text.js';
import * as comparison from '../../../src/functions/comparison.js';
import * as datetime from '../../../src/functions/datetime.js';
import * as json from '../../../src/functions/json.js';
import * as math from '../../../src/functions/math.js';
import * as text from '../../../src/functions/text.js';
import * as windows from '../../../src/functions/window.js';
import { registerLookups } from '../../../src/lookups/registry.js';
import { scope, sqlOf, typeOf, where } from '../expressions/fake-scope.js';

const { Cast, Coalesce, Collate, Greatest, Least, NullIf } = comparison;

/** As a program without types could call it. */
const untyped = (make: unknown) => make as (...args: unknown[]) => unknown;

/** Expression, its SQL, the kind of its type. */
const table: [expression: { resolve: typeof F.prototype.resolve }, sql: string, type: string][] = [
  [Cast('pages', new CharField()), 'CAST(t.pages AS varchar)', 'CharField'],
  [Coalesce('name', Value('?')), 'COALESCE(t.name, ??)', 'CharField'],
  [Coalesce('bio', 'name', { outputField: new TextField() }), 'COALESCE(t.bio, t.name)', 'TextField'],
  [Collate('name', 'nocase'), '(t.name COLLATE nocase)', 'CharField'],
  [Greatest('pages', 1), 'GREATEST(t.pages, ?1)', 'IntegerField'],
  [Least('pages', 'pages'), 'LEAST(t.pages, t.pages)', 'IntegerField'],
  [NullIf('name', Value('')), 'NULLIF(t.name, ?)', 'CharField'],
  [math.Abs('price'), 'ABS(t.price)', 'DecimalField'],
  [math.ACos('weight'), 'ACOS(t.weight)', 'FloatField'],
  [math.ASin('pages'), 'ASIN(t.pages)', 'FloatField'],
  [math.ATan('price'), 'ATAN(t.price)', 'DecimalField'],
  [math.ATan2('weight', 'pages'), 'ATAN2(t.weight, t.pages)', 'FloatField'],
  [math.Ceil('weight'), 'CEILING(t.weight)', 'FloatField'],
  [math.Cos('weight'), 'COS(t.weight)', 'FloatField'],
  [math.Cot('weight'), 'COT(t.weight)', 'FloatField'],
  [math.Degrees('weight'), 'DEGREES(t.weight)', 'FloatField'],
  [math.Exp('weight'), 'EXP(t.weight)', 'FloatField'],
  [math.Floor('price'), 'FLOOR(t.price)', 'DecimalField'],
  [math.Ln('weight'), 'LN(t.weight)', 'FloatField'],
  [math.Log(2, 'weight'), 'LOG(?2, t.weight)', 'FloatField'],
  [math.Mod('pages', 3), 'MOD(t.pages, ?3)', 'FloatField'],
  [math.Pi(), 'PI()', 'FloatField'],
  [math.Power('pages', 2), 'POWER(t.pages, ?2)', 'FloatField'],
  [math.Radians('weight'), 'RADIANS(t.weight)', 'FloatField'],
  [math.Random(), 'RANDOM()', 'FloatField'],
  [math.Round('price'), 'ROUND(t.price, 0)', 'DecimalField'],
  [math.Round('price', { precision: 1 }), 'ROUND(t.price, 1)', 'DecimalField'],
  [math.Round('price', F('pages')), 'ROUND(t.price, t.pages)', 'DecimalField'],
  [math.Sign('pages'), 'SIGN(t.pages)', 'IntegerField'],
  [math.Sin('weight'), 'SIN(t.weight)', 'FloatField'],
  [math.Sqrt('weight'), 'SQRT(t.weight)', 'FloatField'],
  [math.Tan('weight'), 'TAN(t.weight)', 'FloatField'],
  [text.MD5('name'), 'MD5(t.name)', 'CharField'],
  [text.SHA1('name'), 'SHA1(t.name)', 'CharField'],
  [text.SHA224('name'), 'SHA224(t.name)', 'CharField'],
  [text.SHA256('name'), 'SHA256(t.name)', 'CharField'],
  [text.SHA384('name'), 'SHA384(t.name)', 'CharField'],
  [text.SHA512('name'), 'SHA512(t.name)', 'CharField'],
  [text.Chr('pages'), 'CHR(t.pages)', 'CharField'],
  [text.Concat('name', Value(' '), 'name'), 'CONCAT(t.name, ? , t.name)', 'CharField'],
  [text.ConcatPair('name', 'name'), 'CONCAT(t.name, t.name)', 'CharField'],
  [text.Left('name', 2), 'LEFT(t.name, ?2)', 'CharField'],
  [text.Length('name'), 'LENGTH(t.name)', 'IntegerField'],
  [text.Lower('bio'), 'LOWER(t.bio)', 'TextField'],
  [text.LPad('name', 5), 'LPAD(t.name, ?5, ? )', 'CharField'],
  [text.LTrim('name'), 'LTRIM(t.name)', 'CharField'],
  [text.Ord('name'), 'ORD(t.name)', 'IntegerField'],
  [text.Repeat('name', 2), 'REPEAT(t.name, ?2)', 'CharField'],
  [text.Replace('name', Value('a')), 'REPLACE(t.name, ?a, ?)', 'CharField'],
  [text.Reverse('name'), 'REVERSE(t.name)', 'CharField'],
  [text.Right('name', F('pages')), 'RIGHT(t.name, t.pages)', 'CharField'],
  [text.RPad('name', 5, Value('x')), 'RPAD(t.name, ?5, ?x)', 'CharField'],
  [text.RTrim('name'), 'RTRIM(t.name)', 'CharField'],
  [text.StrIndex('name', Value('a')), 'STRINDEX(t.name, ?a)', 'IntegerField'],
  [text.Substr('name', 2, 3), 'SUBSTRING(t.name, ?2, ?3)', 'CharField'],
  [text.Substr('name', 2), 'SUBSTRING(t.name, ?2)', 'CharField'],
  [text.Trim('name'), 'TRIM(t.name)', 'CharField'],
  [text.Upper('name'), 'UPPER(t.name)', 'CharField'],
  [datetime.Now(), 'NOW()', 'DateTimeField'],
  [datetime.Extract('created', 'week_day'), 'EXTRACT(week_day t.created Europe/Paris)', 'IntegerField'],
  [datetime.ExtractYear('created', { tzinfo: 'Asia/Tokyo' }), 'EXTRACT(year t.created Asia/Tokyo)', 'IntegerField'],
  [datetime.ExtractIsoYear('day'), 'EXTRACT(iso_year t.day -)', 'IntegerField'],
  [datetime.ExtractMonth('day'), 'EXTRACT(month t.day -)', 'IntegerField'],
  [datetime.ExtractDay('day'), 'EXTRACT(day t.day -)', 'IntegerField'],
  [datetime.ExtractWeek('day'), 'EXTRACT(week t.day -)', 'IntegerField'],
  [datetime.ExtractWeekDay('day'), 'EXTRACT(week_day t.day -)', 'IntegerField'],
  [datetime.ExtractIsoWeekDay('day'), 'EXTRACT(iso_week_day t.day -)', 'IntegerField'],
  [datetime.ExtractQuarter('day'), 'EXTRACT(quarter t.day -)', 'IntegerField'],
  [datetime.ExtractHour('opens'), 'EXTRACT(hour t.opens -)', 'IntegerField'],
  [datetime.ExtractMinute('opens'), 'EXTRACT(minute t.opens -)', 'IntegerField'],
  [datetime.ExtractSecond('created'), 'EXTRACT(second t.created Europe/Paris)', 'IntegerField'],
  [datetime.Trunc('created', 'month'), 'TRUNC(month t.created Europe/Paris)', 'DateTimeField'],
  [datetime.TruncYear('day'), 'TRUNC(year t.day -)', 'DateField'],
  [datetime.TruncQuarter('created'), 'TRUNC(quarter t.created Europe/Paris)', 'DateTimeField'],
  [
    datetime.TruncMonth('created', { outputField: new DateField() }),
    'TRUNC(month t.created Europe/Paris)',
    'DateField',
  ],
  [datetime.TruncWeek('day'), 'TRUNC(week t.day -)', 'DateField'],
  [datetime.TruncDay('created'), 'TRUNC(day t.created Europe/Paris)', 'DateTimeField'],
  [datetime.TruncDate('created'), 'TRUNC(date t.created Europe/Paris)', 'DateField'],
  [datetime.TruncTime('created'), 'TRUNC(time t.created Europe/Paris)', 'TimeField'],
  [datetime.TruncHour('opens'), 'TRUNC(hour t.opens -)', 'TimeField'],
  [datetime.TruncMinute('created'), 'TRUNC(minute t.created Europe/Paris)', 'DateTimeField'],
  [datetime.TruncSecond('opens'), 'TRUNC(second t.opens -)', 'TimeField'],
  [json.JSONArray('name', 'pages', 5), 'JSON_ARRAY(t.name, t.pages, ?5)', 'JSONField'],
  [json.JSONArray(), 'JSON_ARRAY()', 'JSONField'],
  [json.JSONObject({ 'a"b': 'name', n: Value(1) }), 'JSON_OBJECT(?a"b, t.name, ?n, ?1)', 'JSONField'],
  [json.KT('data__a__0'), 't.data->>["a",0]', 'TextField'],
  [windows.CumeDist(), 'CUME_DIST()', 'FloatField'],
  [windows.DenseRank(), 'DENSE_RANK()', 'IntegerField'],
  [windows.FirstValue('price'), 'FIRST_VALUE(t.price)', 'DecimalField'],
  [windows.Lag('price'), 'LAG(t.price, 1)', 'DecimalField'],
  [windows.Lag('price', { offset: 2, default: 0 }), 'LAG(t.price, 2, ?0)', 'DecimalField'],
  [windows.LastValue('name'), 'LAST_VALUE(t.name)', 'CharField'],
  [windows.Lead('name', 3, Value('x')), 'LEAD(t.name, 3, ?x)', 'CharField'],
  [windows.NthValue('name', { nth: 2 }), 'NTH_VALUE(t.name, 2)', 'CharField'],
  [windows.NthValue('name'), 'NTH_VALUE(t.name, 1)', 'CharField'],
  [windows.Ntile(4), 'NTILE(4)', 'IntegerField'],
  [windows.PercentRank(), 'PERCENT_RANK()', 'FloatField'],
  [windows.Rank(), 'RANK()', 'IntegerField'],
  [windows.RowNumber(), 'ROW_NUMBER()', 'IntegerField'],
];

describe('functions', () => {
  it.each(table)('become calls with the right type (%#)', (expression, sql, type) => {
    expect(sqlOf(expression)).toBe(sql);
    expect(typeOf(expression)).toBe(type);
  });

  it('are all 91 of Django', () => {
    const names = [comparison, datetime, json, math, text, windows]
      .flatMap((module) => Object.keys(module))
      .filter((name) => /^[A-Z]/.test(name) && !name.endsWith('Expression') && name !== 'KT');
    expect(names).toHaveLength(91);
  });

  it('differ in shape, but not by values', () => {
    const shapes = table.map(([expression]) => (expression as unknown as { shape: string }).shape);
    expect(new Set(shapes).size).toBe(shapes.length);
    expect(text.Left('name', 2).shape).toBe(text.Left('name', 3).shape);
    expect(math.Round('price', 1).shape).not.toBe(math.Round('price', 2).shape);
  });

  it.each([
    () => text.Left('name', 0),
    () => text.Right('name', 0),
    () => text.LPad('name', -1),
    () => text.Repeat('name', -1),
    () => text.Substr('name', 0),
    () => text.Concat('name'),
    () => Coalesce('name'),
    () => Greatest('name'),
    () => Least('name'),
    () => windows.Lag('name', { offset: 0 }),
    () => windows.Lead('name', { offset: -1 }),
    () => windows.Lag(null),
    () => windows.Lag('name', { offset: '1; DROP' }),
    () => windows.NthValue('name', 0),
    () => windows.NthValue(null),
    () => windows.Ntile(0),
    () => windows.Ntile(-1),
    () => json.KT('data'),
    () => text.Left('name', Number.NaN),
    () => math.Round('price', 1.5),
  ])('refuse wrong arguments with a ValueError (%#)', (make) => {
    expect(make).toThrow(expect.objectContaining({ name: 'ValueError' }));
  });

  it.each(
    [
      () => untyped(math.Abs)(),
      () => untyped(math.Power)('pages'),
      () => untyped(NullIf)('name'),
      () => untyped(math.Pi)('pages'),
      () => untyped(text.Lower)('name', 'bio'),
      () => untyped(json.JSONObject)([]),
    ].map((make) => [make]),
  )('refuse a wrong number of arguments with a TypeError (%#)', (make) => {
    expect(make).toThrow(TypeError);
  });

  it('of mixed types need an output field', () => {
    expect(typeOf(Coalesce('name', 'pages'))).toBe('unknown');
    expect(typeOf(text.Concat('name', 'bio'))).toBe('unknown');
  });
});

describe('Extract and Trunc', () => {
  it.each(['year)', "year' FROM x --", 'epoch', '', 'constructor', 'YEAR'])(
    'take no part but the known ones: %s',
    (name) => {
      expect(() => datetime.Extract('created', name)).toThrow(expect.objectContaining({ name: 'ValueError' }));
      expect(() => datetime.Trunc('created', name)).toThrow(expect.objectContaining({ name: 'ValueError' }));
    },
  );
  it.each(["UTC'; --", '+99:99', 'Nowhere/City', ''])('take no zone but real ones: %s', (tzinfo) => {
    expect(() => datetime.ExtractYear('created', { tzinfo })).toThrow(/time zone/);
  });
  it.each([
    datetime.ExtractHour('day'),
    datetime.ExtractYear('opens'),
    datetime.ExtractYear('span'),
    datetime.ExtractYear('name'),
    datetime.ExtractYear('pages'),
    datetime.ExtractYear('day', { tzinfo: 'UTC' }),
    datetime.TruncHour('day'),
    datetime.TruncTime('day'),
    datetime.TruncDay('opens'),
    datetime.TruncDate('opens'),
    datetime.TruncDay('day', { outputField: new DateTimeField() }),
    datetime.TruncDay('created', { outputField: new CharField() }),
    datetime.TruncHour('opens', { outputField: new DateTimeField() }),
    datetime.TruncYear('day', { tzinfo: 'UTC' }),
  ])('refuse what the type has not (%#)', (expression) => {
    expect(() => sqlOf(expression)).toThrow(expect.objectContaining({ name: 'ValueError' }));
  });
  it('refuse what is no date with a TypeError', () => {
    expect(() => sqlOf(datetime.TruncYear('name'))).toThrow(TypeError);
  });
  it('give the output field that was asked for', () => {
    expect(typeOf(datetime.Trunc('created', 'hour', { outputField: new TimeField() }))).toBe('TimeField');
  });
});

describe('functions as transforms', () => {
  it('are used in lookups once registered', () => {
    registerLookups(CharField, text.Length, text.Upper as never);
    expect(where({ name__length__gt: 3 })).toBe('(LENGTH(t.name) > ?3)');
    expect(where({ name__upper__startswith: 'A' })).toBe('(UPPER(t.name) LIKE ?A%)');
    expect(sqlOf(F('name__upper__length'))).toBe('LENGTH(UPPER(t.name))');
  });
  it('take defaults for further arguments', () => {
    expect(math.Round.transform.toNode(F('price').resolve(scope), { timeZone: 'UTC' })).toMatchObject({
      name: 'ROUND',
    });
    expect(datetime.ExtractYear.transform.name).toBe('year');
    expect(() => text.Left.transform).toThrow(TypeError);
  });
});
