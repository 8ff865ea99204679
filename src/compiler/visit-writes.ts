import type { ExpressionNode } from '../sql/expression-nodes.js';
import type { InsertNode, SelectColumn } from '../sql/statement-nodes.js';
import type { SqlWriter, Visits } from './dialect.js';
import { writeColumns } from './visit-select.js';

/** `(a, b), (c, d)`. */
function writeRows(rows: readonly (readonly ExpressionNode[])[], out: SqlWriter): void {
  out.each(rows, (row) => out.text('(').list(row).text(')'));
}

/** ` (x, y) VALUES (a, b), (c, d)`. */
export function writeValues(columns: readonly string[], rows: InsertNode['rows'], out: SqlWriter): void {
  out
    .text(' (')
    .each(columns, (column) => out.name(column))
    .text(') VALUES ');
  writeRows(rows, out);
}

/** ` RETURNING a, b`; nothing where nothing is wanted back. */
export function writeReturning(columns: readonly SelectColumn[], out: SqlWriter): void {
  if (columns.length === 0) return;
  out.text(' RETURNING ');
  writeColumns(columns, out);
}

/** How statements that write are written. */
export const writeVisits: Pick<Visits, 'insert' | 'update' | 'delete' | 'conflict'> = {
  insert: (node, out) => {
    out.text('INSERT INTO ').name(node.table);
    if (node.columns.length === 0) {
      out.text(' DEFAULT VALUES');
    } else {
      writeValues(node.columns, node.rows, out);
    }
    if (node.conflict !== null) out.node(node.conflict);
    writeReturning(node.returning, out);
  },
  conflict: (node, out) => {
    out.text(' ON CONFLICT');
    if (node.target.length > 0) {
      out
        .text(' (')
        .each(node.target, (column) => out.name(column))
        .text(')');
    }
    if (node.action === 'ignore') {
      out.text(' DO NOTHING');
      return;
    }
    out.text(' DO UPDATE SET ');
    out.each(node.update, (column) => out.name(column).text(' = EXCLUDED.').name(column));
  },
  update: (node, out) => {
    out.text('UPDATE ').name(node.table).text(' SET ');
    out.each(node.assignments, ({ column, value }) => out.name(column).text(' = ').node(value));
    if (node.from !== undefined) {
      out.text(' FROM (VALUES ');
      writeRows(node.from.rows, out);
      out.text(') AS ').name(node.from.alias);
    }
    if (node.where !== null) out.text(' WHERE ').node(node.where);
    if (node.orderBy.length > 0) out.text(' ORDER BY ').list(node.orderBy);
    writeReturning(node.returning, out);
  },
  delete: (node, out) => {
    out.text('DELETE FROM ').name(node.table);
    if (node.where !== null) out.text(' WHERE ').node(node.where);
  },
};
