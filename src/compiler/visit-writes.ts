import type { SelectColumn } from '../sql/statement-nodes.js';
import type { SqlWriter, Visits } from './dialect.js';
import { writeColumns } from './visit-select.js';

/** `"a", "b"`. */
export function writeNames(names: readonly string[], out: SqlWriter): void {
  names.forEach((name, index) => (index > 0 ? out.text(', ') : out).name(name));
}

function writeReturning(columns: readonly SelectColumn[], out: SqlWriter): void {
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
      out.text(' (');
      writeNames(node.columns, out);
      out.text(') VALUES ');
      node.rows.forEach((row, index) => out.text(index > 0 ? ', (' : '(').list(row).text(')'));
    }
    if (node.conflict !== null) out.node(node.conflict);
    writeReturning(node.returning, out);
  },
  conflict: (node, out) => {
    out.text(' ON CONFLICT');
    if (node.target.length > 0) {
      out.text(' (');
      writeNames(node.target, out);
      out.text(')');
    }
    if (node.action === 'ignore') {
      out.text(' DO NOTHING');
      return;
    }
    out.text(' DO UPDATE SET ');
    node.update.forEach((column, index) => (index > 0 ? out.text(', ') : out).name(column).text(' = EXCLUDED.').name(column));
  },
  update: (node, out) => {
    out.text('UPDATE ').name(node.table).text(' SET ');
    node.assignments.forEach(({ column, value }, index) => (index > 0 ? out.text(', ') : out).name(column).text(' = ').node(value));
    if (node.where !== null) out.text(' WHERE ').node(node.where);
    if (node.orderBy.length > 0) out.text(' ORDER BY ').list(node.orderBy);
    writeReturning(node.returning, out);
  },
  delete: (node, out) => {
    out.text('DELETE FROM ').name(node.table);
    if (node.where !== null) out.text(' WHERE ').node(node.where);
  },
};
