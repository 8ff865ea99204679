import type { CompositeKey, Field, HasCompositeKey, Relation, ToOne } from './field-types.js';
import type { Kind } from './kinds.js';
import type { Given } from './lookups.js';
import type { ClassOf, FieldsOf, Target } from './registered.js';

// Whether no field claims to be the key is asked of all fields at once: most models have none that does.
interface NoKeyOptions {
  readonly primaryKey?: false;
  readonly parentLink?: false;
  readonly [option: string]: unknown;
}
interface NoKeyFields {
  readonly [name: string]: Field<any, any, NoKeyOptions> | Relation<any, any, NoKeyOptions>;
}
interface KeyOptions {
  readonly primaryKey: true;
}
interface LinkOptions {
  readonly parentLink: true;
}

/** The name of the primary key among fields `F`; never when it is the implicit `id`. A parent link is the key when no other field is. */
export type PkName<F> = F extends NoKeyFields
  ? never
  : F extends HasCompositeKey
    ? 'pk'
    : [NamesWith<F, KeyOptions>] extends [never]
      ? NamesWith<F, LinkOptions>
      : NamesWith<F, KeyOptions>;
type NamesWith<F, O> = { [K in keyof F]: F[K] extends Field<any, any, O> | Relation<any, any, O> ? K : never }[keyof F];

/** The type of the primary key of the model labelled `L` with fields `F`: through one-to-one keys to the parent's. */
export type PkIn<L, F> = F extends NoKeyFields ? number : PkNamed<L, F, PkName<F>>;
type PkNamed<L, F, N> = [N] extends [never]
  ? number
  : F[N & keyof F] extends CompositeKey<infer Ns>
    ? { -readonly [I in keyof Ns]: PkPart<L, F, Ns[I]> }
    : PkOfField<L, F[N & keyof F]>;
type PkPart<L, F, N> = N extends keyof F ? PkOfField<L, F[N]> : never;
type PkOfField<L, X> =
  X extends Field<infer T, any, any> ? T : X extends ToOne<infer R, infer O> ? KeyOf<Target<R, L>, O> : number;

/** The type of the primary key of the model labelled `L`. */
export type PkOf<L> = ClassOf<L> extends undefined ? unknown : PkIn<L, FieldsOf<L>>;

/** What is given for the composite key of the model labelled `L`: for each part what its field takes. */
export type CompositeKeyInput<L, X> =
  X extends CompositeKey<infer Ns> ? { readonly [I in keyof Ns]: PartInput<L, FieldsOf<L>, Ns[I]> } : never;
type PartInput<L, F, N> = N extends keyof F
  ? F[N] extends Field<infer T, infer K, any>
    ? Given<K, T>
    : PkOfField<L, F[N]>
  : never;

/** What a foreign key to the model labelled `L` holds: its primary key, or the field named by `toField`. */
export type KeyOf<L, O> = O extends { readonly toField: infer N } ? KeyNamed<L, FieldsOf<L>, N> : PkOf<L>;
type KeyNamed<L, F, N> = N extends keyof F ? PkOfField<L, F[N]> : PkOf<L>;

/** The kind of the primary key of the model labelled `L`. */
export type PkKind<L> = PkKindIn<L, FieldsOf<L>>;
type PkKindIn<L, F> = F extends NoKeyFields ? 'number' : PkKindNamed<L, F, PkName<F>>;
type PkKindNamed<L, F, N> = [N] extends [never] ? 'number' : PkKindOf<L, F[N & keyof F]>;
type PkKindOf<L, X> =
  X extends Field<any, infer K extends Kind, any> ? K : X extends ToOne<infer R, any> ? PkKind<Target<R, L>> : 'number';
