import { FieldError, typeError } from '../errors.js';
import { IntegerField } from '../fields/numeric.js';
import { aggregate as aggregateNode, column, literal, select as selectNode, star } from '../sql/build.js';
import type { ColumnNode, ExpressionNode, OrderNode } from '../sql/expression-nodes.js';
import type { Resolvable, Scope, SubqueryUse } from '../sql/resolvable.js';
import type { QueryNode, SelectColumn, SelectNode } from '../sql/statement-nodes.js';
import { containsAggregate, containsWindow, replaceParts, some } from '../sql/walk.js';
import { getOrMake } from '../util/get-or-make.js';
import { isReadElsewhere, readDatabase } from './databases-for.js';
import { groupByColumns, splitConditions } from './grouping.js';
import { Planner } from './planner.js';
import { bind, planFor } from './plans.js';
import { aliasesOf, change, isSliced, type Query, shapePart } from './query.js';
import { type Layout, select as selection, type ValuePlace } from './selection.js';
import { assemble, matchesNothing, subselect, toSelect } from './to-select.js';
import { withoutTuplesInside } from './tuples.js';

const DERIVED = 'subquery';
const integer = new IntegerField();
/** COUNT(*). */
const countAll: Resolvable = {
  resolve: () => aggregateNode('COUNT', [star(integer)], integer),
  shape: 'count(*)',
  inputs: () => [],
};

/** One value for each expression, over all rows of the query. One statement; none when nothing can match. */
export async function aggregate(
  query: Query,
  entries: Readonly<Record<string, Resolvable>>,
): Promise<Record<string, unknown>> {
  const names = Object.keys(entries);
  if (names.length === 0) return {};
  const asked = withShapes(
    query,
    names.map((name) => entries[name]!),
    names,
  );
  const database = await readDatabase(query);
  const plan = planFor(asked, database, '=aggregate', () => {
    const { node, expressions } = toAggregate(query, names, entries);
    return { compiled: database.compile(node), extra: { empty: isEmpty(node), values: expressions.map(emptyValue) } };
  });
  const { decoders } = plan.compiled;
  let row: readonly unknown[] | null | undefined = null;
  try {
    if (!plan.extra.empty) row = (await database.read(plan.compiled, bind(plan, asked.inputs)))[0];
  } catch (error) {
    if (isReadElsewhere(query, database, error)) return aggregate(query, entries);
    throw error;
  }
  return Object.fromEntries(
    names.map((name, index) => {
      if (row === null || row === undefined) return [name, plan.extra.values[index]];
      const value = row[index];
      return [name, value === null || decoders[index] === null ? value : decoders[index]!(value)];
    }),
  );
}

/** The number of rows. */
export async function count(query: Query): Promise<number> {
  return Number((await aggregate(query, { count: countAll })).count);
}

/** Whether there is a row. Order and columns are left out; one row is asked for. */
export async function exists(query: Query): Promise<boolean> {
  const database = await readDatabase(query);
  const plan = planFor(query, database, '=exists', () => {
    const node = toExists(query);
    return { compiled: database.compile(node), extra: { empty: matchesNothing(node) } };
  });
  if (plan.extra.empty) return false;
  try {
    return (await database.read(plan.compiled, bind(plan, query.inputs))).length > 0;
  } catch (error) {
    if (isReadElsewhere(query, database, error)) return exists(query);
    throw error;
  }
}

/** Names and shapes of the entries, as a part of the query's own shape. */
function withShapes(query: Query, expressions: readonly Resolvable[], names: readonly string[]): Query {
  const shapes = expressions.map((expression) => expression.shape);
  const shape = shapes.some((each) => each === null)
    ? null
    : names.map((name, index) => shapePart(name) + shapePart(shapes[index]!)).join(',');
  return change(
    query,
    {},
    shape,
    expressions.flatMap((expression) => expression.inputs()),
  );
}

/** Checks that the aggregates can be made: names and kinds. Called when aggregate() is. */
export function checkAggregates(query: Query, entries: Readonly<Record<string, Resolvable>>): void {
  toAggregate(query, Object.keys(entries), entries);
}

interface AggregateStatement {
  readonly node: SelectNode;
  readonly expressions: readonly ExpressionNode[];
}

/**
 * Aggregates over the rows themselves where the rows are plain; over the rows as a derived table where they are grouped, cut,
 * distinct or combined, for then the aggregates are of the result.
 */
function toAggregate(
  query: Query,
  names: readonly string[],
  entries: Readonly<Record<string, Resolvable>>,
): AggregateStatement {
  if (query.combination !== null) return overCombination(query, names, entries);
  // rows that are only counted are not locked
  const planner = new Planner({ ...query, lock: null }, subselect).run();
  const wraps = needsDerivedTable(planner);
  const scope = wraps ? new DerivedScope(planner) : planner;
  const known = new Map<string, ExpressionNode>();
  const expressions = names.map((name) => {
    const node = withoutTuplesInside(resolveWith(scope, entries[name]!, known));
    if (!containsAggregate(node))
      throw typeError('not-an-aggregate', `'${name}' of aggregate() is not an aggregate, such as Count("id").`);
    known.set(name, node);
    return node;
  });
  const columns = expressions.map((expression, index) => ({ expression, alias: names[index]! }));
  if (!wraps) return { node: assemble(planner, columns, { unordered: true }), expressions };
  const derived = scope as DerivedScope;
  return { node: over(innerStatement(planner, derived), columns), expressions };
}

/** Earlier aggregates of the same call can be named by later ones. */
function resolveWith(scope: Scope, expression: Resolvable, known: ReadonlyMap<string, ExpressionNode>): ExpressionNode {
  if (known.size === 0) return expression.resolve(scope);
  return expression.resolve(new NamedScope(scope, known));
}

const over = (query: QueryNode, columns: readonly SelectColumn[]): SelectNode =>
  selectNode({ columns, from: { kind: 'derived', query, alias: DERIVED } });

function needsDerivedTable(planner: Planner): boolean {
  const { query } = planner;
  const annotations = [...planner.annotations.values()];
  return (
    query.grouping?.by === 'names' ||
    isSliced(query) ||
    query.distinct ||
    annotations.some((node) => containsAggregate(node) || containsWindow(node) || some(node, isSubquery)) ||
    splitConditions(planner.conditions).having.length > 0 ||
    planner.conditions.some(containsWindow)
  );
}
const isSubquery = (node: { kind: string }): boolean => node.kind === 'subquery' || node.kind === 'exists';

/** The rows to aggregate over, with the columns that the aggregates read. */
function innerStatement(planner: Planner, scope: DerivedScope): QueryNode {
  const { query } = planner;
  const needed = scope.columns();
  const own = query.distinct ? [...selection(planner).columns] : [];
  const columns = [...own, ...needed];
  const anything = query.grouping?.by === 'names' ? literal(1, integer) : planner.ownColumn(query.meta.pkFields[0]!);
  const chosen = columns.length > 0 ? columns : [{ expression: anything, alias: null }];
  const unordered = !isSliced(query) && query.distinctOn.length === 0;
  const isGrouped = query.grouping !== null;
  const keys = isGrouped
    ? [...needed, ...selectedAnnotations(planner)].flatMap(({ expression }) => groupByColumns(expression))
    : [];
  return assemble(planner, chosen, { unordered, groupKeys: keys });
}

const selectedAnnotations = (planner: Planner): SelectColumn[] =>
  planner.query.annotations.map((name) => ({ expression: planner.annotations.get(name)!, alias: name }));

function overCombination(
  query: Query,
  names: readonly string[],
  entries: Readonly<Record<string, Resolvable>>,
): AggregateStatement {
  const { node, layout } = toSelect(query);
  const positions = namesOfColumns(layout);
  const first = query.combination!.queries[0]!;
  const named = nameColumns(node, positions);
  const planner = new Planner(first, subselect).run();
  const scope: Scope = new NamedScope(planner, new Map(), (path) => {
    const field = first.meta.fieldsByName.get(path);
    const name = positions.includes(path) ? path : (field?.attname ?? path);
    if (!positions.includes(name))
      throw new FieldError(
        'unknown-field',
        `'${path}' is not selected by the combined QuerySets. Choices are: ${positions.join(', ')}.`,
      );
    return column(DERIVED, name, planner.path(path).type);
  });
  const expressions = names.map((name) => entries[name]!.resolve(scope));
  return {
    node: over(
      named,
      expressions.map((expression, index) => ({ expression, alias: names[index]! })),
    ),
    expressions,
  };
}

/** What each column is called outside; the columns of a tuple cannot be. */
function namesOfColumns(layout: Layout): string[] {
  const names = (places: readonly ValuePlace[]): string[] =>
    places.flatMap(({ name, width }) =>
      width === null ? [name] : Array.from({ length: width }, (_, part) => `${name} ${part + 1}`),
    );
  if (layout.kind === 'plain') return names(layout.values);
  return [...layout.instance.fields.map(({ attname }) => attname), ...names(layout.annotations)];
}

/** The columns of the first part named, so that the outer statement can read them. */
function nameColumns(node: QueryNode, names: readonly string[]): QueryNode {
  if (node.kind === 'compound')
    return { ...node, queries: node.queries.map((part, index) => (index === 0 ? nameColumns(part, names) : part)) };
  return { ...node, columns: node.columns.map((each, index) => ({ ...each, alias: names[index] ?? each.alias })) };
}

function toExists(query: Query): QueryNode {
  if (query.combination !== null) return toSelect({ ...query, limit: 1, orderBy: [] }).node;
  const planner = new Planner(
    { ...query, limit: query.limit === null ? 1 : Math.min(query.limit, 1) },
    subselect,
  ).run();
  const one = [{ expression: literal(1, integer), alias: null }];
  const columns = query.distinct && isSliced(query) ? selection(planner).columns : one;
  return {
    ...assemble(planner, columns, { unordered: !isSliced(query) }),
    distinct: query.distinct && isSliced(query),
  };
}

const isEmpty = (node: SelectNode): boolean =>
  matchesNothing(node) || (node.from?.kind === 'derived' && matchesNothing(node.from.query));

/** Aggregates that count: over no rows at all they give 0. */
const COUNTS: ReadonlySet<string> = new Set(['COUNT', 'REGR_COUNT']);
/** What an aggregate gives over no rows at all. */
function emptyValue(node: ExpressionNode): unknown {
  if (node.kind === 'aggregate') return COUNTS.has(node.name) ? 0 : null;
  if (node.kind === 'param' || node.kind === 'literal') return node.value;
  if (node.kind === 'call' && node.name === 'COALESCE')
    return node.args.map(emptyValue).find((value) => value !== null) ?? null;
  if (node.kind === 'cast') return emptyValue(node.operand);
  return null;
}

/** A scope in which some names mean other nodes. */
class NamedScope implements Scope {
  constructor(
    readonly inner: Scope,
    readonly known: ReadonlyMap<string, ExpressionNode>,
    readonly fallback: ((path: string) => ExpressionNode) | null = null,
  ) {}
  path(path: string): ExpressionNode {
    return this.known.get(path) ?? (this.fallback === null ? this.inner.path(path) : this.fallback(path));
  }
  condition(condition: unknown): ExpressionNode {
    return this.inner.condition(condition);
  }
  subquery(querySet: unknown, use: SubqueryUse): QueryNode {
    return this.inner.subquery(querySet, use);
  }
  order(term: unknown): OrderNode[] {
    return this.inner.order(term);
  }
  get outer(): Scope | null {
    return this.inner.outer;
  }
  get checking(): boolean {
    return this.inner.checking;
  }
  get timeZone(): string {
    return this.inner.timeZone;
  }
}

/** A scope outside of the derived table: what names mean is selected inside and read by column. */
class DerivedScope extends NamedScope {
  readonly #columns = new Map<string, SelectColumn>();
  constructor(readonly planner: Planner) {
    super(planner, new Map());
  }

  columns(): SelectColumn[] {
    return [...this.#columns.values()];
  }

  override path(path: string): ExpressionNode {
    const { query } = this.planner;
    if (aliasesOf(query).includes(path) && !query.annotations.includes(path)) {
      throw new FieldError(
        'alias-not-selected',
        `Cannot aggregate over the '${path}' alias. Use annotate() to promote it.`,
      );
    }
    const node = this.planner.path(path);
    return query.annotations.includes(path) && node.kind !== 'tuple'
      ? this.#outside(path, node)
      : this.#columnsOutside(node);
  }

  /** Of a condition the columns come from inside. */
  override condition(condition: unknown): ExpressionNode {
    return this.#columnsOutside(this.planner.condition(condition));
  }

  #columnsOutside(node: ExpressionNode): ExpressionNode {
    return replaceParts(node, (part) => {
      if (part.kind === 'column')
        return this.#outside(`${(part as ColumnNode).table}.${(part as ColumnNode).name}`, part as ExpressionNode);
      const isWhole =
        part.kind === 'subquery' || part.kind === 'exists' || part.kind === 'window' || part.kind === 'aggregate';
      return isWhole ? this.#outside(`part ${this.#columns.size}`, part as ExpressionNode) : null;
    });
  }

  #outside(key: string, node: ExpressionNode): ExpressionNode {
    const { alias } = getOrMake(this.#columns, key, () => ({
      expression: node,
      alias: this.planner.query.annotations.includes(key) ? key : `col${this.#columns.size + 1}`,
    }));
    return column(DERIVED, alias!, node.type);
  }
}
