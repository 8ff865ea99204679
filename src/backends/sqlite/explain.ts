import { ValueError } from '../../errors.js';

/** `EXPLAIN QUERY PLAN …`. SQLite knows one format and no options: whatever is asked for is refused, since it would be SQL. */
export function explain(sql: string, options: Readonly<Record<string, unknown>>): string {
  const { format, ...others } = options;
  if (format !== undefined && format !== null)
    throw new ValueError('invalid-explain-format', 'SQLite explains in one format of its own: leave `format` out.');
  if (Object.values(others).some((value) => value !== undefined && value !== null))
    throw new ValueError('invalid-explain-option', 'EXPLAIN QUERY PLAN has no options on SQLite.');
  return `EXPLAIN QUERY PLAN ${sql}`;
}
