/**
 * Which fields have which lookups and transforms of search. Importing this file registers them; nothing else says it.
 */
import { CharField, TextField } from '../../../fields/text.js';
import { registerLookups } from '../../../lookups/registry.js';
import { search, trigramSimilar, trigramStrictWordSimilar, trigramWordSimilar, vectorExact } from './lookups.js';
import { SearchVectorField } from './types.js';
import { UnaccentedText, unaccent, unaccentedLookups } from './unaccent.js';

for (const textField of [CharField, TextField])
  registerLookups(textField, search, trigramSimilar, trigramWordSimilar, trigramStrictWordSimilar, unaccent);
registerLookups(SearchVectorField, search, vectorExact);
registerLookups(UnaccentedText, ...unaccentedLookups);
