import { database } from '../database/databases.js';
import { routeWrite } from '../database/router.js';
import { ValueError } from '../errors.js';
import { Collector, type DeletionCounts } from '../query/collector.js';
import { referredNames } from '../query/referrers.js';
import { instances, lazyLoader } from '../schema/instance.js';

/** How an instance is deleted; see `types/public/model-instance.ts`. */
export interface DeleteOptions {
  readonly using?: string;
  /** Leave the rows of parent models (multi-table inheritance). */
  readonly keepParents?: boolean;
}

/** Deletes an instance's row and what goes along with it; gives the counts. */
export async function deleteInstance(instance: object, options: DeleteOptions = {}): Promise<DeletionCounts> {
  const meta = instances().metaOf(instance)!;
  const pk = instances().pk(instance);
  if (pk === null || pk === undefined) {
    throw new ValueError(
      'no-key',
      `This ${meta.name} cannot be deleted: it has no primary key, so it was never saved or is deleted already.`,
    );
  }
  // others may refer to a column that the instance came without
  for (const attname of instances().deferred(instance)) {
    if (referredNames(meta).has(attname)) await lazyLoader().field(instance, attname);
  }
  const collector = new Collector(await database(options.using ?? routeWrite(meta, { instance })).ready(), instance);
  await collector.collectInstance(meta, instance, options.keepParents === true);
  return collector.delete();
}
