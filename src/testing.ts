export { type Captured, type CapturedQuery, captureQueries } from './testing/capture-queries.js';
export { expectQueries } from './testing/expect-queries.js';
