/**
 * App label → its models, for the compiler. A project augments it once, beside `defineConfig`.
 *
 * @example
 * import * as library from './library/models.js';
 * declare module 'nuages' {
 *   interface Register { library: typeof library }
 * }
 */
// biome-ignore lint/suspicious/noEmptyInterface: it is there to be augmented
export interface Register {}
