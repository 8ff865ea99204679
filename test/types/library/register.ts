import type * as docs from './keys.js';
import type * as library from './models.js';

declare module 'nuages' {
  interface Register {
    library: typeof library;
    docs: typeof docs;
  }
  interface TextTransforms {
    length: 'number';
  }
  interface FieldLookups<T> {
    ne: T;
  }
}
