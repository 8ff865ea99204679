import { typeError, ValueError } from '../errors.js';
import { callable } from '../util/callable.js';
import type { ConditionLike } from './q.js';
import { Q } from './q.js';

/** The class behind `FilteredRelation`. */
export class FilteredRelationship {
  readonly relationName: string;
  readonly condition: Q;

  constructor(relationName: string, options: { readonly condition?: ConditionLike } = {}) {
    if (typeof relationName !== 'string')
      throw typeError('relation-name', 'FilteredRelation() takes the name of a relation.');
    if (relationName === '') throw new ValueError('relation-name', 'relationName cannot be empty.');
    this.relationName = relationName;
    this.condition = options.condition === undefined ? Q() : Q(options.condition);
    Object.freeze(this);
  }
}

/**
 * A relation of which only some objects count, joined under a name of its own. Throws ValueError for an empty name.
 * SQL: `LEFT JOIN … ON (key AND condition)`
 *
 * @example
 * await Author.objects
 *   .annotate({ cheap: FilteredRelation("books", { condition: { books__price__lt: 9 } }) })
 *   .filter({ cheap__title: "Dune" });
 */
export const FilteredRelation = callable(FilteredRelationship);
export type FilteredRelation = FilteredRelationship;
