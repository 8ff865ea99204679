import { encode } from './answers.js';
import { errorNamed, errorNames, matches, matchesMultiset } from './compare.js';
import type { Answer, Json, JsonObject } from './corpus.js';
import type { Dynamic } from './dynamic.js';
import { isObject } from './values.js';

/** What running one step came to: a value or an error, and the statements that it sent. */
export interface Outcome {
  readonly value?: Dynamic;
  readonly error?: unknown;
  /** Statements sent, without those that control transactions. */
  readonly queries: readonly string[];
}

/** Says what is wrong with an outcome, or gives undefined when it is what the corpus expects. */
export function problemWith(expected: Answer, outcome: Outcome): string | undefined {
  if (expected === null) return outcome.error === undefined ? undefined : 'The step must not fail.';
  // A failure by accident of Django or its database: another error is right, and so is a sensible answer.
  if (expected.loose === true) return undefined;
  if (typeof expected.error === 'string') return problemWithError(expected, outcome);
  if (outcome.error !== undefined) return 'The step must not fail.';
  if (!answers(expected, outcome.value)) return 'The answer differs.';
  if (typeof expected.queries === 'number' && outcome.queries.length > expected.queries) {
    return `It took ${outcome.queries.length} queries where ${expected.queries} are enough.`;
  }
  return undefined;
}

function problemWithError(expected: JsonObject, { error }: Outcome): string | undefined {
  if (error === undefined) return 'The step must fail.';
  if (!errorNamed(expected.error as string, error)) return 'The step fails with another class of error.';
  if (expected.codes === undefined) return undefined;
  return codesAre(expected.codes, error) ? undefined : 'The codes of the ValidationError differ.';
}

function answers(expected: JsonObject, value: Dynamic): boolean {
  if (expected.tables !== undefined) return matches(expected.tables, value);
  if (expected.rows === undefined) return matches(expected.value ?? null, value, expected.unordered === true);
  const rows = expected.rows as readonly Json[];
  if (!Array.isArray(value)) return false;
  return expected.ordered === true ? matches(rows, value) : matchesMultiset(rows, value);
}

/** `codes` is a list, or a list for each field, of the codes that occur; their order does not matter. */
function codesAre(expected: Json, error: Dynamic): boolean {
  const found = validationCodes(error);
  if (!isObject(expected)) return matches(expected, found, true);
  return isObject(found as Json) && matches(expected, found, true);
}

/** The codes that a ValidationError of Nuages carries: a list for each field where it knows fields, else one list. */
function validationCodes(error: Dynamic): Dynamic {
  const listOf = (errors: readonly Dynamic[]): readonly string[] => [...new Set(errors.map((item) => item.code ?? ''))];
  if (error.errorDict === undefined) return listOf(error.errorList ?? [error]);
  return Object.fromEntries(
    Object.entries(error.errorDict as Record<string, readonly Dynamic[]>).map(([name, list]) => [name, listOf(list)]),
  );
}

/** An outcome as JSON, for the report. */
export function describe(outcome: Outcome): unknown {
  const queries = outcome.queries.length;
  if (outcome.error === undefined) return { value: encode(outcome.value), queries };
  const { error } = outcome;
  return { error: errorNames(error)[0], message: error instanceof Error ? error.message : String(error), queries };
}
