import { ProtectedError, RestrictedError } from '../errors.js';
import { instances } from '../schema/instance.js';
import type { ModelMeta, Relation } from '../schema/model-meta.js';

/** `'Book.publisher'`, and at most so many objects by name. */
const NAMED_AT_MOST = 5;

function describe(found: ReadonlyMap<Relation, readonly object[]>): string {
  return [...found]
    .map(([{ to, key }, objects]) => {
      const named = objects.slice(0, NAMED_AT_MOST).map((object) => `${to.name} ${String(instances().pk(object))}`);
      const more = objects.length > NAMED_AT_MOST ? ` and ${objects.length - NAMED_AT_MOST} more` : '';
      return `'${key.model.name}.${key.name}' (${named.join(', ')}${more})`;
    })
    .join(', ');
}

/** The deletion is forbidden by rows with PROTECT. */
export const protectedError = (meta: ModelMeta, found: ReadonlyMap<Relation, readonly object[]>): ProtectedError =>
  new ProtectedError(
    `Cannot delete some instances of model '${meta.name}' because they are referenced through protected foreign keys: ${describe(found)}.`,
    new Set([...found.values()].flat()),
  );

/** The deletion is forbidden by rows with RESTRICT that do not go as well. */
export const restrictedError = (meta: ModelMeta, found: ReadonlyMap<Relation, readonly object[]>): RestrictedError =>
  new RestrictedError(
    `Cannot delete some instances of model '${meta.name}' because they are referenced through restricted foreign keys: ${describe(found)}.`,
    new Set([...found.values()].flat()),
  );
