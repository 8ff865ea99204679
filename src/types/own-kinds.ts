/**
 * Kinds that say themselves what they take and which lookups they have, by kind: `given`, what takes the place of a value of type `T`,
 * and `lookups`, name → what stands on the right. contrib/ augments it, so that it costs nothing where contrib/ is not used.
 */
// biome-ignore lint/suspicious/noEmptyInterface: it is there to be augmented
// biome-ignore lint/correctness/noUnusedVariables: those who augment it use it
export interface OwnKinds<T> {}

/**
 * What the transform named `N` makes of a value of type `T`, by the same kinds: `[kind, type, whether it may be null where T is not]`, or
 * null when there is no such transform.
 */
// biome-ignore lint/suspicious/noEmptyInterface: it is there to be augmented
// biome-ignore lint/correctness/noUnusedVariables: those who augment it use it
export interface OwnTransforms<T, N> {}

/** The transform of kind `K`. */
export type OwnStep<K, T, N> = K extends keyof OwnTransforms<T, N> ? OwnTransforms<T, N>[K] : null;
