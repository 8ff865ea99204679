import type { MultipleObjectsReturned, ObjectDoesNotExist } from '../errors.js';
import type { NewInstance } from './create-input.js';
import type { FieldMap, Relation } from './field-types.js';
import type { AbstractInstance, Instance } from './instance.js';
import type { MetaOptions } from './public/meta-options.js';
import type { QuerySet } from './public/queryset.js';
import type { AppOf, BareName, FullLabel, InstanceOf, Target } from './registered.js';
import type { classAbstract, classAncestors, classFields, classLabel, classOptions, classOwn } from './symbols.js';

/** The class that `Model(label, fields)` gives. */
export interface ModelClass<L, F, O> extends ModelStatics<L> {
  readonly [classLabel]: L;
  readonly [classOptions]: O;
  readonly [classFields]: F;
  readonly [classOwn]: F;
  readonly [classAncestors]: never;
  new (values?: NewInstance<L, F>): Instance<L, F, {}, O>;
}

/** The class that `Model(label, parents, fields)` gives: `C` is the parents' classes, `P` their instances. */
export interface InheritedModelClass<L, F, C, O> extends ModelStatics<L> {
  readonly [classLabel]: L;
  readonly [classOptions]: O;
  readonly [classFields]: F & AbstractFields<C> & ConcreteFields<C> & ParentLinks<F, C, O>;
  readonly [classOwn]: F & AbstractFields<C> & ParentLinks<F, C, O>;
  readonly [classAncestors]: Ancestors<C>;
  new (
    values?: NewInstance<L, F & AbstractFields<C> & ConcreteFields<C>>,
  ): Instance<L, F & AbstractFields<C> & ParentLinks<F, C, O>, InstancesOf<C>, O>;
}

/** The class that `AbstractModel(fields)` gives. */
export interface AbstractModelClass<F, C> {
  readonly [classAbstract]: true;
  readonly [classFields]: F & AbstractFields<C>;
  new (): AbstractInstance<F, InstancesOf<C>>;
}

/** What every model class has. */
export interface ModelStatics<L> {
  /**
   * The model's manager: where queries start. Give it methods by a QuerySet class of the model's own.
   *
   * @example
   * await Book.objects.filter({ price__lt: 20 });
   */
  readonly objects: QuerySet<InstanceOf<L>>; // not Manager<…>: an alias of it is another type for the compiler, which resolves both
  /** Thrown when no row fits. */
  readonly DoesNotExist: ErrorClass<ObjectDoesNotExist>;
  /** Thrown when several rows fit where one was wanted. */
  readonly MultipleObjectsReturned: ErrorClass<MultipleObjectsReturned>;
}

export type ErrorClass<E> = new (code: string, message: string) => E;

/** A model class or an abstract one: what can be a parent. */
export interface ParentClass {
  readonly [classFields]: unknown;
  readonly prototype: object;
}

/** One parent or a list of them, as a union of their classes. */
export type EachParent<C> = C extends readonly (infer X)[] ? X : C;

type InstancesOf<C> = Intersected<C extends readonly (infer X)[] ? InstanceBoxed<X> : InstanceBoxed<C>>;
type InstanceBoxed<X> = X extends { readonly prototype: infer I } ? [I] : never;
type Intersected<U> = [U] extends [never]
  ? {}
  : (U extends [infer X] ? (x: X) => void : never) extends (x: infer I) => void
    ? I
    : never;

/** Fields of abstract parents: the child's own, so that references in them mean the child's app. */
type AbstractFields<C> = Intersected<AbstractBoxed<EachParent<C>>>;
type AbstractBoxed<X> = X extends { readonly [classAbstract]: true; readonly [classFields]: infer F } ? [F] : never;

/** Fields of concrete parents: references in them keep meaning the parent's app. */
type ConcreteFields<C> = Intersected<ConcreteBoxed<EachParent<C>>>;
type ConcreteBoxed<X> = X extends { readonly [classLabel]: infer L; readonly [classFields]: infer F }
  ? [{ readonly [K in keyof F]: Settled<F[K], L> }]
  : never;
type Settled<X, L> = X extends Relation<infer To, infer R, infer O> ? Relation<Target<To, L>, R, O> : X;

/** `placePtr`, the key to a concrete parent, unless a field with `parentLink` is given or the model is a proxy. */
type ParentLinks<F, C, O> = O extends { readonly proxy: true }
  ? {}
  : {
      readonly [X in EachParent<C> as LinkName<F, X>]: X extends { readonly [classLabel]: infer L }
        ? Relation<L, 'o2o', ParentLinkOptions>
        : never;
    };
type LinkName<F, X> = X extends { readonly [classLabel]: infer L extends string }
  ? F[keyof F] extends infer E
    ? [Extract<E, Relation<any, 'o2o', { readonly parentLink: true }>>] extends [never]
      ? `${Uncapitalize<BareName<L> & string>}Ptr`
      : never
    : never
  : never;
interface ParentLinkOptions {
  readonly parentLink: true;
  readonly auto: true;
}

type Ancestors<C> =
  EachParent<C> extends infer X
    ? X extends { readonly [classLabel]: infer L; readonly [classAncestors]: infer P }
      ? L | P
      : never
    : never;

export type { AppOf, FieldMap, FullLabel, MetaOptions };
