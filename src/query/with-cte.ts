import { FieldError, NotSupportedError, typeError, ValueError } from '../errors.js';
import { didYouMean } from '../util/closest.js';
import { checked } from './checking.js';
import { CommonTableExpression } from './common-table-expression.js';
import { checkAlias } from './names.js';
import { aliasesOf, change, isSliced, type Query, type Step, shapePart, shapeParts } from './query.js';

/** Options of withCte(). */
export interface WithCteOptions {
  /** Paths of the QuerySet's own and the columns of the table that they equal. */
  readonly on: Readonly<Record<string, string>>;
  /** Rows that have none in the table stay, its columns null. */
  readonly optional?: boolean;
}

/** withCte(): the query joined with a common table, whose columns have names from then on. */
export function withCte(query: Query, table: unknown, options: WithCteOptions): Query {
  if (!(table instanceof CommonTableExpression)) throw typeError('not-a-cte', 'withCte() takes a table made by Cte().');
  if (query.combination !== null)
    throw new NotSupportedError(
      'combined',
      'Calling withCte() after union(), intersection() or difference() is not supported.',
    );
  if (isSliced(query)) throw typeError('sliced', 'Cannot join a table once a slice has been taken.');
  checkAlias(query.meta, table.name, false);
  if (aliasesOf(query).includes(table.name))
    throw new ValueError('alias-conflict', `The name '${table.name}' is taken: a QuerySet can name it once.`);
  const { on, optional = false } = options ?? {};
  const pairs = pairsOf(table, on);
  const step: Step = { kind: 'cte', alias: table.name, table, on: pairs, optional };
  const shape = table.shape === null ? null : `W${optional}${shapePart(table.shape)}${shapeParts(pairs.flat())}`;
  return checked(change(query, { steps: [...query.steps, step] }, shape, table.inputs));
}

function pairsOf(table: CommonTableExpression, on: unknown): [string, string][] {
  if (typeof on !== 'object' || on === null || Array.isArray(on)) {
    throw typeError(
      'cte-on',
      `withCte() needs to know how rows belong together: { on: { id: '${table.columns[0]!.name}' } }.`,
    );
  }
  const names = table.columns.map(({ name }) => name);
  return Object.entries(on).map(([path, column]: [string, unknown]) => {
    if (typeof column === 'string' && names.includes(column)) return [path, column];
    throw new FieldError(
      'cte-column',
      `Cte '${table.name}' has no such column as is given for '${path}'.${didYouMean(String(column), names)} Choices are: ${names.join(', ')}.`,
    );
  });
}
