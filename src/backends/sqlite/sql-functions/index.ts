import { decimalAggregates, decimalFunctions } from './decimals.js';
import { mathAggregates, mathFunctions } from './math.js';
import type { SqlAggregate, SqlFunction } from './sql-function.js';
import { temporalFunctions } from './temporal.js';
import { textFunctions } from './text.js';

/** All that is registered on every connection. */
export const sqlFunctions: readonly SqlFunction[] = [
  ...decimalFunctions,
  ...temporalFunctions,
  ...textFunctions,
  ...mathFunctions,
];
export const sqlAggregates: readonly SqlAggregate[] = [...decimalAggregates, ...mathAggregates];
