import type { DatabaseSettings } from '../backends/backend.js';
import { GENERAL_OPTIONS, type Given, improper, whole } from '../backends/options.js';
import type { PoolLimits } from '../backends/pool-members.js';
import type { ImproperlyConfigured } from '../errors.js';

/** What every database may be told beside what its backend knows: in its URL or in code. Milliseconds; 0 for no limit. */
export interface ConnectionOptions {
  /** How long a query waits for a connection or for its turn in a transaction. */
  readonly waitTimeout: number;
  /** How long closing waits for connections in use. */
  readonly closeTimeout: number;
  readonly limits: PoolLimits;
  /** Connections at most where nothing else is said; null: as the backend has it. */
  readonly poolSize: number | null;
}

const WAIT_TIMEOUT = 30_000;
const CLOSE_TIMEOUT = 30_000;
const IDLE_TIMEOUT = 300_000;
const MAX_LIFETIME = 3_600_000;
/** A function that is frozen between two requests does not see its server hang up: after a few seconds a new session is safer. */
const SERVERLESS_IDLE_TIMEOUT = 5000;

/** Takes the options that belong to no backend out of the settings. Throws ImproperlyConfigured for a wrong value. */
export function takeConnectionOptions(settings: DatabaseSettings): {
  options: ConnectionOptions;
  settings: DatabaseSettings;
} {
  const { url, found: inUrl, names } = takeFromUrl(settings.url);
  const rest: Record<string, unknown> = { ...settings.options };
  const given: Record<string, unknown> = { ...inUrl };
  for (const name of GENERAL_OPTIONS) {
    if (rest[name] !== undefined) given[name] = rest[name];
    delete rest[name];
  }
  const isSized = rest.poolSize !== undefined || names.has('poolSize');
  return { options: optionsOf(given, isSized), settings: { url, options: rest } };
}

/** The text of the URL without these options, all else as it was: what it means is the backend's business. */
function takeFromUrl(url: string): { url: string; found: Given; names: ReadonlySet<string> } {
  const mark = url.indexOf('?');
  const found: Record<string, unknown> = {};
  const names = new Set<string>();
  if (mark < 0) return { url, found, names };
  const left = url
    .slice(mark + 1)
    .split('&')
    .filter((part) => {
      const [[name, value] = ['', '']] = [...new URLSearchParams(part)];
      names.add(name);
      if (!GENERAL_OPTIONS.includes(name)) return true;
      if (name in found) throw invalid(name, 'stands in the URL twice');
      found[name] = value;
      return false;
    });
  return { url: left.length === 0 ? url.slice(0, mark) : `${url.slice(0, mark)}?${left.join('&')}`, found, names };
}

function optionsOf(given: Given, isSized: boolean): ConnectionOptions {
  const serverless = flag('serverless', given.serverless);
  return {
    waitTimeout: milliseconds('waitTimeout', given.waitTimeout, WAIT_TIMEOUT, 1),
    closeTimeout: milliseconds('closeTimeout', given.closeTimeout, CLOSE_TIMEOUT),
    limits: {
      least: whole('poolMin', given.poolMin, 0),
      idleTimeout: milliseconds('idleTimeout', given.idleTimeout, serverless ? SERVERLESS_IDLE_TIMEOUT : IDLE_TIMEOUT),
      maxLifetime: milliseconds('maxLifetime', given.maxLifetime, MAX_LIFETIME),
      detached: serverless,
    },
    poolSize: serverless && !isSized ? 1 : null,
  };
}

const invalid = (name: string, what: string): ImproperlyConfigured =>
  improper('invalid-option', `The option '${name}' ${what}.`);

function milliseconds(name: string, value: unknown, fallback: number, least = 0): number {
  if (value === undefined) return fallback;
  const number = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
  if (typeof number === 'number' && Number.isFinite(number) && number >= least) return number;
  throw invalid(name, 'must be a number of milliseconds');
}

function flag(name: string, value: unknown): boolean {
  if (value === undefined || value === false || value === 'false') return false;
  if (value === true || value === 'true') return true;
  throw invalid(name, 'must be true or false');
}
