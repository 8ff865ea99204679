import type { AggregateDefinition, AggregateOptions } from '../../expressions/aggregate.js';
import { argument } from '../../expressions/f.js';
import { booleanField, floatField, integerField, jsonField, textField } from '../../expressions/types.js';
import { defineAggregate } from '../../functions/aggregates.js';
import { cast } from '../../sql/build.js';
import type { ExpressionNode } from '../../sql/expression-nodes.js';
import type { Resolvable } from '../../sql/resolvable.js';
import { arrayTypeOf } from './array-field.js';
import { contrib } from './nodes.js';

/** Arguments of an aggregate of one expression: a text names a field. */
type One = [expression: string | Resolvable, options?: AggregateOptions];
/** Arguments of a statistic of pairs: the dependent value, then the independent one. */
type Pair = [y: string | Resolvable, x: string | Resolvable, options?: AggregateOptions];

const LONG: ReadonlySet<string> = new Set(['decimal', 'bigint', 'positiveBigint']);
/** Numbers that JavaScript would round when it reads them out of JSON, as texts. */
const exactInJson = (arg: ExpressionNode): ExpressionNode =>
  LONG.has(arg.type.columnType.name) ? cast(arg, textField) : arg;

type Definition = Omit<AggregateDefinition, 'contrib'>;
const one = (definition: Definition) =>
  defineAggregate<One>(definition.label, (expression, options = {}) => [
    { ...definition, contrib },
    [argument(expression)],
    options,
  ]);

/** SQL: `ARRAY_AGG(x)` */
export const ArrayAgg = one({
  label: 'ArrayAgg',
  name: 'ARRAY_AGG',
  allowsDistinct: true,
  type: ([arg]) => arrayTypeOf(arg!.type),
});
/** SQL: `JSONB_AGG(x)` */
export const JSONBAgg = one({
  label: 'JSONBAgg',
  name: 'JSONB_AGG',
  allowsDistinct: true,
  type: () => jsonField,
  written: exactInJson,
});
/** SQL: `BOOL_AND(x)` */
export const BoolAnd = one({ label: 'BoolAnd', name: 'BOOL_AND', type: () => booleanField });
/** SQL: `BOOL_OR(x)` */
export const BoolOr = one({ label: 'BoolOr', name: 'BOOL_OR', type: () => booleanField });
/** SQL: `BIT_AND(x)` */
export const BitAnd = one({ label: 'BitAnd', name: 'BIT_AND', type: ([arg]) => arg!.type });
/** SQL: `BIT_OR(x)` */
export const BitOr = one({ label: 'BitOr', name: 'BIT_OR', type: ([arg]) => arg!.type });
/** SQL: `BIT_XOR(x)` */
export const BitXor = one({ label: 'BitXor', name: 'BIT_XOR', type: ([arg]) => arg!.type });

const pair = (label: string, name: string, more: Partial<Definition> = {}) =>
  defineAggregate<Pair>(label, (y, x, options = {}) => [
    { label, name, type: () => floatField, contrib, ...more },
    [argument(y), argument(x)],
    options,
  ]);

/** Options of CovarPop. */
export interface SampleOptions extends AggregateOptions {
  /** Of a sample rather than of the whole. */
  readonly sample?: boolean;
}

/** SQL: `CORR(y, x)` */
export const Corr = pair('Corr', 'CORR');
/** SQL: `COVAR_POP(y, x)`, of a sample `COVAR_SAMP(y, x)` */
export const CovarPop = defineAggregate<[y: string | Resolvable, x: string | Resolvable, options?: SampleOptions]>(
  'CovarPop',
  (y, x, options = {}) => [
    { label: 'CovarPop', name: options.sample === true ? 'COVAR_SAMP' : 'COVAR_POP', type: () => floatField, contrib },
    [argument(y), argument(x)],
    options,
  ],
);
/** SQL: `REGR_AVGX(y, x)` */
export const RegrAvgX = pair('RegrAvgX', 'REGR_AVGX');
/** SQL: `REGR_AVGY(y, x)` */
export const RegrAvgY = pair('RegrAvgY', 'REGR_AVGY');
/** SQL: `REGR_COUNT(y, x)` */
export const RegrCount = pair('RegrCount', 'REGR_COUNT', { type: () => integerField, empty: 0 });
/** SQL: `REGR_INTERCEPT(y, x)` */
export const RegrIntercept = pair('RegrIntercept', 'REGR_INTERCEPT');
/** SQL: `REGR_R2(y, x)` */
export const RegrR2 = pair('RegrR2', 'REGR_R2');
/** SQL: `REGR_SLOPE(y, x)` */
export const RegrSlope = pair('RegrSlope', 'REGR_SLOPE');
/** SQL: `REGR_SXX(y, x)` */
export const RegrSXX = pair('RegrSXX', 'REGR_SXX');
/** SQL: `REGR_SXY(y, x)` */
export const RegrSXY = pair('RegrSXY', 'REGR_SXY');
/** SQL: `REGR_SYY(y, x)` */
export const RegrSYY = pair('RegrSYY', 'REGR_SYY');
