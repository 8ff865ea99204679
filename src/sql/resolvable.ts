import type { ExpressionNode, OrderNode } from './expression-nodes.js';
import type { QueryNode } from './statement-nodes.js';
import type { ValueType } from './value-type.js';

/** Where names get their meaning. The query side implements it; expressions know nothing else of a query. */
export interface Scope {
  /** A name or path (`author__name__lower`, an annotation, `pk`) as a node. Throws FieldError with the choices. */
  path(path: string): ExpressionNode;
  /** A condition (Q, plain object, boolean expression) as a node; constant conditions fold to a boolean literal. */
  condition(condition: unknown): ExpressionNode;
  /** A QuerySet as a statement, with this scope as the outer one. */
  subquery(querySet: unknown, use: SubqueryUse): QueryNode;
  /** The scope around this one, for OuterRef; null at the outermost. */
  readonly outer: Scope | null;
  /** Whether this scope only checks names; then an outer reference stands for anything. */
  readonly checking: boolean;
  /** The time zone for dates and times where none is given: an IANA name. */
  readonly timeZone: string;
  /** Terms of an order given as names (`-price`), expressions or OrderBy. */
  order(term: unknown): OrderNode[];
}

/** What a subquery is used as: one value, rows of one column for IN, the same in their order for an array, or rows for EXISTS. */
export type SubqueryUse = 'value' | 'in' | 'array' | 'exists';

/** Becomes a node once told what names mean. */
export interface Resolvable {
  resolve(scope: Scope): ExpressionNode;
  /**
   * A text that is the same for two expressions exactly when they resolve to nodes that differ in parameter values alone,
   * or null when that cannot be told (then plans are not reused).
   */
  readonly shape: string | null;
  /** The objects inside that carry parameter values, in the order in which `shape` mentions them, each with its value. */
  inputs(): readonly Input[];
}

/** A value of a query: `source` is what its ParamNode names as its source. */
export interface Input {
  readonly source: object;
  readonly value: unknown;
}

/** A result type that is known only after its parts are resolved. */
export type TypeOf = (parts: readonly ExpressionNode[]) => ValueType;
