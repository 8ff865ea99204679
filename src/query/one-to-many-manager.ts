import { routeWrite } from '../database/router.js';
import { ValueError } from '../errors.js';
import { instances, saveInstance } from '../schema/instance.js';
import type { ModelMeta, Relation } from '../schema/model-meta.js';
import { create } from './create.js';
import { writeDatabase } from './databases-for.js';
import { fetchAll } from './fetch.js';
import { type GetOrCreateOptions, getOrCreate, type UpdateOrCreateOptions, updateOrCreate } from './get-or-create.js';
import { whereKeyIn } from './key-condition.js';
import { mapKey } from './keys.js';
import { allRows, type Query } from './query.js';
import type { QuerySet } from './queryset.js';
import {
  instanceOf,
  type Listed,
  listed,
  objectsAndOptions,
  type QuerySetClass,
  type RelatedManagerClass,
  relatedRows,
} from './related-rows.js';
import { updateFields } from './update.js';

type Row = Record<string, unknown>;
type Values = Readonly<Record<string, unknown>>;

/** How rows are changed: all by one UPDATE, or each by its own `save()`. */
export interface BulkOptions {
  readonly bulk: boolean;
}
export type OneToManyClass = RelatedManagerClass<QuerySet>;

/** The manager of the rows that refer to an instance by a foreign key; they can be taken out only where the key may be null. */
export function oneToManyManager(Base: QuerySetClass, canRemove: boolean): OneToManyClass {
  class OneToManyManager extends relatedRows(Base) {
    /** Makes objects refer to the instance. One UPDATE for saved objects; with `bulk: false` each is saved. */
    async add(...args: unknown[]): Promise<void> {
      const [objects, { bulk = true }] = objectsAndOptions<BulkOptions>(args, ['bulk']);
      await addTo(this.instance, this.relation, objects, bulk);
      this.forget();
    }
    /** Makes exactly these objects refer to the instance. Where the key cannot be null, others are left as they are. */
    async set(objects: Listed, options: { bulk?: boolean; clear?: boolean } = {}): Promise<void> {
      const { bulk = true, clear = false } = options;
      const wanted = await listed(objects);
      if (!canRemove) return this.add(...wanted, { bulk });
      const database = await writeDatabase(this.relation.to, this.query.using, this.instance);
      await database.atomic(
        async () => {
          if (clear) {
            await clearRows(this.relation, this.query, bulk);
            await addTo(this.instance, this.relation, wanted, bulk);
          } else await this.#change(wanted, bulk, database.alias);
        },
        { savepoint: false },
      );
      this.forget();
    }
    async #change(wanted: readonly unknown[], bulk: boolean, using: string): Promise<void> {
      const { to } = this.relation;
      const before = new Map(
        ((await fetchAll({ ...this.query, using }, { fetchMode: null })) as object[]).map((object) => [
          mapKey(instances().pk(object)),
          object,
        ]),
      );
      const added = wanted.filter((object) => !before.delete(mapKey(instances().pk(instanceOf(to, object, 'set')))));
      if (before.size > 0) await removeFrom(this.instance, this.relation, this.query, [...before.values()], bulk);
      await addTo(this.instance, this.relation, added, bulk);
    }

    override async create(values: Values = {}): Promise<object> {
      const made = await create(this.query, { ...values, ...own(this.instance, this.relation) });
      this.forget();
      return made;
    }
    override async getOrCreate(lookups: Values, options: GetOrCreateOptions = {}): Promise<[object, boolean]> {
      return this.#known(
        await getOrCreate(this.query, lookups, options, (query, values) =>
          create(query, { ...values, ...own(this.instance, this.relation) }),
        ),
      );
    }
    override async updateOrCreate(lookups: Values, options: UpdateOrCreateOptions = {}): Promise<[object, boolean]> {
      return this.#known(
        await updateOrCreate(this.query, lookups, options, (query, values) =>
          create(query, { ...values, ...own(this.instance, this.relation) }),
        ),
      );
    }
    #known(found: [object, boolean]): [object, boolean] {
      const { known } = this.extras;
      if (known !== null && !found[1]) instances().cache(found[0], known.name, known.instance);
      this.forget();
      return found;
    }
  }
  if (!canRemove) return OneToManyManager as OneToManyClass;
  return class extends OneToManyManager {
    /** Takes objects out: their key becomes null. Throws the owner's DoesNotExist for one that does not refer to the instance. */
    async remove(...args: unknown[]): Promise<void> {
      const [objects, { bulk = true }] = objectsAndOptions<BulkOptions>(args, ['bulk']);
      if (objects.length === 0) return;
      await removeFrom(this.instance, this.relation, this.query, objects, bulk);
      this.forget();
    }
    /** Takes all objects out. */
    async clear(options: { bulk?: boolean } = {}): Promise<void> {
      await clearRows(this.relation, this.query, options.bulk ?? true);
      this.forget();
    }
  } as OneToManyClass;
}

/** The value that makes a new row refer to the instance. */
const own = (instance: object, relation: Relation): Values => ({ [relation.inverse.name]: instance });

function refer(object: object, instance: object, relation: Relation): void {
  (object as Row)[relation.inverse.name] = instance;
}

async function addTo(instance: object, relation: Relation, objects: readonly unknown[], bulk: boolean): Promise<void> {
  const { to, key } = relation;
  const checked = objects.map((object) => instanceOf(to, object, 'add'));
  if (checked.length === 0) return;
  const database = await writeDatabase(to, null, instance);
  if (bulk) {
    for (const object of checked) {
      if (instances().isAdding(object) || !isWrittenTo(database.alias, to, object)) {
        throw new ValueError(
          'unsaved-instance',
          `add() was given a ${to.name} that is not saved in this database. Use bulk: false, or save it first.`,
        );
      }
    }
  }
  for (const object of checked) refer(object, instance, relation);
  if (bulk) {
    const keys = [
      ...new Map(checked.map((object) => [mapKey(instances().pk(object)), instances().pk(object)])).values(),
    ];
    const value = (instance as Row)[relation.hops[0]!.fromField.attname];
    await updateFields(whereKeyIn({ ...allRows(to), using: database.alias }, to.pk, keys), [{ field: key, value }]);
    return;
  }
  await database.atomic(
    async () => {
      for (const object of checked) await saveInstance(object, { using: database.alias });
    },
    { savepoint: false },
  );
}

/** Whether an object is there where the key is written: it came from there, or from a copy whose changes go there. */
function isWrittenTo(alias: string, to: ModelMeta, object: object): boolean {
  const origin = instances().origin(object)?.alias;
  return origin === alias || (origin !== undefined && routeWrite(to, { instance: object }) === alias);
}

async function removeFrom(
  instance: object,
  relation: Relation,
  query: Query,
  objects: readonly unknown[],
  bulk: boolean,
): Promise<void> {
  const { to, from } = relation;
  const owner = mapKey((instance as Row)[relation.hops[0]!.fromField.attname]);
  const keys = objects.map((object) => {
    const checked = instanceOf(to, object, 'remove');
    if (mapKey((checked as Row)[relation.key.attname]) === owner) return instances().pk(checked);
    throw new from.modelClass.DoesNotExist(
      'not-related',
      `This ${to.name} does not refer to this ${from.name}, so it cannot be taken out of it.`,
    );
  });
  await clearRows(relation, whereKeyIn(query, to.pk, keys), bulk);
}

/** Sets the key of rows to null. */
async function clearRows(relation: Relation, query: Query, bulk: boolean): Promise<void> {
  const { key, to } = relation;
  if (bulk) {
    await updateFields({ ...query, orderBy: [] }, [{ field: key, value: null }]);
    return;
  }
  const database = await writeDatabase(to, query.using, query.hint);
  await database.atomic(
    async () => {
      for (const object of (await fetchAll({ ...query, using: database.alias }, { fetchMode: null })) as object[]) {
        (object as Row)[relation.inverse.name] = null;
        await saveInstance(object, { using: database.alias, updateFields: [key.name] });
      }
    },
    { savepoint: false },
  );
}
