import type { TypedRelation } from './field-types.js';
import type { ClassOf, Register, Target } from './register.js';
import type { classAncestors, classLabel, classOwn } from './symbols.js';

/** One relation as its target sees it. */
export interface ReverseEntry<out Source, out Name, out Field, out Kind, out Options> {
  /** Label of the model that declares it. */
  readonly source: Source;
  /** That model's name. */
  readonly name: Name;
  readonly field: Field;
  readonly kind: Kind;
  readonly options: Options;
}

/** The relations that one model declares: full label of the target → entry. */
type EntriesOf<C, N> = C extends { readonly [classOwn]: infer F; readonly [classLabel]: infer L }
  ? {
      [K in keyof F]: F[K] extends TypedRelation<infer R, infer Kind, infer O>
        ? [Target<R, L>, ReverseEntry<L, N, K, Kind, O>]
        : never;
    }[keyof F]
  : never;

/** All relations of all apps, computed once. */
type AllEntries = {
  [A in keyof Register]: { [N in keyof Register[A]]: EntriesOf<Register[A][N], N> }[keyof Register[A]];
}[keyof Register];

/** The same, indexed by target: entries that share a target become one property, a union. */
type EntriesByTarget = { [E in AllEntries as E[0] & string]: E[1] };

/** The relations that point at a model or at one of its concrete ancestors. */
export type ReverseOf<L> = EntriesTo<L> | EntriesTo<AncestorsOf<L>>;
type EntriesTo<L> = L extends keyof EntriesByTarget ? EntriesByTarget[L] : never;

/** The labels of a model's concrete ancestors. */
export type AncestorsOf<L> = ClassOf<L> extends { readonly [classAncestors]: infer P } ? P : never;

/** `%(class)s` and the like in a related name, filled in. */
type Filled<S, N> = S extends `${infer A}%(class)s${infer B}`
  ? `${A}${Lowercase<N & string>}${Filled<B, N>}`
  : S extends `${infer A}%(model_name)s${infer B}`
    ? `${A}${Lowercase<N & string>}${Filled<B, N>}`
    : S;

/** The attribute by which instances of the target reach the relation; never when it is hidden (`'+'`). */
export type AccessorName<E> =
  E extends ReverseEntry<any, infer N extends string, any, infer Kind, infer O>
    ? O extends { readonly relatedName: infer S extends string }
      ? S extends `${string}+`
        ? never
        : Filled<S, N>
      : Kind extends 'o2o'
        ? Uncapitalize<N>
        : `${Uncapitalize<N>}Set`
    : never;

/** The name by which lookups of the target reach the relation. */
export type QueryName<E> =
  E extends ReverseEntry<any, infer N extends string, any, any, infer O>
    ? O extends { readonly relatedQueryName: infer S extends string }
      ? Filled<S, N>
      : O extends { readonly relatedName: infer S extends string }
        ? S extends `${string}+`
          ? never
          : Filled<S, N>
        : Uncapitalize<N>
    : never;

/** Lookup name → label of the model at the other end. */
export type ReverseLookups<L> = {
  [E in ReverseOf<L> as QueryName<E>]: E extends ReverseEntry<infer S, any, any, any, any> ? S : never;
};

/** `T[K]`, or never: for mapped types whose keys the compiler does not follow. */
export type At<T, K> = K extends keyof T ? T[K] : never;
