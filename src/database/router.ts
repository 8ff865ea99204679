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

/** Routers asked in turn, and what holds when none of them answers. */
export class RouterChain {
  readonly #routers: readonly Router[];

  constructor(routers: readonly Router[]) {
    this.#routers = routers;
  }

  /** The alias to read from: a router's answer, else where the instance of the hints came from, else `default`. */
  dbForRead(model: RoutedModel, hints: RoutingHints = {}): string {
    for (const router of this.#routers) {
      const alias = router.dbForRead?.(model, hints);
      if (alias !== undefined) return alias;
    }
    return aliasOfInstance(hints) ?? 'default';
  }

  /** The alias to write to, as `dbForRead`. */
  dbForWrite(model: RoutedModel, hints: RoutingHints = {}): string {
    for (const router of this.#routers) {
      const alias = router.dbForWrite?.(model, hints);
      if (alias !== undefined) return alias;
    }
    return aliasOfInstance(hints) ?? 'default';
  }

  /** Whether two instances may be related: a router's answer, else whether they are of one database. */
  allowRelation(first: object, second: object, hints: RoutingHints = {}): boolean {
    for (const router of this.#routers) {
      const answer = router.allowRelation?.(first, second, hints);
      if (answer !== undefined) return answer;
    }
    return aliasOfInstance({ instance: first }) === aliasOfInstance({ instance: second });
  }

  /** Whether an app's tables may be made in a database; true when no router objects. */
  allowMigrate(alias: string, app: string, hints: RoutingHints = {}): boolean {
    for (const router of this.#routers) {
      const answer = router.allowMigrate?.(alias, app, hints);
      if (answer !== undefined) return answer;
    }
    return true;
  }
}
