import type { FunctionVisit } from '../../compiler/dialect.js';
import { writeOperand } from '../../compiler/visit-expressions.js';
import { NotSupportedError } from '../../errors.js';
import type { CallNode, ExpressionNode } from '../../sql/expression-nodes.js';
import { infix } from './infix.js';
import { quoteText } from './literals.js';
import { writeAsText } from './parameters.js';

/** Functions and operators that `nuages/postgres` uses, which no other database has. */

const only = (node: { readonly args: readonly ExpressionNode[] }): ExpressionNode => node.args[0]!;
const optionsOf = (node: object): NonNullable<CallNode['options']> => (node as CallNode).options ?? {};

/**
 * `(x)[1][2]`. A row of an array of arrays is not to be had that way: PostgreSQL gives a block of one row, whose elements are those
 * of the row. Past the end there is none.
 */
const arrayItem: FunctionVisit = (node, out) => {
  const { places, dimensions } = optionsOf(node);
  const steps = String(places).split(',');
  if (dimensions === 0) {
    out
      .text('(')
      .node(only(node))
      .text(`)${steps.map((place) => `[${place}]`).join('')}`);
    return;
  }
  if (dimensions !== 1)
    throw new NotSupportedError(
      'not-supported',
      'An array of arrays cannot be taken out of an array that holds more of them.',
    );
  const block = (): void =>
    void out
      .text('(')
      .node(only(node))
      .text(`)${steps.map((place) => `[${place}:${place}]`).join('')}`);
  out.text('CASE WHEN CARDINALITY(');
  block();
  out.text(') > 0 THEN ARRAY(SELECT UNNEST(');
  block();
  out.text(')) END');
};

export const contribFunctions: Readonly<Record<string, FunctionVisit>> = {
  TRANSACTION_NOW: (_node, out) => void out.text('CURRENT_TIMESTAMP'),

  // Of arrays, ranges and hstore.
  CONTAINS: infix('@>'),
  CONTAINED_BY: infix('<@'),
  OVERLAPS: infix('&&'),

  ARRAY: (node, out) => void out.text('ARRAY[').list(node.args).text(']'),
  ARRAY_SUBQUERY: (node, out) => void out.text('ARRAY').node(only(node)),
  ARRAY_ITEM: arrayItem,
  ARRAY_SLICE: (node, out) => {
    const { start, end } = optionsOf(node);
    out
      .text('(')
      .node(only(node))
      .text(`)[${Number(start) + 1}:${Number(end)}]`);
  },

  HSTORE_HAS_KEY: (node, out) => {
    out.text('(').node(only(node)).text(' ? ');
    writeAsText(node.args[1]!, out);
    out.text(')');
  },
  HSTORE_HAS_KEYS: infix('?&'),
  HSTORE_HAS_ANY_KEYS: infix('?|'),
  // The key is written, not bound: with a parameter the same value in GROUP BY, or in an index, would be another expression.
  HSTORE_VALUE: (node, out) => {
    out.text('(');
    writeOperand(only(node), out);
    out.text(` -> ${quoteText(String(optionsOf(node).key))})`);
  },

  RANGE_BOUNDS: (node, out) => void out.text(quoteText(String(optionsOf(node).bounds))),
  RANGE_ADJACENT: infix('-|-'),
  RANGE_BEFORE: infix('<<'),
  RANGE_AFTER: infix('>>'),
  RANGE_NOT_BEFORE: infix('&>'),
  RANGE_NOT_AFTER: infix('&<'),
};
