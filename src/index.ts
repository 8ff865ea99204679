import { registerBackend } from './database/databases.js';
import * as databaseTransaction from './database/transaction.js';
import * as expressionsCase from './expressions/case.js';
import * as expressionsF from './expressions/f.js';
import * as expressionsFilteredRelation from './expressions/filtered-relation.js';
import * as expressionsFunc from './expressions/func.js';
import * as expressionsOrderBy from './expressions/order-by.js';
import * as expressionsQ from './expressions/q.js';
import * as expressionsRaw from './expressions/raw.js';
import * as expressionsSubquery from './expressions/subquery.js';
import * as expressionsValue from './expressions/value.js';
import * as expressionsWindow from './expressions/window.js';
import * as expressionsWrapper from './expressions/wrapper.js';
import * as fieldsBinary from './fields/binary.js';
import * as fieldsBoolean from './fields/boolean.js';
import * as fieldsChoices from './fields/choices.js';
import * as fieldsDuration from './fields/duration.js';
import * as fieldsFiles from './fields/files.js';
import * as fieldsGenerated from './fields/generated.js';
import * as fieldsJson from './fields/json.js';
import * as fieldsNumeric from './fields/numeric.js';
import * as fieldsOnDelete from './fields/on-delete.js';
import * as fieldsRelations from './fields/relations.js';
import * as fieldsTemporal from './fields/temporal.js';
import * as fieldsText from './fields/text.js';
import * as fieldsUuid from './fields/uuid.js';
import * as functionsAggregates from './functions/aggregates.js';
import * as functionsComparison from './functions/comparison.js';
import * as functionsDatetime from './functions/datetime.js';
import * as functionsJson from './functions/json.js';
import * as functionsMath from './functions/math.js';
import * as functionsText from './functions/text.js';
import * as functionsWindow from './functions/window.js';
import * as lookupsAsExpressions from './lookups/as-expressions.js';
import * as lookupsRegistry from './lookups/registry.js';
import * as modelsConfig from './models/config.js';
import * as modelsDefine from './models/define.js';
import * as queryCte from './query/cte.js';
import * as queryPrefetch from './query/prefetch.js';
import * as queryQueryset from './query/queryset.js';
import type { Faces } from './types/faces.js';
import type * as conditionTypes from './types/public/conditions.js';
import type * as cteTypes from './types/public/cte.js';
import type * as querysetTypes from './types/public/queryset.js';

// Backends are loaded when a database of theirs is first used.
registerBackend('sqlite', async () => (await import('./backends/sqlite/index.js')).backend);
for (const scheme of ['postgres', 'postgresql'])
  registerBackend(scheme, async () => (await import('./backends/postgres/index.js')).postgres);
registerBackend('pglite', async () => (await import('./backends/postgres/index.js')).pglite);
for (const scheme of ['mysql', 'mariadb']) {
  registerBackend(scheme, async () => (await import('./backends/mysql/index.js')).mysql);
}

/** The value under its public type: what runs knows no models, what is typed knows nothing but them. */
const face = (value: unknown): any => value;

// --- fields
export const BinaryField: Faces['BinaryField'] = face(fieldsBinary.BinaryField);
export const BooleanField: Faces['BooleanField'] = face(fieldsBoolean.BooleanField);
export const choices: Faces['choices'] = face(fieldsChoices.choices);
export const DurationField: Faces['DurationField'] = face(fieldsDuration.DurationField);
export const FileField: Faces['FileField'] = face(fieldsFiles.FileField);
export const FilePathField: Faces['FilePathField'] = face(fieldsFiles.FilePathField);
export const ImageField: Faces['ImageField'] = face(fieldsFiles.ImageField);
export const GeneratedField: Faces['GeneratedField'] = face(fieldsGenerated.GeneratedField);
export const JSONField: Faces['JSONField'] = face(fieldsJson.JSONField);
export const JSONNull: Faces['JSONNull'] = face(fieldsJson.JSONNull);
export const AutoField: Faces['AutoField'] = face(fieldsNumeric.AutoField);
export const BigAutoField: Faces['BigAutoField'] = face(fieldsNumeric.BigAutoField);
export const SmallAutoField: Faces['SmallAutoField'] = face(fieldsNumeric.SmallAutoField);
export const BigIntegerField: Faces['BigIntegerField'] = face(fieldsNumeric.BigIntegerField);
export const DecimalField: Faces['DecimalField'] = face(fieldsNumeric.DecimalField);
export const FloatField: Faces['FloatField'] = face(fieldsNumeric.FloatField);
export const IntegerField: Faces['IntegerField'] = face(fieldsNumeric.IntegerField);
export const PositiveBigIntegerField: Faces['PositiveBigIntegerField'] = face(fieldsNumeric.PositiveBigIntegerField);
export const PositiveIntegerField: Faces['PositiveIntegerField'] = face(fieldsNumeric.PositiveIntegerField);
export const PositiveSmallIntegerField: Faces['PositiveSmallIntegerField'] = face(
  fieldsNumeric.PositiveSmallIntegerField,
);
export const SmallIntegerField: Faces['SmallIntegerField'] = face(fieldsNumeric.SmallIntegerField);
export const CASCADE: Faces['CASCADE'] = face(fieldsOnDelete.CASCADE);
export const PROTECT: Faces['PROTECT'] = face(fieldsOnDelete.PROTECT);
export const RESTRICT: Faces['RESTRICT'] = face(fieldsOnDelete.RESTRICT);
export const SET_NULL: Faces['SET_NULL'] = face(fieldsOnDelete.SET_NULL);
export const SET_DEFAULT: Faces['SET_DEFAULT'] = face(fieldsOnDelete.SET_DEFAULT);
export const SET: Faces['SET'] = face(fieldsOnDelete.SET);
export const DO_NOTHING: Faces['DO_NOTHING'] = face(fieldsOnDelete.DO_NOTHING);
export const DB_CASCADE: Faces['DB_CASCADE'] = face(fieldsOnDelete.DB_CASCADE);
export const DB_SET_NULL: Faces['DB_SET_NULL'] = face(fieldsOnDelete.DB_SET_NULL);
export const DB_SET_DEFAULT: Faces['DB_SET_DEFAULT'] = face(fieldsOnDelete.DB_SET_DEFAULT);
export const ForeignKey: Faces['ForeignKey'] = face(fieldsRelations.ForeignKey);
export const OneToOneField: Faces['OneToOneField'] = face(fieldsRelations.OneToOneField);
export const ManyToManyField: Faces['ManyToManyField'] = face(fieldsRelations.ManyToManyField);
export const DateField: Faces['DateField'] = face(fieldsTemporal.DateField);
export const DateTimeField: Faces['DateTimeField'] = face(fieldsTemporal.DateTimeField);
export const InstantField: Faces['InstantField'] = face(fieldsTemporal.InstantField);
export const TimeField: Faces['TimeField'] = face(fieldsTemporal.TimeField);
export const CharField: Faces['CharField'] = face(fieldsText.CharField);
export const EmailField: Faces['EmailField'] = face(fieldsText.EmailField);
export const GenericIPAddressField: Faces['GenericIPAddressField'] = face(fieldsText.GenericIPAddressField);
export const SlugField: Faces['SlugField'] = face(fieldsText.SlugField);
export const TextField: Faces['TextField'] = face(fieldsText.TextField);
export const URLField: Faces['URLField'] = face(fieldsText.URLField);
export const UUIDField: Faces['UUIDField'] = face(fieldsUuid.UUIDField);

// --- conditions and expressions
export const Case: Faces['Case'] = face(expressionsCase.Case);
export const When: Faces['When'] = face(expressionsCase.When);
export const F: Faces['F'] = face(expressionsF.F);
export const FilteredRelation: Faces['FilteredRelation'] = face(expressionsFilteredRelation.FilteredRelation);
export const Func: Faces['Func'] = face(expressionsFunc.Func);
export const OrderBy: Faces['OrderBy'] = face(expressionsOrderBy.OrderBy);
export type Q<I = any> = conditionTypes.Q<I>;
export const Q: Faces['Q'] = face(expressionsQ.Q);
export const and: Faces['and'] = face(expressionsQ.and);
export const or: Faces['or'] = face(expressionsQ.or);
export const xor: Faces['xor'] = face(expressionsQ.xor);
export const not: Faces['not'] = face(expressionsQ.not);
export const RawSQL: Faces['RawSQL'] = face(expressionsRaw.RawSQL);
export const Subquery: Faces['Subquery'] = face(expressionsSubquery.Subquery);
export const Exists: Faces['Exists'] = face(expressionsSubquery.Exists);
export const OuterRef: Faces['OuterRef'] = face(expressionsSubquery.OuterRef);
export const Value: Faces['Value'] = face(expressionsValue.Value);
export const Window: Faces['Window'] = face(expressionsWindow.Window);
export const RowRange: Faces['RowRange'] = face(expressionsWindow.RowRange);
export const ValueRange: Faces['ValueRange'] = face(expressionsWindow.ValueRange);
export const ExpressionWrapper: Faces['ExpressionWrapper'] = face(expressionsWrapper.ExpressionWrapper);

// --- functions
export const Count: Faces['Count'] = face(functionsAggregates.Count);
export const Sum: Faces['Sum'] = face(functionsAggregates.Sum);
export const Min: Faces['Min'] = face(functionsAggregates.Min);
export const Max: Faces['Max'] = face(functionsAggregates.Max);
export const AnyValue: Faces['AnyValue'] = face(functionsAggregates.AnyValue);
export const Avg: Faces['Avg'] = face(functionsAggregates.Avg);
export const StdDev: Faces['StdDev'] = face(functionsAggregates.StdDev);
export const Variance: Faces['Variance'] = face(functionsAggregates.Variance);
export const StringAgg: Faces['StringAgg'] = face(functionsAggregates.StringAgg);
export const Cast: Faces['Cast'] = face(functionsComparison.Cast);
export const Coalesce: Faces['Coalesce'] = face(functionsComparison.Coalesce);
export const Collate: Faces['Collate'] = face(functionsComparison.Collate);
export const Greatest: Faces['Greatest'] = face(functionsComparison.Greatest);
export const Least: Faces['Least'] = face(functionsComparison.Least);
export const NullIf: Faces['NullIf'] = face(functionsComparison.NullIf);
export const Extract: Faces['Extract'] = face(functionsDatetime.Extract);
export const ExtractDay: Faces['ExtractDay'] = face(functionsDatetime.ExtractDay);
export const ExtractHour: Faces['ExtractHour'] = face(functionsDatetime.ExtractHour);
export const ExtractIsoWeekDay: Faces['ExtractIsoWeekDay'] = face(functionsDatetime.ExtractIsoWeekDay);
export const ExtractIsoYear: Faces['ExtractIsoYear'] = face(functionsDatetime.ExtractIsoYear);
export const ExtractMinute: Faces['ExtractMinute'] = face(functionsDatetime.ExtractMinute);
export const ExtractMonth: Faces['ExtractMonth'] = face(functionsDatetime.ExtractMonth);
export const ExtractQuarter: Faces['ExtractQuarter'] = face(functionsDatetime.ExtractQuarter);
export const ExtractSecond: Faces['ExtractSecond'] = face(functionsDatetime.ExtractSecond);
export const ExtractWeek: Faces['ExtractWeek'] = face(functionsDatetime.ExtractWeek);
export const ExtractWeekDay: Faces['ExtractWeekDay'] = face(functionsDatetime.ExtractWeekDay);
export const ExtractYear: Faces['ExtractYear'] = face(functionsDatetime.ExtractYear);
export const Now: Faces['Now'] = face(functionsDatetime.Now);
export const Trunc: Faces['Trunc'] = face(functionsDatetime.Trunc);
export const TruncDate: Faces['TruncDate'] = face(functionsDatetime.TruncDate);
export const TruncDay: Faces['TruncDay'] = face(functionsDatetime.TruncDay);
export const TruncHour: Faces['TruncHour'] = face(functionsDatetime.TruncHour);
export const TruncMinute: Faces['TruncMinute'] = face(functionsDatetime.TruncMinute);
export const TruncMonth: Faces['TruncMonth'] = face(functionsDatetime.TruncMonth);
export const TruncQuarter: Faces['TruncQuarter'] = face(functionsDatetime.TruncQuarter);
export const TruncSecond: Faces['TruncSecond'] = face(functionsDatetime.TruncSecond);
export const TruncTime: Faces['TruncTime'] = face(functionsDatetime.TruncTime);
export const TruncWeek: Faces['TruncWeek'] = face(functionsDatetime.TruncWeek);
export const TruncYear: Faces['TruncYear'] = face(functionsDatetime.TruncYear);
export const JSONArray: Faces['JSONArray'] = face(functionsJson.JSONArray);
export const JSONObject: Faces['JSONObject'] = face(functionsJson.JSONObject);
export const KT: Faces['KT'] = face(functionsJson.KT);
export const Abs: Faces['Abs'] = face(functionsMath.Abs);
export const ACos: Faces['ACos'] = face(functionsMath.ACos);
export const ASin: Faces['ASin'] = face(functionsMath.ASin);
export const ATan: Faces['ATan'] = face(functionsMath.ATan);
export const ATan2: Faces['ATan2'] = face(functionsMath.ATan2);
export const Ceil: Faces['Ceil'] = face(functionsMath.Ceil);
export const Cos: Faces['Cos'] = face(functionsMath.Cos);
export const Cot: Faces['Cot'] = face(functionsMath.Cot);
export const Degrees: Faces['Degrees'] = face(functionsMath.Degrees);
export const Exp: Faces['Exp'] = face(functionsMath.Exp);
export const Floor: Faces['Floor'] = face(functionsMath.Floor);
export const Ln: Faces['Ln'] = face(functionsMath.Ln);
export const Log: Faces['Log'] = face(functionsMath.Log);
export const Mod: Faces['Mod'] = face(functionsMath.Mod);
export const Pi: Faces['Pi'] = face(functionsMath.Pi);
export const Power: Faces['Power'] = face(functionsMath.Power);
export const Radians: Faces['Radians'] = face(functionsMath.Radians);
export const Random: Faces['Random'] = face(functionsMath.Random);
export const Round: Faces['Round'] = face(functionsMath.Round);
export const Sign: Faces['Sign'] = face(functionsMath.Sign);
export const Sin: Faces['Sin'] = face(functionsMath.Sin);
export const Sqrt: Faces['Sqrt'] = face(functionsMath.Sqrt);
export const Tan: Faces['Tan'] = face(functionsMath.Tan);
export const MD5: Faces['MD5'] = face(functionsText.MD5);
export const SHA1: Faces['SHA1'] = face(functionsText.SHA1);
export const SHA224: Faces['SHA224'] = face(functionsText.SHA224);
export const SHA256: Faces['SHA256'] = face(functionsText.SHA256);
export const SHA384: Faces['SHA384'] = face(functionsText.SHA384);
export const SHA512: Faces['SHA512'] = face(functionsText.SHA512);
export const Chr: Faces['Chr'] = face(functionsText.Chr);
export const Concat: Faces['Concat'] = face(functionsText.Concat);
export const ConcatPair: Faces['ConcatPair'] = face(functionsText.ConcatPair);
export const Left: Faces['Left'] = face(functionsText.Left);
export const Length: Faces['Length'] = face(functionsText.Length);
export const Lower: Faces['Lower'] = face(functionsText.Lower);
export const LPad: Faces['LPad'] = face(functionsText.LPad);
export const LTrim: Faces['LTrim'] = face(functionsText.LTrim);
export const Ord: Faces['Ord'] = face(functionsText.Ord);
export const Repeat: Faces['Repeat'] = face(functionsText.Repeat);
export const Replace: Faces['Replace'] = face(functionsText.Replace);
export const Reverse: Faces['Reverse'] = face(functionsText.Reverse);
export const Right: Faces['Right'] = face(functionsText.Right);
export const RPad: Faces['RPad'] = face(functionsText.RPad);
export const RTrim: Faces['RTrim'] = face(functionsText.RTrim);
export const StrIndex: Faces['StrIndex'] = face(functionsText.StrIndex);
export const Substr: Faces['Substr'] = face(functionsText.Substr);
export const Trim: Faces['Trim'] = face(functionsText.Trim);
export const Upper: Faces['Upper'] = face(functionsText.Upper);
export const CumeDist: Faces['CumeDist'] = face(functionsWindow.CumeDist);
export const DenseRank: Faces['DenseRank'] = face(functionsWindow.DenseRank);
export const FirstValue: Faces['FirstValue'] = face(functionsWindow.FirstValue);
export const Lag: Faces['Lag'] = face(functionsWindow.Lag);
export const LastValue: Faces['LastValue'] = face(functionsWindow.LastValue);
export const Lead: Faces['Lead'] = face(functionsWindow.Lead);
export const NthValue: Faces['NthValue'] = face(functionsWindow.NthValue);
export const Ntile: Faces['Ntile'] = face(functionsWindow.Ntile);
export const PercentRank: Faces['PercentRank'] = face(functionsWindow.PercentRank);
export const Rank: Faces['Rank'] = face(functionsWindow.Rank);
export const RowNumber: Faces['RowNumber'] = face(functionsWindow.RowNumber);

// --- lookups as expressions
export const Exact: Faces['Exact'] = face(lookupsAsExpressions.Exact);
export const IExact: Faces['IExact'] = face(lookupsAsExpressions.IExact);
export const Contains: Faces['Contains'] = face(lookupsAsExpressions.Contains);
export const IContains: Faces['IContains'] = face(lookupsAsExpressions.IContains);
export const StartsWith: Faces['StartsWith'] = face(lookupsAsExpressions.StartsWith);
export const IStartsWith: Faces['IStartsWith'] = face(lookupsAsExpressions.IStartsWith);
export const EndsWith: Faces['EndsWith'] = face(lookupsAsExpressions.EndsWith);
export const IEndsWith: Faces['IEndsWith'] = face(lookupsAsExpressions.IEndsWith);
export const Regex: Faces['Regex'] = face(lookupsAsExpressions.Regex);
export const IRegex: Faces['IRegex'] = face(lookupsAsExpressions.IRegex);
export const GreaterThan: Faces['GreaterThan'] = face(lookupsAsExpressions.GreaterThan);
export const GreaterThanOrEqual: Faces['GreaterThanOrEqual'] = face(lookupsAsExpressions.GreaterThanOrEqual);
export const LessThan: Faces['LessThan'] = face(lookupsAsExpressions.LessThan);
export const LessThanOrEqual: Faces['LessThanOrEqual'] = face(lookupsAsExpressions.LessThanOrEqual);
export const Range: Faces['Range'] = face(lookupsAsExpressions.Range);
export const In: Faces['In'] = face(lookupsAsExpressions.In);
export const IsNull: Faces['IsNull'] = face(lookupsAsExpressions.IsNull);

// --- lookups of one's own
export const registerLookups: Faces['registerLookups'] = face(lookupsRegistry.registerLookups);

// --- querysets
export type Cte<N extends string, R> = cteTypes.Cte<N, R>;
export const Cte: Faces['Cte'] = face(queryCte.Cte);
export const Prefetch: Faces['Prefetch'] = face(queryPrefetch.Prefetch);
export const prefetchRelatedObjects: Faces['prefetchRelatedObjects'] = face(queryPrefetch.prefetchRelatedObjects);
export type QuerySet<I> = querysetTypes.QuerySet<I>;
export const QuerySet: Faces['QuerySet'] = face(queryQueryset.QuerySet);

// --- models
export const defineConfig: Faces['defineConfig'] = face(modelsConfig.defineConfig);
export const Model: Faces['Model'] = face(modelsDefine.Model);
export const AbstractModel: Faces['AbstractModel'] = face(modelsDefine.AbstractModel);

// --- transactions
export const atomic: Faces['atomic'] = face(databaseTransaction.atomic);
export const onCommit: Faces['onCommit'] = face(databaseTransaction.onCommit);

export { closeDatabases, database as connection } from './database/databases.js';
export { getRollback, setRollback } from './database/transaction.js';
export type {
  DatabaseErrorDetails,
  IntegrityErrorDetails,
  IntegrityErrorKind,
  NuagesErrorOptions,
  ValidationErrorOptions,
  ValidationMessage,
} from './errors.js';
export {
  AppRegistryNotReady,
  AttributeError,
  DatabaseError,
  DataError,
  FieldDoesNotExist,
  FieldError,
  FieldFetchBlocked,
  ImproperlyConfigured,
  IndexError,
  IntegrityError,
  InterfaceError,
  InternalError,
  MultipleObjectsReturned,
  NON_FIELD_ERRORS,
  NotSupportedError,
  NuagesError,
  ObjectDoesNotExist,
  ObjectNotUpdated,
  OperationalError,
  ProgrammingError,
  ProtectedError,
  RestrictedError,
  TransactionManagementError,
  ValidationError,
  ValueError,
} from './errors.js';
export { WindowFrameExclusion } from './expressions/window.js';
export { CompositePrimaryKey } from './fields/relations.js';
export {
  DecimalValidator,
  DomainNameValidator,
  EmailValidator,
  FileExtensionValidator,
  intListValidator,
  MaxLengthValidator,
  MaxValueValidator,
  MinLengthValidator,
  MinValueValidator,
  ProhibitNullCharactersValidator,
  RegexValidator,
  StepValueValidator,
  URLValidator,
  validateCommaSeparatedIntegerList,
  validateDomainName,
  validateEmail,
  validateImageFileExtension,
  validateIpv4Address,
  validateIpv6Address,
  validateIpv46Address,
  validateSlug,
  validateUnicodeSlug,
} from './fields/validators.js';
export { createTables, dropTables } from './models/tables.js';
export { CheckConstraint, Deferrable, UniqueConstraint } from './schema/constraints.js';
export { Index } from './schema/indexes.js';
export { m2mChanged, postDelete, postInit, postSave, preDelete, preInit, preSave } from './signals/model-signals.js';
export { Signal } from './signals/signal.js';
export { sql } from './sql/template.js';
export * from './types/extensions.js';
export type { Choice, ChoiceGroup, ChoiceSet } from './types/public/choices.js';
export type { Condition } from './types/public/conditions.js';
export type { Config, DatabaseConfig } from './types/public/config.js';
export type { Expression } from './types/public/expressions.js';
export type { FieldFile } from './types/public/field-file.js';
export type {
  BinaryFieldOptions,
  CharFieldOptions,
  DateFieldOptions,
  DecimalFieldOptions,
  Field,
  FieldOptions,
  FileFieldOptions,
  FilePathFieldOptions,
  GenericIPAddressFieldOptions,
  ImageFieldOptions,
  JSONFieldOptions,
  SlugFieldOptions,
  TextFieldOptions,
  Validator,
} from './types/public/fields.js';
export type { MetaOptions } from './types/public/meta-options.js';
export type { AnyInstance, InstanceState, ModelInstance, SaveOptions } from './types/public/model-instance.js';
export type { Manager } from './types/public/queryset.js';
export type { RawQuerySet } from './types/public/raw.js';
export type { ForeignKeyOptions, ManyToManyOptions, OnDelete, Relation } from './types/public/relations.js';
export type { AtomicOptions } from './types/public/transactions.js';
export * from './types/register.js';
export type { AnnotationsOf, RowOf } from './types/rows.js';
export { Decimal } from './util/decimal.js';
export { Temporal } from './util/temporal.js';
