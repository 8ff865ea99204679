import { booleanType } from '../sql/build.js';
import type { ExpressionNode } from '../sql/expression-nodes.js';
import type { Connection } from './backend.js';

/** Rows of a database's catalogue. */
export async function readCatalogue<Row extends readonly unknown[] = readonly unknown[]>(
  connection: Connection,
  sql: string,
  ...params: unknown[]
): Promise<readonly Row[]> {
  return (await connection.run(sql, params)).rows as unknown as readonly Row[];
}

/** SQL as the catalogue has it, taken over as it stands. */
export const rawSql = (text: string): ExpressionNode => ({
  kind: 'raw',
  texts: [text],
  values: [],
  type: booleanType,
});
