import type { NoKeys, OfferedKeys, Offering, Where } from './conditions.js';
import type { ChoiceNames, DateNames, Field, IsNull, Relation, ToOne, ToOneNames } from './field-types.js';
import type { OrNull } from './kinds.js';
import type { KeyOf, PkIn, PkName, PkOf } from './primary-key.js';
import type { ModelInstance } from './public/model-instance.js';
import type { ClassOf, InstanceOf, OwnFieldsOf, Target } from './registered.js';
import type { RelatedManagerTo } from './related.js';
import type { AnyReverse, At, ReverseEntry, ReverseOf } from './reverse.js';
import type { label } from './symbols.js';

/** A related object as an attribute: there already, or loaded by awaiting it. May be assigned an instance. */
export type Awaitable<T> = T | PromiseLike<T>;

/**
 * An instance of the model labelled `L` with own fields `F`, the instance type of its parents `P` and the options `O`.
 *
 * The members are computed from the label alone where the model is registered: the compiler instantiates the base of each class a second
 * time for its `this` type, and what depends on the fields' object, which stands inside the class, would then be computed twice.
 */
export type Instance<L, F, P, O> = P &
  ModelInstance &
  Labelled<L> &
  (ClassOf<L> extends undefined ? Unlisted<L, F> : Members<L, P, O>);

/** Tells the model of an instance. */
export interface Labelled<L> {
  [label](): L;
}

type Members<L, P, O> = Attributes<L> &
  KeyAttributes<L> &
  DisplayMethods<L> &
  NeighbourMethods<L> &
  Key<L, P> &
  ReverseAttributes<L> &
  OrderMethods<L, O> &
  OrdersOfOthers<L>;

/** The attributes that carry the fields' own names. */
type Attributes<L> = { -readonly [K in keyof OwnFieldsOf<L>]: Attribute<L, OwnFieldsOf<L>[K]> };
type Attribute<L, X> =
  X extends Field<infer T, any, infer O>
    ? OrNull<T, IsNull<O>>
    : X extends Relation<infer To, infer R, infer O>
      ? R extends 'm2m'
        ? RelatedManagerTo<Target<To, L>, never, true>
        : Awaitable<OrNull<InstanceOf<Target<To, L>>, IsNull<O>>>
      : unknown; // a composite key: Key tells its type

/** `authorId` beside `author`. */
type KeyAttributes<L> = {
  [P in `${ToOneNames<OwnFieldsOf<L>> & string}Id`]: KeyAttribute<L, At<OwnFieldsOf<L>, WithoutId<P>>>;
};
type WithoutId<P> = P extends `${infer K}Id` ? K : never;
type KeyAttribute<L, X> = X extends ToOne<infer To, infer O> ? OrNull<KeyOf<Target<To, L>, O>, IsNull<O>> : never;

/** The method that choices add: `getStatusDisplay()`, the label of the value. */
type DisplayMethods<L> = {
  readonly [K in ChoiceNames<OwnFieldsOf<L>> as `get${Capitalize<K & string>}Display`]: () => string;
};

/** The methods that dates that are not null add: `getNextByPubDate()`, `getPreviousByPubDate()`. */
type NeighbourMethods<L> = {
  readonly [K in NotNull<
    OwnFieldsOf<L>,
    DateNames<OwnFieldsOf<L>>
  > as `get${'Next' | 'Previous'}By${Capitalize<K>}`]: Neighbour<L>;
};
type NotNull<F, K> = K extends keyof F & string
  ? F[K] extends Field<any, any, { readonly null: true }>
    ? never
    : K
  : never;
/**
 * The next (previous) instance by a date. Throws DoesNotExist at the end.
 *
 * @example
 * const newer = await post.getNextByPubDate({ isActive: true });
 */
type Neighbour<L> = <K extends PropertyKey = NoKeys, D = never, W extends Offering = OfferedKeys<L, K>>(
  where?: Where<L, {}, K, D, W>,
) => Promise<InstanceOf<L>>;

/** `pk`, and `id` where the model has no key of its own and none from a parent. */
type Key<L, P> = P extends { pk: any } ? {} : [PkName<OwnFieldsOf<L>>] extends [never] ? ImplicitKey : { pk: PkOf<L> };
interface ImplicitKey {
  id: number;
  pk: number;
}

type ReverseAttributes<L> = { [E in ReverseOf<L> as E['accessor']]: ReverseAttribute<E> };
type ReverseAttribute<E> =
  E extends ReverseEntry<any, infer S, any, infer Field, infer R, infer O, any>
    ? R extends 'o2o'
      ? Awaitable<InstanceOf<S>>
      : R extends 'm2m'
        ? RelatedManagerTo<S, never, true>
        : RelatedManagerTo<S, Field, IsNull<O>>
    : never;

/** What `orderWithRespectTo` adds. */
type OrderMethods<L, O> = O extends { readonly orderWithRespectTo: string } ? Ordered<L> : {};
interface Ordered<L> {
  /** Its place among the objects of the same owner. */
  _order: number;
  /** The object after this one. Throws DoesNotExist at the end. */
  getNextInOrder(): Promise<InstanceOf<L>>;
  /** The object before this one. Throws DoesNotExist at the beginning. */
  getPreviousInOrder(): Promise<InstanceOf<L>>;
}

/** What the `orderWithRespectTo` of others adds: the order of theirs, as keys. */
type OrdersOfOthers<L> = [ReverseOf<L>['ordered']] extends [never]
  ? {}
  : GetOrders<ReverseOf<L>> & SetOrders<ReverseOf<L>>;
type GetOrders<U extends AnyReverse> = {
  readonly [E in U as `get${E['ordered'] & string}Order`]: () => PromiseLike<PkOf<E['source']>[]>;
};
type SetOrders<U extends AnyReverse> = {
  readonly [E in U as `set${E['ordered'] & string}Order`]: (keys: Iterable<PkOf<E['source']>>) => Promise<void>;
};

/** A model that `Register` does not name: its own attributes, as far as they are known. */
type Unlisted<L, F> = { -readonly [K in keyof F]: Attribute<L, F[K]> } & { pk: PkIn<L, F> } & ([PkName<F>] extends [
    never,
  ]
    ? ImplicitKey
    : {}) & {
    [P in `${ToOneNames<F> & string}Id`]: KeyAttribute<L, At<F, WithoutId<P>>>;
  };

/** The instance type of an abstract class: relations wait for the model that inherits them. */
export type AbstractInstance<F, P> = P &
  ModelInstance & { -readonly [K in keyof F as F[K] extends Field ? K : never]: Attribute<never, F[K]> };
