import { NotSupportedError, ValueError } from '../errors.js';
import type { AggregateDefinition, AggregateOptions } from '../expressions/aggregate.js';
import { AggregateExpression } from '../expressions/aggregate.js';
import { Expression } from '../expressions/expression.js';
import { argument } from '../expressions/f.js';
import { commonType, familyOf } from '../expressions/output-type.js';
import { decimalField, floatField, integerField, textField } from '../expressions/types.js';
import { Value } from '../expressions/value.js';
import { star } from '../sql/build.js';
import type { ExpressionNode } from '../sql/expression-nodes.js';
import type { Resolvable } from '../sql/resolvable.js';
import type { ValueType } from '../sql/value-type.js';
import { callable } from '../util/callable.js';

/** An aggregate's class: callable without `new`. */
export interface AggregateClass<A extends readonly unknown[]> {
  (...args: A): AggregateExpression;
  new (...args: A): AggregateExpression;
  readonly prototype: AggregateExpression;
}
/** Arguments of an aggregate of one expression: a text names a field. */
type One<O extends AggregateOptions = AggregateOptions> = [expression: string | Resolvable, options?: O];

/** What a call means: the definition, the arguments and the options. */
type Read<A extends readonly unknown[]> = (
  ...args: A
) => readonly [AggregateDefinition, readonly Resolvable[], AggregateOptions];

/** Makes the class of an aggregate. `label` is its name for users: `Sum`. */
export function defineAggregate<A extends readonly unknown[]>(label: string, read: Read<A>): AggregateClass<A> {
  const DefinedAggregate = class extends AggregateExpression {
    constructor(...given: unknown[]) {
      super(...read(...(given as unknown as A)));
      Object.freeze(this);
    }
  };
  Object.defineProperty(DefinedAggregate, 'name', { value: label });
  return callable(DefinedAggregate) as unknown as AggregateClass<A>;
}

/** Of one expression, always the same. */
const simple = (definition: AggregateDefinition): AggregateClass<One> =>
  defineAggregate<One>(definition.label, (expression, options = {}) => [definition, [argument(expression)], options]);

/** Options of StdDev and Variance. */
export interface SampleOptions extends AggregateOptions {
  /** Of a sample (divided by n − 1) rather than of the whole. */
  readonly sample?: boolean;
}
const spread = (label: string, name: string): AggregateClass<One<SampleOptions>> =>
  defineAggregate<One<SampleOptions>>(label, (expression, options = {}) => [
    { label, name: `${name}_${options.sample === true ? 'SAMP' : 'POP'}`, type: averageType },
    [argument(expression)],
    options,
  ]);

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
  return families.includes('integer') ? floatField : commonType(args, `${label}()`);
}

/** Without the limits of the column: a sum has more digits than its terms. */
function sumType(args: readonly ExpressionNode[], label: string): ValueType {
  refuseDates(args, label);
  const type = commonType(args, `${label}()`);
  return familyOf(type) === 'decimal' ? decimalField : type;
}

const sameType = (args: readonly ExpressionNode[], label: string): ValueType => commonType(args, `${label}()`);

/** `*` inside COUNT. */
class Star extends Expression {
  resolve(): ExpressionNode {
    return star(integerField);
  }
  protected ownShape(): string {
    return '*';
  }
}
const count: AggregateDefinition = {
  label: 'Count',
  name: 'COUNT',
  allowsDistinct: true,
  empty: 0,
  type: () => integerField,
  ofTuple: (parts) => parts[0]!,
};

/**
 * How many values are not null; `Count("*")` counts rows. Over no rows 0. Throws ValueError for a star with a filter.
 * SQL: `COUNT(expression)`
 *
 * @example
 * await Author.objects.annotate({ books: Count("book"), cheap: Count("book", { filter: { book__price__lt: 10 } }) });
 */
export const Count = defineAggregate<One>('Count', (expression, options = {}) => {
  if (expression !== '*') return [count, [argument(expression)], options];
  if (options.filter !== undefined && options.filter !== null) {
    throw new ValueError('count-star-filter', 'Star cannot be used with filter. Please specify a field.');
  }
  return [count, [new Star()], options];
});

/**
 * The sum of numbers or durations, of the type that goes in; null over no rows unless `default` is given. SQL: `SUM(expression)`
 *
 * @example
 * await Order.objects.aggregate({ total: Sum(F("price").mul(F("quantity")), { default: 0 }) });
 */
export const Sum = simple({ label: 'Sum', name: 'SUM', allowsDistinct: true, type: sumType });

/**
 * The mean: of decimals a Decimal, of other numbers a number, of durations a duration; null over no rows. SQL: `AVG(expression)`
 *
 * @example
 * await Book.objects.aggregate({ price: Avg("price") });
 */
export const Avg = simple({ label: 'Avg', name: 'AVG', allowsDistinct: true, type: averageType });

/**
 * The smallest value; null over no rows. SQL: `MIN(expression)`
 *
 * @example
 * await Author.objects.annotate({ firstBook: Min("book__published") });
 */
export const Min = simple({ label: 'Min', name: 'MIN', type: sameType });

/**
 * The largest value; null over no rows. SQL: `MAX(expression)`
 *
 * @example
 * await Author.objects.annotate({ lastBook: Max("book__published") });
 */
export const Max = simple({ label: 'Max', name: 'MAX', type: sameType });

/**
 * The standard deviation, of the whole or with `sample: true` of a sample; types as in `Avg`. SQL: `STDDEV_POP` or `STDDEV_SAMP`
 *
 * @example
 * await Book.objects.aggregate({ spread: StdDev("price", { sample: true }) });
 */
export const StdDev = spread('StdDev', 'STDDEV');

/**
 * The variance, of the whole or with `sample: true` of a sample; types as in `Avg`. SQL: `VAR_POP` or `VAR_SAMP`
 *
 * @example
 * await Book.objects.aggregate({ variance: Variance("price") });
 */
export const Variance = spread('Variance', 'VAR');

const stringAgg: AggregateDefinition = {
  label: 'StringAgg',
  name: 'STRING_AGG',
  allowsDistinct: true,
  type: () => textField,
};
/**
 * All texts as one, with a delimiter between them; null over no rows. The delimiter is a text (a value, always bound) or an
 * expression. SQL: `STRING_AGG(expression, delimiter)`
 *
 * @example
 * await Author.objects.annotate({ titles: StringAgg("book__title", ", ", { orderBy: "book__title" }) });
 */
export const StringAgg = defineAggregate<
  [expression: string | Resolvable, delimiter: string | Resolvable, options?: AggregateOptions]
>('StringAgg', (expression, delimiter, options = {}) => [
  stringAgg,
  [argument(expression), typeof delimiter === 'string' ? Value(delimiter) : argument(delimiter)],
  options,
]);

/**
 * Any one value that is not null, for what is the same in the whole group. SQL: `ANY_VALUE(expression)`
 *
 * @example
 * await Book.objects.values("publisherId").annotate({ some: AnyValue("title") });
 */
export const AnyValue = simple({ label: 'AnyValue', name: 'ANY_VALUE', type: sameType });
