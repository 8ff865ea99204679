import { typeError, ValueError } from '../errors.js';
import type { OrderNode } from '../sql/expression-nodes.js';
import { order } from '../sql/build.js';
import type { Input, Resolvable, Scope } from '../sql/resolvable.js';
import { callable } from '../util/callable.js';

/** Where rows without a value stand. Without either, the database decides. */
export interface NullsOptions {
  readonly nullsFirst?: boolean;
  readonly nullsLast?: boolean;
}
export interface OrderByOptions extends NullsOptions {
  readonly descending?: boolean;
}

class OrderByTerm {
  readonly expression: Resolvable;
  readonly descending: boolean;
  readonly nulls: 'first' | 'last' | null;

  constructor(expression: Resolvable, options: OrderByOptions = {}) {
    if (typeof (expression as Partial<Resolvable> | null)?.resolve !== 'function') {
      throw typeError('order-by-expression', 'OrderBy() takes an expression, such as OrderBy(F("name")).');
    }
    const { descending = false, nullsFirst, nullsLast } = options;
    if (nullsFirst === true && nullsLast === true) {
      throw new ValueError('nulls-first-and-last', 'nullsFirst and nullsLast are mutually exclusive.');
    }
    if (nullsFirst === false || nullsLast === false) {
      throw new ValueError('nulls-option', 'nullsFirst and nullsLast are true or left out: the opposite of one is not the other.');
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
    return order(this.expression.resolve(scope), this.descending, this.nulls);
  }

  get shape(): string | null {
    const inner = this.expression.shape;
    return inner === null ? null : `order(${inner},${this.descending},${this.nulls})`;
  }
  inputs(): readonly Input[] {
    return this.expression.inputs();
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
