import { ValueError } from '../../errors.js';
import { Expression } from '../../expressions/expression.js';
import { argument } from '../../expressions/f.js';
import type { ExpressionNode } from '../../sql/expression-nodes.js';
import type { Resolvable, Scope } from '../../sql/resolvable.js';
import { callable } from '../../util/callable.js';
import { postgresCall } from './nodes.js';

/** The class behind `OpClass`. */
export class OpClassExpression extends Expression {
  readonly expression: Resolvable;
  readonly name: string;

  constructor(expression: unknown, { name }: { readonly name: string }) {
    super();
    if (typeof name !== 'string' || !/^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?$/i.test(name))
      throw new ValueError(
        'op-class',
        'OpClass takes the name of an operator class, made of letters, digits and underscores.',
      );
    this.expression = argument(expression);
    this.name = name;
    Object.freeze(this);
  }

  resolve(scope: Scope): ExpressionNode {
    const node = this.expression.resolve(scope);
    return postgresCall('OPCLASS', [node], node.type, { name: this.name });
  }
  override sources(): readonly Resolvable[] {
    return [this.expression];
  }
  protected ownShape(): string {
    return this.name;
  }
}

/** An expression with the operator class by which an index or constraint keeps it; everywhere else the expression alone. */
export const OpClass = callable(OpClassExpression);
