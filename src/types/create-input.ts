import type { AnyExpression } from './descriptions.js';
import type {
  CompositeKey,
  Field,
  HasCompositeKey,
  IsNull,
  KeyParts,
  RequiredNames,
  ToOne,
  ToOneNames,
} from './field-types.js';
import type { OrNull } from './kinds.js';
import type { NoSuchName } from './lookup-keys.js';
import type { Given } from './lookups.js';
import type { LookupError } from './near-miss.js';
import type { CompositeKeyInput, KeyOf, PkOf } from './primary-key.js';
import type { FieldsOf, InstanceOf, Target } from './registered.js';

/**
 * What `create` takes: the values of a new row. Required is exactly what nothing else provides: no default, null, blank or
 * automatic value. A foreign key may be given as an instance (`author`) or as its key (`authorId`).
 * `K` are the keys that were given, `Filled` what a related manager fills in itself.
 */
export type CreateInput<L, K extends string, Filled = never> = PartialInput<L, K> & Missing<L, FieldsOf<L>, K, Filled>;

/** Values for some of a model's columns: `defaults` of getOrCreate. */
export type PartialInput<L, K extends string> = {
  [P in K]?: NewValue<L, FieldsOf<L>, P> extends infer T ? T : never;
} & {
  [P in InputNames<FieldsOf<L>>]?: unknown;
};

/** Names offered where values of a row are wanted. */
type InputNames<F> = (keyof F & string) | `${ToOneNames<F> & string}Id`;

/** The value of one column of a new row, or a LookupError. */
type NewValue<L, F, P extends string> = P extends keyof F
  ? F[P] extends Field<infer T, infer K, infer O>
    ? OrNull<Given<K, T>, IsNull<O>> | AnyExpression
    : F[P] extends ToOne<infer To, infer O>
      ? OrNull<InstanceOf<Target<To, L>>, IsNull<O>>
      : F[P] extends CompositeKey
        ? CompositeKeyInput<L, F[P]>
        : LookupError<`'${P}' is a many-to-many relation: add to it once the row exists, with set() or add()`>
  : P extends 'pk' | 'id'
    ? PkOf<L>
    : P extends `${infer N}Id`
      ? N extends ToOneNames<F>
        ? NewKey<L, F[N]>
        : LookupError<NoSuchName<L, P>>
      : LookupError<NoSuchName<L, P>>;
type NewKey<L, X> = X extends ToOne<infer To, infer O> ? OrNull<KeyOf<Target<To, L>, O>, IsNull<O>> : never;

// What is required and was not given, as required properties: the compiler then names them.
type Missing<L, F, K extends string, Filled> = {
  [P in Exclude<RequiredNames<F>, K | Filled | ('pk' extends K ? KeyParts<F> : never)> as `${P & string}Id` extends K
    ? never
    : P]: RequiredValue<L, F, P>;
};
type RequiredValue<L, F, P> = P extends keyof F
  ? F[P] extends Field<infer T, infer K, any>
    ? Given<K, T>
    : F[P] extends ToOne<infer To, any>
      ? InstanceOf<Target<To, L>>
      : never
  : never;

/**
 * What a model's constructor takes. A class cannot infer the keys that it was given, hence one object type; of a required foreign
 * key either the instance or the key must be there. The parts of a composite key may also come together as `pk`, so none of them is required.
 *
 * The condition, which always holds, keeps the type without a name, and its parts have none: where functions over model classes are
 * inferred (`[Author, Book].map(…)`), the compiler would measure how named ones vary, which takes 20,000 instantiations.
 */
export type NewInstance<L, F> = L extends unknown
  ? { -readonly [K in keyof F]?: NewValue<L, F, K & string> } & (F extends HasCompositeKey
      ? {}
      : { pk?: PkOf<L>; id?: PkOf<L> }) & { [P in `${ToOneNames<F> & string}Id`]?: NewKeyNamed<L, F, P> } & {
        [P in Exclude<RequiredNames<F>, ToOneNames<F> | KeyParts<F>> & keyof F]: NewValue<L, F, P & string>;
      } & OneOfEach<Exclude<RequiredNames<F> & ToOneNames<F>, KeyParts<F>>>
  : never;

type NewKeyNamed<L, F, P> = P extends `${infer N}Id` ? (N extends keyof F ? NewKey<L, F[N]> : never) : never;

// The compiler multiplies such choices out, so that more than four required keys are left to be checked at run time. A choice says only
// that a value is there: the parts before say of which type.
type OneOfEach<K, N extends readonly unknown[] = [], I = {}> = [K] extends [never]
  ? I
  : N['length'] extends 4
    ? {}
    : LastOf<K> extends infer X extends string
      ? OneOfEach<Exclude<K, X>, [...N, X], I & (Record<X, Defined> | Record<`${X}Id`, Defined>)>
      : never;
type Defined = {} | null;
type LastOf<U> = (U extends unknown ? (x: () => U) => void : never) extends (x: infer I) => void
  ? I extends () => infer X
    ? X
    : never
  : never;
