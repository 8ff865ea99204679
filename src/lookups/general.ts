import { exact, gt, gte, lt, lte } from './comparison.js';
import type { Lookup } from './lookup.js';
import { inLookup, range } from './membership.js';
import { contains, endswith, icontains, iendswith, iexact, iregex, istartswith, regex, startswith } from './pattern.js';

/** The lookups that compare a value with others; every field has them. */
export const comparing: readonly Lookup[] = [
  exact,
  iexact,
  gt,
  gte,
  lt,
  lte,
  inLookup,
  range,
  contains,
  icontains,
  startswith,
  istartswith,
  endswith,
  iendswith,
  regex,
  iregex,
];
