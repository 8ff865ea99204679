/** A model as routers see it. */
export interface RoutedModel {
  /** `library.Book`. */
  readonly label: string;
}

/** What is known beside the model: the instance that is read from, saved or related. */
export type RoutingHints = Readonly<Record<string, unknown>>;

/**
 * Decides which database a model is read from and written to. Every method may be left out and may answer undefined;
 * then the next router is asked.
 */
export interface Router {
  dbForRead?(model: RoutedModel, hints: RoutingHints): string | undefined;
  dbForWrite?(model: RoutedModel, hints: RoutingHints): string | undefined;
  allowRelation?(first: object, second: object, hints: RoutingHints): boolean | undefined;
  allowMigrate?(alias: string, app: string, hints: RoutingHints): boolean | undefined;
}

/** The alias that an instance came from, if the hints name an instance that came from one. */
const aliasOfInstance = (hints: RoutingHints): string | undefined =>
  (hints.instance as { _state?: { db?: string | null } } | undefined)?._state?.db ?? undefined;

let routers: readonly Router[] = [];

/** Replaces the routers, which are asked in the order given. */
export function configureRouters(chain: readonly Router[]): void {
  routers = Object.freeze([...chain]);
}

/** The first answer that a router gives. */
function ask<T>(question: (router: Router) => T | undefined): T | undefined {
  for (const router of routers) {
    const answer = question(router);
    if (answer !== undefined) return answer;
  }
  return undefined;
}

/** The alias to read a model from: a router's answer, else where the instance of the hints came from, else `default`. */
export const routeRead = (model: RoutedModel, hints: RoutingHints = {}): string =>
  ask((router) => router.dbForRead?.(model, hints)) ?? aliasOfInstance(hints) ?? 'default';

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
