import { callable } from '../util/callable.js';
import { CommonTableExpression } from './common-table-expression.js';
import { metaOfCommonTable } from './common-tables.js';
import { allRows, change, shapePart } from './query.js';
import { shapeOfRows } from './query-shape.js';
import { QuerySet } from './queryset.js';

/** The class behind `Cte`. See `types/public/cte.ts` for the documentation. */
export class NamedRows extends CommonTableExpression {
  /** A QuerySet of the rows of the table. */
  all(): QuerySet {
    const rows = allRows(metaOfCommonTable(this));
    const shape = this.shape === null ? null : shapeOfRows(`cte${shapePart(this.shape)}`);
    return new QuerySet(
      change({ ...rows, shape, inputs: this.inputs }, { rows: 'object', using: this.query.using }, ''),
    );
  }
}

/**
 * Rows under a name, which other QuerySets join with `withCte`. SQL: `WITH "name" AS (SELECT …)`
 *
 * @example
 * const totals = Cte('totals', Book.objects.values('publisherId').annotate({ total: Sum('price') }));
 * await Publisher.objects.withCte(totals, { on: { id: 'publisherId' } }).filter({ totals__total__gt: 100 });
 */
export const Cte = callable(NamedRows);
export type Cte = NamedRows;
