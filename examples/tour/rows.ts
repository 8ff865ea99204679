import Table from 'cli-table3';
import type { Colors } from 'picocolors/types.js';

const shownRows = 10;
const cellWidth = 38;

type Cells = Readonly<Record<string, unknown>>;

const isPlain = (value: object): boolean => {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/** What one row shows: a plain row its columns, an instance its key and its text, anything else itself. */
function cellsOf(row: unknown): Cells {
  if (Array.isArray(row)) return Object.fromEntries(row.map((value, index) => [String(index), value]));
  if (row === null || typeof row !== 'object') return { value: row };
  if (isPlain(row)) return row as Cells;
  if ('pk' in row) return { pk: row.pk, [row.constructor.name]: String(row) };
  return { value: row };
}

function cellText(value: unknown): string {
  if (value === null) return 'null';
  const text = value instanceof Date ? value.toISOString().replace('T00:00:00.000Z', '') : String(value);
  return text.length > cellWidth ? `${text.slice(0, cellWidth - 1)}…` : text;
}

/** Whether a column is set flush right: numbers, bigints and decimals, but not dates. */
const isNumeric = (value: unknown): boolean => value !== null && /^-?[\d.]+$/.test(cellText(value));

/** What a step gave, as a table of at most ten rows. */
export function rowsText(result: unknown, colors: Colors): string {
  const rows = (Array.isArray(result) ? result : [result]).map(cellsOf);
  if (rows.length === 0) return colors.dim('(no rows)');
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const shown = rows.slice(0, shownRows);
  const table = new Table({
    head: columns.map((column) => colors.bold(column)),
    colAligns: columns.map((column) => (shown.every((row) => isNumeric(row[column] ?? '0')) ? 'right' : 'left')),
    style: { head: [], border: [], compact: true },
  });
  for (const row of shown) {
    table.push(columns.map((column) => (row[column] === null ? colors.dim('null') : cellText(row[column] ?? ''))));
  }
  const more = rows.length - shown.length;
  return more > 0 ? `${table.toString()}\n${colors.dim(`… and ${more} more rows`)}` : table.toString();
}
