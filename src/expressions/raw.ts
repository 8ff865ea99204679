import { typeError, ValueError } from '../errors.js';
import { alias } from '../sql/build.js';
import type { ExpressionNode } from '../sql/expression-nodes.js';
import type { Resolvable, Scope } from '../sql/resolvable.js';
import { Expression } from './expression.js';
import { Literal } from './literal.js';
import { anyType } from './output-type.js';
import { Term } from './term.js';

/** The class behind `` RawSQL`…` ``. */
export class RawExpression extends Expression {
  readonly texts: readonly string[];
  readonly values: readonly Resolvable[];

  constructor(texts: TemplateStringsArray, ...values: readonly unknown[]) {
    super();
    if (!Array.isArray(texts) || !Array.isArray(texts.raw) || texts.length !== values.length + 1) {
      throw typeError(
        'raw-template',
        'RawSQL is a template tag, written before a template and not called: text that is put together elsewhere is not taken.',
      );
    }
    this.texts = Object.freeze([...texts]);
    this.values = Object.freeze(values.map((value) => (value instanceof Term ? value : new Literal(value))));
    Object.freeze(this);
  }

  resolve(scope: Scope): ExpressionNode {
    return { kind: 'raw', texts: this.texts, values: this.values.map((value) => value.resolve(scope)), type: anyType };
  }
  override sources(): readonly Resolvable[] {
    return this.values;
  }
  protected ownShape(): string {
    return JSON.stringify(this.texts);
  }
}

/**
 * SQL of one's own, as a template tag alone: what stands in `${…}` becomes a parameter or, if it is an expression, its SQL. Give it a
 * type with `ExpressionWrapper`. SQL: `(…)`
 *
 * @example
 * await Book.objects.annotate({ long: RawSQL`LENGTH(title) > ${20}` });
 */
export const RawSQL = (texts: TemplateStringsArray, ...values: readonly unknown[]): RawExpression =>
  new RawExpression(texts, ...values);

/** The name of a table, column or alias inside SQL of one's own: quoted, never a parameter. */
export class Identifier extends Term {
  constructor(readonly name: string) {
    super();
    if (typeof name !== 'string' || name === '' || name.length > 255 || name.includes('\0')) {
      throw new ValueError('identifier', 'An identifier is a text of 1 to 255 characters without NUL.');
    }
    Object.freeze(this);
  }

  resolve(): ExpressionNode {
    return alias(this.name, anyType);
  }
  protected ownShape(): string {
    return JSON.stringify(this.name);
  }
}

/**
 * What SQL of one's own may hold beside values.
 *
 * @example
 * RawSQL`MAX(${sql.id("price")})`
 */
export const sql = Object.freeze({
  /** A quoted identifier. Throws ValueError for what no name can be. */
  id: (name: string): Identifier => new Identifier(name),
});
