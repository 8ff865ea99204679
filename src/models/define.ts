import { typeError } from '../errors.js';
import { defineModel, type ModelDefinition } from '../schema/definition.js';
import type { MetaOptions } from '../schema/model-meta.js';
import { ModelBase, notRegistered } from './model.js';
import { setErrors } from './model-errors.js';

type AnyClass = new (...args: any[]) => object;

const definitions = new WeakMap<object, ModelDefinition>();

/** What a model class (or one that it extends) was defined as; null for any other value. */
export function definitionOf(value: unknown): ModelDefinition | null {
  if (typeof value !== 'function') return null;
  for (let step: object | null = value; step !== null; step = Object.getPrototypeOf(step) as object | null) {
    const definition = definitions.get(step);
    if (definition !== undefined) return definition;
  }
  return null;
}

/** `Model(label, fields, options)` or `Model(label, parents, fields, options)`: a class to extend. */
export function Model(label: string, ...rest: unknown[]): AnyClass {
  return defineClass(label, rest);
}

/** `AbstractModel(fields, options)` or `AbstractModel(parents, fields, options)`: a class without a table. */
export function AbstractModel(...rest: unknown[]): AnyClass {
  return defineClass(null, rest);
}

function defineClass(label: string | null, rest: readonly unknown[]): AnyClass {
  const [first, ...others] = rest;
  const hasParents = typeof first === 'function' || Array.isArray(first);
  const parents = (hasParents ? (Array.isArray(first) ? first : [first]) : []) as AnyClass[];
  const [fields = {}, options = {}] = (hasParents ? others : rest) as [Record<string, unknown>?, MetaOptions?];
  const inherited = parents.map((parent) => {
    const definition = definitionOf(parent);
    if (definition === null)
      throw typeError(
        'not-a-parent',
        `${label ?? 'AbstractModel'}: a parent must be a class made by Model() or AbstractModel().`,
      );
    return definition;
  });
  const definition = defineModel(label, inherited, fields, options);
  const Base = classFor(definition, parents);
  definitions.set(Base, definition);
  return Base;
}

/** The class to extend: it comes after its first parent; the other parents' members are copied, the first ones winning. */
function classFor(definition: ModelDefinition, parents: readonly AnyClass[]): AnyClass {
  const [first = ModelBase as unknown as AnyClass, ...others] = parents;
  const Base = class extends first {} as AnyClass;
  Object.defineProperty(Base, 'name', {
    value: definition.name === '' ? 'AbstractModel' : definition.name,
    configurable: true,
  });
  for (const other of others) {
    copyMembers(other.prototype as object, Base.prototype as object, first.prototype as object);
    copyMembers(other, Base, first);
  }
  if (!definition.abstract) {
    setErrors(Base, parents);
    Object.defineProperty(Base, 'label', { value: definition.label, configurable: true });
  }
  if (definition.abstract || parents.length > 0) return Base;
  // until the app is registered, a manager has no model to ask about
  Object.defineProperty(Base, 'objects', {
    configurable: true,
    get() {
      throw notRegistered(definition.label);
    },
  });
  return Base;
}

function copyMembers(from: object, to: object, first: object): void {
  for (
    let step: object | null = from;
    step !== null && step !== ModelBase && step !== ModelBase.prototype && step !== Function.prototype;
    step = Object.getPrototypeOf(step) as object | null
  ) {
    for (const key of Reflect.ownKeys(step)) {
      if (
        key === 'constructor' ||
        key === 'prototype' ||
        key === 'name' ||
        key === 'length' ||
        Object.hasOwn(to, key) ||
        declares(first, key)
      )
        continue;
      Object.defineProperty(to, key, Object.getOwnPropertyDescriptor(step, key)!);
    }
  }
}

/** Whether a class or prototype has a member that is not every model's. */
function declares(start: object, key: PropertyKey): boolean {
  for (
    let step: object | null = start;
    step !== null && step !== ModelBase && step !== ModelBase.prototype;
    step = Object.getPrototypeOf(step) as object | null
  ) {
    if (step !== Function.prototype && Object.hasOwn(step, key)) return true;
  }
  return false;
}
