import { typeError, ValueError } from '../errors.js';
import { call } from '../sql/build.js';
import type { ExpressionNode } from '../sql/expression-nodes.js';
import type { Resolvable, Scope } from '../sql/resolvable.js';
import type { ValueType } from '../sql/value-type.js';
import { callable } from '../util/callable.js';
import { Expression } from './expression.js';
import { argument } from './f.js';
import { commonType, shapeOfType } from './output-type.js';
import type { OutputOptions } from './value.js';
import { outputOf } from './value.js';

/** Options of `Func`. */
export interface FuncOptions extends OutputOptions {
  /** The function's name, a plain identifier. */
  readonly function?: string;
  /**
   * The SQL in pieces, between which the arguments stand: one piece more than there are arguments. It is written as it is, so it
   * must be the developer's own text.
   */
  readonly template?: readonly string[];
  /** How many arguments it takes. */
  readonly arity?: number;
  /** Whether it may stand in `Window`. */
  readonly windowCompatible?: boolean;
}

const FUNCTION_NAME = /^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)?$/;

/** Whether the last argument holds options: a plain object. Values and expressions are instances of classes. */
export function isOptions(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** The arguments without the options at their end, and the options. */
export function splitOptions<O extends object>(
  given: readonly unknown[],
): readonly [args: readonly unknown[], options: O] {
  const last = given[given.length - 1];
  return isOptions(last) ? [given.slice(0, -1), last as O] : [given, {} as O];
}

/** The class behind `Func`. A subclass that adds state must add it to `ownShape`. */
export class FunctionCall extends Expression {
  readonly args: readonly Resolvable[];
  readonly outputField: ValueType | null;
  readonly windowCompatible: boolean;
  protected readonly name: string | null;
  protected readonly template: readonly string[] | null;

  constructor(...given: readonly unknown[]) {
    super();
    const [args, options] = splitOptions<FuncOptions>(given);
    const { function: name = null, template = null, arity, windowCompatible = false } = options;
    if (arity !== undefined && args.length !== arity) {
      throw typeError(
        'arity',
        `${name ?? 'This function'} takes exactly ${arity} ${arity === 1 ? 'argument' : 'arguments'} (${args.length} given).`,
      );
    }
    if (name !== null && !FUNCTION_NAME.test(name)) {
      throw new ValueError('function-name', 'The name of a function is made of letters, digits and underscores.');
    }
    if (template !== null && (!Array.isArray(template) || template.length !== args.length + 1)) {
      throw typeError(
        'function-template',
        'A template is a list of texts between which the arguments stand: one text more than there are arguments.',
      );
    }
    if (name === null && template === null)
      throw typeError('function-name', 'Func() needs the name of a function: Func("name", { function: "SOUNDEX" }).');
    this.args = args.map(argument);
    this.outputField = outputOf(options);
    this.windowCompatible = windowCompatible === true;
    this.name = name;
    this.template = template === null ? null : [...template];
  }

  resolve(scope: Scope): ExpressionNode {
    const args = this.args.map((arg) => arg.resolve(scope));
    const type = this.outputField ?? commonType(args, `${this.name ?? 'Func'}()`);
    return this.template === null
      ? call(this.name!, args, type)
      : { kind: 'raw', texts: this.template, values: args, type };
  }
  override sources(): readonly Resolvable[] {
    return this.args;
  }
  protected ownShape(): string {
    return `${this.args.length},${JSON.stringify([this.name, this.template])},${shapeOfType(this.outputField)}`;
  }
}

/**
 * A function of the database that has no class here. The last argument may hold options; texts before it name fields. The type of
 * the result is that of the arguments unless `outputField` gives it. SQL: `function(arguments)`
 *
 * @example
 * await Author.objects.annotate({ sound: Func("name", { function: "SOUNDEX", outputField: CharField() }) });
 * Func("pubDate", { template: ["JULIANDAY(", ")"], outputField: FloatField() })
 */
export const Func = callable(FunctionCall);
export type Func = FunctionCall;
