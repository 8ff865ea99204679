import { ImproperlyConfigured } from '../../errors.js';
import { closest } from '../../util/closest.js';
import type { DatabaseSettings } from '../backend.js';

/** What a URL and its options say about an SQLite database. */
export interface SqliteSettings {
  /** A file's path, or `:memory:`. */
  readonly file: string;
  readonly inMemory: boolean;
  /** Milliseconds to wait for a lock that another process holds. */
  readonly busyTimeout: number;
  /** Connections that read at the same time as the one that writes. */
  readonly readers: number;
  readonly driver: 'better-sqlite3' | 'node:sqlite' | null;
}

const OPTIONS = ['busyTimeout', 'readers', 'driver'];
/** Options of every database, which are not the backend's. */
const GENERAL = new Set(['url', 'waitTimeout']);

function refuse(name: string): never {
  const near = closest(name, OPTIONS);
  throw new ImproperlyConfigured(
    'unknown-option',
    `SQLite has no option '${name}'.${near === null ? '' : ` Did you mean '${near}'?`} Options are: ${OPTIONS.join(', ')}.`,
  );
}

function whole(name: string, value: unknown, fallback: number, least: number): number {
  if (value === undefined) return fallback;
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < least) {
    throw new ImproperlyConfigured(
      'invalid-option',
      `The option '${name}' must be a whole number of at least ${least}.`,
    );
  }
  return number;
}

/** `sqlite:file.db`, `sqlite:///absolute/file.db`, `sqlite::memory:`, each with `?option=value`. */
export function parseSettings({ url, options }: DatabaseSettings): SqliteSettings {
  const rest = url.slice(url.indexOf(':') + 1);
  const mark = rest.indexOf('?');
  const path = mark < 0 ? rest : rest.slice(0, mark);
  const file = decodeURIComponent(path.startsWith('//') ? path.slice(2) : path);
  if (file === '' || file.includes('\0')) {
    throw new ImproperlyConfigured(
      'invalid-url',
      "A URL of SQLite names a file: 'sqlite:db.sqlite3', or 'sqlite::memory:'.",
    );
  }
  const given: Record<string, unknown> = { ...options };
  for (const [name, value] of new URLSearchParams(mark < 0 ? '' : rest.slice(mark + 1))) given[name] = value;
  for (const name of Object.keys(given)) if (!OPTIONS.includes(name) && !GENERAL.has(name)) refuse(name);
  const { driver = null } = given;
  if (driver !== null && driver !== 'better-sqlite3' && driver !== 'node:sqlite') {
    throw new ImproperlyConfigured('invalid-option', "The option 'driver' must be 'better-sqlite3' or 'node:sqlite'.");
  }
  return {
    file,
    inMemory: file === ':memory:',
    busyTimeout: whole('busyTimeout', given.busyTimeout, 5000, 0),
    readers: whole('readers', given.readers, 8, 1),
    driver,
  };
}
