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

/** What `prefetchRelatedObjects` is. */
export interface PrefetchRelatedObjects {
  /**
   * Loads relations for instances that are there already, one query a level, as `prefetchRelated` does for those that it fetches.
   * What an instance has loaded before is left as it is.
   *
   * @example
   * await prefetchRelatedObjects(authors, 'books', Prefetch('articles', { queryset: Article.objects.orderBy('-date') }));
   */
  (instances: readonly object[], ...lookups: readonly (string | PrefetchLookup<any, any, any>)[]): Promise<void>;
}
