import type { LabelOf } from '../label.js';
import type { PkOf } from '../primary-key.js';
import type { filledIn } from '../symbols.js';

/** Values for the extra columns of the join table. */
export interface ThroughOptions {
  /** Values, or functions that give them. */
  readonly throughDefaults?: Readonly<Record<string, unknown>>;
}

/** How rows on the many side of a foreign key are changed. */
export interface BulkOptions {
  /** True, the default: one UPDATE. False: `save()` of each. */
  readonly bulk?: boolean;
}

/** An object or its key. */
type Addable<I> = I | PkOf<LabelOf<I>>;

/** What a manager of related objects has beside the methods of a QuerySet. */
export interface RelatedManagerMethods<in out I, out Field> {
  [filledIn](): Field;

  /**
   * Relates objects, given as instances or keys. Those that are related already stay so.
   *
   * @example
   * await book.authors.add(ann, bob.pk, { throughDefaults: { role: 'editor' } });
   */
  add(...objects: (Addable<I> | (ThroughOptions & BulkOptions))[]): Promise<void>;

  /**
   * Relates exactly these objects: the others are taken out, the missing ones added.
   *
   * @example
   * await book.authors.set([ann, bob]);
   */
  set(
    objects: Iterable<Addable<I>>,
    options?: ThroughOptions & BulkOptions & { readonly clear?: boolean },
  ): Promise<void>;
}

/** What is there when related objects can be taken out without being deleted. */
export interface RemovingMethods<in out I> {
  /**
   * Takes objects out of the relation; they are not deleted.
   *
   * @example
   * await book.authors.remove(ann);
   */
  remove(...objects: (Addable<I> | BulkOptions)[]): Promise<void>;

  /**
   * Takes all objects out of the relation.
   *
   * @example
   * await book.authors.clear();
   */
  clear(options?: BulkOptions): Promise<void>;
}
