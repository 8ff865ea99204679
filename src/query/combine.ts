import { FieldError, typeError } from '../errors.js';
import { booleanType, literal, order } from '../sql/build.js';
import type { OrderNode } from '../sql/expression-nodes.js';
import type { CompoundNode, QueryNode } from '../sql/statement-nodes.js';
import { type Query, sliceOf } from './query.js';
import type { Layout } from './selection.js';

/**
 * UNION, INTERSECT or EXCEPT of whole queries. Columns are the first query's; values() named afterwards is meant for each of
 * them. The order can only name selected columns, and is written by position.
 */
export function combine(
  query: Query,
  toSelect: (part: Query) => { node: QueryNode; layout: Layout },
): { node: QueryNode; layout: Layout } {
  const { operator, queries } = query.combination!;
  const parts = queries.map((part) =>
    query.rows !== 'instance' && part.rows === 'instance'
      ? { ...part, rows: query.rows, names: query.names, shape: null }
      : part,
  );
  const [first, ...others] = parts.map(toSelect);
  const nodes = [first!.node, ...others.map((other) => other.node)];
  const node: CompoundNode = {
    kind: 'compound',
    operator,
    queries: nodes,
    orderBy: ordersByPosition(query, first!.layout),
    slice: sliceOf(query),
  };
  return { node, layout: first!.layout };
}

function ordersByPosition(query: Query, layout: Layout): OrderNode[] {
  const positions = positionsOf(layout);
  return (query.orderBy ?? []).flatMap((term) => {
    if (typeof term !== 'string')
      throw typeError(
        'combined-order',
        'After union(), intersection() or difference() orderBy() takes names of selected columns.',
      );
    const name = term.startsWith('-') ? term.slice(1) : term;
    const field = query.meta.fieldsByName.get(name);
    const found =
      positions.get(name) ??
      (field === undefined ? undefined : (positions.get(field.attname) ?? positions.get(field.name)));
    if (found === undefined)
      throw new FieldError(
        'combined-order',
        `'${name}' is not selected, so the combined rows cannot be ordered by it.`,
      );
    return found.map((position) => order(literal(position + 1, booleanType), term.startsWith('-') !== query.reversed));
  });
}

/** Where the columns of each name stand; a composite key has several. */
function positionsOf(layout: Layout): Map<string, readonly number[]> {
  const positions = new Map<string, readonly number[]>();
  if (layout.kind === 'instance') {
    const { meta, fields } = layout.instance;
    for (const { attname, index } of fields) positions.set(attname, [index]);
    const key = meta.pkFields.flatMap(({ attname }) => positions.get(attname) ?? []);
    if (key.length > 1) positions.set(meta.pk.name, key);
  }
  for (const { name, index, width } of layout.kind === 'plain' ? layout.values : layout.annotations)
    positions.set(
      name,
      Array.from({ length: width ?? 1 }, (_, part) => index + part),
    );
  return positions;
}
