import type { AnyExpression } from './descriptions.js';
import type { LookupError } from './near-miss.js';
import type { NamedExpression } from './positional.js';
import type { Annotations, CheckedExpression, Resolved } from './resolve.js';
import type { AllValues, ValueAt, WrongPath } from './values.js';

/** A tuple of `valuesList`: a value for each path and expression. */
export type ListRow<L, A, P> = {
  -readonly [K in keyof P]: P[K] extends string ? ValueAt<L, A, P[K]> : Resolved<L, A, P[K]>;
};

/** The names of a row, with their types: the paths, and the expressions by the names they have or are given. */
export type NamedRow<L, A, P extends readonly unknown[]> = {
  [K in P[number] as K extends string
    ? K
    : K extends NamedExpression<infer N extends string, any>
      ? N
      : never]: K extends string ? ValueAt<L, A, K> : Resolved<L, A, K>;
};

/** A row of `values` with paths and objects of expressions: all columns where there are none. */
export type ValuesRow<L, A, P extends readonly unknown[]> = P extends readonly []
  ? AllValues<L, A>
  : P extends readonly string[]
    ? { [K in P[number]]: ValueAt<L, A, K> }
    : NamedRow<L, A, P> & NamedObjects<L, A, P>;
/** What `values` adds to the names that later calls may use. */
export type NamedObjects<L, A, P extends readonly unknown[]> = P extends readonly string[]
  ? {}
  : P extends readonly [infer X, ...infer Rest]
    ? X extends string | AnyExpression
      ? NamedObjects<L, A, Rest>
      : Annotations<L, A, X> & NamedObjects<L, A, Rest>
    : {};

/** What is wrong with a path, an expression or an object of expressions: unknown where nothing is. */
export type WrongField<L, A, P> = string extends P
  ? unknown
  : P extends string
    ? WrongPath<L, A, P>
    : P extends AnyExpression
      ? CheckedExpression<L, A, P>
      : { readonly [N in keyof P]: CheckedExpression<L, A, P[N]> };

/** Paths and expressions, with the error at those that are wrong. */
export type Fields<L, A, Ps> = { [K in keyof Ps]: Ps[K] & (WrongField<L, A, Ps[K]> extends infer T ? T : never) };

/** What is wrong with the first of several: unknown where nothing is. */
export type WrongFields<L, A, Ps extends readonly unknown[]> =
  Extract<EachWrong<L, A, Ps[number]>, LookupError<any>> extends infer E ? ([E] extends [never] ? unknown : E) : never;
type EachWrong<L, A, P> = P extends string ? ValueAt<L, A, P> : Resolved<L, A, P>;
