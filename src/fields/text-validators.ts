import { ValidationError } from '../errors.js';
import { lettersOfAnyScript } from '../util/letters.js';
import { show } from '../util/show.js';
import { isIpv4, isIpv6 } from './ip-address.js';
import { type KnownValidator, known, type ValidatorOptions } from './known-validator.js';

/** Text longer than this is refused before any pattern looks at it. */
const MAX_TEXT = 100_000;

/** A validator over a function that says yes or no, for texts of bounded length. */
function textValidator(
  kind: string,
  args: readonly unknown[],
  message: string,
  code: string,
  holds: (text: string) => boolean,
): KnownValidator {
  return known(kind, args, code, (value) => {
    if (typeof value === 'string' && value.length <= MAX_TEXT && holds(value)) return;
    throw new ValidationError(message, {
      code,
      params: { value: typeof value === 'string' ? value.slice(0, 200) : show(value) },
    });
  });
}

const SLUG = /^[-a-zA-Z0-9_]+$/;
const isUnicodeSlug = lettersOfAnyScript(SLUG, String.raw`^[-\p{L}\p{N}\p{M}_]+$`);

/** Letters, numbers, underscores and hyphens. */
export const validateSlug: KnownValidator = textValidator(
  'validateSlug',
  [],
  'Enter a valid “slug” consisting of letters, numbers, underscores or hyphens.',
  'invalid',
  (text) => SLUG.test(text),
);
/** The same with the letters of any script. */
export const validateUnicodeSlug: KnownValidator = textValidator(
  'validateUnicodeSlug',
  [],
  'Enter a valid “slug” consisting of Unicode letters, numbers, underscores, or hyphens.',
  'invalid',
  isUnicodeSlug,
);

/** An IPv4 address without leading zeros. */
export const validateIpv4Address: KnownValidator = textValidator(
  'validateIpv4Address',
  [],
  'Enter a valid IPv4 address.',
  'invalid',
  isIpv4,
);
/** An IPv6 address without zone. */
export const validateIpv6Address: KnownValidator = textValidator(
  'validateIpv6Address',
  [],
  'Enter a valid IPv6 address.',
  'invalid',
  isIpv6,
);
/** An IPv4 or IPv6 address. */
export const validateIpv46Address: KnownValidator = textValidator(
  'validateIpv46Address',
  [],
  'Enter a valid IPv4 or IPv6 address.',
  'invalid',
  (text) => isIpv4(text) || isIpv6(text),
);

export interface IntListOptions extends ValidatorOptions {
  readonly separator?: string;
  readonly allowNegative?: boolean;
}
/** Whole numbers with a separator between them. */
export function intListValidator({
  separator = ',',
  message = 'Enter only digits separated by commas.',
  code = 'invalid',
  allowNegative = false,
}: IntListOptions = {}): KnownValidator {
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
export function DomainNameValidator({
  acceptIdna = true,
  message = 'Enter a valid domain name.',
  code = 'invalid',
}: DomainNameOptions = {}): KnownValidator {
  return textValidator('DomainNameValidator', [acceptIdna, message, code], message, code, (text) =>
    isDomain(text, acceptIdna),
  );
}
/** A domain name. */
export const validateDomainName: KnownValidator = DomainNameValidator();

const ATOM = /^[-!#$%&'*+/=?^_`{}|~0-9a-z]+(?:\.[-!#$%&'*+/=?^_`{}|~0-9a-z]+)*$/i;

/** `"…"` of ASCII without space, quote, tab and line ends, unless escaped by a backslash. */
function isQuoted(text: string): boolean {
  if (text.length < 2 || !text.startsWith('"') || !text.endsWith('"')) return false;
  for (let at = 1; at < text.length - 1; at += 1) {
    let code = text.charCodeAt(at);
    const escaped = code === 0x5c;
    if (escaped) {
      at += 1;
      if (at === text.length - 1) return false;
      code = text.charCodeAt(at);
    }
    if (code === 0 || code === 0x0a || code === 0x0d || code > 0x7f) return false;
    if (!escaped && (code === 0x09 || code === 0x20 || code === 0x22)) return false;
  }
  return true;
}

/** Whether a text has characters below the space, or DEL. */
function hasControls(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0x20 || code === 0x7f) return true;
  }
  return false;
}

export interface EmailOptions extends ValidatorOptions {
  /** Domains that are taken although they have no dot. */
  readonly allowlist?: readonly string[];
}
/** An e-mail address of at most 320 characters. */
export function EmailValidator({
  allowlist = ['localhost'],
  message = 'Enter a valid email address.',
  code = 'invalid',
}: EmailOptions = {}): KnownValidator {
  return textValidator('EmailValidator', [allowlist.join(), message, code], message, code, (text) => {
    if (text.length > 320) return false;
    const at = text.lastIndexOf('@');
    if (at < 1) return false;
    const [user, domain] = [text.slice(0, at), text.slice(at + 1)];
    if (!ATOM.test(user) && !isQuoted(user)) return false;
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
export function URLValidator({
  schemes = ['http', 'https', 'ftp', 'ftps'],
  message = 'Enter a valid URL.',
  code = 'invalid',
}: UrlOptions = {}): KnownValidator {
  return textValidator('URLValidator', [schemes.join(), message, code], message, code, (text) => {
    if (text.length > MAX_URL || hasControls(text) || /\s/.test(text)) return false;
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
