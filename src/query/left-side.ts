import { FieldError } from '../errors.js';
import type { Lookup, LookupContext } from '../lookups/lookup.js';
import { lookupFor, lookupNames, transformFor } from '../lookups/registry.js';
import type { ExpressionNode } from '../sql/expression-nodes.js';
import { didYouMean } from '../util/closest.js';

/** What a lookup compares, and the lookup itself. */
export interface LeftSide {
  readonly node: ExpressionNode;
  readonly lookup: Lookup;
}

/** Lookups that make sense for a whole related object: its key is compared. */
const RELATION_LOOKUPS = new Set(['exact', 'in', 'gt', 'gte', 'lt', 'lte', 'isnull']);

/**
 * Applies the names behind a field: transforms, then the lookup (`exact` when none is named). A last name that is both is a
 * lookup; one that is only a transform is compared with `exact`.
 */
export function leftSide(
  start: ExpressionNode,
  names: readonly string[],
  isRelation: boolean,
  context: LookupContext,
): LeftSide {
  if (isRelation) {
    const [name = 'exact', ...more] = names;
    const lookup = more.length === 0 && RELATION_LOOKUPS.has(name) ? lookupFor(start.type, name) : null;
    if (lookup === null) {
      throw new FieldError(
        'relation-lookup',
        `${context.subject} is a relation, and '${names.join('__')}' is neither a field of what it leads to nor one of its lookups: ${[...RELATION_LOOKUPS].join(', ')}.`,
      );
    }
    return { node: start, lookup };
  }
  let node = start;
  for (const name of names.slice(0, -1)) node = applyTransform(node, name, context);
  const last = names[names.length - 1] ?? 'exact';
  const lookup = lookupFor(node.type, last);
  if (lookup !== null) return { node, lookup };
  const transformed = applyTransform(node, last, context);
  return { node: transformed, lookup: lookupFor(transformed.type, 'exact')! };
}

/** `names` as transforms only, as F, values and orderBy take them. */
export function transforms(start: ExpressionNode, names: readonly string[], context: LookupContext): ExpressionNode {
  return names.reduce((node, name) => applyTransform(node, name, context), start);
}

function applyTransform(node: ExpressionNode, name: string, context: LookupContext): ExpressionNode {
  const transform = transformFor(node.type, name);
  if (transform !== null) return transform.toNode(node, context);
  const choices = lookupNames(node.type);
  throw new FieldError(
    'unknown-lookup',
    `'${name}' is not a lookup or transform of ${context.subject}.${didYouMean(name, choices)} Choices are: ${[...choices].join(', ')}.`,
  );
}
