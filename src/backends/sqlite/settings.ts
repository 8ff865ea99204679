import type { DatabaseSettings } from '../backend.js';
import { decode, improper, oneOf, readOptions, whole } from '../options.js';

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

const NAMES = { label: 'SQLite', inUrl: ['busyTimeout', 'readers', 'driver'], inCode: [], aliases: {} };

/** `sqlite:file.db`, `sqlite:///absolute/file.db`, `sqlite::memory:`, each with `?option=value`. */
export function parseSettings(settings: DatabaseSettings): SqliteSettings {
  const rest = settings.url.slice(settings.url.indexOf(':') + 1);
  const mark = rest.indexOf('?');
  const path = mark < 0 ? rest : rest.slice(0, mark);
  const file = decode(path.startsWith('//') ? path.slice(2) : path);
  if (file === '' || file.includes('\0'))
    throw improper('invalid-url', "A URL of SQLite names a file: 'sqlite:db.sqlite3', or 'sqlite::memory:'.");
  const given = readOptions(settings, mark < 0 ? '' : rest.slice(mark + 1), NAMES);
  return {
    file,
    inMemory: file === ':memory:',
    busyTimeout: whole('busyTimeout', given.busyTimeout, 5000, 0),
    readers: whole('readers', given.readers, 8, 1),
    driver: oneOf('driver', given.driver, ['better-sqlite3', 'node:sqlite'] as const),
  };
}
