import type { IsNull, Relation, RelationKind, RelationNames } from './field-types.js';
import type { Register } from './register.js';
import type { ClassOf, Target } from './registered.js';
import type { classAncestors, classLabel, classOwn } from './symbols.js';

/** One relation as its target sees it: `Source` is the label of the model that declares it as `Field`, `Name` that model's name. */
export interface ReverseEntry<out To, out Source, out Name, out Field, out R, out O> {
  readonly target: To;
  readonly source: Source;
  readonly field: Field;
  readonly relation: R;
  readonly nullable: IsNull<O>;
  /** The attribute by which instances of the target reach the relation; never when it is hidden (`'+'`). */
  readonly accessor: AccessorName<Name, R, O>;
  /** The name by which lookups of the target reach it. */
  readonly query: QueryName<Name, O>;
}

/** Any of them. */
export type AnyReverse<R extends RelationKind = any> = ReverseEntry<any, any, any, any, R, any>;

// The relations that one model declares.
type EntriesOf<C, N> = C extends { readonly [classOwn]: infer F; readonly [classLabel]: infer L }
  ? EntriesIn<F, RelationNames<F>, L, N>
  : never;
type EntriesIn<F, K, L, N> = K extends keyof F
  ? F[K] extends Relation<infer To, infer R, infer O>
    ? ReverseEntry<Target<To, L>, L, N, K, R, O>
    : never
  : never;

/**
 * All relations of all apps, computed once. Only names that begin with a capital are looked at: classes. What else a module of models
 * exports, say a QuerySet, may have a type that depends on this one.
 */
type AllEntries = {
  [A in keyof Register]: EntriesInApp<Register[A], ClassNames<keyof Register[A]>>;
}[keyof Register];
type ClassNames<N> = N extends Capitalize<N & string> ? N : never;
type EntriesInApp<M, N> = N extends keyof M ? EntriesOf<M[N], N> : never;

/** The same, indexed by target: entries that share a target become one property, a union. */
type EntriesByTarget = { [E in AllEntries as E['target']]: E };

/** The relations that point at a model or at one of its concrete ancestors. */
export type ReverseOf<L> = EntriesTo<L | AncestorsOf<L>>;
type EntriesTo<L> = L extends keyof EntriesByTarget ? EntriesByTarget[L] : never;

/** The labels of a model's concrete ancestors. */
export type AncestorsOf<L> = ClassOf<L> extends { readonly [classAncestors]: infer P } ? P : never;

type AccessorName<N, R, O> = O extends { readonly relatedName: infer S }
  ? Written<S, N>
  : R extends 'o2o'
    ? Uncapitalize<N & string>
    : `${Uncapitalize<N & string>}Set`;

type QueryName<N, O> = O extends { readonly relatedQueryName: infer S }
  ? Written<S, N>
  : O extends { readonly relatedName: infer S }
    ? Written<S, N>
    : Uncapitalize<N & string>;

// A name as given, unless it hides the relation or has `%(class)s` and the like to be filled in.
type Written<S, N> = S extends `${string}+` ? never : S extends `${string}%${string}` ? Filled<S, N> : S & string;
type Filled<S, N> = S extends `${infer A}%(${'class' | 'model_name'})s${infer B}`
  ? `${A}${Lowercase<N & string>}${Filled<B, N>}`
  : S & string;

/** Lookup name → label of the model at the other end. */
export type ReverseLookups<L> = { [E in ReverseOf<L> as E['query']]: E['source'] };

/** `T[K]`, or never: for mapped types whose keys the compiler does not follow. */
export type At<T, K> = K extends keyof T ? T[K] : never;
