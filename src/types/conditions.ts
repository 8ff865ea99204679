import type { ConditionOf, Described, ValueOf } from './descriptions.js';
import type { LookupIn, Offered } from './lookup-keys.js';
import type { MethodName } from './method-names.js';
import type { CheckedDescription } from './resolve.js';
import type { describes, offers } from './symbols.js';
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
 * `W` is there for completion, see OfferedKeys, and is `Offering` otherwise, which adds nothing.
 */
export type Where<L, Q, K extends PropertyKey, D, W> = {
  [P in K]: WhereValue<L, Q, K, P, D> extends infer T ? T : never;
} & { readonly [describes]?: D } & W;

// Of a condition or expression, its key is checked and its methods are none of ours. A lookup must not depend on `K`: then it is computed
// once, although the compiler asks for it before `K` is known (for the value's contextual type) and after.
type WhereValue<L, Q, K, P, D> = P extends MethodName
  ? typeof describes extends K
    ? unknown
    : LookupIn<L, Q, P & string>
  : P extends string
    ? LookupIn<L, Q, P>
    : CheckedDescription<L, AnnotationsOf<Q>, D>;

/** The constraint of `W`: what stands in a query has nothing in common with it, which is all optional, and so `W` becomes the constraint. */
export interface Offering {
  readonly [offers]?: true;
}

/** The default of `K`, the keys of a condition that is not there: where there is one, the compiler infers none or some. */
export type NoKeys = typeof offers;

/**
 * The default of `W`: first-hop names and lookups, for completion alone; the values are checked by the keys `K` that were given. Only when an
 * editor asks for completions does the compiler keep the object that stands there out of the inference, but not its keys, and `W` is
 * then this. It also looks at the default where a condition is missing, and for the context of one that is a call, `filter(or(…))`, before it
 * has inferred any keys: put together there, these names, a hundred and more for one model, were a tenth of what a query takes to check.
 */
export type OfferedKeys<L, K> = NoKeys extends K ? Offering : Offering & { readonly [P in Offered<L>]?: unknown };

/** A composed condition or boolean expression. Those that follow the second are taken as they are. */
export type AnyCondition = Described<ConditionOf<any> | ValueOf<boolean>>;
