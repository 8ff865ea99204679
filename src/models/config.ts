import { configureDatabases, type DatabaseConfig } from '../database/databases.js';
import { configureRouters, type Router } from '../database/router.js';
import { ImproperlyConfigured, typeError } from '../errors.js';
import type { Field } from '../fields/field.js';
import { setDefaultTimeZone } from '../fields/time-zone.js';
import '../lookups/builtins.js';
import '../query/lazy.js';
import { querySettings } from '../query/settings.js';
import type { FetchMode } from '../schema/instance.js';
import type { ModelClass } from '../schema/model-meta.js';
import { didYouMean } from '../util/closest.js';
import { definitionOf } from './define.js';
import { registry } from './registry.js';

/** What `defineConfig` takes; see `types/public/config.ts` for the documentation. */
export interface Config {
  readonly apps: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly databases?: Readonly<Record<string, DatabaseConfig>>;
  readonly timeZone?: string;
  readonly fetchMode?: FetchMode;
  readonly defaultAutoField?: unknown;
  readonly databaseRouters?: readonly Router[];
}

const OPTIONS = ['apps', 'databases', 'timeZone', 'fetchMode', 'defaultAutoField', 'databaseRouters'];

/** Registers models and databases. Later calls add apps and replace the databases. */
export function defineConfig<C extends Config>(config: C): C {
  checkConfig(config);
  if (config.timeZone !== undefined) {
    querySettings.timeZone = config.timeZone;
    setDefaultTimeZone(config.timeZone);
  }
  if (config.fetchMode !== undefined) querySettings.fetchMode = config.fetchMode;
  registerApps(config);
  if (config.databases !== undefined) configureDatabases(config.databases);
  configureRouters(config.databaseRouters ?? []);
  return config;
}

function checkConfig(config: Config): void {
  if (typeof config !== 'object' || config === null)
    throw typeError('config', 'defineConfig() takes an object with apps and databases.');
  for (const name of Object.keys(config)) {
    if (OPTIONS.includes(name)) continue;
    throw new ImproperlyConfigured(
      'unknown-option',
      `defineConfig() knows no option '${name}'.${didYouMean(name, OPTIONS)} Options are: ${OPTIONS.join(', ')}.`,
    );
  }
  const { timeZone, fetchMode } = config;
  if (fetchMode !== undefined && !['peers', 'one', 'raise'].includes(fetchMode)) {
    throw new ImproperlyConfigured('fetch-mode', `fetchMode must be 'peers', 'one' or 'raise'.`);
  }
  if (timeZone !== undefined && !isTimeZone(timeZone)) {
    throw new ImproperlyConfigured('time-zone', `timeZone must be an IANA name such as 'Europe/Paris' or 'UTC'.`);
  }
}

function isTimeZone(name: unknown): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: String(name) });
    return typeof name === 'string';
  } catch {
    return false;
  }
}

/** Registers every model class of the apps and links them all. */
function registerApps(config: Config): void {
  const { defaultAutoField } = config;
  if (defaultAutoField !== undefined)
    registry.setAutoField(() => (defaultAutoField as (options: object) => Field)({ primaryKey: true }));
  for (const [app, models] of Object.entries(config.apps)) {
    for (const value of Object.values(models)) {
      const definition = definitionOf(value);
      if (definition === null || definition.abstract) continue;
      if (definition.appLabel !== app) {
        throw new ImproperlyConfigured(
          'app-label',
          `The model ${definition.label} stands in the app '${app}' of defineConfig(); its label says '${definition.appLabel}'.`,
        );
      }
      registry.register(definition, value as ModelClass);
    }
  }
  registry.ready();
}
