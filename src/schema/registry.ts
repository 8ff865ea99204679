import { AppRegistryNotReady, ImproperlyConfigured } from '../errors.js';
import type { Field } from '../fields/field.js';
import { didYouMean } from '../util/closest.js';
import { buildMeta, defaultAutoField } from './build-meta.js';
import type { ModelDefinition } from './definition.js';
import { asDraft, asMeta, type Drafted, type Labels, type MetaDraft } from './draft.js';
import { concreteParents } from './inheritance.js';
import { linkRelations } from './link.js';
import type { ModelClass, ModelMeta } from './model-meta.js';

/** What a registry is told about the models above it. */
export interface RegistryOptions {
  /** Gives the model of a join table a class. */
  readonly classOfJoinTable?: (meta: ModelMeta) => ModelClass;
  /** Makes the primary key of a model that names none. */
  readonly autoField?: () => Field;
}

interface Registered {
  readonly definition: ModelDefinition;
  readonly modelClass: ModelClass;
}

/** The models of a project by label: first registered, then linked all at once and frozen. */
export class Registry {
  readonly #registered = new Map<string, Registered>();
  #built = new Map<string, Drafted>();
  #joinTables: ModelMeta[] = [];
  #autoField: () => Field;
  readonly #classOfJoinTable: RegistryOptions['classOfJoinTable'];
  readonly #listeners = new Set<(meta: ModelMeta) => void>();
  #isReady = false;

  constructor(options: RegistryOptions = {}) {
    this.#classOfJoinTable = options.classOfJoinTable;
    this.#autoField = options.autoField ?? defaultAutoField;
  }

  /** Says how primary keys are made that no model names. */
  setAutoField(make: () => Field): void {
    this.#autoField = make;
  }

  /** Calls `listener` for every model as soon as it is linked, and for those that are already. */
  onReady(listener: (meta: ModelMeta) => void): void {
    this.#listeners.add(listener);
    if (this.#isReady) for (const meta of this.models()) listener(meta);
  }

  /** Adds a model with its class. Throws ImproperlyConfigured when another one has the label already. */
  register(definition: ModelDefinition, modelClass: ModelClass): void {
    const key = definition.label.toLowerCase();
    const known = this.#registered.get(key);
    if (known !== undefined) {
      if (known.definition === definition && known.modelClass === modelClass) return;
      throw new ImproperlyConfigured(
        'duplicate-model',
        `Two models are called ${definition.label}: a label belongs to one class.`,
      );
    }
    this.#registered.set(key, { definition, modelClass });
    this.#isReady = false;
  }

  /**
   * Builds and links what was registered since the last call. Models that nothing new refers to keep their meta.
   * Throws for the first reference, name or option that is wrong; what was registered since the last call is then forgotten.
   */
  ready(): void {
    if (this.#isReady) return;
    const added = [...this.#registered.values()].filter(
      ({ definition }) => !this.#built.has(definition.label.toLowerCase()),
    );
    const attempt = this.#attempt(added);
    const kept = attempt.rebuilt ? [] : this.#joinTables;
    this.#built = attempt.built;
    this.#joinTables = [...kept, ...attempt.joinTables];
    this.#isReady = true;
    for (const meta of attempt.metas) freezeMeta(asDraft(meta));
    for (const meta of attempt.metas) for (const listener of this.#listeners) listener(meta);
  }

  /** Links what was added, or everything where that changes models linked before. */
  #attempt(added: readonly Registered[]) {
    try {
      return this.#link(added, this.#built);
    } catch (error) {
      if (!(error instanceof ChangesLinked)) throw this.#forget(added, error);
    }
    try {
      return this.#link([...this.#registered.values()], new Map());
    } catch (error) {
      throw this.#forget(added, error);
    }
  }

  #forget(added: readonly Registered[], error: unknown): unknown {
    for (const { definition } of added) this.#registered.delete(definition.label.toLowerCase());
    this.#isReady = this.#built.size > 0;
    return error;
  }

  /** Links `models` beside those `before`. Throws ChangesLinked when one of those would get a new relation or child. */
  #link(models: readonly Registered[], before: ReadonlyMap<string, Drafted>) {
    const built = new Map(before);
    const labels: Labels = {
      find: (reference, appLabel, subject) => {
        const key = (reference.includes('.') ? reference : `${appLabel}.${reference}`).toLowerCase();
        if (before.has(key)) throw new ChangesLinked();
        const found = built.get(key);
        if (found === undefined) throw this.#unknown(reference, appLabel, subject);
        return found.meta;
      },
    };
    const drafts: Drafted[] = [];
    const draftOf = (definition: ModelDefinition, child?: ModelDefinition): Drafted => {
      const key = definition.label.toLowerCase();
      if (before.has(key)) throw new ChangesLinked();
      const done = built.get(key);
      if (done !== undefined) return done;
      const registered = this.#registered.get(key);
      if (registered === undefined || registered.definition !== definition) {
        throw new ImproperlyConfigured(
          'unregistered-parent',
          `${child?.label ?? ''} inherits from ${definition.label}, which is not registered: add its app to apps in defineConfig.`,
        );
      }
      for (const parent of concreteParents(definition)) draftOf(parent, definition);
      const drafted = buildMeta(definition, {
        draftOf: (parent) => draftOf(parent, definition),
        modelClass: registered.modelClass,
        autoField: this.#autoField,
      });
      built.set(key, drafted);
      drafts.push(drafted);
      return drafted;
    };
    for (const { definition } of models) draftOf(definition);
    const joinTables = linkRelations(drafts, labels).map(({ meta }) => asMeta(meta));
    for (const meta of joinTables)
      if (this.#classOfJoinTable !== undefined) asDraft(meta).modelClass = this.#classOfJoinTable(meta);
    const metas = [...drafts.map(({ meta }) => asMeta(meta)), ...joinTables];
    return { built, joinTables, metas, rebuilt: before.size === 0 };
  }

  #unknown(reference: string, appLabel: string, subject: string): ImproperlyConfigured {
    const names = [...this.#registered.values()].map(({ definition }) =>
      definition.appLabel === appLabel ? definition.name : definition.label,
    );
    return new ImproperlyConfigured(
      'unknown-model',
      `${subject} refers to '${reference}', which is no registered model.${didYouMean(reference, names)} Add its app to apps in defineConfig if it is one.`,
    );
  }

  /** The model with this label (upper and lower case do not matter in the model's name); undefined when there is none. */
  get(label: string): ModelMeta | undefined {
    const drafted = this.#built.get(label.toLowerCase());
    if (drafted !== undefined) return asMeta(drafted.meta);
    return this.#joinTables.find((meta) => meta.label.toLowerCase() === label.toLowerCase());
  }

  /** The same; throws AppRegistryNotReady or ImproperlyConfigured. */
  getModel(label: string): ModelMeta {
    const found = this.get(label);
    if (found !== undefined) return found;
    if (!this.#isReady)
      throw new AppRegistryNotReady(
        'not-ready',
        `The models are not linked yet; ${label} cannot be used before defineConfig.`,
      );
    throw new ImproperlyConfigured('unknown-model', `There is no model ${label}.${didYouMean(label, this.labels())}`);
  }

  /** All models, those of join tables last. */
  models(): readonly ModelMeta[] {
    return [...[...this.#built.values()].map(({ meta }) => asMeta(meta)), ...this.#joinTables];
  }

  /** The labels of all models that users wrote. */
  labels(): readonly string[] {
    return [...this.#registered.values()].map(({ definition }) => definition.label);
  }

  get isReady(): boolean {
    return this.#isReady;
  }
}

/** Models linked before would change: everything is linked anew. */
class ChangesLinked extends Error {}

/** The lists of fields stay as they are: they are walked for each object, and V8 takes eight times as long to walk a frozen array. */
function freezeMeta(meta: MetaDraft): void {
  for (const list of [meta.referrers, meta.manyToMany, meta.constraints, meta.indexes]) Object.freeze(list);
  for (const field of meta.localFields) Object.freeze(field);
  Object.freeze(meta.pk);
  Object.freeze(meta);
}
