import { FieldDoesNotExist, IndexError, typeError, ValueError } from '../errors.js';
import { instances } from '../schema/instance.js';
import type { ModelMeta } from '../schema/model-meta.js';
import { didYouMean } from '../util/closest.js';
import type { Eventual } from '../util/eventual.js';
import { exists } from './aggregate.js';
import { readDatabase } from './databases-for.js';
import type { Narrowing } from './fetch.js';
import { mapKey, TupleMap } from './keys.js';
import { checkNames } from './names.js';
import { termsOfQuery } from './ordering.js';
import { change, isSliced, type Query } from './query.js';
import * as refine from './refine.js';

/** Runs a query and finishes its rows (prefetches); what the QuerySet hands in. */
export type Run = (query: Query, narrowing?: Narrowing) => Eventual<unknown[]>;

/** get() asks for this many rows: enough to say how many too many there are. */
const GET_LIMIT = 21;

/** The one row that meets the conditions. Throws the model's DoesNotExist or MultipleObjectsReturned. */
export async function get(query: Query, args: readonly unknown[], run: Run): Promise<unknown> {
  const found = args.length === 0 ? query : refine.filter(query, args, false);
  const fetched = isSliced(found) ? run(found) : run(found, FEW_ROWS);
  const rows = fetched instanceof Promise ? await fetched : fetched;
  if (rows.length === 1) return rows[0];
  const { DoesNotExist, MultipleObjectsReturned } = query.meta.modelClass;
  if (rows.length === 0) throw new DoesNotExist('does-not-exist', `${query.meta.name} matching query does not exist.`);
  const many = rows.length < GET_LIMIT ? String(rows.length) : `more than ${GET_LIMIT - 1}`;
  throw new MultipleObjectsReturned(
    'multiple-objects',
    `get() returned more than one ${query.meta.name}; it returned ${many}!`,
  );
}

/** Few enough rows for get(), in no order unless the order decides which rows there are. */
const FEW_ROWS: Narrowing = {
  key: '=get',
  of: (query) =>
    query.combination !== null || query.distinctOn.length > 0
      ? change(query, { limit: GET_LIMIT }, null)
      : change(query, { orderBy: [], limit: GET_LIMIT }, null),
};

/** The row at a position, counted from 0. Throws IndexError when there is none. */
export async function at(query: Query, index: number, run: Run): Promise<unknown> {
  if (!Number.isSafeInteger(index)) throw typeError('slice-bound', 'slice() and at() take whole numbers.');
  const rows = await run(refine.slice(query, index, index + 1));
  if (rows.length === 0) throw new IndexError('index', `The QuerySet has no row ${index}.`);
  return rows[0];
}

export const isOrdered = (query: Query): boolean => termsOfQuery(query, query.meta).length > 0;

/** first() and last(): by the query's order, or by the key where it has none. Null when there is no row. */
export async function first(query: Query, run: Run, reversed: boolean): Promise<unknown> {
  if (reversed && isSliced(query)) throw typeError('sliced', 'Cannot reverse a query once a slice has been taken.');
  const ordered = isOrdered(query) ? query : byKey(query, reversed ? 'last' : 'first');
  const directed = reversed ? refine.reverse(ordered) : ordered;
  return (await run(refine.slice(directed, 0, 1)))[0] ?? null;
}

function byKey(query: Query, method: string): Query {
  if (
    query.grouping?.by === 'names' &&
    !query.grouping.names.includes('pk') &&
    !query.grouping.names.includes(query.meta.pk.name)
  ) {
    throw typeError(
      'unordered-groups',
      `Cannot use ${method}() on an unordered QuerySet of groups: give it an order with orderBy().`,
    );
  }
  if (isSliced(query)) return query;
  return change(query, { orderBy: ['pk'] }, 'bypk');
}

/** earliest() and latest(): by the fields named, or by `getLatestBy`. */
export async function latest(
  query: Query,
  fields: readonly unknown[],
  run: Run,
  descending: boolean,
): Promise<unknown> {
  const method = descending ? 'latest' : 'earliest';
  const by = query.meta.options.getLatestBy;
  const terms = fields.length > 0 ? fields : by === undefined ? [] : typeof by === 'string' ? [by] : by;
  if (terms.length === 0)
    throw new ValueError(
      'no-latest-by',
      `${method}() needs the names of fields, or getLatestBy in the options of ${query.meta.label}.`,
    );
  if (isSliced(query)) throw typeError('sliced', 'Cannot change a query once a slice has been taken.');
  const ordered = refine.orderBy(query, terms);
  const directed = descending ? refine.reverse(ordered) : ordered;
  const rows = await run(refine.slice(directed, 0, 1));
  if (rows.length > 0) return rows[0];
  throw new query.meta.modelClass.DoesNotExist('does-not-exist', `${query.meta.name} matching query does not exist.`);
}

/** inBulk(): instances by a unique field. Many keys are asked for in as many statements as the database needs. */
export async function inBulk(query: Query, keys: unknown, fieldName: string, run: Run): Promise<Map<unknown, object>> {
  if (isSliced(query)) throw typeError('sliced', "Cannot use 'limit' or 'offset' with inBulk().");
  if (query.rows !== 'instance')
    throw typeError('plain-rows', 'inBulk() cannot be used with values() or valuesList().');
  checkNames('inBulk', [fieldName]);
  const field = query.meta.fieldsByName.get(fieldName);
  if (field === undefined) {
    throw new FieldDoesNotExist(
      'unknown-field',
      `${query.meta.label} has no field named '${fieldName}'.${didYouMean(
        fieldName,
        query.meta.fields.map((each) => each.name),
      )}`,
    );
  }
  if (
    !(
      field.unique ||
      isUniqueTogether(query.meta, fieldName) ||
      (query.distinctOn.length === 1 && query.distinctOn[0] === fieldName)
    )
  ) {
    throw new ValueError(
      'not-unique',
      `inBulk()'s fieldName must be a unique field, and '${fieldName}' of ${query.meta.label} is not.`,
    );
  }
  const map: Map<unknown, object> = field.type.parts === undefined ? new Map() : new TupleMap();
  const collect = (rows: unknown[]): void => {
    for (const row of rows) map.set((row as Record<string, unknown>)[field.attname], row as object);
  };
  if (keys === undefined || keys === null) {
    collect(await run(query));
    return map;
  }
  const wanted = [...(keys as Iterable<unknown>)];
  const size = (await readDatabase(query)).features.maxParameters;
  for (let start = 0; start < wanted.length; start += size) {
    const found = refine.filter(query, [{ [`${fieldName}__in`]: wanted.slice(start, start + size) }], false);
    collect(await run(change(found, { orderBy: [] }, 'unordered')));
  }
  return map;
}

/** Whether a constraint over this one field alone, without a condition, makes it unique. */
function isUniqueTogether(meta: ModelMeta, name: string): boolean {
  return (meta.options.constraints ?? []).some((each) => {
    const constraint = each as { fields?: readonly string[]; condition?: unknown; nullsDistinct?: boolean | null };
    return constraint.fields?.length === 1 && constraint.fields[0] === name && (constraint.condition ?? null) === null;
  });
}

/** contains(): whether the object is among the rows. */
export async function contains(query: Query, object: unknown, rows: readonly unknown[] | null): Promise<boolean> {
  if (query.combination !== null) refine.filter(query, [{ pk: 1 }], false);
  if (query.rows !== 'instance')
    throw typeError('plain-rows', 'Cannot call contains() after values() or valuesList().');
  const meta = instances().metaOf(object);
  if (meta === null) throw typeError('not-an-instance', 'contains() takes an instance of a model.');
  if (meta.concrete !== query.meta.concrete) return false;
  const pk = instances().pk(object as object);
  if (pk === null || pk === undefined)
    throw new ValueError('unsaved-instance', 'contains() cannot be used on objects that are not saved.');
  if (rows !== null) return rows.some((row) => mapKey(instances().pk(row as object)) === mapKey(pk));
  return exists(refine.filter(query, [{ pk }], false));
}
