import type { Eventual } from '../util/eventual.js';
import { getOrMake } from '../util/get-or-make.js';
import type { ModelMeta, Relation } from './model-meta.js';

/** Where rows came from: one object for all instances of one result, so that rows that came together can load together. */
export interface Origin {
  /** Database alias. */
  readonly alias: string;
  readonly fetchMode: FetchMode;
  /** The instances of the result; they share loads of relations and deferred fields with mode `peers`. */
  readonly peers: object[];
}

const alone = new Map<string, Origin>();

/** The origin of instances of a database that load for themselves; nobody asks for peers in this mode, so they share it. */
export function originAt(alias: string): Origin {
  return getOrMake(alone, alias, newOrigin);
}
const newOrigin = (alias: string): Origin => Object.freeze<Origin>({ alias, fetchMode: 'one', peers: [] });

/** How a relation or deferred field that is not loaded is fetched on access: for all rows of the result, for one, or not at all. */
export type FetchMode = 'peers' | 'one' | 'raise';

/** What makes one instance out of the current row; the root class of models asks it in its constructor. */
export interface RowSource {
  /** Sets every loaded column on `instance`, always in the same order. */
  assign(instance: object): void;
  readonly origin: Origin;
}

/** The class of instances that come from rows. Only the root class of models knows its token. */
export type RowClass = new (token: symbol) => object;

/**
 * What the layers below `models/` may do with an instance. `models/state.ts` implements it and installs it with
 * `setInstanceAccess`; values of columns are plain properties by attname and need no access.
 */
export interface InstanceAccess {
  /** The model of an instance of a registered model class; null for anything else, whatever it looks like. */
  metaOf(value: unknown): ModelMeta | null;
  /** The class of a model's instances that come from rows; `deferred` are the attnames that they come without. */
  rowClass(meta: ModelMeta, deferred: readonly string[]): RowClass;
  /** Makes an instance from the row that `source` stands at. */
  fromRow(rowClass: RowClass, source: RowSource): object;
  origin(instance: object): Origin | null;
  /** Null: it is in no database yet. */
  setOrigin(instance: object, origin: Origin | null): void;
  isAdding(instance: object): boolean;
  setAdding(instance: object, adding: boolean): void;
  /** The related object (or list) kept under a relation's name or a `toAttr`; undefined when none is kept. */
  cached(instance: object, name: string): unknown;
  /** Keeps a related object: null means that there is none. */
  cache(instance: object, name: string, value: unknown): void;
  uncache(instance: object, name: string): void;
  clearCache(instance: object): void;
  /** Attnames that were not loaded. */
  deferred(instance: object): readonly string[];
  /** A key: `instance.pk`. Null or undefined when it has none yet, or not all of a composite one. */
  pk(instance: object): unknown;
}

let access: InstanceAccess | null = null;

/** Called once by `models/state.ts`. */
export function setInstanceAccess(implementation: InstanceAccess): void {
  access = implementation;
}

/** The access to instances. */
export function instances(): InstanceAccess {
  if (access === null) throw new Error('models/state.ts was not loaded');
  return access;
}

/** Loads what an access to an instance found missing; the query side implements it. */
export interface LazyLoader {
  /** The related object of a to-one relation. Rejects with the model's DoesNotExist when a reverse one-to-one has none. */
  relation(instance: object, relation: Relation): Promise<object | null>;
  /** A deferred column's value. */
  field(instance: object, attname: string): Promise<unknown>;
  /** The manager of the many side of a relation. */
  manager(instance: object, relation: Relation): object;
}

let loader: LazyLoader | null = null;
/** Called once where the library is put together. */
export function setLazyLoader(implementation: LazyLoader): void {
  loader = implementation;
}
export function lazyLoader(): LazyLoader {
  if (loader === null) throw new Error('no lazy loader was installed');
  return loader;
}

/** Options of `save()` as the layers below `models/` pass them. */
export interface SaveRequest {
  readonly using?: string;
  readonly forceInsert?: boolean;
  readonly updateFields?: readonly string[];
}

/** How instances are saved whose class has no `save()` of its own. */
export interface Saver {
  /** The method that all models inherit. */
  readonly inherited: unknown;
  /** What it does, without a promise where the database answers at once; then errors are thrown at once too. */
  save(instance: object, request: SaveRequest): Eventual<void>;
}

let saver: Saver | null = null;
/** Called once by `models/model.ts`. */
export function setSaver(implementation: Saver): void {
  saver = implementation;
}

/** Saves an instance by its own `save()`, which its class may have overridden. */
export function saveInstance(instance: object, request: SaveRequest): Eventual<void> {
  const own = instance as { save(request: SaveRequest): Promise<void> };
  if (saver !== null && own.save === saver.inherited) return saver.save(instance, request);
  return own.save(request);
}
