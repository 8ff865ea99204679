import type { Described, ForModel } from './descriptions.js';
import type { Lookup, Offered } from './lookup-keys.js';
import type { MethodName } from './method-names.js';
import type { LookupError } from './near-miss.js';
import type { Resolved } from './resolve.js';
import type { describes, label } from './symbols.js';

/**
 * What `filter`, `exclude` and `get` take: lookups, checked per key; or a composed condition or boolean expression, whose
 * description `D` is inferred from its one property and checked. One signature for both, so that a mistake is reported
 * at the offending key and nowhere else. `K` are the keys that were given.
 */
export type Where<L, A, K extends PropertyKey, D> = {
  [P in K]: NoInfer<WhereValue<L, A, K, P, D>>;
} & { readonly [describes]?: D } & OfferedKeys<L>;

// Of a condition or expression, its key is checked and its methods are none of ours. A lookup must not depend on `K`: then it is computed
// once, although the compiler asks for it before `K` is known (for the value's contextual type) and after.
type WhereValue<L, A, K, P, D> = P extends MethodName
  ? typeof describes extends K
    ? unknown
    : Remembered<L, A, P & string>
  : P extends string
    ? Remembered<L, A, P>
    : CheckedDescription<L, A, D>;

// A conditional type in tail position is computed anew each time; one that is itself asked about is computed once.
type Remembered<L, A, P extends string> = Lookup<L, A, P> extends infer T ? T : never;

/** First-hop names and lookups, for completion alone: the values are checked by the keys above. */
export type OfferedKeys<L> = { [P in Offered<L>]?: unknown };

/** A composed condition or boolean expression. Those that follow the second are taken as they are. */
export type AnyCondition = Described<readonly ['q', any] | ['q', any] | ['v', boolean]>;

/** `D` where the description fits the model, else the error. */
type CheckedDescription<L, A, D> = D extends readonly ['q', infer W]
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
export type WrongIn<L, A, W> =
  W extends ForModel<infer I>
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

/** Anything that can be part of a condition. */
export type ConditionPart = object;

/** The lookup objects inside the parts of a composed condition: a union. Expressions stay as they are. */
export type PartsOf<W> = W extends Described<readonly ['q', infer X]> ? X : W;
