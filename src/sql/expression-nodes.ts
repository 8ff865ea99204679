import type { ColumnType, ContribName, ValueType } from './value-type.js';

interface Typed {
  /** How the value of this expression crosses to the database and back. */
  readonly type: ValueType;
}

/** A statement inside an expression: a SelectNode or CompoundNode of `statement-nodes.ts`, which stands on this file. */
export interface NestedQuery {
  readonly kind: 'select' | 'compound';
}

/** `table.name`; `table` is the alias under which the table stands in the statement, null inside DDL. */
export interface ColumnNode extends Typed {
  readonly kind: 'column';
  readonly table: string | null;
  readonly name: string;
}
/** What a document of JSON is, as far as its comparison depends on it. */
export type JsonKind = 'string' | 'number' | 'other';
/** A value, always bound and never written into the text. */
export interface ParamNode extends Typed {
  readonly kind: 'param';
  /** The value in JavaScript's meaning, before `type.toDb`. Null is bound as NULL. */
  readonly value: unknown;
  /** What the value came from (a condition, a Value): the key under which a cached plan finds the next query's value. */
  readonly source: object | null;
  /** From the source's value to this one, where they differ: `x` → `%x%`. */
  readonly map: ((value: any) => unknown) | null;
  /**
   * What the value is as a document of JSON, where the statement's shape tells; left out where any may come. A database that holds
   * documents as texts compares them in more than one way.
   */
  readonly jsonKind?: JsonKind;
}
/** A constant that belongs to the statement's shape and is written as text: NULL, whole numbers, TRUE, FALSE. */
export interface LiteralNode extends Typed {
  readonly kind: 'literal';
  readonly value: null | number | boolean;
}
/** `*`, as in COUNT(*). */
export interface StarNode extends Typed {
  readonly kind: 'star';
}
/** A reference to a column of the select list by its alias. */
export interface AliasNode extends Typed {
  readonly kind: 'alias';
  readonly name: string;
}
/** A function call. `name` is a canonical upper-case name; a dialect's `functions` table may spell it otherwise. */
export interface CallNode extends Typed {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly ExpressionNode[];
  /** Options that belong to the shape: a precision, a kind, a delimiter's presence. */
  readonly options?: Readonly<Record<string, string | number | boolean | null>>;
  /** The part of `contrib/` that the function is of, where only one database has it; the others refuse it. */
  readonly contrib?: ContribName;
}
/** COUNT, SUM, AVG, MIN, MAX, STDDEV_POP, STDDEV_SAMP, VAR_POP, VAR_SAMP, STRING_AGG, ANY_VALUE … */
export interface AggregateNode extends Typed {
  readonly kind: 'aggregate';
  readonly name: string;
  readonly args: readonly ExpressionNode[];
  readonly distinct: boolean;
  readonly filter: ExpressionNode | null;
  readonly orderBy: readonly OrderNode[];
  /** As of a call. */
  readonly contrib?: ContribName;
}
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%' | '^' | '&' | '|' | '#' | '<<' | '>>';
/** `left operator right`; `^` is power and `#` is exclusive or, each spelled by the dialect. */
export interface BinaryNode extends Typed {
  readonly kind: 'binary';
  readonly operator: ArithmeticOperator;
  readonly left: ExpressionNode;
  readonly right: ExpressionNode;
}
/** Date and time arithmetic: date ± duration, date − date. `type` is the result's. */
export interface TemporalArithmeticNode extends Typed {
  readonly kind: 'temporalArithmetic';
  readonly operator: '+' | '-';
  readonly left: ExpressionNode;
  readonly right: ExpressionNode;
}
export interface NegateNode extends Typed {
  readonly kind: 'negate';
  readonly operand: ExpressionNode;
}
export type ComparisonOperator = '=' | '<>' | '<' | '<=' | '>' | '>=';
export interface ComparisonNode extends Typed {
  readonly kind: 'comparison';
  readonly operator: ComparisonOperator;
  readonly left: ExpressionNode;
  readonly right: ExpressionNode;
}
export interface BetweenNode extends Typed {
  readonly kind: 'between';
  readonly operand: ExpressionNode;
  readonly low: ExpressionNode;
  readonly high: ExpressionNode;
}
export interface IsNullNode extends Typed {
  readonly kind: 'isNull';
  readonly operand: ExpressionNode;
  readonly negated: boolean;
}
/**
 * `left LIKE pattern`; `pattern` is a concatenation in which the wildcards that belong to the value are escaped by `\`.
 * `ignoreCase` folds as the database folds.
 */
export interface LikeNode extends Typed {
  readonly kind: 'like';
  readonly left: ExpressionNode;
  readonly pattern: ExpressionNode;
  readonly ignoreCase: boolean;
}
export interface RegexNode extends Typed {
  readonly kind: 'regex';
  readonly left: ExpressionNode;
  readonly pattern: ExpressionNode;
  readonly ignoreCase: boolean;
}
/** `operand IN (…)`: a list of expressions, a statement, or one parameter that holds the whole list (`ListParamNode`). */
export interface InNode extends Typed {
  readonly kind: 'in';
  readonly operand: ExpressionNode;
  readonly choices: readonly ExpressionNode[] | NestedQuery | ListParamNode;
}
/** All values of an `in` list as one parameter, so that the text does not depend on their number (json_each, = ANY). */
export interface ListParamNode {
  readonly kind: 'listParam';
  readonly values: readonly unknown[];
  readonly elementType: ValueType;
  readonly source: object | null;
  readonly map: ((value: any) => readonly unknown[]) | null;
}
export interface LogicalNode extends Typed {
  readonly kind: 'logical';
  readonly connector: 'AND' | 'OR' | 'XOR';
  readonly operands: readonly ExpressionNode[];
}
export interface NotNode extends Typed {
  readonly kind: 'not';
  readonly operand: ExpressionNode;
}
export interface CaseNode extends Typed {
  readonly kind: 'case';
  readonly whens: readonly { readonly condition: ExpressionNode; readonly result: ExpressionNode }[];
  readonly otherwise: ExpressionNode | null;
}
export interface CastNode extends Typed {
  readonly kind: 'cast';
  readonly operand: ExpressionNode;
  readonly to: ColumnType;
}
export interface CollateNode extends Typed {
  readonly kind: 'collate';
  readonly operand: ExpressionNode;
  readonly collation: string;
}
export interface FrameBound {
  readonly kind: 'unboundedPreceding' | 'preceding' | 'currentRow' | 'following' | 'unboundedFollowing';
  /** Rows or values, for `preceding` and `following`. */
  readonly offset?: number;
}
export interface FrameNode {
  readonly kind: 'frame';
  readonly mode: 'rows' | 'range';
  readonly start: FrameBound;
  readonly end: FrameBound;
  readonly exclusion: 'CURRENT ROW' | 'GROUP' | 'TIES' | 'NO OTHERS' | null;
}
export interface WindowNode extends Typed {
  readonly kind: 'window';
  readonly expression: ExpressionNode;
  readonly partitionBy: readonly ExpressionNode[];
  readonly orderBy: readonly OrderNode[];
  readonly frame: FrameNode | null;
}
/** A statement as a value: one row, one column. */
export interface SubqueryNode extends Typed {
  readonly kind: 'subquery';
  readonly query: NestedQuery;
}
export interface ExistsNode extends Typed {
  readonly kind: 'exists';
  readonly query: NestedQuery;
}
/** Several columns as one value: a composite key. */
export interface TupleNode extends Typed {
  readonly kind: 'tuple';
  readonly items: readonly ExpressionNode[];
}
/** A part of a JSON document by keys (string) and indexes (number). `asText` gives text in place of JSON. */
export interface JsonPathNode extends Typed {
  readonly kind: 'jsonPath';
  readonly operand: ExpressionNode;
  readonly path: readonly (string | number)[];
  readonly asText: boolean;
}
export type DatePart =
  | 'year'
  | 'iso_year'
  | 'quarter'
  | 'month'
  | 'week'
  | 'day'
  | 'week_day'
  | 'iso_week_day'
  | 'hour'
  | 'minute'
  | 'second';
/** A part of a date as a whole number. `timeZone` (an IANA name) applies to datetimes; null for dates and times. */
export interface ExtractNode extends Typed {
  readonly kind: 'extract';
  readonly part: DatePart;
  readonly operand: ExpressionNode;
  readonly timeZone: string | null;
}
export type TruncKind = 'year' | 'quarter' | 'month' | 'week' | 'day' | 'hour' | 'minute' | 'second' | 'date' | 'time';
/** A date cut down to the start of its year, month …; `from` and `type` say what goes in and what comes out. */
export interface TruncNode extends Typed {
  readonly kind: 'trunc';
  readonly unit: TruncKind;
  readonly operand: ExpressionNode;
  readonly timeZone: string | null;
}
/** SQL that the developer wrote, in pieces between which its parameters and nodes stand. */
export interface RawNode extends Typed {
  readonly kind: 'raw';
  readonly texts: readonly string[];
  readonly values: readonly ExpressionNode[];
}
/** DEFAULT as a value of an INSERT. */
export interface DefaultNode extends Typed {
  readonly kind: 'default';
}
/** One term of ORDER BY; `nulls` null leaves their place to the database. */
export interface OrderNode {
  readonly kind: 'order';
  readonly expression: ExpressionNode;
  readonly descending: boolean;
  readonly nulls: 'first' | 'last' | null;
}

/** Any expression. Every kind has a visit in `compiler/visits.ts`; one without does not type-check. */
export type ExpressionNode =
  | ColumnNode
  | ParamNode
  | LiteralNode
  | StarNode
  | AliasNode
  | CallNode
  | AggregateNode
  | BinaryNode
  | TemporalArithmeticNode
  | NegateNode
  | ComparisonNode
  | BetweenNode
  | IsNullNode
  | LikeNode
  | RegexNode
  | InNode
  | LogicalNode
  | NotNode
  | CaseNode
  | CastNode
  | CollateNode
  | WindowNode
  | SubqueryNode
  | ExistsNode
  | TupleNode
  | JsonPathNode
  | ExtractNode
  | TruncNode
  | RawNode
  | DefaultNode;
