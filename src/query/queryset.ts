import { withSignal } from '../database/cancellation.js';
import { TransactionHandle, type Using } from '../database/transaction-handle.js';
import { typeError, ValueError } from '../errors.js';
import type { FetchMode } from '../schema/instance.js';
import { instances } from '../schema/instance.js';
import { fragmentOf, type SqlFragment } from '../sql/template.js';
import type { Eventual } from '../util/eventual.js';
import { getOrMake } from '../util/get-or-make.js';
import * as aggregates from './aggregate.js';
import { combineConditions, combineRows } from './combine-queries.js';
import { truncated } from './dates.js';
import { explain, fetchAll, fetchChunks, type Narrowing, toSql } from './fetch.js';
import { type PrefetchLookup, prefetchLookups, prefetchRelatedObjects } from './prefetch.js';
import type { Query } from './query.js';
import { isSliced } from './query.js';
import { QueryHolder } from './query-holder.js';
import { inContext, type QueryContext } from './queryset-context.js';
import { type RawQuerySet, rawRows } from './raw.js';
import * as refine from './refine.js';
import * as retrieve from './retrieve.js';
import { RowStream } from './row-stream.js';
import { type WithCteOptions, withCte } from './with-cte.js';
import * as writes from './writes.js';

/** What a QuerySet carries beside its query: none of it is SQL. */
export interface Extras {
  readonly prefetches: readonly PrefetchLookup[];
  /** How its instances load what is missing; null for the project's setting. */
  readonly fetchMode: FetchMode | null;
  /** An object that every row is known to refer to: the one whose manager made the QuerySet. */
  readonly known: { readonly name: string; readonly instance: object } | null;
  /** The next filter shares the related rows of this one. */
  readonly sticky: boolean;
  /** In what its queries run, where that was said: see `inContext`. */
  readonly context: QueryContext | null;
}
const NO_EXTRAS: Extras = Object.freeze({ prefetches: [], fetchMode: null, known: null, sticky: false, context: null });

/**
 * Rows of a model, asked for when awaited. Every method that refines gives a new QuerySet; nothing is sent before `await`,
 * `for await` or a method that answers (`get`, `count`, `update` …). See `types/public/queryset.ts` for the documentation.
 */
export class QuerySet extends QueryHolder implements PromiseLike<unknown[]> {
  #query: Query | (() => Query);
  readonly extras: Extras;
  #rows: unknown[] | null = null;
  #running: Promise<unknown[]> | null = null;

  /** `query` may be a function, which is called when the query is first wanted: prefetched managers never want theirs. */
  constructor(query: Query | (() => Query), extras: Extras = NO_EXTRAS) {
    super();
    this.#query = query;
    this.extras = extras;
  }

  get query(): Query {
    if (typeof this.#query === 'function') this.#query = this.#query();
    return this.#query;
  }

  /** The class that refined QuerySets have; managers give that of the QuerySets they start. */
  protected querySetClass(): new (query: Query, extras: Extras) => QuerySet {
    return this.constructor as new (
      query: Query,
      extras: Extras,
    ) => QuerySet;
  }
  /** Whether it starts QuerySets and keeps no rows itself. */
  protected get isManager(): boolean {
    return false;
  }
  /** A QuerySet like this one for another query. */
  derive(query: Query, extras?: Partial<Extras>): QuerySet {
    return new (this.querySetClass())(query, extras === undefined ? this.extras : { ...this.extras, ...extras });
  }
  /** The rows, when they were fetched; managers never keep any. */
  get cachedRows(): unknown[] | null {
    return this.#rows;
  }
  /** Puts rows in place that were fetched otherwise: by a prefetch. */
  setRows(rows: unknown[]): this {
    this.#rows = rows;
    return this;
  }

  // --- evaluation ------------------------------------------------------------------------------------------------------------

  /** All rows, fetched once. */
  async rows(): Promise<unknown[]> {
    if (this.isManager) return this.#run(this.query);
    if (this.#rows !== null) return this.#rows;
    const rows = this.#running ?? this.#run(this.query);
    if (rows instanceof Promise) {
      this.#running = rows;
      try {
        this.#rows = await rows;
      } finally {
        this.#running = null;
      }
    } else this.#rows = rows;
    return this.#rows;
  }
  then<A = unknown[], B = never>(
    fulfilled?: ((rows: unknown[]) => A | PromiseLike<A>) | null,
    rejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.rows().then(fulfilled, rejected);
  }
  [Symbol.asyncIterator](): AsyncIterableIterator<unknown> {
    return new RowStream(this.#whole());
  }
  async *#whole(): AsyncGenerator<unknown[]> {
    yield await this.rows();
  }
  iterator(options: { chunkSize?: number } = {}): AsyncIterableIterator<unknown> {
    return new RowStream(this.#chunks(options));
  }
  async *#chunks({ chunkSize }: { chunkSize?: number }): AsyncGenerator<unknown[]> {
    if (chunkSize === undefined && this.extras.prefetches.length > 0) {
      throw new ValueError('chunk-size', 'chunkSize must be given to iterator() after prefetchRelated().');
    }
    if (chunkSize !== undefined && !(Number.isSafeInteger(chunkSize) && chunkSize > 0)) {
      throw new ValueError('chunk-size', 'chunkSize must be a whole number above 0.');
    }
    for await (const rows of fetchChunks(this.query, chunkSize, this.extras))
      yield this.#isFinished ? rows : await this.#finish(rows);
  }
  #run(query: Query, narrowing?: Narrowing): Eventual<unknown[]> {
    const rows = fetchAll(query, this.extras, narrowing);
    if (this.#isFinished) return rows;
    return rows instanceof Promise ? rows.then((fetched) => this.#finish(fetched)) : this.#finish(rows);
  }
  /** `#run`, for those who have another query of these rows. */
  get #runner(): retrieve.Run {
    return (query, narrowing) => this.#run(query, narrowing);
  }
  /** Whether rows need nothing more once they are read. */
  get #isFinished(): boolean {
    const { known, prefetches } = this.extras;
    return (known === null && prefetches.length === 0) || this.query.rows !== 'instance';
  }
  async #finish(rows: unknown[]): Promise<unknown[]> {
    const { known, prefetches } = this.extras;
    if (known !== null) setKnown(this.query, rows as object[], known);
    if (prefetches.length > 0 && rows.length > 0) await prefetchRelatedObjects(rows as object[], ...prefetches);
    return rows;
  }

  // --- refinement ------------------------------------------------------------------------------------------------------------

  filter(...args: unknown[]): QuerySet {
    return this.#filtered(args, false);
  }
  exclude(...args: unknown[]): QuerySet {
    return this.#filtered(args, true);
  }
  #filtered(args: unknown[], negated: boolean): QuerySet {
    const { sticky } = this.extras;
    return this.derive(refine.filter(this.query, args, negated, sticky), sticky ? { sticky: false } : undefined);
  }
  annotate(...args: unknown[]): QuerySet {
    return this.derive(refine.annotate(this.query, args, true));
  }
  alias(...args: unknown[]): QuerySet {
    return this.derive(refine.annotate(this.query, args, false));
  }
  withCte(table: unknown, options: WithCteOptions): QuerySet {
    return this.derive(withCte(this.query, table, options));
  }
  values(...fields: unknown[]): QuerySet {
    return this.derive(refine.values(this.query, fields, 'object'));
  }
  valuesList(...args: unknown[]): QuerySet {
    return this.derive(refine.valuesList(this.query, args));
  }
  dates(field: string, kind: string, order: unknown = 'ASC'): QuerySet {
    return this.derive(truncated(this.query, field, kind, { order, timeZone: null, datetimes: false }));
  }
  datetimes(field: string, kind: string, options: { order?: unknown; tzinfo?: string } = {}): QuerySet {
    return this.derive(
      truncated(this.query, field, kind, {
        order: options.order ?? 'ASC',
        timeZone: options.tzinfo ?? null,
        datetimes: true,
      }),
    );
  }
  orderBy(...terms: unknown[]): QuerySet {
    return this.derive(refine.orderBy(this.query, terms));
  }
  reverse(): QuerySet {
    return this.derive(refine.reverse(this.query));
  }
  distinct(...fields: unknown[]): QuerySet {
    return this.derive(refine.distinct(this.query, fields));
  }
  slice(start?: unknown, end?: unknown): QuerySet {
    const sliced = this.derive(refine.slice(this.query, start, end));
    return this.#rows === null
      ? sliced
      : sliced.setRows(this.#rows.slice((start ?? 0) as number, (end ?? undefined) as number | undefined));
  }
  none(): QuerySet {
    return this.derive(refine.none(this.query));
  }
  all(): QuerySet {
    return this.derive(this.query);
  }
  only(...fields: unknown[]): QuerySet {
    return this.derive(refine.only(this.query, fields));
  }
  defer(...fields: unknown[]): QuerySet {
    return this.derive(refine.defer(this.query, fields));
  }
  selectRelated(...fields: unknown[]): QuerySet {
    return this.derive(refine.selectRelated(this.query, fields));
  }
  prefetchRelated(...lookups: unknown[]): QuerySet {
    return this.derive(this.query, { prefetches: prefetchLookups(this.query, this.extras.prefetches, lookups) });
  }
  fetchMode(mode: FetchMode): QuerySet {
    if (mode !== 'peers' && mode !== 'one' && mode !== 'raise')
      throw new ValueError('fetch-mode', "fetchMode() takes 'peers', 'one' or 'raise'.");
    return this.derive(this.query, { fetchMode: mode });
  }
  using(target: Using): QuerySet {
    if (!(target instanceof TransactionHandle)) return this.derive(refine.using(this.query, target));
    return inContext(this.derive(refine.using(this.query, target.alias)), target);
  }
  withSignal(signal: AbortSignal): QuerySet {
    if (!(signal instanceof AbortSignal)) throw typeError('invalid-argument', 'withSignal() takes an AbortSignal.');
    return inContext(this.derive(this.query), { run: (work) => withSignal(signal, work) });
  }
  selectForUpdate(
    options: { nowait?: boolean; skipLocked?: boolean; of?: readonly string[]; noKey?: boolean } = {},
  ): QuerySet {
    return this.derive(refine.selectForUpdate(this.query, options));
  }
  union(...others: unknown[]): QuerySet {
    const last = others[others.length - 1];
    const isOptions = typeof last === 'object' && last !== null && !(last instanceof QueryHolder);
    const all = isOptions && (last as { all?: boolean }).all === true;
    return this.derive(
      combineRows(this.query, queriesOf(isOptions ? others.slice(0, -1) : others), all ? 'UNION ALL' : 'UNION'),
    );
  }
  intersection(...others: unknown[]): QuerySet {
    return this.derive(combineRows(this.query, queriesOf(others), 'INTERSECT'));
  }
  difference(...others: unknown[]): QuerySet {
    return this.derive(combineRows(this.query, queriesOf(others), 'EXCEPT'));
  }
  and(other: unknown): QuerySet {
    return this.derive(combineConditions(this.query, queriesOf([other])[0]!, 'AND'));
  }
  or(other: unknown): QuerySet {
    return this.derive(combineConditions(this.query, queriesOf([other])[0]!, 'OR'));
  }
  xor(other: unknown): QuerySet {
    return this.derive(combineConditions(this.query, queriesOf([other])[0]!, 'XOR'));
  }

  // --- answers ---------------------------------------------------------------------------------------------------------------

  get(...args: unknown[]): Promise<unknown> {
    return retrieve.get(this.query, args, this.#runner);
  }
  async at(index: number): Promise<unknown> {
    if (this.#rows !== null && index >= 0 && index < this.#rows.length) return this.#rows[index];
    return retrieve.at(this.query, index, this.#runner);
  }
  async first(): Promise<unknown> {
    return retrieve.first(this.query, this.#runner, false);
  }
  async last(): Promise<unknown> {
    return retrieve.first(this.query, this.#runner, true);
  }
  async earliest(...fields: unknown[]): Promise<unknown> {
    return retrieve.latest(this.query, fields, this.#runner, false);
  }
  async latest(...fields: unknown[]): Promise<unknown> {
    return retrieve.latest(this.query, fields, this.#runner, true);
  }
  async count(): Promise<number> {
    return this.#rows?.length ?? aggregates.count(this.query);
  }
  async exists(): Promise<boolean> {
    return this.#rows === null ? aggregates.exists(this.query) : this.#rows.length > 0;
  }
  async contains(object: unknown): Promise<boolean> {
    return retrieve.contains(this.query, object, this.#rows);
  }
  async inBulk(keys?: unknown, options: { fieldName?: string } = {}): Promise<Map<unknown, object>> {
    return retrieve.inBulk(this.query, keys, options.fieldName ?? 'pk', this.#runner);
  }
  async aggregate(...args: unknown[]): Promise<Record<string, unknown>> {
    if (this.query.distinctOn.length > 0)
      throw typeError('distinct-on', 'aggregate() with distinct(fields) is not implemented.');
    return aggregates.aggregate(this.query, refine.aggregates(args));
  }
  raw(strings: TemplateStringsArray | SqlFragment, ...values: readonly unknown[]): RawQuerySet {
    return rawRows(this.query, fragmentOf(strings, values), this.extras);
  }
  async explain(options: Readonly<Record<string, unknown>> = {}): Promise<string> {
    return explain(this.query, options);
  }
  /** The statement and its parameters as they would be sent, for logs and tests; null when nothing can match. */
  toSql(): Promise<{ sql: string; params: unknown[] } | null> {
    return toSql(this.query);
  }

  // --- writes ----------------------------------------------------------------------------------------------------------------

  create(values: Record<string, unknown> = {}): Promise<object> {
    return writes.create(this.query, values);
  }
  getOrCreate(
    lookups: Record<string, unknown>,
    options: { defaults?: Record<string, unknown> } = {},
  ): Promise<[object, boolean]> {
    return writes.getOrCreate(this.query, lookups, options);
  }
  updateOrCreate(
    lookups: Record<string, unknown>,
    options: { defaults?: Record<string, unknown>; createDefaults?: Record<string, unknown> } = {},
  ): Promise<[object, boolean]> {
    return writes.updateOrCreate(this.query, lookups, options);
  }
  bulkCreate(objects: Iterable<object>, options: writes.BulkCreateOptions = {}): Promise<object[]> {
    return writes.bulkCreate(this.query, objects, options);
  }
  bulkUpdate(
    objects: Iterable<object>,
    fields: readonly string[],
    options: { batchSize?: number } = {},
  ): Promise<number> {
    return writes.bulkUpdate(this.query, objects, fields, options);
  }
  update(values: Record<string, unknown>): Promise<number> {
    this.#rows = null;
    return writes.update(this.query, values);
  }
  delete(): Promise<[number, Record<string, number>]> {
    if (this.isManager)
      throw typeError('delete-all', 'delete() of a manager would delete all of its rows: say so with all().delete().');
    this.#rows = null;
    return writes.deleteRows(this.query, this);
  }

  /** Whether its rows have an order. */
  get ordered(): boolean {
    return retrieve.isOrdered(this.query);
  }
  get sliced(): boolean {
    return isSliced(this.query);
  }

  /** A manager with the methods of the class that it is called on. */
  static asManager(): QuerySet {
    return new (managerClass(this as unknown as QuerySetClass))(UNBOUND);
  }
}

/** Gives rows the object that all of them are known to refer to, and its key where the column was not loaded. */
function setKnown(query: Query, rows: readonly object[], known: NonNullable<Extras['known']>): void {
  const relation = query.meta.accessors.get(known.name);
  const key = relation === undefined || relation.reverse || relation.multi ? null : relation.key.attname;
  for (const row of rows) {
    instances().cache(row, known.name, known.instance);
    if (key !== null && !Object.hasOwn(row, key)) {
      (row as Record<string, unknown>)[key] = (known.instance as Record<string, unknown>)[
        relation!.hops[0]!.toField.attname
      ];
    }
  }
}

type QuerySetClass = new (query: Query | (() => Query), extras?: Extras) => QuerySet;
const managerClasses = new WeakMap<QuerySetClass, QuerySetClass>();
/** Stands for the query of a manager that no model has yet. */
const UNBOUND = null as unknown as Query;

/** The manager class for a QuerySet class: it starts QuerySets of that class and keeps no rows. */
export function managerClass(querySet: QuerySetClass): QuerySetClass {
  return getOrMake(
    managerClasses,
    querySet,
    () =>
      class Manager extends querySet {
        protected override querySetClass(): QuerySetClass {
          return querySet;
        }
        protected override get isManager(): boolean {
          return true;
        }
      },
  );
}

function queriesOf(others: readonly unknown[]): Query[] {
  return others.map((other) => {
    if (!(other instanceof QueryHolder))
      throw typeError('not-a-queryset', 'QuerySets can only be combined with QuerySets.');
    return other.query;
  });
}
