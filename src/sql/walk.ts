import type { ExpressionNode } from './expression-nodes.js';

type Node = { readonly kind: string };
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { kind?: unknown }).kind === 'string';

/** Properties that hold no nodes, whatever their values look like: user data must never be taken for a node. */
const OPAQUE = new Set(['type', 'value', 'source', 'map', 'options', 'to', 'elementType', 'values']);
const opaque = (node: Node, key: string): boolean => OPAQUE.has(key) && !(node.kind === 'raw' && key === 'values');

/** The nodes directly inside `node`, in reading order. */
export function children(node: Node): Node[] {
  const found: Node[] = [];
  const collect = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) collect(item);
    else if (isNode(value)) found.push(value);
    else if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) collect(item);
  };
  for (const [key, value] of Object.entries(node)) if (!opaque(node, key)) collect(value);
  return found;
}

/** Whether `test` holds for `node` or any node inside it; statements inside (subqueries) are entered only with `deep`. */
export function some(node: Node, test: (node: Node) => boolean, deep = false): boolean {
  if (test(node)) return true;
  if (!deep && (node.kind === 'select' || node.kind === 'compound')) return false;
  return children(node).some((child) => some(child, test, deep));
}

/** Calls `visit` for `node` and every node inside it, statements included. */
export function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  for (const child of children(node)) walk(child, visit);
}

/**
 * The tree with nodes replaced, from the leaves up: `replace` gets each node with its children already replaced.
 * What is unchanged stays the same object. Statements inside are entered too.
 */
export function rewrite<T extends Node>(node: T, replace: (node: Node) => Node): T {
  const inside = (value: unknown): unknown => {
    if (Array.isArray(value)) {
      const items = value.map(inside);
      return items.some((item, index) => item !== value[index]) ? items : value;
    }
    if (isNode(value)) return rewrite(value, replace);
    if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
      const entries = Object.entries(value).map(([key, item]) => [key, inside(item)] as const);
      return entries.some(([key, item]) => item !== (value as Record<string, unknown>)[key])
        ? Object.fromEntries(entries)
        : value;
    }
    return value;
  };
  let copy: Record<string, unknown> | null = null;
  for (const [key, value] of Object.entries(node)) {
    if (opaque(node, key)) continue;
    const changed = inside(value);
    if (changed !== value) {
      copy ??= { ...node } as Record<string, unknown>;
      copy[key] = changed;
    }
  }
  return replace((copy as unknown as T | null) ?? node) as T;
}

const isAggregate = (node: Node): boolean => node.kind === 'aggregate';
const isWindow = (node: Node): boolean => node.kind === 'window';

/** Whether an aggregate stands in the expression itself: not inside a subquery, and not as the expression of a window. */
export function containsAggregate(node: ExpressionNode): boolean {
  if (isAggregate(node)) return true;
  if (node.kind === 'window') {
    const inside = isAggregate(node.expression) ? children(node.expression) : [node.expression as Node];
    return [...inside, ...node.partitionBy, ...node.orderBy].some((child) =>
      containsAggregate(child as ExpressionNode),
    );
  }
  if ((node as Node).kind === 'select' || (node as Node).kind === 'compound') return false;
  return children(node).some((child) => containsAggregate(child as ExpressionNode));
}
/** Whether a window function stands in the expression, outside of subqueries. */
export const containsWindow = (node: ExpressionNode): boolean => some(node, isWindow);

/**
 * The tree with parts replaced, from the root down: `find` gives another node for a part, which is then not entered, or null
 * to look inside it. Statements inside are not entered.
 */
export function replaceParts<T extends Node>(node: T, find: (node: Node) => Node | null): T {
  const found = find(node);
  if (found !== null) return found as T;
  if (node.kind === 'select' || node.kind === 'compound') return node;
  const inside = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inside);
    if (isNode(value)) return replaceParts(value, find);
    if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inside(item)]));
    }
    return value;
  };
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, opaque(node, key) ? value : inside(value)]),
  ) as unknown as T;
}
