import type { Temporal } from 'temporal-polyfill';
import type { AnyQuerySet } from '../comparable.js';
import type { AnyCondition, OfferedKeys, Where } from '../conditions.js';
import type { AnyExpression } from '../descriptions.js';
import type { LabelOf } from '../label.js';
import type { Names } from '../lookup-keys.js';
import type { NamedAnnotations, PositionalAnnotations } from '../positional.js';
import type { Annotations, CheckedExpression, Resolved } from '../resolve.js';
import type {
  AnnotationsOf,
  DeferRow,
  ForwardRelations,
  OnlyRow,
  PrefetchLookup,
  PrefetchPaths,
  RelatedPaths,
  RowOf,
  WithPrefetched,
  WithRelated,
  Yields,
} from '../rows.js';
import type { annotations, row } from '../symbols.js';
import type { OrderTerm, OrderTerms, WrongPath } from '../values.js';
import type { Fields, ListRow, NamedObjects, NamedRow, ValuesRow, WrongField, WrongFields } from '../values-rows.js';
import type { Cte, CteJoin, CteNames, WrongOn } from './cte.js';
import type { QuerySetResults } from './queryset-results.js';
import type { Transaction } from './transactions.js';

/**
 * The rows of a model, as a question not yet asked. Every method gives a new QuerySet; awaiting one asks the database, once.
 * `for await` streams its rows.
 *
 * @example
 * const cheap = await Book.objects.filter({ price__lt: 20, publisher__name__icontains: 'press' }).orderBy('-price');
 * for await (const book of Book.objects.all()) console.log(book.title);
 *
 * @example
 * class PostQuerySet extends QuerySet<Post> {
 *   active() { return this.filter({ isActive: true }); }
 *   withTags() { return this.annotate({ tagCount: Count('tags') }); }
 *   // A method that uses names which it adds itself says what `this` is.
 *   tagged(this: PostQuerySet) { return this.withTags().filter({ tagCount__gt: 0 }); }
 * }
 */
export interface QuerySet<in out I> extends QuerySetResults<I> {
  [row](): I;
  [annotations](): {};

  /**
   * The rows for which all lookups and conditions hold. SQL: WHERE, or HAVING for aggregates.
   * Lookups about a to-many relation given in one call must hold for one related object; in two calls, for any.
   *
   * @example
   * Book.objects.filter({ title__icontains: 'dune', publisher__name: 'Ace' })
   * Book.objects.filter(or({ price__lt: 5 }, { title__startswith: 'A' }), { pages__gte: 100 })
   */
  filter<
    Q,
    K extends PropertyKey = never,
    D = never,
    K2 extends PropertyKey = never,
    D2 = never,
    W = OfferedKeys<LabelOf<I>>,
    W2 = OfferedKeys<LabelOf<I>>,
  >(
    this: Q,
    where?: Where<LabelOf<I>, Q, K, D, W>,
    second?: Where<LabelOf<I>, Q, K2, D2, W2>,
    ...more: AnyCondition[]
  ): Q;

  /**
   * The rows for which the lookups and conditions do not all hold. SQL: NOT (…), a subquery for to-many relations.
   *
   * @example
   * Book.objects.exclude({ authors__name: 'Anon' })   // books that no Anon wrote
   */
  exclude<
    Q,
    K extends PropertyKey = never,
    D = never,
    K2 extends PropertyKey = never,
    D2 = never,
    W = OfferedKeys<LabelOf<I>>,
    W2 = OfferedKeys<LabelOf<I>>,
  >(
    this: Q,
    where?: Where<LabelOf<I>, Q, K, D, W>,
    second?: Where<LabelOf<I>, Q, K2, D2, W2>,
    ...more: AnyCondition[]
  ): Q;

  /**
   * Adds named expressions to each row; later calls may use the names. An aggregate without a name gets one: `books__count`.
   *
   * @example
   * const authors = await Author.objects.annotate({ n: Count('books'), best: Max('books__price') }).filter({ n__gte: 5 });
   * authors[0]!.n;   // number
   */
  annotate<
    Q,
    const E extends Readonly<Record<string, AnyExpression>> | AnyExpression,
    const C extends readonly AnyExpression[] = [],
  >(
    this: Q,
    expressions: E & NoInfer<NamedAnnotations<LabelOf<I>, AnnotationsOf<Q>, E>>,
    ...more: C
  ): Q &
    Yields<
      RowOf<Q> & PositionalAnnotations<LabelOf<I>, AnnotationsOf<Q>, E, C>,
      AnnotationsOf<Q> & PositionalAnnotations<LabelOf<I>, AnnotationsOf<Q>, E, C>
    >;

  /**
   * Names expressions for later calls without adding them to the rows.
   *
   * @example
   * Author.objects.alias({ n: Count('books') }).filter({ n__gte: 5 })
   */
  alias<
    Q,
    const E extends Readonly<Record<string, AnyExpression>> | AnyExpression,
    const C extends readonly AnyExpression[] = [],
  >(
    this: Q,
    expressions: E & NoInfer<NamedAnnotations<LabelOf<I>, AnnotationsOf<Q>, E>>,
    ...more: C
  ): Q & Yields<RowOf<Q>, AnnotationsOf<Q> & PositionalAnnotations<LabelOf<I>, AnnotationsOf<Q>, E, C>>;

  /**
   * Joins a common table expression. `on` says which values of the QuerySet's own equal which columns; as in every join, a row comes
   * as often as the table has rows for it. The columns can be named from then on: `totals__total`. Rows that have none in the table are
   * left out; with `optional` they stay, and its columns are null.
   *
   * @example
   * const totals = Cte('totals', Book.objects.values('publisherId').annotate({ total: Sum('price') }));
   * await Publisher.objects
   *   .withCte(totals, { on: { id: 'publisherId' } })
   *   .filter({ totals__total__gt: 100 })
   *   .annotate({ total: F('totals__total') });
   */
  withCte<
    Q,
    N extends string,
    R,
    const On extends Readonly<Record<string, keyof R & string>>,
    const Optional extends boolean = false,
  >(
    this: Q,
    table: Cte<N, R>,
    options: CteJoin<On, Optional> & NoInfer<WrongOn<LabelOf<I>, AnnotationsOf<Q>, On>>,
  ): Q & Yields<RowOf<Q>, AnnotationsOf<Q> & CteNames<N, R, Optional>>;

  /**
   * Plain objects instead of instances: the named columns, or all of them. Paths may cross relations; expressions come in an object.
   *
   * @example
   * await Post.objects.values('author__handle').annotate({ n: Count('id') });   // { author__handle: string; n: number }[]
   * await Post.objects.values('id', { lower: Lower('title') });
   */
  values<Q, const P extends readonly ((string & {}) | Names<LabelOf<I>> | Readonly<Record<string, AnyExpression>>)[]>(
    this: Q,
    ...fields: Fields<LabelOf<I>, AnnotationsOf<Q>, P>
  ): Q &
    Yields<
      ValuesRow<LabelOf<I>, AnnotationsOf<Q>, P>,
      AnnotationsOf<Q> & NamedObjects<LabelOf<I>, AnnotationsOf<Q>, P>
    >;

  /**
   * Tuples instead of instances; single values with `flat`; tuples that also have names with `named`.
   *
   * @example
   * await Book.objects.valuesList('id', 'title');                // [number, string][]
   * await Book.objects.valuesList('title', { flat: true });      // string[]
   * (await Book.objects.valuesList('id', 'title', { named: true }))[0]!.title;
   */
  valuesList<Q, const P extends readonly ((string & {}) | Names<LabelOf<I>> | AnyExpression)[]>(
    this: Q,
    ...fields: Fields<LabelOf<I>, AnnotationsOf<Q>, P>
  ): Q & Yields<ListRow<LabelOf<I>, AnnotationsOf<Q>, P>, AnnotationsOf<Q>>;
  valuesList<Q, const P extends (string & {}) | Names<LabelOf<I>> | AnyExpression>(
    this: Q,
    field: P & NoInfer<WrongField<LabelOf<I>, AnnotationsOf<Q>, P>>,
    options: { readonly flat: true },
  ): Q & Yields<Resolved<LabelOf<I>, AnnotationsOf<Q>, P>, AnnotationsOf<Q>>;
  valuesList<Q, const P extends readonly ((string & {}) | Names<LabelOf<I>> | AnyExpression)[]>(
    this: Q,
    ...fields: [...fields: P, options: { readonly named: true } & NoInfer<WrongFields<LabelOf<I>, AnnotationsOf<Q>, P>>]
  ): Q & Yields<ListRow<LabelOf<I>, AnnotationsOf<Q>, P> & NamedRow<LabelOf<I>, AnnotationsOf<Q>, P>, AnnotationsOf<Q>>;

  /**
   * The distinct dates of a field, cut to `kind`, as Temporal.PlainDate.
   *
   * @example
   * await Post.objects.dates('pubDate', 'month', 'DESC');
   */
  dates<Q, const P extends (string & {}) | Names<LabelOf<I>>>(
    this: Q,
    field: P & NoInfer<WrongPath<LabelOf<I>, AnnotationsOf<Q>, P>>,
    kind: 'year' | 'month' | 'week' | 'day',
    order?: 'ASC' | 'DESC',
  ): Q & Yields<Temporal.PlainDate, AnnotationsOf<Q>>;

  /**
   * The distinct moments of a datetime field, cut to `kind` in the time zone `tzinfo`.
   *
   * @example
   * await Post.objects.datetimes('createdAt', 'hour', { tzinfo: 'Europe/Paris' });
   */
  datetimes<Q, const P extends (string & {}) | Names<LabelOf<I>>>(
    this: Q,
    field: P & NoInfer<WrongPath<LabelOf<I>, AnnotationsOf<Q>, P>>,
    kind: 'year' | 'month' | 'week' | 'day' | 'hour' | 'minute' | 'second',
    options?: { readonly order?: 'ASC' | 'DESC'; readonly tzinfo?: string },
  ): Q & Yields<Date, AnnotationsOf<Q>>;

  /**
   * The order of the rows (ORDER BY); replaces the one there was. `-` descends, `?` is random; no terms at all: no order.
   *
   * @example
   * Book.objects.orderBy('-pubDate', 'publisher__name', F('price').desc({ nullsLast: true }))
   */
  orderBy<Q, const P extends readonly OrderTerm<LabelOf<I>>[]>(
    this: Q,
    ...terms: OrderTerms<LabelOf<I>, AnnotationsOf<Q>, P>
  ): Q;

  /**
   * The same rows the other way round; without an order, nothing changes. SQL: every term of ORDER BY turned round.
   *
   * @example
   * const [newest] = await Post.objects.orderBy('createdAt').reverse().slice(0, 1);
   */
  reverse<Q>(this: Q): Q;

  /**
   * Each row once. With names, the first row of each combination of these (PostgreSQL's DISTINCT ON).
   *
   * @example
   * Author.objects.filter({ books__price__lt: 9 }).distinct()
   */
  distinct<Q, const P extends readonly ((string & {}) | Names<LabelOf<I>>)[]>(
    this: Q,
    ...fields: Fields<LabelOf<I>, AnnotationsOf<Q>, P>
  ): Q;

  /**
   * Rows `start` to `end`, the latter not included. Lazy: becomes LIMIT and OFFSET.
   *
   * @example
   * const page = await Book.objects.orderBy('title').slice(20, 40);
   */
  slice<Q>(this: Q, start: number, end?: number): Q;

  /**
   * No rows. The database is not asked.
   *
   * @example
   * return user.isStaff ? Post.objects.all() : Post.objects.none();
   */
  none<Q>(this: Q): Q;

  /**
   * A fresh copy: awaited, it asks the database again.
   *
   * @example
   * const again = await posts.all();
   */
  all<Q>(this: Q): Q;

  /**
   * Loads only these columns; the others come when awaited.
   *
   * @example
   * const book = await Book.objects.only('title').get({ pk: 1 });
   * await book.blurb;   // one more query
   */
  only<Q, const P extends readonly ((string & {}) | Names<LabelOf<I>>)[]>(
    this: Q,
    ...fields: Fields<LabelOf<I>, {}, P>
  ): Q & Yields<OnlyRow<LabelOf<I>, RowOf<Q>, P[number]>, AnnotationsOf<Q>>;

  /**
   * Loads all columns but these; they come when awaited. `defer(null)` loads all again.
   *
   * @example
   * const books = await Book.objects.defer('blurb');
   */
  defer<Q>(this: Q, reset: null): Q & Yields<I, AnnotationsOf<Q>>;
  defer<Q, const P extends readonly ((string & {}) | Names<LabelOf<I>>)[]>(
    this: Q,
    ...fields: Fields<LabelOf<I>, {}, P>
  ): Q & Yields<DeferRow<LabelOf<I>, RowOf<Q>, P[number]>, AnnotationsOf<Q>>;

  /**
   * Loads foreign keys and one-to-one relations in the same query: they are there without awaiting.
   * A one-to-one relation from the other side may be null.
   * Without names: all keys that are not null; `null` takes all back.
   *
   * @example
   * const books = await Book.objects.selectRelated('publisher', 'publisher__country');
   * books[0]!.publisher.country.name;
   */
  selectRelated<Q, const P extends readonly ((string & {}) | ForwardRelations<LabelOf<I>> | null)[]>(
    this: Q,
    ...fields: RelatedPaths<LabelOf<I>, P>
  ): Q & Yields<WithRelated<LabelOf<I>, RowOf<Q>, P[number] & string>, AnnotationsOf<Q>>;

  /**
   * Loads related objects with one more query for each relation, for all rows together.
   *
   * @example
   * await Author.objects.prefetchRelated('books__tags');
   * const [author] = await Author.objects.prefetchRelated(
   *   Prefetch('books', { queryset: Book.objects.orderBy('-price').slice(0, 3), toAttr: 'dearest' }));
   * author.dearest[0]!.title;
   */
  prefetchRelated<Q, const P extends readonly (string | PrefetchLookup<any, any, any> | null)[]>(
    this: Q,
    ...lookups: PrefetchPaths<I, RowOf<Q>, P>
  ): Q & Yields<WithPrefetched<I, RowOf<Q>, P>, AnnotationsOf<Q>>;

  /**
   * How relations that are not loaded are fetched when awaited: for all rows of the query together (`peers`, one query), one by one
   * (`one`), or not at all (`raise` throws).
   *
   * @example
   * for (const book of await Book.objects.fetchMode('peers')) console.log((await book.publisher).name);   // two queries
   */
  fetchMode<Q>(this: Q, mode: 'peers' | 'one' | 'raise'): Q;

  /**
   * The rows of this and the other queries: each once, or with `all` as often as they occur. Columns are those of the first. SQL: UNION.
   *
   * @example
   * Author.objects.valuesList('name').union(Editor.objects.valuesList('name'), { all: true })
   */
  union<Q>(this: Q, ...others: (AnyQuerySet | { readonly all: boolean })[]): Q;
  /**
   * The rows that are in all the queries. SQL: INTERSECT.
   *
   * @example
   * Book.objects.filter({ price__lt: 9 }).intersection(Book.objects.filter({ pages__gt: 300 }))
   */
  intersection<Q>(this: Q, ...others: AnyQuerySet[]): Q;
  /**
   * The rows that are in none of the other queries. SQL: EXCEPT.
   *
   * @example
   * Book.objects.all().difference(Book.objects.filter({ price: null }))
   */
  difference<Q>(this: Q, ...others: AnyQuerySet[]): Q;
  /**
   * Rows that both QuerySets have, by joining their conditions: Django's `&`. SQL: AND.
   *
   * @example
   * const both = cheap.and(recent);
   */
  and<Q>(this: Q, other: AnyQuerySet): Q;
  /**
   * Rows that one of the QuerySets has, by joining their conditions: Django's `|`. SQL: OR.
   *
   * @example
   * const either = cheap.or(recent);
   */
  or<Q>(this: Q, other: AnyQuerySet): Q;
  /**
   * Rows that one of the QuerySets has but not both: Django's `^`.
   *
   * @example
   * const exactlyOne = cheap.xor(recent);
   */
  xor<Q>(this: Q, other: AnyQuerySet): Q;

  /**
   * Asks the database with this alias, or inside this transaction, wherever the QuerySet is awaited.
   *
   * @example
   * await Book.objects.using('replica').count();
   * await atomic(async (tx) => Book.objects.using(tx).update({ price: 5 }));
   */
  using<Q>(this: Q, alias: string | Transaction): Q;

  /**
   * What this QuerySet asks is cancelled on the server when the signal is aborted: OperationalError with the code `cancelled`.
   *
   * @example
   * const books = await Book.objects.withSignal(request.signal).filter({ title__icontains: 'war' });
   */
  withSignal<Q>(this: Q, signal: AbortSignal): Q;

  /**
   * Locks the rows until the transaction ends. Throws TransactionManagementError outside of one. SQL: FOR UPDATE.
   *
   * @example
   * await atomic(async () => { const [job] = await Job.objects.selectForUpdate({ skipLocked: true }).slice(0, 1); … });
   */
  selectForUpdate<Q>(
    this: Q,
    options?: {
      readonly nowait?: boolean;
      readonly skipLocked?: boolean;
      readonly of?: readonly string[];
      readonly noKey?: boolean;
    },
  ): Q;
}

/** What the class `QuerySet` itself is: it is made by managers, and extended. */
export interface QuerySetConstructor {
  new <I>(...args: any[]): QuerySet<I>;
  readonly prototype: QuerySet<any>;

  /**
   * A manager with the methods of the class that it is called on.
   *
   * @example
   * static override readonly objects = PostQuerySet.asManager();
   */
  asManager<Q>(this: new (...args: any[]) => Q): Q;
}

/** The manager of a model: its QuerySet, from all rows on. */
export type Manager<I> = QuerySet<I>;

export type { Annotations, CheckedExpression };
