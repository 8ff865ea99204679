import { ImproperlyConfigured } from '../errors.js';
import { closest } from '../util/closest.js';
import type { DatabaseSettings } from './backend.js';

/** What one backend lets be said. */
export interface OptionNames {
  /** The database's name in messages. */
  readonly label: string;
  /** Options that a URL may carry: none of them leads to another server or lets it do more. */
  readonly inUrl: readonly string[];
  /** Options that code may give beside those. */
  readonly inCode: readonly string[];
  /** Other spellings in URLs: those of the database's own programs. */
  readonly aliases: Readonly<Record<string, string>>;
}

/** Options by name; without a prototype, since a name may be any text. */
export type Given = Readonly<Record<string, unknown>>;

/** Options that every database takes. Whoever makes the connections has read them before a backend reads its own. */
export const GENERAL_OPTIONS: readonly string[] = [
  'waitTimeout',
  'closeTimeout',
  'poolMin',
  'idleTimeout',
  'maxLifetime',
  'serverless',
];

export const improper = (code: string, message: string): ImproperlyConfigured =>
  new ImproperlyConfigured(code, message);

/** `?a=1&b=x%20y` as names and values. Throws ImproperlyConfigured for a % that stands for nothing. */
function pairsOf(search: string): [string, string][] {
  return search
    .replace(/^\?/, '')
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const equals = part.indexOf('=');
      return equals < 0 ? [decode(part), ''] : [decode(part.slice(0, equals)), decode(part.slice(equals + 1))];
    });
}

/**
 * The options of a URL (`search` is what stands behind its question mark) and of the code, which has the last word. Throws
 * ImproperlyConfigured for one that is not known, or that stands in the URL twice.
 */
export function readOptions({ options }: DatabaseSettings, search: string, names: OptionNames): Given {
  const { label, inUrl, inCode, aliases } = names;
  const given: Record<string, unknown> = Object.create(null);
  for (const [name, value] of pairsOf(search)) {
    const own = Object.hasOwn(aliases, name) ? aliases[name]! : name;
    if (!inUrl.includes(own)) throw unknown(label, name, inUrl);
    if (own in given) throw improper('invalid-url', `The option '${own}' stands in the URL twice.`);
    given[own] = value;
  }
  const all = [...inUrl, ...inCode];
  for (const [name, value] of Object.entries(options)) {
    if (name === 'url' || GENERAL_OPTIONS.includes(name)) continue;
    if (!all.includes(name)) throw unknown(label, name, all);
    if (value !== undefined) given[name] = value;
  }
  return given;
}

function unknown(label: string, name: string, own: readonly string[]): ImproperlyConfigured {
  const known = [...own, ...GENERAL_OPTIONS];
  // What stands behind an unknown name may be a secret, and so may be a name that is none.
  const shown = /^[\w.-]{1,40}$/.test(name) ? ` '${name}'` : ' of this name';
  const near = closest(name, known);
  return improper(
    'unknown-option',
    `${label} has no option${shown} here.${near === null ? '' : ` Did you mean '${near}'?`} Options are: ${known.join(', ')}.`,
  );
}

/** A whole number of at least `least`, as a number or in digits. */
export function whole(name: string, value: unknown, fallback: number, least = 0): number {
  if (value === undefined) return fallback;
  const number = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
  if (typeof number === 'number' && Number.isSafeInteger(number) && number >= least) return number;
  throw improper('invalid-option', `The option '${name}' must be a whole number of at least ${least}.`);
}

/** A text that is not empty; null where nothing was given. */
export function text(name: string, value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' && value !== '' && !value.includes('\0')) return value;
  throw improper('invalid-option', `The option '${name}' must be a text.`);
}

/** One of some words; null where nothing was given. */
export function oneOf<T extends string>(name: string, value: unknown, words: readonly T[]): T | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' && (words as readonly string[]).includes(value)) return value as T;
  throw improper('invalid-option', `The option '${name}' must be one of: ${words.join(', ')}.`);
}

const LEVELS = ['read uncommitted', 'read committed', 'repeatable read', 'serializable'] as const;
export type IsolationLevel = (typeof LEVELS)[number];

/** How transactions are isolated that do not say it themselves; in URLs `repeatable-read` will do. */
export const isolationLevel = ({ isolationLevel: value }: Given): IsolationLevel | null =>
  oneOf('isolationLevel', typeof value === 'string' ? value.replaceAll('-', ' ') : value, LEVELS);

/** The parts of a server's URL. */
export interface Place {
  readonly host: string | null;
  readonly port: number | null;
  readonly user: string | null;
  readonly password: string | null;
  readonly database: string;
  /** What stands behind the question mark. */
  readonly search: string;
}

/** Reads `scheme://user:password@host:port/database?options`. A message never repeats the URL, which holds a password. */
export function placeOf(url: string, label: string, scheme: string): Place {
  const parts = partsOf(url, label, scheme);
  if (parts.hash !== '') throw improper('invalid-url', `A # in a URL of ${label} must be written as %23.`);
  const database = decode(parts.pathname.replace(/^\//, ''));
  if (parts.pathname.replace(/^\//, '').includes('/'))
    throw improper(
      'invalid-url',
      `A URL of ${label} names one database behind the host; a / in its name is written as %2F.`,
    );
  const host = parts.hostname === NOBODY ? '' : decode(parts.hostname).replace(/^\[(.*)\]$/, '$1');
  const port = parts.port === '' ? null : Number(parts.port);
  if (port === 0) throw improper('invalid-url', `The port in a URL of ${label} is a number from 1 to 65535.`);
  const texts = [decode(parts.username), decode(parts.password), database, host];
  if (texts.some((each) => each.includes('\0')))
    throw improper('invalid-url', `A URL of ${label} cannot hold the character NUL.`);
  const [user, password] = texts.map((each) => (each === '' ? null : each));
  return {
    host: host === '' ? null : host,
    port,
    user: user ?? null,
    password: password ?? null,
    database,
    search: parts.search,
  };
}

function partsOf(url: string, label: string, scheme: string): URL {
  const wrong = `A URL of ${label} looks like '${scheme}://user:password@host:port/database'. Characters such as @ : / ? # in the user name or password are written as %40 %3A %2F %3F %23.`;
  // Parsers of URLs drop line ends and spaces around, and read a host that nobody wrote.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are meant
  if (!/^[a-z]+:\/\//i.test(url) || /[\u0000-\u0020\u007f]/.test(url)) throw improper('invalid-url', wrong);
  try {
    // A user without a host, before a unix socket, is no URL to the standard.
    return new URL(url.replace(/^([a-z]+:\/\/[^/?#]*@)(?=\/)/i, `$1${NOBODY}`));
  } catch {
    throw improper('invalid-url', wrong);
  }
}

/** Stands where a URL names no host. */
const NOBODY = 'nobody.invalid';

/** A part of a URL without its percent signs. */
export function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw improper(
      'invalid-url',
      'A % in a URL must be followed by two hexadecimal digits; the character itself is written %25.',
    );
  }
}
