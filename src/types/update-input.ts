import type { AnyExpression, Described } from './descriptions.js';
import type { CompositeKey, Field, IsNull, ToOne } from './field-types.js';
import type { OrNull } from './kinds.js';
import type { NoSuchName } from './lookup-keys.js';
import type { Given } from './lookups.js';
import type { LookupError } from './near-miss.js';
import type { KeyOf } from './primary-key.js';
import type { InstanceOf, Target } from './registered.js';
import type { Resolved } from './resolve.js';

/**
 * What `update` takes: values, or expressions over the row's own columns. `K` are the keys that were given, `V` the union of
 * the values: expressions among them are resolved, so that a wrong path is found.
 */
export type UpdateInput<L, F, A, K extends string, V> = {
  [P in K]: UpdateValue<L, F, P> extends infer T ? T : never;
} & {
  [P in K]: V;
} & { [P in keyof F]?: unknown } & NoInfer<WrongExpressions<L, A, V>>;

type UpdateValue<L, F, P extends string> = P extends keyof F
  ? F[P] extends Field<infer T, infer K, infer O>
    ? OrNull<Given<K, T>, IsNull<O>> | AnyExpression
    : F[P] extends ToOne<infer To, infer O>
      ? OrNull<InstanceOf<Target<To, L>> | KeyOf<Target<To, L>, O>, IsNull<O>> | AnyExpression
      : F[P] extends CompositeKey
        ? LookupError<`'${P}' is a composite key: update its fields`>
        : LookupError<`'${P}' is a many-to-many relation: it cannot be updated`>
  : P extends 'id'
    ? ImplicitId<L, InstanceOf<L>>
    : P extends `${infer K}Id`
      ? K extends keyof F
        ? F[K] extends ToOne<infer To, infer O>
          ? OrNull<KeyOf<Target<To, L>, O>, IsNull<O>> | AnyExpression
          : LookupError<NoSuchName<L, P>>
        : LookupError<NoSuchName<L, P>>
      : LookupError<NoSuchName<L, P>>;

// `id` is there only where the model has no key of its own.
type ImplicitId<L, I> = I extends { id: infer T } ? T | AnyExpression : LookupError<NoSuchName<L, 'id'>>;

type WrongExpressions<L, A, V> = WrongExpression<L, A, V> extends infer E ? ([E] extends [never] ? unknown : E) : never;
type WrongExpression<L, A, V> = V extends Described<any> ? Extract<Resolved<L, A, V>, LookupError<any>> : never;
