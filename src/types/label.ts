import type { ToOneNames } from './field-types.js';
import type { FieldsOf } from './registered.js';
import type { label } from './symbols.js';

/** The label of an instance's model; of a model that is not registered, from what stands for its instances. */
export type LabelOf<I> = I extends { [label](): infer L }
  ? L
  : I extends { readonly '⚠': `${infer L} is not registered${string}` }
    ? L
    : unknown;

/** The names of an instance's columns, for `updateFields` and the like. */
export type SavedNames<I> = SavedIn<FieldsOf<LabelOf<I>>>;
type SavedIn<F> = (keyof F & string) | `${ToOneNames<F> & string}Id`;
