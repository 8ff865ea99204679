import { column, select, statementOf } from '../../sql/build.js';
import type { InNode } from '../../sql/expression-nodes.js';
import type { QueryNode, SelectNode } from '../../sql/statement-nodes.js';
import { rewrite } from '../../sql/walk.js';

/** The query in a derived table. `distinct` keeps the optimizer from merging it with the statement around it again. */
function wrapped(query: QueryNode, distinct: boolean): SelectNode {
  const { columns } = firstOf(query);
  return select({
    distinct,
    columns: columns.map(({ expression }, index) => ({
      expression: column('inner', `c${index}`, expression.type),
      alias: null,
    })),
    from: { kind: 'derived', query: withAliases(query), alias: 'inner' },
  });
}

const firstOf = (query: QueryNode): SelectNode => (query.kind === 'select' ? query : firstOf(query.queries[0]!));

/** A compound names its columns as its first part does. */
function withAliases(query: QueryNode): QueryNode {
  if (query.kind === 'select')
    return { ...query, columns: query.columns.map((each, index) => ({ ...each, alias: `c${index}` })) };
  return { ...query, queries: [withAliases(query.queries[0]!), ...query.queries.slice(1)] };
}

/** "This version doesn't yet support 'LIMIT & IN/ALL/ANY/SOME subquery'" (1235): a slice inside IN stands in a derived table. */
export function withoutSliceInside(choices: InNode['choices']): InNode['choices'] {
  if ('length' in choices || choices.kind === 'listParam') return choices;
  const query = statementOf(choices);
  return query.slice === null ? choices : wrapped(query, false);
}

const reads = (query: QueryNode, table: string): boolean =>
  query.kind === 'compound'
    ? query.queries.some((part) => reads(part, table))
    : [query.from, ...query.joins.map(({ source }) => source)].some(
        (source) => source?.kind === 'table' && source.name === table,
      );

/** "You can't specify target table for update in FROM clause" (1093): what reads the written table stands in a derived table. */
export function withoutReading<T extends { readonly kind: string }>(node: T, table: string): T {
  return rewrite(node, (part) => {
    if (part.kind !== 'in') return part;
    const { choices } = part as InNode;
    if ('length' in choices || choices.kind === 'listParam') return part;
    const query = statementOf(choices);
    return reads(query, table) ? { ...part, choices: wrapped(query, true) } : part;
  });
}
