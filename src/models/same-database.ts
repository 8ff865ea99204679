import { hasRouters, mayRelate, routeWrite } from '../database/router.js';
import { ValueError } from '../errors.js';
import { instances, originAt } from '../schema/instance.js';

/**
 * Makes sure that two instances may refer to each other. One that is in no database yet will be saved where routers say, or
 * where the other one came from. Throws ValueError for two of different databases, unless a router allows it.
 */
export function assertRelatable(instance: object, related: object, subject: string): void {
  place(instance, related);
  place(related, instance);
  // without routers nothing need be made for them to look at
  if (hasRouters() ? mayRelate(related, instance) : aliasOf(instance) === aliasOf(related)) return;
  throw new ValueError(
    'other-database',
    `Cannot assign this object to ${subject}: it is in database '${aliasOf(related)}', the other in '${aliasOf(instance)}', and no router allows a relation between them.`,
  );
}

const aliasOf = (instance: object): string => instances().origin(instance)!.alias;

function place(instance: object, beside: object): void {
  const access = instances();
  if (access.origin(instance) !== null) return;
  const alias = hasRouters()
    ? routeWrite(access.metaOf(instance)!, { instance: beside })
    : (access.origin(beside)?.alias ?? 'default');
  access.setOrigin(instance, originAt(alias));
}
