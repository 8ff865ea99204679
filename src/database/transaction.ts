import { TransactionManagementError, typeError, ValueError } from '../errors.js';
import type { AtomicOptions as BlockOptions, Work } from './atomic-blocks.js';
import type { Block } from './block.js';
import { withSignal } from './cancellation.js';
import { database } from './databases.js';
import { type Using, within } from './transaction-handle.js';

/** How `atomic()` behaves, and on which database. */
export interface AtomicOptions extends BlockOptions {
  /** The database's alias, `default` where absent; or a transaction, in which the block is a savepoint. */
  readonly using?: Using;
}

type Method = (this: any, ...args: any[]) => Promise<unknown>;

/**
 * Runs `work` so that either all of its writes happen or none: it commits when `work` is done and rolls back when it throws.
 * Inside another block it is a savepoint. Queries inside run on the transaction's connection, wherever they are written;
 * those of other async work never do. Branches of `Promise.all` take turns.
 *
 * @example
 * await atomic(async () => {
 *   await from.save()
 *   await to.save()
 * })
 */
export function atomic<T>(work: Work<T>, options?: AtomicOptions): Promise<T>;
/** As a decorator: each call of the method is a block. */
export function atomic<M extends Method>(method: M, context: ClassMethodDecoratorContext): M;
/** As a decorator with options: `@atomic({ using: 'archive' })`. */
export function atomic(
  options: AtomicOptions,
): <M extends Method>(method: M, context: ClassMethodDecoratorContext) => M;
export function atomic(first: unknown, second?: unknown): unknown {
  if (typeof first !== 'function') return (method: Method) => decorated(method, optionsOf(first ?? {}));
  if (isMethodContext(second)) return decorated(first as Method, {});
  return begun(first as () => unknown, optionsOf(second ?? {}));
}

/** A block as its options say: in the transaction that they name, and under their signal. */
function begun<T>(work: Work<T>, { using, signal, ...options }: AtomicOptions): Promise<T> {
  const begin = (): Promise<T> => within(using, (alias) => database(alias).atomic(work, options));
  return signal === undefined ? begin() : withSignal(signal, begin);
}

const isMethodContext = (value: unknown): boolean => (value as { kind?: unknown } | undefined)?.kind === 'method';

function optionsOf(value: unknown): AtomicOptions {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return checked(value);
  throw typeError('invalid-argument', 'atomic() takes a function and options, or is a decorator of a method.');
}

const LEVELS: readonly unknown[] = ['read uncommitted', 'read committed', 'repeatable read', 'serializable'];
const FLAGS = ['savepoint', 'durable', 'readOnly', 'deferrable'] as const;

/** What would become SQL on some databases and be overlooked on others is refused on all. */
function checked(options: AtomicOptions): AtomicOptions {
  const { isolationLevel } = options;
  if (isolationLevel !== undefined && !LEVELS.includes(isolationLevel))
    throw new ValueError('invalid-isolation-level', `The isolation level of atomic() is one of: ${LEVELS.join(', ')}.`);
  for (const name of FLAGS) {
    if (options[name] !== undefined && typeof options[name] !== 'boolean')
      throw typeError('invalid-argument', `The option '${name}' of atomic() is true or false.`);
  }
  checkRetries(options);
  return options;
}

const MOST_RETRIES = 1000;

function checkRetries({ retries, on }: AtomicOptions): void {
  if (retries !== undefined && !(Number.isInteger(retries) && retries >= 0 && retries <= MOST_RETRIES))
    throw new ValueError(
      'invalid-retries',
      `The option 'retries' of atomic() is a whole number from 0 to ${MOST_RETRIES}.`,
    );
  if (on === undefined) return;
  if (retries === undefined)
    throw typeError(
      'invalid-argument',
      "The option 'on' of atomic() says after which errors 'retries' counts: give both.",
    );
  if (typeof on !== 'function' && !(Array.isArray(on) && on.every((code) => typeof code === 'string')))
    throw typeError('invalid-argument', "The option 'on' of atomic() is a list of error codes or a function.");
}

function decorated<M extends Method>(method: M, options: AtomicOptions): M {
  return function (this: unknown, ...args: unknown[]) {
    return begun(() => method.apply(this, args), options);
  } as M;
}

/** Where a callback belongs, and whether its error keeps others from running. */
export interface OnCommitOptions {
  readonly using?: Using;
  readonly robust?: boolean;
}

/**
 * Runs `hook` after the outermost block is committed, in the order of asking; at once outside of any block.
 * It is forgotten when its block is rolled back. Its error reaches the caller of `atomic()` and keeps later hooks from running;
 * with `robust` it is only logged. The transaction stays committed either way.
 */
export function onCommit(hook: () => unknown, options: OnCommitOptions = {}): void {
  if (typeof hook !== 'function') throw typeError('invalid-argument', 'onCommit() takes a function.');
  const { robust = false } = options;
  const block = within(options.using, (alias) => database(alias).block);
  if (block === null) {
    runNow(hook, robust);
    return;
  }
  block.assertUsable();
  block.transaction.hooks.push({ run: hook, robust, block });
}

function runNow(hook: () => unknown, robust: boolean): void {
  const report = (error: unknown): void => console.error('A robust onCommit() function failed:', error);
  try {
    const result = hook();
    if (robust && result instanceof Promise) result.catch(report);
  } catch (error) {
    if (!robust) throw error;
    report(error);
  }
}

function blockOf(using: Using | undefined, what: string): Block {
  const block = within(using, (alias) => database(alias).block);
  if (block !== null) return block;
  throw new TransactionManagementError('no-block', `${what} is meant for the inside of an atomic() block.`);
}

/** Whether the innermost block will be rolled back at its end. Throws TransactionManagementError outside of a block. */
export const getRollback = (using?: Using): boolean => blockOf(using, 'getRollback()').mustRollBack;

/**
 * Makes the innermost block roll back at its end without an error, or no longer. Clearing it after an error of the database
 * is right only when everything back to a savepoint was undone by other means.
 */
export const setRollback = (rollback: boolean, using?: Using): void =>
  blockOf(using, 'setRollback()').setRollback(rollback);

/** Whether the calling code runs inside an atomic block. */
export const inAtomicBlock = (using?: Using): boolean => within(using, (alias) => database(alias).block !== null);
