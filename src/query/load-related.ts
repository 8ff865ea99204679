import type { RawRows } from '../database/database.js';
import { IntegerField } from '../fields/numeric.js';
import { type FetchMode, instances, lazyLoader } from '../schema/instance.js';
import type { BoundField, Relation } from '../schema/model-meta.js';
import { and, compare, literal } from '../sql/build.js';
import type { ExpressionNode } from '../sql/expression-nodes.js';
import type { Input, Resolvable, Scope } from '../sql/resolvable.js';
import { cacheName, keyOf, noteAbsent } from './absent.js';
import { isReadElsewhere, readDatabase } from './databases-for.js';
import { fetchAll } from './fetch.js';
import { KeyCondition, RelatedColumn, withCondition } from './key-condition.js';
import { mapKey } from './keys.js';
import type { Planner } from './planner.js';
import { bind, planFor } from './plans.js';
import { allRows, change, isSliced, type Query, type Step } from './query.js';
import { readerFor } from './readers.js';
import { querySettings } from './settings.js';
import { matchesNothing, ordersOf, toSelect } from './to-select.js';

type Row = Record<string, unknown>;

/** How related objects are asked for. */
export interface RelatedSource {
  readonly query: Query;
  readonly fetchMode: FetchMode | null;
  /** Whether it is noted on objects that there is nothing for them, so that nobody asks again. */
  readonly noteAbsent: boolean;
}

/** What a model's managers start from: as they are declared on its class. */
interface Managed {
  readonly defaultManager?: { readonly query: Query };
  readonly baseManager?: { readonly query: Query };
}

/** The query that a relation's objects are looked for with: to one object by the base manager, to many by the default one. */
export function relatedQuery(relation: Relation): Query {
  const { defaultManager, baseManager } = relation.to.modelClass as Managed;
  return (relation.multi ? defaultManager : baseManager)?.query ?? allRows(relation.to);
}

/**
 * Loads what a relation leads to for all `objects` with one query, and puts it in place: under the relation's name, or as the
 * property `toAttr`. Gives the loaded objects. No query when no object has a key.
 */
export async function loadRelated(
  objects: readonly object[],
  relation: Relation,
  source: RelatedSource,
  toAttr: string | null,
): Promise<object[]> {
  await loadKeys(objects, relation);
  const keys = distinctKeys(objects, relation);
  if (keys.length === 0) {
    distribute(objects, relation, new Map(), source.noteAbsent, toAttr);
    return [];
  }
  const origin = instances().origin(objects[0]!);
  const query: Query = { ...source.query, hint: objects[0]! };
  const fetchMode = source.fetchMode ?? origin?.fetchMode ?? null;
  const { rows, rowKeys } =
    relation.through === null
      ? await fetchByOwnKey(query, relation, keys, fetchMode)
      : await fetchOverJoinTable(query, relation, keys, fetchMode);
  const groups = new Map<unknown, object[]>();
  for (let index = 0; index < rows.length; index += 1) {
    const key = mapKey(rowKeys[index]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [rows[index]!]);
    else group.push(rows[index]!);
  }
  distribute(objects, relation, groups, source.noteAbsent, toAttr);
  return rows;
}

/** Foreign keys that were deferred have to be known first. */
async function loadKeys(objects: readonly object[], relation: Relation): Promise<void> {
  const { attname } = relation.hops[0]!.fromField;
  for (const object of objects) {
    if (instances().deferred(object).includes(attname)) await lazyLoader().field(object, attname);
  }
}

function distinctKeys(objects: readonly object[], relation: Relation): unknown[] {
  const keys = new Map<unknown, unknown>();
  for (const object of objects) {
    const key = keyOf(object, relation);
    if (key !== null && key !== undefined) keys.set(mapKey(key), key);
  }
  return [...keys.values()];
}

interface Keyed {
  readonly rows: object[];
  readonly rowKeys: readonly unknown[];
}

/** Related rows that hold the key themselves: to-one relations and the many side of a foreign key. */
async function fetchByOwnKey(
  query: Query,
  relation: Relation,
  keys: readonly unknown[],
  fetchMode: FetchMode | null,
): Promise<Keyed> {
  const target = relation.hops[0]!.toField;
  const own = new RelatedColumn([], target);
  const found = withCondition(withField(unsliced(query, own), target), new KeyCondition(own, { among: keys }));
  const rows = (await fetchAll(found, { fetchMode })) as object[];
  return { rows, rowKeys: rows.map((row) => (row as Row)[target.attname]) };
}

/** only() and defer() must not leave out the key by which rows are told apart. */
function withField(query: Query, field: BoundField): Query {
  const { deferral } = query;
  if (deferral === null) return query;
  const names = [field.name, field.attname];
  if (deferral.mode === 'defer')
    return change(
      query,
      { deferral: { mode: 'defer', names: deferral.names.filter((name) => !names.includes(name)) } },
      `withkey${field.attname.length}:${field.attname}`,
    );
  return change(
    query,
    { deferral: { mode: 'only', names: [...deferral.names, field.name] } },
    `withkey${field.attname.length}:${field.attname}`,
  );
}

/** The column in which a row says whose it is. */
const OWNER = '__owner';

/**
 * Related rows found over a join table, each with the key of the object that it belongs to. The join comes before all that the
 * query asks, so that its annotations are of these rows, while its filters stay free to mean others.
 */
async function fetchOverJoinTable(
  query: Query,
  relation: Relation,
  keys: readonly unknown[],
  fetchMode: FetchMode | null,
): Promise<Keyed> {
  const owner = new RelatedColumn([relation.inverse.hops[0]!], relation.sourceKey!);
  const condition = new KeyCondition(owner, { among: keys });
  const steps: Step[] = [
    { kind: 'filter', condition: { kind: 'expression', expression: condition }, sticky: false },
    { kind: 'annotate', alias: OWNER, expression: owner },
    ...query.steps,
  ];
  const { steps: all, ...rest } = unsliced({ ...query, steps }, owner);
  const found = change(
    { ...rest, steps: all, shape: query.shape },
    { annotations: [...query.annotations, OWNER] },
    `owner${isSliced(query) ? `${query.offset}-${query.limit ?? ''}` : ''}${condition.shape}`,
    condition.inputs(),
  );
  return fetchKeyed(found, fetchMode);
}

/** Instances, and beside them the values of the annotation OWNER, which they do not keep. */
async function fetchKeyed(query: Query, fetchMode: FetchMode | null): Promise<Keyed> {
  const database = await readDatabase(query);
  const plan = planFor(query, database, '=keyed', () => {
    const { node, layout } = toSelect(query);
    if (layout.kind !== 'instance') throw new Error('a prefetch yields instances');
    const compiled = database.compile(node);
    const owner = layout.annotations.find(({ name }) => name === OWNER)!.index;
    const shown = { ...layout, annotations: layout.annotations.filter(({ name }) => name !== OWNER) };
    return {
      compiled,
      extra: { reader: readerFor(shown, 'instance', compiled.decoders), owner, empty: matchesNothing(node) },
    };
  });
  const { reader, owner, empty } = plan.extra;
  if (empty) return { rows: [], rowKeys: [] };
  let raw: RawRows;
  try {
    raw = await database.read(plan.compiled, bind(plan, query.inputs));
  } catch (error) {
    if (isReadElsewhere(query, database, error)) return fetchKeyed(query, fetchMode);
    throw error;
  }
  const decode = plan.compiled.decoders[owner];
  const rows = reader.read(raw, { alias: database.alias, fetchMode: fetchMode ?? querySettings.fetchMode }) as object[];
  return { rows, rowKeys: raw.map((row) => (decode == null || row[owner] === null ? row[owner] : decode(row[owner]))) };
}

/** A slice of the rows of each owner: their numbers are worked out for each one apart. */
function unsliced(query: Query, owner: RelatedColumn): Query {
  if (!isSliced(query)) return query;
  const { offset, limit } = query;
  return withCondition({ ...query, offset: 0, limit: null }, new RowsOfEach(owner, offset, limit));
}

const integer = new IntegerField();

/** `ROW_NUMBER() OVER (PARTITION BY owner ORDER BY …)` between two bounds. */
class RowsOfEach implements Resolvable {
  readonly shape: string;
  constructor(
    readonly owner: RelatedColumn,
    readonly offset: number,
    readonly limit: number | null,
  ) {
    this.shape = `each${owner.shape}${offset}-${limit ?? ''}`;
  }

  resolve(scope: Scope): ExpressionNode {
    const planner = scope as Planner;
    // over a join table the column is selected already, and means the same join
    const partition = planner.annotations.get(OWNER) ?? this.owner.resolve(planner);
    const number: ExpressionNode = {
      kind: 'window',
      expression: { kind: 'call', name: 'ROW_NUMBER', args: [], type: integer },
      partitionBy: [partition],
      orderBy: ordersOf(planner),
      frame: null,
      type: integer,
    };
    const bounds = [compare(number, '>', literal(this.offset, integer))];
    if (this.limit !== null) bounds.push(compare(number, '<=', literal(this.offset + this.limit, integer)));
    return and(bounds);
  }
  inputs(): readonly Input[] {
    return [];
  }
}

/** Gives each object what belongs to its key. */
function distribute(
  objects: readonly object[],
  relation: Relation,
  groups: ReadonlyMap<unknown, object[]>,
  notesAbsent: boolean,
  toAttr: string | null,
): void {
  const access = instances();
  const name = cacheName(relation);
  const back = backName(relation);
  for (const object of objects) {
    const key = keyOf(object, relation);
    const group = groups.get(mapKey(key)) ?? NOTHING;
    if (back !== null)
      for (const related of group) if (access.cached(related, back) === undefined) access.cache(related, back, object);
    const value = relation.multi ? (group === NOTHING ? [] : group) : (group[0] ?? null);
    if (toAttr !== null) (object as Row)[toAttr] = value;
    else if (value !== null) access.cache(object, name, value);
    else {
      access.uncache(object, name);
      if (notesAbsent) noteAbsent(object, relation);
    }
  }
}
const NOTHING: readonly object[] = Object.freeze([]);

/** The name under which a related object keeps the one that it was loaded for, where it refers to one. */
const backName = (relation: Relation): string | null =>
  relation.inverse.multi || relation.through !== null ? null : cacheName(relation.inverse);
