import { ValueError } from '../errors.js';
import { alias, column } from '../sql/build.js';
import type { ExpressionNode } from '../sql/expression-nodes.js';
import type { Resolvable, Scope } from '../sql/resolvable.js';
import { assertTemplate, SqlFragment, SqlName } from '../sql/template.js';
import { Expression } from './expression.js';
import { Literal } from './literal.js';
import { anyType } from './output-type.js';
import { Term } from './term.js';

/** The class behind `` RawSQL`…` ``. */
export class RawExpression extends Expression {
  readonly texts: readonly string[];
  readonly values: readonly Resolvable[];

  constructor(template: TemplateStringsArray, ...given: readonly unknown[]) {
    super();
    assertTemplate(template);
    const texts = [''];
    const values: Resolvable[] = [];
    append(texts, values, template, given);
    this.texts = Object.freeze(texts);
    this.values = Object.freeze(values);
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

/** Adds a template to the pieces gathered so far; pieces inside it are opened. */
function append(texts: string[], values: Resolvable[], template: readonly string[], given: readonly unknown[]): void {
  for (const [index, text] of template.entries()) {
    texts[texts.length - 1] += text;
    if (index >= given.length) break;
    const value = given[index];
    if (value instanceof SqlFragment) {
      append(texts, values, value.texts, value.values);
    } else {
      values.push(pieceOf(value));
      texts.push('');
    }
  }
}

function pieceOf(value: unknown): Resolvable {
  if (value instanceof SqlName) return new Identifier(value.parts);
  return value instanceof Term ? value.asPart() : new Literal(value);
}

/** The name of a column, of a table's column or of an alias: quoted, never a parameter. */
class Identifier extends Term {
  constructor(readonly parts: readonly string[]) {
    super();
    if (parts.length > 2)
      throw new ValueError('identifier', 'Inside an expression a name has at most two parts: table and column.');
    Object.freeze(this);
  }
  resolve(): ExpressionNode {
    const [first = '', second] = this.parts;
    return second === undefined ? alias(first, anyType) : column(first, second, anyType);
  }
  protected ownShape(): string {
    return JSON.stringify(this.parts);
  }
}

/**
 * SQL of one's own, as a template tag alone: what stands in `${…}` becomes a parameter, an identifier (`sql.id("name")`) or, if it is
 * an expression, its SQL. Give it a type with `ExpressionWrapper`. SQL: `(…)`
 *
 * @example
 * await Book.objects.annotate({ isLong: RawSQL`LENGTH(title) > ${20}` });
 */
export const RawSQL = (template: TemplateStringsArray, ...values: readonly unknown[]): RawExpression =>
  new RawExpression(template, ...values);
