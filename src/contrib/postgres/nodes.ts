import { call } from '../../sql/build.js';
import type { CallNode, ExpressionNode } from '../../sql/expression-nodes.js';
import type { ContribName, ValueType } from '../../sql/value-type.js';

/** What columns, functions and aggregates of this folder are marked with: other databases refuse them. */
export const contrib: ContribName = 'postgres';

/** A function or operator that PostgreSQL alone has. */
export const postgresCall = (
  name: string,
  args: readonly ExpressionNode[],
  type: ValueType,
  options?: CallNode['options'],
): CallNode => ({ ...call(name, args, type, options), contrib });
