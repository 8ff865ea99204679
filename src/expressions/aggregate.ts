import { FieldError, typeError, ValueError } from '../errors.js';
import { aggregate, call, isTrue, order } from '../sql/build.js';
import type { ExpressionNode, OrderNode } from '../sql/expression-nodes.js';
import type { Input, Resolvable, Scope } from '../sql/resolvable.js';
import type { ContribName, ValueType } from '../sql/value-type.js';
import { containsAggregate } from '../sql/walk.js';
import { Expression } from './expression.js';
import { FieldReference } from './f.js';
import { OrderBy } from './order-by.js';
import { shapeOfType } from './output-type.js';
import type { ConditionLike } from './q.js';
import { Q } from './q.js';
import { areSame } from './shape.js';
import type { OutputOptions } from './value.js';
import { outputOf, ValueExpression } from './value.js';

/** What aggregates take after their expression. */
export interface AggregateOptions extends OutputOptions {
  /** Every value counts once. */
  readonly distinct?: boolean;
  /** Only rows that meet the condition are taken in. */
  readonly filter?: ConditionLike;
  /** The result when no row is taken in, where it would be null. */
  readonly default?: unknown;
  /** The order in which values are taken in, where it matters. */
  readonly orderBy?: string | Resolvable | OrderBy | readonly (string | Resolvable | OrderBy)[];
}

/** What an aggregate is, apart from what it is asked of. */
export interface AggregateDefinition {
  /** As users call it: `Sum`. */
  readonly label: string;
  /** The canonical name in SQL: `SUM`. */
  readonly name: string;
  /** The part of `contrib/` that it is of, where only one database has it. */
  readonly contrib?: ContribName;
  readonly allowsDistinct?: boolean;
  /** The result over no rows; null where not given. */
  readonly empty?: 0;
  readonly type: (args: readonly ExpressionNode[], label: string) => ValueType;
  /** What is written in place of an argument, where it is not the argument itself. */
  readonly written?: (arg: ExpressionNode) => ExpressionNode;
  /** What stands for a composite key, by its columns; without it the aggregate refuses one. */
  readonly ofTuple?: (parts: readonly ExpressionNode[]) => ExpressionNode;
}

/**
 * The base of all aggregates: many rows become one value. In `annotate` rows are grouped by the model (or by `values`), in
 * `aggregate` all rows are one group.
 */
export abstract class AggregateExpression extends Expression {
  readonly distinct: boolean;
  /** Null when nothing was asked. */
  readonly filter: Resolvable | null;
  readonly default: Resolvable | null;
  readonly orderBy: readonly (string | Resolvable | OrderBy)[];
  readonly outputField: ValueType | null;
  /** For each term of the order which argument it names; -1 for none. */
  readonly #orderArguments: readonly number[];
  readonly #plainDefault: { readonly value: unknown; readonly source: object } | null;

  protected constructor(
    readonly definition: AggregateDefinition,
    readonly args: readonly Resolvable[],
    options: AggregateOptions,
  ) {
    super();
    const { label } = definition;
    if (options.distinct === true && definition.allowsDistinct !== true) {
      throw typeError('aggregate-distinct', `${label} does not allow distinct.`);
    }
    if (options.default !== undefined && options.default !== null && definition.empty !== undefined) {
      throw typeError('aggregate-default', `${label} does not allow default: over no rows it is ${definition.empty}.`);
    }
    this.distinct = options.distinct === true;
    this.filter = options.filter === undefined || options.filter === null ? null : Q(options.filter);
    const { default: fallback = null, orderBy = [] } = options;
    this.default = fallback instanceof Expression ? fallback : null;
    this.#plainDefault = fallback === null || fallback instanceof Expression ? null : { value: fallback, source: {} };
    this.orderBy = Object.freeze(Array.isArray(orderBy) ? [...orderBy] : [orderBy]);
    this.#orderArguments = this.orderBy.map((term) => argumentOf(term, args));
    this.outputField = outputOf(options);
  }

  /** `books__count`. Throws TypeError for anything but a plain name without a filter. */
  get defaultAlias(): string {
    const [only] = this.args;
    if (this.args.length === 1 && this.filter === null && only instanceof FieldReference) {
      return `${only.name}__${this.definition.label.toLowerCase()}`;
    }
    throw typeError(
      'alias-required',
      `Complex expressions require an alias: give this ${this.definition.label} a name, as in { total: ${this.definition.label}(…) }.`,
    );
  }

  /** What it gives when it is known that there are no rows; undefined when only the database can tell. */
  get valueOfNothing(): unknown {
    if (this.default !== null) return this.default instanceof ValueExpression ? this.default.value : undefined;
    return this.#plainDefault === null ? (this.definition.empty ?? null) : this.#plainDefault.value;
  }

  resolve(scope: Scope): ExpressionNode {
    const args = this.args.map((arg) => this.#resolveArgument(arg, scope));
    const { label, name, contrib, written } = this.definition;
    const type = this.outputField ?? this.definition.type(args, label);
    const filter = this.filter === null ? null : scope.condition(this.filter);
    // PostgreSQL orders distinct values by the argument alone, so what is the argument is not made once more with values of its own.
    const orderBy = this.orderBy.flatMap((term, index): OrderNode[] => {
      const argument = args[this.#orderArguments[index]!];
      if (argument === undefined) return scope.order(term);
      return [term instanceof OrderBy ? order(argument, term.descending, term.nulls) : order(argument)];
    });
    const node = aggregate(name, written === undefined ? args : args.map(written), type, {
      distinct: this.distinct,
      filter: filter === null || isTrue(filter) ? null : filter,
      orderBy,
      contrib,
    });
    const fallback = this.#defaultNode(scope, type);
    return fallback === null ? node : call('COALESCE', [node, fallback], type);
  }

  #resolveArgument(arg: Resolvable, scope: Scope): ExpressionNode {
    const node = arg.resolve(scope);
    if (containsAggregate(node)) {
      const name = arg instanceof FieldReference ? arg.name : arg.constructor.name;
      throw new FieldError(
        'nested-aggregate',
        `Cannot compute ${this.definition.label}('${name}'): '${name}' is an aggregate`,
      );
    }
    return node.kind === 'tuple' ? this.#withoutTuple(node.items) : node;
  }

  #withoutTuple(parts: readonly ExpressionNode[]): ExpressionNode {
    const { label, ofTuple } = this.definition;
    if (ofTuple !== undefined && !this.distinct) return ofTuple(parts);
    const what = this.distinct ? `${label} with distinct` : label;
    throw new ValueError('composite-key', `${what} does not support composite primary keys.`);
  }

  #defaultNode(scope: Scope, type: ValueType): ExpressionNode | null {
    if (this.default !== null) return this.default.resolve(scope);
    if (this.#plainDefault === null) return null;
    const { value, source } = this.#plainDefault;
    const prepare = (given: unknown): unknown => preparedBy(type, given);
    return { kind: 'param', value: prepare(value), type, source, map: prepare };
  }

  override sources(): readonly Resolvable[] {
    return [
      ...this.args,
      ...[this.filter, this.default].filter((part) => part !== null),
      ...this.orderBy
        .filter((_, index) => this.#orderArguments[index] === -1)
        .filter((term) => typeof term !== 'string')
        .map(termSource),
    ];
  }
  protected ownShape(): string | null {
    const terms = this.orderBy.map((term, index) => {
      const argument = this.#orderArguments[index]!;
      if (argument >= 0) return term instanceof OrderBy ? `${argument},${term.descending},${term.nulls}` : argument;
      return typeof term === 'string' ? JSON.stringify(term) : '*';
    });
    return [
      this.definition.name,
      this.args.length,
      this.distinct,
      this.filter !== null,
      this.default !== null,
      this.#plainDefault !== null,
      `[${terms.join(',')}]`,
      shapeOfType(this.outputField),
    ].join(',');
  }
  override inputs(): readonly Input[] {
    return this.#plainDefault === null ? super.inputs() : [...super.inputs(), this.#plainDefault];
  }
}

/** The argument that a term of the order is, down to its values; -1 for none. */
function argumentOf(term: string | Resolvable | OrderBy, args: readonly Resolvable[]): number {
  const expression = term instanceof OrderBy ? term.expression : term;
  return typeof expression === 'string' ? -1 : args.findIndex((arg) => areSame(arg, expression));
}

/** A term of the order as something with shape and inputs. */
const termSource = (term: Resolvable | OrderBy): Resolvable => term as Resolvable;

function preparedBy(type: ValueType & { prepare?: (value: unknown) => unknown }, value: unknown): unknown {
  return type.prepare === undefined ? value : type.prepare(value);
}
