import { NotSupportedError, typeError, ValueError } from '../errors.js';
import { call, literal } from '../sql/build.js';
import type { ExpressionNode } from '../sql/expression-nodes.js';
import type { Resolvable, Scope } from '../sql/resolvable.js';
import { callable } from '../util/callable.js';
import { Expression } from './expression.js';
import { Literal } from './literal.js';
import { anyType, familyOf, typeName } from './output-type.js';
import { Term } from './term.js';
import { integerField } from './types.js';

/** The class behind `F`. */
export class FieldReference extends Expression {
  constructor(readonly name: string) {
    super();
    if (typeof name !== 'string' || name === '') {
      throw typeError(
        'f-name',
        'F() takes the name of a field, a path such as "author__name", or the name of an annotation.',
      );
    }
    if (new.target === FieldReference) Object.freeze(this);
  }

  resolve(scope: Scope): ExpressionNode {
    return scope.path(this.name);
  }
  protected ownShape(): string {
    return JSON.stringify(this.name);
  }

  /**
   * The characters from `start` up to but not including `end` (to the end of the text without it), as Python's slices and
   * `String.prototype.slice` count them. Throws ValueError for negative positions.
   *
   * @example
   * await Author.objects.annotate({ initial: F("name").slice(0, 1) });
   */
  slice(start: number | null = null, end: number | null = null): Slice {
    return new Slice(this, start, end);
  }
}

/** A part of a text, made by `F("name").slice(0, 3)`. */
export class Slice extends Expression {
  constructor(
    readonly text: Resolvable,
    readonly start: number | null,
    readonly end: number | null,
  ) {
    super();
    for (const position of [start, end]) {
      if (position !== null && !Number.isSafeInteger(position))
        throw typeError('slice-position', 'slice() takes whole numbers.');
      if (position !== null && position < 0)
        throw new ValueError('negative-index', 'Negative indexing is not supported.');
    }
    if (start !== null && end !== null && end < start) {
      throw new ValueError('slice-order', 'The end of a slice must not be before its start.');
    }
    Object.freeze(this);
  }

  slice(start: number | null = null, end: number | null = null): Slice {
    return new Slice(this, start, end);
  }

  resolve(scope: Scope): ExpressionNode {
    const text = this.text.resolve(scope);
    if (familyOf(text.type) !== 'text' && text.type !== anyType) {
      throw new NotSupportedError('slice-type', `A ${typeName(text.type)} cannot be sliced: only text can.`);
    }
    const whole = (value: number): ExpressionNode => literal(value, integerField);
    const start = this.start ?? 0;
    return call(
      'SUBSTRING',
      [text, whole(start + 1), ...(this.end === null ? [] : [whole(this.end - start)])],
      text.type,
    );
  }
  override sources(): readonly Resolvable[] {
    return [this.text];
  }
  protected ownShape(): string {
    return `${this.start}:${this.end}`;
  }
}

/**
 * The value of a field in the row at hand: by name, by a path over relations, with transforms, or of an annotation.
 * The name is checked where the expression is used. SQL: the column, with the joins that lead to it.
 *
 * @example
 * await Book.objects.filter({ sold__gt: F("stock").mul(2), publisher__name: F("authors__name") });
 */
export const F = callable(FieldReference);
export type F = FieldReference;

/** An argument of a function or an aggregate: text names a field, expressions stay, anything else is a value. */
export function argument(value: unknown): Resolvable {
  if (typeof value === 'string') return new FieldReference(value);
  return value instanceof Term ? value.asPart() : new Literal(value);
}
