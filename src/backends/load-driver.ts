import { createRequire } from 'node:module';

const codeOf = (error: unknown): unknown => (error as { code?: unknown } | null)?.code;

/**
 * A driver's package as `require` gives it, else as `load` imports it; null where it is not installed. Drivers are CommonJS, which `require`
 * reads once and an import twice, first for the names that it exports: 3 ms of a cold start. The import is a function of its own, so that
 * a bundler sees what it may bundle.
 */
export async function loadDriver<T>(name: string, load: () => Promise<unknown>): Promise<T | null> {
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
    if (codeOf(error) === 'ERR_MODULE_NOT_FOUND') return null;
    throw error;
  }
}
