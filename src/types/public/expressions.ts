import type { AnyQuerySet } from '../comparable.js';
import type {
  AnyExpression,
  CallOf,
  CaseOf,
  Described,
  Operation,
  PathTo,
  RelationAlias,
  SameAs,
  ValueOf,
} from '../descriptions.js';
import type { Field } from '../field-types.js';
import type { Widened } from '../resolve.js';
import type { RowOf } from '../rows.js';

/** Where NULL goes in an order. */
export interface NullsOptions {
  readonly nullsFirst?: boolean;
  readonly nullsLast?: boolean;
}

/**
 * Something that the database computes. `D` describes it for the compiler, which knows its type once it meets a model.
 * Plain values are taken as they are: `F('title').add('x')` adds the text x.
 */
export interface Expression<out D = unknown> extends Described<D> {
  // Operands are told by their descriptions: were they told by `this`, all methods would be instantiated once more for each expression.

  /** `a + b`. Dates take durations. */
  add<const E>(other: E): Expression<Operation<'add', Described<D>, E>>;
  /** `a - b`. The difference of two dates is a Duration. */
  sub<const E>(other: E): Expression<Operation<'sub', Described<D>, E>>;
  /** `a * b` */
  mul<const E>(other: E): Expression<Operation<'mul', Described<D>, E>>;
  /** `a / b`, of whole numbers a whole number. Null where b is zero (SQLite, MySQL). */
  div<const E>(other: E): Expression<Operation<'div', Described<D>, E>>;
  /** The remainder, with the sign of `a`. */
  mod<const E>(other: E): Expression<Operation<'mod', Described<D>, E>>;
  /** `a` to the power of `b` */
  pow<const E>(other: E): Expression<Operation<'pow', Described<D>, E>>;
  /** Bits that are in both. */
  bitand<const E>(other: E): Expression<Operation<'bit', Described<D>, E>>;
  /** Bits that are in either. */
  bitor<const E>(other: E): Expression<Operation<'bit', Described<D>, E>>;
  /** Bits that are in one but not both. */
  bitxor<const E>(other: E): Expression<Operation<'bit', Described<D>, E>>;
  /** Bits moved to the left. */
  bitleftshift<const E>(other: E): Expression<Operation<'bit', Described<D>, E>>;
  /** Bits moved to the right. */
  bitrightshift<const E>(other: E): Expression<Operation<'bit', Described<D>, E>>;
  /** `-a` */
  neg(): Expression<D>;
  /** For orderBy: ascending. */
  asc(options?: NullsOptions): Expression<D>;
  /** For orderBy: descending. @example orderBy(F('price').desc({ nullsLast: true })) */
  desc(options?: NullsOptions): Expression<D>;
}

/** A column, by path. */
export interface FExpression<out P> extends Expression<PathTo<P>> {
  /** Part of a text, from `start` to `end`, the latter not included. @example F('title').slice(0, 1) */
  slice(start: number, end?: number): Expression<CallOf<string, P>>;
}

/** The type of a field given as `outputField`. */
export type FieldType<X> = X extends Field<infer T, any, any> ? T : unknown;

/** Options that name the type of the result. */
export interface OutputOptions {
  /** A field whose type the result has. */
  readonly outputField?: Field;
}

/** What `F` is. */
export interface FFactory {
  /**
   * The value at a path: a column, a related object's column, a transform of it, an annotation.
   *
   * @example
   * Post.objects.filter({ viewCount__gt: F('author__postCount') }).update({ viewCount: F('viewCount').add(1) })
   */
  <const P extends string>(path: P): FExpression<P>;
  new <const P extends string>(path: P): FExpression<P>;
}

/** What `Value` is. */
export interface ValueFactory {
  /** A value as an expression: where a string would name a field. @example Concat('first', Value(' '), 'last') */
  <const X extends Field>(value: unknown, options: { readonly outputField: X }): Expression<ValueOf<FieldType<X>>>;
  <const V>(value: V, options?: OutputOptions): Expression<ValueOf<Widened<V>>>;
}

/** What `ExpressionWrapper` is. */
export interface ExpressionWrapperFactory {
  /** An expression with a type of your choice. @example ExpressionWrapper(F('a').div(F('b')), { outputField: FloatField() }) */
  <const E extends AnyExpression, const X extends Field>(
    expression: E,
    options: { readonly outputField: X },
  ): Expression<CallOf<FieldType<X>, E>>;
}

/** A condition with what it leads to. */
export interface WhenThen<out C, out X> {
  readonly condition: C;
  readonly then: X;
}

/** What `When` is. */
export interface WhenFactory {
  /** One branch of `Case`: where the condition holds, the result is `then`. @example When({ price__lt: 5 }, Value('cheap')) */
  <const C extends object, const X>(condition: C, then: X): WhenThen<C, X>;
}

/** What `Case` is. */
export interface CaseFactory {
  /**
   * The result of the first branch whose condition holds; else `default`, or null.
   *
   * @example
   * Post.objects.annotate({ tier: Case([When({ viewCount__gte: 1000 }, Value('viral'))], { default: Value('new') }) })
   */
  <
    const W extends readonly WhenThen<any, any>[],
    const O extends { readonly default?: unknown; readonly outputField?: Field } = {},
  >(
    whens: W,
    options?: O,
  ): Expression<CaseDescription<W[number], O>>;
}
type CaseDescription<W, O> = O extends { readonly outputField: infer X extends Field }
  ? ValueOf<FieldType<X> | (O extends { readonly default: unknown } ? never : null)>
  : CaseOf<
      W extends WhenThen<infer C, any> ? C : never,
      W extends WhenThen<any, infer X> ? X : never,
      O extends { readonly default: infer Y } ? Y : null
    >;

/** What `Subquery` is. */
export interface SubqueryFactory {
  /**
   * The first column of the first row of a QuerySet, or null.
   *
   * @example
   * const newest = Comment.objects.filter({ postId: OuterRef('pk') }).orderBy('-createdAt');
   * Post.objects.annotate({ lastWord: Subquery(newest.values('text').slice(0, 1)) })
   */
  <const X extends Field>(
    queryset: AnyQuerySet,
    options: { readonly outputField: X },
  ): Expression<ValueOf<FieldType<X> | null>>;
  <Q extends AnyQuerySet>(queryset: Q): Expression<ValueOf<FirstColumn<RowOf<Q>> | null>>;
}
/** The type of the first column of a row: the key of an instance. */
export type FirstColumn<R> = R extends { pk: infer P }
  ? P
  : R extends readonly [infer X, ...any[]]
    ? X
    : R extends object
      ? R extends Date
        ? R
        : R[keyof R]
      : R;

/** A condition of the database: true or false. */
export interface BooleanExpression extends Expression<ValueOf<boolean>> {}

/** What `Exists` is. */
export interface ExistsFactory {
  /** Whether a QuerySet has a row. @example Author.objects.filter(Exists(Book.objects.filter({ authorId: OuterRef('pk') }))) */
  (queryset: AnyQuerySet): BooleanExpression;
}

/** What `OuterRef` is. */
export interface OuterRefFactory {
  /** Inside a subquery, a path of the query around it. */
  (path: string | AnyExpression): Expression<ValueOf<any>>;
}

/** What `OrderBy` is. */
export interface OrderByFactory {
  /** A term of orderBy. */
  <const E extends string | AnyExpression>(
    expression: E,
    options?: NullsOptions & { readonly descending?: boolean },
  ): Expression<SameAs<E>>;
}

/** What `Func` is. */
export interface FuncFactory {
  /**
   * A function of the database. The last argument may be options; the type is that of `outputField`.
   *
   * @example
   * Func('name', { function: 'SOUNDEX', outputField: CharField() })
   */
  <const A extends readonly unknown[]>(...args: A): Expression<ValueOf<FuncType<A>>>;
  new (...args: any[]): Expression<ValueOf<any>>;
}
export interface FuncOptions extends OutputOptions {
  readonly function?: string;
  /** The SQL in pieces, between which the arguments stand: one piece more than there are arguments. */
  readonly template?: readonly string[];
}
type FuncType<A> = A extends readonly [...any[], { readonly outputField: infer X extends Field }]
  ? FieldType<X> | null
  : unknown;

/** What `RawSQL` is. */
export interface RawSQLFactory {
  /** SQL of your own; values in the template become parameters. @example RawSQL<number>`length(title) + ${n}` */
  <T = unknown>(sql: TemplateStringsArray, ...params: unknown[]): Expression<ValueOf<T>>;
}

/** What `FilteredRelation` is. */
export interface FilteredRelationFactory {
  /**
   * A relation of which only some objects count, under a name of its own.
   *
   * @example
   * Author.objects.annotate({ cheap: FilteredRelation('books', { condition: { books__price__lt: 9 } }) }).filter({ cheap__title: 'x' })
   */
  <const P extends string>(relation: P, options?: { readonly condition?: object }): Expression<RelationAlias<P>>;
}

/** Lookups as expressions: `GreaterThan(F('a'), 5)`. */
export interface LookupExpressionFactory {
  /** True where the lookup holds. A string names a field on the left and is a value on the right. */
  (left: string | AnyExpression, right: unknown): BooleanExpression;
}
