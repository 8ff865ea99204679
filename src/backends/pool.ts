import { OperationalError } from '../errors.js';
import type { Connection } from './backend.js';

/** A connection on loan. Give it back exactly once, by `release`. */
export interface Lease {
  readonly connection: Connection;
  release(): void;
}

export interface PoolOptions {
  /** Connections at most. */
  readonly size: number;
  /** Milliseconds that a borrower waits before it gives up with an error. */
  readonly waitTimeout: number;
  /** What the pool is called in that error. */
  readonly label: string;
  readonly open: () => Promise<Connection>;
}

interface Waiting {
  readonly purpose: string;
  readonly grant: (lease: Lease) => void;
  readonly fail: (error: unknown) => void;
  timer: NodeJS.Timeout | null;
}

interface Holder {
  readonly purpose: string;
  readonly since: number;
}

/** Connections, opened as they are wanted, lent in the order of asking, replaced when broken. */
export class Pool {
  readonly #options: PoolOptions;
  readonly #idle: Connection[] = [];
  readonly #holders = new Set<Holder>();
  readonly #waiting: Waiting[] = [];
  #opened = 0;
  #closed = false;
  #whenEmpty: (() => void) | null = null;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /** Connections that are lent right now; 0 when nothing runs. */
  get lent(): number {
    return this.#holders.size;
  }

  /** A connection if one is free this moment and nobody waits, else null. */
  tryAcquire(purpose: string): Lease | null {
    if (this.#closed || this.#waiting.length > 0) return null;
    const connection = this.#takeIdle();
    return connection === null ? null : this.#lend(connection, purpose);
  }

  /** A connection, as soon as there is one. Throws OperationalError when the wait takes too long, saying who holds them. */
  async acquire(purpose: string): Promise<Lease> {
    const free = this.tryAcquire(purpose);
    if (free !== null) return free;
    if (this.#closed) throw this.#closedError();
    if (this.#opened < this.#options.size && this.#waiting.length === 0) return this.#openFor(purpose);
    return new Promise<Lease>((grant, fail) => {
      const waiting: Waiting = { purpose, grant, fail, timer: null };
      waiting.timer = setTimeout(() => this.#giveUp(waiting), this.#options.waitTimeout);
      this.#waiting.push(waiting);
    });
  }

  /** Waits until everything lent is back, then closes every connection. What still waits for one fails. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const waiting of this.#waiting.splice(0)) {
      clearTimeout(waiting.timer!);
      waiting.fail(
        new OperationalError(
          'database-closed',
          `${this.#options.label} was closed while '${waiting.purpose}' waited for a connection.`,
        ),
      );
    }
    if (this.#holders.size > 0) await new Promise<void>((resolve) => (this.#whenEmpty = resolve));
    await Promise.all(this.#idle.splice(0).map((connection) => connection.close()));
  }

  #takeIdle(): Connection | null {
    for (;;) {
      const connection = this.#idle.pop();
      if (connection === undefined) return null;
      if (connection.usable) return connection;
      this.#opened--;
    }
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
    if (!this.#closed) return this.#lend(connection, purpose);
    await connection.close();
    throw this.#closedError();
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

  #lend(connection: Connection, purpose: string): Lease {
    const holder: Holder = { purpose, since: Date.now() };
    this.#holders.add(holder);
    return { connection, release: () => this.#takeBack(connection, holder) };
  }

  #takeBack(connection: Connection, holder: Holder): void {
    if (!this.#holders.delete(holder)) return;
    if (this.#waiting.length > 0 && connection.usable) {
      const next = this.#waiting.shift()!;
      clearTimeout(next.timer!);
      next.grant(this.#lend(connection, next.purpose));
      return;
    }
    if (connection.usable) this.#idle.push(connection);
    else this.#replace(connection);
    if (this.#holders.size === 0) this.#whenEmpty?.();
  }

  /** A broken connection leaves; whoever waits gets a new one. */
  #replace(broken: Connection): void {
    this.#opened--;
    void broken.close().catch(() => {});
    this.#openForNext();
  }

  #giveUp(waiting: Waiting): void {
    const place = this.#waiting.indexOf(waiting);
    if (place < 0) return;
    this.#waiting.splice(place, 1);
    const now = Date.now();
    const held = [...this.#holders].map(
      ({ purpose, since }) => `'${purpose}' for ${((now - since) / 1000).toFixed(1)} s`,
    );
    waiting.fail(
      new OperationalError(
        'wait-timeout',
        `'${waiting.purpose}' waited ${(this.#options.waitTimeout / 1000).toFixed(1)} s for a connection of ${this.#options.label}. ` +
          `Held by: ${held.join(', ') || 'nobody'}. A query that is awaited inside atomic() but belongs outside of it waits for itself.`,
      ),
    );
  }
}
