import { typeError } from '../errors.js';
import { didYouMean } from '../util/closest.js';
import { show } from '../util/show.js';
import { Constraint } from './constraints.js';
import { Index } from './indexes.js';
import type { MetaOptions } from './meta-options.js';

/** Every Meta option by name, with what its value must be. */
const KINDS: Readonly<Record<keyof MetaOptions, 'list' | 'text' | 'boolean' | 'any'>> = {
  ordering: 'list',
  dbTable: 'text',
  uniqueTogether: 'list',
  constraints: 'list',
  indexes: 'list',
  getLatestBy: 'any',
  orderWithRespectTo: 'text',
  proxy: 'boolean',
  managed: 'boolean',
  defaultRelatedName: 'text',
  verboseName: 'text',
  verboseNamePlural: 'text',
  baseManagerName: 'text',
  defaultManagerName: 'text',
  selectOnSave: 'boolean',
  permissions: 'list',
  defaultPermissions: 'list',
  requiredDbFeatures: 'list',
  requiredDbVendor: 'text',
  dbTableComment: 'text',
  dbTablespace: 'text',
};

/** Names of all Meta options. */
export const META_OPTIONS: readonly string[] = Object.freeze(Object.keys(KINDS));

/** The options, frozen. Throws TypeError for an unknown option or a value of the wrong kind. */
export function checkOptions(subject: string, options: MetaOptions): MetaOptions {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw typeError('meta-options', `${subject}: the options must be an object, not ${show(options)}.`);
  }
  const unknown = Object.keys(options).filter((name) => !Object.hasOwn(KINDS, name));
  if (unknown.length > 0) {
    const [first] = unknown as [string];
    throw typeError(
      'unknown-option',
      `${subject} got unknown options: ${unknown.map((name) => show(name)).join(', ')}.${didYouMean(first, META_OPTIONS)} Options are: ${META_OPTIONS.join(', ')}.`,
    );
  }
  for (const [name, value] of Object.entries(options) as [keyof MetaOptions, unknown][]) {
    const kind = KINDS[name];
    const fits =
      value === undefined ||
      kind === 'any' ||
      (kind === 'list' ? Array.isArray(value) : typeof value === (kind === 'text' ? 'string' : kind));
    if (!fits)
      throw typeError(
        'meta-options',
        `${subject}: the option ${name} must be ${kind === 'list' ? 'a list' : `a ${kind}`}, not ${show(value)}.`,
      );
  }
  checkItems(subject, 'constraints', options.constraints, Constraint);
  checkItems(subject, 'indexes', options.indexes, Index);
  if (options.ordering !== undefined && options.orderWithRespectTo !== undefined) {
    throw typeError('meta-options', `${subject}: ordering and orderWithRespectTo cannot be used together.`);
  }
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  return Object.freeze(given);
}

function checkItems(
  subject: string,
  option: string,
  items: readonly unknown[] | undefined,
  type: abstract new (...args: any[]) => unknown,
): void {
  for (const item of items ?? []) {
    if (!(item instanceof type))
      throw typeError('meta-options', `${subject}: the option ${option} holds ${show(item)}.`);
  }
}

/** `uniqueTogether` as a list of groups. */
export function uniqueGroups(option: MetaOptions['uniqueTogether']): readonly (readonly string[])[] {
  if (option === undefined || option.length === 0) return [];
  return typeof option[0] === 'string' ? [option as readonly string[]] : (option as readonly (readonly string[])[]);
}
