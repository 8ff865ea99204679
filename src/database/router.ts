import { ImproperlyConfigured } from '../errors.js';
import type { Answer, RoutedModel, Router, RoutingHints } from '../sql/routing.js';
import { didYouMean } from '../util/closest.js';

export type { Answer, RoutedModel, Router, RoutingHints };

const METHODS = ['dbForRead', 'dbForWrite', 'allowRelation', 'allowMigrate', 'readElsewhere'] as const;

/** The alias that an instance came from, if the hints name an instance that came from one. */
export const aliasOfInstance = (hints: RoutingHints): string | undefined =>
  (hints.instance as { _state?: { db?: string | null } } | undefined)?._state?.db ?? undefined;

let routers: readonly Router[] = [];

/** Replaces the routers, which are asked in the order given. Throws ImproperlyConfigured for what is no router. */
export function configureRouters(chain: readonly Router[]): void {
  if (!Array.isArray(chain)) throw new ImproperlyConfigured('router', "'databaseRouters' is a list of routers.");
  chain.forEach(checkRouter);
  routers = Object.freeze([...chain]);
}

function checkRouter(router: unknown): void {
  const methods = router as Readonly<Record<string, unknown>> | null;
  if (typeof methods === 'object' && methods !== null) {
    const wrong = METHODS.find((name) => methods[name] !== undefined && typeof methods[name] !== 'function');
    if (wrong !== undefined) throw new ImproperlyConfigured('router', `'${wrong}' of a router must be a function.`);
    if (METHODS.some((name) => methods[name] !== undefined)) return;
  }
  const names = typeof methods === 'object' && methods !== null ? Object.keys(methods) : [];
  const camel = names.map((name) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()));
  throw new ImproperlyConfigured(
    'router',
    `A router is an object with at least one of the methods ${METHODS.join(', ')}.${didYouMean(camel[0] ?? '', METHODS)}`,
  );
}

/** Whether anybody is asked at all. */
export const hasRouters = (): boolean => routers.length > 0;

/** The first answer that a router gives. */
function ask<T>(question: (router: Router) => Answer<T>): T | undefined {
  for (const router of routers) {
    const answer = question(router);
    if (answer !== undefined && answer !== null) return answer;
  }
  return undefined;
}

/** The alias to read a model from: a router's answer, else where the instance of the hints came from, else `default`. */
export function routeRead(model: RoutedModel, hints: RoutingHints = {}): string | Promise<string> {
  return routeReadFrom(0, model, hints);
}

function routeReadFrom(first: number, model: RoutedModel, hints: RoutingHints): string | Promise<string> {
  for (let index = first; index < routers.length; index += 1) {
    const answer = routers[index]!.dbForRead?.(model, hints);
    if (typeof answer === 'string') return answer;
    if (answer !== undefined && answer !== null)
      return Promise.resolve(answer).then((alias) => alias ?? routeReadFrom(index + 1, model, hints));
  }
  return aliasOfInstance(hints) ?? 'default';
}

/** The alias to write a model to, as `routeRead`. */
export const routeWrite = (model: RoutedModel, hints: RoutingHints = {}): string =>
  ask((router) => router.dbForWrite?.(model, hints)) ?? aliasOfInstance(hints) ?? 'default';

/** Whether two instances may be related: a router's answer, else whether they came from one database. */
export const mayRelate = (first: object, second: object, hints: RoutingHints = {}): boolean =>
  ask((router) => router.allowRelation?.(first, second, hints)) ??
  aliasOfInstance({ instance: first }) === aliasOfInstance({ instance: second });

/** Whether an app's tables may be made in a database; true when no router objects. */
export const mayMigrate = (alias: string, app: string, hints: RoutingHints = {}): boolean =>
  ask((router) => router.allowMigrate?.(alias, app, hints)) ?? true;

/** Whether a read that failed on a database is to be asked again, of whatever `routeRead` answers now. */
export const mayReadElsewhere = (alias: string, error: Error): boolean =>
  routers.length > 0 && (ask((router) => router.readElsewhere?.(alias, error)) ?? false);
