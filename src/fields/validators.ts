import { typeError, ValidationError } from '../errors.js';
import { isDecimal } from '../util/decimal.js';
import { show } from '../util/show.js';
import { decimalParts } from './decimal-parts.js';
import type { Validator } from './field.js';
import { isIpv4, isIpv6 } from './ip-address.js';

/** A validator that knows what it was made of, so that two of them can be compared and written into a migration. */
export interface KnownValidator extends Validator {
  /** Its public name: `MinValueValidator`. */
  readonly kind: string;
  readonly args: readonly unknown[];
  readonly code: string;
}

/** What may be said otherwise of a validator. */
export interface ValidatorOptions {
  readonly message?: string;
  readonly code?: string;
}

function known(kind: string, args: readonly unknown[], code: string, check: Validator): KnownValidator {
  return Object.freeze(Object.assign(check, { kind, args: Object.freeze([...args]), code }));
}

/** Whether two validators check the same. */
export function sameValidator(a: Validator, b: Validator): boolean {
  if (a === b) return true;
  const [left, right] = [a as Partial<KnownValidator>, b as Partial<KnownValidator>];
  if (left.kind === undefined || left.kind !== right.kind || left.code !== right.code) return false;
  const [mine, theirs] = [left.args ?? [], right.args ?? []];
  return mine.length === theirs.length && mine.every((arg, index) => Object.is(arg, theirs[index]) || String(arg) === String(theirs[index]));
}

/** Text longer than this is refused before any pattern looks at it. */
const MAX_TEXT = 100_000;

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
  const [left, right] = [a as number, b as number];
  return left < right ? -1 : left > right ? 1 : left == right ? 0 : Number.NaN;
}

/** The value is at least `limit`. */
export function MinValueValidator(limit: Limit<unknown>, message = 'Ensure this value is greater than or equal to %(limit_value)s.'): KnownValidator {
  return known('MinValueValidator', [limit], 'min_value', (value) => {
    const bound = limitOf(limit);
    if (compareValues(value, bound) < 0) throw limitError(message, 'min_value', bound, value);
  });
}

/** The value is at most `limit`. */
export function MaxValueValidator(limit: Limit<unknown>, message = 'Ensure this value is less than or equal to %(limit_value)s.'): KnownValidator {
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
      params: { limit_value: size, show_value: value, value, offset: start, valid_value1: start + size, valid_value2: start + 2 * size },
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

const limitError = (message: string, code: string, limit: unknown, value: unknown, shown: unknown = value): ValidationError =>
  new ValidationError(message, { code, params: { limit_value: limit, show_value: shown, value } });

/** A decimal has at most so many digits, so many after the point, and so many before it. */
export function DecimalValidator(maxDigits: number | null, decimalPlaces: number | null): KnownValidator {
  return known('DecimalValidator', [maxDigits, decimalPlaces], 'invalid', (value) => {
    const parts = decimalParts(value);
    if (parts === null) throw new ValidationError('Enter a number.', { code: 'invalid', params: { value } });
    const fail = (code: string, max: number, text: string) => {
      throw new ValidationError(text.replaceAll('#', max === 1 ? '' : 's'), { code, params: { max, value } });
    };
    const { digits, decimals, whole } = parts;
    if (maxDigits !== null && digits > maxDigits) fail('max_digits', maxDigits, 'Ensure that there are no more than %(max)s digit# in total.');
    if (decimalPlaces !== null && decimals > decimalPlaces) {
      fail('max_decimal_places', decimalPlaces, 'Ensure that there are no more than %(max)s decimal place#.');
    }
    if (maxDigits !== null && decimalPlaces !== null && whole > maxDigits - decimalPlaces) {
      fail('max_whole_digits', maxDigits - decimalPlaces, 'Ensure that there are no more than %(max)s digit# before the decimal point.');
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
export function RegexValidator(pattern: RegExp | string, options: RegexOptions | string = {}, code?: string): KnownValidator {
  const { message = 'Enter a valid value.', inverseMatch = false, flags, code: given = code ?? 'invalid' } =
    typeof options === 'string' ? ({ message: options } as RegexOptions) : options;
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

/** A validator over a function that says yes or no, for texts of bounded length. */
function textValidator(kind: string, args: readonly unknown[], message: string, code: string, holds: (text: string) => boolean): KnownValidator {
  return known(kind, args, code, (value) => {
    if (typeof value === 'string' && value.length <= MAX_TEXT && holds(value)) return;
    throw new ValidationError(message, { code, params: { value: typeof value === 'string' ? value.slice(0, 200) : show(value) } });
  });
}

const SLUG = /^[-a-zA-Z0-9_]+$/;
const UNICODE_SLUG = /^[-\p{L}\p{N}\p{M}_]+$/u;

/** Letters, numbers, underscores and hyphens. */
export const validateSlug: KnownValidator = textValidator(
  'validateSlug', [], 'Enter a valid “slug” consisting of letters, numbers, underscores or hyphens.', 'invalid', (text) => SLUG.test(text),
);
/** The same with the letters of any script. */
export const validateUnicodeSlug: KnownValidator = textValidator(
  'validateUnicodeSlug', [], 'Enter a valid “slug” consisting of Unicode letters, numbers, underscores, or hyphens.', 'invalid',
  (text) => UNICODE_SLUG.test(text),
);

/** An IPv4 address without leading zeros. */
export const validateIpv4Address: KnownValidator = textValidator(
  'validateIpv4Address', [], 'Enter a valid IPv4 address.', 'invalid', isIpv4,
);
/** An IPv6 address without zone. */
export const validateIpv6Address: KnownValidator = textValidator(
  'validateIpv6Address', [], 'Enter a valid IPv6 address.', 'invalid', isIpv6,
);
/** An IPv4 or IPv6 address. */
export const validateIpv46Address: KnownValidator = textValidator(
  'validateIpv46Address', [], 'Enter a valid IPv4 or IPv6 address.', 'invalid', (text) => isIpv4(text) || isIpv6(text),
);

export interface IntListOptions extends ValidatorOptions {
  readonly separator?: string;
  readonly allowNegative?: boolean;
}
/** Whole numbers with a separator between them. */
export function intListValidator({ separator = ',', message = 'Enter only digits separated by commas.', code = 'invalid', allowNegative = false }: IntListOptions = {}): KnownValidator {
  const item = allowNegative ? /^-?\d+$/ : /^\d+$/;
  return textValidator('intListValidator', [separator, message, code, allowNegative], message, code, (text) =>
    text.split(separator).every((part) => item.test(part)),
  );
}
/** Whole numbers with commas between them. */
export const validateCommaSeparatedIntegerList: KnownValidator = intListValidator();

const LABEL = /^[a-z0-9\u00a1-\uffff](?:[a-z0-9\u00a1-\uffff-]*[a-z0-9\u00a1-\uffff])?$/i;
const ASCII_LABEL = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i;
const TOP = /^(?:[a-z\u00a1-\uffff][a-z\u00a1-\uffff-]{0,61}[a-z\u00a1-\uffff]|xn--[a-z0-9]{1,59})$/i;
const ASCII_TOP = /^(?:[a-z][a-z-]{0,61}[a-z]|xn--[a-z0-9]{1,59})$/i;

/** A domain name by its labels: linear in the length. */
function isDomain(text: string, acceptIdna: boolean): boolean {
  if (text.length > 255) return false;
  const labels = text.split('.');
  if (labels[labels.length - 1] === '') labels.pop();
  const top = labels.pop();
  if (top === undefined || labels.length === 0 || !(acceptIdna ? TOP : ASCII_TOP).test(top)) return false;
  return labels.every((part) => part.length <= 63 && (acceptIdna ? LABEL : ASCII_LABEL).test(part));
}

export interface DomainNameOptions extends ValidatorOptions {
  readonly acceptIdna?: boolean;
}
/** A domain name; `acceptIdna: false` takes ASCII alone. */
export function DomainNameValidator({ acceptIdna = true, message = 'Enter a valid domain name.', code = 'invalid' }: DomainNameOptions = {}): KnownValidator {
  return textValidator('DomainNameValidator', [acceptIdna, message, code], message, code, (text) => isDomain(text, acceptIdna));
}
/** A domain name. */
export const validateDomainName: KnownValidator = DomainNameValidator();

const ATOM = /^[-!#$%&'*+/=?^_`{}|~0-9a-z]+(?:\.[-!#$%&'*+/=?^_`{}|~0-9a-z]+)*$/i;
const QUOTED = /^"(?:[\u0001-\u0008\u000b\u000c\u000e-\u001f!#-[\]-\u007f]|\\[\u0001-\u0009\u000b\u000c\u000e-\u007f])*"$/;

export interface EmailOptions extends ValidatorOptions {
  /** Domains that are taken although they have no dot. */
  readonly allowlist?: readonly string[];
}
/** An e-mail address of at most 320 characters. */
export function EmailValidator({ allowlist = ['localhost'], message = 'Enter a valid email address.', code = 'invalid' }: EmailOptions = {}): KnownValidator {
  return textValidator('EmailValidator', [allowlist.join(), message, code], message, code, (text) => {
    if (text.length > 320) return false;
    const at = text.lastIndexOf('@');
    if (at < 1) return false;
    const [user, domain] = [text.slice(0, at), text.slice(at + 1)];
    if (!ATOM.test(user) && !QUOTED.test(user)) return false;
    if (allowlist.includes(domain) || isDomain(domain, true)) return !domain.endsWith('.');
    const literal = /^\[([0-9a-f:.]+)\]$/i.exec(domain);
    return literal !== null && (isIpv4(literal[1]!) || isIpv6(literal[1]!));
  });
}
/** An e-mail address. */
export const validateEmail: KnownValidator = EmailValidator();

const MAX_URL = 2048;
const AUTHORITY = /^(?:[^\s:@/]+(?::[^\s:@/]*)?@)?(\[[0-9a-f:.]+\]|[^\s:@/[\]]+)(?::([0-9]{1,5}))?$/i;

export interface UrlOptions extends ValidatorOptions {
  readonly schemes?: readonly string[];
}
/** An absolute URL of at most 2048 characters with one of the schemes (http, https, ftp, ftps). */
export function URLValidator({ schemes = ['http', 'https', 'ftp', 'ftps'], message = 'Enter a valid URL.', code = 'invalid' }: UrlOptions = {}): KnownValidator {
  return textValidator('URLValidator', [schemes.join(), message, code], message, code, (text) => {
    if (text.length > MAX_URL || /[\s\u0000-\u001f\u007f]/.test(text)) return false;
    const scheme = /^([a-z][a-z0-9.+-]*):\/\//i.exec(text);
    if (scheme === null || !schemes.includes(scheme[1]!.toLowerCase())) return false;
    const rest = text.slice(scheme[0].length);
    const end = rest.search(/[/?#]/);
    const authority = AUTHORITY.exec(end < 0 ? rest : rest.slice(0, end));
    if (authority === null || Number(authority[2] ?? 0) > 65535) return false;
    const host = authority[1]!;
    if (host.startsWith('[')) return isIpv6(host.slice(1, -1));
    return host.length <= 253 && (isIpv4(host) || host === 'localhost' || isDomain(host, true));
  });
}

/** The name of a file ends in one of the extensions (any when null). The value is a name or has one. */
export function FileExtensionValidator(allowedExtensions: readonly string[] | null = null, { message, code = 'invalid_extension' }: ValidatorOptions = {}): KnownValidator {
  const allowed = allowedExtensions?.map((extension) => extension.toLowerCase()) ?? null;
  const text = message ?? 'File extension “%(extension)s” is not allowed. Allowed extensions are: %(allowed_extensions)s.';
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
export function ProhibitNullCharactersValidator({ message = 'Null characters are not allowed.', code = 'null_characters_not_allowed' }: ValidatorOptions = {}): KnownValidator {
  return known('ProhibitNullCharactersValidator', [message, code], code, (value) => {
    if (String(value).includes('\u0000')) throw new ValidationError(message, { code, params: { value } });
  });
}
