import type { ValueOf } from './descriptions.js';
import type * as Aggregates from './public/aggregates.js';
import type { ChoicesFactory } from './public/choices.js';
import type { ConnectiveFactory, NotFactory, QFactory } from './public/conditions.js';
import type { DefineConfigFunction } from './public/config.js';
import type { CteFactory } from './public/cte.js';
import type * as Expressions from './public/expressions.js';
import type * as Fields from './public/fields.js';
import type * as Functions from './public/functions.js';
import type { RegisterLookupsFunction } from './public/lookups.js';
import type { AbstractModelFactory, ModelFactory } from './public/model.js';
import type { PrefetchFactory, PrefetchRelatedObjects } from './public/prefetch.js';
import type { QuerySetConstructor } from './public/queryset.js';
import type {
  CompositePrimaryKeyClass,
  ForeignKeyClass,
  ManyToManyFieldClass,
  OnDelete,
  OneToOneFieldClass,
} from './public/relations.js';
import type { AtomicFunction, OnCommitFunction, WithSignalFunction } from './public/transactions.js';
import type * as Windows from './public/windows.js';

/**
 * Public value → its type. The entry file gives each run-time value the type that stands here, and nothing else:
 *
 * @example
 * export const CharField: Faces['CharField'] = face(runtime.CharField);
 */
export interface Faces extends FieldFaces, ModelFaces, QueryFaces, AggregateFaces, FunctionFaces, WindowFaces {}

/** Fields, relations and what happens on deletion. */
export interface FieldFaces {
  AutoField: Fields.AutoFieldClass;
  BigAutoField: Fields.AutoFieldClass;
  SmallAutoField: Fields.AutoFieldClass;
  BigIntegerField: Fields.BigIntegerFieldClass;
  BinaryField: Fields.BinaryFieldClass;
  BooleanField: Fields.BooleanFieldClass;
  CompositePrimaryKey: CompositePrimaryKeyClass;
  CharField: Fields.CharFieldClass;
  DateField: Fields.DateFieldClass;
  DateTimeField: Fields.DateTimeFieldClass;
  DecimalField: Fields.DecimalFieldClass;
  DurationField: Fields.DurationFieldClass;
  EmailField: Fields.EmailFieldClass;
  FileField: Fields.FileFieldClass;
  FilePathField: Fields.FilePathFieldClass;
  FloatField: Fields.FloatFieldClass;
  GeneratedField: Fields.GeneratedFieldClass;
  GenericIPAddressField: Fields.GenericIPAddressFieldClass;
  ImageField: Fields.ImageFieldClass;
  InstantField: Fields.InstantFieldClass;
  IntegerField: Fields.IntegerFieldClass;
  JSONField: Fields.JSONFieldClass;
  PositiveBigIntegerField: Fields.BigIntegerFieldClass;
  PositiveIntegerField: Fields.IntegerFieldClass;
  PositiveSmallIntegerField: Fields.IntegerFieldClass;
  SlugField: Fields.SlugFieldClass;
  SmallIntegerField: Fields.IntegerFieldClass;
  TextField: Fields.TextFieldClass;
  TimeField: Fields.TimeFieldClass;
  URLField: Fields.URLFieldClass;
  UUIDField: Fields.UUIDFieldClass;
  ForeignKey: ForeignKeyClass;
  OneToOneField: OneToOneFieldClass;
  ManyToManyField: ManyToManyFieldClass;
  CASCADE: OnDelete;
  PROTECT: OnDelete;
  RESTRICT: OnDelete;
  SET_NULL: OnDelete;
  SET_DEFAULT: OnDelete;
  SET: (value: unknown) => OnDelete;
  DO_NOTHING: OnDelete;
  DB_CASCADE: OnDelete;
  DB_SET_NULL: OnDelete;
  DB_SET_DEFAULT: OnDelete;
}

/** Models, the project, choices and transactions. */
export interface ModelFaces {
  Model: ModelFactory;
  AbstractModel: AbstractModelFactory;
  QuerySet: QuerySetConstructor;
  defineConfig: DefineConfigFunction;
  choices: ChoicesFactory;
  atomic: AtomicFunction;
  onCommit: OnCommitFunction;
  withSignal: WithSignalFunction;
}

/** Conditions and expressions. */
export interface QueryFaces {
  Q: QFactory;
  and: ConnectiveFactory;
  or: ConnectiveFactory;
  xor: ConnectiveFactory;
  not: NotFactory;
  F: Expressions.FFactory;
  Value: Expressions.ValueFactory;
  ExpressionWrapper: Expressions.ExpressionWrapperFactory;
  Case: Expressions.CaseFactory;
  When: Expressions.WhenFactory;
  Subquery: Expressions.SubqueryFactory;
  Exists: Expressions.ExistsFactory;
  OuterRef: Expressions.OuterRefFactory;
  OrderBy: Expressions.OrderByFactory;
  Func: Expressions.FuncFactory;
  RawSQL: Expressions.RawSQLFactory;
  FilteredRelation: Expressions.FilteredRelationFactory;
  Cte: CteFactory;
  Prefetch: PrefetchFactory;
  prefetchRelatedObjects: PrefetchRelatedObjects;
  JSONNull: Expressions.Expression<ValueOf<null>>;
  Exact: Expressions.LookupExpressionFactory;
  IExact: Expressions.LookupExpressionFactory;
  Contains: Expressions.LookupExpressionFactory;
  IContains: Expressions.LookupExpressionFactory;
  StartsWith: Expressions.LookupExpressionFactory;
  IStartsWith: Expressions.LookupExpressionFactory;
  EndsWith: Expressions.LookupExpressionFactory;
  IEndsWith: Expressions.LookupExpressionFactory;
  Regex: Expressions.LookupExpressionFactory;
  IRegex: Expressions.LookupExpressionFactory;
  GreaterThan: Expressions.LookupExpressionFactory;
  GreaterThanOrEqual: Expressions.LookupExpressionFactory;
  LessThan: Expressions.LookupExpressionFactory;
  LessThanOrEqual: Expressions.LookupExpressionFactory;
  Range: Expressions.LookupExpressionFactory;
  In: Expressions.LookupExpressionFactory;
  IsNull: Expressions.LookupExpressionFactory;
  registerLookups: RegisterLookupsFunction;
}

export interface AggregateFaces {
  Count: Aggregates.CountFactory;
  Sum: Aggregates.SameTypeAggregateFactory<'sum'>;
  Min: Aggregates.SameTypeAggregateFactory<'min'>;
  Max: Aggregates.SameTypeAggregateFactory<'max'>;
  AnyValue: Aggregates.SameTypeAggregateFactory<'anyvalue'>;
  Avg: Aggregates.AverageFactory<'avg'>;
  StdDev: Aggregates.AverageFactory<'stddev'>;
  Variance: Aggregates.AverageFactory<'variance'>;
  StringAgg: Aggregates.StringAggFactory;
}

/** The functions that stand anywhere. */
export interface FunctionFaces {
  Cast: Functions.CastFunction;
  Coalesce: Functions.CoalesceFunction;
  Collate: Functions.CollateFunction;
  Greatest: Functions.ExtremeFunction;
  Least: Functions.ExtremeFunction;
  NullIf: Functions.NullIfFunction;
  Extract: Functions.NamedExtractFunction;
  ExtractDay: Functions.ExtractFunction;
  ExtractHour: Functions.ExtractFunction;
  ExtractIsoWeekDay: Functions.ExtractFunction;
  ExtractIsoYear: Functions.ExtractFunction;
  ExtractMinute: Functions.ExtractFunction;
  ExtractMonth: Functions.ExtractFunction;
  ExtractQuarter: Functions.ExtractFunction;
  ExtractSecond: Functions.ExtractFunction;
  ExtractWeek: Functions.ExtractFunction;
  ExtractWeekDay: Functions.ExtractFunction;
  ExtractYear: Functions.ExtractFunction;
  Now: Functions.Constant<Date>;
  Trunc: Functions.NamedTruncFunction;
  TruncDate: Functions.TruncDateFunction;
  TruncDay: Functions.TruncFunction;
  TruncHour: Functions.TruncFunction;
  TruncMinute: Functions.TruncFunction;
  TruncMonth: Functions.TruncFunction;
  TruncQuarter: Functions.TruncFunction;
  TruncSecond: Functions.TruncFunction;
  TruncTime: Functions.TruncTimeFunction;
  TruncWeek: Functions.TruncFunction;
  TruncYear: Functions.TruncFunction;
  JSONArray: Functions.JSONArrayFunction;
  JSONObject: Functions.JSONObjectFunction;
  KT: Functions.KTFunction;
  Abs: Functions.SameTypeFunction;
  ACos: Functions.FloatFunction;
  ASin: Functions.FloatFunction;
  ATan: Functions.FloatFunction;
  ATan2: Functions.FloatFunction2;
  Ceil: Functions.SameTypeFunction;
  Cos: Functions.FloatFunction;
  Cot: Functions.FloatFunction;
  Degrees: Functions.FloatFunction;
  Exp: Functions.FloatFunction;
  Floor: Functions.SameTypeFunction;
  Ln: Functions.FloatFunction;
  Log: Functions.FloatFunction2;
  Mod: Functions.ModFunction;
  Pi: Functions.Constant<number>;
  Power: Functions.FloatFunction2;
  Radians: Functions.FloatFunction;
  Random: Functions.Constant<number>;
  Round: Functions.RoundFunction;
  Sign: Functions.SameTypeFunction;
  Sin: Functions.FloatFunction;
  Sqrt: Functions.FloatFunction;
  Tan: Functions.FloatFunction;
  MD5: Functions.UnaryFunction<string>;
  SHA1: Functions.UnaryFunction<string>;
  SHA224: Functions.UnaryFunction<string>;
  SHA256: Functions.UnaryFunction<string>;
  SHA384: Functions.UnaryFunction<string>;
  SHA512: Functions.UnaryFunction<string>;
  Chr: Functions.UnaryFunction<string>;
  Concat: Functions.ConcatFunction;
  ConcatPair: Functions.ConcatFunction;
  Left: Functions.TextAndLengthFunction;
  Length: Functions.UnaryFunction<number>;
  Lower: Functions.UnaryFunction<string>;
  LPad: Functions.PadFunction;
  LTrim: Functions.UnaryFunction<string>;
  Ord: Functions.UnaryFunction<number>;
  Repeat: Functions.TextAndLengthFunction;
  Replace: Functions.ReplaceFunction;
  Reverse: Functions.UnaryFunction<string>;
  Right: Functions.TextAndLengthFunction;
  RPad: Functions.PadFunction;
  RTrim: Functions.UnaryFunction<string>;
  StrIndex: Functions.StrIndexFunction;
  Substr: Functions.SubstrFunction;
  Trim: Functions.UnaryFunction<string>;
  Upper: Functions.UnaryFunction<string>;
}

/** Windows and the functions that stand only there. */
export interface WindowFaces {
  Window: Windows.WindowFactory;
  RowRange: Windows.FrameFactory;
  ValueRange: Windows.FrameFactory;
  CumeDist: Functions.Constant<number>;
  DenseRank: Functions.Constant<number>;
  FirstValue: Windows.EdgeFunction;
  Lag: Windows.NeighbourFunction;
  LastValue: Windows.EdgeFunction;
  Lead: Windows.NeighbourFunction;
  NthValue: Windows.NthValueFunction;
  Ntile: Windows.NtileFunction;
  PercentRank: Functions.Constant<number>;
  Rank: Functions.Constant<number>;
  RowNumber: Functions.Constant<number>;
}
