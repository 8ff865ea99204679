import type { Hop } from '../schema/model-meta.js';
import type { JoinedTable, JoinTree } from './joins.js';

/** A foreign key that was read where its join was not needed. */
interface KeyRead {
  readonly table: JoinedTable;
  readonly hop: Hop;
}

/**
 * Tables whose joins are INNER though no condition says so by itself. It comes from exclusive or alone: Django makes the joins
 * of each group of conditions inside one INNER, and only alternatives around it, or an expression that it stands in, take
 * that back.
 */
export class RequiredTables {
  readonly #tree: JoinTree;
  readonly #aliases = new Set<string>();
  /** What was required before the filter() at hand: that stays. */
  #settled: ReadonlySet<string> = new Set();
  /** What a negated exclusive or requires: unlike a plain one it tells the conditions around it. */
  #told = new Set<string>();
  #keysRead: KeyRead[] = [];
  readonly #requiredKeys: KeyRead[] = [];

  constructor(tree: JoinTree) {
    this.#tree = tree;
  }

  /** A new filter() begins. */
  settle(): void {
    this.#settled = new Set(this.#aliases);
  }

  require(aliases: Iterable<string>, told = false): void {
    for (const alias of this.withParents(aliases)) {
      this.#aliases.add(alias);
      if (told) this.#told.add(alias);
    }
  }

  /**
   * Takes back that tables are required, where they may be missing at all, and with them those joined behind them: what hangs
   * on a LEFT join is LEFT too.
   */
  release(aliases: ReadonlySet<string>): void {
    const left = new Set<JoinedTable>();
    const released = new Set<JoinedTable>();
    for (const table of this.#tree.tables) {
      const { parent, alias, hop } = table;
      if (parent === null) continue;
      const mayBeLeft = hop?.nullable === true || left.has(parent);
      const isReleased = released.has(parent) || (aliases.has(alias) && !this.#settled.has(alias) && mayBeLeft);
      if (isReleased) {
        released.add(table);
        this.#aliases.delete(alias);
      }
      if (isReleased || (mayBeLeft && !this.#aliases.has(alias))) left.add(table);
    }
  }

  /** The aliases with those of the tables that they are joined to: who needs the one needs the others. */
  withParents(aliases: Iterable<string>): Set<string> {
    const all = new Set(aliases);
    for (const { parent, alias } of [...this.#tree.tables].reverse())
      if (parent !== null && all.has(alias)) all.add(parent.alias);
    return all;
  }

  /** Runs `make`; gives its result and what negated exclusive ors inside it required. */
  telling<T>(make: () => T): { result: T; told: Set<string> } {
    const before = this.#told;
    this.#told = new Set();
    try {
      return { result: make(), told: this.#told };
    } finally {
      for (const alias of this.#told) before.add(alias);
      this.#told = before;
    }
  }

  /** Notes that a key stood for the join behind it. */
  readKey(table: JoinedTable, hop: Hop): void {
    this.#keysRead.push({ table, hop });
  }

  /** Runs `make`; with `isRequired` of its result the joins that keys stood for are required too, should something else make them. */
  requiringKeys<T>(make: () => T, isRequired: (result: T) => boolean): T {
    const before = this.#keysRead;
    this.#keysRead = [];
    const result = make();
    if (isRequired(result)) this.#requiredKeys.push(...this.#keysRead);
    this.#keysRead = before;
    return result;
  }

  /** The aliases, for the plan of the joins. */
  aliases(): Set<string> {
    const required = new Set(this.#aliases);
    for (const { table, hop } of this.#requiredKeys) {
      for (const joined of this.#tree.tables)
        if (joined.parent === table && joined.hop === hop) required.add(joined.alias);
    }
    return required;
  }
}
