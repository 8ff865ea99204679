import { FieldError, NotSupportedError, typeError, ValueError } from '../errors.js';
import { aggregate, call, isTrue, star } from '../sql/build.js';
import type { ExpressionNode, OrderNode } from '../sql/expression-nodes.js';
import type { Input, Resolvable, Scope } from '../sql/resolvable.js';
import type { ValueType } from '../sql/value-type.js';
import { containsAggregate } from '../sql/walk.js';
import { callable } from '../util/callable.js';
import { Expression } from './expression.js';
import { argument, FieldReference } from './f.js';
import type { OrderBy } from './order-by.js';
import { commonType, familyOf, shapeOfType } from './output-type.js';
import type { ConditionLike } from './q.js';
import { Q } from './q.js';
import { decimalField, floatField, integerField, textField } from './types.js';
import type { OutputOptions } from './value.js';
import { ValueExpression } from './value.js';

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
  readonly allowsDistinct?: boolean;
  /** The result over no rows; null where not given. */
  readonly empty?: 0;
  readonly type: (args: readonly ExpressionNode[], label: string) => ValueType;
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
    this.outputField = options.outputField ?? null;
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
    const { label, name } = this.definition;
    const type = this.outputField ?? this.definition.type(args, label);
    const filter = this.filter === null ? null : scope.condition(this.filter);
    const orderBy: OrderNode[] = this.orderBy.flatMap((term) => scope.order(term));
    const node = aggregate(name, args, type, {
      distinct: this.distinct,
      filter: filter === null || isTrue(filter) ? null : filter,
      orderBy,
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
    return node;
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
      ...this.orderBy.filter((term) => typeof term !== 'string').map(termSource),
    ];
  }
  protected ownShape(): string | null {
    const terms = this.orderBy.map((term) => (typeof term === 'string' ? JSON.stringify(term) : '*'));
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

/** A term of the order as something with shape and inputs. */
const termSource = (term: Resolvable | OrderBy): Resolvable => term as Resolvable;

function preparedBy(type: ValueType & { prepare?: (value: unknown) => unknown }, value: unknown): unknown {
  return type.prepare === undefined ? value : type.prepare(value);
}

const CALENDAR = new Set(['date', 'datetime', 'time']);
/** Sums and averages exist of numbers and durations. */
function refuseDates(args: readonly ExpressionNode[], label: string): void {
  if (args.some((arg) => CALENDAR.has(familyOf(arg.type)))) {
    throw new NotSupportedError(
      'aggregate-of-dates',
      `${label} cannot be computed of dates and times; of durations it can.`,
    );
  }
}

/** Of decimals a decimal, of whole numbers a float, else what goes in. */
function averageType(args: readonly ExpressionNode[], label: string): ValueType {
  refuseDates(args, label);
  const families = args.map((arg) => familyOf(arg.type));
  if (families.includes('decimal')) return decimalField;
  return families.includes('integer') ? floatField : commonType(args, label);
}

/** Without the limits of the column: a sum has more digits than its terms. */
function sumType(args: readonly ExpressionNode[], label: string): ValueType {
  refuseDates(args, label);
  const type = commonType(args, label);
  return familyOf(type) === 'decimal' ? decimalField : type;
}

type Argument = string | Resolvable;

const count: AggregateDefinition = {
  label: 'Count',
  name: 'COUNT',
  allowsDistinct: true,
  empty: 0,
  type: () => integerField,
};
/** `*` inside COUNT. */
class Star extends Expression {
  resolve(): ExpressionNode {
    return star(integerField);
  }
  protected ownShape(): string {
    return '*';
  }
}
/** The class behind `Count`. */
export class CountExpression extends AggregateExpression {
  constructor(expression: Argument, options: AggregateOptions = {}) {
    if (expression === '*' && options.filter !== undefined && options.filter !== null) {
      throw new ValueError('count-star-filter', 'Star cannot be used with filter. Please specify a field.');
    }
    super(count, [expression === '*' ? new Star() : argument(expression)], options);
  }
}
/**
 * How many values are not null; `Count("*")` counts rows. Over no rows 0. SQL: `COUNT(expression)`.
 *
 * @example
 * await Author.objects.annotate({ books: Count("book"), cheap: Count("book", { filter: { book__price__lt: 10 } }) });
 */
export const Count = callable(CountExpression);

const sum: AggregateDefinition = { label: 'Sum', name: 'SUM', allowsDistinct: true, type: sumType };
/** The class behind `Sum`. */
export class SumExpression extends AggregateExpression {
  constructor(expression: Argument, options: AggregateOptions = {}) {
    super(sum, [argument(expression)], options);
  }
}
/**
 * The sum of numbers or durations, of the type that goes in; null over no rows unless `default` is given. SQL: `SUM(expression)`.
 *
 * @example
 * await Order.objects.aggregate({ total: Sum(F("price").mul(F("quantity")), { default: 0 }) });
 */
export const Sum = callable(SumExpression);

const average: AggregateDefinition = { label: 'Avg', name: 'AVG', allowsDistinct: true, type: averageType };
/** The class behind `Avg`. */
export class AvgExpression extends AggregateExpression {
  constructor(expression: Argument, options: AggregateOptions = {}) {
    super(average, [argument(expression)], options);
  }
}
/**
 * The mean: of decimals a Decimal, of other numbers a number, of durations a duration; null over no rows. SQL: `AVG(expression)`.
 *
 * @example
 * await Book.objects.aggregate({ price: Avg("price") });
 */
export const Avg = callable(AvgExpression);

const min: AggregateDefinition = { label: 'Min', name: 'MIN', type: commonType };
/** The class behind `Min`. */
export class MinExpression extends AggregateExpression {
  constructor(expression: Argument, options: AggregateOptions = {}) {
    super(min, [argument(expression)], options);
  }
}
/**
 * The smallest value, null over no rows. SQL: `MIN(expression)`.
 *
 * @example
 * await Author.objects.annotate({ firstBook: Min("book__published") });
 */
export const Min = callable(MinExpression);

const max: AggregateDefinition = { label: 'Max', name: 'MAX', type: commonType };
/** The class behind `Max`. */
export class MaxExpression extends AggregateExpression {
  constructor(expression: Argument, options: AggregateOptions = {}) {
    super(max, [argument(expression)], options);
  }
}
/**
 * The largest value, null over no rows. SQL: `MAX(expression)`.
 *
 * @example
 * await Author.objects.annotate({ lastBook: Max("book__published") });
 */
export const Max = callable(MaxExpression);

/** Options of StdDev and Variance. */
export interface SampleOptions extends AggregateOptions {
  /** Of a sample (divided by n − 1) rather than of the whole. */
  readonly sample?: boolean;
}
/** The class behind `StdDev`. */
export class StdDevExpression extends AggregateExpression {
  constructor(expression: Argument, options: SampleOptions = {}) {
    super(
      { label: 'StdDev', name: options.sample === true ? 'STDDEV_SAMP' : 'STDDEV_POP', type: averageType },
      [argument(expression)],
      options,
    );
  }
}
/**
 * The standard deviation, of the whole or with `sample: true` of a sample. SQL: `STDDEV_POP` or `STDDEV_SAMP`.
 *
 * @example
 * await Book.objects.aggregate({ spread: StdDev("price", { sample: true }) });
 */
export const StdDev = callable(StdDevExpression);

/** The class behind `Variance`. */
export class VarianceExpression extends AggregateExpression {
  constructor(expression: Argument, options: SampleOptions = {}) {
    super(
      { label: 'Variance', name: options.sample === true ? 'VAR_SAMP' : 'VAR_POP', type: averageType },
      [argument(expression)],
      options,
    );
  }
}
/**
 * The variance, of the whole or with `sample: true` of a sample. SQL: `VAR_POP` or `VAR_SAMP`.
 *
 * @example
 * await Book.objects.aggregate({ variance: Variance("price") });
 */
export const Variance = callable(VarianceExpression);

const stringAgg: AggregateDefinition = {
  label: 'StringAgg',
  name: 'STRING_AGG',
  allowsDistinct: true,
  type: () => textField,
};
/** The class behind `StringAgg`. */
export class StringAggExpression extends AggregateExpression {
  constructor(expression: Argument, delimiter: Argument, options: AggregateOptions = {}) {
    super(
      stringAgg,
      [argument(expression), typeof delimiter === 'string' ? new ValueExpression(delimiter) : argument(delimiter)],
      options,
    );
  }
}
/**
 * All texts as one, with a delimiter between them; null over no rows. The delimiter is a text (bound as a parameter) or an
 * expression. SQL: `STRING_AGG`, `GROUP_CONCAT` where the database calls it so.
 *
 * @example
 * await Author.objects.annotate({ titles: StringAgg("book__title", ", ", { orderBy: "book__title" }) });
 */
export const StringAgg = callable(StringAggExpression);

const anyValue: AggregateDefinition = { label: 'AnyValue', name: 'ANY_VALUE', type: commonType };
/** The class behind `AnyValue`. */
export class AnyValueExpression extends AggregateExpression {
  constructor(expression: Argument, options: AggregateOptions = {}) {
    super(anyValue, [argument(expression)], options);
  }
}
/**
 * Any one value that is not null, for what is the same in the whole group. SQL: `ANY_VALUE(expression)`.
 *
 * @example
 * await Book.objects.values("publisherId").annotate({ some: AnyValue("title") });
 */
export const AnyValue = callable(AnyValueExpression);
