import { asMeta, type MetaDraft } from './draft.js';
import type { BoundField, ModelMeta } from './model-meta.js';

type Given =
  | 'label'
  | 'appLabel'
  | 'name'
  | 'modelName'
  | 'dbTable'
  | 'autoCreated'
  | 'verboseName'
  | 'verboseNamePlural'
  | 'managed'
  | 'modelClass';

/**
 * A meta that has its names and nothing else yet: no options, fields or relations. Its primary key is still to be set. Property by
 * property, as in `relationDraft`.
 */
export function blankMeta(given: Pick<MetaDraft, Given>): MetaDraft {
  const meta: MetaDraft = {
    label: given.label,
    appLabel: given.appLabel,
    name: given.name,
    modelName: given.modelName,
    dbTable: given.dbTable,
    autoCreated: given.autoCreated,
    verboseName: given.verboseName,
    verboseNamePlural: given.verboseNamePlural,
    managed: given.managed,
    modelClass: given.modelClass,
    options: {},
    proxy: false,
    proxyFor: null,
    concrete: undefined as unknown as ModelMeta,
    fields: [],
    localFields: [],
    pk: undefined as unknown as BoundField,
    pkFields: [],
    parents: new Map(),
    ancestors: new Map(),
    fieldsByName: new Map(),
    relations: new Map(),
    accessors: new Map(),
    referrers: [],
    manyToMany: [],
    ordering: [],
    getLatestBy: null,
    orderWithRespectTo: null,
    uniqueTogether: [],
    constraints: [],
    indexes: [],
    definition: null,
  };
  meta.concrete = asMeta(meta);
  return meta;
}
