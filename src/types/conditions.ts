import type { ConditionOf, Described, ValueOf } from './descriptions.js';
import type { LookupIn, Offered } from './lookup-keys.js';
import type { MethodName } from './method-names.js';
import type { CheckedDescription } from './resolve.js';
import type { describes } from './symbols.js';
import type { AnnotationsOf } from './yields.js';

/**
 * What `filter`, `exclude` and `get` take: lookups, checked per key; or a composed condition or boolean expression, whose
 * description `D` is inferred from its one property and checked. One signature for both, so that a mistake is reported
 * at the offending key and nowhere else. `K` are the keys that were given to the
 * QuerySet `Q`.
 *
 * Asked about as `… extends infer T`, a value's type takes no part in inferring `K` and `D`: the compiler would otherwise look into
 * every branch by which it may come about. (NoInfer does that too, but hides the literals that completion offers.)
 *
 * `W` is inferred as the object that stands there, so that it adds nothing to check. Only when an editor asks for completions does the
 * compiler keep that object out of the inference, and `W` is then its default, `OfferedKeys`. Were these keys, a hundred and more for one
 * model, always part of this type, the compiler would put them together with the given ones in each query.
 */
export type Where<L, Q, K extends PropertyKey, D, W> = {
  [P in K]: WhereValue<L, Q, K, P, D> extends infer T ? T : never;
} & { readonly [describes]?: D } & { readonly [P in keyof W]?: unknown };

// Of a condition or expression, its key is checked and its methods are none of ours. A lookup must not depend on `K`: then it is computed
// once, although the compiler asks for it before `K` is known (for the value's contextual type) and after.
type WhereValue<L, Q, K, P, D> = P extends MethodName
  ? typeof describes extends K
    ? unknown
    : LookupIn<L, Q, P & string>
  : P extends string
    ? LookupIn<L, Q, P>
    : CheckedDescription<L, AnnotationsOf<Q>, D>;

/** First-hop names and lookups, for completion alone: the values are checked by the keys that were given. */
export type OfferedKeys<L> = { readonly [P in Offered<L>]: unknown };
/**
 * The same for a condition that is mostly not there: the compiler then asks for the default, of which it would put the names together.
 * As names of a key they are put together when a completion asks for them; where the default is rarely asked for, that is dearer.
 */
export type LazyOfferedKeys<L> = { readonly [M in L & string as Offered<M>]: unknown };

/** A composed condition or boolean expression. Those that follow the second are taken as they are. */
export type AnyCondition = Described<ConditionOf<any> | ValueOf<boolean>>;
