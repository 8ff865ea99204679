import type { Decimal } from 'decimal.js';
import type { AnyExpression } from './descriptions.js';
import type { Field, IsNull, IsOptional, ToOne } from './field-types.js';
import type { OrNull } from './kinds.js';
import type { NoSuchName } from './lookup-keys.js';
import type { Given } from './lookups.js';
import type { LookupError } from './near-miss.js';
import type { KeyOf, PkName, PkOf } from './primary-key.js';
import type { FieldsOf, InstanceOf, Target } from './register.js';

/**
 * What `create` takes: the values of a new row. Required is exactly what nothing else provides: no default, null, blank or
 * automatic value. A foreign key may be given as an instance (`author`) or as its key (`authorId`).
 * `K` are the keys that were given, `Filled` what a related manager fills in itself.
 */
export type CreateInput<L, K extends string, Filled = never> = {
  [P in K]?: NoInfer<NewValue<L, FieldsOf<L>, P>>;
} & Missing<L, FieldsOf<L>, K, Filled> & { [P in CreateNames<FieldsOf<L>>]?: unknown };

/** Values for some of a model's columns: `defaults`, `update`. */
export type PartialInput<L, K extends string> = { [P in K]?: NoInfer<NewValue<L, FieldsOf<L>, P> | AnyExpression> } & {
  [P in CreateNames<FieldsOf<L>>]?: unknown;
};

/** The value of one column of a new row, or a LookupError. */
type NewValue<L, F, P extends string> = P extends keyof F
  ? F[P] extends Field<infer T, infer K, infer O>
    ? OrNull<Given<K, T>, IsNull<O>> | AnyExpression
    : F[P] extends ToOne<infer To, infer O>
      ? OrNull<InstanceOf<Target<To, L>>, IsNull<O>>
      : LookupError<`'${P}' is a many-to-many relation: add to it once the row exists, with set() or add()`>
  : P extends 'pk' | 'id'
    ? PkOf<L>
    : P extends `${infer K}Id`
      ? K extends keyof F
        ? F[K] extends ToOne<infer To, infer O>
          ? OrNull<KeyOf<Target<To, L>, O>, IsNull<O>>
          : LookupError<NoSuchName<L, P, keyof F>>
        : LookupError<NoSuchName<L, P, keyof F>>
      : LookupError<NoSuchName<L, P, keyof F>>;

// What is required and was not given, as required properties: the compiler then names them.
type Missing<L, F, K extends string, Filled> = {
  [P in keyof F as P extends K | Filled ? never : IsRequired<F[P], P, K>]: F[P] extends Field<infer T, infer Kd, any>
    ? Given<Kd, T>
    : F[P] extends ToOne<infer To, any>
      ? InstanceOf<Target<To, L>>
      : never;
};
type IsRequired<X, P, K> =
  X extends Field<any, any, infer O>
    ? IsOptional<O> extends true
      ? never
      : P
    : X extends ToOne<any, infer O>
      ? IsOptional<O> extends true
        ? never
        : O extends { readonly parentLink: true }
          ? never
          : `${P & string}Id` extends K
            ? never
            : P
      : never;

/** Names offered where values of a row are wanted. */
type CreateNames<F> = {
  [K in keyof F & string]: F[K] extends Field ? K : F[K] extends ToOne ? K | `${K}Id` : never;
}[keyof F & string];

/** What a model's constructor takes. A class cannot infer the keys that it was given, hence one object type. */
export type NewInstance<L, F> = RequiredScalars<F> &
  OptionalScalars<F> &
  OptionalRelations<L, F> &
  (PkName<F> extends never ? { readonly id?: number } : {}) & { readonly pk?: unknown } & ([
    RequiredRelations<F>,
  ] extends [never]
    ? {}
    : OneOfEach<L, F, RequiredRelations<F>>);

type RequiredScalars<F> = {
  -readonly [K in keyof F as F[K] extends Field<any, any, infer O>
    ? IsOptional<O> extends true
      ? never
      : K
    : never]: F[K] extends Field<infer T, infer Kd, any> ? Given<Kd, T> : never;
};
type OptionalScalars<F> = {
  -readonly [K in keyof F as F[K] extends Field<any, any, infer O>
    ? IsOptional<O> extends true
      ? K
      : never
    : never]?: F[K] extends Field<infer T, infer Kd, infer O> ? OrNull<Given<Kd, T>, IsNull<O>> : never;
};
type OptionalRelations<L, F> = {
  -readonly [K in keyof F as F[K] extends ToOne ? K : never]?: F[K] extends ToOne<infer To, infer O>
    ? OrNull<InstanceOf<Target<To, L>>, IsNull<O>>
    : never;
} & {
  -readonly [K in keyof F as F[K] extends ToOne ? `${K & string}Id` : never]?: F[K] extends ToOne<infer To, infer O>
    ? OrNull<KeyOf<Target<To, L>, O>, IsNull<O>>
    : never;
};
type RequiredRelations<F> = {
  [K in keyof F]: F[K] extends ToOne<any, infer O>
    ? IsOptional<O> extends true
      ? never
      : O extends { readonly parentLink: true }
        ? never
        : K
    : never;
}[keyof F];

// One of `author` and `authorId` for each. The compiler multiplies such choices out, so that it is done for one to three of them.
type OneOfEach<L, F, K> = [K] extends [infer X extends keyof F]
  ? IsMany<X> extends true
    ? {}
    : Intersected<Choice<L, F, X>>
  : {};
type Choice<L, F, X> = X extends keyof F
  ? F[X] extends ToOne<infer To, any>
    ? [{ [P in X]: InstanceOf<Target<To, L>> } | { [P in `${X & string}Id`]: KeyOf<Target<To, L>, {}> }]
    : never
  : never;
type Intersected<U> = (U extends [infer X] ? (x: X) => void : never) extends (x: infer I) => void ? I : never;
type IsMany<U> = Decimal extends U ? false : Counted<U> extends [any, any, any, any, ...any[]] ? true : false;
type Counted<U, N extends any[] = []> = [U] extends [never]
  ? N
  : N extends [any, any, any, any]
    ? N
    : LastOf<U> extends infer X
      ? Counted<Exclude<U, X>, [...N, X]>
      : never;
type LastOf<U> = (U extends unknown ? (x: () => U) => void : never) extends (x: infer I) => void
  ? I extends () => infer X
    ? X
    : never
  : never;
