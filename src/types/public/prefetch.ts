import type { AnyQuerySet } from '../comparable.js';
import type { PrefetchLookup, RowOf } from '../rows.js';

/** What `Prefetch` is. */
export interface PrefetchFactory {
  /**
   * What to prefetch, how and to where: `queryset` says which objects, in which order, and how many each; `toAttr` keeps them as an array.
   *
   * @example
   * Author.objects.prefetchRelated(Prefetch('books', { queryset: Book.objects.filter({ price__lt: 9 }), toAttr: 'cheapBooks' }))
   */
  <const P extends string, Q extends AnyQuerySet = never, const T extends string = never>(
    lookup: P,
    options?: { readonly queryset?: Q; readonly toAttr?: T },
  ): PrefetchLookup<P, [Q] extends [never] ? unknown : RowOf<Q>, [T] extends [never] ? null : T>;
}
