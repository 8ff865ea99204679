/** A value with its label. */
export type Choice<V = unknown> = readonly [value: V, label: string];
/** Choices under a heading. */
export type ChoiceGroup<V = unknown> = readonly [heading: string, choices: readonly Choice<V>[]];

/** What `choices` of a field may be: pairs, groups of pairs, an object value → label, what `choices()` gives, or a function. */
export type ChoicesOption =
  | readonly (Choice | ChoiceGroup)[]
  | Readonly<Record<string | number, string>>
  | ChoiceSet<any, any>
  | (() => readonly (Choice | ChoiceGroup)[]);

/** The values of a choices option: a union of literals. */
export type ChoiceValue<C> =
  C extends ChoiceSet<infer V, any>
    ? V
    : C extends readonly (infer E)[]
      ? E extends readonly [infer V, infer Label]
        ? Label extends readonly (readonly [infer V2, unknown])[]
          ? V2
          : V
        : never
      : C extends () => infer R
        ? ChoiceValue<R>
        : keyof C;

/** The type of a field with options `O`: the union of its choices or `T`. Text that may be blank may also be `''`. */
export type ChosenOr<O, T> = O extends { readonly choices: infer C }
  ? ChoiceValue<C> | (O extends { readonly blank: true } ? (T extends string ? '' : never) : never)
  : T;

/** Named values with labels: what `choices()` gives. Its members are the values: `Status.DRAFT` is `'draft'`. */
export interface ChoiceSet<out V, out N> {
  /** Pairs of value and label, for a field's `choices`. */
  readonly choices: readonly Choice<V>[];
  readonly values: readonly V[];
  readonly labels: readonly string[];
  readonly names: readonly N[];
  /** The label of a value. */
  labelOf(value: unknown): string;
}

type MemberValue<M> = M extends readonly [infer V, string] ? V : M;
type ChoiceMembers<T> = { readonly [K in keyof T]: MemberValue<T[K]> };

/** What `choices` is. */
export interface ChoicesFactory {
  /**
   * Choices from a const object: name → value, or [value, label]. Labels left out are made from the names.
   *
   * @example
   * export const Status = choices({ DRAFT: 'draft', LIVE: ['live', 'On line'] });
   * status: CharField({ maxLength: 8, choices: Status, default: Status.DRAFT })   // 'draft' | 'live'
   */
  <const T extends Readonly<Record<string, string | number | readonly [string | number, string]>>>(
    members: T,
  ): ChoiceSet<MemberValue<T[keyof T]>, keyof T & string> & ChoiceMembers<T>;
  /**
   * Choices from pairs of value and label.
   *
   * @example
   * choices([['s', 'Small'], ['l', 'Large']])
   */
  <const P extends readonly (readonly [string | number, string])[]>(pairs: P): ChoiceSet<P[number][0], never>;
}
