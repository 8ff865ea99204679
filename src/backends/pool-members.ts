import { settledWithin } from '../util/settled-within.js';
import type { Connection } from './backend.js';

/** How long connections live, in milliseconds; 0 for no limit. */
export interface PoolLimits {
  /** Connections that stay open although nobody wants them. */
  readonly least: number;
  readonly idleTimeout: number;
  readonly maxLifetime: number;
  /** Idle connections do not keep the process from ending. */
  readonly detached: boolean;
}

/** A connection of the pool. */
export interface Member {
  readonly connection: Connection;
  /** The moment (Date.now()) from which on it is not lent again. */
  readonly expires: number;
  /** Since when it has been idle. */
  idleSince: number;
}

const NO_LIMITS: PoolLimits = { least: 0, idleTimeout: 0, maxLifetime: 0, detached: false };
/** Milliseconds between two looks at idle connections, at least and at most. */
const SWEEPS = { least: 20, most: 30_000 };
/** Milliseconds that are waited for the end of a session that somebody still uses. */
const GRACE = 2000;
/** Connections opened together do not all end together. */
const LIFETIME_SPREAD = 0.1;

/** The connections of a pool: opened, kept while nobody wants them, closed when they have been idle or alive for too long. */
export class PoolMembers {
  readonly #connect: () => Promise<Connection>;
  readonly #limits: PoolLimits;
  readonly #idle: Member[] = [];
  #opened = 0;

  constructor(connect: () => Promise<Connection>, limits = NO_LIMITS) {
    this.#connect = connect;
    this.#limits = limits;
  }

  /** Those that are open or being opened: idle and lent. */
  get opened(): number {
    return this.#opened;
  }

  get idle(): number {
    return this.#idle.length;
  }

  /** How many are to be open although nobody wants them. */
  get least(): number {
    return this.#limits.least;
  }

  /** Milliseconds between two looks at their age; null where it does not matter. */
  get sweepPeriod(): number | null {
    const { least, idleTimeout, maxLifetime } = this.#limits;
    if (least === 0 && idleTimeout === 0 && maxLifetime === 0) return null;
    const period = Math.min(idleTimeout || SWEEPS.most, maxLifetime || SWEEPS.most, SWEEPS.most) / 2;
    return Math.max(SWEEPS.least, period);
  }

  /** A new one, to be lent. It counts from the call on, unless it cannot be opened. */
  async open(): Promise<Member> {
    this.#opened++;
    let connection: Connection;
    try {
      connection = await this.#connect();
    } catch (error) {
      this.#opened--;
      throw error;
    }
    const { maxLifetime, detached } = this.#limits;
    const life = maxLifetime === 0 ? Number.POSITIVE_INFINITY : maxLifetime * (1 - Math.random() * LIFETIME_SPREAD);
    if (detached) connection.keepProcess?.(true);
    return { connection, expires: Date.now() + life, idleSince: 0 };
  }

  /** An idle one, to be lent; null when there is none. */
  take(): Member | null {
    for (;;) {
      const member = this.#idle.pop();
      if (member === undefined) return null;
      if (this.#isLendable(member)) {
        if (this.#limits.detached) member.connection.keepProcess?.(true);
        return member;
      }
      this.drop(member);
    }
  }

  /** Keeps one that came back until it is wanted. */
  keep(member: Member): void {
    if (this.#limits.idleTimeout > 0) member.idleSince = Date.now();
    if (this.#limits.detached) member.connection.keepProcess?.(false);
    this.#idle.push(member);
  }

  /** Closes one for good, whatever comes of it. */
  drop({ connection }: Member): void {
    this.#opened--;
    void connection.close().catch(() => {});
  }

  /** Whether one that came back may go on. */
  lasts({ connection, expires }: Member): boolean {
    return connection.usable && (expires === Number.POSITIVE_INFINITY || expires >= Date.now());
  }

  dropIdle(): void {
    for (const member of this.#idle.splice(0)) this.drop(member);
  }

  dropStale(): void {
    const stale = this.#idle.filter((member) => !this.#isLendable(member));
    for (const member of stale) {
      this.#idle.splice(this.#idle.indexOf(member), 1);
      this.drop(member);
    }
  }

  /** Closes and waits for it; throws when that fails. */
  async close({ connection }: Member): Promise<void> {
    this.#opened--;
    await connection.close();
  }

  /** Closes one that is still in use, whatever comes of it. */
  async abandon({ connection }: Member): Promise<void> {
    this.#opened--;
    await settledWithin(connection.close(), GRACE);
  }

  async closeIdle(): Promise<void> {
    await Promise.all(this.#idle.splice(0).map((member) => this.close(member)));
  }

  /** The clock is asked too: a process that was frozen has slept through its timers, and the server has hung up. */
  #isLendable({ connection, expires, idleSince }: Member): boolean {
    if (!connection.usable) return false;
    const { idleTimeout } = this.#limits;
    if (idleTimeout === 0 && expires === Number.POSITIVE_INFINITY) return true;
    const now = Date.now();
    return now < expires && (idleTimeout === 0 || now - idleSince < idleTimeout || this.#opened <= this.#limits.least);
  }
}
