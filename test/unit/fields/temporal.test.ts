import { afterEach, describe, expect, it } from 'vitest';
import { ValidationError, ValueError } from '../../../src/errors.js';
import { DurationField } from '../../../src/fields/duration.js';
import { DateField, DateTimeField, InstantField, TimeField } from '../../../src/fields/temporal.js';
import { checkTimeZone, setDefaultTimeZone } from '../../../src/fields/time-zone.js';
import { Temporal } from '../../../src/util/temporal.js';

afterEach(() => setDefaultTimeZone('UTC'));

describe('DateField', () => {
  const field = DateField();

  it('takes plain dates, ISO text and the day of an instant', () => {
    const values = [Temporal.PlainDate.from('2024-02-29'), '2024-02-29', '2024-2-29', new Date('2024-02-29T23:30:00Z')];
    expect(values.map((value) => field.toDb(field.prepare(value)))).toEqual(Array(4).fill('2024-02-29'));
  });

  it('means the day of an instant in the project’s time zone', () => {
    setDefaultTimeZone('Asia/Tokyo');
    expect(field.prepare(new Date('2024-02-29T23:30:00Z')).toString()).toBe('2024-03-01');
  });

  it.each(['x', '2024-02-30', '2024-13-01', '2024-02-29T10:00', ''])('refuses the text %j as Django does', (text) => {
    expect(() => field.prepare(text)).toThrow(ValidationError);
  });

  it('refuses years that databases do not have, Invalid Date and other things', () => {
    expect(() => field.prepare(new Date(Number.NaN))).toThrow(ValueError);
    expect(() => field.prepare(Temporal.PlainDate.from('+010000-01-01'))).toThrow(ValueError);
    for (const value of [5, {}, [], { year: 2024, month: 1, day: 1 }])
      expect(() => field.prepare(value)).toThrow(TypeError);
  });

  it('reads what it wrote', () => {
    expect(field.fromDb('0099-12-31').toString()).toBe('0099-12-31');
  });
});

describe('DateTimeField', () => {
  const field = DateTimeField();

  it('writes UTC without zone, and a fraction only where there is one', () => {
    expect(field.toDb(new Date('2019-06-01T10:00:00Z'))).toBe('2019-06-01 10:00:00');
    expect(field.toDb(new Date('2019-06-01T10:00:00.123Z'))).toBe('2019-06-01 10:00:00.123000');
    expect(field.toDb(new Date('0099-06-01T10:00:00.003Z'))).toBe('0099-06-01 10:00:00.003000');
  });

  it.each([
    ['2019-06-01 10:00:00', '2019-06-01T10:00:00.000Z'],
    ['2019-06-01T10:00:00Z', '2019-06-01T10:00:00.000Z'],
    ['2019-06-01 10:00:00.5', '2019-06-01T10:00:00.500Z'],
    ['2019-06-01 10:00:00.123999', '2019-06-01T10:00:00.123Z'],
    ['2019-06-01 10:00:00.12+00', '2019-06-01T10:00:00.120Z'],
    ['2019-06-01 10:00:00+00:00', '2019-06-01T10:00:00.000Z'],
    ['0001-01-01 00:00:00', '0001-01-01T00:00:00.000Z'],
  ])('reads %s', (text, iso) => {
    expect(field.fromDb(text).toISOString()).toBe(iso);
  });

  it('reads text with an offset, and without one in the project’s time zone', () => {
    expect(field.prepare('2024-02-29T12:00:00+02:00').toISOString()).toBe('2024-02-29T10:00:00.000Z');
    setDefaultTimeZone('Europe/Paris');
    expect(field.prepare('2024-07-01 12:00').toISOString()).toBe('2024-07-01T10:00:00.000Z');
    expect(field.prepare('2024-07-01').toISOString()).toBe('2024-06-30T22:00:00.000Z');
  });

  it.each(['x', '2024-02-30', '2024-01-01T25:00', '2024-01-01T10:00+99:99', ''])(
    'refuses the text %j as Django does',
    (text) => {
      expect(() => field.prepare(text)).toThrow(ValidationError);
    },
  );

  it('refuses Invalid Date, years beyond 9999 and numbers', () => {
    expect(() => field.prepare(new Date(Number.NaN))).toThrow(ValueError);
    expect(() => field.prepare(new Date(8.64e15))).toThrow(ValueError);
    expect(() => field.prepare(1_700_000_000)).toThrow(TypeError);
  });

  it('is set to now by autoNow at every save, by autoNowAdd at the first', () => {
    const old = new Date(0);
    expect(DateTimeField({ autoNow: true }).preSave(old, false)).not.toBe(old);
    expect(DateTimeField({ autoNowAdd: true }).preSave(old, false)).toBe(old);
    expect(DateTimeField({ autoNowAdd: true }).preSave(old, true)).not.toBe(old);
    expect(DateTimeField({ autoNow: true }).editable).toBe(false);
    expect(() => DateTimeField({ autoNow: true, default: old })).toThrow(TypeError);
  });
});

describe('InstantField', () => {
  const field = InstantField();

  it('keeps microseconds both ways, before 1970 too', () => {
    for (const text of ['2019-06-01 10:00:00.123456', '1969-12-31 23:59:59.999999', '2019-06-01 10:00:00']) {
      expect(field.toDb(field.fromDb(text))).toBe(text);
    }
    expect(field.prepare('2019-06-01T10:00:00.123456Z').epochNanoseconds % 1_000_000_000n).toBe(123_456_000n);
  });
});

describe('TimeField', () => {
  const field = TimeField();

  it('takes plain times and text', () => {
    expect(
      ['18:15', '8:05:09', '18:15:00.5', Temporal.PlainTime.from('01:02:03.004005')].map((value) =>
        field.toDb(field.prepare(value)),
      ),
    ).toEqual(['18:15:00', '08:05:09', '18:15:00.500000', '01:02:03.004005']);
    expect(field.fromDb('18:15:00.500000').toString()).toBe('18:15:00.5');
  });

  it.each(['25:00', '10:60', 'x', ''])('refuses the text %j as Django does', (text) => {
    expect(() => field.prepare(text)).toThrow(ValidationError);
  });
});

describe('DurationField', () => {
  const field = DurationField();

  it.each([
    ['PT1H30M', 5_400_000_000n],
    ['P1DT0.5S', 86_400_500_000n],
    ['-PT1S', -1_000_000n],
    ['7 00:00:00', 604_800_000_000n],
    ['3 days, 04:05:06', 273_906_000_000n],
    ['04:05', 245_000_000n],
    ['15.25', 15_250_000n],
  ])('reads %s', (text, micros) => {
    expect(field.toDb(field.prepare(text))).toBe(micros);
  });

  it('gives hours and smaller units of one sign', () => {
    expect(field.fromDb(-90_061_000_001n).toString()).toBe('-PT25H1M1.000001S');
    expect(field.toDb(field.fromDb(-90_061_000_001n))).toBe(-90_061_000_001n);
  });

  it('refuses months and years, which have no fixed length, and other text', () => {
    expect(() => field.prepare(Temporal.Duration.from({ months: 1 }))).toThrow(ValueError);
    for (const text of ['abc', 'P1M', '', 'P']) expect(() => field.prepare(text)).toThrow(ValidationError);
    expect(() => field.prepare(5)).toThrow(TypeError);
  });
});

describe('time zones', () => {
  it('are IANA names and nothing else', () => {
    expect(checkTimeZone('Europe/Paris')).toBe('Europe/Paris');
    for (const name of ["Europe/Paris'", '+99:99', '', 5, null, 'x'.repeat(500)])
      expect(() => checkTimeZone(name)).toThrow(ValueError);
  });
});
