import type { Described } from './descriptions.js';
import type { Lookup, Offered } from './lookup-keys.js';
import type { MethodName } from './method-names.js';
import type { LookupError } from './near-miss.js';
import type { CheckedDescription } from './resolve.js';
import type { describes } from './symbols.js';

/**
 * What `filter`, `exclude` and `get` take: lookups, checked per key; or a composed condition or boolean expression, whose
 * description `D` is inferred from its one property and checked. One signature for both, so that a mistake is reported
 * at the offending key and nowhere else. `K` are the keys that were given.
 *
 * Asked about as `… extends infer T`, a value's type takes no part in inferring `K` and `D`: the compiler would otherwise look into
 * every branch by which it may come about. (NoInfer does that too, but hides the literals that completion offers.)
 */
export type Where<L, A, K extends PropertyKey, D> = {
  [P in K]: WhereValue<L, A, K, P, D> extends infer T ? T : never;
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
type Remembered<L, A, P extends string> =
  Lookup<L, A, P> extends infer T ? ([T] extends [LookupError<any>] ? LookupByAlias<L, A, P, T> : T) : never;

// Names given by expressions themselves look like paths: `books__count`.
type LookupByAlias<L, A, P extends string, E> = P extends keyof A
  ? Lookup<L, { alias: A[P] }, 'alias'>
  : P extends `${keyof A & `${string}__${string}`}__${infer R}`
    ? P extends `${infer N}__${R}`
      ? Lookup<L, { alias: N extends keyof A ? A[N] : never }, `alias__${R}`>
      : E
    : E;

/** First-hop names and lookups, for completion alone: the values are checked by the keys above. */
export type OfferedKeys<L> = { [P in Offered<L>]?: unknown };

/** A composed condition or boolean expression. Those that follow the second are taken as they are. */
export type AnyCondition = Described<readonly ['q', any] | ['q', any] | ['v', boolean]>;
