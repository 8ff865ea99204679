import { FieldError, typeError, ValueError } from '../../../errors.js';
import { argument } from '../../../expressions/f.js';
import { splitOptions } from '../../../expressions/func.js';
import { typeName } from '../../../expressions/output-type.js';
import { Term } from '../../../expressions/term.js';
import type { CallNode, ExpressionNode } from '../../../sql/expression-nodes.js';
import type { Resolvable, Scope } from '../../../sql/resolvable.js';
import { callable } from '../../../util/callable.js';
import { postgresCall } from '../nodes.js';
import { type Config, configOption, configured, shapeOfConfig, sourcesOfConfig, type WithConfig } from './config.js';
import type { SearchVectorOptions, SearchWeight } from './faces.js';
import { vectorType } from './types.js';

const WEIGHTS: readonly unknown[] = ['A', 'B', 'C', 'D'];

/** What gives a vector: `SearchVector`, and the sum of several. */
export abstract class VectorTerm extends Term {
  /** This vector and the words of another. SQL: `a || b` */
  add(other: unknown): VectorTerm {
    if (!(other instanceof Term))
      throw typeError('search-vector', 'SearchVector().add() takes another SearchVector, or a column that holds one.');
    return new VectorSum(this, other);
  }
}

/** The class behind `SearchVector`. */
export class SearchVectorExpression extends VectorTerm {
  readonly expressions: readonly Resolvable[];
  readonly config: Config;
  readonly weight: SearchWeight | null;

  constructor(...given: readonly unknown[]) {
    super();
    const [expressions, options] = splitOptions<WithConfig<SearchVectorOptions>>(given);
    const { weight = null } = options;
    if (expressions.length === 0)
      throw typeError('arity', 'SearchVector takes the names of fields, or expressions: at least one.');
    if (weight !== null && !WEIGHTS.includes(weight))
      throw new ValueError('search-weight', 'The weight of a SearchVector is one of: A, B, C, D.');
    this.expressions = Object.freeze(expressions.map(argument));
    this.config = configOption(options, 'SearchVector');
    this.weight = weight;
    Object.freeze(this);
  }

  resolve(scope: Scope): ExpressionNode {
    const vector = vectorOf(
      this.expressions.map((expression) => expression.resolve(scope)),
      this.config,
      scope,
    );
    return this.weight === null ? vector : postgresCall('SETWEIGHT', [vector], vectorType, { weight: this.weight });
  }
  override sources(): readonly Resolvable[] {
    return [...sourcesOfConfig(this.config), ...this.expressions];
  }
  protected ownShape(): string {
    return `${this.expressions.length},${this.weight},${shapeOfConfig(this.config)}`;
  }
}

/** `a || b` */
class VectorSum extends VectorTerm {
  constructor(
    readonly left: Resolvable,
    readonly right: Resolvable,
  ) {
    super();
    Object.freeze(this);
  }
  resolve(scope: Scope): ExpressionNode {
    const parts = [this.left, this.right].map((part) => part.resolve(scope));
    const other = parts.find((part) => !isVector(part));
    if (other !== undefined)
      throw new FieldError(
        'search-vector',
        `A SearchVector can be added to another one, not to ${typeName(other.type)}.`,
      );
    return postgresCall('TSVECTOR_CONCAT', parts, vectorType);
  }
  override sources(): readonly Resolvable[] {
    return [this.left, this.right];
  }
  protected ownShape(): string {
    return '||';
  }
}

/** Texts as one vector. */
function vectorOf(texts: readonly ExpressionNode[], config: Config, scope: Scope): CallNode {
  const { args, options } = configured(config, scope);
  return postgresCall('TO_TSVECTOR', [...args, ...texts], vectorType, options);
}

export const isVector = (node: ExpressionNode): boolean => node.type.columnType.name === 'tsvector';

/** A vector as it is, anything else prepared for search by the database's own configuration. */
export const asVector = (node: ExpressionNode): ExpressionNode =>
  isVector(node) ? node : postgresCall('TO_TSVECTOR', [node], vectorType);

/** The configuration by which a vector was made, as options and first argument of a query that fits it. */
export function configOf(node: ExpressionNode): {
  readonly args: readonly ExpressionNode[];
  readonly options: NonNullable<CallNode['options']>;
} {
  if (node.kind !== 'call') return { args: [], options: {} };
  if (node.name === 'SETWEIGHT' || node.name === 'TSVECTOR_CONCAT') return configOf(node.args[0]!);
  if (node.name !== 'TO_TSVECTOR') return { args: [], options: {} };
  const { options = {} } = node;
  return { args: options.configured === true ? [node.args[0]!] : [], options };
}

/** A vector of the words of fields and expressions. */
export const SearchVector = callable(SearchVectorExpression);
