import type { AnyQuerySet } from './comparable.js';
import type { IsNull, Relation, ToOneNames } from './field-types.js';
import type { OrNull } from './kinds.js';
import type { LabelOf } from './label.js';
import type { LookupError } from './near-miss.js';
import type { PkName } from './primary-key.js';
import type { FieldsOf, InstanceOf, Target } from './registered.js';
import type { At, OneToOneOf } from './reverse.js';
import type { ColumnNames } from './values.js';
import type { AnnotationsOf, RowOf, Yields } from './yields.js';

export type { AnnotationsOf, RowOf, Yields } from './yields.js';

/** A row whose columns `K` come when awaited. */
export type Deferred<Row, K extends PropertyKey> = Omit<Row, K> & {
  readonly [P in K & keyof Row]: PromiseLike<Row[P]>;
};

/** A row after `only(...P)`. */
export type OnlyRow<L, Row, P extends string> = Deferred<
  Row,
  Exclude<ColumnNames<L>, KeyNames<FieldsOf<L>> | FirstHop<P> | `${FirstHop<P>}Id`>
>;
/** A row after `defer(...P)`. */
export type DeferRow<L, Row, P extends string> = Deferred<
  Row,
  Exclude<ColumnNames<L>, KeyNames<FieldsOf<L>>> & (P | `${P}Id`)
>;

type FirstHop<P extends string> = P extends `${infer H}__${string}` ? H : P;
type KeyNames<F> = 'id' | PkName<F> | `${PkName<F> & string}Id`;

/**
 * A row after `selectRelated(...P)`: the relations on the paths `P` are there without awaiting. Where all of them are keys of the model's
 * own, its one-to-one relations of the other side are not looked at.
 */
export type WithRelated<L, Row, P extends string> = [P] extends [keyof FieldsOf<L>]
  ? Row & Loaded<L, P>
  : [P & ReverseOneToOneName<L>] extends [never]
    ? Row & Loaded<L, P>
    : Omit<Row, P & ReverseOneToOneName<L>> & Loaded<L, P>;

// Paths by their first hop: those that share one are loaded on the same object.
type Loaded<L, P extends string> = { [H in FirstHop<P>]: LoadedObject<L, H, P extends `${H}__${infer R}` ? R : never> };
type LoadedObject<L, H extends string, Rest extends string> =
  FieldsOf<L> extends infer F
    ? H extends keyof F
      ? F[H] extends Relation<infer To, any, infer O>
        ? OrNull<LoadedInstance<Target<To, L>, Rest>, IsNull<O>>
        : never
      : LoadedInstance<ReverseOneToOne<L, H>, Rest> | null
    : never;
type LoadedInstance<L, Rest extends string> = [Rest] extends [never]
  ? InstanceOf<L>
  : WithRelated<L, InstanceOf<L>, Rest>;

// Reverse one-to-one relations: accessor → label.
type ReverseOneToOnes<L> = {
  [E in OneToOneOf<L> as E['accessor']]: E['source'];
};
type ReverseOneToOneName<L> = keyof ReverseOneToOnes<L>;
type ReverseOneToOne<L, H> = At<ReverseOneToOnes<L>, H>;

/** Paths of selectRelated, with the error at those that it cannot follow: it takes forward keys and one-to-one relations, each way. */
export type RelatedPaths<L, Ps> = { [K in keyof Ps]: Ps[K] & (WrongRelated<L, Ps[K]> extends infer T ? T : never) };
type WrongRelated<L, P> = string extends P ? unknown : WrongHop<L, P>;
type WrongHop<L, P> = P extends `${infer H}__${infer R}`
  ? [RelatedLabel<L, H>] extends [never]
    ? LookupError<NotSingle<L, H>>
    : WrongHop<RelatedLabel<L, H>, R>
  : P extends string
    ? [RelatedLabel<L, P>] extends [never]
      ? LookupError<NotSingle<L, P>>
      : unknown
    : unknown;
type RelatedLabel<L, H extends string> =
  FieldsOf<L> extends infer F
    ? H extends keyof F
      ? F[H] extends Relation<infer To, 'fk' | 'o2o', any>
        ? Target<To, L>
        : never
      : ReverseOneToOne<L, H>
    : never;
type NotSingle<L, H extends string> = `'${H}' of ${L & string} is not a foreign key or one-to-one relation`;
/** Names offered to selectRelated. */
export type ForwardRelations<L> = ToOneNames<FieldsOf<L>> & string;

/** What a Prefetch tells the compiler. */
export interface PrefetchLookup<out P, out Row, out To> {
  readonly prefetches: P;
  readonly rows: Row;
  readonly toAttr: To;
}

/** A row after prefetchRelated: what `toAttr` names is an array on it. */
export type WithPrefetched<I, Row, Ps extends readonly unknown[]> = Ps[number] extends string | null
  ? Row
  : Row & { [X in Extract<Ps[number], PrefetchLookup<any, any, string>> as X['toAttr']]: PrefetchedRows<I, X> };
/** The QuerySet `Q` of a model `I` after prefetchRelated: names alone change no row. */
export type Prefetching<I, Q, Ps extends readonly unknown[]> = Ps[number] extends string | null
  ? Q
  : Q & Yields<WithPrefetched<I, RowOf<Q>, Ps>, AnnotationsOf<Q>>;
type PrefetchedRows<I, X> =
  X extends PrefetchLookup<infer P, infer R, any> ? (unknown extends R ? RowsAt<I, P>[] : R[]) : never;
type RowsAt<I, P> = P extends keyof I ? (I[P] extends AnyQuerySet ? RowOf<I[P]> : Awaited<I[P]>) : unknown;

/** Lookups of prefetchRelated, with the error at those whose rows have no such relation. */
export type PrefetchPaths<I, Row, Ps> = {
  [K in keyof Ps]: Ps[K] & (WrongPrefetch<I, Row, Ps[K]> extends infer T ? T : never);
};
type WrongPrefetch<I, Row, P> =
  P extends PrefetchLookup<infer P2, any, any>
    ? WrongPrefetch<I, Row, P2>
    : string extends P
      ? unknown
      : P extends string
        ? FirstHop<P> extends keyof Row
          ? unknown
          : LookupError<`${LabelOf<I> & string} has no relation '${FirstHop<P>}' to prefetch`>
        : unknown;
