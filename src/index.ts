import * as databaseCancellation from './database/cancellation.js';
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
/**
 * Bytes. In JavaScript: Uint8Array; other views of bytes are accepted. Not editable unless the option says so.
 *
 * @example
 * thumbnail: BinaryField({ null: true })
 */
export const BinaryField: Faces['BinaryField'] = face(fieldsBinary.BinaryField);
/**
 * True or false. In JavaScript: boolean; 1, 0 and the texts t, f, True, False, 1, 0 are accepted.
 *
 * @example
 * isActive: BooleanField({ default: true })
 */
export const BooleanField: Faces['BooleanField'] = face(fieldsBoolean.BooleanField);
/**
 * An enumeration of choices from a const object: each name gives a value, or a value and its label. A label that is not
 * given is made from the name (`IN_STOCK` → `In stock`). Or from `[value, label]` pairs, which then have no names.
 *
 * @example
 * const Status = choices({ DRAFT: 'draft', LIVE: ['live', 'On line'] });
 * Status.DRAFT      // 'draft'
 * Status.labels     // ['Draft', 'On line']
 * CharField({ maxLength: 10, choices: Status })
 */
export const choices: Faces['choices'] = face(fieldsChoices.choices);
/**
 * A span of time. In JavaScript: Temporal.Duration of hours and smaller units; in the database: whole microseconds.
 * ISO text (`P1DT2H`), text as Django writes it (`1 02:00:00`) and weeks and days (of 24 hours) are accepted; months and
 * years, which have no fixed length, are refused.
 *
 * @example
 * length: DurationField()
 */
export const DurationField: Faces['DurationField'] = face(fieldsDuration.DurationField);
/**
 * A file by its name. The column holds the name; the storage that holds the file comes with file storages.
 *
 * @example
 * cover: FileField({ uploadTo: 'covers' })
 */
export const FileField: Faces['FileField'] = face(fieldsFiles.FileField);
/**
 * The path of a file in a folder. Its choices are read from the folder when they are asked for.
 *
 * @example
 * script: FilePathField({ path: '/srv/scripts', match: '\\.sh$' })
 */
export const FilePathField: Faces['FilePathField'] = face(fieldsFiles.FilePathField);
/**
 * An image by its name.
 *
 * @example
 * photo: ImageField({ uploadTo: 'photos' })
 */
export const ImageField: Faces['ImageField'] = face(fieldsFiles.ImageField);
/**
 * A column that the database computes. It is read like a column of its `outputField` and never written.
 *
 * @example
 * area: GeneratedField({ expression: F('width').mul(F('height')), outputField: IntegerField(), dbPersist: true })
 */
export const GeneratedField: Faces['GeneratedField'] = face(fieldsGenerated.GeneratedField);
/**
 * A JSON document. In JavaScript: what it is made of. null stands for SQL NULL, `JSONNull` for the null of JSON.
 *
 * @example
 * settings: JSONField<{ theme: string }>({ default: () => ({ theme: 'dark' }) })
 */
export const JSONField: Faces['JSONField'] = face(fieldsJson.JSONField);
/**
 * The null of JSON, where a plain null means SQL's NULL. Both are read back as null.
 *
 * @example
 * User.objects.filter({ settings: JSONNull })
 */
export const JSONNull: Faces['JSONNull'] = face(fieldsJson.JSONNull);
/**
 * A key of 32 bits that the database counts. In JavaScript: number.
 *
 * @example
 * id: AutoField({ primaryKey: true })
 */
export const AutoField: Faces['AutoField'] = face(fieldsNumeric.AutoField);
/**
 * A key of 64 bits that the database counts: the default primary key. In JavaScript: number.
 *
 * @example
 * id: BigAutoField({ primaryKey: true })
 */
export const BigAutoField: Faces['BigAutoField'] = face(fieldsNumeric.BigAutoField);
/**
 * A key of 16 bits that the database counts. In JavaScript: number.
 *
 * @example
 * id: SmallAutoField({ primaryKey: true })
 */
export const SmallAutoField: Faces['SmallAutoField'] = face(fieldsNumeric.SmallAutoField);
/**
 * A whole number of 64 bits. In JavaScript: bigint; a number is accepted where one is given.
 *
 * @example
 * views: BigIntegerField({ default: 0n })
 */
export const BigIntegerField: Faces['BigIntegerField'] = face(fieldsNumeric.BigIntegerField);
/**
 * A decimal number of fixed precision, exact on every backend. In JavaScript: `Decimal`; a number, bigint or string is
 * accepted where one is given. Writing rounds to `decimalPlaces`, halves to the even side; comparing rounds nothing.
 *
 * @example
 * price: DecimalField({ maxDigits: 8, decimalPlaces: 2 })
 */
export const DecimalField: Faces['DecimalField'] = face(fieldsNumeric.DecimalField);
/**
 * A number with a floating point. In JavaScript: number. NaN and infinities are refused.
 *
 * @example
 * rating: FloatField({ null: true })
 */
export const FloatField: Faces['FloatField'] = face(fieldsNumeric.FloatField);
/**
 * A whole number of 32 bits. In JavaScript: number.
 *
 * @example
 * pages: IntegerField({ default: 0 })
 */
export const IntegerField: Faces['IntegerField'] = face(fieldsNumeric.IntegerField);
/**
 * A whole number from 0, of 63 bits. In JavaScript: bigint.
 *
 * @example
 * bytes: PositiveBigIntegerField()
 */
export const PositiveBigIntegerField: Faces['PositiveBigIntegerField'] = face(fieldsNumeric.PositiveBigIntegerField);
/**
 * A whole number from 0, of 31 bits. In JavaScript: number.
 *
 * @example
 * stock: PositiveIntegerField({ default: 0 })
 */
export const PositiveIntegerField: Faces['PositiveIntegerField'] = face(fieldsNumeric.PositiveIntegerField);
export const PositiveSmallIntegerField: Faces['PositiveSmallIntegerField'] = face(
  fieldsNumeric.PositiveSmallIntegerField,
);
/**
 * A whole number of 16 bits. In JavaScript: number.
 *
 * @example
 * floor: SmallIntegerField()
 */
export const SmallIntegerField: Faces['SmallIntegerField'] = face(fieldsNumeric.SmallIntegerField);
/**
 * Deletes the rows that refer to a deleted one too.
 *
 * @example
 * author: ForeignKey('Author', { onDelete: CASCADE })
 */
export const CASCADE: Faces['CASCADE'] = face(fieldsOnDelete.CASCADE);
/**
 * Refuses to delete what is referred to: ProtectedError.
 *
 * @example
 * author: ForeignKey('Author', { onDelete: PROTECT })
 */
export const PROTECT: Faces['PROTECT'] = face(fieldsOnDelete.PROTECT);
/**
 * Refuses to delete what is referred to, unless the referring rows go in the same deletion: RestrictedError.
 *
 * @example
 * author: ForeignKey('Author', { onDelete: RESTRICT })
 */
export const RESTRICT: Faces['RESTRICT'] = face(fieldsOnDelete.RESTRICT);
/**
 * Sets the reference to NULL.
 *
 * @example
 * author: ForeignKey('Author', { onDelete: SET_NULL, null: true })
 */
export const SET_NULL: Faces['SET_NULL'] = face(fieldsOnDelete.SET_NULL);
/**
 * Sets the reference to the field's default.
 *
 * @example
 * author: ForeignKey('Author', { onDelete: SET_DEFAULT, default: 1 })
 */
export const SET_DEFAULT: Faces['SET_DEFAULT'] = face(fieldsOnDelete.SET_DEFAULT);
/**
 * Sets the reference to a value, or to what a function gives at the time of the deletion.
 *
 * @example
 * author: ForeignKey('Author', { onDelete: SET(() => anonymous.pk) })
 */
export const SET: Faces['SET'] = face(fieldsOnDelete.SET);
/**
 * Does nothing; the database may refuse.
 *
 * @example
 * author: ForeignKey('Author', { onDelete: DO_NOTHING, dbConstraint: false })
 */
export const DO_NOTHING: Faces['DO_NOTHING'] = face(fieldsOnDelete.DO_NOTHING);
/**
 * ON DELETE CASCADE: the database deletes, and nobody is told.
 *
 * @example
 * author: ForeignKey('Author', { onDelete: DB_CASCADE })
 */
export const DB_CASCADE: Faces['DB_CASCADE'] = face(fieldsOnDelete.DB_CASCADE);
/**
 * ON DELETE SET NULL.
 *
 * @example
 * author: ForeignKey('Author', { onDelete: DB_SET_NULL, null: true })
 */
export const DB_SET_NULL: Faces['DB_SET_NULL'] = face(fieldsOnDelete.DB_SET_NULL);
/**
 * ON DELETE SET DEFAULT; the field needs a `dbDefault`.
 *
 * @example
 * author: ForeignKey('Author', { onDelete: DB_SET_DEFAULT, dbDefault: 1 })
 */
export const DB_SET_DEFAULT: Faces['DB_SET_DEFAULT'] = face(fieldsOnDelete.DB_SET_DEFAULT);
/**
 * Many rows of this model refer to one of the other: the column `author_id` for a field `author`. Instances have the key
 * as `authorId` and the object as `author`, which is loaded by awaiting it.
 *
 * @example
 * publisher: ForeignKey('Publisher', { onDelete: CASCADE, relatedName: 'books' })
 */
export const ForeignKey: Faces['ForeignKey'] = face(fieldsRelations.ForeignKey);
/**
 * A foreign key that is unique; from the other side it leads to one object, not to many.
 *
 * @example
 * user: OneToOneField('auth.User', { onDelete: CASCADE, relatedName: 'profile' })
 */
export const OneToOneField: Faces['OneToOneField'] = face(fieldsRelations.OneToOneField);
/**
 * Many rows of this model are related to many of the other. The join table is made unless `through` names a model.
 *
 * @example
 * authors: ManyToManyField('Author', { relatedName: 'books' })
 */
export const ManyToManyField: Faces['ManyToManyField'] = face(fieldsRelations.ManyToManyField);
/**
 * A primary key of several columns; it is called `pk`.
 *
 * @example
 * pk: CompositePrimaryKey('tenant', 'number')
 */
export const CompositePrimaryKey: Faces['CompositePrimaryKey'] = face(fieldsRelations.CompositePrimaryKey);
/**
 * A day. In JavaScript: Temporal.PlainDate; ISO text and a Date (its day in the project's time zone) are accepted.
 *
 * @example
 * born: DateField({ null: true })
 */
export const DateField: Faces['DateField'] = face(fieldsTemporal.DateField);
/**
 * An instant with milliseconds. In JavaScript: Date. ISO text is accepted (without offset it is of the project's time
 * zone), and so is Temporal.Instant, cut to milliseconds.
 *
 * @example
 * createdAt: DateTimeField({ autoNowAdd: true })
 */
export const DateTimeField: Faces['DateTimeField'] = face(fieldsTemporal.DateTimeField);
/**
 * An instant with microseconds. In JavaScript: Temporal.Instant; a Date and ISO text are accepted.
 *
 * @example
 * at: InstantField()
 */
export const InstantField: Faces['InstantField'] = face(fieldsTemporal.InstantField);
/**
 * A time of day. In JavaScript: Temporal.PlainTime; text such as 18:15 or 18:15:00.5 is accepted.
 *
 * @example
 * opens: TimeField()
 */
export const TimeField: Faces['TimeField'] = face(fieldsTemporal.TimeField);
/**
 * Text up to `maxLength` characters. In JavaScript: string.
 *
 * @example
 * status: CharField({ maxLength: 8, choices: [['draft', 'Draft'], ['live', 'On line']], default: 'draft' })
 */
export const CharField: Faces['CharField'] = face(fieldsText.CharField);
/**
 * An e-mail address.
 *
 * @example
 * email: EmailField({ unique: true })
 */
export const EmailField: Faces['EmailField'] = face(fieldsText.EmailField);
/**
 * An IPv4 or IPv6 address. In JavaScript: string, IPv6 in canonical form.
 *
 * @example
 * address: GenericIPAddressField({ protocol: 'IPv4' })
 */
export const GenericIPAddressField: Faces['GenericIPAddressField'] = face(fieldsText.GenericIPAddressField);
/**
 * A short label for URLs; its column has an index unless `dbIndex` is false.
 *
 * @example
 * slug: SlugField({ unique: true })
 */
export const SlugField: Faces['SlugField'] = face(fieldsText.SlugField);
/**
 * Text of any length. In JavaScript: string. `maxLength` is for forms alone.
 *
 * @example
 * body: TextField({ blank: true })
 */
export const TextField: Faces['TextField'] = face(fieldsText.TextField);
/**
 * A URL.
 *
 * @example
 * homepage: URLField({ blank: true })
 */
export const URLField: Faces['URLField'] = face(fieldsText.URLField);
/**
 * A universally unique identifier. In JavaScript: string in canonical form (lower case, with hyphens); text in the other
 * usual forms and a bigint are accepted.
 *
 * @example
 * id: UUIDField({ primaryKey: true, default: () => crypto.randomUUID() })
 */
export const UUIDField: Faces['UUIDField'] = face(fieldsUuid.UUIDField);

// --- conditions and expressions
/**
 * The result of the first branch whose condition holds, else `default`, or null without one. All results must be of one type, or
 * `outputField` says which. SQL: `CASE WHEN … THEN … ELSE … END`
 *
 * @example
 * await Book.objects.annotate({
 *   size: Case([When({ pages__gte: 500 }, Value("thick"))], { default: Value("thin") }),
 * });
 */
export const Case: Faces['Case'] = face(expressionsCase.Case);
/**
 * One branch of `Case`: where the condition holds, the result is the second argument; a text there names a field, a literal is
 * `Value("text")`. Throws ValueError for an empty condition.
 *
 * @example
 * When({ price__lt: 5 }, Value("cheap"))
 */
export const When: Faces['When'] = face(expressionsCase.When);
/**
 * The value of a field in the row at hand: by name, by a path over relations, with transforms, or of an annotation.
 * The name is checked where the expression is used. SQL: the column, with the joins that lead to it.
 *
 * @example
 * await Book.objects.filter({ sold__gt: F("stock").mul(2), publisher__name: F("authors__name") });
 */
export const F: Faces['F'] = face(expressionsF.F);
/**
 * A relation of which only some objects count, joined under a name of its own. Throws ValueError for an empty name.
 * SQL: `LEFT JOIN … ON (key AND condition)`
 *
 * @example
 * await Author.objects
 *   .annotate({ cheap: FilteredRelation("books", { condition: { books__price__lt: 9 } }) })
 *   .filter({ cheap__title: "Dune" });
 */
export const FilteredRelation: Faces['FilteredRelation'] = face(expressionsFilteredRelation.FilteredRelation);
/**
 * A function of the database that has no class here. The last argument may hold options; texts before it name fields. The type of
 * the result is that of the arguments unless `outputField` gives it. SQL: `function(arguments)`
 *
 * @example
 * await Author.objects.annotate({ sound: Func("name", { function: "SOUNDEX", outputField: CharField() }) });
 * Func("pubDate", { template: ["JULIANDAY(", ")"], outputField: FloatField() })
 */
export const Func: Faces['Func'] = face(expressionsFunc.Func);
/**
 * One term of an order: an expression, its direction and the place of NULLs. `F("name").desc()` makes one too.
 * Throws ValueError when both places of NULLs are asked for, TypeError when the first argument is no expression.
 *
 * @example
 * await Book.objects.orderBy(OrderBy(F("rating"), { descending: true, nullsLast: true }));
 */
export const OrderBy: Faces['OrderBy'] = face(expressionsOrderBy.OrderBy);
export type Q<I = any> = conditionTypes.Q<I>;
/**
 * A condition that can be composed. Several arguments must all hold; without any it is empty and matches every row, which makes it
 * the start of a condition built in a loop.
 * Throws TypeError for undefined values and FieldError for reserved names.
 *
 * @example
 * let wanted = Q();
 * for (const word of words) wanted = or(wanted, { title__icontains: word });
 * await Book.objects.filter(wanted);
 */
export const Q: Faces['Q'] = face(expressionsQ.Q);
/**
 * All of the conditions. Empty ones are left out.
 *
 * @example
 * await Book.objects.filter(and({ price__lt: 20 }, or({ year: 2001 }, { year: 2002 })));
 */
export const and: Faces['and'] = face(expressionsQ.and);
/**
 * Any of the conditions; the lookups inside one object must all hold. Empty ones are left out.
 *
 * @example
 * await Book.objects.filter(or({ title__icontains: "python" }, { title__icontains: "django" }));
 */
export const or: Faces['or'] = face(expressionsQ.or);
/**
 * An odd number of the conditions (of two: exactly one). Empty ones are left out.
 *
 * @example
 * await Book.objects.filter(xor({ signed: true }, { firstEdition: true }));
 */
export const xor: Faces['xor'] = face(expressionsQ.xor);
/**
 * The opposite of a condition or of a boolean expression. Over a to-many relation `not({ books__title: "x" })` means "no such book".
 *
 * @example
 * await Author.objects.filter(not({ books__title: "Dune" }), not(Exists(prizes)));
 */
export const not: Faces['not'] = face(expressionsQ.not);
/**
 * SQL of one's own, as a template tag alone: what stands in `${…}` becomes a parameter, an identifier (`sql.id("name")`) or, if it is
 * an expression, its SQL. Give it a type with `ExpressionWrapper`. SQL: `(…)`
 *
 * @example
 * await Book.objects.annotate({ isLong: RawSQL`LENGTH(title) > ${20}` });
 */
export const RawSQL: Faces['RawSQL'] = face(expressionsRaw.RawSQL);
/**
 * The one value that a QuerySet gives: choose its column with `values` and its row with `slice(0, 1)`; null when there is none.
 * SQL: `(SELECT …)`
 *
 * @example
 * const newest = Comment.objects.filter({ postId: OuterRef("pk") }).orderBy("-created");
 * await Post.objects.annotate({ lastWord: Subquery(newest.values("text").slice(0, 1)) });
 */
export const Subquery: Faces['Subquery'] = face(expressionsSubquery.Subquery);
/**
 * Whether a QuerySet has a row; a condition by itself. SQL: `EXISTS (SELECT …)`
 *
 * @example
 * await Author.objects.filter(Exists(Book.objects.filter({ authorId: OuterRef("pk"), price__lt: 5 })));
 */
export const Exists: Faces['Exists'] = face(expressionsSubquery.Exists);
/**
 * Inside a subquery: a field of the query around it; `OuterRef(OuterRef("x"))` of the one around that. Throws ValueError when the
 * QuerySet is run by itself.
 *
 * @example
 * Exists(Book.objects.filter({ authorId: OuterRef("pk") }))
 */
export const OuterRef: Faces['OuterRef'] = face(expressionsSubquery.OuterRef);
/**
 * A plain value as an expression, always bound as a parameter. Its type follows from the value (text, numbers, booleans, bigint,
 * Decimal, Date, Temporal, Uint8Array) unless `outputField` gives it; null takes the type of what stands beside it.
 *
 * @example
 * await Book.objects.annotate({ kind: Value("book"), tags: Value(["a"], { outputField: JSONField() }) });
 */
export const Value: Faces['Value'] = face(expressionsValue.Value);
/**
 * A function of each row and the rows around it: a window function or an aggregate. Throws ValueError for any other expression.
 * SQL: `expression OVER (PARTITION BY … ORDER BY … frame)`
 *
 * @example
 * await Book.objects.annotate({ rank: Window(Rank(), { partitionBy: "genre", orderBy: "-price" }) });
 */
export const Window: Faces['Window'] = face(expressionsWindow.Window);
/**
 * A frame counted in rows. Throws ValueError when it starts after its end. SQL: `ROWS BETWEEN … AND …`
 *
 * @example
 * Window(Avg("price"), { orderBy: "day", frame: RowRange({ start: -6, end: 0 }) })
 */
export const RowRange: Faces['RowRange'] = face(expressionsWindow.RowRange);
/**
 * A frame counted in values of the order. Throws ValueError when it starts after its end. SQL: `RANGE BETWEEN … AND …`
 *
 * @example
 * Window(Sum("amount"), { orderBy: "amount", frame: ValueRange({ end: 0 }) })
 */
export const ValueRange: Faces['ValueRange'] = face(expressionsWindow.ValueRange);
/**
 * An expression with a type of your choice, where none can be told or another is wanted. It changes how the result is read, not the
 * SQL; `Cast` changes the SQL.
 *
 * @example
 * ExpressionWrapper(F("price").mul(F("rate")), { outputField: DecimalField() })
 */
export const ExpressionWrapper: Faces['ExpressionWrapper'] = face(expressionsWrapper.ExpressionWrapper);

// --- functions
/**
 * How many values are not null; `Count("*")` counts rows. Over no rows 0. Throws ValueError for a star with a filter.
 * SQL: `COUNT(expression)`
 *
 * @example
 * await Author.objects.annotate({ books: Count("book"), cheap: Count("book", { filter: { book__price__lt: 10 } }) });
 */
export const Count: Faces['Count'] = face(functionsAggregates.Count);
/**
 * The sum of numbers or durations, of the type that goes in; null over no rows unless `default` is given. SQL: `SUM(expression)`
 *
 * @example
 * await Order.objects.aggregate({ total: Sum(F("price").mul(F("quantity")), { default: 0 }) });
 */
export const Sum: Faces['Sum'] = face(functionsAggregates.Sum);
/**
 * The smallest value; null over no rows. SQL: `MIN(expression)`
 *
 * @example
 * await Author.objects.annotate({ firstBook: Min("book__published") });
 */
export const Min: Faces['Min'] = face(functionsAggregates.Min);
/**
 * The largest value; null over no rows. SQL: `MAX(expression)`
 *
 * @example
 * await Author.objects.annotate({ lastBook: Max("book__published") });
 */
export const Max: Faces['Max'] = face(functionsAggregates.Max);
/**
 * Any one value that is not null, for what is the same in the whole group. SQL: `ANY_VALUE(expression)`
 *
 * @example
 * await Book.objects.values("publisherId").annotate({ some: AnyValue("title") });
 */
export const AnyValue: Faces['AnyValue'] = face(functionsAggregates.AnyValue);
/**
 * The mean: of decimals a Decimal, of other numbers a number, of durations a duration; null over no rows. SQL: `AVG(expression)`
 *
 * @example
 * await Book.objects.aggregate({ price: Avg("price") });
 */
export const Avg: Faces['Avg'] = face(functionsAggregates.Avg);
/**
 * The standard deviation, of the whole or with `sample: true` of a sample; types as in `Avg`. SQL: `STDDEV_POP` or `STDDEV_SAMP`
 *
 * @example
 * await Book.objects.aggregate({ spread: StdDev("price", { sample: true }) });
 */
export const StdDev: Faces['StdDev'] = face(functionsAggregates.StdDev);
/**
 * The variance, of the whole or with `sample: true` of a sample; types as in `Avg`. SQL: `VAR_POP` or `VAR_SAMP`
 *
 * @example
 * await Book.objects.aggregate({ variance: Variance("price") });
 */
export const Variance: Faces['Variance'] = face(functionsAggregates.Variance);
/**
 * All texts as one, with a delimiter between them; null over no rows. The delimiter is a text (a value, always bound) or an
 * expression. SQL: `STRING_AGG(expression, delimiter)`
 *
 * @example
 * await Author.objects.annotate({ titles: StringAgg("book__title", ", ", { orderBy: "book__title" }) });
 */
export const StringAgg: Faces['StringAgg'] = face(functionsAggregates.StringAgg);
/**
 * The value as the database converts it to the type of a field. SQL: `CAST(expression AS type)`
 *
 * @example
 * await Book.objects.annotate({ price: Cast("priceText", DecimalField({ maxDigits: 8, decimalPlaces: 2 })) });
 */
export const Cast: Faces['Cast'] = face(functionsComparison.Cast);
/**
 * The first of two or more expressions that is not null. SQL: `COALESCE(a, b)`
 *
 * @example
 * await Author.objects.annotate({ shown: Coalesce("nickname", "name", Value("?")) });
 */
export const Coalesce: Faces['Coalesce'] = face(functionsComparison.Coalesce);
/**
 * A text that compares and sorts by a collation of the database. Throws ValueError for what is no name of one.
 * SQL: `expression COLLATE "name"`
 *
 * @example
 * await Author.objects.orderBy(Collate("name", "nocase"));
 */
export const Collate: Faces['Collate'] = face(functionsComparison.Collate);
/**
 * The largest of two or more; null where one is null, on PostgreSQL where all are. SQL: `GREATEST(a, b)`
 *
 * @example
 * await Post.objects.annotate({ touched: Greatest("created", "updated") });
 */
export const Greatest: Faces['Greatest'] = face(functionsComparison.Greatest);
/** The smallest of two or more; nulls as in `Greatest`. SQL: `LEAST(a, b)` @example Least("price", "offer") */
export const Least: Faces['Least'] = face(functionsComparison.Least);
/** Null where both are equal, else the first. SQL: `NULLIF(a, b)` @example NullIf("name", Value("")) */
export const NullIf: Faces['NullIf'] = face(functionsComparison.NullIf);
/**
 * A part of a date, datetime or time as a whole number, by name: year, iso_year, quarter, month, week, day, week_day (1 is Sunday),
 * iso_week_day (1 is Monday), hour, minute, second. Throws ValueError for other names and for parts that the type has not.
 * SQL: `EXTRACT(part FROM x)`
 *
 * @example
 * await Post.objects.annotate({ weekday: Extract("created", "week_day", { tzinfo: "Europe/Paris" }) });
 */
export const Extract: Faces['Extract'] = face(functionsDatetime.Extract);
/** The day of the month. @example ExtractDay("published") */
export const ExtractDay: Faces['ExtractDay'] = face(functionsDatetime.ExtractDay);
/** The hour, 0 to 23. @example ExtractHour("created") */
export const ExtractHour: Faces['ExtractHour'] = face(functionsDatetime.ExtractHour);
/** The day of the week, 1 for Monday to 7 for Sunday. @example ExtractIsoWeekDay("published") */
export const ExtractIsoWeekDay: Faces['ExtractIsoWeekDay'] = face(functionsDatetime.ExtractIsoWeekDay);
/** The year of the ISO week. @example ExtractIsoYear("published") */
export const ExtractIsoYear: Faces['ExtractIsoYear'] = face(functionsDatetime.ExtractIsoYear);
/** The minute. @example ExtractMinute("created") */
export const ExtractMinute: Faces['ExtractMinute'] = face(functionsDatetime.ExtractMinute);
/** The month, 1 to 12. @example ExtractMonth("published") */
export const ExtractMonth: Faces['ExtractMonth'] = face(functionsDatetime.ExtractMonth);
/** The quarter, 1 to 4. @example ExtractQuarter("published") */
export const ExtractQuarter: Faces['ExtractQuarter'] = face(functionsDatetime.ExtractQuarter);
/** The second, cut to a whole number. @example ExtractSecond("created") */
export const ExtractSecond: Faces['ExtractSecond'] = face(functionsDatetime.ExtractSecond);
/** The ISO week, 1 to 53. @example ExtractWeek("published") */
export const ExtractWeek: Faces['ExtractWeek'] = face(functionsDatetime.ExtractWeek);
/** The day of the week, 1 for Sunday to 7 for Saturday. @example ExtractWeekDay("published") */
export const ExtractWeekDay: Faces['ExtractWeekDay'] = face(functionsDatetime.ExtractWeekDay);
/** The year. @example ExtractYear("published") */
export const ExtractYear: Faces['ExtractYear'] = face(functionsDatetime.ExtractYear);
/** The moment at which the database runs the statement. SQL: `NOW()` @example Post.objects.filter({ published__lte: Now() }) */
export const Now: Faces['Now'] = face(functionsDatetime.Now);
/**
 * A date, datetime or time cut down to the start of a unit, by name: year, quarter, month, week (from Monday), day, hour, minute,
 * second, or to its date or time. The type stays unless `outputField` gives another. Throws ValueError for other names and for units
 * that the type has not. SQL: `DATE_TRUNC(unit, x)`
 *
 * @example
 * await Post.objects.annotate({ month: Trunc("created", "month", { tzinfo: "Europe/Paris" }) });
 */
export const Trunc: Faces['Trunc'] = face(functionsDatetime.Trunc);
/** The date of a datetime. @example TruncDate("created") */
export const TruncDate: Faces['TruncDate'] = face(functionsDatetime.TruncDate);
/** The start of the day. @example TruncDay("created") */
export const TruncDay: Faces['TruncDay'] = face(functionsDatetime.TruncDay);
/** The start of the hour. @example TruncHour("created") */
export const TruncHour: Faces['TruncHour'] = face(functionsDatetime.TruncHour);
/** The start of the minute. @example TruncMinute("created") */
export const TruncMinute: Faces['TruncMinute'] = face(functionsDatetime.TruncMinute);
/** The first day of the month. @example TruncMonth("published") */
export const TruncMonth: Faces['TruncMonth'] = face(functionsDatetime.TruncMonth);
/** The first day of the quarter. @example TruncQuarter("published") */
export const TruncQuarter: Faces['TruncQuarter'] = face(functionsDatetime.TruncQuarter);
/** The start of the second. @example TruncSecond("created") */
export const TruncSecond: Faces['TruncSecond'] = face(functionsDatetime.TruncSecond);
/** The time of day of a datetime. @example TruncTime("created") */
export const TruncTime: Faces['TruncTime'] = face(functionsDatetime.TruncTime);
/** The Monday of the week. @example TruncWeek("published") */
export const TruncWeek: Faces['TruncWeek'] = face(functionsDatetime.TruncWeek);
/** The first of January. @example TruncYear("published") */
export const TruncYear: Faces['TruncYear'] = face(functionsDatetime.TruncYear);
/**
 * A JSON list of values; SQL NULL becomes JSON null. SQL: `JSON_ARRAY(a, b)`
 *
 * @example
 * await Book.objects.annotate({ pair: JSONArray("title", "pages") });
 */
export const JSONArray: Faces['JSONArray'] = face(functionsJson.JSONArray);
/**
 * A JSON object of keys and values; a text as value names a field. SQL: `JSON_OBJECT(key, value)`
 *
 * @example
 * await Book.objects.annotate({ card: JSONObject({ title: "title", author: "author__name" }) });
 */
export const JSONObject: Faces['JSONObject'] = face(functionsJson.JSONObject);
/**
 * The text at a path of a JSON field, for what wants text: order, Cast, text functions. SQL: `data ->> 'name'`
 *
 * @example
 * await Event.objects.orderBy(KT("data__name"));
 */
export const KT: Faces['KT'] = face(functionsJson.KT);
/** The number without its sign. SQL: `ABS(x)` @example Abs("balance") */
export const Abs: Faces['Abs'] = face(functionsMath.Abs);
/** The angle, in radians, of a cosine. SQL: `ACOS(x)` @example ACos("x") */
export const ACos: Faces['ACos'] = face(functionsMath.ACos);
/** The angle, in radians, of a sine. SQL: `ASIN(x)` @example ASin("x") */
export const ASin: Faces['ASin'] = face(functionsMath.ASin);
/** The angle, in radians, of a tangent. SQL: `ATAN(x)` @example ATan("x") */
export const ATan: Faces['ATan'] = face(functionsMath.ATan);
/** The angle, in radians, of the point (x, y). SQL: `ATAN2(y, x)` @example ATan2("y", "x") */
export const ATan2: Faces['ATan2'] = face(functionsMath.ATan2);
/** The smallest whole number that is not smaller. SQL: `CEILING(x)` @example Ceil("price") */
export const Ceil: Faces['Ceil'] = face(functionsMath.Ceil);
/** The cosine of an angle in radians. SQL: `COS(x)` @example Cos("angle") */
export const Cos: Faces['Cos'] = face(functionsMath.Cos);
/** The cotangent of an angle in radians. SQL: `COT(x)` @example Cot("angle") */
export const Cot: Faces['Cot'] = face(functionsMath.Cot);
/** Radians as degrees. SQL: `DEGREES(x)` @example Degrees("angle") */
export const Degrees: Faces['Degrees'] = face(functionsMath.Degrees);
/** e to the power of x. SQL: `EXP(x)` @example Exp("x") */
export const Exp: Faces['Exp'] = face(functionsMath.Exp);
/** The largest whole number that is not larger. SQL: `FLOOR(x)` @example Floor("price") */
export const Floor: Faces['Floor'] = face(functionsMath.Floor);
/** The natural logarithm. SQL: `LN(x)` @example Ln("x") */
export const Ln: Faces['Ln'] = face(functionsMath.Ln);
/** The logarithm of the second to the base of the first. SQL: `LOG(base, x)` @example Log(Value(2), "x") */
export const Log: Faces['Log'] = face(functionsMath.Log);
/** The remainder of a division, with the sign of the dividend. SQL: `MOD(a, b)` @example Mod("pages", 16) */
export const Mod: Faces['Mod'] = face(functionsMath.Mod);
/** The number π. SQL: `PI()` @example Pi() */
export const Pi: Faces['Pi'] = face(functionsMath.Pi);
/** The first to the power of the second. SQL: `POWER(a, b)` @example Power("side", 2) */
export const Power: Faces['Power'] = face(functionsMath.Power);
/** Degrees as radians. SQL: `RADIANS(x)` @example Radians("angle") */
export const Radians: Faces['Radians'] = face(functionsMath.Radians);
/** A random number from 0 up to but not including 1. SQL: `RANDOM()` @example orderBy(Random()) */
export const Random: Faces['Random'] = face(functionsMath.Random);
/**
 * The number rounded to a number of decimal places, 0 when not given: `Round(x, 2)` or `Round(x, { precision: 2 })`.
 * SQL: `ROUND(x, precision)`
 *
 * @example
 * await Book.objects.annotate({ about: Round("price", { precision: 1 }) });
 */
export const Round: Faces['Round'] = face(functionsMath.Round);
/** −1, 0 or 1. SQL: `SIGN(x)` @example Sign("balance") */
export const Sign: Faces['Sign'] = face(functionsMath.Sign);
/** The sine of an angle in radians. SQL: `SIN(x)` @example Sin("angle") */
export const Sin: Faces['Sin'] = face(functionsMath.Sin);
/** The square root. SQL: `SQRT(x)` @example Sqrt("area") */
export const Sqrt: Faces['Sqrt'] = face(functionsMath.Sqrt);
/** The tangent of an angle in radians. SQL: `TAN(x)` @example Tan("angle") */
export const Tan: Faces['Tan'] = face(functionsMath.Tan);
/** The MD5 hash as hexadecimal text. SQL: `MD5(x)` @example MD5("email") */
export const MD5: Faces['MD5'] = face(functionsText.MD5);
/** The SHA-1 hash as hexadecimal text. SQL: `SHA1(x)` @example SHA1("email") */
export const SHA1: Faces['SHA1'] = face(functionsText.SHA1);
/** The SHA-224 hash as hexadecimal text. SQL: `SHA224(x)` @example SHA224("email") */
export const SHA224: Faces['SHA224'] = face(functionsText.SHA224);
/** The SHA-256 hash as hexadecimal text. SQL: `SHA256(x)` @example SHA256("email") */
export const SHA256: Faces['SHA256'] = face(functionsText.SHA256);
/** The SHA-384 hash as hexadecimal text. SQL: `SHA384(x)` @example SHA384("email") */
export const SHA384: Faces['SHA384'] = face(functionsText.SHA384);
/** The SHA-512 hash as hexadecimal text. SQL: `SHA512(x)` @example SHA512("email") */
export const SHA512: Faces['SHA512'] = face(functionsText.SHA512);
/** The character with this number. SQL: `CHR(n)` @example Chr(Value(65)) */
export const Chr: Faces['Chr'] = face(functionsText.Chr);
/**
 * Texts one behind the other, two or more; NULL counts as empty. SQL: `CONCAT(a, b)`
 *
 * @example
 * await Author.objects.annotate({ name: Concat("first", Value(" "), "last") });
 */
export const Concat: Faces['Concat'] = face(functionsText.Concat);
/** `Concat` of exactly two texts. SQL: `CONCAT(a, b)` @example ConcatPair("first", "last") */
export const ConcatPair: Faces['ConcatPair'] = face(functionsText.ConcatPair);
/** The first characters, at least one. SQL: `LEFT(x, n)` @example Left("name", 3) */
export const Left: Faces['Left'] = face(functionsText.Left);
/** How many characters. SQL: `LENGTH(x)` @example Length("name") */
export const Length: Faces['Length'] = face(functionsText.Length);
/** In small letters. SQL: `LOWER(x)` @example Lower("name") */
export const Lower: Faces['Lower'] = face(functionsText.Lower);
/** Filled up on the left to a length, or cut to it. SQL: `LPAD(x, n, fill)` @example LPad("code", 8, Value("0")) */
export const LPad: Faces['LPad'] = face(functionsText.LPad);
/** Without blanks at the beginning. SQL: `LTRIM(x)` @example LTrim("name") */
export const LTrim: Faces['LTrim'] = face(functionsText.LTrim);
/** The number of the first character. SQL: `ORD(x)` @example Ord("name") */
export const Ord: Faces['Ord'] = face(functionsText.Ord);
/** The text several times. SQL: `REPEAT(x, n)` @example Repeat("name", 2) */
export const Repeat: Faces['Repeat'] = face(functionsText.Repeat);
/** With every occurrence replaced, by nothing when not given. SQL: `REPLACE(x, a, b)` @example Replace("name", Value("-"), Value(" ")) */
export const Replace: Faces['Replace'] = face(functionsText.Replace);
/** From the last character to the first. SQL: `REVERSE(x)` @example Reverse("name") */
export const Reverse: Faces['Reverse'] = face(functionsText.Reverse);
/** The last characters, at least one. SQL: `RIGHT(x, n)` @example Right("name", 3) */
export const Right: Faces['Right'] = face(functionsText.Right);
/** Filled up on the right to a length, or cut to it. SQL: `RPAD(x, n, fill)` @example RPad("code", 8, Value(".")) */
export const RPad: Faces['RPad'] = face(functionsText.RPad);
/** Without blanks at the end. SQL: `RTRIM(x)` @example RTrim("name") */
export const RTrim: Faces['RTrim'] = face(functionsText.RTrim);
/** Where a text is found, 1 for the first character; 0 where it is not. SQL: `STRINDEX(x, text)` @example StrIndex("name", Value("a")) */
export const StrIndex: Faces['StrIndex'] = face(functionsText.StrIndex);
/** Characters from a position, 1 for the first, to the end or as many as given. SQL: `SUBSTRING(x, pos, n)` @example Substr("name", 2, 3) */
export const Substr: Faces['Substr'] = face(functionsText.Substr);
/** Without blanks at both ends. SQL: `TRIM(x)` @example Trim("name") */
export const Trim: Faces['Trim'] = face(functionsText.Trim);
/** In capital letters. SQL: `UPPER(x)` @example Upper("name") */
export const Upper: Faces['Upper'] = face(functionsText.Upper);
/** The part of the rows that come before this one or beside it, from 0 to 1. SQL: `CUME_DIST()` @example Window(CumeDist(), { orderBy: "price" }) */
export const CumeDist: Faces['CumeDist'] = face(functionsWindow.CumeDist);
/** The row's rank without gaps. SQL: `DENSE_RANK()` @example Window(DenseRank(), { orderBy: "-price" }) */
export const DenseRank: Faces['DenseRank'] = face(functionsWindow.DenseRank);
/** The value in the first row of the frame. SQL: `FIRST_VALUE(x)` @example Window(FirstValue("price"), { orderBy: "day" }) */
export const FirstValue: Faces['FirstValue'] = face(functionsWindow.FirstValue);
/**
 * The value some rows before, one when not given; null or `default` where there is none. A text as default names a field.
 * Throws ValueError for an offset below 1. SQL: `LAG(x, offset, default)`
 *
 * @example
 * Window(Lag("price", { offset: 1, default: 0 }), { orderBy: "day" })
 */
export const Lag: Faces['Lag'] = face(functionsWindow.Lag);
/** The value in the last row of the frame. SQL: `LAST_VALUE(x)` @example Window(LastValue("price"), { orderBy: "day" }) */
export const LastValue: Faces['LastValue'] = face(functionsWindow.LastValue);
/** The value some rows after; see `Lag`. SQL: `LEAD(x, offset, default)` @example Window(Lead("price"), { orderBy: "day" }) */
export const Lead: Faces['Lead'] = face(functionsWindow.Lead);
/**
 * The value in the n-th row of the frame, counted from 1; null where there is none. Throws ValueError for n below 1.
 * SQL: `NTH_VALUE(x, n)`
 *
 * @example
 * Window(NthValue("price", 2), { orderBy: "day" })
 */
export const NthValue: Faces['NthValue'] = face(functionsWindow.NthValue);
/** Which of so many equal buckets the row falls into, from 1. Throws ValueError for less than one. SQL: `NTILE(n)` @example Window(Ntile(4), { orderBy: "price" }) */
export const Ntile: Faces['Ntile'] = face(functionsWindow.Ntile);
/** The rank as a part, from 0 to 1. SQL: `PERCENT_RANK()` @example Window(PercentRank(), { orderBy: "price" }) */
export const PercentRank: Faces['PercentRank'] = face(functionsWindow.PercentRank);
/** The row's rank, with gaps after equal ones. SQL: `RANK()` @example Window(Rank(), { orderBy: "-price" }) */
export const Rank: Faces['Rank'] = face(functionsWindow.Rank);
/** The row's number, from 1. SQL: `ROW_NUMBER()` @example Window(RowNumber(), { orderBy: "name" }) */
export const RowNumber: Faces['RowNumber'] = face(functionsWindow.RowNumber);

// --- lookups as expressions
/** `left = right`. On the left a text names a field, on the right it is a value; so for all of these. @example Exact("title", "Dune") */
export const Exact: Faces['Exact'] = face(lookupsAsExpressions.Exact);
/** Equal, whatever the case. @example IExact("title", "dune") */
export const IExact: Faces['IExact'] = face(lookupsAsExpressions.IExact);
/** Holds the text. @example Contains("title", "a") */
export const Contains: Faces['Contains'] = face(lookupsAsExpressions.Contains);
/** Holds the text, whatever the case. @example IContains("title", "a") */
export const IContains: Faces['IContains'] = face(lookupsAsExpressions.IContains);
/** Begins with the text. @example StartsWith("title", "A") */
export const StartsWith: Faces['StartsWith'] = face(lookupsAsExpressions.StartsWith);
/** Begins with the text, whatever the case. @example IStartsWith("title", "a") */
export const IStartsWith: Faces['IStartsWith'] = face(lookupsAsExpressions.IStartsWith);
/** Ends with the text. @example EndsWith("title", "e") */
export const EndsWith: Faces['EndsWith'] = face(lookupsAsExpressions.EndsWith);
/** Ends with the text, whatever the case. @example IEndsWith("title", "E") */
export const IEndsWith: Faces['IEndsWith'] = face(lookupsAsExpressions.IEndsWith);
/** Matches a regular expression. @example Regex("title", "^The") */
export const Regex: Faces['Regex'] = face(lookupsAsExpressions.Regex);
/** Matches a regular expression, whatever the case. @example IRegex("title", "^the") */
export const IRegex: Faces['IRegex'] = face(lookupsAsExpressions.IRegex);
/** `left > right` @example annotate({ isOver: GreaterThan(F("sold"), F("stock")) }) */
export const GreaterThan: Faces['GreaterThan'] = face(lookupsAsExpressions.GreaterThan);
/** `left >= right` @example GreaterThanOrEqual("pages", 100) */
export const GreaterThanOrEqual: Faces['GreaterThanOrEqual'] = face(lookupsAsExpressions.GreaterThanOrEqual);
/** `left < right` @example LessThan("pages", 100) */
export const LessThan: Faces['LessThan'] = face(lookupsAsExpressions.LessThan);
/** `left <= right` @example LessThanOrEqual("pages", 100) */
export const LessThanOrEqual: Faces['LessThanOrEqual'] = face(lookupsAsExpressions.LessThanOrEqual);
/** Lies between two values or is one of them. @example Range("price", [10, 20]) */
export const Range: Faces['Range'] = face(lookupsAsExpressions.Range);
/** `left IN (…)` @example In("rating", [4, 5]) */
export const In: Faces['In'] = face(lookupsAsExpressions.In);
/** Is null, or with false is not. @example IsNull("rating", true) */
export const IsNull: Faces['IsNull'] = face(lookupsAsExpressions.IsNull);

// --- lookups of one's own
/**
 * Adds lookups and transforms to a class of fields and its subclasses. A name registered again, or again for a subclass, wins.
 *
 * @example
 * registerLookups(CharField, Length);           // filter({ name__length__gt: 3 })
 * registerLookups(IntegerField, {
 *   name: "ne",
 *   prepare: (value, type, context) => prepareFor(type, value, context),
 *   toNode: (left, right) => compare(left, "<>", rightSide(left, right)),
 * });
 */
export const registerLookups: Faces['registerLookups'] = face(lookupsRegistry.registerLookups);

// --- querysets
export type Cte<N extends string, R> = cteTypes.Cte<N, R>;
/**
 * Rows under a name, which other QuerySets join with `withCte`. SQL: `WITH "name" AS (SELECT …)`
 *
 * @example
 * const totals = Cte('totals', Book.objects.values('publisherId').annotate({ total: Sum('price') }));
 * await Publisher.objects.withCte(totals, { on: { id: 'publisherId' } }).filter({ totals__total__gt: 100 });
 */
export const Cte: Faces['Cte'] = face(queryCte.Cte);
/**
 * A relation to load with all rows of a query, more precisely than its path alone says.
 *
 * @example
 * await Author.objects.prefetchRelated(Prefetch('books', { queryset: Book.objects.filter({ price__lt: 10 }), toAttr: 'cheapBooks' }));
 */
export const Prefetch: Faces['Prefetch'] = face(queryPrefetch.Prefetch);
export const prefetchRelatedObjects: Faces['prefetchRelatedObjects'] = face(queryPrefetch.prefetchRelatedObjects);
export type QuerySet<I> = querysetTypes.QuerySet<I>;
/**
 * Rows of a model, asked for when awaited. Every method that refines gives a new QuerySet; nothing is sent before `await`,
 * `for await` or a method that answers (`get`, `count`, `update` …). See `types/public/queryset.ts` for the documentation.
 *
 * @example
 * class PostQuerySet extends QuerySet<Post> {
 *   active() { return this.filter({ isActive: true }); }
 * }
 */
export const QuerySet: Faces['QuerySet'] = face(queryQueryset.QuerySet);

// --- models
/**
 * Registers models and databases. Later calls add apps and replace the databases.
 *
 * @example
 * export default defineConfig({ apps: { library }, databases: { default: 'sqlite:db.sqlite3' } });
 */
export const defineConfig: Faces['defineConfig'] = face(modelsConfig.defineConfig);
/**
 * `Model(label, fields, options)` or `Model(label, parents, fields, options)`: a class to extend.
 *
 * @example
 * class Book extends Model('library.Book', { title: CharField({ maxLength: 64 }) }, { ordering: ['title'] }) {}
 */
export const Model: Faces['Model'] = face(modelsDefine.Model);
/**
 * `AbstractModel(fields, options)` or `AbstractModel(parents, fields, options)`: a class without a table.
 *
 * @example
 * class Timestamped extends AbstractModel({ createdAt: DateTimeField({ autoNowAdd: true }) }) {}
 */
export const AbstractModel: Faces['AbstractModel'] = face(modelsDefine.AbstractModel);

// --- transactions
/**
 * Runs `work` so that either all of its writes happen or none: it commits when `work` is done and rolls back when it throws.
 * Inside another block it is a savepoint. Queries inside run on the transaction's connection, wherever they are written;
 * those of other async work never do. Branches of `Promise.all` take turns.
 *
 * @example
 * await atomic(async () => {
 *   await from.save()
 *   await to.save()
 * })
 */
export const atomic: Faces['atomic'] = face(databaseTransaction.atomic);
/**
 * Runs `hook` after the outermost block is committed, in the order of asking; at once outside of any block.
 * It is forgotten when its block is rolled back. Its error reaches the caller of `atomic()` and keeps later hooks from running;
 * with `robust` it is only logged. The transaction stays committed either way.
 *
 * @example
 * onCommit(() => sendMail(order));
 */
export const onCommit: Faces['onCommit'] = face(databaseTransaction.onCommit);

/**
 * Runs `work` and cancels its statements on the server when the signal is aborted.
 *
 * @example
 * await withSignal(AbortSignal.timeout(2000), () => monthlyReport());
 */
export const withSignal: Faces['withSignal'] = face(databaseCancellation.withSignal);

export { closeDatabases, database as connection } from './database/databases.js';
export { type ReplicaRequestOptions, ReplicaRouter, type ReplicaRouterOptions } from './database/replica-router.js';
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
export type { RoutedModel, Router, RoutingHints } from './sql/routing.js';
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
export type { AtomicOptions, Transaction } from './types/public/transactions.js';
export * from './types/register.js';
export type { AnnotationsOf, RowOf } from './types/rows.js';
export { Decimal } from './util/decimal.js';
export { Temporal } from './util/temporal.js';
