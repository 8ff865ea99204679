import type { Kind } from './kinds.js';
import type { fieldInfo, relationInfo } from './symbols.js';

/** What the compiler knows of a field: the type of its value, its kind and the options it was given. */
export interface FieldInfo<out T, out K, out O> {
  readonly value: T;
  readonly kind: K;
  readonly options: O;
}

/** Anything that is a field holding a value, custom fields included. */
export interface TypedField<out T = any, out K extends Kind = Kind, out O = any> {
  readonly [fieldInfo]: FieldInfo<T, K, O>;
}

/** What the compiler knows of a relation: the reference as written, `fk`, `o2o` or `m2m`, and the options. */
export interface RelationInfo<out To, out R, out O> {
  readonly to: To;
  readonly relation: R;
  readonly options: O;
}

/** Anything that refers to another model. */
export interface TypedRelation<out To = any, out R extends RelationKind = RelationKind, out O = any> {
  readonly [relationInfo]: RelationInfo<To, R, O>;
}

/** How a relation field relates: many to one, one to one, many to many. */
export type RelationKind = 'fk' | 'o2o' | 'm2m';

/** A relation whose column is in the model's own table. */
export type ToOne<To = any, O = any> = TypedRelation<To, 'fk' | 'o2o', O>;

/** The fields of a model, by name. */
export interface FieldMap {
  readonly [name: string]: { readonly [fieldInfo]: unknown } | { readonly [relationInfo]: unknown };
}

/** Whether options `O` allow NULL. */
export type IsNull<O> = O extends { readonly null: true } ? true : false;

/** Whether a row may be created without a value: something else provides one. */
export type IsOptional<O> = O extends
  | { readonly null: true }
  | { readonly blank: true }
  | { readonly default: unknown }
  | { readonly dbDefault: unknown }
  | { readonly autoNow: true }
  | { readonly autoNowAdd: true }
  | { readonly auto: true }
  ? true
  : false;
