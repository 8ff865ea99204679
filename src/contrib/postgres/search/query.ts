import { typeError, ValueError } from '../../../errors.js';
import { isExpression } from '../../../expressions/expression.js';
import { Literal } from '../../../expressions/literal.js';
import { Term } from '../../../expressions/term.js';
import type { CallNode, ExpressionNode } from '../../../sql/expression-nodes.js';
import type { Resolvable, Scope } from '../../../sql/resolvable.js';
import { callable } from '../../../util/callable.js';
import { postgresCall } from '../nodes.js';
import { type Config, configOption, configured, shapeOfConfig, sourcesOfConfig, type WithConfig } from './config.js';
import type { SearchQueryOptions } from './faces.js';
import { queryType } from './types.js';

type SearchType = NonNullable<SearchQueryOptions['searchType']>;

const FUNCTIONS: Readonly<Record<SearchType, string>> = {
  plain: 'PLAINTO_TSQUERY',
  phrase: 'PHRASETO_TSQUERY',
  raw: 'TO_TSQUERY',
  websearch: 'WEBSEARCH_TO_TSQUERY',
};

/** What gives a query: `SearchQuery`, and what is made of several. */
export abstract class QueryTerm extends Term {
  /** Both. SQL: `a && b` */
  and(other: unknown): QueryTerm {
    return new QueryCombination('TSQUERY_AND', [this, queryTerm(other, 'and')]);
  }
  /** Either. SQL: `a || b` */
  or(other: unknown): QueryTerm {
    return new QueryCombination('TSQUERY_OR', [this, queryTerm(other, 'or')]);
  }
  /** What this does not find. SQL: `!!(a)` */
  not(): QueryTerm {
    return new QueryCombination('TSQUERY_NOT', [this]);
  }
}

function queryTerm(value: unknown, method: string): QueryTerm {
  if (value instanceof QueryTerm) return value;
  throw typeError('search-query', `SearchQuery().${method}() takes another SearchQuery.`);
}

/** The class behind `SearchQuery`. */
export class SearchQueryExpression extends QueryTerm {
  readonly text: Resolvable;
  readonly searchType: SearchType;
  readonly invert: boolean;
  readonly config: Config;

  constructor(text: unknown, options: WithConfig<SearchQueryOptions> = {}) {
    super();
    const { searchType = 'plain', invert = false } = options;
    if (typeof text !== 'string' && !isExpression(text))
      throw typeError('search-query', 'SearchQuery takes the text that is searched for, or an expression.');
    if (!Object.hasOwn(FUNCTIONS, searchType))
      throw new ValueError(
        'search-type',
        `The searchType of a SearchQuery is one of: ${Object.keys(FUNCTIONS).join(', ')}.`,
      );
    this.text = isExpression(text) ? text : new Literal(text);
    this.searchType = searchType;
    this.invert = invert === true;
    this.config = configOption(options, 'SearchQuery');
    Object.freeze(this);
  }

  resolve(scope: Scope): ExpressionNode {
    const { args, options } = configured(this.config, scope);
    const query = postgresCall(FUNCTIONS[this.searchType], [...args, this.text.resolve(scope)], queryType, options);
    return this.invert ? postgresCall('TSQUERY_NOT', [query], queryType) : query;
  }
  override sources(): readonly Resolvable[] {
    return [...sourcesOfConfig(this.config), this.text];
  }
  protected ownShape(): string {
    return `${this.searchType},${this.invert},${shapeOfConfig(this.config)}`;
  }
}

/** `a && b`, `a || b`, `!!(a)` */
class QueryCombination extends QueryTerm {
  constructor(
    readonly functionName: string,
    readonly parts: readonly QueryTerm[],
  ) {
    super();
    Object.freeze(this);
  }
  resolve(scope: Scope): ExpressionNode {
    const parts = this.parts.map((part) => part.resolve(scope));
    return postgresCall(this.functionName, parts, queryType);
  }
  override sources(): readonly Resolvable[] {
    return this.parts;
  }
  protected ownShape(): string {
    return this.functionName;
  }
}

/** A query as it is, anything else as the plain text of one. */
export function asQuery(
  node: ExpressionNode,
  config: { readonly args: readonly ExpressionNode[]; readonly options: NonNullable<CallNode['options']> } = {
    args: [],
    options: {},
  },
): ExpressionNode {
  if (node.type.columnType.name === 'tsquery') return node;
  return postgresCall('PLAINTO_TSQUERY', [...config.args, node], queryType, config.options);
}

/** What is searched for. */
export const SearchQuery = callable(SearchQueryExpression);
