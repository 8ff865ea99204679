import { Model } from 'nuages';

/**
 * Models for tests of behaviour, without their types: those are tested in test/types, where models are registered for all files.
 */
// biome-ignore lint/suspicious/noExplicitAny: see above
export type Any = any;
/** A field or class, taken as it is. */
export const untyped = (made: unknown): Any => made;
/** The base of a model class: `Model(label, fields, options)`. */
export const model = (label: string, ...rest: unknown[]): Any => (Model as Any)(label, ...rest);
