import { FieldError, typeError } from '../errors.js';
import { isExpression } from '../expressions/expression.js';
import { OrderBy } from '../expressions/order-by.js';
import { unresolvedReason } from '../expressions/output-type.js';
import type { LookupContext } from '../lookups/lookup.js';
import type { Hop, ModelMeta } from '../schema/model-meta.js';
import { booleanType, call, order } from '../sql/build.js';
import type { ExpressionNode, OrderNode } from '../sql/expression-nodes.js';
import type { Scope } from '../sql/resolvable.js';
import { containsAggregate, some, walk } from '../sql/walk.js';
import type { JoinedTable } from './joins.js';
import { transforms } from './left-side.js';
import type { ResolvedPath } from './path.js';
import type { Query } from './query.js';
import { termsOf as partsOf } from './tuples.js';

/** What ordering asks of the planner. */
interface Orderer extends Scope {
  readonly query: Query;
  annotationAt(path: string): { node: ExpressionNode; rest: readonly string[] } | null;
  place(path: string): { node: ExpressionNode; table: JoinedTable; path: ResolvedPath };
}

/**
 * One term of orderBy: `name`, `-name`, `?`, a path, an annotation, an expression or an OrderBy. A path that ends at a
 * relation takes the order of the related model ("order_by" in Django's QuerySet reference), unless the key itself is named.
 */
export function orderTerm(scope: Orderer, term: unknown): OrderNode[] {
  return termsOf(scope, term, '', false, []).flatMap((node) =>
    partsOf(node.expression).map((expression) => ({ ...node, expression })),
  );
}

function termsOf(scope: Orderer, term: unknown, prefix: string, flip: boolean, seen: readonly Hop[]): OrderNode[] {
  if (term instanceof OrderBy) return [flipped(resolveOrder(scope, term, prefix), flip)];
  if (isExpression(term)) return [order(prefixed(term, prefix).resolve(scope), flip)];
  if (typeof term !== 'string') {
    throw typeError('not-an-order', 'orderBy() takes names such as "title" or "-price", "?" and expressions.');
  }
  if (term === '?') return [order(call('RANDOM', [], booleanType))];
  const descending = term.startsWith('-') !== flip;
  const name = term.startsWith('-') ? term.slice(1) : term;
  if (prefix === '') {
    const annotated = scope.annotationAt(name);
    if (annotated !== null)
      return [order(transforms(annotated.node, annotated.rest, contextOf(scope, name)), descending)];
  }
  return pathTerms(scope, prefix + name, descending, seen);
}

function pathTerms(scope: Orderer, path: string, descending: boolean, seen: readonly Hop[]): OrderNode[] {
  const { node, path: resolved } = scope.place(path);
  const { relation, rest } = resolved;
  const last = path.split('__').pop()!;
  const namesKey =
    relation === null ||
    last === 'pk' ||
    (!relation.reverse && relation.key.attname === last && relation.key.name !== last);
  if (!namesKey && rest.length === 0 && relation.to.ordering.length > 0 && !selectsKey(scope.query, path)) {
    const hops = relation.hops;
    if (hops.some((hop) => seen.includes(hop)))
      throw new FieldError('ordering-loop', `The orders of the models behind '${path}' lead round in a circle.`);
    return relation.to.ordering.flatMap((term) => termsOf(scope, term, `${path}__`, descending, [...seen, ...hops]));
  }
  return [order(transforms(node, rest, contextOf(scope, path)), descending)];
}

/** values('author').orderBy('author') orders by the selected key itself. */
const selectsKey = (query: Query, path: string): boolean =>
  query.rows !== 'instance' && query.names !== null && query.names.includes(path);

const contextOf = (scope: Orderer, path: string): LookupContext => ({
  timeZone: scope.timeZone,
  subject: `${scope.query.meta.name}.${path}`,
});

/** An ordering of a related model, its names reached from here. */
function prefixed(
  expression: { resolve(scope: Scope): ExpressionNode },
  prefix: string,
): { resolve(scope: Scope): ExpressionNode } {
  if (prefix === '') return expression;
  return { resolve: (scope) => expression.resolve(behind(scope, prefix)) };
}

function resolveOrder(scope: Orderer, term: InstanceType<typeof OrderBy>, prefix: string): OrderNode {
  return term.toOrder(prefix === '' ? scope : behind(scope, prefix));
}

/** Checks an expression that rows are ordered by. Throws FieldError when its type cannot be told, or when it aggregates and no annotation does. */
export function checkOrder(node: ExpressionNode, annotations: ReadonlyMap<string, ExpressionNode>): void {
  const reason = unresolvedReason(node.type);
  if (reason !== null) throw reason;
  if (!containsAggregate(node)) return;
  const annotated = new Set<unknown>();
  for (const annotation of annotations.values()) walk(annotation, (each) => annotated.add(each));
  if (some(node, (each) => each.kind === 'aggregate' && !annotated.has(each))) {
    throw new FieldError(
      'order-by-aggregate',
      'orderBy() cannot take an aggregate by itself: name it with annotate() and order by that name.',
    );
  }
}

/** The same scope as seen from behind a relation. */
const behind = (scope: Scope, prefix: string): Scope => ({
  path: (path) => scope.path(prefix + path),
  condition: (condition) => scope.condition(condition),
  subquery: (querySet, use) => scope.subquery(querySet, use),
  order: (term) => scope.order(term),
  outer: scope.outer,
  checking: scope.checking,
  timeZone: scope.timeZone,
});

/** The opposite direction; NULLs change sides too. */
export function flipped(node: OrderNode, flip = true): OrderNode {
  if (!flip) return node;
  const nulls = node.nulls === null ? null : node.nulls === 'first' ? 'last' : 'first';
  return { ...node, descending: !node.descending, nulls };
}

/** The order that a query has: its own, the model's, or none. */
export function termsOfQuery(query: Query, meta: ModelMeta): readonly unknown[] {
  if (query.orderBy !== null) return query.orderBy;
  // an order of the model would split groups, so it does not count once rows are grouped
  return query.grouping !== null ? [] : meta.ordering;
}
