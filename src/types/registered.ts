import type { Register } from './register.js';
import type { classFields, classOwn } from './symbols.js';

/** A model's label with its app: a bare name belongs to the app `models`. */
export type FullLabel<L> = L extends `${string}.${string}` ? L : `models.${L & string}`;

/** The app of a full label. */
export type AppOf<L> = L extends `${infer A}.${string}` ? A : 'models';

/** The model's name in a label. */
export type BareName<L> = L extends `${string}.${infer N}` ? N : L;

/** The full label that reference `R` means when written inside the model `Self`. */
export type Target<R, Self> = R extends `${string}.${string}`
  ? R
  : R extends 'self'
    ? Self
    : Self extends `${infer A}.${string}`
      ? `${A}.${R & string}`
      : never;

/** The class registered under a full label; undefined when there is none. */
export type ClassOf<L> = L extends `${infer A}.${infer N}`
  ? A extends keyof Register
    ? N extends keyof Register[A]
      ? Register[A][N]
      : undefined
    : undefined
  : undefined;

/** All fields of the model with this label, by name. */
export type FieldsOf<L> = ClassOf<L> extends { readonly [classFields]: infer F } ? F : {};

/** The fields that make columns and relations of the model's own table. */
export type OwnFieldsOf<L> = ClassOf<L> extends { readonly [classOwn]: infer F } ? F : {};

/**
 * The instance type of the model with this label, or a type that says that it is not registered.
 * By `prototype`, for inferring it from the constructor would resolve what the constructor takes.
 */
export type InstanceOf<L> = ClassOf<L> extends { readonly prototype: infer I } ? I : Unregistered<L>;

/** Stands for a model that is used but that `Register` does not name. */
export interface Unregistered<L> {
  readonly '⚠': UnregisteredMessage<L>;
}

export type UnregisteredMessage<L> = `${L & string} is not registered: add its app to Register in nuages.config.ts`;

/** The names by which models can be referred to. */
export type ModelNames = {
  [A in keyof Register]: (keyof Register[A] & string) | `${A & string}.${keyof Register[A] & string}`;
}[keyof Register];

/** A reference to a model: `'Author'` in the same app, `'shop.Order'`, or `'self'`. */
export type ModelReference = ModelNames | 'self' | (string & {});
