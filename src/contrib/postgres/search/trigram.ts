import { typeError } from '../../../errors.js';
import { isExpression } from '../../../expressions/expression.js';
import { floatField } from '../../../expressions/types.js';
import { Value } from '../../../expressions/value.js';
import { defineFunction, type FunctionClass } from '../../../functions/define.js';
import type { Resolvable } from '../../../sql/resolvable.js';
import { contrib } from '../nodes.js';

type Pair = [first: string | Resolvable, second: string | Resolvable];

/** A function of an expression and of the text with which it is compared; `textAt` says which of the two arguments is the text. */
const comparison = (label: string, sql: string, textAt: 0 | 1): FunctionClass<Pair> =>
  defineFunction<Pair>(label, {
    sql,
    arity: 2,
    type: floatField,
    contrib,
    read: (args) => args.map((arg, index) => (index === textAt ? textOf(arg, label) : arg)),
  });

function textOf(value: unknown, label: string): unknown {
  if (isExpression(value)) return value;
  if (typeof value === 'string') return Value(value);
  throw typeError('text-expected', `${label} compares with a text or an expression.`);
}

/** SQL: `SIMILARITY(expression, text)` */
export const TrigramSimilarity = comparison('TrigramSimilarity', 'SIMILARITY', 1);
/** SQL: `expression <-> text` */
export const TrigramDistance = comparison('TrigramDistance', 'TRIGRAM_DISTANCE', 1);
/** SQL: `WORD_SIMILARITY(text, expression)` */
export const TrigramWordSimilarity = comparison('TrigramWordSimilarity', 'WORD_SIMILARITY', 0);
/** SQL: `text <<-> expression` */
export const TrigramWordDistance = comparison('TrigramWordDistance', 'TRIGRAM_WORD_DISTANCE', 0);
/** SQL: `STRICT_WORD_SIMILARITY(text, expression)` */
export const TrigramStrictWordSimilarity = comparison('TrigramStrictWordSimilarity', 'STRICT_WORD_SIMILARITY', 0);
/** SQL: `text <<<-> expression` */
export const TrigramStrictWordDistance = comparison('TrigramStrictWordDistance', 'TRIGRAM_STRICT_WORD_DISTANCE', 0);
