import type { Temporal } from 'temporal-polyfill';
import type { SqlFragment } from '../../sql/template.js';
import type { AnyQuerySet } from '../comparable.js';
import type { AnyCondition, NoKeys, OfferedKeys, Offering, Where } from '../conditions.js';
import type { CreateInput, PartialInput } from '../create-input.js';
import type { AnyExpression } from '../descriptions.js';
import type { LabelOf, SavedNames } from '../label.js';
import type { Names } from '../lookup-keys.js';
import type { AggregatedRow, NamedAggregates, NamedAnnotations, PositionalAnnotations } from '../positional.js';
import type { PkOf } from '../primary-key.js';
import type { FieldsOf } from '../registered.js';
import type { Annotations, CheckedExpression, Resolved } from '../resolve.js';
import type {
  AnnotationsOf,
  DeferRow,
  ForwardRelations,
  OnlyRow,
  Prefetching,
  PrefetchLookup,
  PrefetchPaths,
  RelatedPaths,
  RowOf,
  WithRelated,
  Yields,
} from '../rows.js';
import type { annotations, filledIn, row } from '../symbols.js';
import type { UpdateInput } from '../update-input.js';
import type { OrderTerm, OrderTerms, ValueAt, WrongPath } from '../values.js';
import type { Fields, ListRow, NamedObjects, NamedRow, ValuesRow, WrongField, WrongFields } from '../values-rows.js';
import type { Cte, CteJoin, CteNames, WrongOn } from './cte.js';
import type { RawQuerySet } from './raw.js';
import type { Transaction } from './transactions.js';

type FilledInBy<Q> = Q extends { [filledIn](): infer F } ? F : never;

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
export interface QuerySet<in out I> {
  // One interface, long as it is: of one that extends another the compiler puts all members together once more, for each model and each
  // QuerySet that yields other rows.

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
    K extends PropertyKey = NoKeys,
    D = never,
    K2 extends PropertyKey = NoKeys,
    D2 = never,
    W extends Offering = OfferedKeys<LabelOf<I>, K>,
    W2 extends Offering = OfferedKeys<LabelOf<I>, K2>,
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
    K extends PropertyKey = NoKeys,
    D = never,
    K2 extends PropertyKey = NoKeys,
    D2 = never,
    W extends Offering = OfferedKeys<LabelOf<I>, K>,
    W2 extends Offering = OfferedKeys<LabelOf<I>, K2>,
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
  prefetchRelated<Q, const P extends readonly (string | PrefetchLookup<any, any, any> | null)[] | []>(
    this: Q,
    ...lookups: PrefetchPaths<I, RowOf<Q>, P>
  ): Prefetching<I, Q, P>;

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

  // What asks the database.

  /**
   * Asks the database, once; the rows are remembered. `await` calls it.
   *
   * @example
   * const books = await Book.objects.filter({ price__lt: 9 });
   */
  then<R1 = RowOf<this>[], R2 = never>(
    onfulfilled?: ((rows: RowOf<this>[]) => R1 | PromiseLike<R1>) | null,
    onrejected?: ((reason: any) => R2 | PromiseLike<R2>) | null,
  ): Promise<R1 | R2>;
  /**
   * The rows one by one. Asks the database, once; the rows are remembered.
   *
   * @example
   * for await (const book of Book.objects.all()) console.log(book.title);
   */
  [Symbol.asyncIterator](): AsyncIterator<RowOf<this>>;

  /**
   * The one row for which the conditions hold. Throws `Book.DoesNotExist` or `Book.MultipleObjectsReturned`.
   *
   * @example
   * const dune = await Book.objects.get({ title: 'Dune' });
   */
  get<
    Q,
    K extends PropertyKey = NoKeys,
    D = never,
    K2 extends PropertyKey = NoKeys,
    D2 = never,
    W extends Offering = OfferedKeys<LabelOf<I>, K>,
    W2 extends Offering = OfferedKeys<LabelOf<I>, K2>,
  >(
    this: Q,
    where?: Where<LabelOf<I>, Q, K, D, W>,
    second?: Where<LabelOf<I>, Q, K2, D2, W2>,
    ...more: AnyCondition[]
  ): Promise<RowOf<Q>>;

  /**
   * The first row or null; by key where nothing else orders. SQL: LIMIT 1.
   *
   * @example
   * const newest = await Post.objects.orderBy('-createdAt').first();
   */
  first<Q>(this: Q): Promise<RowOf<Q> | null>;

  /**
   * The last row or null; by key where nothing else orders. SQL: the order turned round, LIMIT 1.
   *
   * @example
   * const oldest = await Post.objects.orderBy('-createdAt').last();
   */
  last<Q>(this: Q): Promise<RowOf<Q> | null>;

  /**
   * The row with the smallest value of the fields, or of the model's `getLatestBy`. Throws DoesNotExist.
   *
   * @example
   * await Post.objects.earliest('createdAt');
   */
  earliest<Q, const P extends readonly OrderTerm<LabelOf<I>>[]>(
    this: Q,
    ...fields: OrderTerms<LabelOf<I>, AnnotationsOf<Q>, P>
  ): Promise<RowOf<Q>>;
  /**
   * The row with the greatest value of the fields, or of the model's `getLatestBy`. Throws DoesNotExist.
   *
   * @example
   * await Post.objects.latest('createdAt');
   */
  latest<Q, const P extends readonly OrderTerm<LabelOf<I>>[]>(
    this: Q,
    ...fields: OrderTerms<LabelOf<I>, AnnotationsOf<Q>, P>
  ): Promise<RowOf<Q>>;

  /**
   * The row at a position, from 0: Django's `qs[i]`. Throws IndexError. SQL: LIMIT 1 OFFSET i.
   *
   * @example
   * const third = await Book.objects.orderBy('title').at(2);
   */
  at<Q>(this: Q, index: number): Promise<RowOf<Q>>;

  /**
   * The number of rows. SQL: COUNT(*); no query once the rows are there.
   *
   * @example
   * await Book.objects.filter({ price__lt: 9 }).count();
   */
  count(): Promise<number>;

  /**
   * Whether there is a row. SQL: SELECT 1 … LIMIT 1; no query once the rows are there.
   *
   * @example
   * if (await Book.objects.filter({ title: 'Dune' }).exists()) …
   */
  exists(): Promise<boolean>;

  /**
   * Whether the object is among the rows. Throws for one that was never saved.
   *
   * @example
   * await publisher.books.contains(book);
   */
  contains(object: I): Promise<boolean>;

  /**
   * The rows by key, or by another unique field.
   *
   * @example
   * const books = await Book.objects.inBulk([1, 2]);
   * books.get(1)?.title;
   */
  inBulk<Q>(this: Q, ids?: Iterable<PkOf<LabelOf<I>>>): Promise<Map<PkOf<LabelOf<I>>, RowOf<Q>>>;
  inBulk<Q, const P extends (string & {}) | Names<LabelOf<I>>>(
    this: Q,
    ids: Iterable<ValueAt<LabelOf<I>, {}, P>> | undefined,
    options: { readonly fieldName: P & NoInfer<WrongPath<LabelOf<I>, {}, P>> },
  ): Promise<Map<ValueAt<LabelOf<I>, {}, P>, RowOf<Q>>>;

  /**
   * One value over all rows for each expression.
   *
   * @example
   * const { total, avg } = await Book.objects.aggregate({ total: Count('*'), avg: Avg('price') });
   */
  aggregate<
    Q,
    const E extends Readonly<Record<string, AnyExpression>> | AnyExpression,
    const C extends readonly AnyExpression[] = [],
  >(
    this: Q,
    expressions: E & NoInfer<NamedAggregates<LabelOf<I>, AnnotationsOf<Q>, E>>,
    ...more: C
  ): Promise<AggregatedRow<LabelOf<I>, AnnotationsOf<Q>, E, C>>;

  /**
   * Streams the rows from the database without remembering them: `chunkSize` at a time; when not given, 2,000 from a server and 250
   * from SQLite. The rows of a chunk load their relations together.
   *
   * @example
   * for await (const book of Book.objects.all().iterator({ chunkSize: 500 })) …
   */
  iterator<Q>(this: Q, options?: { readonly chunkSize?: number }): AsyncIterable<RowOf<Q>>;

  /**
   * Inserts a row. Required is what has no default, may not be null or blank and is not automatic.
   *
   * @example
   * const book = await Book.objects.create({ title: 'Dune', price: '9.50', publisher: ace });
   */
  create<Q, K extends string = never>(this: Q, values: CreateInput<LabelOf<I>, K, FilledInBy<Q>>): Promise<I>;

  /**
   * The row that fits, or a new one. Gives the object and whether it was created.
   *
   * @example
   * const [tag, created] = await Tag.objects.getOrCreate({ name: 'scifi' }, { defaults: { colour: 'blue' } });
   */
  getOrCreate<
    Q,
    K extends PropertyKey = NoKeys,
    D = never,
    V extends string = never,
    W extends Offering = OfferedKeys<LabelOf<I>, K>,
  >(
    this: Q,
    lookup: Where<LabelOf<I>, Q, K, D, W>,
    options?: { readonly defaults?: PartialInput<LabelOf<I>, V> },
  ): Promise<[object: I, created: boolean]>;

  /**
   * Updates the row that fits, or inserts a new one. Gives the object and whether it was created.
   *
   * @example
   * await Price.objects.updateOrCreate({ sku: 'a1' }, { defaults: { amount: 5 }, createDefaults: { amount: 5, since: today } });
   */
  updateOrCreate<
    Q,
    K extends PropertyKey = NoKeys,
    D = never,
    V extends string = never,
    V2 extends string = never,
    W extends Offering = OfferedKeys<LabelOf<I>, K>,
  >(
    this: Q,
    lookup: Where<LabelOf<I>, Q, K, D, W>,
    options?: {
      readonly defaults?: PartialInput<LabelOf<I>, V>;
      readonly createDefaults?: PartialInput<LabelOf<I>, V2>;
    },
  ): Promise<[object: I, created: boolean]>;

  /**
   * Inserts objects by as few statements as the database allows; no `save()` runs.
   *
   * @example
   * await Tag.objects.bulkCreate(names.map((name) => new Tag({ name })), { ignoreConflicts: true });
   */
  bulkCreate(
    objects: Iterable<I>,
    options?: {
      readonly batchSize?: number;
      readonly ignoreConflicts?: boolean;
      readonly updateConflicts?: boolean;
      readonly updateFields?: readonly SavedNames<I>[];
      readonly uniqueFields?: readonly (SavedNames<I> | 'pk' | 'id')[];
    },
  ): Promise<I[]>;

  /**
   * Writes the named fields of many objects, each its own values, in one statement a batch. Gives the number of rows.
   *
   * @example
   * for (const book of books) book.price = book.price.mul('1.1');
   * await Book.objects.bulkUpdate(books, ['price']);
   */
  bulkUpdate(
    objects: Iterable<I>,
    fields: readonly SavedNames<I>[],
    options?: { readonly batchSize?: number },
  ): Promise<number>;

  /**
   * Writes the same values, or expressions of each row's own, to all rows, in one statement. Gives the number of rows.
   *
   * @example
   * await Post.objects.filter({ pk: 1 }).update({ viewCount: F('viewCount').add(1) });
   */
  update<Q, K extends string, V>(
    this: Q,
    values: UpdateInput<LabelOf<I>, FieldsOf<LabelOf<I>>, AnnotationsOf<Q>, K, V>,
  ): Promise<number>;

  /**
   * Deletes the rows and, as `onDelete` says, those that refer to them. Gives the number of rows, and per model.
   *
   * @example
   * const [total, perModel] = await Book.objects.filter({ price: null }).delete();
   */
  delete(): Promise<[total: number, perModel: Record<string, number>]>;

  /**
   * Instances from SQL of one's own. It is taken as a tagged template only: values inside `${}` become parameters, `sql.id(…)` an
   * identifier, and pieces made by `sql` are put in. Columns that are no field become properties; `A` names them.
   *
   * @example
   * await Book.objects.raw`SELECT * FROM library_book WHERE title = ${title}`;
   * const books = await Book.objects.raw<{ age: number }>`SELECT id, title, 2026 - year AS age FROM library_book`;
   * books[0]!.age;
   */
  raw<A = {}>(sql: TemplateStringsArray | SqlFragment, ...values: unknown[]): RawQuerySet<I, I & A>;

  /**
   * How the database would run the query, in its own words. `format` and the other options are those of the database's EXPLAIN:
   * none on SQLite; on PostgreSQL `format` (text, json, yaml, xml), `analyze`, `verbose`, `costs`, `buffers` …
   * Throws ValueError for one that it does not have.
   *
   * @example
   * console.log(await Book.objects.filter({ title: 'Dune' }).explain());
   * await Book.objects.all().explain({ format: 'json', analyze: true });   // PostgreSQL: runs the query
   */
  explain(options?: { readonly format?: string; readonly [option: string]: unknown }): Promise<string>;

  /**
   * The statement and its parameters as they would be sent, for logs and tests; null when nothing can match. Does not query.
   *
   * @example
   * const statement = await Book.objects.filter({ title: 'Dune' }).toSql();
   * statement?.params;   // → ['Dune']
   */
  toSql(): Promise<{ sql: string; params: unknown[] } | null>;

  /** Whether the rows have an order, given or the model's. */
  readonly ordered: boolean;
  /** Alias of the database that would be asked. */
  readonly db: string;
  /** What was asked, as data. */
  readonly query: { toString(): string };
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
