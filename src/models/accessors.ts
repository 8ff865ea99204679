import { typeError, ValueError } from '../errors.js';
import { instances, lazyLoader } from '../schema/instance.js';
import type { ModelMeta, Relation } from '../schema/model-meta.js';
import { Lazy } from './lazy.js';
import { assertRelatable } from './same-database.js';
import { setDeferredLoader } from './state.js';

type Row = Record<string, unknown>;

setDeferredLoader((instance, attname) => new Lazy(() => lazyLoader().field(instance, attname)));

/** The name under which an instance keeps a related object. */
export const cacheName = (relation: Relation): string => relation.accessor ?? relation.name;

/** Puts the properties for a model's relations on the prototype of its class; what the user's class defines itself wins. */
export function installAccessors(meta: ModelMeta, prototype: object): void {
  for (const [name, relation] of meta.accessors) {
    // a parent's class has its relations already
    if (relation.from !== meta && name in prototype) continue;
    Object.defineProperty(prototype, name, {
      configurable: true,
      enumerable: false,
      ...accessor(meta, name, relation),
    });
  }
}

function accessor(meta: ModelMeta, name: string, relation: Relation): PropertyDescriptor {
  if (relation.multi) {
    return {
      get(this: object) {
        return lazyLoader().manager(this, relation);
      },
      set() {
        throw typeError(
          'assign-many',
          `${meta.label}.${name} holds many objects and cannot be assigned: use ${name}.set([…]).`,
        );
      },
    };
  }
  return relation.reverse ? reverseAccessor(meta, name, relation) : forwardAccessor(meta, name, relation);
}

/** `book.author`: the object that the key refers to. */
function forwardAccessor(meta: ModelMeta, name: string, relation: Relation): PropertyDescriptor {
  const { attname } = relation.key;
  return {
    get(this: Row) {
      const related = assigned(this, relation);
      if (related !== undefined && (related !== null || relation.nullable)) return related;
      const hasNone = relation.nullable && (this[attname] === null || this[attname] === undefined);
      return hasNone ? null : new Lazy(() => lazyLoader().relation(this, relation));
    },
    set(this: Row, value: unknown) {
      assignForward(this, relation, value, `${meta.name}.${name}`);
    },
  };
}

/** Marks a related object that had no key when it was assigned: it stays, though the key is still null. */
const unsavedMark = (relation: Relation): string => `unsaved ${cacheName(relation)}`;

/**
 * The related object that an instance keeps, as long as its key still refers to it; null for none, undefined when it is not
 * known (any more).
 */
export function assigned(instance: object, relation: Relation): object | null | undefined {
  const related = instances().cached(instance, cacheName(relation)) as Row | null | undefined;
  if (related === undefined || relation.reverse) return related;
  const key = (instance as Row)[relation.key.attname] ?? null;
  if (related === null) return key === null ? null : undefined;
  if (key === null) return instances().cached(instance, unsavedMark(relation)) === true ? related : undefined;
  return sameKey(key, related[targetOf(relation)]) ? related : undefined;
}

/** The attribute of the related object that the key holds. */
const targetOf = (relation: Relation): string => relation.hops[relation.hops.length - 1]!.toField.attname;

const sameKey = (a: unknown, b: unknown): boolean =>
  a === b || (a !== null && b !== null && b !== undefined && String(a) === String(b));

/** Sets a foreign key from an instance or null. Throws ValueError for anything else. */
export function assignForward(instance: object, relation: Relation, value: unknown, subject: string): void {
  const row = instance as Row;
  const name = cacheName(relation);
  const access = instances();
  if (value === null) {
    const before = access.cached(instance, name);
    if (typeof before === 'object' && before !== null && !relation.inverse.multi)
      access.uncache(before, cacheName(relation.inverse));
    row[relation.key.attname] = null;
    access.cache(instance, name, null);
    return;
  }
  const related = checkInstance(value, relation.to, subject);
  assertRelatable(instance, related, subject);
  const key = (related as Row)[targetOf(relation)] ?? null;
  row[relation.key.attname] = key;
  access.cache(instance, name, related);
  if (key === null) access.cache(instance, unsavedMark(relation), true);
  else access.uncache(instance, unsavedMark(relation));
  if (!relation.inverse.multi) access.cache(related, cacheName(relation.inverse), instance);
}

function checkInstance(value: unknown, wanted: ModelMeta, subject: string): object {
  const meta = instances().metaOf(value);
  if (
    meta === null ||
    !(meta.concrete === wanted.concrete || meta.concrete.ancestors.has(wanted.concrete) || meta.ancestors.has(wanted))
  ) {
    const given = meta === null ? (value === undefined ? 'undefined' : typeof value) : `an instance of ${meta.label}`;
    throw new ValueError('wrong-model', `Cannot assign ${given}: ${subject} must be an instance of ${wanted.label}.`);
  }
  return value as object;
}

/** `author.profile`: the other side of a one-to-one relation. */
function reverseAccessor(meta: ModelMeta, name: string, relation: Relation): PropertyDescriptor {
  return {
    get(this: object) {
      const related = instances().cached(this, cacheName(relation));
      return related === undefined ? new Lazy(() => lazyLoader().relation(this, relation)) : related;
    },
    set(this: object, value: unknown) {
      const access = instances();
      if (value === null) {
        const before = access.cached(this, cacheName(relation)) as Row | null | undefined;
        if (before !== undefined && before !== null) {
          before[relation.key.attname] = null;
          access.uncache(before, cacheName(relation.inverse));
        }
        access.uncache(this, cacheName(relation));
        return;
      }
      const related = checkInstance(value, relation.to, `${meta.name}.${name}`);
      assignForward(related, relation.inverse, this, `${relation.to.name}.${relation.inverse.name}`);
      access.cache(this, cacheName(relation), related);
    },
  };
}
