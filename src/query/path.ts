import { FieldError } from '../errors.js';
import type { BoundField, Hop, ModelMeta, Relation } from '../schema/model-meta.js';
import { didYouMean } from '../util/closest.js';
import { getOrMake } from '../util/get-or-make.js';
import { RecentMap } from '../util/recent-map.js';

/** A name followed through models: the joins that it needs, the column it ends at, and the names that are no field. */
export interface ResolvedPath {
  readonly hops: readonly Hop[];
  /** The joins up to the row itself: `hops` before trimming. */
  readonly allHops: readonly Hop[];
  /** Where the joins end before trimming: the relation, when the path ends at one. */
  readonly relation: Relation | null;
  /** The column that the path means, once `hops` are joined. */
  readonly target: BoundField;
  /** The same before trimming: what instances of the relation's model hold, where `target` may be the key that refers to it. */
  readonly key: BoundField;
  /** Transforms and lookup: what follows the last field. */
  readonly rest: readonly string[];
  /** Number of leading names that belong to relations and fields. */
  readonly depth: number;
}

const cache = new WeakMap<ModelMeta, RecentMap<string, ResolvedPath>>();
/** Paths come from code, but a program may build them from input: the memory is bounded. */
const CAPACITY = 2000;
/** No schema is this deep; a longer path is refused before any work. */
const MAX_SEGMENTS = 64;

/**
 * Follows `path` from `meta`. Joins that only fetch a key which stands in the table before are left out.
 * Throws FieldError with the choices when the first name is unknown.
 */
export function resolvePath(meta: ModelMeta, path: string): ResolvedPath {
  const known = getOrMake(cache, meta, () => new RecentMap(CAPACITY));
  return getOrMake(known, path, () => follow(meta, path.split('__'), path));
}

/** Follows names; `start` are hops already taken (into a filtered relation). */
export function follow(meta: ModelMeta, names: readonly string[], path: string): ResolvedPath {
  if (names.length > MAX_SEGMENTS) {
    throw new FieldError('path-too-long', `A path of ${names.length} names is not followed (at most ${MAX_SEGMENTS}).`);
  }
  const hops: Hop[] = [];
  let here = meta;
  let target: BoundField | null = null;
  let relation: Relation | null = null;
  let index = 0;
  for (; index < names.length; index += 1) {
    const name = names[index]!;
    const next = here.relations.get(name) ?? here.fieldsByName.get(name)?.relation ?? null;
    if (next !== null) {
      hops.push(...hopsTo(here, next.from), ...next.hops);
      here = next.to;
      relation = next;
      target = null;
      continue;
    }
    const field = here.fieldsByName.get(name);
    if (field !== undefined) {
      hops.push(...hopsTo(here, field.model));
      target = field;
      relation = null;
      index += 1;
      break;
    }
    if (index === 0) throw unknownField(meta, name);
    break;
  }
  if (index < names.length && names[index] === '') {
    throw new FieldError(
      'empty-name',
      `'${path}' has an empty name in it: two underscores separate names, and nothing stands between or after them.`,
    );
  }
  // a path that ends at a relation means the key of what it leads to
  target ??=
    relation === null
      ? here.pk
      : relation.hops[relation.hops.length - 1]!.direct
        ? relation.hops[relation.hops.length - 1]!.toField
        : relation.to.pk;
  if (relation !== null && target.model !== here.concrete && target.model !== here)
    hops.push(...hopsTo(here, target.model));
  const trimmed = trim(hops, target);
  return Object.freeze({
    hops: trimmed.hops,
    allHops: hops,
    target: trimmed.target,
    key: target,
    relation,
    rest: names.slice(index),
    depth: index,
  });
}

/** The hops from a model to an ancestor whose table holds an inherited field; none for its own. */
function hopsTo(from: ModelMeta, owner: ModelMeta): readonly Hop[] {
  if (owner === from || owner.concrete === from.concrete) return [];
  return from.ancestors.get(owner) ?? from.concrete.ancestors.get(owner) ?? from.ancestors.get(owner.concrete) ?? [];
}

/** Leaves out trailing joins whose target column stands on the near side as well: `author__id` is `author_id`. */
function trim(hops: readonly Hop[], target: BoundField): { hops: readonly Hop[]; target: BoundField } {
  let length = hops.length;
  let column = target;
  while (length > 0) {
    const last = hops[length - 1]!;
    if (!last.direct || last.toField !== column) break;
    column = last.fromField;
    length -= 1;
  }
  return { hops: hops.slice(0, length), target: column };
}

/** The error for a name that the model does not have; `extra` are names that exist in this query alone. */
export function unknownField(meta: ModelMeta, name: string, extra: readonly string[] = []): FieldError {
  const choices = [...new Set([...meta.relations.keys(), ...meta.fields.map((field) => field.name), ...extra])].sort();
  return new FieldError(
    'unknown-field',
    `${meta.label} has no field '${name}'.${didYouMean(name, choices)} Choices are: ${choices.join(', ')}.`,
  );
}
