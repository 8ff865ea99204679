import { describe, expect, it } from 'vitest';
import { NON_FIELD_ERRORS, ValidationError } from '../../../src/errors.js';
import * as validators from '../../../src/fields/validators.js';
import { Decimal } from '../../../src/util/decimal.js';

const holds = (validator: (value: any) => void, value: unknown): boolean => {
  try {
    validator(value);
    return true;
  } catch (error) {
    if (error instanceof ValidationError) return false;
    throw error;
  }
};

describe('validators', () => {
  it('compare numbers of every kind with their limit', () => {
    const atLeast = validators.MinValueValidator(10);
    expect([10, 10n, new Decimal('10.0')].every((value) => holds(atLeast, value))).toBe(true);
    expect([9, 9n, new Decimal('9.99')].some((value) => holds(atLeast, value))).toBe(false);
    expect(
      holds(
        validators.MaxValueValidator(() => 3),
        4,
      ),
    ).toBe(false);
    expect(holds(validators.StepValueValidator(0.1), 0.3)).toBe(true);
    expect(holds(validators.StepValueValidator(3, undefined, 1), 7)).toBe(true);
    expect(holds(validators.StepValueValidator(3, undefined, 1), 6)).toBe(false);
  });

  it('know e-mail addresses', () => {
    for (const email of [
      'a@b.co',
      'a.b+c@sub.example.org',
      '"ab"@example.com',
      'a@localhost',
      'a@[127.0.0.1]',
      'a@bücher.de',
    ]) {
      expect([email, holds(validators.validateEmail, email)]).toEqual([email, true]);
    }
    for (const email of [
      '',
      'a',
      '@b.co',
      'a@',
      'a@b',
      'a b@c.de',
      'a@b.co\n',
      'a..b@c.de',
      'a@-b.co',
      `${'a'.repeat(400)}@b.co`,
    ]) {
      expect([email, holds(validators.validateEmail, email)]).toEqual([email, false]);
    }
  });

  it('know URLs', () => {
    const url = validators.URLValidator();
    for (const text of [
      'http://a.co',
      'https://user:pw@a.co:8080/x?y#z',
      'http://localhost/',
      'http://[::1]/',
      'ftp://10.0.0.1',
    ]) {
      expect([text, holds(url, text)]).toEqual([text, true]);
    }
    for (const text of [
      'a.co',
      'javascript://a.co',
      'http://',
      'http://a',
      'http://a.co\n',
      'http://a.co:99999',
      `http://a.co/${'x'.repeat(3000)}`,
    ]) {
      expect([text, holds(url, text)]).toEqual([text, false]);
    }
  });

  it('know slugs and reject newlines at their end', () => {
    expect(holds(validators.validateSlug, 'a-b_1')).toBe(true);
    expect(holds(validators.validateSlug, 'é')).toBe(false);
    expect(holds(validators.validateUnicodeSlug, 'é')).toBe(true);
    expect(holds(validators.validateSlug, 'a\n')).toBe(false);
    expect(holds(validators.validateCommaSeparatedIntegerList, '1,2,3')).toBe(true);
    expect(holds(validators.validateCommaSeparatedIntegerList, '1,,2')).toBe(false);
  });

  it('stay quick on hostile texts', () => {
    const start = performance.now();
    const texts = [
      'a'.repeat(100_000),
      `${'a.'.repeat(50_000)}`,
      `${'-'.repeat(99_999)}!`,
      `a@${'a-'.repeat(50_000)}`,
      `http://${'a.'.repeat(50_000)}`,
    ];
    for (const text of texts) {
      for (const validator of [
        validators.validateEmail,
        validators.URLValidator(),
        validators.validateSlug,
        validators.validateUnicodeSlug,
        validators.validateDomainName,
        validators.validateIpv46Address,
      ]) {
        holds(validator, text);
      }
    }
    expect(performance.now() - start).toBeLessThan(500);
  });

  it('are equal when they check the same', () => {
    expect(validators.sameValidator(validators.MinValueValidator(1), validators.MinValueValidator(1))).toBe(true);
    expect(validators.sameValidator(validators.MinValueValidator(1), validators.MinValueValidator(2))).toBe(false);
    expect(validators.sameValidator(validators.RegexValidator(/a/), validators.RegexValidator(/a/i))).toBe(false);
  });

  it('know the extensions of files', () => {
    expect(holds(validators.FileExtensionValidator(['PDF']), 'x/y.pdf')).toBe(true);
    expect(holds(validators.FileExtensionValidator(['pdf']), 'pdf')).toBe(false);
    expect(holds(validators.validateImageFileExtension, { name: 'a.png' })).toBe(true);
    expect(holds(validators.ProhibitNullCharactersValidator(), 'a\0')).toBe(false);
  });
});

describe('ValidationError', () => {
  it('is one message with params filled in', () => {
    const error = new ValidationError('%(n)s is not %(what)s.', { code: 'odd', params: { n: 3, what: 'even' } });
    expect([error.message, error.messages, error.code, error.errorDict]).toEqual([
      '3 is not even.',
      ['3 is not even.'],
      'odd',
      undefined,
    ]);
  });

  it('nests lists and fields', () => {
    const list = new ValidationError(['a', new ValidationError(['b', 'c'])]);
    expect(list.messages).toEqual(['a', 'b', 'c']);
    const fields = new ValidationError({ title: ['a', 'b'], pages: new ValidationError('c', { code: 'x' }) });
    expect(fields.messageDict).toEqual({ title: ['a', 'b'], pages: ['c'] });
    expect(fields.errorDict?.pages?.map(({ code }) => code)).toEqual(['x']);
    expect(list.messageDict).toEqual({ [NON_FIELD_ERRORS]: ['a', 'b', 'c'] });
  });

  it('gathers by field', () => {
    const errors = new ValidationError({ a: 'x' }).updateErrorDict({ a: [new ValidationError('w')] });
    expect(errors.a?.flatMap(({ messages }) => messages)).toEqual(['w', 'x']);
  });
});
