import { AsyncLocalStorage } from 'node:async_hooks';
import { ImproperlyConfigured, typeError } from '../errors.js';
import { didYouMean } from '../util/closest.js';
import { database } from './databases.js';
import { isOfServer, ReplicaTurns } from './replica-health.js';
import { aliasOfInstance, type RoutedModel, type Router, type RoutingHints } from './router.js';
import { watchWrites } from './write-watch.js';

/** How a ReplicaRouter reads. */
export interface ReplicaRouterOptions {
  /** The alias that is written to. Default `default`. */
  readonly primary?: string;
  /** The aliases of its copies, which are read in turn. With none, all is read from the primary. */
  readonly replicas: readonly string[];
  /**
   * What a request reads once it has written: `primary` (the default) stays with the primary until the request ends; `wait` waits
   * until its replica has replayed the write, where the database can tell (PostgreSQL, MariaDB, MySQL); `never` takes a replica
   * as it is.
   */
  readonly readYourWrites?: 'primary' | 'wait' | 'never';
  /** Milliseconds that a read waits for a replica that is behind, before it goes to the primary. Default 500. */
  readonly replicaTimeout?: number;
  /** Milliseconds for which a replica that failed is left out. Default 10,000. */
  readonly skipFor?: number;
}

/** Where a request begins. */
export interface ReplicaRequestOptions {
  /** What `position()` gave when an earlier request of the same user ended: this one reads nothing older. */
  readonly after?: string | null;
}

/** What is known of one request. Mutable: it lives as long as its work. */
interface Request {
  /** The replica that it reads, so that what it sees never goes back in time; null until the first read. */
  replica: string | null;
  /** Counts writes to the primary; those up to `caughtUp` are seen on the replica. */
  writes: number;
  caughtUp: number;
  after: string | null;
  /** The replica was waited for once in vain; it is only looked at from then on. */
  impatient: boolean;
}

const OPTIONS = ['primary', 'replicas', 'readYourWrites', 'replicaTimeout', 'skipFor'];
const MODES: readonly unknown[] = ['primary', 'wait', 'never'];

/**
 * Sends writes to a primary database and reads to its replicas, in turn. Inside an atomic block all is read where the block is.
 * Within `request()` a replica is kept, and what the request wrote is what it reads. A replica whose server fails is left out for
 * a while, and the read is asked again elsewhere; when none is left, the primary is read.
 *
 * @example
 * const replicas = new ReplicaRouter({ replicas: ['replica1', 'replica2'], readYourWrites: 'wait' });
 * defineConfig({ apps, databases: { default: primaryUrl, replica1: url1, replica2: url2 }, databaseRouters: [replicas] });
 * app.use((request, response, next) => replicas.request(next));
 */
export class ReplicaRouter implements Router {
  readonly #primary: string;
  readonly #replicas: readonly string[];
  readonly #mode: 'primary' | 'wait' | 'never';
  readonly #timeout: number;
  readonly #turns: ReplicaTurns;
  readonly #requests = new AsyncLocalStorage<Request>();

  /** Throws ImproperlyConfigured for wrong options. Queries nothing. */
  constructor(options: ReplicaRouterOptions) {
    const { primary = 'default', replicas, readYourWrites = 'primary', replicaTimeout, skipFor } = checked(options);
    this.#primary = primary;
    this.#replicas = Object.freeze([...replicas]);
    this.#mode = readYourWrites;
    this.#timeout = milliseconds('replicaTimeout', replicaTimeout, 500);
    this.#turns = new ReplicaTurns(this.#replicas, milliseconds('skipFor', skipFor, 10_000));
  }

  /**
   * Runs `work` as one request: it reads from one replica, and reads what it wrote. Concurrent requests do not see each other's;
   * inside another request it is a part of that one.
   *
   * @example
   * const body = await replicas.request(() => handle(request), { after: cookies.position });
   */
  request<T>(work: () => T | PromiseLike<T>, options: ReplicaRequestOptions = {}): Promise<T> {
    if (typeof work !== 'function') throw typeError('invalid-argument', 'request() takes a function.');
    const { after = null } = options;
    if (after !== null && typeof after !== 'string')
      throw typeError('invalid-argument', "The option 'after' of request() is what position() gave.");
    const outer = this.#requests.getStore();
    if (outer !== undefined) {
      outer.after = after ?? outer.after;
      return Promise.resolve().then(work);
    }
    const request: Request = { replica: null, writes: 0, caughtUp: 0, after, impatient: false };
    const note = (alias: string): void => {
      if (alias === this.#primary) request.writes += 1;
    };
    return this.#requests.run(request, () => watchWrites(note, work));
  }

  /**
   * How far the primary's log reaches now, as a text for `request(…, { after })` of a later request: in a cookie, say. Null where
   * the database cannot tell. One query.
   */
  async position(): Promise<string | null> {
    const primary = await database(this.#primary).ready();
    return primary.position();
  }

  dbForRead(_model: RoutedModel, hints: RoutingHints): string | undefined | Promise<string> {
    const from = aliasOfInstance(hints);
    if (from !== undefined && !this.#isOurs(from)) return undefined;
    const inside = this.#aliasOfBlock();
    if (inside !== null) return inside;
    const request = this.#requests.getStore();
    if (request === undefined) return this.#take();
    if (request.after === null && (request.writes === request.caughtUp || this.#mode === 'never'))
      return this.#keep(request);
    if (this.#mode === 'primary' && request.writes > 0) return this.#primary;
    return this.#upToDate(request);
  }

  dbForWrite(_model: RoutedModel, hints: RoutingHints): string | undefined {
    const from = aliasOfInstance(hints);
    return from === undefined || this.#isOurs(from) ? this.#primary : undefined;
  }

  /** Copies hold the same rows, so their objects may refer to each other. */
  allowRelation(first: object, second: object): boolean | undefined {
    const aliases = [first, second].map((instance) => aliasOfInstance({ instance }));
    return aliases.every((alias) => alias !== undefined && this.#isOurs(alias)) ? true : undefined;
  }

  /** A replica gets its tables from the primary. */
  allowMigrate(alias: string): boolean | undefined {
    return this.#replicas.includes(alias) ? false : undefined;
  }

  readElsewhere(alias: string, error: Error): boolean | undefined {
    if (!this.#replicas.includes(alias) || !isOfServer(error)) return undefined;
    this.#turns.skip(alias);
    return true;
  }

  #isOurs(alias: string): boolean {
    return alias === this.#primary || this.#replicas.includes(alias);
  }

  /** Where the atomic block is that the calling code runs in: the primary's first. */
  #aliasOfBlock(): string | null {
    if (database(this.#primary).block !== null) return this.#primary;
    return this.#replicas.find((alias) => database(alias).block !== null) ?? null;
  }

  /** The next replica, as soon as its backend is loaded; the primary when there is none. */
  #take(): string | Promise<string> {
    const alias = this.#turns.take();
    if (alias === null) return this.#primary;
    if (database(alias).isReady) return alias;
    return database(alias)
      .ready()
      .then(
        () => alias,
        (error: Error) => {
          if (this.readElsewhere(alias, error) !== true) throw error;
          return this.#take();
        },
      );
  }

  /** The request's replica: the one that it had, unless that one fails. */
  #keep(request: Request): string | Promise<string> {
    if (request.replica !== null && this.#turns.isAsked(request.replica)) return request.replica;
    const taken = this.#take();
    if (typeof taken !== 'string') return taken.then((alias) => this.#choose(request, alias));
    return this.#choose(request, taken);
  }

  /** Reads of a request that run at once agree on one replica. */
  #choose(request: Request, alias: string): string {
    if (request.replica !== null && this.#turns.isAsked(request.replica)) return request.replica;
    request.replica = alias === this.#primary ? null : alias;
    return alias;
  }

  /** The request's replica once it shows what the request wrote, and what came before; else the primary. */
  async #upToDate(request: Request): Promise<string> {
    const { writes, after } = request;
    const position = writes > request.caughtUp ? await this.position() : after;
    if (position === null) return this.#primary;
    for (;;) {
      const alias = await this.#keep(request);
      if (alias === this.#primary) return alias;
      try {
        if (!(await database(alias).reaches(position, request.impatient ? 0 : this.#timeout))) {
          request.impatient = true;
          return this.#primary;
        }
      } catch (error) {
        if (this.readElsewhere(alias, error as Error) !== true) throw error;
        continue;
      }
      // The primary's position lies behind all that came before, `after` too.
      request.caughtUp = Math.max(request.caughtUp, writes);
      if (request.after === after) request.after = null;
      return alias;
    }
  }
}

function checked(options: ReplicaRouterOptions): ReplicaRouterOptions {
  const improper = (message: string): never => {
    throw new ImproperlyConfigured('replica-router', message);
  };
  if (typeof options !== 'object' || options === null) improper('ReplicaRouter takes { replicas: [alias, …] }.');
  for (const name of Object.keys(options)) {
    if (!OPTIONS.includes(name))
      improper(
        `ReplicaRouter knows no option '${name}'.${didYouMean(name, OPTIONS)} Options are: ${OPTIONS.join(', ')}.`,
      );
  }
  const { primary = 'default', replicas, readYourWrites = 'primary' } = options;
  const isAlias = (value: unknown): boolean => typeof value === 'string' && value !== '';
  if (!isAlias(primary)) improper("The option 'primary' of ReplicaRouter is the alias of a database.");
  if (!Array.isArray(replicas) || !replicas.every(isAlias))
    improper("The option 'replicas' of ReplicaRouter is a list of aliases of databases.");
  if (new Set([primary, ...replicas]).size <= replicas.length)
    improper('The primary and the replicas of a ReplicaRouter are databases with different aliases.');
  if (!MODES.includes(readYourWrites))
    improper(`The option 'readYourWrites' of ReplicaRouter is one of: ${MODES.join(', ')}.`);
  return options;
}

function milliseconds(name: string, value: unknown, fallback: number): number {
  if (value === undefined) return fallback;
  if (typeof value === 'number' && value >= 0 && Number.isFinite(value)) return value;
  throw new ImproperlyConfigured(
    'replica-router',
    `The option '${name}' of ReplicaRouter is a number of milliseconds.`,
  );
}
