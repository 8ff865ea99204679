import { typeError, ValueError } from '../errors.js';
import type { ExpressionNode, FrameBound, FrameNode, WindowNode } from '../sql/expression-nodes.js';
import type { Resolvable, Scope } from '../sql/resolvable.js';
import type { ValueType } from '../sql/value-type.js';
import { callable } from '../util/callable.js';
import { AggregateExpression } from './aggregate.js';
import { Expression } from './expression.js';
import { argument } from './f.js';
import { OrderBy } from './order-by.js';
import { shapeOfType } from './output-type.js';
import { Term } from './term.js';
import type { OutputOptions } from './value.js';

/**
 * Which rows of a frame are left out.
 *
 * @example
 * RowRange({ start: -1, end: 1, exclusion: WindowFrameExclusion.CURRENT_ROW })
 */
export const WindowFrameExclusion = Object.freeze({
  CURRENT_ROW: 'CURRENT ROW',
  GROUP: 'GROUP',
  TIES: 'TIES',
  NO_OTHERS: 'NO OTHERS',
} as const);
export type WindowFrameExclusion = (typeof WindowFrameExclusion)[keyof typeof WindowFrameExclusion];

/** Bounds of a frame: null is unbounded, 0 the current row, negative before it, positive after it. */
export interface FrameOptions {
  readonly start?: number | null;
  readonly end?: number | null;
  readonly exclusion?: WindowFrameExclusion | null;
}

/** The rows around the current one that a window function looks at. */
export abstract class WindowFrame {
  readonly node: FrameNode;

  constructor(
    readonly frameType: 'ROWS' | 'RANGE',
    { start = null, end = null, exclusion = null }: FrameOptions,
  ) {
    for (const [name, bound] of Object.entries({ start, end })) {
      if (bound !== null && !Number.isSafeInteger(bound)) {
        throw new ValueError('frame-bound', `The ${name} of a frame is a whole number or null.`);
      }
    }
    if (start !== null && end !== null && start > end) {
      throw new ValueError('frame-order', 'The start of a frame cannot be greater than its end.');
    }
    if (exclusion !== null && !Object.values<unknown>(WindowFrameExclusion).includes(exclusion)) {
      throw typeError(
        'frame-exclusion',
        `exclusion is one of ${Object.values(WindowFrameExclusion).join(', ')}: see WindowFrameExclusion.`,
      );
    }
    const mode = frameType === 'ROWS' ? 'rows' : 'range';
    this.node = Object.freeze<FrameNode>({
      kind: 'frame',
      mode,
      start: bound(start, 'unboundedPreceding'),
      end: bound(end, 'unboundedFollowing'),
      exclusion,
    });
    Object.freeze(this);
  }

  /** The frame as part of a shape. */
  get shape(): string {
    return JSON.stringify(this.node);
  }
}

function bound(offset: number | null, unbounded: FrameBound['kind']): FrameBound {
  if (offset === null) return { kind: unbounded };
  if (offset === 0) return { kind: 'currentRow' };
  return offset < 0 ? { kind: 'preceding', offset: -offset } : { kind: 'following', offset };
}

/** The class behind `RowRange`. */
export class RowFrame extends WindowFrame {
  constructor(options: FrameOptions = {}) {
    super('ROWS', options);
  }
}
/**
 * A frame counted in rows. Throws ValueError when it starts after its end. SQL: `ROWS BETWEEN … AND …`
 *
 * @example
 * Window(Avg("price"), { orderBy: "day", frame: RowRange({ start: -6, end: 0 }) })
 */
export const RowRange = callable(RowFrame);

/** The class behind `ValueRange`. */
export class ValueFrame extends WindowFrame {
  constructor(options: FrameOptions = {}) {
    super('RANGE', options);
  }
}
/**
 * A frame counted in values of the order. Throws ValueError when it starts after its end. SQL: `RANGE BETWEEN … AND …`
 *
 * @example
 * Window(Sum("amount"), { orderBy: "amount", frame: ValueRange({ end: 0 }) })
 */
export const ValueRange = callable(ValueFrame);

type Terms = string | Resolvable | OrderBy;
export interface WindowOptions extends OutputOptions {
  /** Rows that share these belong together. */
  readonly partitionBy?: Terms | readonly Terms[] | null;
  readonly orderBy?: Terms | readonly Terms[] | null;
  readonly frame?: WindowFrame | null;
}

const listOf = <T>(given: T | readonly T[] | null | undefined): readonly T[] =>
  given === null || given === undefined ? [] : Array.isArray(given) ? (given as readonly T[]) : [given as T];

/** The class behind `Window`. */
export class WindowExpression extends Expression {
  readonly expression: Expression;
  readonly partitionBy: readonly Resolvable[];
  readonly orderBy: readonly Terms[];
  readonly frame: WindowFrame | null;
  readonly outputField: ValueType | null;

  constructor(expression: Expression, options: WindowOptions = {}) {
    super();
    const isCompatible =
      expression instanceof AggregateExpression ||
      (expression as { windowCompatible?: unknown } | null)?.windowCompatible === true;
    if (!(expression instanceof Expression) || !isCompatible) {
      throw new ValueError(
        'window-expression',
        `Expression '${(expression as object | null)?.constructor?.name}' isn't compatible with OVER clauses.`,
      );
    }
    const { partitionBy, orderBy, frame = null, outputField = null } = options;
    if (frame !== null && !(frame instanceof WindowFrame))
      throw typeError('window-frame', 'frame is a RowRange() or a ValueRange().');
    this.orderBy = listOf(orderBy);
    if (!this.orderBy.every((term) => typeof term === 'string' || term instanceof Term || term instanceof OrderBy)) {
      throw new ValueError(
        'window-order',
        'orderBy of a Window is the name of a field, an expression, or a list of them.',
      );
    }
    this.expression = expression;
    this.partitionBy = listOf(partitionBy).map(argument);
    this.frame = frame;
    this.outputField = outputField;
    Object.freeze(this);
  }

  resolve(scope: Scope): ExpressionNode {
    const inner = this.expression.resolve(scope);
    const type = this.outputField ?? inner.type;
    const partitionBy = this.partitionBy.map((part) => part.resolve(scope));
    const orderBy = this.orderBy.flatMap((term) => scope.order(term));
    const over = (expression: ExpressionNode): WindowNode => ({
      kind: 'window',
      expression,
      partitionBy,
      orderBy,
      frame: this.frame?.node ?? null,
      type,
    });
    // an aggregate with a default: the window belongs to the aggregate, not to COALESCE around it
    if (this.expression instanceof AggregateExpression && inner.kind === 'call') {
      return { ...inner, args: inner.args.map((arg, index) => (index === 0 ? over(arg) : arg)), type };
    }
    return over(inner);
  }
  override sources(): readonly Resolvable[] {
    return [
      this.expression,
      ...this.partitionBy,
      ...this.orderBy.filter((term) => typeof term !== 'string').map((term) => term as Resolvable),
    ];
  }
  protected ownShape(): string {
    const terms = this.orderBy.map((term) => (typeof term === 'string' ? JSON.stringify(term) : '*'));
    return `${this.partitionBy.length},[${terms.join(',')}],${this.frame?.shape ?? '-'},${shapeOfType(this.outputField)}`;
  }
}

/**
 * A function of each row and the rows around it: a window function or an aggregate. Throws ValueError for any other expression.
 * SQL: `expression OVER (PARTITION BY … ORDER BY … frame)`
 *
 * @example
 * await Book.objects.annotate({ rank: Window(Rank(), { partitionBy: "genre", orderBy: "-price" }) });
 */
export const Window = callable(WindowExpression);
export type Window = WindowExpression;
