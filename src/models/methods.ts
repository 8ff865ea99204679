import { flatChoices, normalizeChoices } from '../fields/choices.js';
import type { BoundField, ModelMeta } from '../schema/model-meta.js';
import { nextBy } from './next-by.js';
import { getOrder, nextInOrder, setOrder } from './order-with-respect-to.js';

type Row = Record<string, unknown>;

const upperFirst = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** Puts the methods that follow from a model's fields on its prototype: getStatusDisplay(), getNextByPubDate() … */
export function installMethods(meta: ModelMeta, prototype: object): void {
  for (const field of meta.fields) {
    if (field.field.options.choices !== undefined)
      method(prototype, `get${upperFirst(field.name)}Display`, display(field));
    const { name } = field.type.columnType;
    if ((name === 'date' || name === 'datetime') && !field.nullable && field.relation === null)
      installNext(prototype, field);
  }
  if (meta.orderWithRespectTo !== null) {
    method(prototype, 'getNextInOrder', function (this: object) {
      return nextInOrder(this, false);
    });
    method(prototype, 'getPreviousInOrder', function (this: object) {
      return nextInOrder(this, true);
    });
  }
  installOrders(meta, prototype);
}

function method(prototype: object, name: string, value: (...args: any[]) => unknown): void {
  if (!Object.hasOwn(prototype, name))
    Object.defineProperty(prototype, name, { value, configurable: true, writable: true });
}

/** The label of the choice; a value that is none stands for itself. */
function display(field: BoundField) {
  return function (this: Row): unknown {
    const choices = normalizeChoices(field.field.options.choices);
    const value = this[field.attname];
    const found =
      choices === null
        ? undefined
        : flatChoices(choices).find(
            ([choice]) => choice === value || (choice !== null && String(choice) === String(value)),
          );
    return found === undefined ? (value === null || value === undefined ? value : String(value)) : found[1];
  };
}

function installNext(prototype: object, field: BoundField): void {
  method(prototype, `getNextBy${upperFirst(field.name)}`, function (this: object, ...conditions: unknown[]) {
    return nextBy(this, field, conditions, false);
  });
  method(prototype, `getPreviousBy${upperFirst(field.name)}`, function (this: object, ...conditions: unknown[]) {
    return nextBy(this, field, conditions, true);
  });
}

/** getChapterOrder() and setChapterOrder() on what the rows of another model are ordered with respect to. */
function installOrders(meta: ModelMeta, prototype: object): void {
  for (const relation of meta.accessors.values()) {
    const owner = relation.to.orderWithRespectTo;
    if (!relation.reverse || owner === null || relation.inverse.key !== owner) continue;
    method(prototype, `get${relation.to.name}Order`, function (this: object) {
      return getOrder(this, relation);
    });
    method(prototype, `set${relation.to.name}Order`, function (this: object, keys: readonly unknown[]) {
      return setOrder(this, relation, keys);
    });
  }
}
