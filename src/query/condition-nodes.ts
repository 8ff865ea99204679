import { typeError } from '../errors.js';
import type { Lookup, LookupContext } from '../lookups/lookup.js';
import type { BoundField, Hop } from '../schema/model-meta.js';
import { and, FALSE, isFalse, isNull, not, or, param, xor } from '../sql/build.js';
import type { ExpressionNode } from '../sql/expression-nodes.js';
import type { Resolvable, Scope, SubqueryUse } from '../sql/resolvable.js';
import type { QueryNode } from '../sql/statement-nodes.js';
import { existsAmongMany, type InnerPlan } from './exclude-many.js';
import { type JoinedTable, mayBeMissing } from './joins.js';
import { leftSide } from './left-side.js';
import { rejectsMissing } from './null-rejection.js';
import { type ResolvedPath, resolvePath } from './path.js';
import type { CombinedCondition, Condition, LookupCondition, Query } from './query.js';
import { RequiredTables } from './required-tables.js';

/** Where a condition stands below negations. */
interface Negation {
  /** An odd number of NOT stands above. */
  readonly current: boolean;
  /** Any NOT stands above. */
  readonly branch: boolean;
}
const POSITIVE: Negation = { current: false, branch: false };

/** Where a path ends: a node, and what the conditions need to know of it. */
export interface Place {
  readonly node: ExpressionNode;
  readonly table: JoinedTable;
  readonly path: ResolvedPath;
}

/** What conditions ask of the planner whose names they use. */
export interface ConditionNames extends Scope {
  readonly query: Query;
  readonly base: JoinedTable;
  readonly tree: InnerPlan['tree'];
  annotationAt(path: string): { node: ExpressionNode; rest: readonly string[] } | null;
  place(path: string): Place;
  isFilteredRelation(name: string): boolean;
  join(start: JoinedTable, hops: readonly Hop[], path: string): JoinedTable;
  fieldColumn(field: BoundField, table?: JoinedTable): ExpressionNode;
  /** The field that a column made by `fieldColumn` stands for. */
  fieldOf(node: ExpressionNode): BoundField | undefined;
  context(path: string): LookupContext;
  /** A query as the right side of a lookup. */
  nested(query: Query, use: SubqueryUse, key: BoundField | null, width: number): QueryNode;
  /** The rows of the model for which one condition holds, planned by themselves. */
  inner(condition: LookupCondition): InnerPlan;
  /** Runs `make` with these tables, and those that it joins, as the ones that may be shared; gives the tables that it used. */
  sharing<T>(reusable: Set<JoinedTable>, make: () => T): { result: T; used: ReadonlySet<JoinedTable> };
  /** Tables that the filter() at hand has joined, or found joined. */
  readonly used: ReadonlySet<JoinedTable>;
}

/** Makes nodes of conditions: negation and NULL, rows of to-many relations, exclusive or. */
export class ConditionNodes {
  readonly required: RequiredTables;
  readonly #names: ConditionNames;
  /**
   * Whether the condition at hand stands inside an expression (a filter of an aggregate, When). Its values then belong to the
   * shape of the expression, and it is about the joined row: no subquery is made for a negated to-many path, as in Django.
   */
  #insideExpression = false;
  /** The right side of the comparison made last, where it is an expression. */
  #lastRight: ExpressionNode | null = null;

  constructor(names: ConditionNames) {
    this.#names = names;
    this.required = new RequiredTables(names.tree);
  }

  /** The condition of a filter(). */
  filter(condition: Condition): ExpressionNode {
    this.required.settle();
    return this.#condition(condition, POSITIVE);
  }

  /** A condition that is part of an expression. Such must not lose rows: what it needs may be missing, as in Django. */
  inside(condition: Condition): ExpressionNode {
    const before = this.#insideExpression;
    this.#insideExpression = true;
    try {
      const { result, told } = this.required.telling(() => this.#condition(condition, POSITIVE));
      this.required.release(this.required.withParents([...rejectsMissing(result), ...told]));
      return result;
    } finally {
      this.#insideExpression = before;
    }
  }

  /** The condition of a filtered relation: paths that start with its name start at the joined table. */
  on(condition: Condition, relation: string, table: JoinedTable): ExpressionNode {
    this.#rerouted = { prefix: `${relation}__`, table };
    try {
      return this.#condition(condition, POSITIVE);
    } finally {
      this.#rerouted = null;
    }
  }
  #rerouted: { prefix: string; table: JoinedTable } | null = null;

  #condition(condition: Condition, above: Negation): ExpressionNode {
    if (condition.kind === 'lookup') return this.#lookup(condition, above);
    if (condition.kind === 'combined') return this.#combined(condition);
    if (condition.kind === 'expression') {
      const node = condition.expression.resolve(this.#names);
      if (node.type.columnType.name !== 'boolean')
        throw typeError('not-boolean', 'Only an expression that is true or false can stand as a condition.');
      return node;
    }
    const inside: Negation = condition.negated ? { current: !above.current, branch: true } : above;
    // below a negation AND lists alternatives, and OR what must not be
    const hasAlternatives = condition.connector === (inside.current ? 'AND' : 'OR');
    const parts = hasAlternatives
      ? this.#alternatives(condition.children, inside)
      : condition.children.map((child) => this.#part(condition, child, inside));
    const joined = condition.connector === 'AND' ? and(parts) : condition.connector === 'OR' ? or(parts) : xor(parts);
    // an empty group holds for every row, negated or not
    return condition.negated && parts.length > 0 ? not(joined) : joined;
  }

  #part(group: { readonly connector: string }, child: Condition, above: Negation): ExpressionNode {
    return group.connector === 'XOR' ? this.#operandOfXor(child, above) : this.#condition(child, above);
  }

  /** Alternatives take back what an exclusive or inside them requires, where another alternative needs the same table but not all do. */
  #alternatives(children: readonly Condition[], above: Negation): ExpressionNode[] {
    const needs: ReadonlySet<string>[] = [];
    const parts = children.map((child) => {
      const { result, told } = this.required.telling(() => this.#condition(child, above));
      needs.push(this.required.withParents(tellsNeeds(child, above) ? [...told, ...rejectsMissing(result)] : told));
      return result;
    });
    this.required.release(
      new Set(needs.flatMap((need) => [...need]).filter((alias) => needs.some((need) => !need.has(alias)))),
    );
    return parts;
  }

  /** One side of an exclusive or; see `RequiredTables`. */
  #operandOfXor(child: Condition, above: Negation): ExpressionNode {
    const group = single(child);
    const requires = group.kind === 'group' && group.negated === above.current;
    const node = this.required.requiringKeys(
      () => this.#condition(child, above),
      () => requires && group.connector === 'AND',
    );
    if (requires)
      this.required.require(rejectsMissing(group.negated && node.kind === 'not' ? node.operand : node), above.current);
    return node;
  }

  /**
   * Two queries' conditions as alternatives. Each filter() of either keeps its own related rows, but the second query takes
   * those that the first has joined, one for each of its calls.
   */
  #combined(condition: CombinedCondition): ExpressionNode {
    const { tree } = this.#names;
    const before = tree.tables.length;
    const left = condition.left.map(
      (each) => this.#names.sharing(new Set(), () => this.#condition(each, POSITIVE)).result,
    );
    const joined = tree.tables.slice(before);
    const taken = new Set<JoinedTable>();
    const right = condition.right.map((each) => {
      const free = new Set(joined.filter((table) => !taken.has(table)));
      const { result, used } = this.#names.sharing(free, () => this.#condition(each, POSITIVE));
      for (const table of used) taken.add(table);
      return result;
    });
    if (condition.connector === 'OR') return or([and(left), and(right)]);
    // of a.xor(b) Django keeps the joins of `a` as `a` alone has them
    this.required.require(rejectsMissing(and(left)));
    return xor([and(left), and(right)]);
  }

  #lookup(condition: LookupCondition, above: Negation): ExpressionNode {
    const { path } = condition;
    const annotated = this.#names.annotationAt(path);
    if (annotated !== null) {
      const context = this.#names.context(path);
      const { node, lookup } = leftSide(annotated.node, annotated.rest, false, context);
      return this.#compare(node, lookup, condition, context);
    }
    const rerouted = this.#rerouted;
    if (rerouted !== null) return this.#reroutedLookup(condition, rerouted, above);
    const [first = ''] = path.split('__', 1);
    if (above.branch && !this.#insideExpression && !this.#names.isFilteredRelation(first)) {
      const resolved = resolvePath(this.#names.query.meta, path);
      const many = resolved.hops.findIndex((hop) => hop.multi);
      if (many >= 0) return this.#excludeMany(condition, resolved, many);
    }
    return this.#lookupAt(condition, this.#names.place(path), above);
  }

  #reroutedLookup(
    condition: LookupCondition,
    rerouted: { prefix: string; table: JoinedTable },
    above: Negation,
  ): ExpressionNode {
    const { prefix, table } = rerouted;
    const isInside = condition.path.startsWith(prefix);
    const meta = isInside ? table.hop!.to : this.#names.query.meta;
    const resolved = resolvePath(meta, isInside ? condition.path.slice(prefix.length) : condition.path);
    const end = this.#names.join(isInside ? table : this.#names.base, resolved.hops, condition.path);
    return this.#lookupAt(
      condition,
      { node: this.#names.fieldColumn(resolved.target, end), table: end, path: resolved },
      above,
    );
  }

  #lookupAt(condition: LookupCondition, place: Place, above: Negation): ExpressionNode {
    const context = this.#names.context(condition.path);
    const { hops, allHops } = place.path;
    if (allHops.length > hops.length) this.required.readKey(place.table, allHops[hops.length]!);
    const { node, lookup } = leftSide(place.node, place.path.rest, place.path.relation !== null, context);
    const compared = this.#compare(
      node,
      lookup,
      condition,
      context,
      place.path.relation === null ? null : place.path.key,
    );
    const { right } = condition;
    const comparesNull = right.kind === 'value' && right.isNull;
    if (!above.current || lookup.name === 'isnull' || comparesNull) return compared;
    // NOT (x = 1) leaves out rows where x is NULL, which do not equal 1 either: NOT (x = 1 AND x IS NOT NULL) keeps them
    const present: ExpressionNode[] = [];
    if (place.path.target.nullable || mayBeMissing(place.table)) present.push(isNull(place.node, true));
    const other = this.#lastRight !== null ? this.#names.fieldOf(this.#lastRight) : undefined;
    if (other?.nullable === true) present.push(isNull(this.#lastRight!, true));
    return and([compared, ...present]);
  }
  #compare(
    left: ExpressionNode,
    lookup: Lookup,
    condition: LookupCondition,
    context: LookupContext,
    key: BoundField | null = null,
  ): ExpressionNode {
    const { right } = condition;
    this.#lastRight = null;
    if (right.kind === 'value') {
      if (right.value === null && lookup.acceptsNull !== true) return isNull(left);
      return lookup.toNode(left, param(right.value, left.type, this.#insideExpression ? null : condition), context);
    }
    if (right.kind === 'expression') {
      const node = right.expression.resolve(this.#names);
      this.#lastRight = node;
      return lookup.toNode(left, node, context);
    }
    if (right.kind === 'list') {
      const nodes = right.items.map((item) => this.#listItem(item, left));
      return lookup.toNode(left, nodes, context);
    }
    const query = this.#names.nested(
      right.query,
      lookup.name === 'in' ? 'in' : 'value',
      key,
      left.type.parts?.length ?? 1,
    );
    if (query.kind === 'select' && query.where !== null && isFalse(query.where) && lookup.name === 'in') return FALSE;
    return lookup.toNode(left, query, context);
  }

  #listItem(item: unknown, left: ExpressionNode): ExpressionNode {
    if (typeof item === 'object' && item !== null && 'resolve' in item)
      return (item as Resolvable).resolve(this.#names);
    return param(item, left.type);
  }

  /**
   * A negated condition across a to-many relation means "no related row is such": EXISTS over the related rows, which the
   * negation above turns round. The subquery starts at the first to-many join; what leads there stays outside.
   */
  #excludeMany(condition: LookupCondition, path: ResolvedPath, many: number): ExpressionNode {
    const { right } = condition;
    // names in the value mean the outer row
    const value: LookupCondition['right'] =
      right.kind === 'expression'
        ? { kind: 'expression', expression: fixed(right.expression.resolve(this.#names), right.expression) }
        : right;
    const inner = this.#names.inner(value === right ? condition : { ...condition, right: value });
    const hop = path.hops[many]!;
    const shared = this.#sharedWith(inner.tree.tables[many + 1]!);
    const key = this.#prefixKey(path.hops.slice(0, many), hop, condition.path);
    const found = existsAmongMany(
      inner,
      path.hops,
      many,
      key,
      shared === null ? null : this.#names.fieldColumn(hop.to.pk, shared),
    );
    return found.prefixMayBeMissing ? or([found.node, isNull(key)]) : found.node;
  }

  /** The outer column that related rows refer to; a key that stands in the table before saves the last join. */
  #prefixKey(prefix: readonly Hop[], hop: Hop, path: string): ExpressionNode {
    const last = prefix[prefix.length - 1];
    if (last?.direct !== true || last.toField !== hop.fromField)
      return this.#names.fieldColumn(hop.fromField, this.#names.join(this.#names.base, prefix, path));
    const near = this.#names.join(this.#names.base, prefix.slice(0, -1), path);
    this.#names.tree.spare(near, last);
    return this.#names.fieldColumn(last.fromField, near);
  }

  /**
   * The joined table whose rows the subquery is about: one that the same filter() has joined already. Django tells by the name
   * that both tables have in a query of their own, and so do we, since answers depend on it.
   */
  #sharedWith(related: JoinedTable): JoinedTable | null {
    return [...this.#names.used].find((table) => table.plainAlias === related.plainAlias) ?? null;
  }
}

/** A group of one is that one. */
function single(condition: Condition): Condition {
  return condition.kind === 'group' && !condition.negated && condition.children.length === 1
    ? single(condition.children[0]!)
    : condition;
}

/** Whether a condition needs the rows that it reads: not below a negation, where a missing row fulfils it; and exclusive or never says. */
function tellsNeeds(condition: Condition, above: Negation): boolean {
  const alone = single(condition);
  if (alone.kind !== 'group') return !above.current;
  return alone.connector !== 'XOR' && alone.negated === above.current;
}

/** An expression whose meaning is already known. */
const fixed = (node: ExpressionNode, original: Resolvable): Resolvable => ({
  resolve: () => node,
  shape: original.shape,
  inputs: () => original.inputs(),
});
