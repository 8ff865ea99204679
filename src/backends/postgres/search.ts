import type { FunctionVisit, NodeOf, SqlWriter } from '../../compiler/dialect.js';
import type { ExpressionNode } from '../../sql/expression-nodes.js';
import { infix } from './infix.js';
import { quoteText } from './literals.js';
import { writeAsText } from './parameters.js';

/**
 * Full-text search and trigrams. What belongs to the shape of a search (its configuration, weights, normalization) is written, not
 * bound: with a parameter the same vector in GROUP BY, or in an index, would be another expression.
 */

type Options = Readonly<Record<string, string | number | boolean | null>>;
const optionsOf = (node: Parameters<FunctionVisit>[0]): Options => (node as NodeOf<'call'>).options ?? {};

/** The arguments, and the configuration that stands before them where it is an expression. */
function split(node: Parameters<FunctionVisit>[0]): readonly [ExpressionNode | null, readonly ExpressionNode[]] {
  return optionsOf(node).configured === true ? [node.args[0]!, node.args.slice(1)] : [null, node.args];
}

/** `'english'::regconfig, `: nothing where the database's own configuration is meant. */
function writeConfig(node: Parameters<FunctionVisit>[0], out: SqlWriter): void {
  const { config } = optionsOf(node);
  const [expression] = split(node);
  if (expression !== null) {
    out.text('(');
    writeAsText(expression, out);
    out.text(')::regconfig, ');
  } else if (typeof config === 'string') out.text(`${quoteText(config)}::regconfig, `);
}

/** `TO_TSVECTOR('english'::regconfig, COALESCE(a, '') || ' ' || COALESCE(b, ''))`: null counts as nothing to be found. */
const toVector: FunctionVisit = (node, out) => {
  out.text('TO_TSVECTOR(');
  writeConfig(node, out);
  const part = (arg: ExpressionNode): void => {
    out.text('COALESCE(');
    writeAsText(arg, out);
    out.text(", '')");
  };
  out.each(split(node)[1], part, " || ' ' || ").text(')');
};

const setWeight: FunctionVisit = (node, out) => {
  out
    .text('SETWEIGHT(')
    .node(node.args[0]!)
    .text(`, ${quoteText(String(optionsOf(node).weight))})`);
};

const toQuery =
  (name: string): FunctionVisit =>
  (node, out) => {
    out.text(`${name}(`);
    writeConfig(node, out);
    writeAsText(split(node)[1][0]!, out);
    out.text(')');
  };

/** `TS_RANK(ARRAY[0.1, 0.2, 0.4, 1]::real[], vector, query, 2)`. */
const rank =
  (name: string): FunctionVisit =>
  (node, out) => {
    const { weights, normalization } = optionsOf(node);
    out.text(`${name}(`);
    if (typeof weights === 'string') out.text(`${quoteText(weights)}::real[], `);
    out.list(node.args);
    if (typeof normalization === 'number') out.text(`, ${normalization}`);
    out.text(')');
  };

const headline: FunctionVisit = (node, out) => {
  const [document, query, options] = split(node)[1];
  out.text('TS_HEADLINE(');
  writeConfig(node, out);
  writeAsText(document!, out);
  out.text(', ').node(query!);
  if (options !== undefined) out.text(', ').node(options);
  out.text(')');
};

export const searchFunctions: Readonly<Record<string, FunctionVisit>> = {
  TO_TSVECTOR: toVector,
  SETWEIGHT: setWeight,
  TSVECTOR_CONCAT: infix('||'),
  PLAINTO_TSQUERY: toQuery('PLAINTO_TSQUERY'),
  PHRASETO_TSQUERY: toQuery('PHRASETO_TSQUERY'),
  WEBSEARCH_TO_TSQUERY: toQuery('WEBSEARCH_TO_TSQUERY'),
  TO_TSQUERY: toQuery('TO_TSQUERY'),
  TSQUERY_AND: infix('&&'),
  TSQUERY_OR: infix('||'),
  TSQUERY_NOT: (node, out) => void out.text('!!(').node(node.args[0]!).text(')'),
  TS_MATCH: infix('@@'),
  TS_RANK: rank('TS_RANK'),
  TS_RANK_CD: rank('TS_RANK_CD'),
  TS_HEADLINE: headline,
  // pg_trgm: the last of two operands is what stands behind the operator.
  TRIGRAM_SIMILAR: infix('%'),
  TRIGRAM_WORD_SIMILAR: infix('%>'),
  TRIGRAM_STRICT_WORD_SIMILAR: infix('%>>'),
  TRIGRAM_DISTANCE: infix('<->'),
  TRIGRAM_WORD_DISTANCE: infix('<<->'),
  TRIGRAM_STRICT_WORD_DISTANCE: infix('<<<->'),
  // An operator class says how an index keeps a value, and nothing of the value.
  OPCLASS: (node, out) => void out.node(node.args[0]!),
  // The operator of an exclusion constraint, which was checked when it was given.
  OPERATOR: (node, out) => infix(String(optionsOf(node).operator))(node, out),
};
