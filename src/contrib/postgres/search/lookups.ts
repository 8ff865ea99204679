import { typeError } from '../../../errors.js';
import { isExpression } from '../../../expressions/expression.js';
import { booleanField, textField } from '../../../expressions/types.js';
import type { Lookup, LookupContext, LookupRight } from '../../../lookups/lookup.js';
import { paramOf, rightSide } from '../../../lookups/right-side.js';
import type { ExpressionNode } from '../../../sql/expression-nodes.js';
import { postgresCall } from '../nodes.js';
import { asQuery } from './query.js';
import { asVector, configOf } from './vector.js';

function searchedText(value: unknown, context: LookupContext): unknown {
  if (typeof value === 'string' || isExpression(value)) return value;
  throw typeError('text-expected', `${context.subject}: a text is searched for, not a value of type ${typeof value}.`);
}

/** The right side as text: a parameter is one whatever the left side holds. */
function textSide(left: ExpressionNode, right: LookupRight): ExpressionNode {
  const value = paramOf(right);
  return value === null ? rightSide(left, right) : { ...value, type: textField };
}

/** Whether the words of the query are found; a plain text is a query in the configuration of the vector. */
const match = (name: string): Lookup => ({
  name,
  prepare: (value, _type, context) => searchedText(value, context),
  toNode: (left, right) => {
    const vector = asVector(left);
    const query = asQuery(textSide(left, right), configOf(vector));
    return postgresCall('TS_MATCH', [vector, query], booleanField);
  },
});

/** `{ body__search: 'cheese' }`, of texts and of columns that hold vectors. SQL: `to_tsvector(left) @@ plainto_tsquery('cheese')` */
export const search = match('search');
/** A vector is never compared: `{ vector: 'cheese' }` searches in it. */
export const vectorExact = match('exact');

const similar = (name: string, functionName: string): Lookup => ({
  name,
  prepare: (value, _type, context) => searchedText(value, context),
  toNode: (left, right) => postgresCall(functionName, [left, textSide(left, right)], booleanField),
});

/** `{ name__trigram_similar: 'Mathew' }`: as similar as `pg_trgm.similarity_threshold` asks for. SQL: `left % 'Mathew'` */
export const trigramSimilar = similar('trigram_similar', 'TRIGRAM_SIMILAR');
/** Some part of the left side is similar to the text. SQL: `left %> 'text'` */
export const trigramWordSimilar = similar('trigram_word_similar', 'TRIGRAM_WORD_SIMILAR');
/** Some words of the left side are similar to the text. SQL: `left %>> 'text'` */
export const trigramStrictWordSimilar = similar('trigram_strict_word_similar', 'TRIGRAM_STRICT_WORD_SIMILAR');
