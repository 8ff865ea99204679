import { and, booleanType, compare, equal, or, partsOf } from '../sql/build.js';
import type { ComparisonNode, ExpressionNode, TupleNode } from '../sql/expression-nodes.js';

/** Tuples where a database cannot compare them as they are: written out part by part. */

const STRICT = { '>=': '>', '<=': '<' } as const;

/**
 * `(a, b) > (x, y)` as `a > x OR (a = x AND b > y)`: true, false and unknown for the same rows. Null when a side is no tuple, or for
 * another operator.
 */
export function comparedByParts({ left, operator, right }: ComparisonNode): ExpressionNode | null {
  const [some, others] = [partsOf(left), partsOf(right)];
  if (some === null || others === null || operator === '<>') return null;
  if (operator === '=') return equal(left, right);
  const strict = operator === '>=' || operator === '<=' ? STRICT[operator] : operator;
  const last = some.length - 1;
  const from = (index: number): ExpressionNode => {
    const [part, other] = [some[index]!, others[index]!];
    if (index === last) return compare(part, operator, other);
    return or([compare(part, strict, other), and([compare(part, '=', other), from(index + 1)])]);
  };
  return from(0);
}

/** `(a, b) IN ((x, y), …)` as `(a = x AND b = y) OR …`. */
export const foundByParts = (operand: TupleNode, choices: readonly ExpressionNode[]): ExpressionNode =>
  choices.length === 0
    ? { kind: 'literal', value: false, type: booleanType }
    : or(choices.map((choice) => equal(operand, choice)));
