import type { Features } from '../compiler/dialect.js';
import { isFalse, isTrue } from '../sql/build.js';
import type { DeleteNode } from '../sql/statement-nodes.js';
import { Planner } from './planner.js';
import type { Query } from './query.js';
import { subselect } from './to-select.js';
import { rowsOf } from './to-update.js';

/** DELETE of the rows of a query from its model's own table; null when no row can match. */
export function toDelete(query: Query, features: Features): DeleteNode | null {
  const where = rowsOf(new Planner(query, subselect).run(), features);
  return isFalse(where)
    ? null
    : { kind: 'delete', table: query.meta.concrete.dbTable, where: isTrue(where) ? null : where };
}
