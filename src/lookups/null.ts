import { ValueError } from '../errors.js';
import { isNull } from '../sql/build.js';
import type { Lookup } from './lookup.js';
import { paramOf } from './right-side.js';

/** `{ rating__isnull: true }`. SQL: `left IS NULL`, with false `left IS NOT NULL`. Throws ValueError for anything but a boolean. */
export const isnull: Lookup = {
  name: 'isnull',
  prepare: (value) => {
    if (typeof value !== 'boolean') {
      throw new ValueError('isnull-value', 'The value for an isnull lookup must be true or false.');
    }
    return value;
  },
  shapeOf: String,
  toNode: (left, right) => {
    const value = paramOf(right);
    if (typeof value?.value !== 'boolean')
      throw new ValueError('isnull-value', 'The value for an isnull lookup must be true or false.');
    return isNull(left, !value.value);
  },
};
