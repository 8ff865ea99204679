import type { Router } from '../../sql/routing.js';

/** How a database is reached: a URL, or a URL with options. */
export type DatabaseConfig = string | ({ readonly url: string } & Readonly<Record<string, unknown>>);

/** What `defineConfig` takes. */
export interface Config {
  /** App label → the module with its models. */
  readonly apps: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Alias → database. `default` is the one used where nothing else is said. */
  readonly databases?: Readonly<Record<string, DatabaseConfig>> & { readonly default?: DatabaseConfig };
  /** An IANA name; dates and times of day are meant there. Default UTC. */
  readonly timeZone?: string;
  /** How relations that are not loaded are fetched. Default `peers`. */
  readonly fetchMode?: 'peers' | 'one' | 'raise';
  /** The class of automatic primary keys. */
  readonly defaultAutoField?: unknown;
  /** Which database a model is read from and written to; asked in this order. */
  readonly databaseRouters?: readonly Router[];
}

/** What `defineConfig` is. */
export interface DefineConfigFunction {
  /**
   * Registers the models and names the databases. Declare the same apps to the compiler beside it.
   *
   * @example
   * import * as library from './library/models.js';
   * export default defineConfig({ apps: { library }, databases: { default: process.env.DATABASE_URL ?? 'sqlite:db.sqlite3' } });
   * declare module 'nuages' { interface Register { library: typeof library } }
   */
  <const C extends Config>(config: C): C;
}
