import type { ExpressionNode } from '../sql/expression-nodes.js';
import type { QueryNode } from '../sql/statement-nodes.js';
import type { ValueType } from '../sql/value-type.js';

/** What lookups and transforms may ask of their surroundings. */
export interface LookupContext {
  /** IANA name of the zone in which dates of datetimes are meant. */
  readonly timeZone: string;
  /** What is compared, for messages: `Book.pages`. */
  readonly subject: string;
}

/**
 * The right side of a lookup:
 * - `param`: a value that `prepare` returned (a list for `in`, a pair for `range`), bound as parameters
 * - any other expression node: an expression the user gave, resolved
 * - a list of nodes: a list (`in`, `range`) that held expressions
 * - a statement: a QuerySet on the right
 */
export type LookupRight = ExpressionNode | QueryNode | readonly ExpressionNode[];

/**
 * A comparison by name: `title__icontains`. It builds nodes and never asks which database will read them.
 *
 * Plans are reused for other values of the same shape, so `toNode` may look at a parameter's value only as far as
 * `shapeOf` tells it apart; everything else about the value must go through `mapParam`.
 */
export interface Lookup {
  readonly name: string;
  /** Checks and converts the value at the call; `type` is what the left side holds. Null reaches it only with `acceptsNull`. */
  prepare(value: unknown, type: ValueType, context: LookupContext): unknown;
  /** What of a prepared value decides the SQL's text; '' where nothing does. */
  shapeOf?(prepared: unknown, type: ValueType): string;
  readonly acceptsNull?: boolean;
  /** Whether its value is a list of values among which expressions may stand, as of `in` and `range`. */
  readonly takesList?: boolean;
  /** A literal FALSE (TRUE) says that no (every) row fits; it folds away. */
  toNode(left: ExpressionNode, right: LookupRight, context: LookupContext): ExpressionNode;
}

/** A function of the left side by name: `created__year`. The node's type says what can follow it. */
export interface Transform {
  readonly name: string;
  toNode(left: ExpressionNode, context: LookupContext): ExpressionNode;
}
