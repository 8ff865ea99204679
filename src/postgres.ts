import * as advisoryLocks from './contrib/postgres/advisory-locks.js';
import * as aggregates from './contrib/postgres/aggregates.js';
import * as arrayField from './contrib/postgres/array-field.js';
import * as arraySubquery from './contrib/postgres/array-subquery.js';
import type { PostgresFaces } from './contrib/postgres/faces.js';
import * as functions from './contrib/postgres/functions.js';
import * as indexes from './contrib/postgres/indexes.js';
import * as notifications from './contrib/postgres/notifications.js';
import * as opClass from './contrib/postgres/op-class.js';
import * as schemaChanges from './contrib/postgres/schema-changes.js';
import type { SchemaFaces } from './contrib/postgres/schema-faces.js';
import './contrib/postgres/search/builtins.js';
import * as hstoreField from './contrib/postgres/hstore-field.js';
import type { Range as RangeOf } from './contrib/postgres/kinds.js';
import * as range from './contrib/postgres/range.js';
import * as rangeFields from './contrib/postgres/range-fields.js';
import * as rangeOperators from './contrib/postgres/range-operators.js';
import type { SearchFaces } from './contrib/postgres/search/faces.js';
import * as searchHeadline from './contrib/postgres/search/headline.js';
import * as searchQuery from './contrib/postgres/search/query.js';
import * as searchRank from './contrib/postgres/search/rank.js';
import * as searchTrigram from './contrib/postgres/search/trigram.js';
import * as searchTypes from './contrib/postgres/search/types.js';
import * as searchVector from './contrib/postgres/search/vector.js';
import './contrib/postgres/builtins.js';
import { StringAgg as coreStringAgg } from './functions/aggregates.js';
import * as exclusionConstraint from './schema/exclusion-constraint.js';

/** The value under its public type: what runs knows no models, what is typed knows nothing but them. */
const face = (value: unknown): any => value;

// --- fields
/**
 * An array of values of one field; `null: true` on that field lets null stand among them. In JavaScript: an array of what the field
 * holds. Arrays of arrays are blocks: rows of one length, none of them empty. Lookups: `contains`, `contained_by`, `overlap`, `len`,
 * `tags__0` (an element), `tags__0_2` (a slice).
 *
 * @example
 * tags: ArrayField(CharField({ maxLength: 20 }), { default: () => [] })
 * Post.objects.filter({ tags__contains: ['sql'], tags__len__gt: 1, tags__0: 'db' })
 */
export const ArrayField: PostgresFaces['ArrayField'] = face(arrayField.ArrayField);
/**
 * Texts, or nothing, by texts. In JavaScript: a plain object; numbers and truth values become texts. Needs the extension hstore.
 * Lookups: `contains`, `contained_by`, `has_key`, `has_keys`, `has_any_keys`, `keys`, `values`; any other name is a key.
 *
 * @example
 * labels: HStoreField({ default: () => ({}) })
 * Host.objects.filter({ labels__os: 'linux', labels__has_keys: ['zone', 'rack'] })
 */
export const HStoreField: PostgresFaces['HStoreField'] = face(hstoreField.HStoreField);
/**
 * A range of whole numbers of 32 bits: int4range. In JavaScript: `Range<number>`; `[lower, upper]` is accepted.
 *
 * @example
 * ages: IntegerRangeField()
 * Offer.objects.filter({ ages__contains: 12 })
 */
export const IntegerRangeField: PostgresFaces['IntegerRangeField'] = face(rangeFields.IntegerRangeField);
/**
 * A range of whole numbers of 64 bits: int8range. In JavaScript: `Range<bigint>`.
 *
 * @example
 * addresses: BigIntegerRangeField({ null: true })
 */
export const BigIntegerRangeField: PostgresFaces['BigIntegerRangeField'] = face(rangeFields.BigIntegerRangeField);
/**
 * A range of decimal numbers, exact: numrange. In JavaScript: `Range<Decimal>`.
 *
 * @example
 * prices: DecimalRangeField({ defaultBounds: '[]' })
 */
export const DecimalRangeField: PostgresFaces['DecimalRangeField'] = face(rangeFields.DecimalRangeField);
/**
 * A range of instants with milliseconds: tstzrange. In JavaScript: `Range<Date>`.
 *
 * @example
 * booked: DateTimeRangeField()
 * Booking.objects.filter({ booked__overlap: [from, to] })
 */
export const DateTimeRangeField: PostgresFaces['DateTimeRangeField'] = face(rangeFields.DateTimeRangeField);
/**
 * A range of days: daterange. In JavaScript: `Range<Temporal.PlainDate>`.
 *
 * @example
 * stay: DateRangeField()
 * Booking.objects.filter({ stay__startswith__gte: '2025-01-01' })
 */
export const DateRangeField: PostgresFaces['DateRangeField'] = face(rangeFields.DateRangeField);
/**
 * What stands between two values; null for a bound that is not there. `bounds` says which of them belong to it: `[]`, `[)`, `(]` or
 * `()`; `[)` when it is left out. Throws ValueError for other bounds.
 *
 * @example
 * await Offer.objects.create({ ages: Range(6, 12, '[]') });
 * Range(6, null).contains(80)  // true
 */
export const Range: PostgresFaces['Range'] = face(range.Range);
/** What stands between two values of type `T`. */
export type Range<T> = RangeOf<T>;
/**
 * The operators by which ranges are compared, for exclusion constraints: `EQUAL`, `NOT_EQUAL`, `CONTAINS`, `CONTAINED_BY`, `OVERLAPS`,
 * `FULLY_LT`, `FULLY_GT`, `NOT_LT`, `NOT_GT`, `ADJACENT_TO`.
 *
 * @example
 * RangeOperators.OVERLAPS  // '&&'
 */
export const RangeOperators: PostgresFaces['RangeOperators'] = face(rangeOperators.RangeOperators);
/**
 * Which bounds belong to a range that a function makes of columns, as its last argument. SQL: `'[)'`
 *
 * @example
 * Func('from', 'to', RangeBoundary({ inclusiveUpper: true }), { function: 'TSTZRANGE', outputField: DateTimeRangeField() })
 */
export const RangeBoundary: PostgresFaces['RangeBoundary'] = face(rangeOperators.RangeBoundary);
export type { HStore } from './contrib/postgres/kinds.js';

// --- aggregates
/**
 * All values as an array, null among them where the expression is null; null over no rows unless `default` is given.
 * SQL: `ARRAY_AGG(expression)`
 *
 * @example
 * await Author.objects.annotate({ titles: ArrayAgg('books__title', { orderBy: 'books__title', distinct: true }) });
 */
export const ArrayAgg: PostgresFaces['ArrayAgg'] = face(aggregates.ArrayAgg);
/**
 * All values as one JSON array; null over no rows unless `default` is given. Decimals and bigints stand in it as texts: a number of
 * JSON would be rounded. SQL: `JSONB_AGG(expression)`
 *
 * @example
 * await Author.objects.annotate({ titles: JSONBAgg('books__title', { orderBy: '-books__pages' }) });
 */
export const JSONBAgg: PostgresFaces['JSONBAgg'] = face(aggregates.JSONBAgg);
/**
 * All texts as one, with a delimiter between them: the same as in `nuages`. SQL: `STRING_AGG(expression, delimiter)`
 *
 * @example
 * await Author.objects.annotate({ titles: StringAgg('books__title', ', ', { orderBy: 'books__title' }) });
 */
export const StringAgg: PostgresFaces['StringAgg'] = face(coreStringAgg);
/**
 * Whether an expression is true in all rows; null over no rows. SQL: `BOOL_AND(expression)`
 *
 * @example
 * await Order.objects.aggregate({ paid: BoolAnd('isPaid') });
 */
export const BoolAnd: PostgresFaces['BoolAnd'] = face(aggregates.BoolAnd);
/**
 * Whether an expression is true in any row; null over no rows. SQL: `BOOL_OR(expression)`
 *
 * @example
 * await Order.objects.aggregate({ anyPaid: BoolOr('isPaid') });
 */
export const BoolOr: PostgresFaces['BoolOr'] = face(aggregates.BoolOr);
/**
 * The bits that are set in all whole numbers; null over no rows. SQL: `BIT_AND(expression)`
 *
 * @example
 * await User.objects.aggregate({ rights: BitAnd('rights') });
 */
export const BitAnd: PostgresFaces['BitAnd'] = face(aggregates.BitAnd);
/**
 * The bits that are set in any whole number; null over no rows. SQL: `BIT_OR(expression)`
 *
 * @example
 * await User.objects.aggregate({ rights: BitOr('rights') });
 */
export const BitOr: PostgresFaces['BitOr'] = face(aggregates.BitOr);
/**
 * The bits that are set in an odd number of whole numbers; null over no rows. SQL: `BIT_XOR(expression)`
 *
 * @example
 * await Block.objects.aggregate({ parity: BitXor('checksum') });
 */
export const BitXor: PostgresFaces['BitXor'] = face(aggregates.BitXor);
/**
 * The correlation of two expressions, from −1 to 1; null over no rows. SQL: `CORR(y, x)`
 *
 * @example
 * await Book.objects.aggregate({ r: Corr('price', 'pages') });
 */
export const Corr: PostgresFaces['Corr'] = face(aggregates.Corr);
/**
 * The covariance of the whole, or with `sample: true` of a sample. SQL: `COVAR_POP(y, x)` or `COVAR_SAMP(y, x)`
 *
 * @example
 * await Book.objects.aggregate({ c: CovarPop('price', 'pages', { sample: true }) });
 */
export const CovarPop: PostgresFaces['CovarPop'] = face(aggregates.CovarPop);
/** The mean of the independent expression, of pairs without null. SQL: `REGR_AVGX(y, x)` @example RegrAvgX('price', 'pages') */
export const RegrAvgX: PostgresFaces['RegrAvgX'] = face(aggregates.RegrAvgX);
/** The mean of the dependent expression, of pairs without null. SQL: `REGR_AVGY(y, x)` @example RegrAvgY('price', 'pages') */
export const RegrAvgY: PostgresFaces['RegrAvgY'] = face(aggregates.RegrAvgY);
/** How many pairs are without null; 0 over no rows. SQL: `REGR_COUNT(y, x)` @example RegrCount('price', 'pages') */
export const RegrCount: PostgresFaces['RegrCount'] = face(aggregates.RegrCount);
/** Where the line of least squares meets x = 0. SQL: `REGR_INTERCEPT(y, x)` @example RegrIntercept('price', 'pages') */
export const RegrIntercept: PostgresFaces['RegrIntercept'] = face(aggregates.RegrIntercept);
/** The square of the correlation. SQL: `REGR_R2(y, x)` @example RegrR2('price', 'pages') */
export const RegrR2: PostgresFaces['RegrR2'] = face(aggregates.RegrR2);
/** The slope of the line of least squares. SQL: `REGR_SLOPE(y, x)` @example RegrSlope('price', 'pages') */
export const RegrSlope: PostgresFaces['RegrSlope'] = face(aggregates.RegrSlope);
/** The squares of the independent expression's distances from its mean, added up. SQL: `REGR_SXX(y, x)` @example RegrSXX('price', 'pages') */
export const RegrSXX: PostgresFaces['RegrSXX'] = face(aggregates.RegrSXX);
/** The products of both distances from the means, added up. SQL: `REGR_SXY(y, x)` @example RegrSXY('price', 'pages') */
export const RegrSXY: PostgresFaces['RegrSXY'] = face(aggregates.RegrSXY);
/** The squares of the dependent expression's distances from its mean, added up. SQL: `REGR_SYY(y, x)` @example RegrSYY('price', 'pages') */
export const RegrSYY: PostgresFaces['RegrSYY'] = face(aggregates.RegrSYY);

// --- functions
/**
 * All values that a QuerySet of one column gives, in its order, as an array; an empty one where there are none. SQL: `ARRAY(SELECT …)`
 *
 * @example
 * const titles = Book.objects.filter({ authorId: OuterRef('pk') }).orderBy('title').values('title');
 * await Author.objects.annotate({ titles: ArraySubquery(titles) });
 */
export const ArraySubquery: PostgresFaces['ArraySubquery'] = face(arraySubquery.ArraySubquery);
/**
 * A random UUID of version 4, made by the database: also as a column's default. SQL: `GEN_RANDOM_UUID()`
 *
 * @example
 * id: UUIDField({ primaryKey: true, dbDefault: RandomUUID() })
 */
export const RandomUUID: PostgresFaces['RandomUUID'] = face(functions.RandomUUID);
/**
 * The moment at which the transaction began: the same in all its statements, where `Now()` is the statement's. SQL: `CURRENT_TIMESTAMP`
 *
 * @example
 * await Article.objects.update({ publishedAt: TransactionNow() })
 */
export const TransactionNow: PostgresFaces['TransactionNow'] = face(functions.TransactionNow);

// --- indexes, constraints and extensions
/**
 * The usual kind of index, with the storage parameters `fillfactor` and `deduplicateItems`. As all classes of indexes here it takes
 * what `Index` takes, checks its options when it is made (TypeError, ValueError), and is refused by other databases.
 *
 * @example
 * BTreeIndex({ fields: ['name'], fillfactor: 80 })
 */
export const BTreeIndex = indexes.BTreeIndex;
/**
 * An index of values that hold others: arrays, JSON documents, vectors of search, and texts by their trigrams.
 * Storage parameters: `fastupdate`, `ginPendingListLimit` (kilobytes).
 *
 * @example
 * GinIndex({ fields: ['tags'] })
 * GinIndex(OpClass('name', { name: 'gin_trgm_ops' }), { name: 'name_trigrams' })
 */
export const GinIndex = indexes.GinIndex;
/** An index of ranges and shapes, and by nearness. Storage parameters: `buffering`, `fillfactor`. @example GistIndex({ fields: ['period'] }) */
export const GistIndex = indexes.GistIndex;
/** An index of what is found by parts of space: points, ranges, addresses. Storage parameter: `fillfactor`. @example SpGistIndex({ fields: ['address'] }) */
export const SpGistIndex = indexes.SpGistIndex;
/**
 * A very small index for large tables whose rows lie in the order of the column. Storage parameters: `autosummarize`,
 * `pagesPerRange`.
 *
 * @example
 * BrinIndex({ fields: ['createdAt'], pagesPerRange: 32 })
 */
export const BrinIndex = indexes.BrinIndex;
/** An index of one column, for equality alone. Storage parameter: `fillfactor`. @example HashIndex({ fields: ['token'] }) */
export const HashIndex = indexes.HashIndex;
/**
 * One index for equality in any of many columns; needs the extension bloom. `length` are the bits of a row (1 to 4096), `columns`
 * those of each field (1 to 4095).
 *
 * @example
 * BloomIndex({ fields: ['size', 'colour', 'weight'], length: 80, columns: [2, 2, 4] })
 */
export const BloomIndex = indexes.BloomIndex;
/**
 * An expression with the operator class by which an index or an ExclusionConstraint keeps it; anywhere else it is the expression
 * alone. Throws ValueError for a name that is no identifier.
 *
 * @example
 * GinIndex(OpClass(Upper('name'), { name: 'gin_trgm_ops' }), { name: 'upper_name_trigrams' })
 */
export const OpClass: SchemaFaces['OpClass'] = face(opClass.OpClass);
/**
 * No two rows for which all operators hold: no room that is booked twice at one time. `expressions` are pairs of a field's name or
 * an expression, and an operator; `condition`, `deferrable` and `include` are those of UniqueConstraint. `indexType` is gist, spgist
 * or hash. Equality of plain columns in gist needs the extension btree_gist. `fullClean()` looks for such rows by one query; the
 * database throws IntegrityError of the kind `exclusion`. Throws TypeError or ValueError for wrong options.
 *
 * @example
 * ExclusionConstraint({ name: 'no_double_booking', expressions: [['room', '='], ['period', '&&']], condition: { cancelled: false } })
 */
export const ExclusionConstraint = exclusionConstraint.ExclusionConstraint;
/**
 * Creates an extension of the database unless it is there; `schema`, `version` and `cascade` are those of CREATE EXTENSION. Mostly
 * only a superuser may. On PGlite the extension must be among the `extensions` of its configuration. Throws NotSupportedError on
 * other databases, TypeError for what is no name. SQL: `CREATE EXTENSION IF NOT EXISTS "pg_trgm"`
 *
 * @example
 * await createExtension('pg_trgm')
 */
export const createExtension = schemaChanges.createExtension;
/**
 * Removes an extension if it is there, with `cascade` also what depends on it. SQL: `DROP EXTENSION IF EXISTS "pg_trgm"`
 *
 * @example
 * await dropExtension('pg_trgm', { cascade: true })
 */
export const dropExtension = schemaChanges.dropExtension;
/**
 * Makes an index while the table stays in use: an index of the model by its name, or another one. It takes longer than CREATE INDEX, and
 * what fails midway leaves an index that is marked invalid: remove it and try again. Throws TransactionManagementError inside of
 * atomic(), ValueError for an unknown name. SQL: `CREATE INDEX CONCURRENTLY "name" ON "table" (…)`
 *
 * @example
 * await addIndexConcurrently(Book, Index({ fields: ['title'], name: 'book_title' }))
 */
export const addIndexConcurrently = schemaChanges.addIndexConcurrently;
/**
 * Removes an index, given as such or by its name, while the table stays in use. Throws TransactionManagementError inside of atomic().
 * SQL: `DROP INDEX CONCURRENTLY IF EXISTS "name"`
 *
 * @example
 * await removeIndexConcurrently(Book, 'book_title')
 */
export const removeIndexConcurrently = schemaChanges.removeIndexConcurrently;
export type { ExtensionOptions } from './backends/backend.js';
export type {
  BloomIndexOptions,
  BrinIndexOptions,
  BTreeIndexOptions,
  GinIndexOptions,
  GistIndexOptions,
  HashIndexOptions,
  SpGistIndexOptions,
} from './contrib/postgres/indexes.js';
export type { ExclusionConstraintOptions, ExclusionTerm } from './schema/exclusion-constraint.js';

// --- locks and notifications
/**
 * Runs `work` while this process holds a lock that means what the application says: no row, no table. Others that ask for the same
 * key wait, in other processes too; `shared` locks wait for exclusive ones alone. The key is a whole number, a pair of them, or a text, of
 * which the same hash is taken everywhere. The lock has a connection of its own beside the pool, ends with `work`, also when that
 * throws, and does not depend on transactions. Throws OperationalError with the code `lock-lost` when that connection was lost
 * meanwhile, `cancelled` when `signal` ended the wait, NotSupportedError on PGlite, which has one session for everything.
 * SQL: `SELECT pg_advisory_lock(key)`
 *
 * @example
 * await advisoryLock('nightly report', () => sendReport())
 */
export const advisoryLock = advisoryLocks.advisoryLock;
/**
 * `advisoryLock` that does not wait: `{ acquired: false }` where somebody else holds it. SQL: `SELECT pg_try_advisory_lock(key)`
 *
 * @example
 * const tried = await tryAdvisoryLock('nightly report', () => sendReport())
 * if (!tried.acquired) console.log('It is being sent already.')
 */
export const tryAdvisoryLock = advisoryLocks.tryAdvisoryLock;
/**
 * Waits for a lock that the transaction holds to its end. Throws TransactionManagementError outside of atomic(). The waiting is one
 * statement, which `statementTimeout` and `lockTimeout` limit. SQL: `SELECT pg_advisory_xact_lock(key)`
 *
 * @example
 * await atomic(async () => {
 *   await advisoryTransactionLock([1, account.id])
 *   …
 * })
 */
export const advisoryTransactionLock = advisoryLocks.advisoryTransactionLock;
/** `advisoryTransactionLock` that does not wait: false where somebody else holds it. SQL: `SELECT pg_try_advisory_xact_lock(key)` @example if (!(await tryAdvisoryTransactionLock('x'))) return */
export const tryAdvisoryTransactionLock = advisoryLocks.tryAdvisoryTransactionLock;
/**
 * The messages of one or several channels, as they come: `{ channel, payload, processId }`. It has a connection of its own beside the
 * pool (on PGlite the only one). Listening begins with the loop, or by `ready()`, after which nothing is missed; it ends when the loop
 * is left, when `signal` aborts or the database closes. When the connection is lost the loop throws OperationalError with the code
 * `connection-lost`, or with `onReconnect` listens again and calls that function, for what was sent meanwhile is missed.
 * Throws ValueError for a name of more than 63 bytes. SQL: `LISTEN "channel"`
 *
 * @example
 * for await (const { payload } of listen('jobs', { signal })) await work(payload)
 */
export const listen = notifications.listen;
/**
 * Sends a message to everybody who listens to the channel; inside atomic() at its commit. Throws ValueError for a payload of more than
 * 7,999 bytes. SQL: `SELECT pg_notify(channel, payload)`
 *
 * @example
 * await notify('jobs', String(job.id))
 */
export const notify = notifications.notify;
export type { Notification } from './backends/backend.js';
export type { LockKey, LockOptions, Tried, WaitingLockOptions } from './contrib/postgres/advisory-locks.js';
export type { Listener, ListenOptions } from './contrib/postgres/notifications.js';

// --- search
/**
 * A document prepared for search, in a column of its own: fill it by `update()`, a trigger or a `GeneratedField`, and index it with
 * a `GinIndex`. In JavaScript: string, its words as PostgreSQL writes them. `exact` searches in it.
 *
 * @example
 * search: SearchVectorField({ null: true })
 */
export const SearchVectorField: SearchFaces['SearchVectorField'] = face(searchTypes.SearchVectorField);
/**
 * The words of fields and expressions, prepared for search; what is null counts as empty. The last argument may hold options: the
 * `config` of text search by which words are found, and the `weight` that they have. `add()` joins vectors.
 * Throws ValueError for a weight other than A, B, C, D. SQL: `TO_TSVECTOR(COALESCE(title, '') || ' ' || COALESCE(body, ''))`
 *
 * @example
 * await Entry.objects.annotate({ search: SearchVector('title', 'body', { config: 'english' }) }).filter({ search: 'cheese' });
 */
export const SearchVector: SearchFaces['SearchVector'] = face(searchVector.SearchVector);
/**
 * What is searched for, as the right side of `search` and of vectors. `searchType` says how the text is read: `plain` (all words),
 * `phrase`, `raw` (the syntax of `to_tsquery`, which may be malformed) or `websearch`; `invert` finds the rest. `and()`, `or()` and
 * `not()` combine queries. Throws ValueError for another searchType. SQL: `PLAINTO_TSQUERY('cheese')`
 *
 * @example
 * SearchQuery('red tomato', { searchType: 'phrase' }).or(SearchQuery('cheese').not())
 */
export const SearchQuery: SearchFaces['SearchQuery'] = face(searchQuery.SearchQuery);
/**
 * How well a vector fits a query: a float to order by. A path to a text is made a vector, a text a plain query.
 * Throws ValueError for weights that are not four numbers from 0 to 1 and for a normalization that is no sum of 1 to 32.
 * SQL: `TS_RANK(vector, query)`, with `coverDensity` `TS_RANK_CD`
 *
 * @example
 * await Entry.objects.annotate({ rank: SearchRank(SearchVector('body'), SearchQuery('cheese')) }).orderBy('-rank');
 */
export const SearchRank: SearchFaces['SearchRank'] = face(searchRank.SearchRank);
/**
 * The places of a text where the words of a query stand, between `startSel` and `stopSel`. The text itself is not made safe for HTML.
 * Throws ValueError or TypeError for a wrong option. SQL: `TS_HEADLINE(body, query, 'StartSel=''<i>''')`
 *
 * @example
 * SearchHeadline('body', SearchQuery('cheese'), { startSel: '<mark>', stopSel: '</mark>', maxFragments: 2 })
 */
export const SearchHeadline: SearchFaces['SearchHeadline'] = face(searchHeadline.SearchHeadline);
/**
 * How alike an expression and a text are, from 0 to 1, by the groups of three letters that they share. Needs the extension pg_trgm,
 * as all of these. SQL: `SIMILARITY(name, 'Mathew')`
 *
 * @example
 * await Author.objects.annotate({ near: TrigramSimilarity('name', 'Mathew') }).filter({ near__gt: 0.3 }).orderBy('-near');
 */
export const TrigramSimilarity: SearchFaces['TrigramSimilarity'] = face(searchTrigram.TrigramSimilarity);
/** 1 − TrigramSimilarity; a GiST index can order by it. SQL: `name <-> 'Mathew'` @example TrigramDistance('name', 'Mathew') */
export const TrigramDistance: SearchFaces['TrigramDistance'] = face(searchTrigram.TrigramDistance);
/** How alike a text and the part of an expression that is most like it are. SQL: `WORD_SIMILARITY('Mat', name)` @example TrigramWordSimilarity('Mat', 'name') */
export const TrigramWordSimilarity: SearchFaces['TrigramWordSimilarity'] = face(searchTrigram.TrigramWordSimilarity);
/** 1 − TrigramWordSimilarity. SQL: `'Mat' <<-> name` @example TrigramWordDistance('Mat', 'name') */
export const TrigramWordDistance: SearchFaces['TrigramWordDistance'] = face(searchTrigram.TrigramWordDistance);
/** TrigramWordSimilarity in which the part is made of whole words. SQL: `STRICT_WORD_SIMILARITY('Mat', name)` @example TrigramStrictWordSimilarity('Mat', 'name') */
export const TrigramStrictWordSimilarity: SearchFaces['TrigramStrictWordSimilarity'] = face(
  searchTrigram.TrigramStrictWordSimilarity,
);
/** 1 − TrigramStrictWordSimilarity. SQL: `'Mat' <<<-> name` @example TrigramStrictWordDistance('Mat', 'name') */
export const TrigramStrictWordDistance: SearchFaces['TrigramStrictWordDistance'] = face(
  searchTrigram.TrigramStrictWordDistance,
);
export type {
  SearchConfigOptions,
  SearchHeadlineOptions,
  SearchQueryExpression,
  SearchQueryOptions,
  SearchRankOptions,
  SearchVectorExpression,
  SearchVectorOptions,
  SearchWeight,
} from './contrib/postgres/search/faces.js';
