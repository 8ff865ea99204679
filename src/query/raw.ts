import type { StatementResult } from '../backends/backend.js';
import { decoderOf } from '../compiler/compile.js';
import type { Dialect } from '../compiler/dialect.js';
import { TransactionHandle, type Using } from '../database/transaction-handle.js';
import { FieldDoesNotExist, typeError, ValueError } from '../errors.js';
import type { FetchMode } from '../schema/instance.js';
import type { BoundField, ModelMeta } from '../schema/model-meta.js';
import type { SqlFragment } from '../sql/template.js';
import { didYouMean } from '../util/closest.js';
import { isReadElsewhere, readDatabase } from './databases-for.js';
import { type PrefetchLookup, prefetchLookups, prefetchRelatedObjects } from './prefetch.js';
import { isSliced, type Query } from './query.js';
import type { QueryContext } from './queryset-context.js';
import { type RowReader, readerFor } from './readers.js';
import * as refine from './refine.js';
import type { InstanceLayout } from './selection.js';
import { querySettings } from './settings.js';

/** What a RawQuerySet carries beside its SQL. */
interface RawExtras {
  readonly prefetches: readonly PrefetchLookup[];
  readonly fetchMode: FetchMode | null;
  readonly context: QueryContext | null;
  /** Names of columns in the SQL → the fields that they are meant for. */
  readonly translations: ReadonlyMap<string, BoundField>;
}

/** Rows of SQL of the developer's own, as instances of a model. See `types/public/raw.ts` for the documentation. */
export class RawQuerySet implements PromiseLike<object[]> {
  readonly #query: Query;
  readonly #fragment: SqlFragment;
  readonly #extras: RawExtras;
  #rows: Promise<object[]> | null = null;

  constructor(query: Query, fragment: SqlFragment, extras: RawExtras) {
    this.#query = query;
    this.#fragment = fragment;
    this.#extras = extras;
  }

  then<A = object[], B = never>(
    fulfilled?: ((rows: object[]) => A | PromiseLike<A>) | null,
    rejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#all().then(fulfilled, rejected);
  }
  async *[Symbol.asyncIterator](): AsyncGenerator<object> {
    yield* await this.#all();
  }

  using(target: Using): RawQuerySet {
    const isHandle = target instanceof TransactionHandle;
    const query = refine.using(this.#query, isHandle ? target.alias : target);
    return new RawQuerySet(query, this.#fragment, isHandle ? { ...this.#extras, context: target } : this.#extras);
  }
  prefetchRelated(...lookups: unknown[]): RawQuerySet {
    const prefetches = prefetchLookups(this.#query, this.#extras.prefetches, lookups);
    return new RawQuerySet(this.#query, this.#fragment, { ...this.#extras, prefetches });
  }
  translations(names: Readonly<Record<string, string>>): RawQuerySet {
    const { meta } = this.#query;
    const translations = new Map(this.#extras.translations);
    for (const [column, name] of Object.entries(names)) translations.set(column, fieldNamed(meta, name));
    return new RawQuerySet(this.#query, this.#fragment, { ...this.#extras, translations });
  }

  /** The rows, fetched once; after a failure the next one who asks tries again. */
  #all(): Promise<object[]> {
    const { context } = this.#extras;
    this.#rows ??= (context === null ? this.#fetch() : context.run(() => this.#fetch())).catch((error: unknown) => {
      this.#rows = null;
      throw error;
    });
    return this.#rows;
  }

  async #fetch(): Promise<object[]> {
    const { prefetches, fetchMode, translations } = this.#extras;
    const database = await readDatabase(this.#query);
    let result: StatementResult;
    try {
      result = await database.runTemplate(this.#fragment);
    } catch (error) {
      if (isReadElsewhere(this.#query, database, error)) return this.#fetch();
      throw error;
    }
    const { rows, columnNames = [] } = result;
    const reader = readerOf(this.#query.meta, columnNames, translations, database.dialect);
    const origin = { alias: database.alias, fetchMode: fetchMode ?? querySettings.fetchMode };
    const objects = reader.read(rows, origin) as object[];
    if (prefetches.length > 0 && objects.length > 0) await prefetchRelatedObjects(objects, ...prefetches);
    return objects;
  }
}

/** `raw` of a QuerySet. Throws TypeError where the QuerySet says more than its model and database: the SQL stands alone. */
export function rawRows(
  query: Query,
  fragment: SqlFragment,
  { fetchMode, context }: Pick<RawExtras, 'fetchMode' | 'context'>,
): RawQuerySet {
  const { steps, rows, orderBy, distinct, empty, selectRelated, deferral, combination, lock } = query;
  const isChanged = [orderBy, selectRelated, deferral, combination, lock].some((each) => each !== null);
  if (steps.length > 0 || rows !== 'instance' || distinct || empty || isChanged || isSliced(query)) {
    throw typeError(
      'raw-after-refinement',
      'raw`…` takes its own SQL alone: filters, orders and slices of the QuerySet would have no effect. Call it on the manager.',
    );
  }
  return new RawQuerySet(query, fragment, { prefetches: [], fetchMode, context, translations: new Map() });
}

function fieldNamed(meta: ModelMeta, name: string): BoundField {
  const field = meta.fieldsByName.get(name);
  if (field !== undefined) return field;
  const names = meta.fields.map((each) => each.name);
  throw new FieldDoesNotExist('unknown-field', `${meta.label} has no field named '${name}'.${didYouMean(name, names)}`);
}

/**
 * Reads rows whose columns are known by name alone: a field's column or attribute name is the field, each other name an
 * annotation with the value that the driver gives. Of two columns with one name the first counts, as in Django.
 */
function readerOf(
  meta: ModelMeta,
  names: readonly string[],
  translations: ReadonlyMap<string, BoundField>,
  dialect: Dialect,
): RowReader {
  const found = fieldsOf(meta, names, translations);
  const missing = meta.pkFields.find((field) => !found.includes(field));
  if (missing !== undefined) {
    throw new FieldDoesNotExist(
      'raw-primary-key',
      `Raw query must include the primary key: the SQL gives no column '${missing.column}' for ${meta.label}.`,
    );
  }
  const fields = meta.fields.flatMap((field) => {
    const index = found.indexOf(field);
    return index < 0 ? [] : [{ attname: field.attname, index }];
  });
  const deferred = meta.fields.filter((field) => !found.includes(field)).map(({ attname }) => attname);
  // each row is an object, whatever its key: an outer join may give none
  const instance: InstanceLayout = { meta, fields, deferred, pkIndex: -1, related: [] };
  const annotations = names.flatMap((name, index) =>
    found[index] === null ? [{ name: annotationName(meta, name), index, width: null }] : [],
  );
  const decoders = found.map((field) => (field === null ? null : decoderOf(field.type, dialect, true)));
  return readerFor({ kind: 'instance', instance, annotations }, 'instance', decoders);
}

/** For each column the field that it fills, or null. */
function fieldsOf(
  meta: ModelMeta,
  names: readonly string[],
  translations: ReadonlyMap<string, BoundField>,
): (BoundField | null)[] {
  const byName = new Map<string, BoundField>();
  for (const field of meta.fields) byName.set(field.attname, field);
  for (const field of meta.fields) byName.set(field.column, field);
  for (const [column, field] of translations) byName.set(column, field);
  return names.map((name) => byName.get(name) ?? null);
}

/** A column that is no field becomes a property. Throws ValueError for one that would hide what the instance has. */
function annotationName(meta: ModelMeta, name: string): string {
  if (
    name === '__proto__' ||
    meta.relations.has(name) ||
    meta.accessors.has(name) ||
    name in meta.modelClass.prototype
  ) {
    throw new ValueError(
      'alias-conflict',
      `The SQL gives a column '${name}', which would hide a member of ${meta.label}: name it otherwise.`,
    );
  }
  return name;
}
