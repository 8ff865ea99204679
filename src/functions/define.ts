import { typeError, ValueError } from '../errors.js';
import { Expression } from '../expressions/expression.js';
import { argument } from '../expressions/f.js';
import { splitOptions } from '../expressions/func.js';
import { commonType, familyOf, shapeOfType } from '../expressions/output-type.js';
import { Term } from '../expressions/term.js';
import { decimalField, floatField, integerField } from '../expressions/types.js';
import type { OutputOptions } from '../expressions/value.js';
import { outputOf } from '../expressions/value.js';
import { call, literal } from '../sql/build.js';
import type { ExpressionNode } from '../sql/expression-nodes.js';
import type { Resolvable, Scope } from '../sql/resolvable.js';
import type { ContribName, ValueType } from '../sql/value-type.js';
import { callable } from '../util/callable.js';

/** What a transform needs of its surroundings. */
interface TransformContext {
  readonly timeZone: string;
}

/** A function of one argument under the name by which lookups can use it: `registerLookups(CharField, Lower)`. */
export interface FunctionTransform {
  readonly name: string;
  toNode(left: ExpressionNode, context: TransformContext): ExpressionNode;
}

/** The type of a function's result: one type, or a function of its arguments. */
type ResultType = ValueType | ((args: readonly ExpressionNode[], label: string) => ValueType);

/** A function of the database, as data. */
export interface FunctionDefinition {
  /** The canonical name in SQL; dialects spell it otherwise where they must. */
  readonly sql: string;
  /** How many arguments it takes: exactly one number, or the least and the most. */
  readonly arity: number | readonly [least: number, most: number];
  readonly type: ResultType;
  /** Its name in lookups. */
  readonly transform?: string;
  /** The part of `contrib/` that it is of, where only one database has it. */
  readonly contrib?: ContribName;
  /** Whether it is a window function. */
  readonly window?: boolean;
  /** Checks the arguments and fills in those that were left out; texts name fields. */
  readonly read?: (
    args: readonly unknown[],
    options: Readonly<Record<string, unknown>>,
    label: string,
  ) => readonly unknown[];
}

/** The base of the functions that are defined here. */
export abstract class DatabaseFunction extends Expression {
  readonly args: readonly Resolvable[];
  readonly outputField: ValueType | null;

  protected constructor(
    readonly label: string,
    readonly definition: FunctionDefinition,
    given: readonly unknown[],
  ) {
    super();
    const [args, options] = splitOptions<OutputOptions & Record<string, unknown>>(given);
    const read = definition.read === undefined ? args : definition.read(args, options, label);
    checkArity(label, definition.arity, read.length);
    this.args = Object.freeze(read.map(argument));
    this.outputField = outputOf(options);
  }

  get windowCompatible(): boolean {
    return this.definition.window === true;
  }

  resolve(scope: Scope): ExpressionNode {
    return nodeOf(
      this.label,
      this.definition,
      this.args.map((arg) => arg.resolve(scope)),
      this.outputField,
    );
  }
  override sources(): readonly Resolvable[] {
    return this.args;
  }
  protected ownShape(): string {
    return `${this.args.length},${shapeOfType(this.outputField)}`;
  }
}

function nodeOf(
  label: string,
  { sql, type, contrib }: FunctionDefinition,
  args: readonly ExpressionNode[],
  outputField: ValueType | null,
): ExpressionNode {
  const node = call(sql, args, outputField ?? (typeof type === 'function' ? type(args, label) : type));
  return contrib === undefined ? node : { ...node, contrib };
}

function checkArity(label: string, arity: FunctionDefinition['arity'], given: number): void {
  const [least, most] = typeof arity === 'number' ? [arity, arity] : arity;
  if (given >= least && given <= most) return;
  if (most === Number.POSITIVE_INFINITY)
    throw new ValueError('arity', `${label} must take at least ${least} expressions (${given} given).`);
  const count = least === most ? `exactly ${least}` : `${least} to ${most}`;
  throw typeError('arity', `${label} takes ${count} ${most === 1 ? 'argument' : 'arguments'} (${given} given).`);
}

/** A function's class: callable without `new`, and usable as a transform where it has a name for that. */
export interface FunctionClass<A extends readonly unknown[] = readonly unknown[]> {
  (...args: A): DatabaseFunction;
  new (...args: A): DatabaseFunction;
  readonly prototype: DatabaseFunction;
  /** For `registerLookups`; reading it throws TypeError where a function is no transform. */
  readonly transform: FunctionTransform;
}

/** Makes the class of a function. `label` is its name for users: `Lower`. */
export function defineFunction<A extends readonly unknown[]>(
  label: string,
  definition: FunctionDefinition,
): FunctionClass<A> {
  const DefinedFunction = class extends DatabaseFunction {
    constructor(...given: unknown[]) {
      super(label, definition, given);
      Object.freeze(this);
    }
    static get transform(): FunctionTransform {
      return transformOf(label, definition);
    }
  };
  Object.defineProperty(DefinedFunction, 'name', { value: label });
  return callable(DefinedFunction) as unknown as FunctionClass<A>;
}

function transformOf(label: string, definition: FunctionDefinition): FunctionTransform {
  const { transform } = definition;
  if (transform === undefined)
    throw typeError('no-transform', `${label} cannot be registered as a transform: it has no name in lookups.`);
  // arguments after the first take their defaults
  const rest = definition.read === undefined ? [] : definition.read([0], {}, label).slice(1);
  const scope = undefined as unknown as Scope;
  return {
    name: transform,
    toNode: (left) => nodeOf(label, definition, [left, ...rest.map((arg) => argument(arg).resolve(scope))], null),
  };
}

/** A whole number that belongs to the SQL's text. */
export class WholeNumber extends Term {
  constructor(readonly value: number) {
    super();
    if (!Number.isSafeInteger(value)) throw new ValueError('whole-number', 'A whole number is expected.');
    Object.freeze(this);
  }
  resolve(): ExpressionNode {
    return literal(this.value, integerField);
  }
  protected ownShape(): string {
    return String(this.value);
  }
}

/** Whether an argument is a plain value rather than an expression or the name of a field. */
export const isPlainValue = (value: unknown): boolean => !(value instanceof Term) && typeof value !== 'string';

/** Refuses a plain number that is missing or below `least`; expressions are the database's to judge. */
export function checkNumber(value: unknown, least: number, message: string): void {
  if (!isPlainValue(value) || value === null) return;
  if ((typeof value !== 'number' && typeof value !== 'bigint') || value < least || Number.isNaN(value))
    throw new ValueError('argument', message);
}

/** Any number of arguments, at least this many. */
export const atLeast = (least: number): readonly [number, number] => [least, Number.POSITIVE_INFINITY];

/** The type of the first argument, whatever the others are. */
export const firstType = (args: readonly ExpressionNode[]): ValueType => args[0]!.type;

/** Of decimals a decimal, of whole numbers a float, else the arguments' own type; a float where there are none. */
export function numericType(args: readonly ExpressionNode[], label: string): ValueType {
  const families = args.map((arg) => familyOf(arg.type));
  if (families.includes('decimal')) return decimalField;
  return args.length === 0 || families.includes('integer') ? floatField : commonType(args, `${label}()`);
}

/** The one type of all arguments. */
export const sameType = (args: readonly ExpressionNode[], label: string): ValueType => commonType(args, `${label}()`);
