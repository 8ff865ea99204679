import { Term } from '../../expressions/term.js';
import { textField } from '../../expressions/types.js';
import type { ExpressionNode } from '../../sql/expression-nodes.js';
import { callable } from '../../util/callable.js';
import { postgresCall } from './nodes.js';
import type { RangeBounds } from './range.js';

/** The operators by which PostgreSQL compares ranges, for exclusion constraints. */
export const RangeOperators = Object.freeze({
  EQUAL: '=',
  NOT_EQUAL: '<>',
  CONTAINS: '@>',
  CONTAINED_BY: '<@',
  OVERLAPS: '&&',
  FULLY_LT: '<<',
  FULLY_GT: '>>',
  NOT_LT: '&>',
  NOT_GT: '&<',
  ADJACENT_TO: '-|-',
} as const);

export interface RangeBoundaryOptions {
  /** Whether the lower bound belongs to the range; true unless said otherwise. */
  readonly inclusiveLower?: boolean;
  /** Whether the upper bound belongs to the range; false unless said otherwise. */
  readonly inclusiveUpper?: boolean;
}

/** The class behind `RangeBoundary`. */
export class RangeBoundaryExpression extends Term {
  readonly bounds: RangeBounds;
  constructor({ inclusiveLower = true, inclusiveUpper = false }: RangeBoundaryOptions = {}) {
    super();
    this.bounds = `${inclusiveLower ? '[' : '('}${inclusiveUpper ? ']' : ')'}`;
    Object.freeze(this);
  }
  resolve(): ExpressionNode {
    return postgresCall('RANGE_BOUNDS', [], textField, { bounds: this.bounds });
  }
  protected ownShape(): string {
    return this.bounds;
  }
}

/** Which bounds belong to a range that a function makes of columns: `'[)'`, as an argument. */
export const RangeBoundary = callable(RangeBoundaryExpression);
