import type { Database } from '../database/database.js';
import type { BoundField, ModelMeta } from '../schema/model-meta.js';
import { aggregate, column, isIn, select } from '../sql/build.js';
import { mapKey } from './keys.js';
import { decoded } from './row-writes.js';
import { bindTemplate, templateFor } from './statement-templates.js';

/** The column that keeps the place among the objects of one owner, and the key to the owner; null without `orderWithRespectTo`. */
export function orderFields(meta: ModelMeta): { readonly order: BoundField; readonly owner: BoundField } | null {
  const owner = meta.orderWithRespectTo;
  const order = owner === null ? undefined : meta.fieldsByName.get('_order');
  return order === undefined || owner === null ? null : { order, owner };
}

/** For each owner the place after its last object, counted from 0. One SELECT. */
export async function nextPlaces(
  database: Database,
  table: ModelMeta,
  fields: { order: BoundField; owner: BoundField },
  owners: readonly unknown[],
): Promise<Map<unknown, number>> {
  const { order, owner } = fields;
  const template = templateFor(database, table, 'next places', (slot) => {
    const ownerColumn = column(table.dbTable, owner.column, owner.type);
    const last = aggregate('MAX', [column(table.dbTable, order.column, order.type)], order.type);
    return select({
      columns: [
        { expression: ownerColumn, alias: null },
        { expression: last, alias: null },
      ],
      from: { kind: 'table', name: table.dbTable, alias: table.dbTable },
      where: isIn(ownerColumn, {
        kind: 'listParam',
        values: [],
        elementType: owner.type,
        source: slot(0, owner.type).source,
        map: null,
      }),
      groupBy: [ownerColumn],
    });
  });
  const rows = await database.read(template.compiled, bindTemplate(template, [owners]));
  return new Map(decoded(template.compiled, rows).map(([key, last]) => [mapKey(key), (last as number) + 1]));
}
