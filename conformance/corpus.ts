import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** A JSON value as the corpus writes it; `{"$decimal": "1.50"}` and its like are still encoded. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
/** A JSON object of the corpus. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** A field of models.json: its name, its Django class, and Django's options in snake_case. */
export interface FieldSpec extends JsonObject {
  readonly name: string;
  readonly type: string;
}

/** A model of models.json. */
export interface ModelSpec {
  readonly name: string;
  readonly bases?: readonly string[];
  readonly fields: readonly FieldSpec[];
  readonly meta?: JsonObject;
}

/** The models of one app; its label is `name`. */
export interface WorldSpec {
  readonly name: string;
  readonly models: readonly ModelSpec[];
}

/** The rows of one world, as fixtures/<world>.json has them. */
export interface Fixture {
  readonly rows: Readonly<Record<string, readonly JsonObject[]>>;
  readonly m2m: Readonly<Record<string, readonly (readonly [Json, Json])[]>>;
}

/** One thing a case does; its only key among `q new set save …` says which. */
export type Step = JsonObject;
/** What a step must answer; `null` means that it must not fail. */
export type Answer = JsonObject | null;

/** One line of cases/<group>.jsonl. */
export interface Case {
  readonly id: string;
  readonly world: string;
  readonly group: string;
  readonly mutates?: boolean;
  readonly tags?: readonly string[];
  readonly not?: readonly string[];
  readonly steps: readonly Step[];
  readonly expect?: readonly Answer[];
  readonly backends?: Readonly<Record<string, readonly Answer[]>>;
}

/** Everything that one run replays. */
export interface Corpus {
  readonly worlds: readonly WorldSpec[];
  readonly fixtures: ReadonlyMap<string, Fixture>;
  readonly groups: ReadonlyMap<string, readonly Case[]>;
}

const CASES = /^(.+)\.jsonl(\.gz)?$/;

/**
 * Reads a corpus from `directory`, whose files may be plain or compressed with gzip (`joins.jsonl` or `joins.jsonl.gz`).
 * `casesDirectory` replaces the folder of cases; `wanted` limits which groups are read.
 */
export function loadCorpus(
  directory: string,
  casesDirectory = join(directory, 'cases'),
  wanted: (group: string) => boolean = () => true,
): Corpus {
  const models = JSON.parse(readText(join(directory, 'models.json'))) as {
    readonly worlds: Readonly<Record<string, { readonly models: readonly ModelSpec[] }>>;
  };
  const worlds = Object.entries(models.worlds).map(([name, world]) => ({ name, models: world.models }));
  const fixtures = new Map(
    worlds.map(({ name }) => [
      name,
      JSON.parse(markNumbers(readText(join(directory, 'fixtures', `${name}.json`)))) as Fixture,
    ]),
  );
  const groups = new Map<string, readonly Case[]>();
  for (const file of readdirSync(casesDirectory).sort()) {
    const group = CASES.exec(file)?.[1];
    if (group !== undefined && wanted(group)) groups.set(group, readCases(join(casesDirectory, `${group}.jsonl`)));
  }
  return { worlds, fixtures, groups };
}

function readCases(path: string): readonly Case[] {
  return readText(path)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => ({ ...(JSON.parse(markNumbers(line)) as Case), group: basename(path, '.jsonl') }));
}

/** The text of `path`, or of `path.gz` uncompressed. */
export function readText(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : gunzipSync(readFileSync(`${path}.gz`)).toString('utf8');
}

const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * Python tells `4.0` from `4`, JSON.parse does not; and `Value(4.0)` is a float where `Value(4)` is an integer.
 * So whole floats become `{"$float":"4.0"}` before the text is parsed. Whole numbers that JavaScript would round become
 * `{"$bigint":"…"}` (fixtures write them out).
 */
export function markNumbers(text: string): string {
  return text.replace(STRING_OR_NUMBER, (token) => (token.startsWith('"') ? token : markNumber(token)));
}

function markNumber(token: string): string {
  if (/[.eE]/.test(token)) return Number.isInteger(Number(token)) ? `{"$float":"${token}"}` : token;
  return Number.isSafeInteger(Number(token)) ? token : `{"$bigint":"${token}"}`;
}
