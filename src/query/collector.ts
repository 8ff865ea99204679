import type { Database } from '../database/database.js';
import { instances } from '../schema/instance.js';
import type { BoundField, ModelMeta, Relation } from '../schema/model-meta.js';
import { postDelete, preDelete } from '../signals/model-signals.js';
import type { Eventual } from '../util/eventual.js';
import { getOrMake } from '../util/get-or-make.js';
import { protectedError, restrictedError } from './deletion-errors.js';
import { DeletionOrder } from './deletion-order.js';
import { fetchAll } from './fetch.js';
import { whereAnyKeyIn, whereKeyIn } from './key-condition.js';
import { compareKeys, mapKey } from './keys.js';
import { runPlanned } from './plans.js';
import { allRows, change, type Query } from './query.js';
import {
  goesUnseen,
  hasListeners,
  isSetBlindly,
  referredKeys,
  referredNames,
  referrersOf,
  valueToSet,
} from './referrers.js';
import { deleteKeys } from './row-writes.js';
import { toDelete } from './to-delete.js';
import { updateFields } from './update.js';

/** Rows deleted in all, and per model's label. */
export type DeletionCounts = [total: number, perModel: Record<string, number>];

/** A row that is to go: by its key alone where nobody needs the instance. */
interface Doomed {
  readonly pk: unknown;
  readonly instance: object | null;
}
type DoomedRows = Map<unknown, Doomed>;

/** Columns that are to be set before rows go, for the rows whose column is one of the keys. */
interface FieldUpdate {
  readonly field: BoundField;
  readonly value: unknown;
  readonly keys: unknown[];
}

/** What one level of the collection is told. */
interface Level {
  /** The model whose rows lead here; those must go after these. */
  readonly source: ModelMeta | null;
  /** The rows refer to `source` by a key that may be null, so their order does not matter. */
  readonly nullable: boolean;
  /** These rows are the parents of `source`'s: they go after them. */
  readonly isParent: boolean;
  readonly keepParents: boolean;
}
const FIRST: Level = { source: null, nullable: false, isParent: false, keepParents: false };

/**
 * Everything that goes when rows are deleted, as `onDelete` says: gathered first, level by level with one query for each
 * relation, so that what forbids the deletion is found before anything is changed; then deleted, referring rows first.
 * See "onDelete" in docs/relations.md.
 */
export class Collector {
  readonly #database: Database;
  readonly #origin: object;
  readonly #rows = new Map<ModelMeta, DoomedRows>();
  readonly #order = new DeletionOrder();
  /** Deletions that need no look at the rows. */
  readonly #unseen: Query[] = [];
  readonly #updates: FieldUpdate[] = [];
  /** Rows that forbid the deletion unless they go as well. */
  readonly #restricted = new Map<Relation, DoomedRows>();

  /** `origin` is what `delete()` was called on, for signals. */
  constructor(database: Database, origin: object) {
    this.#database = database;
    this.#origin = origin;
  }

  /** Gathers what goes along with the rows of a query. */
  async collectQuery(query: Query): Promise<void> {
    if (goesUnseen(query.meta, null)) this.#unseen.push(query);
    else await this.#collect(query.meta, await this.#fetch(query), FIRST, true);
  }

  /** Gathers what goes along with one instance. */
  async collectInstance(meta: ModelMeta, instance: object, keepParents: boolean): Promise<void> {
    await this.#collect(meta, [instance], { ...FIRST, keepParents }, true);
  }

  // --- gathering -------------------------------------------------------------------------------------------------------------

  async #collect(meta: ModelMeta, found: readonly object[], level: Level, isFirst: boolean): Promise<void> {
    const added = this.#add(
      meta,
      found.map((instance) => ({ pk: instances().pk(instance), instance })),
      level,
    );
    if (added.length === 0) return;
    const objects = added.map(({ instance }) => instance!);
    if (!level.keepParents) await this.#collectParents(meta, objects);
    const blocking = new Map<Relation, readonly object[]>();
    const fast = new Map<ModelMeta, Relation[]>();
    const kept = level.keepParents ? new Set(meta.concrete.ancestors.keys()) : null;
    for (const relation of referrersOf(meta)) {
      if (kept?.has(relation.from.concrete) === true) continue;
      const { action } = relation.onDelete;
      if (action === 'DO_NOTHING' || action.startsWith('DB_')) continue;
      if (action === 'CASCADE' && goesUnseen(relation.to, relation.key))
        getOrMake(fast, relation.to, () => []).push(relation);
      else await this.#follow(relation, objects, blocking);
    }
    if (blocking.size > 0) throw protectedError(meta, blocking);
    for (const [to, relations] of fast) {
      this.#unseen.push(
        whereAnyKeyIn(
          allRows(to),
          relations.map((relation) => ({ field: relation.key, keys: referredKeys(relation, objects) })),
        ),
      );
    }
    if (isFirst) await this.#checkRestricted(meta);
  }

  /** Adds rows that are not known yet, and gives those. */
  #add(meta: ModelMeta, rows: readonly Doomed[], level: Level): Doomed[] {
    if (rows.length === 0) return [];
    const known = this.#rowsOf(meta);
    const added = rows.filter(({ pk }) => !known.has(mapKey(pk)));
    for (const row of added) known.set(mapKey(row.pk), row);
    if (level.source !== null && !level.nullable) {
      if (level.isParent) this.#order.mustGoBefore(level.source, meta);
      else this.#order.mustGoBefore(meta, level.source);
      this.#rowsOf(level.isParent ? level.source : meta);
    }
    return added;
  }

  #rowsOf(meta: ModelMeta): DoomedRows {
    return getOrMake(this.#rows, meta, () => new Map());
  }

  /** The rows of the parents' tables. What refers to them refers to the child's object too, and is followed from there. */
  async #collectParents(meta: ModelMeta, objects: readonly object[]): Promise<void> {
    for (const [parent, link] of meta.concrete.parents) {
      const keys = objects.map((object) => (object as Record<string, unknown>)[link.attname]);
      const seen = hasListeners(parent) ? await this.#fetch(whereKeyIn(allRows(parent), parent.pk, keys)) : null;
      const rows =
        seen === null
          ? keys.map((pk) => ({ pk, instance: null }))
          : seen.map((instance) => ({ pk: instances().pk(instance), instance }));
      this.#add(parent, rows, { ...FIRST, source: meta, isParent: true });
      const above = parent.concrete.parents.size > 0 ? (seen ?? objects) : [];
      if (above.length > 0) await this.#collectParents(parent, above);
    }
  }

  /** What refers to `objects` through one relation. */
  async #follow(
    relation: Relation,
    objects: readonly object[],
    blocking: Map<Relation, readonly object[]>,
  ): Promise<void> {
    const { key, onDelete, to } = relation;
    if (isSetBlindly(relation)) return this.#set(relation, await valueToSet(relation), objects);
    const found = await this.#fetch(this.#referring(relation, objects));
    if (found.length === 0) return;
    switch (onDelete.action) {
      case 'CASCADE':
        await this.#collect(
          to,
          found,
          { ...FIRST, source: relation.from, nullable: key.nullable, keepParents: false },
          false,
        );
        // such a database checks each statement: the key is emptied first, for its rows may go in any order
        if (key.nullable && !this.#database.features.deferrableConstraints) this.#set(relation, null, objects);
        return;
      case 'PROTECT':
        blocking.set(relation, found);
        return;
      case 'RESTRICT':
        this.#restrict(relation, found);
        return;
      default:
        this.#set(relation, await valueToSet(relation), objects);
    }
  }

  #restrict(relation: Relation, found: readonly object[]): void {
    const rows = getOrMake(this.#restricted, relation, () => new Map());
    for (const instance of found) {
      const pk = instances().pk(instance);
      rows.set(mapKey(pk), { pk, instance });
    }
    this.#order.mustGoBefore(relation.to, relation.from);
    this.#rowsOf(relation.to);
  }

  #set(relation: Relation, value: unknown, objects: readonly object[]): void {
    const keys = referredKeys(relation, objects);
    const same = this.#updates.find(
      ({ field, value: other }) => field === relation.key && mapKey(other) === mapKey(value),
    );
    if (same !== undefined) same.keys.push(...keys);
    else this.#updates.push({ field: relation.key, value, keys: [...keys] });
  }

  /** The rows that refer to `objects`. */
  #referring(relation: Relation, objects: readonly object[]): Query {
    const { to, key } = relation;
    return whereKeyIn(allRows(to), key, referredKeys(relation, objects));
  }

  /** Rows, with no more columns than are needed to go on unless somebody is told of them. */
  async #fetch(query: Query): Promise<object[]> {
    const { meta } = query;
    const names = hasListeners(meta) ? null : [...referredNames(meta)];
    const deferral = names === null ? null : ({ mode: 'only', names } as const);
    const changes = {
      deferral,
      orderBy: [],
      selectRelated: null,
      lock: null,
      annotations: [],
      using: this.#database.alias,
    };
    return (await fetchAll(change(query, changes, names === null ? 'collect*' : 'collect'), {
      fetchMode: 'one',
    })) as object[];
  }

  /** RESTRICT forbids the deletion only when the referring rows do not go as well, whichever way. */
  async #checkRestricted(meta: ModelMeta): Promise<void> {
    const left = new Map<Relation, readonly object[]>();
    for (const [relation, rows] of this.#restricted) {
      for (const [known, doomed] of this.#rows) {
        if (known.concrete === relation.to.concrete) for (const key of doomed.keys()) rows.delete(key);
      }
      for (const query of this.#unseen) {
        if (query.meta.concrete !== relation.to.concrete || rows.size === 0) continue;
        const both = whereKeyIn(
          query,
          relation.to.pk,
          [...rows.values()].map(({ pk }) => pk),
        );
        for (const instance of await this.#fetch(both)) rows.delete(mapKey(instances().pk(instance)));
      }
      if (rows.size > 0)
        left.set(
          relation,
          [...rows.values()].map(({ instance }) => instance!),
        );
    }
    if (left.size > 0) throw restrictedError(meta, left);
  }

  // --- deleting --------------------------------------------------------------------------------------------------------------

  /** Deletes what was gathered; gives the counts. All in one transaction where it takes more than one statement. */
  async delete(): Promise<DeletionCounts> {
    const tables = this.#order
      .sorted([...this.#rows.keys()])
      .map((meta) => [meta, sortedRows(this.#rows.get(meta)!)] as const);
    const rowCount = tables.reduce((sum, [, rows]) => sum + rows.length, 0);
    const statements = tables.filter(([, rows]) => rows.length > 0).length + this.#unseen.length + this.#updates.length;
    const counts = new Map<string, number>();
    const isAlone = statements <= 1 && (rowCount === 0 || tables.every(([meta]) => !hasListeners(meta)));
    if (isAlone) await this.#run(tables, counts);
    else await this.#database.atomic(() => this.#run(tables, counts), { savepoint: false });
    for (const [meta, rows] of tables) {
      for (const { instance } of rows)
        if (instance !== null) (instance as Record<string, unknown>)[meta.pk.attname] = null;
    }
    return [[...counts.values()].reduce((sum, count) => sum + count, 0), Object.fromEntries(counts)];
  }

  async #run(tables: readonly (readonly [ModelMeta, readonly Doomed[]])[], counts: Map<string, number>): Promise<void> {
    const count = (meta: ModelMeta, rows: number): void => {
      if (rows > 0) counts.set(meta.label, (counts.get(meta.label) ?? 0) + rows);
    };
    for (const [meta, rows] of tables) await this.#tell(preDelete, meta, rows);
    for (const query of this.#unseen) count(query.meta, await this.#deleteUnseen(query));
    for (const { field, value, keys } of this.#updates) {
      await updateFields({ ...whereKeyIn(allRows(field.model), field, keys), using: this.#database.alias }, [
        { field, value },
      ]);
    }
    for (const [meta, rows] of tables) {
      const reversed = [...rows].reverse();
      count(
        meta,
        await deleteKeys(
          this.#database,
          meta.concrete,
          meta.concrete.pk,
          reversed.map(({ pk }) => pk),
        ),
      );
      await this.#tell(postDelete, meta, reversed);
    }
  }

  #deleteUnseen(query: Query): Eventual<number> {
    return runPlanned(query, this.#database, '=delete', () => toDelete(query, this.#database.features));
  }

  async #tell(signal: typeof preDelete, meta: ModelMeta, rows: readonly Doomed[]): Promise<void> {
    if (meta.autoCreated || !signal.hasListeners(meta.modelClass)) return;
    for (const { instance } of rows) {
      if (instance !== null)
        await signal.send(meta.modelClass, { instance, using: this.#database.alias, origin: this.#origin });
    }
  }
}

const sortedRows = (rows: DoomedRows): Doomed[] => [...rows.values()].sort((a, b) => compareKeys(a.pk, b.pk));
