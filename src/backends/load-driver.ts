import { createRequire } from 'node:module';
import { ImproperlyConfigured } from '../errors.js';

const codeOf = (error: unknown): unknown => (error as { code?: unknown } | null)?.code;

/** What is thrown where the package of a database's driver is not installed. */
export const missingDriver = (database: string, name: string, cause: unknown): ImproperlyConfigured =>
  new ImproperlyConfigured(
    'missing-driver',
    `${database} needs the package '${name}'. Install it: npm install ${name}`,
    {
      cause,
    },
  );

export const isMissingDriver = (error: unknown): boolean =>
  error instanceof ImproperlyConfigured && error.code === 'missing-driver';

/**
 * The package of a database's driver as `require` gives it, else as `load` imports it. Throws ImproperlyConfigured (`missing-driver`)
 * where it is not installed. Drivers are CommonJS, which `require` reads once and an import twice, first for the names that it exports:
 * 3 ms of a cold start. The import is a function of its own, so that a bundler sees what it may bundle.
 */
export async function loadDriver<T>(database: string, name: string, load: () => Promise<unknown>): Promise<T> {
  try {
    return createRequire(import.meta.url)(name) as T;
  } catch (error) {
    // in a bundle nothing may be installed, and in one of CommonJS there is no URL to look from
    if (codeOf(error) !== 'MODULE_NOT_FOUND' && codeOf(error) !== 'ERR_INVALID_ARG_VALUE') throw error;
  }
  try {
    const module = (await load()) as { readonly default?: T } & T;
    return module.default ?? module;
  } catch (error) {
    throw codeOf(error) === 'ERR_MODULE_NOT_FOUND' ? missingDriver(database, name, error) : error;
  }
}
