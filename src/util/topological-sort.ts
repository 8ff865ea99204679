/**
 * The items in an order in which each comes after those that it needs; otherwise the given order is kept. Where needs run in
 * a circle, the circle is cut at the item that came first.
 */
export function topologicalSort<T>(items: readonly T[], needs: (item: T) => readonly T[]): T[] {
  const sorted = new Set<T>();
  const visiting = new Set<T>();
  const wanted = new Set(items);
  const visit = (item: T): void => {
    if (sorted.has(item) || visiting.has(item) || !wanted.has(item)) return;
    visiting.add(item);
    for (const needed of needs(item)) visit(needed);
    visiting.delete(item);
    sorted.add(item);
  };
  for (const item of items) visit(item);
  return [...sorted];
}
