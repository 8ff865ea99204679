export { type Captured, type CapturedQuery, captureQueries } from './testing/capture-queries.js';
export { expectNoLeaks } from './testing/expect-no-leaks.js';
export { expectQueries } from './testing/expect-queries.js';
