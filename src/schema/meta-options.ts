import type { Constraint } from './constraints.js';
import type { Index } from './indexes.js';

/** Meta options as the user gave them, names in camelCase. */
export interface MetaOptions {
  readonly ordering?: readonly unknown[];
  readonly dbTable?: string;
  readonly uniqueTogether?: readonly string[] | readonly (readonly string[])[];
  readonly constraints?: readonly Constraint[];
  readonly indexes?: readonly Index[];
  readonly getLatestBy?: string | readonly string[];
  readonly orderWithRespectTo?: string;
  readonly proxy?: boolean;
  readonly managed?: boolean;
  readonly defaultRelatedName?: string;
  readonly verboseName?: string;
  readonly verboseNamePlural?: string;
  readonly baseManagerName?: string;
  readonly defaultManagerName?: string;
  readonly selectOnSave?: boolean;
  readonly permissions?: readonly (readonly [string, string])[];
  readonly defaultPermissions?: readonly string[];
  readonly requiredDbFeatures?: readonly string[];
  readonly requiredDbVendor?: string;
  readonly dbTableComment?: string;
  readonly dbTablespace?: string;
}
