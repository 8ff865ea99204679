import type { Decimal } from 'decimal.js';
import type { Temporal } from 'temporal-polyfill';
import type { Arithmetic } from './arithmetic.js';
import type {
  AggregateOf,
  ArrayOf,
  CallOf,
  CaseOf,
  ConditionOf,
  Described,
  FirstOf,
  ForModel,
  MaybeCall,
  NumberFrom,
  ObjectOf,
  Operation,
  PathTo,
  RelationAlias,
  SameAs,
  SureCall,
  ValueOf,
  ValueOrNull,
} from './descriptions.js';
import type { Relation } from './field-types.js';
import type { AliasedRelation, Lookup } from './lookup-keys.js';
import type { LookupError } from './near-miss.js';
import type { FieldsOf, Target } from './registered.js';
import type { At, ReverseLookups } from './reverse.js';
import type { label } from './symbols.js';
import type { ValueAt } from './values.js';

/** How an aggregate is used: over the whole QuerySet, which may be empty, or per group, which never is. */
export type AggregateMode = 'whole' | 'group';

/**
 * The type of expression `X` over the model labelled `L` annotated with `A`. `X` is an expression, a path or a plain value.
 * A LookupError names the path that is wrong.
 */
export type Resolved<L, A, X, M = 'group'> =
  X extends Described<infer D>
    ? unknown extends D
      ? unknown
      : ResolvedDescription<L, A, D, M>
    : X extends string
      ? ValueAt<L, A, X>
      : Widened<X>;

// See descriptions.ts. The commonest first: every form that does not fit costs something.
type ResolvedDescription<L, A, D, M> =
  D extends PathTo<infer P extends string>
    ? ValueAt<L, A, P>
    : D extends ValueOf<infer V>
      ? V
      : D extends AggregateOf<infer K, infer X, infer O>
        ? Aggregated<K, X extends '*' ? number : Resolved<L, A, X, M>, O, M, L, A>
        : D extends Operation<infer Op, infer X, infer Y>
          ? Arithmetic<Op, Resolved<L, A, X, M>, Operand<L, A, Y, M>>
          : D extends CallOf<infer T, infer X>
            ? Strict<T, Resolved<L, A, X, M>>
            : D extends SameAs<infer X>
              ? Same<Resolved<L, A, X, M>>
              : ResolvedRarely<L, A, D, M>;

type ResolvedRarely<L, A, D, M> =
  D extends FirstOf<infer Xs extends readonly unknown[]>
    ? Coalesced<L, A, Xs, M>
    : D extends NumberFrom<infer X>
      ? Float<Resolved<L, A, X, M>>
      : D extends CaseOf<infer C, infer Xs, infer Y>
        ? Resolved<L, A, Xs, M> | Resolved<L, A, Y, M> | WrongIn<L, A, PartsOf<C>>
        : D extends ValueOrNull<infer X, infer O>
          ? Resolved<L, A, X, M> | (O extends { readonly default: infer Y } ? Resolved<L, A, Y, M> : null)
          : D extends ObjectOf<infer F>
            ? { -readonly [K in keyof F]: InJSON<Resolved<L, A, F[K], M>> }
            : D extends ArrayOf<infer Xs>
              ? { -readonly [K in keyof Xs]: InJSON<Resolved<L, A, Xs[K], M>> }
              : D extends ConditionOf<any>
                ? boolean
                : D extends RelationAlias<infer P>
                  ? AliasedRelation<RelationTarget<L, P>>
                  : D extends SureCall<infer T, infer X>
                    ? Errors<Resolved<L, A, X, M>, T>
                    : D extends MaybeCall<infer T, infer X>
                      ? Errors<Resolved<L, A, X, M>, T | null>
                      : unknown;

// Arithmetic takes plain values as they are: a string there is a value, unlike in a function's argument.
type Operand<L, A, X, M> = X extends Described<any> ? Resolved<L, A, X, M> : X;

/** A literal's own type widened: a row holds any number, not only 5. */
export type Widened<V> = V extends string
  ? string
  : V extends number
    ? number
    : V extends boolean
      ? boolean
      : V extends bigint
        ? bigint
        : V;

// Errors first: LookupError is an object and would pass for a value.
type Strict<T, X> = [Extract<X, LookupError<any>>] extends [never]
  ? null extends X
    ? T | null
    : T
  : Extract<X, LookupError<any>>;
type Same<X> = Errors<X, X>;
type Errors<X, T> = [Extract<X, LookupError<any>>] extends [never] ? T : Extract<X, LookupError<any>>;
type Float<X> = [Extract<X, LookupError<any>>] extends [never]
  ? ([Extract<NonNullable<X>, Decimal>] extends [never] ? number : Decimal) | Extract<X, null>
  : Extract<X, LookupError<any>>;

// Null only where every argument can be null.
type Coalesced<L, A, Xs extends readonly unknown[], M> = Xs extends readonly [infer X, ...infer Rest]
  ? Resolved<L, A, X, M> extends infer T
    ? null extends T
      ? Rest extends readonly []
        ? T
        : NonNullable<T> | Coalesced<L, A, Rest, M>
      : T
    : never
  : never;

/** What a value is when read back out of JSON: numbers and strings stay, the rest depends on the database. */
type InJSON<T> = T extends number | string | null ? T : unknown;

// Count is a number always; the others are null over no rows at all, over rows that a filter left out, or where their argument is.
type Aggregated<K, T, O, M, L, A> = [Extract<T, LookupError<any>>] extends [never]
  ? K extends 'count'
    ? number | WrongFilter<L, A, O>
    : K extends 'array'
      ? Listed<T, O, M, L, A>
      : K extends 'jsonArray'
        ? Listed<InJSONList<T>, O, M, L, A>
        : O extends { readonly default: infer D }
          ? AggregateType<K, NonNullable<T>> | Extract<Resolved<L, A, D>, null>
          :
              | AggregateType<K, NonNullable<T>>
              | (M extends 'whole'
                  ? null
                  : O extends { readonly filter: unknown }
                    ? WrongFilter<L, A, O> | null
                    : Extract<T, null>)
  : Extract<T, LookupError<any>>;
// Decimals and bigints are written into such a list as texts.
type InJSONList<T> = T extends bigint | Decimal ? string : T extends boolean ? T : InJSON<T>;

// A list holds what its argument is, null included; it is null itself where no row is taken in.
type Listed<T, O, M, L, A> = O extends { readonly default: infer D }
  ? T[] | Extract<Resolved<L, A, D>, null>
  : T[] | (M extends 'whole' ? null : O extends { readonly filter: unknown } ? WrongFilter<L, A, O> | null : never);
type WrongFilter<L, A, O> = O extends { readonly filter: infer C } ? WrongIn<L, A, PartsOf<C>> : never;
type AggregateType<K, T> = K extends 'same'
  ? T
  : K extends 'text'
    ? string
    : K extends 'boolean'
      ? boolean
      : K extends 'float'
        ? number
        : // Averages, deviations and variances: of decimals a Decimal, of durations a Duration, else a float.
          T extends Decimal
          ? Decimal
          : T extends Temporal.Duration
            ? Temporal.Duration
            : number;

type RelationTarget<L, P> = P extends `${infer H}__${infer R}`
  ? RelationTarget<RelationTarget<L, H>, R>
  : FieldsOf<L> extends infer F
    ? P extends keyof F
      ? F[P] extends Relation<infer To, any, any>
        ? Target<To, L>
        : never
      : At<ReverseLookups<L>, P>
    : never;

/** `unknown` where expression `X` fits the model, else the error. */
export type CheckedExpression<L, A, X, M = 'group'> =
  Extract<Resolved<L, A, X, M>, LookupError<any>> extends infer E ? ([E] extends [never] ? unknown : E) : never;

/**
 * The names that annotations `E` give, with their types. The condition, which always holds, takes the type's name away: the compiler then
 * compares two of them by their members, where of a named type it first measures how it varies with each parameter, which takes 40,000
 * instantiations once for a program.
 */
export type Annotations<L, A, E, M = 'group'> = E extends unknown
  ? { -readonly [K in keyof E]: Resolved<L, A, E[K], M> }
  : never;

/** `D` where the description fits the model, else the error. */
export type CheckedDescription<L, A, D> =
  D extends ConditionOf<infer W>
    ? 0 extends 1 & W
      ? D
      : [WrongIn<L, A, W>] extends [never]
        ? D
        : WrongIn<L, A, W>
    : Resolved<L, A, Described<D>> extends infer T
      ? T extends LookupError<any>
        ? T
        : [T] extends [boolean | null]
          ? D
          : unknown extends T
            ? D
            : LookupError<'a condition must be a boolean expression'>
      : never;

/** What is wrong in a union of lookup objects: never where all of them fit. */
export type WrongIn<L, A, W> = 0 extends 1 & W
  ? never
  : W extends ForModel<infer I>
    ? I extends { [label](): infer M }
      ? M extends L
        ? never
        : LookupError<`a condition on ${M & string} cannot filter ${L & string}`>
      : never
    : W extends Described<infer D>
      ? Exclude<CheckedDescription<L, A, D>, D>
      : { [K in keyof W]: WrongKey<L, A, K, W[K]> }[keyof W];

type WrongKey<L, A, K, V> = K extends string
  ? Lookup<L, A, K> extends infer T
    ? [T] extends [LookupError<any>]
      ? T
      : [V] extends [T]
        ? never
        : LookupError<`wrong type for '${K}'`>
    : never
  : never;

/** The lookup objects inside the parts of a composed condition: a union. Expressions stay as they are. */
export type PartsOf<W> = W extends Described<ConditionOf<infer X>> ? X : W;
