import type { Connection, Notification } from '../../backends/backend.js';
import type { Database } from '../../database/database.js';
import { OperationalError, typeError, ValueError } from '../../errors.js';
import { getOrMake } from '../../util/get-or-make.js';
import { onPostgres } from './on-postgres.js';

export interface ListenOptions {
  /** Ends the loop. */
  readonly signal?: AbortSignal;
  /** The database's alias; `default` where absent. */
  readonly using?: string;
  /**
   * Called when a lost connection was replaced: what was sent meanwhile is missed. Without it, a lost connection ends the loop with an
   * error.
   */
  readonly onReconnect?: () => unknown;
}

const NOTIFICATIONS = 'Notifications';
const FIRST_DELAY = 100;
const LONGEST_DELAY = 10_000;

function checkChannel(channel: unknown): asserts channel is string {
  if (typeof channel !== 'string') throw typeError('channel', 'A channel is named by a text.');
  // PostgreSQL would cut a longer name off where it listens, and refuse it where it notifies
  if (channel === '' || channel.includes('\0') || Buffer.byteLength(channel) > 63)
    throw new ValueError('channel', 'The name of a channel has 1 to 63 bytes, none of which is NUL.');
}

/** Sends a message to those who listen; inside atomic() at its commit. SQL: `SELECT pg_notify(channel, payload)` */
export async function notify(
  channel: string,
  payload = '',
  { using }: { readonly using?: string } = {},
): Promise<void> {
  checkChannel(channel);
  if (typeof payload !== 'string') throw typeError('payload', 'The payload of a notification is a text.');
  if (payload.includes('\0') || Buffer.byteLength(payload) > 7999)
    throw new ValueError('payload', 'The payload of a notification has at most 7,999 bytes, none of which is NUL.');
  const on = await onPostgres(using, NOTIFICATIONS);
  await on.executeRaw('SELECT pg_notify($1::text, $2::text)', [channel, payload]);
}

/** How often a shared session listens to each channel. */
const listeners = new WeakMap<Connection, Map<string, number>>();

type Step = IteratorResult<Notification, undefined>;
interface Waiting {
  readonly resolve: (step: Step) => void;
  readonly reject: (error: unknown) => void;
}

/** Messages as they come. `ready()` resolves once none can be missed any more; iterating waits for it too. */
export class Listener implements AsyncIterableIterator<Notification, undefined> {
  readonly #channels: readonly string[];
  readonly #options: ListenOptions;
  readonly #queue: Notification[] = [];
  readonly #waiting: Waiting[] = [];
  #starting: Promise<void> | null = null;
  #stop: (() => Promise<void>) | null = null;
  #ended = false;
  #failure: { readonly error: unknown } | null = null;
  readonly #onAbort = (): void => void this.return();

  constructor(channels: readonly string[], options: ListenOptions) {
    this.#channels = channels;
    this.#options = options;
    options.signal?.addEventListener('abort', this.#onAbort, { once: true });
  }

  /** Begins to listen, where it has not begun. Throws when the database cannot be reached. */
  ready(): Promise<void> {
    if (this.#options.signal?.aborted === true) this.#ended = true;
    if (this.#ended) return Promise.resolve();
    this.#starting ??= this.#start();
    return this.#starting;
  }

  async next(): Promise<Step> {
    await this.ready();
    const first = this.#queue.shift();
    if (first !== undefined) return { done: false, value: first };
    const failure = this.#failure;
    this.#failure = null;
    if (failure !== null) throw failure.error;
    if (this.#ended) return { done: true, value: undefined };
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  /** Stops listening; messages that nobody took are forgotten. */
  async return(): Promise<Step> {
    this.#queue.length = 0;
    await this.#end();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async #start(): Promise<void> {
    const on = await onPostgres(this.#options.using, NOTIFICATIONS);
    const sessions = await on.sessions();
    const stop = sessions.isServer ? await this.#listenAlone(on) : await this.#listenShared(on);
    if (this.#ended) await stop();
    else this.#stop = stop;
  }

  /** On a session of its own. */
  async #listenAlone(on: Database): Promise<() => Promise<void>> {
    const sessions = await on.sessions();
    const connection = await sessions.openOwn('listen()', () => this.#end());
    const unwatch = connection.watch!({ notified: this.#push, ended: () => this.#lost(on) });
    const stop = async (): Promise<void> => {
      unwatch();
      await sessions.closeOwn(connection);
    };
    try {
      for (const channel of this.#channels)
        await sessions.control(connection, `LISTEN ${on.dialect.quoteName(channel)}`);
    } catch (error) {
      await stop();
      throw error;
    }
    return stop;
  }

  /** On the one session that there is. */
  async #listenShared(on: Database): Promise<() => Promise<void>> {
    const sessions = await on.sessions();
    return sessions.withConnection('listen()', false, async (connection) => {
      const counts = getOrMake(listeners, connection, () => new Map());
      for (const channel of this.#channels) {
        await connection.control(`LISTEN ${on.dialect.quoteName(channel)}`);
        counts.set(channel, (counts.get(channel) ?? 0) + 1);
      }
      const notified = (notification: Notification): void => {
        if (this.#channels.includes(notification.channel)) this.#push(notification);
      };
      const unwatch = connection.watch!({ notified, ended: () => void this.#end() });
      return async () => {
        unwatch();
        if (!connection.usable) return;
        const left = this.#channels.filter((channel) => {
          counts.set(channel, counts.get(channel)! - 1);
          return counts.get(channel) === 0;
        });
        if (left.length === 0) return;
        const unlisten = async (): Promise<void> => {
          for (const channel of left)
            if (counts.get(channel) === 0) await connection.control(`UNLISTEN ${on.dialect.quoteName(channel)}`);
        };
        // a database that closes meanwhile forgets it anyway
        await sessions.withConnection('listen()', false, unlisten).catch(() => {});
      };
    });
  }

  readonly #push = (notification: Notification): void => {
    if (this.#ended) return;
    const waiting = this.#waiting.shift();
    if (waiting === undefined) this.#queue.push(notification);
    else waiting.resolve({ done: false, value: notification });
  };

  #lost(on: Database): void {
    const stop = this.#stop;
    if (this.#ended || stop === null) return;
    this.#stop = null;
    void stop();
    if (this.#options.onReconnect !== undefined) {
      void this.#reconnect(on, FIRST_DELAY);
      return;
    }
    const message = `The connection that listened to database '${on.alias}' was lost; what is sent from now on is missed.`;
    this.#fail(new OperationalError('connection-lost', message));
  }

  async #reconnect(on: Database, delay: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, delay));
    if (this.#ended) return;
    try {
      const stop = await this.#listenAlone(on);
      if (this.#ended) {
        await stop();
        return;
      }
      this.#stop = stop;
    } catch (error) {
      if ((error as { code?: unknown }).code === 'database-closed') await this.#end();
      else await this.#reconnect(on, Math.min(delay * 2, LONGEST_DELAY));
      return;
    }
    try {
      await this.#options.onReconnect!();
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    const waiting = this.#waiting.shift();
    if (waiting === undefined) this.#failure = { error };
    else waiting.reject(error);
    void this.#end();
  }

  async #end(): Promise<void> {
    this.#ended = true;
    this.#options.signal?.removeEventListener('abort', this.#onAbort);
    for (const { resolve } of this.#waiting.splice(0)) resolve({ done: true, value: undefined });
    const stop = this.#stop;
    this.#stop = null;
    await stop?.();
  }
}

/** The messages of one or several channels, as an async iterator. SQL: `LISTEN "channel"` */
export function listen(channels: string | readonly string[], options: ListenOptions = {}): Listener {
  const names = typeof channels === 'string' ? [channels] : channels;
  if (!Array.isArray(names) || names.length === 0)
    throw typeError('channel', 'listen() takes the name of a channel, or a list of them.');
  for (const name of names) checkChannel(name);
  return new Listener(Object.freeze([...new Set(names)]), options);
}
