import type { Connection } from '../../backends/backend.js';
import type { Database } from '../../database/database.js';
import {
  NotSupportedError,
  OperationalError,
  TransactionManagementError,
  typeError,
  ValueError,
} from '../../errors.js';
import { hashing } from '../../util/digest.js';
import { onPostgres } from './on-postgres.js';

/** What is locked: a number of 64 bits, two of 32, or a text, of which a hash is taken. */
export type LockKey = bigint | number | string | readonly [number, number];

export interface LockOptions {
  /** Whether others may hold it too, as long as all share it. */
  readonly shared?: boolean;
  /** The database's alias; `default` where absent. */
  readonly using?: string;
}
export interface WaitingLockOptions extends LockOptions {
  /** Ends the wait for the lock. */
  readonly signal?: AbortSignal;
}

/** What `tryAdvisoryLock` gives. */
export type Tried<T> = { readonly acquired: true; readonly result: T } | { readonly acquired: false };

const LOCKS = 'Advisory locks';
const inRange = (value: bigint, bits: bigint): boolean => value >= -(1n << (bits - 1n)) && value < 1n << (bits - 1n);

/** The key as arguments of PostgreSQL's functions, with their type: the first eight bytes of SHA-256 of a text, as a signed number. */
function argumentsOf(key: LockKey): readonly [params: readonly string[], type: string] {
  if (typeof key === 'string')
    return [[String(hashing().createHash('sha256').update(key).digest().readBigInt64BE(0))], 'bigint'];
  if (typeof key === 'bigint' || Number.isSafeInteger(key)) {
    if (inRange(BigInt(key as bigint | number), 64n)) return [[String(key)], 'bigint'];
    throw new ValueError('lock-key', 'The key of an advisory lock has at most 64 bits.');
  }
  if (Array.isArray(key) && key.length === 2 && key.every((part) => Number.isSafeInteger(part))) {
    if (key.every((part: number) => inRange(BigInt(part), 32n))) return [key.map(String), 'integer'];
    throw new ValueError('lock-key', 'Each part of the key of an advisory lock has at most 32 bits.');
  }
  throw typeError('lock-key', 'The key of an advisory lock is a whole number, a pair of them, or a text.');
}

/** A call of a function of the family `pg_advisory_lock`; those that answer give 1 or 0. */
function statementOf(name: string, key: LockKey, shared: boolean | undefined, answers: boolean) {
  const [params, type] = argumentsOf(key);
  const list = params.map((_, index) => `$${index + 1}::${type}`).join(', ');
  return { sql: `SELECT ${name}${shared === true ? '_shared' : ''}(${list})${answers ? '::integer' : ''}`, params };
}

const isYes = (rows: readonly (readonly unknown[])[]): boolean => String(rows[0]?.[0]) === '1';

/** Runs `work` while a session of its own holds the lock; null where it could not have it. */
async function whileLocked<T>(
  on: Database,
  key: LockKey,
  { shared, signal }: WaitingLockOptions,
  waits: boolean,
  work: () => T | PromiseLike<T>,
): Promise<Tried<T>> {
  const sessions = await on.sessions();
  if (!sessions.isServer)
    throw new NotSupportedError(
      'not-supported',
      `Database '${on.alias}' has one session for everything, which a lock of the session keeps nobody out of. atomic() lets one in at a time.`,
    );
  const lock = statementOf(waits ? 'pg_advisory_lock' : 'pg_try_advisory_lock', key, shared, !waits);
  const unlock = statementOf('pg_advisory_unlock', key, shared, true);
  let done = (): void => {};
  const finished = new Promise<void>((resolve) => (done = resolve));
  const connection = await sessions.openOwn('an advisory lock', () => finished);
  const run = (statement: typeof lock, cancel?: AbortSignal) =>
    sessions.send(connection, {
      ...statement,
      options: cancel === undefined ? {} : { signal: cancel },
      readOnly: false,
      repeatable: false,
    });
  try {
    const { rows } = await run(lock, signal);
    if (!waits && !isYes(rows)) return { acquired: false };
    const result = await work();
    if (!(await isHeld(connection, async () => isYes((await run(unlock)).rows)))) throw lost(on);
    return { acquired: true, result };
  } finally {
    // with the session goes whatever it still holds
    await sessions.closeOwn(connection);
    done();
  }
}

async function isHeld(connection: Connection, unlock: () => Promise<boolean>): Promise<boolean> {
  if (!connection.usable) return false;
  try {
    return await unlock();
  } catch (error) {
    if (connection.usable) throw error;
    return false;
  }
}

const lost = (on: Database): OperationalError =>
  new OperationalError(
    'lock-lost',
    `The connection that held an advisory lock of database '${on.alias}' was lost meanwhile: others may have held it before the work was done.`,
  );

/** Runs `work` while this process holds a lock that others wait for. SQL: `SELECT pg_advisory_lock(key)` */
export async function advisoryLock<T>(
  key: LockKey,
  work: () => T | PromiseLike<T>,
  options: WaitingLockOptions = {},
): Promise<T> {
  argumentsOf(key);
  const tried = await whileLocked(await onPostgres(options.using, LOCKS), key, options, true, work);
  return (tried as { readonly result: T }).result;
}

/** Runs `work` unless somebody else holds the lock. SQL: `SELECT pg_try_advisory_lock(key)` */
export async function tryAdvisoryLock<T>(
  key: LockKey,
  work: () => T | PromiseLike<T>,
  options: LockOptions = {},
): Promise<Tried<T>> {
  argumentsOf(key);
  return whileLocked(await onPostgres(options.using, LOCKS), key, options, false, work);
}

async function inBlock(using: string | undefined): Promise<Database> {
  const on = await onPostgres(using, LOCKS);
  if (on.block !== null) return on;
  throw new TransactionManagementError(
    'no-block',
    'A lock of a transaction is meant for the inside of an atomic() block: it ends with it.',
  );
}

/** Waits for a lock that the transaction holds to its end. SQL: `SELECT pg_advisory_xact_lock(key)` */
export async function advisoryTransactionLock(key: LockKey, { shared, using }: LockOptions = {}): Promise<void> {
  const { sql, params } = statementOf('pg_advisory_xact_lock', key, shared, false);
  await (await inBlock(using)).executeRaw(sql, params);
}

/** Takes a lock for the rest of the transaction; false where somebody else holds it. SQL: `SELECT pg_try_advisory_xact_lock(key)` */
export async function tryAdvisoryTransactionLock(key: LockKey, { shared, using }: LockOptions = {}): Promise<boolean> {
  const { sql, params } = statementOf('pg_try_advisory_xact_lock', key, shared, true);
  return isYes((await (await inBlock(using)).executeRaw(sql, params)).rows);
}
