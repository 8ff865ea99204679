import type { Relation } from '../schema/model-meta.js';
import { count as countRows, exists as existRows } from './aggregate.js';
import { create } from './create.js';
import { type GetOrCreateOptions, getOrCreate, type UpdateOrCreateOptions, updateOrCreate } from './get-or-create.js';
import {
  addKeys,
  clearKeys,
  isBlind,
  isHeard,
  joinRows,
  joinTable,
  keysOf,
  ROWS_AT_ONCE,
  removeKeys,
  type ThroughOptions,
  targetKeys,
  together,
} from './join-table.js';
import { mapKey } from './keys.js';
import { allRows, type Query } from './query.js';
import type { QuerySet } from './queryset.js';
import {
  type Listed,
  listed,
  objectsAndOptions,
  type QuerySetClass,
  type RelatedManagerClass,
  relatedRows,
} from './related-rows.js';

type Values = Readonly<Record<string, unknown>>;

export type ManyToManyClass = RelatedManagerClass<QuerySet>;

/** The manager of the objects that an instance is related to over a join table. */
export function manyToManyManager(Base: QuerySetClass): ManyToManyClass {
  return class ManyToManyManager extends relatedRows(Base) {
    /** The class of the join table's rows. */
    get through(): object {
      return this.relation.through!.modelClass;
    }

    /** Relates objects, given as instances or keys. Those that are related already stay so, in plain join tables. */
    async add(...args: unknown[]): Promise<void> {
      const [objects, options] = objectsAndOptions<ThroughOptions>(args, ['throughDefaults']);
      const table = await joinTable(this.instance, this.relation);
      const keys = targetKeys(table, objects, 'add');
      this.forget();
      if (keys.length > 0)
        await together(table, !isBlind(table) || keys.length > ROWS_AT_ONCE / 2, () => addKeys(table, keys, options));
    }
    /** Takes objects out of the relation, given as instances or keys; they are not deleted. */
    async remove(...objects: unknown[]): Promise<void> {
      const table = await joinTable(this.instance, this.relation);
      const keys = targetKeys(table, objects, 'remove');
      this.forget();
      if (keys.length > 0) await together(table, isHeard(table), () => removeKeys(table, keys));
    }
    /** Takes all objects out of the relation. */
    async clear(): Promise<void> {
      const table = await joinTable(this.instance, this.relation);
      this.forget();
      await together(table, isHeard(table), () => clearKeys(table));
    }
    /** Relates exactly these objects: the others are taken out, the missing ones added. */
    async set(objects: Listed, options: ThroughOptions & { clear?: boolean } = {}): Promise<void> {
      const table = await joinTable(this.instance, this.relation);
      const wanted = targetKeys(table, await listed(objects), 'set');
      this.forget();
      await table.database.atomic(
        async () => {
          if (options.clear === true) {
            await clearKeys(table);
            if (wanted.length > 0) await addKeys(table, wanted, options);
            return;
          }
          const before = new Map(
            (await keysOf({ ...this.query, using: table.database.alias }, this.relation)).map((key) => [
              mapKey(key),
              key,
            ]),
          );
          const added = wanted.filter((key) => !before.delete(mapKey(key)));
          if (before.size > 0) await removeKeys(table, [...before.values()]);
          if (added.length > 0) await addKeys(table, added, options);
        },
        { savepoint: false },
      );
    }

    override async create(values: Values = {}, options: ThroughOptions = {}): Promise<object> {
      return this.#relate(await create(newObjects(this.query, this.relation), values), options);
    }
    override async getOrCreate(
      lookups: Values,
      options: GetOrCreateOptions & ThroughOptions = {},
    ): Promise<[object, boolean]> {
      const [object, isNew] = await getOrCreate(this.query, lookups, options, (_, values) =>
        create(newObjects(this.query, this.relation), values),
      );
      return [isNew ? await this.#relate(object, options) : object, isNew];
    }
    override async updateOrCreate(
      lookups: Values,
      options: UpdateOrCreateOptions & ThroughOptions = {},
    ): Promise<[object, boolean]> {
      const [object, isNew] = await updateOrCreate(this.query, lookups, options, (_, values) =>
        create(newObjects(this.query, this.relation), values),
      );
      return [isNew ? await this.#relate(object, options) : object, isNew];
    }
    async #relate(object: object, { throughDefaults }: ThroughOptions): Promise<object> {
      await this.add(object, ...(throughDefaults === undefined ? [] : [{ throughDefaults }]));
      return object;
    }

    // The join table alone knows how many there are.
    override async count(): Promise<number> {
      const rows = this.prefetched === null ? joinRows(this.query, this.instance, this.relation) : null;
      return rows === null ? super.count() : countRows(rows);
    }
    override async exists(): Promise<boolean> {
      const rows = this.prefetched === null ? joinRows(this.query, this.instance, this.relation) : null;
      return rows === null ? super.exists() : existRows(rows);
    }
  } as unknown as ManyToManyClass;
}

/** New objects belong to the model, not to the relation: that they are related is another row. */
const newObjects = (query: Query, relation: Relation): Query => ({
  ...allRows(relation.to),
  using: query.using,
  hint: query.hint,
});
