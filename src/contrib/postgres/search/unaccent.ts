import { NotSupportedError } from '../../../errors.js';
import { TextField } from '../../../fields/text.js';
import { comparing } from '../../../lookups/general.js';
import type { Lookup, LookupRight, Transform } from '../../../lookups/lookup.js';
import { isList, isStatement, paramAt, paramOf, rightSide } from '../../../lookups/right-side.js';
import { mapParam } from '../../../sql/build.js';
import type { ExpressionNode } from '../../../sql/expression-nodes.js';
import { postgresCall } from '../nodes.js';
import { search, trigramSimilar, trigramStrictWordSimilar, trigramWordSimilar } from './lookups.js';

/** The type of a text without accents: what it is compared with loses its accents too. */
export class UnaccentedText extends TextField {}
const unaccentedText = new UnaccentedText();

const withoutAccents = (node: ExpressionNode): ExpressionNode =>
  node.kind === 'literal' ? node : postgresCall('UNACCENT', [node], unaccentedText);

/** `{ name__unaccent: 'Helene' }`: without accents on both sides. SQL: `UNACCENT(left) = UNACCENT('Helene')` */
export const unaccent: Transform = { name: 'unaccent', toNode: withoutAccents };

/** The right side without accents: each value of a list by itself. */
function bothSides(left: ExpressionNode, right: LookupRight): LookupRight {
  if (isStatement(right))
    throw new NotSupportedError('not-supported', 'A QuerySet cannot stand on the right of unaccent: give its values.');
  if (isList(right)) return right.map(withoutAccents);
  const value = paramOf(right);
  if (value === null) return withoutAccents(rightSide(left, right));
  // bound as it is; the type only says how it crosses
  if (!Array.isArray(value.value)) return withoutAccents(mapParam(value, (given) => given, textType));
  return value.value.map((_, index) => withoutAccents(paramAt(value, index, textType)));
}
const textType = new TextField();

const unaccented = (lookup: Lookup): Lookup => ({
  ...lookup,
  shapeOf: (prepared, type) =>
    Array.isArray(prepared) ? String(prepared.length) : (lookup.shapeOf?.(prepared, type) ?? ''),
  toNode: (left, right, context) => lookup.toNode(left, bothSides(left, right), context),
});

/** The lookups of a text without accents. */
export const unaccentedLookups: readonly Lookup[] = [
  ...comparing,
  search,
  trigramSimilar,
  trigramWordSimilar,
  trigramStrictWordSimilar,
].map(unaccented);
