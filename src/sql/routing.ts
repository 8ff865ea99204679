/** A model as routers see it. */
export interface RoutedModel {
  /** `library.Book`. */
  readonly label: string;
  /** `library`. */
  readonly appLabel: string;
  /** `Book`. */
  readonly name: string;
}

/**
 * What is known beside the model: `instance`, the object that is saved or that the rows belong to; when tables are made, the
 * `model` and its `modelName`.
 */
export type RoutingHints = Readonly<Record<string, unknown>>;

/**
 * Decides which database a model is read from and written to. Every method may be left out and may answer undefined or null;
 * then the next router is asked. Where none answers, a row is where the instance of the hints came from, else in `default`.
 *
 * @example
 * const byApp: Router = {
 *   dbForRead: (model) => (model.appLabel === 'history' ? 'archive' : undefined),
 *   dbForWrite: (model) => (model.appLabel === 'history' ? 'archive' : undefined),
 *   allowMigrate: (alias, app) => (app === 'history') === (alias === 'archive'),
 * };
 */
export interface Router {
  /** The alias to read a model from. A promise is awaited: a router may wait until a copy is up to date. */
  dbForRead?(model: RoutedModel, hints: RoutingHints): Answer<string> | PromiseLike<Answer<string>>;
  /** The alias to write a model to, and to read from what is locked for a write. */
  dbForWrite?(model: RoutedModel, hints: RoutingHints): Answer<string>;
  /** Whether two instances may refer to each other; where nobody says, those of one database may. */
  allowRelation?(first: object, second: object, hints: RoutingHints): Answer<boolean>;
  /** Whether an app's tables may be made in a database; where nobody says, they may. */
  allowMigrate?(alias: string, app: string, hints: RoutingHints): Answer<boolean>;
  /**
   * Told that a read failed on a database for a reason of its server's own: `error` says which. True when it is to be asked of
   * whatever `dbForRead` answers now.
   */
  readElsewhere?(alias: string, error: Error): Answer<boolean>;
}

/** What a router answers; nothing, where it has no opinion. */
export type Answer<T> = T | undefined | null;
