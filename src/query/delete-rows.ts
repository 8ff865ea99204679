import { NotSupportedError, typeError } from '../errors.js';
import { Collector, type DeletionCounts } from './collector.js';
import { writeDatabase } from './databases-for.js';
import { change, isSliced, type Query } from './query.js';

/** Deletes the rows of a query and what goes along with them; gives the counts. `origin` is what signals name as their cause. */
export async function deleteRows(query: Query, origin: object = query): Promise<DeletionCounts> {
  if (query.combination !== null)
    throw new NotSupportedError(
      'combined',
      'Calling delete() after union(), intersection() or difference() is not supported.',
    );
  if (isSliced(query)) throw typeError('sliced', "Cannot use 'limit' or 'offset' with delete().");
  if (query.distinctOn.length > 0) throw typeError('distinct-on', 'Cannot call delete() after distinct(fields).');
  if (query.rows !== 'instance') throw typeError('plain-rows', 'Cannot call delete() after values() or valuesList().');
  const database = await writeDatabase(query.meta, query.using, query.hint);
  const rows = change(
    query,
    { orderBy: [], selectRelated: null, deferral: null, lock: null, annotations: [], using: database.alias },
    'delete',
  );
  const collector = new Collector(database, origin);
  await collector.collectQuery(rows);
  return collector.delete();
}
