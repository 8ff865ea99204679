import type { SqlFragment } from '../../sql/template.js';
import type { AnyCondition, OfferedKeys, Where } from '../conditions.js';
import type { CreateInput, PartialInput } from '../create-input.js';
import type { AnyExpression } from '../descriptions.js';
import type { LabelOf, SavedNames } from '../label.js';
import type { Names } from '../lookup-keys.js';
import type { AggregatedRow, NamedAggregates } from '../positional.js';
import type { PkOf } from '../primary-key.js';
import type { FieldsOf } from '../registered.js';
import type { AnnotationsOf, RowOf } from '../rows.js';
import type { filledIn } from '../symbols.js';
import type { UpdateInput } from '../update-input.js';
import type { OrderTerm, OrderTerms, ValueAt, WrongPath } from '../values.js';
import type { RawQuerySet } from './raw.js';

type FilledInBy<Q> = Q extends { [filledIn](): infer F } ? F : never;

/** The methods of a QuerySet that ask the database. */
export interface QuerySetResults<in out I> {
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
  getOrCreate<Q, K extends PropertyKey = never, D = never, V extends string = never, W = OfferedKeys<LabelOf<I>>>(
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
    K extends PropertyKey = never,
    D = never,
    V extends string = never,
    V2 extends string = never,
    W = OfferedKeys<LabelOf<I>>,
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
