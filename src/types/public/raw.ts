import type { LabelOf } from '../label.js';
import type { Names } from '../lookup-keys.js';
import type { PrefetchLookup, PrefetchPaths, WithPrefetched } from '../rows.js';
import type { Transaction } from './transactions.js';

/**
 * Instances of a model from SQL of one's own, asked for when awaited. Columns that the SQL leaves out are deferred; columns that are
 * no field of the model become properties, in the forms that the driver gives. The primary key must be among the columns: without it
 * FieldDoesNotExist is thrown.
 */
export interface RawQuerySet<in out I, Row = I> extends PromiseLike<Row[]>, AsyncIterable<Row> {
  /** Asks the database with this alias. */
  using(alias: string | Transaction): RawQuerySet<I, Row>;

  /**
   * Loads related objects with one more query for each relation, for all rows together.
   *
   * @example
   * await Book.objects.raw`SELECT * FROM library_book`.prefetchRelated('tags');
   */
  prefetchRelated<const P extends readonly (string | PrefetchLookup<any, any, any> | null)[]>(
    ...lookups: PrefetchPaths<I, Row, P>
  ): RawQuerySet<I, WithPrefetched<I, Row, P>>;

  /**
   * Says which fields columns are meant for whose names are others. Throws FieldDoesNotExist for what is no field.
   *
   * @example
   * await Person.objects.raw`SELECT id, first AS f FROM people`.translations({ f: 'firstName' });
   */
  translations(names: Readonly<Record<string, Names<LabelOf<I>>>>): RawQuerySet<I, Row>;
}
