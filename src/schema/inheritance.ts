import { FieldError } from '../errors.js';
import type { Field } from '../fields/field.js';
import { isOneToOne } from '../fields/relations.js';
import type { ModelDefinition } from './definition.js';
import type { MetaOptions } from './meta-options.js';

/** The nearest ancestors with a table: direct parents, or those that an abstract parent brings along. In order, each once. */
export function concreteParents(definition: ModelDefinition): readonly ModelDefinition[] {
  const found = definition.parents.flatMap((parent) => (parent.abstract ? concreteParents(parent) : [parent]));
  const unique = [...new Set(found)];
  // a parent that another parent already inherits from needs no link of its own
  return unique.filter((parent) => !unique.some((other) => other !== parent && inheritsFrom(other, parent)));
}

/** Whether `definition` has `ancestor` above it. */
export function inheritsFrom(definition: ModelDefinition, ancestor: ModelDefinition): boolean {
  return definition.parents.some((parent) => parent === ancestor || inheritsFrom(parent, ancestor));
}

interface Found {
  readonly field: Field | null;
  readonly sequence: number;
}

/**
 * The fields that a model's own table has: its own and those of abstract parents, in order of definition. A field given as
 * null takes out the one that an abstract parent would bring; of two parents' fields of one name the first parent's holds.
 */
export function localFields(definition: ModelDefinition): ReadonlyMap<string, Field> {
  const found = [...collect(definition)].filter(
    (entry): entry is [string, { field: Field; sequence: number }] => entry[1].field !== null,
  );
  const ordered = found.map((entry, index) => ({ entry, index }));
  ordered.sort((a, b) => a.entry[1].sequence - b.entry[1].sequence || a.index - b.index);
  return new Map(ordered.map(({ entry: [name, { field }] }) => [name, field]));
}

function collect(definition: ModelDefinition): Map<string, Found> {
  const found = new Map<string, Found>();
  for (const [name, field] of definition.fields) found.set(name, { field, sequence: definition.sequence });
  for (const parent of definition.parents) {
    if (!parent.abstract) continue;
    for (const [name, inherited] of collect(parent)) if (!found.has(name)) found.set(name, inherited);
  }
  return found;
}

/** Options that stay with the model that gives them. */
const NOT_INHERITED: ReadonlySet<string> = new Set(['proxy']);

/** Its own options over those of abstract parents, the first parent's before the second's. Concrete parents give none here. */
export function mergedOptions(definition: ModelDefinition): MetaOptions {
  const merged: Record<string, unknown> = {};
  for (const parent of [...definition.parents].reverse()) {
    if (!parent.abstract) continue;
    for (const [name, value] of Object.entries(mergedOptions(parent)))
      if (!NOT_INHERITED.has(name)) merged[name] = value;
  }
  const own: Readonly<Record<string, unknown>> = { ...definition.options };
  // these two say the same thing in two ways: the nearer holds
  if (own.ordering !== undefined) delete merged.orderWithRespectTo;
  if (own.orderWithRespectTo !== undefined) delete merged.ordering;
  return Object.freeze({ ...merged, ...own }) as MetaOptions;
}

/** The field that the user declared as the link to `parent` (`parentLink: true`), or null. */
export function declaredLink(
  fields: ReadonlyMap<string, Field>,
  parent: ModelDefinition,
  appLabel: string,
): string | null {
  for (const [name, field] of fields) {
    if (!isOneToOne(field) || field.options.parentLink !== true) continue;
    const label = field.to.includes('.') ? field.to : `${appLabel}.${field.to}`;
    if (label.toLowerCase() === parent.label.toLowerCase()) return name;
  }
  return null;
}

/** Throws FieldError when a field of the model has the name of one that a parent with a table has already. */
export function checkClash(
  label: string,
  parentLabel: string,
  own: Iterable<string>,
  inherited: ReadonlySet<string>,
): void {
  for (const name of own) {
    if (inherited.has(name)) {
      throw new FieldError(
        'field-clash',
        `${label} cannot have a field '${name}': it inherits one of that name from ${parentLabel}.`,
      );
    }
  }
}
