import { SubqueryExpression } from '../../expressions/subquery.js';
import { subquery } from '../../sql/build.js';
import type { ExpressionNode } from '../../sql/expression-nodes.js';
import type { Scope } from '../../sql/resolvable.js';
import type { QueryNode, SelectNode } from '../../sql/statement-nodes.js';
import { callable } from '../../util/callable.js';
import { arrayTypeOf } from './array-field.js';
import { postgresCall } from './nodes.js';

const firstSelect = (query: QueryNode): SelectNode =>
  query.kind === 'select' ? query : firstSelect(query.queries[0]!);

/** The class behind `ArraySubquery`. */
export class ArraySubqueryExpression extends SubqueryExpression {
  override resolve(scope: Scope): ExpressionNode {
    const query = scope.subquery(this.querySet, 'array');
    const item = firstSelect(query).columns[0]!.expression.type;
    return postgresCall('ARRAY_SUBQUERY', [subquery(query, item)], this.outputField ?? arrayTypeOf(item));
  }
}

/** All values that a QuerySet of one column gives, in its order, as an array. SQL: `ARRAY(SELECT …)` */
export const ArraySubquery = callable(ArraySubqueryExpression);
