import type { Field } from '../../../src/fields/field.js';
import { defineModel, type ModelDefinition } from '../../../src/schema/definition.js';
import type { MetaOptions } from '../../../src/schema/meta-options.js';
import type { ModelClass, ModelMeta } from '../../../src/schema/model-meta.js';
import { Registry } from '../../../src/schema/registry.js';

/** Models without classes: definitions by label, registered and linked together. */
export class World {
  readonly registry = new Registry({ classOfJoinTable: () => classNamed('Join') });
  readonly definitions: ModelDefinition[] = [];

  /** `model('library.Book', { title: CharField() })`; parents come before the fields. */
  model(
    label: string,
    fields: Record<string, Field | null>,
    options?: MetaOptions,
    parents: readonly ModelDefinition[] = [],
  ): ModelDefinition {
    const definition = defineModel(label, parents, fields, options);
    this.definitions.push(definition);
    return definition;
  }

  link(): (name: string) => ModelMeta {
    for (const definition of this.definitions) this.registry.register(definition, this.classOf(definition));
    this.registry.ready();
    return (name) => this.registry.getModel(name.includes('.') ? name : `library.${name}`);
  }

  readonly #classes = new Map<ModelDefinition, ModelClass>();
  classOf(definition: ModelDefinition): ModelClass {
    const known = this.#classes.get(definition) ?? classNamed(definition.name);
    this.#classes.set(definition, known);
    return known;
  }
}

/** An abstract model. */
export const abstract = (
  fields: Record<string, Field | null>,
  options?: MetaOptions,
  parents: readonly ModelDefinition[] = [],
): ModelDefinition => defineModel(null, parents, fields, options);

function classNamed(name: string): ModelClass {
  const made = class {};
  Object.defineProperty(made, 'name', { value: name });
  return made as unknown as ModelClass;
}
