import { ValueError } from '../errors.js';
import type { Hop, ModelMeta } from '../schema/model-meta.js';
import { and, column, equal } from '../sql/build.js';
import type { ExpressionNode } from '../sql/expression-nodes.js';
import type { JoinNode } from '../sql/statement-nodes.js';

/** A table in the FROM clause. */
export interface JoinedTable {
  readonly alias: string;
  readonly table: string;
  readonly parent: JoinedTable | null;
  /** Null for the first table and for common tables, which nothing but `on` joins. */
  readonly hop: Hop | null;
  /** Conditions of a filtered relation or a common table, put into ON; null until it is resolved. */
  on: ExpressionNode | null;
  readonly filteredRelation: string | null;
  /** The name that the table has where the query stands alone: that of its model's table, or T2, T3 … when it is joined again. */
  readonly plainAlias: string;
}

const NOTHING = { has: () => false };

/** A join that was not needed, since the key before it says the same; it counts when tables are named. */
interface SparedJoin {
  readonly parent: JoinedTable;
  readonly hop: Hop;
  readonly plainAlias: string;
}

/** Joins that a filter may share: those that the same call made. Null shares all. */
export type Reusable = Set<JoinedTable> | null;

/**
 * The tables of one SELECT, as they are asked for. Joins to one row are always shared; joins to many rows only where the
 * caller says so, since each filter() call may mean other rows (Django's "Spanning multi-valued relationships").
 */
export class JoinTree {
  readonly tables: JoinedTable[] = [];
  readonly #names = new Set<string>();
  #spared: SparedJoin[] = [];

  /**
   * `prefix` null: tables go by their own name and repeated ones by T2, T3 …; else by U0, U1 … `hidden`: names, in lower case, that
   * mean other tables in the statement around.
   */
  constructor(
    readonly prefix: string | null,
    readonly hidden: { has(name: string): boolean } = NOTHING,
  ) {}

  /** The first table. */
  start(meta: ModelMeta): JoinedTable {
    return this.#add(meta.dbTable, null, null, null);
  }

  /** The first table, a common one. */
  startCommon(name: string): JoinedTable {
    return this.#addNamed(name, null, null, null);
  }
  /** Joins a common table; what it is joined on is put into its `on`. */
  joinCommon(parent: JoinedTable, name: string): JoinedTable {
    return this.#addNamed(name, parent, null, null);
  }

  /** The table that `hop` leads to from `parent`, shared where that is right. */
  join(parent: JoinedTable, hop: Hop, reusable: Reusable, filteredRelation: string | null = null): JoinedTable {
    const shared = this.tables.filter(
      (table) =>
        table.parent === parent &&
        table.filteredRelation === filteredRelation &&
        table.hop !== null &&
        sameHop(table.hop, hop) &&
        (reusable === null || !hop.multi || reusable.has(table)),
    );
    const table = shared[shared.length - 1] ?? this.#add(hop.to.dbTable, parent, hop, filteredRelation);
    reusable?.add(table);
    return table;
  }

  /** Notes a join that a key stands for: in a query of its own the table would have taken a name (`plainAlias`). */
  spare(parent: JoinedTable, hop: Hop): void {
    const known = [...this.tables, ...this.#spared].some(
      (each) => each.parent === parent && each.hop !== null && sameHop(each.hop, hop),
    );
    if (!known) this.#spared.push({ parent, hop, plainAlias: this.#plainAlias(hop.to.dbTable) });
  }

  #plainAlias(name: string): string {
    const all = [...this.tables, ...this.#spared];
    return all.some(({ plainAlias }) => plainAlias === name) ? `T${all.length + 1}` : name;
  }

  /** Leaves out tables that nothing joins or reads any more: the head of a path that a subquery does not need. */
  without(tables: ReadonlySet<JoinedTable>): JoinedTable[] {
    return this.tables.filter((table) => !tables.has(table));
  }

  #add(name: string, parent: JoinedTable | null, hop: Hop | null, filteredRelation: string | null): JoinedTable {
    if (this.hidden.has(name.toLowerCase())) {
      throw new ValueError(
        'cte-name',
        `A common table expression named '${name}' hides the table of that name, which the statement reads: name it otherwise.`,
      );
    }
    return this.#addNamed(name, parent, hop, filteredRelation);
  }

  #addNamed(name: string, parent: JoinedTable | null, hop: Hop | null, filteredRelation: string | null): JoinedTable {
    const own = filteredRelation ?? name;
    const spared = this.#spared.find((each) => each.parent === parent && hop !== null && sameHop(each.hop, hop));
    this.#spared = this.#spared.filter((each) => each !== spared);
    const plainAlias = spared?.plainAlias ?? this.#plainAlias(own);
    const table: JoinedTable = {
      alias: this.#alias(own),
      table: name,
      parent,
      hop,
      on: null,
      filteredRelation,
      plainAlias,
    };
    this.tables.push(table);
    return table;
  }

  #alias(name: string): string {
    let alias = this.prefix === null ? name : `${this.prefix}${this.tables.length}`;
    for (let n = this.tables.length + 1; this.#names.has(alias.toLowerCase()); n += 1) alias = `T${n}`;
    this.#names.add(alias.toLowerCase());
    return alias;
  }
}

const sameHop = (a: Hop, b: Hop): boolean =>
  a === b ||
  (a.fromField === b.fromField && a.toField === b.toField && a.to.dbTable === b.to.dbTable && a.direct === b.direct);

/**
 * The JOIN clauses, with INNER and LEFT chosen: LEFT where the other side may be missing, unless some condition cannot hold
 * without it (`required`). An INNER join below a LEFT one would undo it, so what hangs on a LEFT join is LEFT too.
 */
export function joinNodes(tables: readonly JoinedTable[], required: ReadonlySet<string>): JoinNode[] {
  const needed = new Set<JoinedTable>();
  for (const table of tables) {
    if (!required.has(table.alias)) continue;
    for (let each: JoinedTable | null = table; each !== null && !needed.has(each); each = each.parent) needed.add(each);
  }
  const left = new Set<JoinedTable>();
  const nodes: JoinNode[] = [];
  for (const table of tables) {
    const { parent, hop } = table;
    if (parent === null) continue;
    const isLeft = !needed.has(table) && (hop?.nullable === true || table.on !== null || left.has(parent));
    if (isLeft) left.add(table);
    const key =
      hop === null
        ? []
        : [
            equal(
              column(parent.alias, hop.fromField.column, hop.fromField.type),
              column(table.alias, hop.toField.column, hop.toField.type),
            ),
          ];
    nodes.push({
      kind: 'join',
      type: isLeft ? 'LEFT' : 'INNER',
      source: { kind: 'table', name: table.table, alias: table.alias },
      on: and(table.on === null ? key : [...key, table.on]),
    });
  }
  return nodes;
}

/** Whether rows may come without this table: it, or one before it, may be missing. */
export function mayBeMissing(table: JoinedTable): boolean {
  for (let each: JoinedTable | null = table; each !== null; each = each.parent) {
    if (each.hop?.nullable === true || each.on !== null || each.filteredRelation !== null) return true;
  }
  return false;
}
