import type { BoundField, Hop, ModelMeta, Relation } from './model-meta.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A BoundField while it is made: `type` and `relation` of foreign keys are found by linking. */
export type FieldDraft = Mutable<BoundField>;

/** A Relation while its two sides are made. */
export type RelationDraft = Mutable<Relation>;

/** A many-to-many field before it is linked. */
export interface DeclaredMany {
  readonly name: string;
  readonly field: BoundField['field'];
}

type Plain = Omit<
  ModelMeta,
  | 'fields'
  | 'localFields'
  | 'parents'
  | 'ancestors'
  | 'fieldsByName'
  | 'relations'
  | 'accessors'
  | 'referrers'
  | 'manyToMany'
>;

/** A ModelMeta while it is made: the same object, before it is frozen. */
export interface MetaDraft extends Mutable<Plain> {
  fields: BoundField[];
  localFields: BoundField[];
  parents: Map<ModelMeta, BoundField>;
  ancestors: Map<ModelMeta, readonly Hop[]>;
  fieldsByName: Map<string, BoundField>;
  relations: Map<string, Relation>;
  accessors: Map<string, Relation>;
  referrers: Relation[];
  manyToMany: Relation[];
}

/** What linking needs to know of a model beside its meta. */
export interface Drafted {
  readonly meta: MetaDraft;
  /** Many-to-many fields of its own. */
  readonly many: readonly DeclaredMany[];
  /** Direct parents with a table, with the name of the link to each; for a proxy the model behind it. */
  readonly parents: readonly (Drafted & { readonly link: string | null })[];
}

/** Where linking finds models by reference. */
export interface Labels {
  /** The model that `reference` means in an app. Throws ImproperlyConfigured with a suggestion when there is none. */
  find(reference: string, appLabel: string, subject: string): MetaDraft;
}

/** Takes note of a relation that starts at a model. */
export type AddRelation = (meta: ModelMeta, relation: Relation) => void;

/** A draft as what it becomes. */
export const asMeta = (draft: MetaDraft): ModelMeta => draft as unknown as ModelMeta;
/** A meta that is still being made. */
export const asDraft = (meta: ModelMeta): MetaDraft => meta as unknown as MetaDraft;
