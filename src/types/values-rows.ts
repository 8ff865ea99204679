import type { AnyExpression } from './descriptions.js';
import type { LookupError } from './near-miss.js';
import type { NamedExpression } from './positional.js';
import type { Annotations, CheckedExpression, Resolved } from './resolve.js';
import type { AllValues, CheckedPath, ValueAt } from './values.js';

/** A row of `values` with the paths `P`: all columns where there are none. */
export type PathsRow<L, A, P extends string> = [P] extends [never] ? AllValues<L, A> : { [K in P]: ValueAt<L, A, K> };

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

/** A row of `values` with paths and objects of expressions. */
export type ValuesRow<L, A, P extends readonly unknown[]> = NamedRow<L, A, P> & NamedObjects<L, A, P>;
type NamedObjects<L, A, P extends readonly unknown[]> = P extends readonly [infer X, ...infer Rest]
  ? X extends string | AnyExpression
    ? NamedObjects<L, A, Rest>
    : Annotations<L, A, X> & NamedObjects<L, A, Rest>
  : {};

/** The paths and expressions among `Ps`, each of them where it is valid, else the error. */
export type CheckedPaths<L, A, Ps extends readonly unknown[]> = number extends Ps['length']
  ? unknown
  : {
      [K in keyof Ps]: Ps[K] extends string
        ? CheckedPath<L, A, Ps[K]>
        : Ps[K] extends AnyExpression
          ? CheckedExpression<L, A, Ps[K]>
          : { readonly [N in keyof Ps[K]]: CheckedExpression<L, A, Ps[K][N]> };
    };

/** What is wrong with one of the paths among `Ps`, else `unknown`. */
export type WrongPath<L, A, Ps extends readonly unknown[]> =
  Extract<CheckedPaths<L, A, Ps>[number & keyof CheckedPaths<L, A, Ps>], LookupError<any>> extends infer E
    ? [E] extends [never]
      ? unknown
      : E
    : never;
