import { ValueError } from '../../../errors.js';
import { Expression } from '../../../expressions/expression.js';
import { argument } from '../../../expressions/f.js';
import { floatField } from '../../../expressions/types.js';
import type { ExpressionNode } from '../../../sql/expression-nodes.js';
import type { Resolvable, Scope } from '../../../sql/resolvable.js';
import { callable } from '../../../util/callable.js';
import { postgresCall } from '../nodes.js';
import type { SearchRankOptions } from './faces.js';
import { asQuery, SearchQuery } from './query.js';
import { asVector, configOf } from './vector.js';

/** The class behind `SearchRank`. */
export class SearchRankExpression extends Expression {
  readonly vector: Resolvable;
  readonly query: Resolvable;
  readonly weights: string | null;
  readonly normalization: number | null;
  readonly coverDensity: boolean;

  constructor(vector: unknown, query: unknown, options: SearchRankOptions = {}) {
    super();
    const { weights, normalization = null, coverDensity = false } = options;
    this.vector = argument(vector);
    this.query = typeof query === 'string' ? SearchQuery(query) : argument(query);
    this.weights = weights === undefined ? null : weightsText(weights);
    this.normalization = checkedNormalization(normalization);
    this.coverDensity = coverDensity === true;
    Object.freeze(this);
  }

  resolve(scope: Scope): ExpressionNode {
    const vector = asVector(this.vector.resolve(scope));
    const query = asQuery(this.query.resolve(scope), configOf(vector));
    const { weights, normalization } = this;
    const name = this.coverDensity ? 'TS_RANK_CD' : 'TS_RANK';
    return postgresCall(name, [vector, query], floatField, { weights, normalization });
  }
  override sources(): readonly Resolvable[] {
    return [this.vector, this.query];
  }
  protected ownShape(): string {
    return `${this.weights},${this.normalization},${this.coverDensity}`;
  }
}

function weightsText(weights: readonly unknown[]): string {
  const isNumber = (weight: unknown): boolean => typeof weight === 'number' && weight >= 0 && weight <= 1;
  if (!Array.isArray(weights) || weights.length !== 4 || !weights.every(isNumber))
    throw new ValueError(
      'search-weights',
      'The weights of a SearchRank are four numbers from 0 to 1, for D, C, B and A.',
    );
  return `{${weights.join(',')}}`;
}

function checkedNormalization(value: unknown): number | null {
  if (value === null || (Number.isInteger(value) && (value as number) >= 0 && (value as number) < 64))
    return value as number | null;
  throw new ValueError('search-normalization', 'The normalization of a SearchRank is a sum of 1, 2, 4, 8, 16 and 32.');
}

/** How well a vector fits a query. */
export const SearchRank = callable(SearchRankExpression);
