import type * as docs from './keys.js';
import type * as library from './models.js';
import type * as rentals from './rentals.js';

declare module 'nuages' {
  interface Register {
    library: typeof library;
    docs: typeof docs;
    rentals: typeof rentals;
  }
  interface TextTransforms {
    length: 'number';
  }
  interface FieldLookups<T> {
    ne: T;
  }
}
