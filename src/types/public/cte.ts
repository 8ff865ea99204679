import type { AnyQuerySet } from '../comparable.js';
import type { AnyExpression } from '../descriptions.js';
import type { LookupError } from '../near-miss.js';
import type { AnnotationsOf, RowOf } from '../rows.js';
import type { label, row } from '../symbols.js';
import type { AllValues, ValueAt } from '../values.js';

/** A common table expression: rows under the name `N`, each with the columns of `R`. Made by `Cte`. */
export interface Cte<out N extends string, out R> {
  readonly name: N;
  /**
   * The rows themselves. SQL: `WITH "tree" AS (…) SELECT … FROM "tree"`
   *
   * @example
   * for (const { id, depth } of await tree.all().orderBy('depth')) …
   * Category.objects.filter({ id__in: tree.all().valuesList('id', { flat: true }) })
   */
  all(): CteRows<R>;
}

/** The rows of a `Cte`, asked for when awaited. */
export interface CteRows<out R> extends PromiseLike<R[]>, AsyncIterable<R> {
  [row](): R;
  filter(conditions: CteConditions<R>): CteRows<R>;
  exclude(conditions: CteConditions<R>): CteRows<R>;
  orderBy(...terms: (ColumnOf<R> | `-${ColumnOf<R>}` | '?' | AnyExpression)[]): CteRows<R>;
  distinct(): CteRows<R>;
  slice(start: number, end?: number): CteRows<R>;
  values<K extends ColumnOf<R>>(...columns: K[]): CteRows<Pick<R, K>>;
  valuesList<K extends ColumnOf<R>>(column: K, options: { readonly flat: true }): CteRows<R[K]>;
  using(alias: string): CteRows<R>;
  count(): Promise<number>;
  exists(): Promise<boolean>;
  explain(options?: { readonly format?: string; readonly [option: string]: unknown }): Promise<string>;
}
type ColumnOf<R> = keyof R & string;
/** Values by column, and lookups behind columns (`depth__lte`), which are checked when the QuerySet is made. */
type CteConditions<R> = { readonly [K in ColumnOf<R>]?: R[K] | AnyExpression } & {
  readonly [lookup: `${string}__${string}`]: unknown;
};

/** What `Cte` is. */
export interface CteFactory {
  /**
   * Rows under a name, which QuerySets join with `withCte`; nothing is asked before one of them is awaited. The columns are those of
   * `values(…)`, or all of the model's. SQL: `WITH "totals" AS (SELECT …)`
   *
   * With `recursive` the rows are those of the QuerySet and, again and again, those that follow from rows found last: a function from
   * the table to a QuerySet with the same columns, which joins the table once. SQL: `WITH RECURSIVE … UNION ALL …`. `distinct` keeps
   * equal rows once (`UNION`), so that a search in a graph with circles ends.
   *
   * @example
   * const totals = Cte('totals', Book.objects.values('publisherId').annotate({ total: Sum('price') }));
   * await Publisher.objects.withCte(totals, { on: { id: 'publisherId' } }).filter({ totals__total__gt: 100 });
   *
   * @example
   * const tree = Cte('tree', Category.objects.filter({ parent: null }).values('id', { depth: Value(0) }), {
   *   recursive: (tree) =>
   *     Category.objects.withCte(tree, { on: { parentId: 'id' } }).values('id', { depth: F('tree__depth').add(1) }),
   * });
   * await Category.objects.withCte(tree, { on: { id: 'id' } }).filter({ tree__depth__lte: 2 }).orderBy('tree__depth', 'name');
   */
  <const N extends string, Q extends AnyQuerySet, S extends AnyQuerySet = never>(
    name: N,
    rows: Q & NoInfer<WithNames<Q>>,
    options?: {
      readonly recursive?: (table: Cte<N, ColumnsOf<Q>>) => S & NoInfer<SameColumns<ColumnsOf<Q>, S>>;
      readonly distinct?: boolean;
    },
  ): Cte<N, Found<ColumnsOf<Q>, S>>;
}

/** Columns by name: plain rows as they are, of instances those that `values()` gives. */
type ColumnsOf<Q> =
  RowOf<Q> extends infer R ? (R extends { [label](): infer L } ? AllValues<L, AnnotationsOf<Q>> : R) : never;

type WithNames<Q> =
  RowOf<Q> extends readonly unknown[] | string | number | bigint | boolean | null
    ? LookupError<'the rows of a Cte need names: choose its columns with values(…)'>
    : unknown;

type SameColumns<R, S> = [keyof R] extends [keyof ColumnsOf<S>]
  ? [keyof ColumnsOf<S>] extends [keyof R]
    ? unknown
    : LookupError<`the recursive part has a column that the first has not: ${Exclude<keyof ColumnsOf<S>, keyof R> & string}`>
  : LookupError<`the recursive part lacks a column of the first: ${Exclude<keyof R, keyof ColumnsOf<S>> & string}`>;

// A column of a recursion holds what either part gives.
type Found<R, S> = [S] extends [never] ? R : { [K in keyof R]: R[K] | ColumnsOf<S>[K & keyof ColumnsOf<S>] };

/** Options of `withCte`. */
export interface CteJoin<On, Optional> {
  /** Paths of the QuerySet's own and the columns of the table that they equal; `{}` joins each row with all rows of the table. */
  readonly on: On;
  /** Rows that have none in the table stay. */
  readonly optional?: Optional;
}
/** What is wrong with the paths in `on`. */
export type WrongOn<L, A, On> = {
  readonly on: { [P in keyof On]: ValueAt<L, A, P & string> extends LookupError<infer M> ? LookupError<M> : unknown };
};

/** The names that a table brings into a QuerySet: `tree__depth`. With `optional` all can be null. */
export type CteNames<N extends string, R, Optional> = {
  [K in keyof R & string as `${N}__${K}`]: true extends Optional ? R[K] | null : R[K];
};
