import type { ToOne, TypedField } from './field-types.js';
import type { Kind } from './kinds.js';
import type { ClassOf, FieldsOf, Target } from './register.js';
import type { fieldInfo, relationInfo } from './symbols.js';

/** A field that says that it is the primary key. A parent link becomes the key when no other field claims to be. */
type PkField =
  | { readonly [fieldInfo]: { readonly options: { readonly primaryKey: true } } }
  | { readonly [relationInfo]: { readonly options: { readonly primaryKey: true } | { readonly parentLink: true } } };

/** The name of the primary key among fields `F`; never when it is the implicit `id`. */
export type PkName<F> = { [K in keyof F]: F[K] extends PkField ? K : never }[keyof F];

/** The type of the primary key of the model labelled `L` with fields `F`: through one-to-one keys to the parent's. */
export type PkIn<L, F> = [PkName<F>] extends [never] ? number : PkOfField<L, F[PkName<F>]>;
type PkOfField<L, X> =
  X extends TypedField<infer T, any, any> ? T : X extends ToOne<infer R, infer O> ? KeyOf<Target<R, L>, O> : number;

/** The type of the primary key of the model labelled `L`. */
export type PkOf<L> = [ClassOf<L>] extends [never] ? unknown : PkIn<L, FieldsOf<L>>;

/** What a foreign key to the model labelled `L` holds: its primary key, or the field named by `toField`. */
export type KeyOf<L, O> = O extends { readonly toField: infer N extends string }
  ? FieldsOf<L> extends infer F
    ? N extends keyof F
      ? PkOfField<L, F[N]>
      : PkOf<L>
    : never
  : PkOf<L>;

/** The kind of the primary key of the model labelled `L`. */
export type PkKind<L> = PkKindIn<L, FieldsOf<L>>;
type PkKindIn<L, F> = [PkName<F>] extends [never] ? 'number' : PkKindOf<L, F[PkName<F>]>;
type PkKindOf<L, X> =
  X extends TypedField<any, infer K extends Kind, any>
    ? K
    : X extends ToOne<infer R, any>
      ? PkKind<Target<R, L>>
      : 'number';
