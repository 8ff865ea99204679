import type { Database } from '../database/database.js';
import { mayRelate } from '../database/router.js';
import { typeError, ValueError } from '../errors.js';
import { instances } from '../schema/instance.js';
import type { BoundField, ModelMeta, Relation } from '../schema/model-meta.js';
import { type ManyToManyAction, m2mChanged } from '../signals/model-signals.js';
import { cacheName } from './absent.js';
import { bulkCreate } from './bulk-create.js';
import { writeDatabase } from './databases-for.js';
import { deleteRows } from './delete-rows.js';
import { fetchAll } from './fetch.js';
import { KeyCondition, RelatedColumn, whereAnyOf, whereKeyIn, withCondition } from './key-condition.js';
import { mapKey } from './keys.js';
import { relatedQuery } from './load-related.js';
import { allRows, change, type Query } from './query.js';
import { isKindOf } from './related-rows.js';
import { insertRows } from './row-writes.js';

type Row = Record<string, unknown>;
type Values = Readonly<Record<string, unknown>>;

export interface ThroughOptions {
  /** Values for the join table's other columns; functions are called. */
  readonly throughDefaults?: Values;
}
/** Rows of a join table inserted by one statement at most. */
export const ROWS_AT_ONCE = 1000;

/** The join table as one instance sees it. */
export interface JoinTable {
  readonly database: Database;
  readonly instance: object;
  readonly relation: Relation;
  readonly through: ModelMeta;
  readonly source: BoundField;
  readonly target: BoundField;
  /** The key by which rows refer to the instance. */
  readonly key: unknown;
}

export async function joinTable(instance: object, relation: Relation): Promise<JoinTable> {
  const through = relation.through!;
  return {
    database: await writeDatabase(through, null, instance),
    instance,
    relation,
    through,
    source: relation.sourceKey!,
    target: relation.targetKey!,
    key: (instance as Row)[relation.hops[0]!.fromField.attname],
  };
}

/** The keys of what was given: instances or keys, each once. */
export function targetKeys({ relation, instance }: JoinTable, objects: readonly unknown[], method: string): unknown[] {
  const field = relation.hops[1]!.toField;
  const keys = new Map<unknown, unknown>();
  for (const object of objects) {
    const meta = instances().metaOf(object);
    const key =
      meta === null
        ? givenKey(field, relation, object, method)
        : instanceKey(field, relation, object as Row, meta, instance, method);
    keys.set(mapKey(key), key);
  }
  return [...keys.values()];
}

function givenKey(field: BoundField, relation: Relation, value: unknown, method: string): unknown {
  if (value === undefined)
    throw typeError(
      'not-an-instance',
      `${method}() takes instances of ${relation.to.label} or their keys, not undefined.`,
    );
  return value === null ? null : field.type.prepare(value, field.name);
}

function instanceKey(
  field: BoundField,
  relation: Relation,
  object: Row,
  meta: ModelMeta,
  instance: object,
  method: string,
): unknown {
  const { to } = relation;
  if (!isKindOf(meta, to))
    throw typeError('wrong-model', `${method}() takes instances of ${to.label}, not of ${meta.label}.`);
  if (instances().origin(object) !== null && !mayRelate(object, instance)) {
    throw new ValueError(
      'other-database',
      `Cannot relate objects of different databases: '${cacheName(relation)}' was given a ${meta.name} of another one.`,
    );
  }
  const key = object[field.attname] ?? null;
  if (key === null && method !== 'remove') {
    throw new ValueError(
      'unsaved-instance',
      `${method}() was given a ${meta.name} without a value for '${field.name}': save it first.`,
    );
  }
  return key;
}

// --- the rows of the join table ----------------------------------------------------------------------------------------------

/** Whether somebody is told: of changes asked for here, not of the mirrored ones of a symmetrical relation. */
export const isHeard = ({ through }: JoinTable): boolean => m2mChanged.hasListeners(through.modelClass);

/** Whether rows that are there already are left out by the database. */
const canIgnoreConflicts = ({ through, database }: JoinTable): boolean =>
  through.autoCreated && database.features.ignoreConflicts;
/** Whether rows are added without a look at those that are there. */
export const isBlind = (table: JoinTable): boolean => canIgnoreConflicts(table) && !isHeard(table);

/** Several statements run in one transaction; one alone needs none. */
export const together = (table: JoinTable, several: boolean, work: () => Promise<void>): Promise<void> =>
  several ? table.database.atomic(work, { savepoint: false }) : work();

async function tell(table: JoinTable, action: ManyToManyAction, keys: readonly unknown[] | null): Promise<void> {
  if (!isHeard(table)) return;
  const {
    relation,
    instance,
    through,
    database: { alias },
  } = table;
  await m2mChanged.send(through.modelClass, {
    action,
    instance,
    reverse: relation.reverse,
    model: relation.to.modelClass,
    pkSet: keys === null ? null : new Set(keys),
    using: alias,
  });
}

export async function addKeys(table: JoinTable, keys: readonly unknown[], options: ThroughOptions): Promise<void> {
  const { source, target, relation } = table;
  const canIgnore = canIgnoreConflicts(table);
  const added = isBlind(table) ? keys : await missingKeys(table, source, target, keys);
  await tell(table, 'pre_add', added);
  const pairs = added.map((key) => [table.key, key]);
  if (relation.symmetrical) {
    const mirrored = canIgnore ? keys : await missingKeys(table, target, source, keys);
    pairs.push(...mirrored.map((key) => [key, table.key]));
  }
  await insertPairs(table, pairs, options, canIgnore);
  await tell(table, 'post_add', added);
}

/** Those keys for which the join table has no row yet. One SELECT. */
async function missingKeys(
  { through, database, key }: JoinTable,
  source: BoundField,
  target: BoundField,
  keys: readonly unknown[],
): Promise<unknown[]> {
  const rows = withCondition(allRows(through), new KeyCondition(new RelatedColumn([], source), { one: key }));
  const found = whereKeyIn(rows, target, keys);
  const asked = change(
    { ...found, using: database.alias },
    { rows: 'flat', names: [target.attname], orderBy: [] },
    `flat${target.attname.length}:${target.attname}`,
  );
  const known = new Set((await fetchAll(asked, { fetchMode: null })).map(mapKey));
  return keys.filter((each) => !known.has(mapKey(each)));
}

/** Inserts rows of source and target, with what else the join table wants. */
async function insertPairs(
  table: JoinTable,
  pairs: readonly (readonly unknown[])[],
  { throughDefaults }: ThroughOptions,
  ignoreConflicts: boolean,
): Promise<void> {
  const { through, source, target, database } = table;
  if (pairs.length === 0) return;
  if (!through.autoCreated) {
    const defaults = Object.fromEntries(
      Object.entries(throughDefaults ?? {}).map(([name, value]) => [
        name,
        typeof value === 'function' ? (value as () => unknown)() : value,
      ]),
    );
    const Through = through.modelClass;
    const rows = pairs.map(([from, to]) => new Through({ ...defaults, [source.attname]: from, [target.attname]: to }));
    await bulkCreate({ ...allRows(through), using: database.alias }, rows);
    return;
  }
  const conflict = ignoreConflicts ? ({ kind: 'conflict', action: 'ignore', target: [], update: [] } as const) : null;
  const shape = { table: through, fields: [source, target], returning: [], computed: false };
  const values = pairs.flat();
  for (let start = 0; start < pairs.length; start += ROWS_AT_ONCE) {
    const count = Math.min(ROWS_AT_ONCE, pairs.length - start);
    await insertRows(database, shape, { values, start, count }, conflict);
  }
}

/** Rows of the join table that relate the instance: to the keys given, or to any. Symmetrical ones both ways. */
function related(
  { through, source, target, key, relation, database }: JoinTable,
  keys: readonly unknown[] | null,
): Query {
  const oneWay = (from: BoundField, to: BoundField): KeyCondition[] => [
    new KeyCondition(new RelatedColumn([], from), { one: key }),
    ...(keys === null ? [] : [new KeyCondition(new RelatedColumn([], to), { among: keys })]),
  ];
  const ways = relation.symmetrical ? [oneWay(source, target), oneWay(target, source)] : [oneWay(source, target)];
  return whereAnyOf({ ...allRows(through), using: database.alias }, ways);
}

export async function removeKeys(table: JoinTable, keys: readonly unknown[]): Promise<void> {
  await tell(table, 'pre_remove', keys);
  await deleteRows(related(table, keys), table.instance);
  await tell(table, 'post_remove', keys);
}

export async function clearKeys(table: JoinTable): Promise<void> {
  await tell(table, 'pre_clear', null);
  await deleteRows(related(table, null), table.instance);
  await tell(table, 'post_clear', null);
}

/** The keys that the manager's rows are related by. One SELECT. */
export async function keysOf(query: Query, relation: Relation): Promise<unknown[]> {
  const { attname } = relation.hops[1]!.toField;
  const asked = change(
    query,
    { rows: 'flat', names: [attname], orderBy: [], deferral: null, selectRelated: null },
    `flat${attname.length}:${attname}`,
  );
  return fetchAll(asked, { fetchMode: null });
}

/** The manager's rows as rows of the join table alone; null where the target's table has a say as well. */
export function joinRows(query: Query, instance: object, relation: Relation): Query | null {
  const target = relation.targetKey!;
  const isEnforced = (target.field.options as { dbConstraint?: boolean }).dbConstraint !== false;
  if (!isEnforced || target.nullable || relatedQuery(relation).steps.length > 0) return null;
  const key = (instance as Row)[relation.hops[0]!.fromField.attname];
  return withCondition(
    { ...allRows(relation.through!), using: query.using, hint: instance },
    new KeyCondition(new RelatedColumn([], relation.sourceKey!), { one: key }),
  );
}
