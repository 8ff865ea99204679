import { Decimal } from 'decimal.js';
import { describe, expect, test } from 'vitest';
import { RowRecord } from '../../../conformance/answers.js';
import { errorNamed, matches, matchesMultiset } from '../../../conformance/compare.js';
import { Temporal } from '../../../conformance/values.js';
import { FieldError, ObjectDoesNotExist, typeError } from '../../../src/errors.js';

describe('comparing answers', () => {
  test('booleans are not numbers, and null is not undefined', () => {
    expect(matches(1, true)).toBe(false);
    expect(matches(true, 1)).toBe(false);
    expect(matches(null, undefined)).toBe(false);
  });

  test('floats are close, integers are equal', () => {
    expect(matches(0.1 + 0.2, 0.3)).toBe(true);
    expect(matches(1_000_000_000_000, 1_000_000_000_001)).toBe(false);
    expect(matches({ $float: '4.0' }, 4)).toBe(true);
    expect(matches(42, 42n)).toBe(true);
    expect(matches({ $bigint: '9007199254740993' }, 9007199254740993n)).toBe(true);
  });

  test('a Decimal is compared by value and must be one', () => {
    expect(matches({ $decimal: '12.50' }, new Decimal('12.5'))).toBe(true);
    expect(matches({ $decimal: '12.50' }, 12.5)).toBe(false);
    expect(matches({ $decimal: '0.33333333333333333' }, new Decimal('0.333333333333333'))).toBe(true);
  });

  test('dates, times and spans are Temporal values, datetimes are instants', () => {
    expect(matches({ $date: '2024-02-29' }, Temporal.PlainDate.from('2024-02-29'))).toBe(true);
    expect(matches({ $time: '18:15:00.5' }, Temporal.PlainTime.from('18:15:00.500'))).toBe(true);
    expect(matches({ $duration: '-86400.5' }, Temporal.Duration.from({ days: -1, milliseconds: -500 }))).toBe(true);
    expect(matches({ $datetime: '2024-02-29T12:30:45.500000Z' }, new Date('2024-02-29T12:30:45.5Z'))).toBe(true);
  });

  test('rows may come in any order where the corpus says so', () => {
    expect(matchesMultiset([1, 1, 2], [2, 1, 1])).toBe(true);
    expect(matchesMultiset([1, 1, 2], [2, 2, 1])).toBe(false);
    expect(matches([[1, 2], [3]], [[3], [2, 1]], true)).toBe(true);
    expect(matches([[1, 2]], [[2, 1]])).toBe(false);
  });

  test('a JSON document is compared as it came, also when it looks like a row', () => {
    const raw = { inPrint: [1, { b: null }] };
    expect(matches({ $json: { inPrint: [1, { b: null }] } }, new RowRecord(new Map(), raw))).toBe(true);
    expect(matches({ $json: { a: 1 } }, { a: 1, b: 2 })).toBe(false);
  });

  test('errors are compared by the classes they derive from', () => {
    class DoesNotExist extends ObjectDoesNotExist {}
    expect(errorNamed('DoesNotExist', new DoesNotExist('x', 'x'))).toBe(true);
    expect(errorNamed('FieldError', new FieldError('x', 'x'))).toBe(true);
    expect(errorNamed('ValueError', new FieldError('x', 'x'))).toBe(false);
  });

  test('a TypeError of JavaScript itself is a mistake of the library, never the expected answer', () => {
    expect(errorNamed('TypeError', typeError('x', 'x'))).toBe(true);
    expect(errorNamed('TypeError', new TypeError('undefined is not a function'))).toBe(false);
  });
});
