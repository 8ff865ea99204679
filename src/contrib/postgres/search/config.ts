import { typeError } from '../../../errors.js';
import { isExpression } from '../../../expressions/expression.js';
import type { ExpressionNode } from '../../../sql/expression-nodes.js';
import type { Resolvable, Scope } from '../../../sql/resolvable.js';

/** A configuration of text search (`english`, `public.mine`), or an expression that gives its name; null for the database's own. */
export type Config = string | Resolvable | null;

/** Options of everything that a configuration decides. */
export interface ConfigOptions {
  readonly config?: string | Resolvable;
}

/** Public options, with what an expression is at run time. */
export type WithConfig<O> = ConfigOptions & Omit<O, 'config'>;

/** The configuration that was asked for. Throws TypeError for what cannot be one. */
export function configOption({ config }: ConfigOptions, what: string): Config {
  if (config === undefined) return null;
  if (isExpression(config) || (typeof config === 'string' && config !== '' && !config.includes('\0'))) return config;
  throw typeError('search-config', `${what} takes the name of a configuration of text search, or an expression.`);
}

/** The configuration as it is part of a call: its name among the options, or its expression as the first argument. */
export function configured(
  config: Config,
  scope: Scope,
): { readonly args: readonly ExpressionNode[]; readonly options: Readonly<Record<string, string | boolean>> } {
  if (config === null) return { args: [], options: {} };
  if (typeof config === 'string') return { args: [], options: { config } };
  return { args: [config.resolve(scope)], options: { configured: true } };
}

/** The part of a shape that says which configuration it is; an expression is among the sources. */
export const shapeOfConfig = (config: Config): string => (typeof config === 'string' ? JSON.stringify(config) : '');
/** The expressions in it. */
export const sourcesOfConfig = (config: Config): readonly Resolvable[] =>
  config === null || typeof config === 'string' ? [] : [config];
