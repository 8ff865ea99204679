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

/** A meta that has its names and nothing else yet: no options, fields or relations. Its primary key is still to be set. */
export function blankMeta(given: Pick<MetaDraft, Given>): MetaDraft {
  const meta: MetaDraft = {
    ...given,
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
