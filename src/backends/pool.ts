import { OperationalError } from '../errors.js';
import { settledWithin } from '../util/settled-within.js';
import type { Connection } from './backend.js';
import { cancelled } from './cancelled.js';
import { type Lease, Loan, type LoanInfo, shortened, told } from './loan.js';
import { type Member, type PoolLimits, PoolMembers } from './pool-members.js';

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

/** Connections, opened as they are wanted, lent in the order of asking, replaced when broken or too old. */
export class Pool {
  readonly #options: PoolOptions;
  readonly #members: PoolMembers;
  /** A list, for they are few, come and go with each statement, and a set that empties itself is laid out anew from time to time. */
  readonly #loans: Loan[] = [];
  readonly #waiting: Waiting[] = [];
  readonly #takeBack = (loan: Loan): void => this.#receive(loan);
  #closed = false;
  /** Called, once each, when everything lent is back. */
  readonly #whenEmpty: (() => void)[] = [];
  #sweeper: NodeJS.Timeout | null = null;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#members = new PoolMembers(options.open, options.limits);
  }

  /** Connections that are lent right now; 0 when nothing runs. */
  get lent(): number {
    return this.#loans.length;
  }

  get status(): PoolStatus {
    return {
      size: this.#options.size,
      open: this.#members.opened,
      idle: this.#members.idle,
      waiting: this.#waiting.length,
      lent: this.#loans.map(({ info }) => info),
    };
  }

  /** A connection if one is free this moment and nobody waits, else null. */
  tryAcquire(purpose: string): Lease | null {
    const member = this.tryTake();
    return member === null ? null : this.lend(member, purpose);
  }

  /** The same for a statement that may be answered at once: it comes back by `putBack` in the same moment, or `lend` makes a loan of it. */
  tryTake(): Member | null {
    return this.#closed || this.#waiting.length > 0 ? null : this.#members.take();
  }

  /** Takes back what is not lent: whoever waits longest gets it. */
  putBack(member: Member): void {
    if (this.#members.lasts(member)) {
      const next = this.#waiting.shift();
      if (next === undefined) {
        this.#members.keep(member);
      } else {
        clearTimeout(next.timer!);
        next.grant(this.lend(member, next.purpose));
      }
    } else {
      this.#members.drop(member);
      this.#openForNext();
    }
  }

  /** A loan of what was taken, so that it can be told who holds it, and closing waits for it. */
  lend(member: Member, purpose: string): Lease {
    const loan = new Loan(member, purpose, this.#takeBack);
    this.#loans.push(loan);
    return loan;
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
    if (this.#members.opened < this.#options.size && this.#waiting.length === 0) return this.#openFor(purpose);
    const lease = new Promise<Lease>((grant, fail) => {
      const waiting: Waiting = { purpose, grant, fail, timer: null };
      waiting.timer = setTimeout(() => this.#giveUp(waiting), this.#options.waitTimeout);
      this.#waiting.push(waiting);
    });
    return signal === undefined ? lease : this.#untilAborted(lease, this.#waiting.at(-1)!, signal);
  }

  /** Closes what is idle: one connection was found broken, and the others may be without anybody having noticed. */
  discardIdle(): void {
    this.#members.dropIdle();
  }

  /**
   * Waits until everything lent is back, then closes every connection. What still waits for one fails. What is not back after so
   * many milliseconds is closed while it is in use; gives those loans.
   */
  async close(milliseconds = Number.POSITIVE_INFINITY): Promise<readonly LoanInfo[]> {
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
    if (this.#loans.length > 0)
      await settledWithin(new Promise<void>((resolve) => this.#whenEmpty.push(resolve)), milliseconds);
    const kept = this.#loans.splice(0);
    const infos = kept.map(({ info }) => info);
    await Promise.all([this.#members.closeIdle(), ...kept.map(({ member }) => this.#members.abandon(member))]);
    return infos;
  }

  async #openFor(purpose: string): Promise<Lease> {
    let member: Member;
    try {
      member = await this.#members.open();
    } catch (error) {
      this.#openForNext();
      throw error;
    }
    if (this.#closed) {
      await this.#members.close(member);
      throw this.#closedError();
    }
    this.#sweep();
    return this.lend(member, purpose);
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

  /** Whether it was still lent. */
  #forget(loan: Loan): boolean {
    const place = this.#loans.lastIndexOf(loan);
    if (place < 0) return false;
    const last = this.#loans.pop()!;
    if (last !== loan) this.#loans[place] = last;
    return true;
  }

  #receive(loan: Loan): void {
    if (!this.#forget(loan)) return;
    this.putBack(loan.member);
    if (this.#loans.length === 0 && this.#whenEmpty.length > 0) for (const tell of this.#whenEmpty.splice(0)) tell();
  }

  /** From time to time closes what was idle for too long or has lived long enough, and opens what is to be kept open. */
  #sweep(): void {
    const period = this.#members.sweepPeriod;
    if (this.#sweeper !== null || period === null) return;
    const look = (): void => {
      this.#members.dropStale();
      this.#openLeast();
    };
    this.#sweeper = setInterval(look, period).unref();
    this.#openLeast();
  }

  /** One that cannot be opened is asked for again at the next look; whoever needs one hears why. */
  #openLeast(): void {
    while (!this.#closed && this.#members.opened < Math.min(this.#members.least, this.#options.size)) {
      this.#members.open().then(
        (member) => {
          this.lend(member, 'opening connections ahead').release();
          if (this.#closed) this.discardIdle();
        },
        () => {},
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
          `Held by: ${this.#loans.map((loan) => told(loan.info)).join(', ') || 'nobody'}. A query that is awaited inside atomic() but belongs outside of it waits for itself.`,
      ),
    );
  }
}
