import { FieldError, typeError } from '../errors.js';
import type { LookupContext, LookupRight } from '../lookups/lookup.js';
import type { BoundField, Hop, Relation } from '../schema/model-meta.js';
import { and, column, FALSE, isFalse, isIn, isNull, not, or, param, xor } from '../sql/build.js';
import type { ColumnNode, ExpressionNode, OrderNode } from '../sql/expression-nodes.js';
import type { Resolvable, Scope, SubqueryUse } from '../sql/resolvable.js';
import type { QueryNode } from '../sql/statement-nodes.js';
import { readConditions } from './conditions.js';
import { existsAmongMany } from './exclude-many.js';
import { type JoinedTable, JoinTree, mayBeMissing, type Reusable } from './joins.js';
import { leftSide, transforms } from './left-side.js';
import { rejectsMissing } from './null-rejection.js';
import { orderTerm } from './ordering.js';
import { type ResolvedPath, resolvePath, unknownField } from './path.js';
import { allRows, change, type CombinedCondition, type Condition, type LookupCondition, type Query } from './query.js';
import { QueryHolder } from './query-holder.js';
import { querySettings } from './settings.js';

/** How a whole query becomes a statement: handed in, since that is made of planners in turn. */
export type Subselect = (query: Query, outer: Planner, use: SubqueryUse, key: BoundField | null) => QueryNode;

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

/**
 * Walks the steps of a query and gives names their meaning: paths become joins and columns, conditions and expressions
 * become nodes. It decides which rows of a to-many relation conditions share; INNER or LEFT is decided later (joins.ts).
 */
export class Planner implements Scope {
  readonly tree: JoinTree;
  readonly base: JoinedTable;
  readonly annotations = new Map<string, ExpressionNode>();
  /** The conditions of the filter steps, in order. */
  readonly conditions: ExpressionNode[] = [];
  readonly timeZone = querySettings.timeZone;
  /** Tables whose joins stay INNER whatever the conditions say. */
  readonly required = new Set<string>();
  /** Joins that the step at hand may share. */
  reusable: Reusable = null;
  /** False where no join may be added: in the values of an UPDATE. */
  allowJoins = true;
  /**
   * Whether the condition at hand stands inside an expression (a filter of an aggregate, When). Its values then belong to the
   * shape of the expression, and it is about the joined row: no subquery is made for a negated to-many path, as in Django.
   */
  #insideExpression = false;
  readonly #fields = new WeakMap<ExpressionNode, BoundField>();
  readonly #filteredRelations = new Map<string, { relation: string; condition: Condition }>();

  constructor(
    readonly query: Query,
    readonly subselect: Subselect,
    readonly outer: Planner | null = null,
    readonly checking: boolean = false,
  ) {
    this.tree = new JoinTree(outer === null ? null : String.fromCharCode('U'.charCodeAt(0) + (outer.depth % 6)));
    this.base = this.tree.start(query.meta.concrete);
  }

  /** Number of planners around this one. */
  get depth(): number {
    return this.outer === null ? 0 : this.outer.depth + 1;
  }

  /** Takes all steps, in order. */
  run(): this {
    let sticky: Reusable = null;
    for (const step of this.query.steps) {
      if (step.kind === 'annotate') {
        this.reusable = null;
        this.annotations.set(step.alias, step.expression.resolve(this));
      } else if (step.kind === 'filteredRelation') {
        this.#filteredRelations.set(step.alias, { relation: step.relation, condition: step.condition });
      } else {
        this.reusable = sticky ?? new Set();
        this.#touched = new Set();
        this.#requiredBefore = new Set(this.required);
        this.conditions.push(this.#condition(step.condition, POSITIVE));
        sticky = step.sticky ? this.reusable : null;
      }
    }
    this.reusable = null;
    return this;
  }

  // --- Scope: what expressions ask -------------------------------------------------------------------------------------------

  path(path: string): ExpressionNode {
    const annotated = this.annotationAt(path);
    if (annotated !== null) return transforms(annotated.node, annotated.rest, this.#context(path));
    const place = this.place(path);
    return transforms(place.node, place.path.rest, this.#context(path));
  }

  condition(given: unknown): ExpressionNode {
    const { condition } = readConditions(this.query, (path) => this.annotationAt(path), [given], 'When');
    const before = this.#insideExpression;
    this.#insideExpression = true;
    const voted = this.#voted;
    this.#voted = new Set();
    try {
      const node = this.#condition(condition, POSITIVE);
      // an expression must not lose rows: what its conditions need may be missing, as in Django
      this.#release([...rejectsMissing(node), ...this.#voted]);
      return node;
    } finally {
      this.#insideExpression = before;
      this.#voted = voted;
    }
  }

  subquery(querySet: unknown, use: SubqueryUse): QueryNode {
    if (!(querySet instanceof QueryHolder)) throw typeError('not-a-queryset', 'A subquery takes a QuerySet.');
    return this.subselect(querySet.query, this, use, null);
  }

  order(term: unknown): OrderNode[] {
    return orderTerm(this, term);
  }

  // --- names -----------------------------------------------------------------------------------------------------------------

  /** The annotation that `path` starts with (names of annotations may hold `__`), and the names behind it. */
  annotationAt(path: string): { node: ExpressionNode; rest: readonly string[] } | null {
    if (this.annotations.size === 0) return null;
    const whole = this.annotations.get(path);
    if (whole !== undefined) return { node: whole, rest: [] };
    const names = path.split('__');
    for (let length = 1; length < names.length; length += 1) {
      const node = this.annotations.get(names.slice(0, length).join('__'));
      if (node !== undefined) return { node, rest: names.slice(length) };
    }
    return null;
  }

  /** Joins what `path` needs and gives the column where its fields end; transforms are not applied yet. */
  place(path: string): Place {
    const [first = ''] = path.split('__', 1);
    const filtered = this.#filteredRelations.get(first);
    if (filtered !== undefined) return this.#placeFiltered(first, filtered, path);
    if (path.startsWith('-') || !this.#knows(first)) throw unknownField(this.query.meta, first, [...this.annotations.keys()]);
    const resolved = resolvePath(this.query.meta, path);
    return this.#at(resolved, this.#join(this.base, resolved.hops, path));
  }

  /** Joins the rows that a path of to-one relations leads to, for selectRelated(). */
  related(path: string): { table: JoinedTable; relation: Relation } {
    const [first = ''] = path.split('__', 1);
    const filtered = this.#filteredRelations.get(first);
    if (filtered !== undefined) {
      const { table, path: resolved } = this.#placeFiltered(first, filtered, path);
      return { table, relation: resolved.relation! };
    }
    const resolved = resolvePath(this.query.meta, path);
    return { table: this.#join(this.base, resolved.allHops, path), relation: resolved.relation! };
  }

  #knows(name: string): boolean {
    return this.query.meta.relations.has(name) || this.query.meta.fieldsByName.has(name);
  }

  #at(resolved: ResolvedPath, table: JoinedTable): Place {
    const node = this.fieldColumn(resolved.target, table);
    return { node, table, path: resolved };
  }

  #placeFiltered(alias: string, filtered: { relation: string; condition: Condition }, path: string): Place {
    const start = resolvePath(this.query.meta, filtered.relation);
    const { relation } = start;
    const names = path.split('__').slice(1);
    if (relation === null) return this.place([filtered.relation, ...names].join('__'));
    // the relation's own joins stay, since the condition stands on them
    let table = this.base;
    for (const [index, hop] of start.allHops.entries()) table = this.tree.join(table, hop, this.reusable, index === start.allHops.length - 1 ? alias : null);
    if (table.on === null) this.#resolveOn(table, filtered);
    if (names.length === 0 || !(relation.to.relations.has(names[0]!) || relation.to.fieldsByName.has(names[0]!))) {
      const target = relation.to.pk;
      return { node: this.fieldColumn(target, table), table, path: { ...start, target, key: target, rest: names } };
    }
    const resolved = resolvePath(relation.to, names.join('__'));
    const end = this.#join(table, resolved.hops, path);
    return this.#at(resolved, end);
  }

  /** The condition of a filtered relation, its paths starting at the joined table rather than at the base. */
  #resolveOn(table: JoinedTable, filtered: { relation: string; condition: Condition }): void {
    const before = this.reusable;
    this.reusable = new Set([table]);
    const prefix = `${filtered.relation}__`;
    this.#rerouted = { prefix, table };
    try {
      table.on = this.#condition(filtered.condition, POSITIVE);
    } finally {
      this.#rerouted = null;
      this.reusable = before;
    }
  }
  #rerouted: { prefix: string; table: JoinedTable } | null = null;

  #join(start: JoinedTable, hops: readonly Hop[], path: string): JoinedTable {
    if (hops.length > 0 && !this.allowJoins) {
      throw new FieldError('join-not-allowed', `'${path}' leads to another table, which is not possible here.`);
    }
    let table = start;
    for (const hop of hops) {
      table = this.tree.join(table, hop, this.reusable);
      this.#touched.add(table);
    }
    return table;
  }

  /** A column of a joined table. */
  fieldColumn(field: BoundField, table: JoinedTable = this.base): ColumnNode {
    const node = column(table.alias, field.column, field.type);
    this.#fields.set(node, field);
    return node;
  }

  /** A column of the query's own model, joining the parent's table where an inherited field stands. */
  ownColumn(field: BoundField): ColumnNode {
    const hops = field.model.concrete === this.query.meta.concrete ? [] : (this.query.meta.concrete.ancestors.get(field.model) ?? []);
    const last = hops[hops.length - 1];
    if (last !== undefined && last.toField === field && hops.length === 1) return this.fieldColumn(last.fromField);
    return this.fieldColumn(field, this.#join(this.base, hops, field.name));
  }

  #context(path: string): LookupContext {
    return { timeZone: this.timeZone, subject: `${this.query.meta.name}.${path}` };
  }

  // --- conditions ------------------------------------------------------------------------------------------------------------

  #condition(condition: Condition, above: Negation): ExpressionNode {
    if (condition.kind === 'lookup') return this.#lookup(condition, above);
    if (condition.kind === 'expression') {
      const node = condition.expression.resolve(this);
      if (node.type.columnType.name !== 'boolean') throw typeError('not-boolean', 'Only an expression that is true or false can stand as a condition.');
      return node;
    }
    if (condition.kind === 'combined') return this.#combined(condition);
    const inside: Negation = condition.negated ? { current: !above.current, branch: true } : above;
    const needs: Set<string>[] = [];
    const parts = condition.children.map((child) => {
      const before = new Set(this.#voted);
      const node = condition.connector === 'XOR' ? this.#operandOfXor(child, inside) : this.#condition(child, inside);
      needs.push(new Set([...this.#voted].filter((alias) => !before.has(alias))));
      if (!isXor(child)) for (const alias of rejectsMissing(node)) needs[needs.length - 1]!.add(alias);
      return node;
    });
    if (condition.connector === 'OR') this.#releaseAlternatives(needs);
    const joined = condition.connector === 'AND' ? and(parts) : condition.connector === 'OR' ? or(parts) : xor(parts);
    // an empty group holds for every row, negated or not
    return condition.negated && parts.length > 0 ? not(joined) : joined;
  }

  /**
   * One side of an exclusive or. Django makes the joins of each group of conditions inside it INNER and never takes that back,
   * so that rows without them are left out; also those joins that only a key stood for, should something else need them.
   */
  #operandOfXor(child: Condition, above: Negation): ExpressionNode {
    const group = single(child);
    const before = this.#keysRead;
    this.#keysRead = [];
    const node = this.#condition(child, above);
    if (group.kind === 'group' && group.negated === above.current) {
      for (const alias of rejectsMissing(group.negated && node.kind === 'not' ? node.operand : node)) {
        this.required.add(alias);
        if (above.current) this.#voted.add(alias);
      }
      if (group.connector === 'AND') this.#requiredKeys.push(...this.#keysRead);
    }
    this.#keysRead = before;
    return node;
  }
  /** Alternatives take back what an exclusive or inside them requires, where another alternative needs the same table but not all do. */
  #releaseAlternatives(needs: readonly ReadonlySet<string>[]): void {
    this.#release(needs.flatMap((need) => [...need]).filter((alias) => needs.some((need) => !need.has(alias))));
  }

  /** Takes back that tables are required, and with them those joined behind them. */
  #release(aliases: readonly string[]): void {
    const released = new Set(aliases.filter((alias) => !this.#requiredBefore.has(alias)));
    for (const table of this.tree.tables) if (table.parent !== null && released.has(table.parent.alias)) released.add(table.alias);
    for (const alias of released) this.required.delete(alias);
  }
  /** What a negated exclusive or requires: unlike a plain one it tells the conditions around it. */
  #voted = new Set<string>();

  /** Keys that stood for a join, as they are read, and those of them whose join must be INNER. */
  #keysRead: KeyRead[] = [];
  readonly #requiredKeys: KeyRead[] = [];

  /** Aliases of tables whose joins are INNER whatever the conditions say. */
  requiredAliases(): Set<string> {
    const required = new Set(this.required);
    for (const { table, hop } of this.#requiredKeys) {
      for (const joined of this.tree.tables) if (joined.parent === table && joined.hop === hop) required.add(joined.alias);
    }
    return required;
  }

  /**
   * Two queries' conditions as alternatives. Each filter() of either keeps its own related rows, but the second query takes
   * those that the first has joined, one for each of its calls.
   */
  #combined(condition: CombinedCondition): ExpressionNode {
    const before = this.tree.tables.length;
    const left = condition.left.map((each) => this.#conditionWith(each, new Set()));
    const joined = this.tree.tables.slice(before);
    const taken = new Set<JoinedTable>();
    const right = condition.right.map((each) => {
      const reusable = new Set(joined.filter((table) => !taken.has(table)));
      const node = this.#conditionWith(each, reusable);
      for (const table of this.#touched) taken.add(table);
      return node;
    });
    if (condition.connector === 'OR') return or([and(left), and(right)]);
    // of a.xor(b) Django keeps the joins of `a` as `a` alone has them
    for (const alias of rejectsMissing(and(left))) this.required.add(alias);
    return xor([and(left), and(right)]);
  }
  /** Tables that the filter() at hand has joined, or found joined. */
  #touched = new Set<JoinedTable>();
  /** What was required before the filter() at hand. */
  #requiredBefore: ReadonlySet<string> = new Set();

  #conditionWith(condition: Condition, reusable: Set<JoinedTable>): ExpressionNode {
    const before = this.reusable;
    this.#touched = new Set();
    this.reusable = reusable;
    try {
      return this.#condition(condition, POSITIVE);
    } finally {
      this.reusable = before;
    }
  }

  #lookup(condition: LookupCondition, above: Negation): ExpressionNode {
    const { path } = condition;
    const annotated = this.annotationAt(path);
    if (annotated !== null) {
      const context = this.#context(path);
      const { node, lookup } = leftSide(annotated.node, annotated.rest, false, context);
      return this.#compare(node, lookup, condition, context);
    }
    const rerouted = this.#rerouted;
    if (rerouted !== null) return this.#reroutedLookup(condition, rerouted, above);
    const [first = ''] = path.split('__', 1);
    if (above.branch && !this.#insideExpression && !this.#filteredRelations.has(first)) {
      const resolved = resolvePath(this.query.meta, path);
      const many = resolved.hops.findIndex((hop) => hop.multi);
      if (many >= 0) return this.#excludeMany(condition, resolved, many);
    }
    return this.#lookupAt(condition, this.place(path), above);
  }

  #reroutedLookup(condition: LookupCondition, rerouted: { prefix: string; table: JoinedTable }, above: Negation): ExpressionNode {
    const { prefix, table } = rerouted;
    const isInside = condition.path.startsWith(prefix);
    const meta = isInside ? table.hop!.to : this.query.meta;
    const resolved = resolvePath(meta, isInside ? condition.path.slice(prefix.length) : condition.path);
    const end = this.#join(isInside ? table : this.base, resolved.hops, condition.path);
    return this.#lookupAt(condition, this.#at(resolved, end), above);
  }

  #lookupAt(condition: LookupCondition, place: Place, above: Negation): ExpressionNode {
    const context = this.#context(condition.path);
    const { hops, allHops } = place.path;
    if (allHops.length > hops.length) this.#keysRead.push({ table: place.table, hop: allHops[hops.length]! });
    const { node, lookup } = leftSide(place.node, place.path.rest, place.path.relation !== null, context);
    const compared = this.#compare(node, lookup, condition, context, place.path.relation === null ? null : place.path.key);
    const { right } = condition;
    const comparesNull = right.kind === 'value' && right.isNull;
    if (!above.current || lookup.name === 'isnull' || comparesNull) return compared;
    // NOT (x = 1) leaves out rows where x is NULL, which do not equal 1 either: NOT (x = 1 AND x IS NOT NULL) keeps them
    const present: ExpressionNode[] = [];
    if (place.path.target.nullable || mayBeMissing(place.table)) present.push(isNull(place.node, true));
    const other = this.#lastRight !== null ? this.#fields.get(this.#lastRight) : undefined;
    if (other?.nullable === true) present.push(isNull(this.#lastRight!, true));
    return and([compared, ...present]);
  }
  /** The right side of the comparison made last, where it is an expression. */
  #lastRight: ExpressionNode | null = null;

  #compare(left: ExpressionNode, lookup: { name: string; toNode(l: ExpressionNode, r: LookupRight, c: LookupContext): ExpressionNode; acceptsNull?: boolean }, condition: LookupCondition, context: LookupContext, key: BoundField | null = null): ExpressionNode {
    const { right } = condition;
    this.#lastRight = null;
    if (right.kind === 'value') {
      if (right.value === null && lookup.acceptsNull !== true) return isNull(left);
      return lookup.toNode(left, param(right.value, left.type, this.#insideExpression ? null : condition), context);
    }
    if (right.kind === 'expression') {
      const node = right.expression.resolve(this);
      this.#lastRight = node;
      return lookup.toNode(left, node, context);
    }
    if (right.kind === 'list') {
      const nodes = right.items.map((item) => this.#listItem(item, left));
      return lookup.toNode(left, nodes, context);
    }
    const query = this.subselect(right.query, this, lookup.name === 'in' ? 'in' : 'value', key);
    if (query.kind === 'select' && query.where !== null && isFalse(query.where) && lookup.name === 'in') return FALSE;
    return lookup.name === 'in' ? isIn(left, query) : lookup.toNode(left, query, context);
  }

  #listItem(item: unknown, left: ExpressionNode): ExpressionNode {
    if (typeof item === 'object' && item !== null && 'resolve' in item) return (item as Resolvable).resolve(this);
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
      right.kind === 'expression' ? { kind: 'expression', expression: fixed(right.expression.resolve(this), right.expression) } : right;
    const inner = this.#innerOf(value === right ? condition : { ...condition, right: value });
    const hop = path.hops[many]!;
    const shared = this.#sharedWith(inner.tree.tables[many + 1]!);
    const key = this.#prefixKey(path.hops.slice(0, many), hop, condition.path);
    const found = existsAmongMany(inner, path.hops, many, key, shared === null ? null : this.fieldColumn(hop.to.pk, shared));
    return found.prefixMayBeMissing ? or([found.node, isNull(key)]) : found.node;
  }

  /** The outer column that related rows refer to; a key that stands in the table before saves the last join. */
  #prefixKey(prefix: readonly Hop[], hop: Hop, path: string): ColumnNode {
    const last = prefix[prefix.length - 1];
    if (last?.direct !== true || last.toField !== hop.fromField) return this.fieldColumn(hop.fromField, this.#join(this.base, prefix, path));
    return this.fieldColumn(last.fromField, this.#join(this.base, prefix.slice(0, -1), path));
  }

  /** The rows of the model for which one condition holds, as a planner of their own. */
  #innerOf(condition: LookupCondition): Planner {
    const query = change(allRows(this.query.meta), { steps: [{ kind: 'filter', condition, sticky: false }] }, null);
    return new Planner(query, this.subselect, this, this.checking).run();
  }

  /**
   * The joined table whose rows the subquery is about: one that the same filter() has joined already. Django tells by the name
   * that both tables have in a query of their own, and so do we, since answers depend on it.
   */
  #sharedWith(related: JoinedTable): JoinedTable | null {
    return [...this.#touched].find((table) => table.plainAlias === related.plainAlias) ?? null;
  }
}

/** A foreign key that was read where its join was not needed. */
interface KeyRead {
  readonly table: JoinedTable;
  readonly hop: Hop;
}

/** A group of one is that one. */
function single(condition: Condition): Condition {
  return condition.kind === 'group' && !condition.negated && condition.children.length === 1 ? single(condition.children[0]!) : condition;
}

function isXor(condition: Condition): boolean {
  const group = single(condition);
  return group.kind === 'group' && group.connector === 'XOR';
}

/** An expression whose meaning is already known. */
const fixed = (node: ExpressionNode, original: Resolvable): Resolvable => ({ resolve: () => node, shape: original.shape, inputs: () => original.inputs() });
