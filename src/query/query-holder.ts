import type { Query } from './query.js';

/** What carries a Query: a QuerySet or manager. Recognised by class, so that no plain object can pass for one. */
export abstract class QueryHolder {
  abstract readonly query: Query;
}
