import { typeError, ValueError } from '../errors.js';
import type { FetchMode } from '../schema/instance.js';
import { callable } from '../util/callable.js';
import type { Query } from './query.js';
import { QueryHolder } from './query-holder.js';

/** What a prefetch reads of a QuerySet: its query and what it prefetches in turn. */
export interface PrefetchSource extends QueryHolder {
  readonly query: Query;
  readonly extras: { readonly prefetches: readonly PrefetchLookup[]; readonly fetchMode: FetchMode | null };
}

export interface PrefetchOptions {
  /** Which related objects, and how: filtered, ordered, with their own prefetches. */
  readonly queryset?: unknown;
  /** The property of each object that gets the list, in place of the relation's own. */
  readonly toAttr?: string;
}

/** The class behind `Prefetch`: a path of relations to load, all rows of a level with one query. */
export class PrefetchLookup {
  readonly path: string;
  readonly queryset: PrefetchSource | null;
  readonly toAttr: string | null;

  constructor(path: string, options: PrefetchOptions = {}) {
    if (typeof path !== 'string' || path === '')
      throw typeError('prefetch-path', "A prefetch takes the path of relations, such as 'books' or 'books__tags'.");
    const { queryset = null, toAttr = null } = options;
    if (queryset !== null && !(queryset instanceof QueryHolder))
      throw typeError('prefetch-queryset', 'The queryset of a Prefetch must be a QuerySet.');
    if (queryset !== null && (queryset.query.rows !== 'instance' || queryset.query.combination !== null)) {
      throw new ValueError(
        'prefetch-queryset',
        'The queryset of a Prefetch must yield instances: values(), valuesList() and union() cannot be used in it.',
      );
    }
    this.path = path;
    this.queryset = queryset as PrefetchSource | null;
    this.toAttr = toAttr;
    Object.freeze(this);
  }

  /** The names that are followed, one a level. */
  get names(): readonly string[] {
    return this.path.split('__');
  }
  /** Where the objects of a level go: the same names, the last one replaced by `toAttr`. */
  target(level: number): string {
    const { names } = this;
    const kept = names.slice(0, level + 1);
    if (level === names.length - 1 && this.toAttr !== null) kept[level] = this.toAttr;
    return kept.join('__');
  }
}

/**
 * A relation to load with all rows of a query, more precisely than its path alone says.
 *
 * @example
 * await Author.objects.prefetchRelated(Prefetch('books', { queryset: Book.objects.filter({ price__lt: 10 }), toAttr: 'cheapBooks' }));
 */
export const Prefetch = callable(PrefetchLookup);
export type Prefetch = PrefetchLookup;
