import type { annotations, row } from './symbols.js';

/**
 * What a QuerySet yields and the names that it was annotated with. Each call adds these by intersection, and the last one holds;
 * so the QuerySet keeps one type parameter, its model, and may be passed on without any comparison of structures.
 */
export interface Yields<out Row, out A> {
  [row](): Row;
  [annotations](): A;
}

/** What the QuerySet `Q` yields. */
export type RowOf<Q> = Q extends { [row](): infer R } ? R : never;

/** The names that the QuerySet `Q` was annotated with, and their types. */
export type AnnotationsOf<Q> = Q extends { [annotations](): infer A } ? A : {};
