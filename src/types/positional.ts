import type { AnyExpression, Described } from './descriptions.js';
import type { LookupError } from './near-miss.js';
import type { Annotations, CheckedExpression, Resolved } from './resolve.js';
import type { defaultAlias } from './symbols.js';

/** An expression that has a name of its own: `Count('books')` is `books__count`. */
export interface NamedExpression<out Name, out D> extends Described<D> {
  readonly [defaultAlias]: Name;
}

/** What is wrong with the annotations `E`, at the name that is wrong; an expression alone needs a name of its own. */
export type NamedAnnotations<L, A, E> = E extends AnyExpression
  ? E extends NamedExpression<string, any>
    ? CheckedExpression<L, A, E>
    : LookupError<'give the expression a name: annotate({ name: … })'>
  : { readonly [K in keyof E]: CheckedExpression<L, A, E[K]> };

/** The names and types that annotations add: `E` by name, or an expression like those of `C`, with their own names. */
export type PositionalAnnotations<L, A, E, C extends readonly unknown[]> = C extends readonly []
  ? E extends AnyExpression
    ? ByOwnName<L, A, E, 'group'>
    : Annotations<L, A, E>
  : (E extends AnyExpression ? ByOwnName<L, A, E, 'group'> : Annotations<L, A, E>) &
      ByOwnName<L, A, C[number], 'group'>;

type ByOwnName<L, A, X, M> = {
  [E in X as E extends NamedExpression<infer N extends string, any> ? N : never]: Resolved<L, A, E, M>;
};

/** As NamedAnnotations, for `aggregate`. */
export type NamedAggregates<L, A, E> = E extends AnyExpression
  ? E extends NamedExpression<string, any>
    ? CheckedExpression<L, A, E, 'whole'>
    : LookupError<'give the expression a name: aggregate({ name: … })'>
  : { readonly [K in keyof E]: CheckedExpression<L, A, E[K], 'whole'> };

/** The row that `aggregate` gives. */
export type AggregatedRow<L, A, E, C extends readonly unknown[]> = C extends readonly []
  ? E extends AnyExpression
    ? ByOwnName<L, A, E, 'whole'>
    : Annotations<L, A, E, 'whole'>
  : (E extends AnyExpression ? ByOwnName<L, A, E, 'whole'> : Annotations<L, A, E, 'whole'>) &
      ByOwnName<L, A, C[number], 'whole'>;
