import {
  type InstanceAccess,
  type Origin,
  type RowClass,
  type RowSource,
  setInstanceAccess,
} from '../schema/instance.js';
import type { ModelMeta } from '../schema/model-meta.js';
import { postInit, preInit } from '../signals/model-signals.js';
import { getOrMake } from '../util/get-or-make.js';

/** Passed to a model's constructor by the library alone: the row to load is waiting. */
const LOAD = Symbol('load');
let pending: RowSource | null = null;

/** The model of each registered class, and of classes derived from one. */
const metas = new WeakMap<object, ModelMeta>();
/** The classes of instances that come without some columns, by class and names. */
const deferredClasses = new WeakMap<object, Map<string, RowClass>>();

/** Says which model a class stands for. */
export function setMeta(modelClass: object, meta: ModelMeta): void {
  metas.set(modelClass, meta);
}

/** The model of a class: its own, or that of the nearest registered class that it extends. */
export function metaOfClass(modelClass: object): ModelMeta | null {
  for (let step: object | null = modelClass; step !== null; step = Object.getPrototypeOf(step) as object | null) {
    const meta = metas.get(step);
    if (meta !== undefined) return meta;
  }
  return null;
}

/**
 * The root of all models: where an instance came from and what it has loaded, in private fields, so that no data can imitate
 * or reach them, and rows cost no more than their columns.
 */
export abstract class InstanceRoot {
  #origin: Origin | null = null;
  #adding = true;
  #related: Map<string, unknown> | null = null;

  constructor(init?: unknown) {
    if (preInit.hasListeners())
      preInit.sendSync(this.constructor, { values: init === LOAD ? {} : ((init ?? {}) as object) });
    if (init === LOAD) {
      const source = pending!;
      this.#origin = source.origin;
      this.#adding = false;
      source.assign(this);
    } else this.initialize(init);
    if (postInit.hasListeners()) postInit.sendSync(this.constructor, { instance: this });
  }

  /** Sets the fields of a new instance. */
  protected abstract initialize(init: unknown): void;

  static readonly access: InstanceAccess = {
    metaOf: (value) =>
      typeof value === 'object' && value !== null && #origin in value ? metaOfClass(value.constructor) : null,
    rowClass: (meta, deferred) => (deferred.length === 0 ? meta.modelClass : deferredClass(meta, deferred)) as RowClass,
    fromRow(rowClass, source) {
      const before = pending;
      pending = source;
      try {
        return new rowClass(LOAD);
      } finally {
        pending = before;
      }
    },
    origin: (instance) => (instance as InstanceRoot).#origin,
    setOrigin(instance, origin) {
      (instance as InstanceRoot).#origin = origin;
    },
    isAdding: (instance) => (instance as InstanceRoot).#adding,
    setAdding(instance, adding) {
      (instance as InstanceRoot).#adding = adding;
    },
    cached: (instance, name) => (instance as InstanceRoot).#related?.get(name),
    cache(instance, name, value) {
      const root = instance as InstanceRoot;
      root.#related ??= new Map();
      root.#related.set(name, value);
    },
    uncache(instance, name) {
      (instance as InstanceRoot).#related?.delete(name);
    },
    clearCache(instance) {
      (instance as InstanceRoot).#related = null;
    },
    deferred(instance) {
      const names = (instance as { [DEFERRED]?: readonly string[] })[DEFERRED];
      return names === undefined ? [] : names.filter((name) => !Object.hasOwn(instance, name));
    },
    pk(instance) {
      const { pk } = instance as { pk?: unknown };
      const isOpen = Array.isArray(pk) && pk.some((part) => part === null || part === undefined);
      return isOpen ? null : pk;
    },
  };
}

/** On prototypes of instances that come without some columns: which ones. */
const DEFERRED = Symbol('deferred');
let loadDeferred: (instance: object, attname: string) => PromiseLike<unknown> = () => {
  throw new Error('models/accessors.ts was not loaded');
};
/** Called once by `accessors.ts`. */
export function setDeferredLoader(load: (instance: object, attname: string) => PromiseLike<unknown>): void {
  loadDeferred = load;
}

/**
 * The class of instances without some columns: the model's own with a getter for each of these, which loads it. Made once for
 * each set of names, so that whole instances pay nothing for it. Assigning makes the column a plain property.
 */
function deferredClass(meta: ModelMeta, deferred: readonly string[]): RowClass {
  const { modelClass } = meta;
  const known = getOrMake(deferredClasses, modelClass, noClasses);
  return getOrMake(known, deferred.join(), () => makeDeferredClass(modelClass, deferred));
}

const noClasses = (): Map<string, RowClass> => new Map();

function makeDeferredClass(modelClass: ModelMeta['modelClass'], deferred: readonly string[]): RowClass {
  const made = class extends modelClass {} as RowClass;
  const prototype = made.prototype as object;
  Object.defineProperty(prototype, 'constructor', { value: modelClass, configurable: true, writable: true });
  Object.defineProperty(prototype, DEFERRED, { value: Object.freeze([...deferred]) });
  for (const attname of deferred) {
    Object.defineProperty(prototype, attname, {
      configurable: true,
      get(this: object) {
        return loadDeferred(this, attname);
      },
      set(this: object, value: unknown) {
        Object.defineProperty(this, attname, { value, writable: true, enumerable: true, configurable: true });
      },
    });
  }
  return made;
}

setInstanceAccess(InstanceRoot.access);
