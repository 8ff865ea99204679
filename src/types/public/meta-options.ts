import type { AnyExpression } from '../descriptions.js';

/**
 * The options of a model: its last argument.
 *
 * @example
 * class Book extends Model('library.Book', { title: CharField({ maxLength: 64 }) }, { ordering: ['title'], dbTable: 'books' }) {}
 */
export interface MetaOptions {
  /** The order of rows where none is asked for: paths, `-` descends, or expressions. */
  readonly ordering?: readonly (string | AnyExpression)[];
  /** The table's name; else `app_model`. */
  readonly dbTable?: string;
  /** Fields that are unique together; a UniqueConstraint says the same and more. */
  readonly uniqueTogether?: readonly string[] | readonly (readonly string[])[];
  /** CheckConstraint and UniqueConstraint. */
  readonly constraints?: readonly object[];
  readonly indexes?: readonly object[];
  /** What `latest()` and `earliest()` go by. */
  readonly getLatestBy?: string | readonly string[];
  /** A foreign key by whose target the rows are put in an order of their own. */
  readonly orderWithRespectTo?: string;
  /** No table of its own: another class for its parent's rows. */
  readonly proxy?: boolean;
  /** False: the table is made and dropped by someone else. */
  readonly managed?: boolean;
  /** The reverse name of relations that give none. */
  readonly defaultRelatedName?: string;
  readonly verboseName?: string;
  readonly verboseNamePlural?: string;
  /** The manager used for related objects. */
  readonly baseManagerName?: string;
  /** The manager used where none is named. */
  readonly defaultManagerName?: string;
  /** Look for the row before writing it, instead of trusting the number of updated rows. */
  readonly selectOnSave?: boolean;
  readonly permissions?: readonly (readonly [codename: string, name: string])[];
  readonly defaultPermissions?: readonly string[];
  readonly requiredDbFeatures?: readonly string[];
  readonly requiredDbVendor?: string;
  readonly dbTableComment?: string;
  readonly dbTablespace?: string;
}
