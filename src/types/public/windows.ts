import type { AnyExpression, CallOf, SameAs, ValueOf, ValueOrNull } from '../descriptions.js';
import type { Field } from '../field-types.js';
import type { Expression, FieldType } from './expressions.js';

type Terms = string | AnyExpression | readonly (string | AnyExpression)[];

/** Rows of a window that are left out: CURRENT_ROW, GROUP, TIES, NO_OTHERS. */
export type WindowExclusion = 'CURRENT ROW' | 'GROUP' | 'TIES' | 'NO OTHERS' | string;

/** What a window function looks at, from `start` to `end`: null is unbounded, 0 the current row, negative before it. */
export interface FrameOptions {
  readonly start?: number | null;
  readonly end?: number | null;
  readonly exclusion?: WindowExclusion;
}
/** A window's frame. */
export interface WindowFrame {
  readonly frameType: string;
}
/** RowRange counts rows, ValueRange values. */
export interface FrameFactory {
  (options?: FrameOptions): WindowFrame;
  new (options?: FrameOptions): WindowFrame;
}

/** Options of Window. */
export interface WindowOptions {
  /** Rows that share these are looked at together. */
  readonly partitionBy?: Terms;
  /** In which order. */
  readonly orderBy?: Terms;
  readonly frame?: WindowFrame;
  readonly outputField?: Field;
}
/** What `Window` is. */
export interface WindowFactory {
  <const E extends AnyExpression, const O extends WindowOptions = {}>(
    expression: E,
    options?: O,
  ): Expression<O extends { readonly outputField: infer X extends Field } ? CallOf<FieldType<X>, E> : SameAs<E>>;
}

/** Ntile. */
export interface NtileFunction {
  (buckets?: number): Expression<ValueOf<number>>;
}
/** FirstValue and LastValue. */
export type EdgeFunction = <const E extends string | AnyExpression>(expression: E) => Expression<SameAs<E>>;
/** NthValue: null where the window has fewer rows. */
export type NthValueFunction = <const E extends string | AnyExpression>(
  expression: E,
  nth?: number | { readonly nth: number },
) => Expression<ValueOrNull<E, {}>>;
/** Lag and Lead: null at the edge, or `default`. */
export interface NeighbourFunction {
  <
    const E extends string | AnyExpression,
    const O extends { readonly offset?: number; readonly default?: unknown } = {},
  >(
    expression: E,
    options?: O,
  ): Expression<ValueOrNull<E, O>>;
}
