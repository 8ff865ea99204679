import type { Relation, RelationKind, RelationNames } from './field-types.js';
import type { Register } from './register.js';
import type { AppOf, ClassOf, Target } from './registered.js';
import type { classAncestors, classLabel, classOptions, classOwn } from './symbols.js';

/**
 * One relation as its target sees it: `Source` is the label of the model that declares it as `Field`, `Name` that model's name,
 * `M` its options.
 */
export interface ReverseEntry<in out To, in out Source, in out Name, in out Field, in out R, in out O, in out M> {
  readonly target: To;
  readonly source: Source;
  readonly name: Name;
  readonly field: Field;
  readonly relation: R;
  /** The attribute by which instances of the target reach the relation; never when it is hidden (`'+'`). */
  readonly accessor: AccessorName<Source, Name, R, RelatedName<To, Source, R, O, M>>;
  /** The name by which lookups of the target reach it. */
  readonly query: QueryName<Source, Name, O, RelatedName<To, Source, R, O, M>>;
  /** The target's name in `getChapterOrder`; never unless the model is put in an order with respect to the target. */
  readonly ordered: M extends { readonly orderWithRespectTo: Field } ? Name : never;
}

/** Any of them. */
export type AnyReverse<R extends RelationKind = any> = ReverseEntry<any, any, any, any, R, any, any>;

// The relations that one model declares.
type EntriesOf<C, N> = C extends {
  readonly [classOwn]: infer F;
  readonly [classLabel]: infer L;
  readonly [classOptions]: infer M;
}
  ? EntriesIn<F, RelationNames<F>, L, N, M>
  : never;
// A field of type any, say of a name that was not imported, must not become a relation to everything.
type EntriesIn<F, K, L, N, M> = K extends keyof F
  ? F[K] extends Relation<infer To, infer R, infer O>
    ? unknown extends To
      ? never
      : ReverseEntry<Target<To, L>, L, N, K, R, O, M>
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
// An interface, for of a mapped type the compiler asks again and again whether it is generic.
interface EntryIndex extends EntriesByTarget {}

/** The relations that point at a model or at one of its concrete ancestors. */
export type ReverseOf<L> = EntriesTo<L | AncestorsOf<L>>;
type EntriesTo<L> = L extends keyof EntryIndex ? EntryIndex[L] : never;

/** Those of them that are one to one. */
export type OneToOneOf<L> = OneToOneTo<L | AncestorsOf<L>>;
type OneToOneTo<L> = L extends keyof OneToOneIndex ? OneToOneIndex[L] : never;
type OneToOneByTarget = { [E in Extract<AllEntries, AnyReverse<'o2o'>> as E['target']]: E };
interface OneToOneIndex extends OneToOneByTarget {}

/** The labels of a model's concrete ancestors. */
export type AncestorsOf<L> = ClassOf<L> extends { readonly [classAncestors]: infer P } ? P : never;

// As given by the relation, or by the model for all its relations. A symmetrical relation has no other side.
type RelatedName<To, Source, R, O, M> = O extends { readonly relatedName: infer S }
  ? S
  : M extends { readonly defaultRelatedName: infer S }
    ? S
    : R extends 'm2m'
      ? To extends Source
        ? O extends { readonly symmetrical: false }
          ? ''
          : '+'
        : ''
      : '';

type AccessorName<Source, N, R, S> = S extends ''
  ? R extends 'o2o'
    ? Uncapitalize<N & string>
    : `${Uncapitalize<N & string>}Set`
  : Written<S, Source, N>;

type QueryName<Source, N, O, S> = O extends { readonly relatedQueryName: infer Q }
  ? Written<Q, Source, N>
  : S extends ''
    ? Uncapitalize<N & string>
    : Written<S, Source, N>;

// A name as given, unless it hides the relation or has `%(class)s` and the like to be filled in.
type Written<S, L, N> = S extends `${string}+` ? never : S extends `${string}%${string}` ? Filled<S, L, N> : S & string;
type Filled<S, L, N> = S extends `${infer A}%(${'class' | 'model_name'})s${infer B}`
  ? Filled<`${A}${Uncapitalize<N & string>}${B}`, L, N>
  : S extends `${infer A}%(app_label)s${infer B}`
    ? Filled<`${A}${Lowercase<AppOf<L>>}${B}`, L, N>
    : S & string;

/** Lookup name → label of the model at the other end. */
export type ReverseLookups<L> = { [E in ReverseOf<L> as E['query']]: E['source'] };

/** `T[K]`, or never: for mapped types whose keys the compiler does not follow. */
export type At<T, K> = K extends keyof T ? T[K] : never;
