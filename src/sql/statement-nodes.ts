import type { ExpressionNode, FrameNode, ListParamNode, OrderNode } from './expression-nodes.js';

/** `expression AS alias`; alias null where the name does not matter. */
export interface SelectColumn {
  readonly expression: ExpressionNode;
  readonly alias: string | null;
}
/** A table or a statement that rows come from. */
export type Source =
  | { readonly kind: 'table'; readonly name: string; readonly alias: string }
  | { readonly kind: 'derived'; readonly query: SelectNode | CompoundNode; readonly alias: string };
export interface JoinNode {
  readonly kind: 'join';
  readonly type: 'INNER' | 'LEFT';
  readonly source: Source;
  readonly on: ExpressionNode;
}
export interface LockNode {
  readonly kind: 'lock';
  /** Aliases of the tables to lock; empty for all. */
  readonly of: readonly string[];
  readonly wait: 'wait' | 'nowait' | 'skipLocked';
  /** FOR NO KEY UPDATE. */
  readonly noKey: boolean;
}
export interface SliceNode {
  readonly kind: 'slice';
  readonly limit: number | null;
  readonly offset: number;
  /** Lets a cached plan find the offset of the next query, as the source of a parameter does; null for a constant. */
  readonly offsetSource: object | null;
}
export interface CteNode {
  readonly kind: 'cte';
  readonly name: string;
  readonly columns: readonly string[];
  readonly query: SelectNode | CompoundNode;
}
export interface SelectNode {
  readonly kind: 'select';
  readonly ctes: readonly CteNode[];
  readonly recursive: boolean;
  readonly distinct: boolean;
  /** DISTINCT ON, where the database has it. */
  readonly distinctOn: readonly ExpressionNode[];
  readonly columns: readonly SelectColumn[];
  readonly from: Source | null;
  readonly joins: readonly JoinNode[];
  readonly where: ExpressionNode | null;
  readonly groupBy: readonly ExpressionNode[];
  readonly having: ExpressionNode | null;
  readonly orderBy: readonly OrderNode[];
  readonly slice: SliceNode | null;
  readonly lock: LockNode | null;
  /** It gives at most one row, whatever its limit says. */
  readonly oneRow: boolean;
  /** The database that its query named, if it named one: a statement runs on one alone. */
  readonly database?: string;
}
/** UNION, INTERSECT, EXCEPT of statements, ordered and sliced as a whole. */
export interface CompoundNode {
  readonly kind: 'compound';
  readonly operator: 'UNION' | 'UNION ALL' | 'INTERSECT' | 'EXCEPT';
  readonly queries: readonly (SelectNode | CompoundNode)[];
  readonly orderBy: readonly OrderNode[];
  readonly slice: SliceNode | null;
}
export interface Assignment {
  readonly column: string;
  readonly value: ExpressionNode;
}
export interface ConflictNode {
  readonly kind: 'conflict';
  readonly action: 'ignore' | 'update';
  /** Columns whose uniqueness is meant; empty where the database takes any. */
  readonly target: readonly string[];
  /** Columns that take the new row's value. */
  readonly update: readonly string[];
}
export interface InsertNode {
  readonly kind: 'insert';
  readonly table: string;
  readonly columns: readonly string[];
  /** One list of values a row, in the order of `columns`; no columns and one empty row insert defaults alone. */
  readonly rows: readonly (readonly ExpressionNode[])[];
  readonly conflict: ConflictNode | null;
  /** Columns to return of every inserted row. */
  readonly returning: readonly SelectColumn[];
}
/** Rows of values that an UPDATE reads beside its table; their columns are called column1, column2 … */
export interface RowValues {
  readonly alias: string;
  readonly rows: readonly (readonly ExpressionNode[])[];
}
export interface UpdateNode {
  readonly kind: 'update';
  readonly table: string;
  readonly assignments: readonly Assignment[];
  /** Only where the database has UPDATE … FROM (VALUES …). */
  readonly from?: RowValues;
  readonly where: ExpressionNode | null;
  /** Only where the database has UPDATE … ORDER BY. */
  readonly orderBy: readonly OrderNode[];
  readonly returning: readonly SelectColumn[];
}
export interface DeleteNode {
  readonly kind: 'delete';
  readonly table: string;
  readonly where: ExpressionNode | null;
}
export type QueryNode = SelectNode | CompoundNode;
export type WriteNode = InsertNode | UpdateNode | DeleteNode;
export type StatementNode = QueryNode | WriteNode;
/** Whatever the compiler can write. */
export type SqlNode =
  | ExpressionNode
  | StatementNode
  | OrderNode
  | FrameNode
  | ListParamNode
  | JoinNode
  | LockNode
  | SliceNode
  | CteNode
  | ConflictNode;
