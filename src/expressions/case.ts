import { typeError, ValueError } from '../errors.js';
import { caseWhen, isFalse, isTrue, literal } from '../sql/build.js';
import type { CaseNode, ExpressionNode } from '../sql/expression-nodes.js';
import type { Resolvable, Scope } from '../sql/resolvable.js';
import type { ValueType } from '../sql/value-type.js';
import { callable } from '../util/callable.js';
import { Expression } from './expression.js';
import { argument } from './f.js';
import { commonType, nullType, shapeOfType, unresolvedReason } from './output-type.js';
import type { ConditionLike } from './q.js';
import { Q } from './q.js';
import type { OutputOptions } from './value.js';
import { outputOf } from './value.js';

/** The class behind `When`. */
export class WhenBranch {
  readonly condition: Q;
  readonly result: Resolvable;

  constructor(condition: ConditionLike, result: unknown) {
    const q = Q(condition);
    if (q.isEmpty) throw new ValueError('empty-when', "An empty condition can't be used as a When() condition.");
    this.condition = q;
    this.result = argument(result);
    Object.freeze(this);
  }
}

/**
 * One branch of `Case`: where the condition holds, the result is the second argument; a text there names a field, a literal is
 * `Value("text")`. Throws ValueError for an empty condition.
 *
 * @example
 * When({ price__lt: 5 }, Value("cheap"))
 */
export const When = callable(WhenBranch);
export type When = WhenBranch;

export interface CaseOptions extends OutputOptions {
  /** The result when no branch fits; null when not given. A text names a field. */
  readonly default?: unknown;
}

/** The class behind `Case`. */
export class CaseExpression extends Expression {
  readonly default: Resolvable;
  readonly outputField: ValueType | null;

  constructor(
    readonly whens: readonly WhenBranch[],
    options: CaseOptions = {},
  ) {
    super();
    if (!Array.isArray(whens) || !whens.every((when) => when instanceof WhenBranch)) {
      throw typeError('case-branches', 'Case() takes a list of When(): Case([When(…), When(…)], { default: … }).');
    }
    this.default = argument(options.default ?? null);
    this.outputField = outputOf(options);
    Object.freeze(this);
  }

  resolve(scope: Scope): ExpressionNode {
    let otherwise = this.default.resolve(scope);
    const results: ExpressionNode[] = [];
    const whens: CaseNode['whens'][number][] = [];
    let decided = false;
    for (const when of this.whens) {
      const condition = scope.condition(when.condition);
      const result = when.result.resolve(scope);
      results.push(result);
      // a condition that always holds ends the list, one that never holds has no part in it
      if (decided || isFalse(condition)) continue;
      if (isTrue(condition)) {
        otherwise = result;
        decided = true;
      } else {
        whens.push({ condition, result });
      }
    }
    const type = this.outputField ?? resultOf([...results, otherwise]);
    if (whens.length === 0) return otherwise.type === nullType ? literal(null, type) : otherwise;
    return caseWhen(whens, otherwise.type === nullType ? null : otherwise, type);
  }
  override sources(): readonly Resolvable[] {
    return [...this.whens.flatMap((when) => [when.condition, when.result]), this.default];
  }
  protected ownShape(): string {
    return `${this.whens.length},${shapeOfType(this.outputField)}`;
  }
}

/** The one type of all results. Throws FieldError when there are several: databases would choose one, each its own. */
function resultOf(results: readonly ExpressionNode[]): ValueType {
  const type = commonType(results, 'Case()');
  const reason = type === nullType ? null : unresolvedReason(type);
  if (reason !== null) throw reason;
  return type;
}

/**
 * The result of the first branch whose condition holds, else `default`, or null without one. All results must be of one type, or
 * `outputField` says which. SQL: `CASE WHEN … THEN … ELSE … END`
 *
 * @example
 * await Book.objects.annotate({
 *   size: Case([When({ pages__gte: 500 }, Value("thick"))], { default: Value("thin") }),
 * });
 */
export const Case = callable(CaseExpression);
export type Case = CaseExpression;
