import type { Kind } from './kinds.js';
import type { fieldInfo, keyParts, relationInfo } from './symbols.js';

/** What the compiler knows of a field: the type of its value, its kind and the options it was given. */
export interface FieldInfo<out T, out K, out O> {
  readonly value: T;
  readonly kind: K;
  readonly options: O;
}

/**
 * A field: what a column holds. `T` is its type in JavaScript without null, `K` decides its lookups, `O` are its options.
 * Extend a field class for one of your own.
 *
 * @example
 * class LowerCaseField<const O extends CharFieldOptions = {}> extends CharField<O> {
 *   override preSave(value: unknown) { return String(value).toLowerCase(); }
 * }
 */
export interface Field<out T = any, out K extends Kind = Kind, out O = any> extends FieldMembers {
  readonly [fieldInfo]: FieldInfo<T, K, O>;
}

/** What a field says about itself, and what a field of one's own may override. */
export interface FieldMembers {
  /** The options as they were given. */
  readonly options: object;
  /** The class's public name: `CharField`. */
  readonly kind: string;
  readonly nullable: boolean;
  readonly hasDefault: boolean;
  /** The value of a new instance. */
  getDefault(): unknown;
  /** From what a caller may give to the value: a Decimal from a string. Throws ValueError or TypeError. */
  prepare(value: unknown, name?: string): any;
  /** From the value to what the column's type writes. */
  toDb(value: any): any;
  /** From what the column's type reads to the value. */
  fromDb: (value: any) => any;
  /** The value to write at save. `add` is true for an INSERT. */
  preSave(value: unknown, add: boolean): unknown;
}

/** What the compiler knows of a relation: the reference as written, `fk`, `o2o` or `m2m`, and the options. */
export interface RelationInfo<out To, out R, out O> {
  readonly to: To;
  readonly relation: R;
  readonly options: O;
}

/** A field that refers to another model: `To` is the reference as written, `R` how it relates, `O` the options. */
export interface Relation<out To = any, out R extends RelationKind = RelationKind, out O = any> extends FieldMembers {
  readonly [relationInfo]: RelationInfo<To, R, O>;
}

/** How a relation field relates: many to one, one to one, many to many. */
export type RelationKind = 'fk' | 'o2o' | 'm2m';

/** A primary key of several columns: `N` are the names of its fields. Neither a field with a column nor a relation. */
export interface CompositeKey<out N extends readonly string[] = readonly string[]> extends FieldMembers {
  readonly [keyParts]: N;
}

/** A relation whose column is in the model's own table. */
export type ToOne<To = any, O = any> = Relation<To, 'fk' | 'o2o', O>;

/** Any field. */
export type AnyField = Field<any, any, any> | Relation<any, any, any>;

/**
 * The fields of a model, by name. Told by what every field says of itself and nothing more: a field's type must not be inferred from
 * where it stands.
 */
export interface FieldMap {
  readonly [name: string]: FieldMembers;
}

/** The names of the fields that are relations. */
export type RelationNames<F> = { [K in keyof F]: F[K] extends Relation<any, any, any> ? K : never }[keyof F];

/** The names of the relations whose column is in the model's own table. */
export type ToOneNames<F> = ToOneIn<F, RelationNames<F>>;
type ToOneIn<F, K> = K extends keyof F ? (F[K] extends ToOne ? K : never) : never;

/** The names of the fields that hold dates or moments. */
export type DateNames<F> = {
  [K in keyof F]: F[K] extends Field<any, 'date' | 'datetime' | 'instant', any> ? K : never;
}[keyof F];

/** The names of the fields that have choices. */
export type ChoiceNames<F> = F extends NoChoices
  ? never
  : { [K in keyof F]: F[K] extends Field<any, any, WithChoices> ? K : never }[keyof F];
interface WithChoices {
  readonly choices: unknown;
}
// Asked of all fields at once: most models have none.
interface NoChoices {
  readonly [name: string]: Field<any, any, NoChoicesOptions> | Relation<any, any, any>;
}
interface NoChoicesOptions {
  readonly choices?: never;
  readonly [option: string]: unknown;
}

/** Fields of a model whose key is a composite one. */
export interface HasCompositeKey {
  readonly pk: CompositeKey;
}

/** The fields of the composite key among fields `F`; never when it has none. */
export type KeyParts<F> = F extends { readonly pk: CompositeKey<infer N> } ? N[number] : never;

/** Whether options `O` allow NULL. */
export type IsNull<O> = O extends { readonly null: true } ? true : false;

/** The names of the fields without which no row can be created: nothing else provides a value. */
export type RequiredNames<F> = {
  [K in keyof F]: F[K] extends Field<any, any, NothingProvides> | Relation<any, 'fk' | 'o2o', NothingProvides>
    ? K
    : never;
}[keyof F];
interface NothingProvides {
  readonly null?: false;
  readonly blank?: false;
  readonly default?: never;
  readonly dbDefault?: never;
  readonly autoNow?: false;
  readonly autoNowAdd?: false;
  /** A key that the database makes, a computed column. */
  readonly auto?: false;
  readonly parentLink?: false;
  readonly [option: string]: unknown;
}
