import { FieldError, NotSupportedError, typeError, ValueError } from '../errors.js';
import { exists, FALSE, isFalse, literal, subquery } from '../sql/build.js';
import type { ExpressionNode } from '../sql/expression-nodes.js';
import type { Input, Resolvable, Scope } from '../sql/resolvable.js';
import type { QueryNode, SelectNode } from '../sql/statement-nodes.js';
import type { ValueType } from '../sql/value-type.js';
import { containsWindow } from '../sql/walk.js';
import { callable } from '../util/callable.js';
import { Expression } from './expression.js';
import { FieldReference, Slice } from './f.js';
import { anyType, shapeOfType } from './output-type.js';
import { Term } from './term.js';
import type { OutputOptions } from './value.js';

/** What a subquery needs to know of a QuerySet: its shape and its values. What else it is, the scope knows. */
interface Queryable {
  readonly query: { readonly shape: { readonly key: string } | null; readonly inputs: readonly Input[] };
}

/** Whether a value carries a query. The scope checks that it is a real QuerySet. */
export const isQueryable = (value: unknown): value is Queryable =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as Partial<Queryable>).query === 'object' &&
  (value as Queryable).query !== null;

abstract class QueryExpression extends Expression {
  constructor(
    readonly querySet: unknown,
    label: string,
  ) {
    super();
    if (!isQueryable(querySet)) throw typeError('subquery', `${label}() takes a QuerySet.`);
  }
  protected get query(): Queryable['query'] {
    return (this.querySet as Queryable).query;
  }
  override inputs(): readonly Input[] {
    return this.query.inputs;
  }
}

const firstSelect = (query: QueryNode): SelectNode =>
  query.kind === 'select' ? query : firstSelect(query.queries[0]!);
/** A statement that can have no row. */
const isEmpty = (query: QueryNode): boolean =>
  query.kind === 'select' && query.where !== null && isFalse(query.where) && query.groupBy.length === 0;

/** The class behind `Subquery`. */
export class SubqueryExpression extends QueryExpression {
  readonly outputField: ValueType | null;

  constructor(querySet: unknown, options: OutputOptions = {}) {
    super(querySet, 'Subquery');
    this.outputField = options.outputField ?? null;
    Object.freeze(this);
  }

  resolve(scope: Scope): ExpressionNode {
    const query = scope.subquery(this.querySet, 'value');
    const { columns } = firstSelect(query);
    if (columns.length !== 1) {
      throw new FieldError(
        'subquery-columns',
        `Subquery() needs exactly one column; this one has ${columns.length}. Choose it with values("name").`,
      );
    }
    const type = this.outputField ?? columns[0]!.expression.type;
    return isEmpty(query) ? literal(null, type) : subquery(query, type);
  }
  protected ownShape(): string | null {
    const { shape } = this.query;
    return shape === null ? null : `${shape.key},${shapeOfType(this.outputField)}`;
  }
}

/**
 * The one value that a QuerySet gives: choose its column with `values` and its row with `slice(0, 1)`; null when there is none.
 * SQL: `(SELECT …)`
 *
 * @example
 * const newest = Comment.objects.filter({ postId: OuterRef("pk") }).orderBy("-created");
 * await Post.objects.annotate({ lastWord: Subquery(newest.values("text").slice(0, 1)) });
 */
export const Subquery = callable(SubqueryExpression);
export type Subquery = SubqueryExpression;

/** The class behind `Exists`. */
export class ExistsExpression extends QueryExpression {
  constructor(querySet: unknown) {
    super(querySet, 'Exists');
    Object.freeze(this);
  }

  resolve(scope: Scope): ExpressionNode {
    const query = scope.subquery(this.querySet, 'exists');
    return isEmpty(query) ? FALSE : exists(query);
  }
  protected ownShape(): string | null {
    const { shape } = this.query;
    return shape === null ? null : shape.key;
  }
}

/**
 * Whether a QuerySet has a row; a condition by itself. SQL: `EXISTS (SELECT …)`
 *
 * @example
 * await Author.objects.filter(Exists(Book.objects.filter({ authorId: OuterRef("pk"), price__lt: 5 })));
 */
export const Exists = callable(ExistsExpression);
export type Exists = ExistsExpression;

/** The class behind `OuterRef`. */
export class OuterReference extends Expression {
  readonly target: Resolvable;

  constructor(path: string | Resolvable) {
    super();
    if (typeof path !== 'string' && !(path instanceof Term)) {
      throw typeError(
        'outer-ref',
        'OuterRef() takes the name of a field of the outer query, another OuterRef() or an expression.',
      );
    }
    this.target = typeof path === 'string' ? new FieldReference(path) : path;
    Object.freeze(this);
  }

  resolve(scope: Scope): ExpressionNode {
    if (scope.outer === null) {
      // names of a query that does not exist yet: anything may come
      if (scope.checking) return literal(null, anyType);
      throw new ValueError(
        'outer-ref-outside',
        'This queryset contains a reference to an outer query and may only be used in a subquery.',
      );
    }
    const node = this.target.resolve(scope.outer);
    if (containsWindow(node)) {
      throw new NotSupportedError(
        'outer-window',
        'Referencing a window expression of the outer query is not supported.',
      );
    }
    return node;
  }
  override sources(): readonly Resolvable[] {
    return [this.target];
  }
  protected ownShape(): string {
    return '';
  }

  /** Characters of the outer query's text; see `F("name").slice`. */
  slice(start: number | null = null, end: number | null = null): Slice {
    return new Slice(this, start, end);
  }
}

/**
 * Inside a subquery: a field of the query around it; `OuterRef(OuterRef("x"))` of the one around that. Throws ValueError when the
 * QuerySet is run by itself.
 *
 * @example
 * Exists(Book.objects.filter({ authorId: OuterRef("pk") }))
 */
export const OuterRef = callable(OuterReference);
export type OuterRef = OuterReference;
