import { allRows, type Query } from '../query/query.js';
import { managerClass, QuerySet } from '../query/queryset.js';
import type { ModelMeta } from '../schema/model-meta.js';

type ManagerClass = new (query: Query) => QuerySet;
/** A model class as managers see it. */
export type ManagedClass = object & { defaultManager?: QuerySet; baseManager?: QuerySet; objects?: unknown };

const isManager = (value: unknown): value is QuerySet => value instanceof QuerySet;

/** Managers of a class and of those it extends, by name, nearest first; each as declared. */
function declaredManagers(modelClass: object): Map<string, QuerySet> {
  const found = new Map<string, QuerySet>();
  const lines: Map<string, QuerySet>[] = [];
  for (
    let step: object | null = modelClass;
    step !== null && step !== Function.prototype;
    step = Object.getPrototypeOf(step) as object | null
  ) {
    const own = new Map<string, QuerySet>();
    for (const name of Object.getOwnPropertyNames(step)) {
      if (name === 'defaultManager' || name === 'baseManager') continue;
      const descriptor = Object.getOwnPropertyDescriptor(step, name);
      if (descriptor !== undefined && isManager(descriptor.value)) own.set(name, descriptor.value);
    }
    lines.push(own);
  }
  for (const own of lines) for (const [name, manager] of own) if (!found.has(name)) found.set(name, manager);
  return found;
}

/**
 * Gives a model class managers of its own: those that it declares or inherits, or `objects` when there are none. The first
 * one declared is the default one, which related managers build on; `baseManager` is plain unless the options name another.
 */
export function bindManagers(modelClass: ManagedClass, meta: ModelMeta): void {
  const query = allRows(meta);
  const bound = new Map<string, QuerySet>();
  for (const [name, manager] of declaredManagers(modelClass))
    bound.set(name, new (manager.constructor as ManagerClass)(query));
  const plain = new (managerClass(QuerySet))(query);
  if (!bound.has('objects')) bound.set('objects', plain);
  for (const [name, manager] of bound) define(modelClass, name, manager);
  const { defaultManagerName, baseManagerName } = meta.options;
  define(
    modelClass,
    'defaultManager',
    (defaultManagerName === undefined ? undefined : bound.get(defaultManagerName)) ?? bound.values().next().value!,
  );
  define(modelClass, 'baseManager', (baseManagerName === undefined ? undefined : bound.get(baseManagerName)) ?? plain);
}

const define = (modelClass: object, name: string, value: QuerySet): void => {
  Object.defineProperty(modelClass, name, { value, configurable: true, enumerable: false, writable: false });
};
