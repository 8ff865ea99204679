import { FieldError, typeError } from '../errors.js';
import type { LookupContext } from '../lookups/lookup.js';
import type { BoundField, Hop, Relation } from '../schema/model-meta.js';
import { and, column, equal } from '../sql/build.js';
import type { ExpressionNode, OrderNode } from '../sql/expression-nodes.js';
import type { SubqueryUse } from '../sql/resolvable.js';
import type { QueryNode } from '../sql/statement-nodes.js';
import { type CommonTables, commonTableOf, commonTablesInSight } from './common-tables.js';
import { type ConditionNames, ConditionNodes, type Place } from './condition-nodes.js';
import { readConditions } from './conditions.js';
import { type JoinedTable, JoinTree, type Reusable } from './joins.js';
import { transforms } from './left-side.js';
import { orderTerm } from './ordering.js';
import { type ResolvedPath, resolvePath, unknownField } from './path.js';
import { allRows, type Condition, change, type LookupCondition, type Query, type Step } from './query.js';
import { QueryHolder } from './query-holder.js';
import { querySettings } from './settings.js';
import { columnOf, withoutTuplesInside } from './tuples.js';

const NO_TABLES: CommonTables = new Map();

/** How a whole query becomes a statement: handed in, since that is made of planners in turn. */
export type Subselect = (
  query: Query,
  outer: Planner,
  use: SubqueryUse,
  key: BoundField | null,
  width?: number,
) => QueryNode;

/**
 * Walks the steps of a query and gives names their meaning: paths become joins and columns, conditions and expressions
 * become nodes. It decides which rows of a to-many relation conditions share; INNER or LEFT is decided later (joins.ts).
 */
export class Planner implements ConditionNames {
  readonly tree: JoinTree;
  readonly base: JoinedTable;
  readonly annotations = new Map<string, ExpressionNode>();
  /** The common tables that can be read here: its own and those of the statements around. */
  readonly commonTables: CommonTables;
  /** The conditions of the filter steps, in order. */
  readonly conditions: ExpressionNode[] = [];
  readonly timeZone = querySettings.timeZone;
  /** Joins that the step at hand may share. */
  reusable: Reusable = null;
  /** False where no join may be added: in the values of an UPDATE. */
  allowJoins = true;
  readonly #fields = new WeakMap<ExpressionNode, BoundField>();
  readonly #nodes: ConditionNodes;
  #used = new Set<JoinedTable>();
  /** Common tables without which there is no row. */
  readonly #demanded = new Set<string>();
  readonly #filteredRelations = new Map<string, { relation: string; condition: Condition }>();

  constructor(
    readonly query: Query,
    readonly subselect: Subselect,
    readonly outer: Planner | null = null,
    readonly checking: boolean = false,
    /** The common tables of the statements around. */
    readonly around: CommonTables = outer === null ? NO_TABLES : outer.commonTables,
  ) {
    this.commonTables = commonTablesInSight(around, query);
    this.tree = new JoinTree(
      outer === null ? null : String.fromCharCode('U'.charCodeAt(0) + (outer.depth % 6)),
      this.commonTables,
    );
    const common = commonTableOf(query.meta);
    this.base = common === null ? this.tree.start(query.meta.concrete) : this.tree.startCommon(common.name);
    this.#nodes = new ConditionNodes(this);
  }

  /** Number of planners around this one. */
  get depth(): number {
    return this.outer === null ? 0 : this.outer.depth + 1;
  }

  /** Takes all steps, in order. */
  run(): this {
    let sticky: Set<JoinedTable> | null = null;
    for (const step of this.query.steps) {
      if (step.kind === 'annotate') {
        this.reusable = null;
        this.annotations.set(step.alias, withoutTuplesInside(step.expression.resolve(this)));
      } else if (step.kind === 'filteredRelation') {
        this.#filteredRelations.set(step.alias, { relation: step.relation, condition: step.condition });
      } else if (step.kind === 'cte') {
        this.reusable = null;
        this.#joinCommon(step);
      } else {
        const reusable: Set<JoinedTable> = sticky ?? new Set();
        this.conditions.push(this.sharing(reusable, () => this.#nodes.filter(step.condition)).result);
        sticky = step.sticky ? reusable : null;
      }
    }
    this.reusable = null;
    return this;
  }

  /** Joins a common table; its columns are annotations from then on. */
  #joinCommon({ alias, table, on, optional }: Extract<Step, { kind: 'cte' }>): void {
    const keys = on.map(
      ([path, name]) => [this.path(path), table.columns.find((each) => each.name === name)!] as const,
    );
    const joined = this.tree.joinCommon(this.base, alias);
    joined.on = and(keys.map(([key, { name, type }]) => equal(key, column(joined.alias, name, type))));
    if (!optional) this.#demanded.add(joined.alias);
    for (const { name, type } of table.columns)
      this.annotations.set(`${alias}__${name}`, column(joined.alias, name, type));
  }

  // --- Scope: what expressions ask -------------------------------------------------------------------------------------------

  path(path: string): ExpressionNode {
    const annotated = this.annotationAt(path);
    if (annotated !== null) return transforms(annotated.node, annotated.rest, this.context(path));
    const place = this.place(path);
    return transforms(place.node, place.path.rest, this.context(path));
  }

  condition(given: unknown): ExpressionNode {
    const { condition } = readConditions(this.query, (path) => this.annotationAt(path), [given], 'When');
    return this.#nodes.inside(condition);
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
    if (path.startsWith('-') || !this.#knows(first))
      throw unknownField(this.query.meta, first, [...this.annotations.keys()]);
    const resolved = resolvePath(this.query.meta, path);
    const table = this.join(this.base, resolved.hops, path);
    const spared = resolved.allHops[resolved.hops.length];
    if (spared !== undefined) this.tree.spare(table, spared);
    return this.#at(resolved, table);
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
    return { table: this.join(this.base, resolved.allHops, path), relation: resolved.relation! };
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
    for (const [index, hop] of start.allHops.entries())
      table = this.tree.join(table, hop, this.reusable, index === start.allHops.length - 1 ? alias : null);
    if (table.on === null)
      table.on = this.sharing(new Set([table]), () =>
        this.#nodes.on(filtered.condition, filtered.relation, table),
      ).result;
    if (names.length === 0 || !(relation.to.relations.has(names[0]!) || relation.to.fieldsByName.has(names[0]!))) {
      const target = relation.to.pk;
      return { node: this.fieldColumn(target, table), table, path: { ...start, target, key: target, rest: names } };
    }
    const resolved = resolvePath(relation.to, names.join('__'));
    const end = this.join(table, resolved.hops, path);
    return this.#at(resolved, end);
  }

  isFilteredRelation(name: string): boolean {
    return this.#filteredRelations.has(name);
  }

  /** Joins what `hops` lead to, sharing tables where the step at hand may. */
  join(start: JoinedTable, hops: readonly Hop[], path: string): JoinedTable {
    if (hops.length > 0 && !this.allowJoins) {
      throw new FieldError('join-not-allowed', `'${path}' leads to another table, which is not possible here.`);
    }
    let table = start;
    for (const hop of hops) {
      table = this.tree.join(table, hop, this.reusable);
      this.#used.add(table);
    }
    return table;
  }

  /** Runs `make` with these tables, and those that it joins, as the ones that may be shared; gives the tables that it used. */
  sharing<T>(reusable: Set<JoinedTable>, make: () => T): { result: T; used: ReadonlySet<JoinedTable> } {
    const before = { reusable: this.reusable, used: this.#used };
    this.reusable = reusable;
    this.#used = new Set();
    try {
      return { result: make(), used: this.#used };
    } finally {
      this.reusable = before.reusable;
      this.#used = before.used;
    }
  }
  /** Tables that the filter() at hand has joined, or found joined. */
  get used(): ReadonlySet<JoinedTable> {
    return this.#used;
  }
  /** Tables whose joins are INNER whatever the conditions say. */
  get requiredAliases(): Set<string> {
    return new Set([...this.#nodes.required.aliases(), ...this.#demanded]);
  }

  /** A query as the right side of a lookup. */
  nested(query: Query, use: SubqueryUse, key: BoundField | null, width: number): QueryNode {
    return this.subselect(query, this, use, key, width);
  }
  /** The rows of the model for which one condition holds, planned by themselves. */
  inner(condition: LookupCondition): Planner {
    const query = change(allRows(this.query.meta), { steps: [{ kind: 'filter', condition, sticky: false }] }, null);
    return new Planner(query, this.subselect, this, this.checking).run();
  }

  /** The field that a column made by `fieldColumn` stands for. */
  fieldOf(node: ExpressionNode): BoundField | undefined {
    return this.#fields.get(node);
  }

  /** A column of a joined table; of a composite key the tuple of its columns. */
  fieldColumn(field: BoundField, table: JoinedTable = this.base): ExpressionNode {
    const node = columnOf(field, table.alias);
    this.#fields.set(node, field);
    return node;
  }

  /** A column of the query's own model, joining the parent's table where an inherited field stands. */
  ownColumn(field: BoundField): ExpressionNode {
    const hops =
      field.model.concrete === this.query.meta.concrete
        ? []
        : (this.query.meta.concrete.ancestors.get(field.model) ?? []);
    const last = hops[hops.length - 1];
    if (last !== undefined && last.toField === field && hops.length === 1) return this.fieldColumn(last.fromField);
    return this.fieldColumn(field, this.join(this.base, hops, field.name));
  }

  /** What a lookup or transform at the end of `path` may ask. */
  context(path: string): LookupContext {
    return { timeZone: this.timeZone, subject: `${this.query.meta.name}.${path}` };
  }
}
