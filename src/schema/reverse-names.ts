import type { RelationOptions } from '../fields/relations.js';
import type { MetaDraft } from './draft.js';

/** How a relation is called from its other side. */
export interface ReverseNames {
  /** The name in lookups. */
  readonly query: string;
  /** The attribute of instances; null when there is none. */
  readonly accessor: string | null;
  /** Not to be found in lookups either: `relatedName: '+'` and no `relatedQueryName`. */
  readonly hidden: boolean;
}

/**
 * The names of the other side: `relatedName` (or the model's `defaultRelatedName`) for both, else the model's name in lookups
 * and `bookSet` (one-to-one: `book`) as attribute. `%(class)s`, `%(model_name)s` and `%(app_label)s` are filled in.
 */
export function reverseNames(meta: MetaDraft, options: RelationOptions, multiple: boolean): ReverseNames {
  const fill = (text: string): string =>
    text
      .replaceAll('%(class)s', meta.modelName)
      .replaceAll('%(model_name)s', meta.modelName)
      .replaceAll('%(app_label)s', meta.appLabel.toLowerCase());
  const given = options.relatedName ?? meta.options.defaultRelatedName;
  const related = given === undefined ? undefined : fill(given);
  const hidden = related?.endsWith('+') === true;
  const queryName = options.relatedQueryName === undefined ? undefined : fill(options.relatedQueryName);
  return {
    query: queryName ?? related ?? meta.modelName,
    accessor: hidden ? null : (related ?? (multiple ? `${meta.modelName}Set` : meta.modelName)),
    hidden: hidden && queryName === undefined,
  };
}
