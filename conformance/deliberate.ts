import { readFileSync } from 'node:fs';
import type { Case } from './corpus.js';

interface Entry {
  readonly id?: string;
  /** Several cases with one reason. */
  readonly ids?: readonly string[];
  readonly group?: string;
  /** Databases on which the answers differ; all of them when left out. */
  readonly databases?: readonly string[];
  readonly reason: string;
}

/** Which cases Nuages answers otherwise on purpose. */
export interface DeliberateReasons {
  /** Whether a failure of this case is meant. */
  allows(test: Case): boolean;
  /** Whether the case is listed by itself, so that it must not pass. */
  names(test: Case): boolean;
}

/** Reads deliberate.json: a list of `{ id, reason }` for a case (`ids` for several) and `{ group, reason }` for a whole group, as far as it holds on a database that goes by `names`. */
export function deliberateReasons(path: string, names: readonly string[]): DeliberateReasons {
  const all = JSON.parse(readFileSync(path, 'utf8')) as readonly Entry[];
  const entries = all.filter(
    ({ databases }) => databases === undefined || databases.some((each) => names.includes(each)),
  );
  const ids = new Set(entries.flatMap(({ id, ids: several = [] }) => [id, ...several]));
  const groups = new Set(entries.map(({ group }) => group));
  return {
    allows: (test) => ids.has(test.id) || groups.has(test.group),
    names: (test) => ids.has(test.id),
  };
}
