import { describe, type Outcome, problemWith } from './check-answer.js';
import type { Answer, Case, Json, JsonObject, Step } from './corpus.js';
import { type Backend, captured, inTransaction, resetSequences, type Target } from './database.js';
import type { Dynamic } from './dynamic.js';
import { prepare, type Session, stepKinds } from './steps.js';
import type { World } from './worlds.js';

/** Why a case failed, with everything that helps to find out. */
export interface Failure {
  readonly id: string;
  readonly group: string;
  readonly world: string;
  readonly problem: string;
  /** The step that failed, from 0; inside `atomic` steps as `1.0`. */
  readonly step: string;
  readonly call: Json;
  readonly expected: Answer;
  readonly actual: unknown;
  readonly stack?: string;
  /** The statements of the failing step. */
  readonly sql: readonly string[];
}

/** Django's answers for one backend; undefined when the case is not checked there. */
export function expectedFor(test: Case, backend: Backend): readonly Answer[] | undefined {
  if (test.not?.includes(backend)) return undefined;
  return test.backends === undefined ? test.expect : test.backends[backend];
}

/** A step did not answer as expected: ends the case. */
class Mismatch extends Error {
  constructor(
    readonly step: string,
    readonly call: Step,
    readonly expected: Answer,
    readonly outcome: Outcome,
    problem: string,
  ) {
    super(problem);
  }
}

/** A case takes milliseconds; one that waits for something that never comes must not stop the run. */
const LONGEST_CASE = 20_000;

/** A case did not end: whatever it holds, a lock or a transaction, may disturb those after it. */
class Hanging extends Error {}

async function inTime(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Hanging(`The case did not end within ${LONGEST_CASE / 1000} s.`)),
      LONGEST_CASE,
    );
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Ends a transaction whose work is to be undone. */
class Undo extends Error {}

/** Replays one case and gives the failure, or undefined when every step answers as expected. */
export async function runCase(
  test: Case,
  expected: readonly Answer[],
  world: World,
  target: Target,
): Promise<Failure | undefined> {
  const session: Session = { world, bound: new Map(), target };
  const run = async () => {
    if (test.mutates !== true) return runSteps(test.steps, expected, session, false);
    await resetSequences(target, world);
    await undone(target, () => runSteps(test.steps, expected, session, true));
  };
  try {
    await inTime(run());
    return undefined;
  } catch (error) {
    return failureOf(test, error);
  }
}

/** Runs `work` in a transaction and rolls it back. */
async function undone(target: Target, work: () => Promise<void>): Promise<void> {
  const undo = new Undo();
  try {
    await inTransaction(target, async () => {
      await work();
      throw undo;
    });
  } catch (error) {
    if (error !== undo) throw error;
  }
}

async function runSteps(
  steps: readonly Step[],
  expected: readonly Answer[],
  session: Session,
  mutates: boolean,
  prefix = '',
): Promise<void> {
  for (const [index, step] of steps.entries()) {
    const answer = expected[index] ?? null;
    const at = `${prefix}${index}`;
    // An earlier step that Django could not do bound no name, so this one says nothing.
    if (answer?.skipped === true) continue;
    if (step.atomic !== undefined) {
      await runAtomic(step, answer, session, `${at}.`);
      continue;
    }
    const outcome = await runStep(step, session, mutates);
    const problem = problemWith(answer, outcome);
    if (problem !== undefined) throw new Mismatch(at, step, answer, outcome, problem);
  }
}

async function runAtomic(step: Step, answer: Answer, session: Session, prefix: string): Promise<void> {
  const answers = ((answer as JsonObject).steps ?? []) as readonly Answer[];
  const undo = new Undo();
  try {
    await inTransaction(session.target, async () => {
      await runSteps(step.atomic as readonly Step[], answers, session, true, prefix);
      if (step.fail === true) throw undo;
    });
  } catch (error) {
    if (error !== undo) throw error;
  }
}

/** Runs one step, in its own savepoint where the case writes. */
async function runStep(step: Step, session: Session, mutates: boolean): Promise<Outcome> {
  const kind = Object.keys(stepKinds).find((key) => Object.hasOwn(step, key));
  if (kind === undefined) throw new Error(`The runner does not know the step ${JSON.stringify(step)}.`);
  const statements: string[] = [];
  const run = async () => {
    const prepared = await prepare(step, session);
    const work = async () => stepKinds[kind]!(step, session, prepared);
    return captured(session.target, statements, work);
  };
  try {
    const { value, bind } = await (mutates ? inTransaction(session.target, run) : run());
    if (typeof step.as === 'string') session.bound.set(step.as, bind);
    return { value: value as Dynamic, queries: statements };
  } catch (error) {
    return { error, queries: statements };
  }
}

function failureOf(test: Case, error: unknown): Failure {
  const about = { id: test.id, group: test.group, world: test.world };
  if (!(error instanceof Mismatch)) {
    const stack = error instanceof Error ? error.stack : String(error);
    const problem = error instanceof Hanging ? error.message : 'The runner could not go on.';
    return { ...about, problem, step: '', call: null, expected: null, actual: null, stack: stack ?? '', sql: [] };
  }
  const { step, call, expected, outcome, message } = error;
  const thrown = outcome.error;
  return {
    ...about,
    problem: message,
    step,
    call,
    expected,
    actual: describe(outcome),
    ...(thrown instanceof Error ? { stack: stackOf(thrown) } : {}),
    sql: outcome.queries,
  };
}

/** A stack with those of the causes. */
function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\nCaused by: ${stackOf(error.cause)}` : '';
  return `${error.stack ?? error.message}${cause}`;
}
