import { dateTimeField } from '../../expressions/types.js';
import { UUIDField } from '../../fields/uuid.js';
import { defineFunction } from '../../functions/define.js';
import { contrib } from './nodes.js';

const uuidField = UUIDField();

/** SQL: `GEN_RANDOM_UUID()` */
export const RandomUUID = defineFunction<[]>('RandomUUID', {
  sql: 'GEN_RANDOM_UUID',
  arity: 0,
  type: uuidField,
  contrib,
});
/** SQL: `CURRENT_TIMESTAMP` */
export const TransactionNow = defineFunction<[]>('TransactionNow', {
  sql: 'TRANSACTION_NOW',
  arity: 0,
  type: dateTimeField,
  contrib,
});
