import type { Decimal } from 'decimal.js';
import type { Temporal } from 'temporal-polyfill';
import type { AnyQuerySet } from '../../types/comparable.js';
import type { AggregateOf, AnyExpression, ValueOf } from '../../types/descriptions.js';
import type { Field, IsNull } from '../../types/field-types.js';
import type { OrNull } from '../../types/kinds.js';
import type {
  Aggregate,
  AggregateOptions,
  DescriptionOf,
  NameOf,
  SameTypeAggregateFactory,
  StringAggFactory,
} from '../../types/public/aggregates.js';
import type { Expression, FieldType, FirstColumn } from '../../types/public/expressions.js';
import type { FieldClass, FieldOptions } from '../../types/public/fields.js';
import type { Constant } from '../../types/public/functions.js';
import type { RowOf } from '../../types/yields.js';
import type { HStore, Range } from './kinds.js';
import type { RangeBounds } from './range.js';
import type { RangeBoundaryOptions, RangeOperators } from './range-operators.js';

/** Public value of `nuages/postgres` → its type, as `Faces` says it of `nuages`. */
export interface PostgresFaces extends FieldFaces, AggregateFaces, FunctionFaces {}

export interface ArrayFieldOptions extends FieldOptions {
  /** The most elements, for validation. */
  readonly size?: number | null;
}
export interface RangeFieldOptions extends FieldOptions {
  /** Which bounds belong to a range that is given as `[lower, upper]`. Default `[)`. */
  readonly defaultBounds?: RangeBounds;
}

/** What an array of a field holds: its values, and null where the field has `null: true`. */
type ElementOf<B> = B extends Field<infer T, any, infer O> ? OrNull<T, IsNull<O>> : never;

/** What `ArrayField` is. */
export interface ArrayFieldClass {
  <const B extends Field, const O extends ArrayFieldOptions = {}>(
    baseField: B,
    options?: O,
  ): Field<ElementOf<B>[], 'array', O>;
  new <const B extends Field, const O extends ArrayFieldOptions = {}>(
    baseField: B,
    options?: O,
  ): Field<ElementOf<B>[], 'array', O>;
  readonly prototype: Field<any[], 'array', any>;
}
/** A range field of values of type `T`. */
export interface RangeFieldClass<in out T> extends FieldClass<Range<T>, 'range', RangeFieldOptions, {}> {}

/** What `Range` is. */
export interface RangeClass {
  <T>(lower: T | null, upper: T | null, bounds?: RangeBounds): Range<T>;
  new <T>(lower: T | null, upper: T | null, bounds?: RangeBounds): Range<T>;
  /** The range without any value. */
  empty(): Range<never>;
}

export interface FieldFaces {
  ArrayField: ArrayFieldClass;
  HStoreField: FieldClass<HStore, 'hstore', FieldOptions, {}>;
  IntegerRangeField: RangeFieldClass<number>;
  BigIntegerRangeField: RangeFieldClass<bigint>;
  DecimalRangeField: RangeFieldClass<Decimal>;
  DateTimeRangeField: RangeFieldClass<Date>;
  DateRangeField: RangeFieldClass<Temporal.PlainDate>;
  Range: RangeClass;
  RangeOperators: typeof RangeOperators;
  RangeBoundary: (options?: RangeBoundaryOptions) => Expression<ValueOf<string>>;
}

/** An aggregate of one expression whose result is of kind `K`; see descriptions.ts. */
interface AggregateFactory<N extends string, K> {
  <const E extends string | AnyExpression, const O extends AggregateOptions = {}>(
    expression: E,
    options?: O,
  ): Aggregate<DescriptionOf<K, E, O>, NameOf<E, N>>;
}
/** A statistic of pairs: the dependent value, then the independent one. */
interface PairFactory<O2 extends AggregateOptions> {
  <const Y extends string | AnyExpression, const X extends string | AnyExpression, const O extends O2 = O2>(
    y: Y,
    x: X,
    options?: O,
  ): Expression<AggregateOf<'float', Y | X, O>>;
}
interface PairCountFactory {
  <
    const Y extends string | AnyExpression,
    const X extends string | AnyExpression,
    const O extends { readonly filter?: object } = {},
  >(
    y: Y,
    x: X,
    options?: O,
  ): Expression<AggregateOf<'count', Y | X, O>>;
}

export interface AggregateFaces {
  ArrayAgg: AggregateFactory<'arrayagg', 'array'>;
  JSONBAgg: AggregateFactory<'jsonbagg', 'jsonArray'>;
  StringAgg: StringAggFactory;
  BoolAnd: AggregateFactory<'booland', 'boolean'>;
  BoolOr: AggregateFactory<'boolor', 'boolean'>;
  BitAnd: SameTypeAggregateFactory<'bitand'>;
  BitOr: SameTypeAggregateFactory<'bitor'>;
  BitXor: SameTypeAggregateFactory<'bitxor'>;
  Corr: PairFactory<AggregateOptions>;
  CovarPop: PairFactory<AggregateOptions & { readonly sample?: boolean }>;
  RegrAvgX: PairFactory<AggregateOptions>;
  RegrAvgY: PairFactory<AggregateOptions>;
  RegrCount: PairCountFactory;
  RegrIntercept: PairFactory<AggregateOptions>;
  RegrR2: PairFactory<AggregateOptions>;
  RegrSlope: PairFactory<AggregateOptions>;
  RegrSXX: PairFactory<AggregateOptions>;
  RegrSXY: PairFactory<AggregateOptions>;
  RegrSYY: PairFactory<AggregateOptions>;
}

/** What `ArraySubquery` is. */
export interface ArraySubqueryFactory {
  <const X extends Field>(
    queryset: AnyQuerySet,
    options: { readonly outputField: X },
  ): Expression<ValueOf<FieldType<X>>>;
  <Q extends AnyQuerySet>(queryset: Q): Expression<ValueOf<FirstColumn<RowOf<Q>>[]>>;
}

export interface FunctionFaces {
  ArraySubquery: ArraySubqueryFactory;
  RandomUUID: Constant<string>;
  TransactionNow: Constant<Date>;
}
