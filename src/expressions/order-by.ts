import { typeError, ValueError } from '../errors.js';
import { order } from '../sql/build.js';
import type { OrderNode } from '../sql/expression-nodes.js';
import type { Input, Resolvable, Scope } from '../sql/resolvable.js';
import { callable } from '../util/callable.js';
import { Term } from './term.js';

/** Where rows without a value stand. Without either, the database decides. */
export interface NullsOptions {
  readonly nullsFirst?: boolean;
  readonly nullsLast?: boolean;
}
export interface OrderByOptions extends NullsOptions {
  readonly descending?: boolean;
}

class OrderByTerm {
  /** An expression, or the name of a field. */
  readonly expression: Resolvable | string;
  readonly descending: boolean;
  readonly nulls: 'first' | 'last' | null;

  constructor(expression: Resolvable | string, options: OrderByOptions = {}) {
    if (typeof expression === 'string' ? expression === '' : !(expression instanceof Term)) {
      throw typeError(
        'order-by-expression',
        'OrderBy() takes an expression or the name of a field, such as OrderBy(F("name")).',
      );
    }
    const { descending = false, nullsFirst, nullsLast } = options;
    if (nullsFirst === true && nullsLast === true) {
      throw new ValueError('nulls-first-and-last', 'nullsFirst and nullsLast are mutually exclusive.');
    }
    if (nullsFirst === false || nullsLast === false) {
      throw new ValueError(
        'nulls-option',
        'nullsFirst and nullsLast are true or left out: the opposite of one is not the other.',
      );
    }
    this.expression = expression;
    this.descending = descending === true;
    this.nulls = nullsFirst === true ? 'first' : nullsLast === true ? 'last' : null;
    Object.freeze(this);
  }

  /** The opposite order: NULLs change sides too. */
  reversed(): OrderByTerm {
    const nulls = this.nulls === null ? {} : this.nulls === 'first' ? { nullsLast: true } : { nullsFirst: true };
    return new OrderByTerm(this.expression, { descending: !this.descending, ...nulls });
  }

  /** The term as a node. */
  toOrder(scope: Scope): OrderNode {
    return order(
      typeof this.expression === 'string' ? scope.path(this.expression) : this.expression.resolve(scope),
      this.descending,
      this.nulls,
    );
  }

  get shape(): string | null {
    const inner = typeof this.expression === 'string' ? JSON.stringify(this.expression) : this.expression.shape;
    return inner === null ? null : `order(${inner},${this.descending},${this.nulls})`;
  }
  inputs(): readonly Input[] {
    return typeof this.expression === 'string' ? [] : this.expression.inputs();
  }
}

/**
 * One term of an order: an expression, its direction and the place of NULLs. `F("name").desc()` makes one too.
 * Throws ValueError when both places of NULLs are asked for, TypeError when the first argument is no expression.
 *
 * @example
 * await Book.objects.orderBy(OrderBy(F("rating"), { descending: true, nullsLast: true }));
 */
export const OrderBy = callable(OrderByTerm);
export type OrderBy = OrderByTerm;
