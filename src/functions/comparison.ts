import { atLeast, defineFunction, sameType } from './define.js';

export { Cast, Collate } from '../expressions/wrapper.js';

/**
 * The first of two or more expressions that is not null. SQL: `COALESCE(a, b)`
 *
 * @example
 * await Author.objects.annotate({ shown: Coalesce("nickname", "name", Value("?")) });
 */
export const Coalesce = defineFunction<unknown[]>('Coalesce', { sql: 'COALESCE', arity: atLeast(2), type: sameType });
/**
 * The largest of two or more; null where one is null, on PostgreSQL where all are. SQL: `GREATEST(a, b)`
 *
 * @example
 * await Post.objects.annotate({ touched: Greatest("created", "updated") });
 */
export const Greatest = defineFunction<unknown[]>('Greatest', { sql: 'GREATEST', arity: atLeast(2), type: sameType });
/** The smallest of two or more; nulls as in `Greatest`. SQL: `LEAST(a, b)` @example Least("price", "offer") */
export const Least = defineFunction<unknown[]>('Least', { sql: 'LEAST', arity: atLeast(2), type: sameType });
/** Null where both are equal, else the first. SQL: `NULLIF(a, b)` @example NullIf("name", Value("")) */
export const NullIf = defineFunction<[first: unknown, second: unknown, options?: object]>('NullIf', {
  sql: 'NULLIF',
  arity: 2,
  type: sameType,
});
