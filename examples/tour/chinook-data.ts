import { readFileSync } from 'node:fs';

/** A row of a data file by column name. What a column holds is the file's business, so the values are not typed. */
// biome-ignore lint/suspicious/noExplicitAny: the shape comes from a JSON file.
export type Row = Readonly<Record<string, any>>;

/** Reads one table of `examples/chinook/data`. */
export function readTable(table: string): readonly Row[] {
  const text = readFileSync(new URL(`../chinook/data/${table}.json`, import.meta.url), 'utf8');
  const { columns, rows }: { columns: { name: string }[]; rows: unknown[][] } = JSON.parse(text);
  return rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index]])));
}

/** `2021-01-01 00:00:00` as an instant; Chinook's times are UTC. */
export const instant = (timestamp: string): Date => new Date(`${timestamp.replace(' ', 'T')}Z`);

/** The day of a timestamp, as an ISO string. */
export const day = (timestamp: string): string => timestamp.slice(0, 10);
