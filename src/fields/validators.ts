import { typeError, ValidationError } from '../errors.js';
import { isDecimal } from '../util/decimal.js';
import { show } from '../util/show.js';
import { decimalParts } from './decimal-parts.js';
import { type KnownValidator, known, type ValidatorOptions } from './known-validator.js';

export { type KnownValidator, sameValidator, type ValidatorOptions } from './known-validator.js';
export * from './text-validators.js';

/** A limit, or a function that gives it at the time of the check. */
export type Limit<T> = T | (() => T);
const limitOf = <T>(limit: Limit<T>): T => (typeof limit === 'function' ? (limit as () => T)() : limit);

/** Compares numbers, bigints, decimals, dates and temporal values: negative, 0 or positive; NaN where there is no order. */
export function compareValues(a: unknown, b: unknown): number {
  if (isDecimal(a)) return a.comparedTo(isDecimal(b) ? b : String(b));
  if (isDecimal(b)) return -b.comparedTo(String(a));
  if (typeof a === 'object' && a !== null) {
    const { compare } = a.constructor as { compare?: (x: unknown, y: unknown) => number };
    if (typeof compare === 'function') return compare(a, b);
  }
  // numbers and bigints compare with each other; what has no order gives NaN
  const [left, right] = [a as number, b as number];
  return left < right ? -1 : left > right ? 1 : left >= right ? 0 : Number.NaN;
}

/** The value is at least `limit`. */
export function MinValueValidator(
  limit: Limit<unknown>,
  message = 'Ensure this value is greater than or equal to %(limit_value)s.',
): KnownValidator {
  return known('MinValueValidator', [limit], 'min_value', (value) => {
    const bound = limitOf(limit);
    if (compareValues(value, bound) < 0) throw limitError(message, 'min_value', bound, value);
  });
}

/** The value is at most `limit`. */
export function MaxValueValidator(
  limit: Limit<unknown>,
  message = 'Ensure this value is less than or equal to %(limit_value)s.',
): KnownValidator {
  return known('MaxValueValidator', [limit], 'max_value', (value) => {
    const bound = limitOf(limit);
    if (compareValues(value, bound) > 0) throw limitError(message, 'max_value', bound, value);
  });
}

/** The value is `offset` plus a multiple of `step`. */
export function StepValueValidator(step: Limit<number>, message?: string, offset?: number): KnownValidator {
  const text =
    message ??
    (offset === undefined
      ? 'Ensure this value is a multiple of step size %(limit_value)s.'
      : 'Ensure this value is a multiple of step size %(limit_value)s, starting from %(offset)s, e.g. %(offset)s, %(valid_value1)s, %(valid_value2)s, and so on.');
  return known('StepValueValidator', [step, offset], 'step_size', (value) => {
    const size = limitOf(step);
    const start = offset ?? 0;
    const off = (Number(value) - start) % size;
    const near = Math.min(Math.abs(off), Math.abs(Math.abs(size) - Math.abs(off)));
    if (near <= 1e-9) return;
    throw new ValidationError(text, {
      code: 'step_size',
      params: {
        limit_value: size,
        show_value: value,
        value,
        offset: start,
        valid_value1: start + size,
        valid_value2: start + 2 * size,
      },
    });
  });
}

const lengthOf = (value: unknown): number => {
  if (typeof value === 'string') {
    // in characters, as databases count them, not in UTF-16 units
    let length = 0;
    for (const _ of value) length += 1;
    return length;
  }
  return (value as { length?: number }).length ?? 0;
};

/** Text (or a list, or bytes) is at least `limit` long, in characters. */
export function MinLengthValidator(limit: Limit<number>, message?: string): KnownValidator {
  return known('MinLengthValidator', [limit], 'min_length', (value) => {
    const [bound, length] = [limitOf(limit), lengthOf(value)];
    if (length < bound) throw limitError(message ?? lengthMessage('least', bound), 'min_length', bound, value, length);
  });
}

/** Text (or a list, or bytes) is at most `limit` long, in characters. */
export function MaxLengthValidator(limit: Limit<number>, message?: string): KnownValidator {
  return known('MaxLengthValidator', [limit], 'max_length', (value) => {
    const [bound, length] = [limitOf(limit), lengthOf(value)];
    if (length > bound) throw limitError(message ?? lengthMessage('most', bound), 'max_length', bound, value, length);
  });
}

const lengthMessage = (side: string, limit: number): string =>
  `Ensure this value has at ${side} %(limit_value)s character${limit === 1 ? '' : 's'} (it has %(show_value)s).`;

const limitError = (
  message: string,
  code: string,
  limit: unknown,
  value: unknown,
  shown: unknown = value,
): ValidationError => new ValidationError(message, { code, params: { limit_value: limit, show_value: shown, value } });

/** A decimal has at most so many digits, so many after the point, and so many before it. */
export function DecimalValidator(maxDigits: number | null, decimalPlaces: number | null): KnownValidator {
  return known('DecimalValidator', [maxDigits, decimalPlaces], 'invalid', (value) => {
    const parts = decimalParts(value);
    if (parts === null) throw new ValidationError('Enter a number.', { code: 'invalid', params: { value } });
    const fail = (code: string, max: number, text: string) => {
      throw new ValidationError(text.replaceAll('#', max === 1 ? '' : 's'), { code, params: { max, value } });
    };
    const { digits, decimals, whole } = parts;
    if (maxDigits !== null && digits > maxDigits)
      fail('max_digits', maxDigits, 'Ensure that there are no more than %(max)s digit# in total.');
    if (decimalPlaces !== null && decimals > decimalPlaces) {
      fail('max_decimal_places', decimalPlaces, 'Ensure that there are no more than %(max)s decimal place#.');
    }
    if (maxDigits !== null && decimalPlaces !== null && whole > maxDigits - decimalPlaces) {
      fail(
        'max_whole_digits',
        maxDigits - decimalPlaces,
        'Ensure that there are no more than %(max)s digit# before the decimal point.',
      );
    }
  });
}

export interface RegexOptions extends ValidatorOptions {
  /** Fails when the pattern matches. */
  readonly inverseMatch?: boolean;
  readonly flags?: string;
}

/**
 * Text matches `pattern` somewhere (`^` and `$` in the pattern say where). Mind that a backtracking pattern can be slow.
 */
export function RegexValidator(
  pattern: RegExp | string,
  options: RegexOptions | string = {},
  code?: string,
): KnownValidator {
  const {
    message = 'Enter a valid value.',
    inverseMatch = false,
    flags,
    code: given = code ?? 'invalid',
  } = typeof options === 'string' ? ({ message: options } as RegexOptions) : options;
  if (typeof pattern !== 'string' && !(pattern instanceof RegExp)) {
    throw typeError('pattern', `RegexValidator expected a regular expression, not ${show(pattern)}.`);
  }
  // without g and y, whose lastIndex would carry over from one check to the next
  const source = typeof pattern === 'string' ? pattern : pattern.source;
  const regex = new RegExp(source, (flags ?? (typeof pattern === 'string' ? '' : pattern.flags)).replace(/[gy]/g, ''));
  return known('RegexValidator', [regex, message, given, inverseMatch], given, (value) => {
    if (regex.test(String(value)) !== inverseMatch) return;
    throw new ValidationError(message, { code: given, params: { value } });
  });
}

/** The name of a file ends in one of the extensions (any when null). The value is a name or has one. */
export function FileExtensionValidator(
  allowedExtensions: readonly string[] | null = null,
  { message, code = 'invalid_extension' }: ValidatorOptions = {},
): KnownValidator {
  const allowed = allowedExtensions?.map((extension) => extension.toLowerCase()) ?? null;
  const text =
    message ?? 'File extension “%(extension)s” is not allowed. Allowed extensions are: %(allowed_extensions)s.';
  return known('FileExtensionValidator', [allowed?.join() ?? null, text, code], code, (value) => {
    const name = typeof value === 'string' ? value : String((value as { name?: unknown }).name);
    const base = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    const dot = base.lastIndexOf('.');
    const extension = dot <= 0 ? '' : base.slice(dot + 1).toLowerCase();
    if (allowed === null || allowed.includes(extension)) return;
    throw new ValidationError(text, { code, params: { extension, allowed_extensions: allowed.join(', '), value } });
  });
}
const IMAGES = ['apng', 'avif', 'bmp', 'gif', 'ico', 'jpeg', 'jpg', 'jfif', 'png', 'tif', 'tiff', 'webp'];
/** The name of a file ends like that of an image. */
export const validateImageFileExtension: KnownValidator = FileExtensionValidator(IMAGES);

/** Text without NUL characters. */
export function ProhibitNullCharactersValidator({
  message = 'Null characters are not allowed.',
  code = 'null_characters_not_allowed',
}: ValidatorOptions = {}): KnownValidator {
  return known('ProhibitNullCharactersValidator', [message, code], code, (value) => {
    if (String(value).includes('\u0000')) throw new ValidationError(message, { code, params: { value } });
  });
}
