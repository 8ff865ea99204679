import type { Visits } from './dialect.js';
import { expressionVisits } from './visit-expressions.js';
import { selectVisits } from './visit-select.js';
import { writeVisits } from './visit-writes.js';

/** How every node is written in the SQL that all databases share. A dialect spreads it and replaces what it writes otherwise. */
export const baseVisits: Visits = { ...expressionVisits, ...selectVisits, ...writeVisits };
