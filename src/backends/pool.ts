import { OperationalError } from '../errors.js';
import type { Connection } from './backend.js';
import { cancelled } from './cancelled.js';

/** A connection on loan. Give it back exactly once, by `release`. */
export interface Lease {
  readonly connection: Connection;
  /** Where the code stands that borrowed, where that was noted: see `borrower()`. */
  borrower?: Borrower | null;
  release(): void;
}

/** A place in the code; its text is made when it is read. */
export interface Borrower {
  readonly stack?: string;
}

/** A loan as those see it who look for what is never given back. */
export interface LoanInfo {
  /** The statement, or what else the connection is wanted for. */
  readonly purpose: string;
  readonly milliseconds: number;
  /** Where the code that borrowed stands, the innermost call first; null where it was not noted. */
  readonly borrower: string | null;
}

/** What a pool is doing. */
export interface PoolStatus {
  /** Connections at most. */
  readonly size: number;
  /** Connections that are open or being opened: idle and lent. */
  readonly open: number;
  readonly idle: number;
  /** Borrowers that wait for a connection. */
  readonly waiting: number;
  readonly lent: readonly LoanInfo[];
}

/** How long connections live, in milliseconds; 0 for no limit. */
export interface PoolLimits {
  /** Connections that stay open although nobody wants them. */
  readonly least: number;
  readonly idleTimeout: number;
  readonly maxLifetime: number;
  /** Idle connections do not keep the process from ending. */
  readonly detached: boolean;
}

export interface PoolOptions {
  /** Connections at most. */
  readonly size: number;
  /** Milliseconds that a borrower waits before it gives up with an error. */
  readonly waitTimeout: number;
  /** What the pool is called in that error. */
  readonly label: string;
  readonly open: () => Promise<Connection>;
  readonly limits?: PoolLimits;
}

interface Waiting {
  readonly purpose: string;
  readonly grant: (lease: Lease) => void;
  readonly fail: (error: unknown) => void;
  timer: NodeJS.Timeout | null;
}

/** A connection of the pool. */
interface Member {
  readonly connection: Connection;
  /** The moment (Date.now()) from which on it is not lent again. */
  readonly expires: number;
  /** Since when it has been idle. */
  idleSince: number;
}

/** One object a loan: statements of every kind come by here. */
class Loan implements Lease {
  readonly connection: Connection;
  readonly member: Member;
  readonly purpose: string;
  readonly since = Date.now();
  readonly #takeBack: (loan: Loan) => void;
  borrower: Borrower | null = null;

  constructor(member: Member, purpose: string, takeBack: (loan: Loan) => void) {
    this.connection = member.connection;
    this.member = member;
    this.purpose = purpose;
    this.#takeBack = takeBack;
  }
  release(): void {
    this.#takeBack(this);
  }
}

const NO_LIMITS: PoolLimits = { least: 0, idleTimeout: 0, maxLifetime: 0, detached: false };
/** Milliseconds between two looks at idle connections, at least and at most. */
const SWEEPS = { least: 20, most: 30_000 };
/** Connections opened together do not all end together. */
const LIFETIME_SPREAD = 0.1;
/** The library's own files, which say nothing about who borrowed. */
const OWN_FILES = import.meta.url.replace(/^file:\/\//, '').replace(/(?:backends\/)?[^/]*$/, '');

/** Connections, opened as they are wanted, lent in the order of asking, replaced when broken. */
export class Pool {
  readonly #options: PoolOptions;
  readonly #limits: PoolLimits;
  readonly #idle: Member[] = [];
  readonly #loans = new Set<Loan>();
  readonly #waiting: Waiting[] = [];
  readonly #takeBack = (loan: Loan): void => this.#receive(loan);
  #opened = 0;
  #closed = false;
  #whenEmpty: (() => void) | null = null;
  #sweeper: NodeJS.Timeout | null = null;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#limits = options.limits ?? NO_LIMITS;
  }

  /** Connections that are lent right now; 0 when nothing runs. */
  get lent(): number {
    return this.#loans.size;
  }

  get status(): PoolStatus {
    return {
      size: this.#options.size,
      open: this.#opened,
      idle: this.#idle.length,
      waiting: this.#waiting.length,
      lent: [...this.#loans].map(infoOf),
    };
  }

  /** A connection if one is free this moment and nobody waits, else null. */
  tryAcquire(purpose: string): Lease | null {
    if (this.#closed || this.#waiting.length > 0) return null;
    const member = this.#takeIdle();
    return member === null ? null : this.#lend(member, purpose);
  }

  /**
   * A connection, as soon as there is one. Throws OperationalError when the wait takes too long, saying who holds them, or when
   * the signal ends it.
   */
  async acquire(purpose: string, signal?: AbortSignal): Promise<Lease> {
    if (signal?.aborted === true) throw cancelled(signal);
    const free = this.tryAcquire(purpose);
    if (free !== null) return free;
    if (this.#closed) throw this.#closedError();
    if (this.#opened < this.#options.size && this.#waiting.length === 0) return this.#openFor(purpose);
    const lease = new Promise<Lease>((grant, fail) => {
      const waiting: Waiting = { purpose, grant, fail, timer: null };
      waiting.timer = setTimeout(() => this.#giveUp(waiting), this.#options.waitTimeout);
      this.#waiting.push(waiting);
    });
    return signal === undefined ? lease : this.#untilAborted(lease, this.#waiting.at(-1)!, signal);
  }

  /** Closes what is idle: one connection was found broken, and the others may be without anybody having noticed. */
  discardIdle(): void {
    for (const member of this.#idle.splice(0)) this.#drop(member);
  }

  /** Waits until everything lent is back, then closes every connection. What still waits for one fails. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#sweeper !== null) clearInterval(this.#sweeper);
    for (const waiting of this.#waiting.splice(0)) {
      clearTimeout(waiting.timer!);
      waiting.fail(
        new OperationalError(
          'database-closed',
          `${this.#options.label} was closed while '${shortened(waiting.purpose)}' waited for a connection.`,
        ),
      );
    }
    if (this.#loans.size > 0) await new Promise<void>((resolve) => (this.#whenEmpty = resolve));
    await Promise.all(
      this.#idle.splice(0).map(({ connection }) => {
        this.#opened--;
        return connection.close();
      }),
    );
  }

  #takeIdle(): Member | null {
    for (;;) {
      const member = this.#idle.pop();
      if (member === undefined) return null;
      if (this.#isLendable(member)) return member;
      this.#drop(member);
    }
  }

  /** The clock is asked too: a process that was frozen has slept through its timers, and the server has hung up. */
  #isLendable({ connection, expires, idleSince }: Member): boolean {
    if (!connection.usable) return false;
    const { idleTimeout } = this.#limits;
    if (idleTimeout === 0 && expires === Number.POSITIVE_INFINITY) return true;
    const now = Date.now();
    return now < expires && (idleTimeout === 0 || now - idleSince < idleTimeout || this.#opened <= this.#limits.least);
  }

  async #openFor(purpose: string): Promise<Lease> {
    this.#opened++;
    let connection: Connection;
    try {
      connection = await this.#options.open();
    } catch (error) {
      this.#opened--;
      this.#openForNext();
      throw error;
    }
    if (this.#closed) {
      this.#opened--;
      await connection.close();
      throw this.#closedError();
    }
    this.#sweep();
    return this.#lend(this.#newMember(connection), purpose);
  }

  #newMember(connection: Connection): Member {
    const { maxLifetime } = this.#limits;
    const life = maxLifetime === 0 ? Number.POSITIVE_INFINITY : maxLifetime * (1 - Math.random() * LIFETIME_SPREAD);
    return { connection, expires: Date.now() + life, idleSince: 0 };
  }

  /** There is room for one more: whoever waits longest gets it. */
  #openForNext(): void {
    const next = this.#waiting.shift();
    if (next === undefined) return;
    clearTimeout(next.timer!);
    this.#openFor(next.purpose).then(next.grant, next.fail);
  }

  #closedError(): OperationalError {
    return new OperationalError('database-closed', `${this.#options.label} is closed.`);
  }

  #lend(member: Member, purpose: string): Loan {
    const loan = new Loan(member, purpose, this.#takeBack);
    this.#loans.add(loan);
    if (this.#limits.detached) member.connection.keepProcess?.(true);
    return loan;
  }

  #receive(loan: Loan): void {
    if (!this.#loans.delete(loan)) return;
    const { member } = loan;
    if (member.connection.usable && !(member.expires < Date.now())) {
      const next = this.#waiting.shift();
      if (next === undefined) {
        this.#putIdle(member);
      } else {
        clearTimeout(next.timer!);
        next.grant(this.#lend(member, next.purpose));
      }
    } else {
      this.#drop(member);
      this.#openForNext();
    }
    if (this.#loans.size === 0) this.#whenEmpty?.();
  }

  #putIdle(member: Member): void {
    if (this.#limits.idleTimeout > 0) member.idleSince = Date.now();
    if (this.#limits.detached) member.connection.keepProcess?.(false);
    this.#idle.push(member);
  }

  /** A connection leaves the pool. */
  #drop({ connection }: Member): void {
    this.#opened--;
    void connection.close().catch(() => {});
  }

  /** From time to time closes what was idle for too long or has lived long enough, and opens what is to be kept open. */
  #sweep(): void {
    if (this.#sweeper !== null) return;
    const { least, idleTimeout, maxLifetime } = this.#limits;
    const period = Math.min(idleTimeout || SWEEPS.most, maxLifetime || SWEEPS.most, SWEEPS.most) / 2;
    if (least === 0 && idleTimeout === 0 && maxLifetime === 0) return;
    const look = (): void => {
      this.#closeStale();
      this.#openLeast();
    };
    this.#sweeper = setInterval(look, Math.max(SWEEPS.least, period)).unref();
    this.#openLeast();
  }

  #closeStale(): void {
    const stale = this.#idle.filter((member) => !this.#isLendable(member));
    for (const member of stale) {
      this.#idle.splice(this.#idle.indexOf(member), 1);
      this.#drop(member);
    }
  }

  /** One that cannot be opened is asked for again at the next look; whoever needs one hears why. */
  #openLeast(): void {
    while (!this.#closed && this.#opened < Math.min(this.#limits.least, this.#options.size)) {
      this.#opened++;
      this.#options.open().then(
        (connection) => {
          const loan = this.#lend(this.#newMember(connection), 'opening connections ahead');
          loan.release();
          if (this.#closed) this.discardIdle();
        },
        () => {
          this.#opened--;
        },
      );
    }
  }

  async #untilAborted(lease: Promise<Lease>, waiting: Waiting, signal: AbortSignal): Promise<Lease> {
    const leave = (): void => {
      const place = this.#waiting.indexOf(waiting);
      if (place < 0) return;
      this.#waiting.splice(place, 1);
      clearTimeout(waiting.timer!);
      waiting.fail(cancelled(signal));
    };
    signal.addEventListener('abort', leave, { once: true });
    try {
      return await lease;
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }

  #giveUp(waiting: Waiting): void {
    const place = this.#waiting.indexOf(waiting);
    if (place < 0) return;
    this.#waiting.splice(place, 1);
    waiting.fail(
      new OperationalError(
        'wait-timeout',
        `'${shortened(waiting.purpose)}' waited ${(this.#options.waitTimeout / 1000).toFixed(1)} s for a connection of ${this.#options.label}. ` +
          `Held by: ${[...this.#loans].map((loan) => told(infoOf(loan))).join(', ') || 'nobody'}. A query that is awaited inside atomic() but belongs outside of it waits for itself.`,
      ),
    );
  }
}

/** Where the code stands that calls `above`, for `LoanInfo`. Costs some microseconds. */
export function borrower(above: (...args: never[]) => unknown): Borrower {
  const here: Borrower = {};
  Error.captureStackTrace?.(here, above);
  return here;
}

function infoOf({ purpose, since, borrower }: Loan): LoanInfo {
  return { purpose, milliseconds: Date.now() - since, borrower: callsOf(borrower?.stack) };
}

/** The calls of a stack that are not the library's or the runtime's. */
function callsOf(stack: string | undefined): string | null {
  if (stack === undefined) return null;
  const calls = stack
    .split('\n')
    .slice(1)
    .filter((line) => !line.includes('node:') && !line.includes(OWN_FILES))
    .map((line) => line.trim());
  return calls.length === 0 ? null : calls.join('\n');
}

const shortened = (purpose: string): string => (purpose.length > 120 ? `${purpose.slice(0, 119)}…` : purpose);

/** `'atomic()' for 1.2 s (at transfer (bank.ts:12:3))`. */
export function told({ purpose, milliseconds, borrower }: LoanInfo): string {
  const where = borrower === null ? '' : ` (${borrower.split('\n')[0]!})`;
  return `'${shortened(purpose)}' for ${(milliseconds / 1000).toFixed(1)} s${where}`;
}
