import type { ExpressionNode } from '../sql/expression-nodes.js';
import type { SqlNode } from '../sql/statement-nodes.js';
import type { ColumnType, ContribName, DbValue, ValueType } from '../sql/value-type.js';

/** What a database can do, as data. Code asks for a feature, never for a database's name. */
export interface Features {
  /** INSERT … RETURNING, for one row and for many. */
  readonly returning: boolean;
  readonly returningMany: boolean;
  readonly updateReturning: boolean;
  /** The driver tells the automatic key of a new row with the result, for less than RETURNING costs. */
  readonly insertId: boolean;
  readonly distinctOn: boolean;
  readonly selectForUpdate: boolean;
  readonly selectForUpdateOf: boolean;
  readonly selectForUpdateNowait: boolean;
  readonly selectForUpdateSkipLocked: boolean;
  readonly selectForUpdateNoKey: boolean;
  /** Foreign keys are checked at COMMIT rather than at each statement. */
  readonly deferrableConstraints: boolean;
  readonly transactionalDdl: boolean;
  readonly ignoreConflicts: boolean;
  readonly updateConflicts: boolean;
  /** ON CONFLICT names the columns whose uniqueness is meant. */
  readonly conflictTarget: boolean;
  readonly aggregateFilter: boolean;
  readonly windowExclusion: boolean;
  readonly jsonContains: boolean;
  readonly orderedCompoundParts: boolean;
  readonly partialIndexes: boolean;
  readonly expressionIndexes: boolean;
  readonly coveringIndexes: boolean;
  readonly nullsDistinct: boolean;
  readonly nullsFirstModifier: boolean;
  /** GROUP BY needs only the primary key; other columns of its table follow from it. */
  readonly groupByPrimaryKey: boolean;
  /** XOR as a connector. */
  readonly logicalXor: boolean;
  /** UPDATE and DELETE may read the table that they write in a subquery. */
  readonly selfReferencingWrites: boolean;
  /** UPDATE … FROM (VALUES …), with columns of the types of their values. */
  readonly updateFromValues: boolean;
  /** UPDATE … ORDER BY. */
  readonly updateOrderBy: boolean;
  readonly interpretsEmptyStringAsNull: boolean;
  readonly comments: boolean;
  readonly storedGenerated: boolean;
  readonly virtualGenerated: boolean;
  readonly expressionDefaults: boolean;
  /** DEFAULT as a value of an INSERT. Without it, the query side writes the default's expression. */
  readonly defaultKeyword: boolean;
  /** Most parameters of one statement. */
  readonly maxParameters: number;
  /** Rows that a stream reads at a time where nothing is said: few where reading more costs no way to a server, for they are held in memory. */
  readonly chunkSize: number;
  /** Longest identifier, in bytes where the database counts bytes. */
  readonly maxNameLength: number;
  /** Smallest and largest value by integer column type. */
  readonly integerRanges: Readonly<Record<string, readonly [bigint, bigint]>>;
  /** The part of `contrib/` whose types and functions it has; null for none. */
  readonly contrib: ContribName | null;
  /** Auto keys may be 0. */
  readonly autoKeyZero: boolean;
}

/** A conversion both ways between the neutral form and what the driver gives and takes; null never reaches it. */
export interface Codec {
  /** `identity` where the driver takes the neutral form as it is. */
  readonly encode: (value: any) => unknown;
  readonly decode: (value: any) => DbValue;
  /** Where a value on its way into a column is encoded otherwise: rounded to the column's places, which other databases do themselves. */
  readonly encodeColumn?: (value: any) => unknown;
  /** Where a stored column is decoded otherwise than an expression of its type: rounded to the column's places. */
  readonly decodeColumn?: (value: any) => DbValue;
  /** Columns of this type may hold whole numbers of 64 bits, and the driver must be told so. */
  readonly wide?: boolean;
}

/** Node kinds by name, and the node of each kind. */
export type NodeKind = SqlNode['kind'];
export type NodeOf<K extends NodeKind> = Extract<SqlNode, { readonly kind: K }>;
/** How each node is written: a node kind without a visit does not type-check. */
export type Visits = { readonly [K in NodeKind]: (node: NodeOf<K>, out: SqlWriter) => void };
/** How a function is written where a plain `NAME(a, b)` would be wrong. */
export type FunctionVisit = (node: NodeOf<'call'> | NodeOf<'aggregate'>, out: SqlWriter) => void;

/** What makes a parameter that parameter: what its value comes from, and all that decides its form and its type. */
export type ParamIdentity = readonly [origin: object, ...more: unknown[]];

/** Text and parameters as they are gathered in one walk. */
export interface SqlWriter {
  readonly dialect: Dialect;
  /** Constant SQL text. Never anything that a user gave. */
  text(sql: string): SqlWriter;
  /** An identifier, quoted. Throws for what no identifier can be (empty, NUL). */
  name(identifier: string): SqlWriter;
  /** Any node, by the dialect's visit. */
  node(node: SqlNode): SqlWriter;
  /** Nodes with `separator` between them. */
  list(nodes: readonly SqlNode[], separator?: string): SqlWriter;
  /** What `write` writes for each item, with `separator` between. */
  each<T>(items: readonly T[], write: (item: T) => void, separator?: string): SqlWriter;
  /**
   * A placeholder and its value: in JavaScript's meaning, converted by `type` and the dialect's codec. Where placeholders are numbered,
   * `told` is what tells the database the parameter's type at this place (a cast, the type of a column, or for want of both the node):
   * the same value that is told alike is the same parameter, so that an expression written twice stays one expression.
   */
  param(
    param: { value: unknown; type: ValueType; source: object | null; map: ((value: any) => unknown) | null },
    told?: unknown,
  ): SqlWriter;
  /**
   * A placeholder whose value is made in another way than by a type: the values of a list as one document. Those of the same
   * `identity`, part for part, are one parameter.
   */
  input(param: CompiledParam, identity?: ParamIdentity | null): SqlWriter;
  /** A whole number or text that belongs to the shape of the statement, as a bound parameter in the driver's own form. */
  bind(value: DbValue, source?: object | null): SqlWriter;
  /** `(` what `write` writes `)`, one statement deeper. */
  nested(write: () => void): SqlWriter;
  /** Notes that a part of the statement is meant for the database of this alias. */
  on(alias: string): SqlWriter;
  /** How many statements stand around what is being written; 0 in the outermost. */
  readonly depth: number;
}

/** A database's way of speaking: data and small functions. */
export interface Dialect {
  /** For messages alone: 'SQLite', 'PostgreSQL' … Nothing decides by it. */
  readonly label: string;
  readonly features: Features;
  readonly visits: Visits;
  /** By canonical name (`CONCAT`, `STDDEV_POP`); what is missing is written `NAME(args)`. */
  readonly functions: Readonly<Record<string, FunctionVisit>>;
  quoteName(identifier: string): string;
  /** The placeholder of parameter `index`, counted from 1: `?`, `$1`. */
  placeholder(index: number): string;
  /** The DDL type of a column: `varchar(20)`. */
  columnSql(type: ColumnType): string;
  /** The type as CAST wants it. */
  castSql(type: ColumnType): string;
  codec(type: ColumnType): Codec;
  /** A literal for DDL (DEFAULT, CHECK), where no parameter can stand: the one audited place that writes values as text. */
  literal(value: DbValue, type: ColumnType): string;
  /** Last changes to a statement for what its text cannot say otherwise; mostly nothing. */
  rewrite?(node: SqlNode): SqlNode;
}

/** One parameter of a compiled statement. */
export interface CompiledParam {
  /** What it takes its value from in a later run; null for a constant of the shape. */
  readonly source: object | null;
  /** From the source's value to the driver's form: map, then toDb, then the codec; null stays null. */
  readonly encode: (value: any) => unknown;
  /** The driver's form of the value at compile time. */
  readonly value: unknown;
}

/** A statement, ready for a driver. */
export interface Compiled {
  readonly sql: string;
  readonly params: readonly CompiledParam[];
  /** For each selected (or returned) column from the driver's form to JavaScript's meaning; null where it is the same. Null values never reach it. */
  readonly decoders: readonly (((value: any) => unknown) | null)[];
  /** Positions of columns that may hold whole numbers of 64 bits, which drivers of some databases must be told. */
  readonly wideColumns: readonly number[];
  /** Whether it gives at most one row. */
  readonly oneRow: boolean;
  /** Whether it only reads. */
  readonly readOnly: boolean;
  /** Aliases of databases that parts of it are meant for, where there are any. */
  readonly databases?: readonly string[];
}

/** `compile(node, dialect)` of `compile.ts`. */
export type Compile = (node: SqlNode, dialect: Dialect) => Compiled;
export type { ExpressionNode };
