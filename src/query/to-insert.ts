import type { BoundField, ModelMeta } from '../schema/model-meta.js';
import { column } from '../sql/build.js';
import type { ExpressionNode } from '../sql/expression-nodes.js';
import type { ConflictNode, InsertNode, SelectColumn } from '../sql/statement-nodes.js';

/** Which columns of one table an INSERT gives and which it asks back. */
export interface InsertShape {
  readonly table: ModelMeta;
  readonly fields: readonly BoundField[];
  readonly returning: readonly BoundField[];
  /** Whether expressions are among the values. */
  readonly computed: boolean;
}

/** INSERT of rows, their values in the order of `shape.fields`. */
export function toInsert(
  shape: InsertShape,
  rows: readonly (readonly ExpressionNode[])[],
  conflict: ConflictNode | null = null,
): InsertNode {
  return {
    kind: 'insert',
    table: shape.table.dbTable,
    columns: shape.fields.map((field) => field.column),
    rows,
    conflict,
    returning: shape.returning.map(returned),
  };
}

/** A column of the written row as RETURNING names it. */
export const returned = (field: BoundField): SelectColumn => ({
  expression: column(null, field.column, field.type),
  alias: null,
});
