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
export function combine(query: Query, toSelect: (part: Query) => { node: QueryNode; layout: Layout }): { node: QueryNode; layout: Layout } {
  const { operator, queries } = query.combination!;
  const parts = queries.map((part) => (query.rows !== 'instance' && part.rows === 'instance' ? { ...part, rows: query.rows, names: query.names, shape: null } : part));
  const [first, ...others] = parts.map(toSelect);
  const nodes = [first!.node, ...others.map((other) => other.node)];
  const node: CompoundNode = {
    kind: 'compound', operator, queries: nodes,
    orderBy: ordersByPosition(query, first!.layout),
    slice: sliceOf(query),
  };
  return { node, layout: first!.layout };
}

function ordersByPosition(query: Query, layout: Layout): OrderNode[] {
  const positions = new Map<string, number>();
  if (layout.kind === 'plain') layout.names.forEach((name, index) => positions.set(name, index));
  else {
    for (const { attname, index } of layout.instance.fields) positions.set(attname, index);
    for (const { name, index } of layout.annotations) positions.set(name, index);
  }
  return (query.orderBy ?? []).map((term) => {
    if (typeof term !== 'string') throw typeError('combined-order', 'After union(), intersection() or difference() orderBy() takes names of selected columns.');
    const name = term.startsWith('-') ? term.slice(1) : term;
    const field = query.meta.fieldsByName.get(name);
    const position = positions.get(name) ?? (field === undefined ? undefined : (positions.get(field.attname) ?? positions.get(field.name)));
    if (position === undefined) throw new FieldError('combined-order', `'${name}' is not selected, so the combined rows cannot be ordered by it.`);
    return order(literal(position + 1, booleanType), term.startsWith('-') !== query.reversed);
  });
}
