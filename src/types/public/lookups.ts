import type { Lookup, Transform } from '../../lookups/lookup.js';
import type { AnyField } from '../field-types.js';

/** What `registerLookups` is. */
export interface RegisterLookupsFunction {
  /**
   * Adds lookups and transforms to a field class and its subclasses; a function of one argument becomes a transform.
   * Declare a transform's name to the compiler in `TextTransforms` and the like, a lookup's in `FieldLookups`.
   *
   * @example
   * registerLookups(CharField, Length);   // filter({ name__length__gt: 3 })
   * declare module 'nuages' { interface TextTransforms { length: 'number' } }
   */
  (
    fieldClass: { readonly prototype: AnyField },
    ...definitions: readonly (Lookup | Transform | ((...args: never[]) => unknown))[]
  ): void;
}
