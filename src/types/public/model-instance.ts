import type { AnyQuerySet } from '../comparable.js';
import type { LabelOf, SavedNames } from '../label.js';
import type { OneToOneOf } from '../reverse.js';
import type { Transaction } from './transactions.js';

/** What an instance knows of its row. */
export interface InstanceState {
  /** True until the row is saved or was loaded. */
  adding: boolean;
  /** Alias of the database that the row came from or was saved to; null before. */
  db: string | null;
}

/** How `save` writes. */
export interface SaveOptions<Names = string> {
  /** Only these fields; an empty list saves nothing. */
  readonly updateFields?: readonly Names[] | ReadonlySet<Names>;
  /** INSERT, never UPDATE. */
  readonly forceInsert?: boolean;
  /** UPDATE, never INSERT; throws DatabaseError when no row is there. */
  readonly forceUpdate?: boolean;
  /** Database alias, or a transaction. */
  readonly using?: string | Transaction;
}

/** What to leave out of validation. */
export interface CleanOptions<Names = string> {
  readonly exclude?: readonly Names[] | ReadonlySet<Names>;
}

/** What to leave out of `fullClean`. */
export interface FullCleanOptions<Names = string> extends CleanOptions<Names> {
  readonly validateUnique?: boolean;
  readonly validateConstraints?: boolean;
}

/** What `refreshFromDb` reads. */
export interface RefreshOptions<Names = string> {
  readonly fields?: readonly Names[];
  /** Database alias, or a transaction. */
  readonly using?: string | Transaction;
  /** The QuerySet to read from, instead of the model's own. */
  readonly fromQueryset?: AnyQuerySet;
}

/** Reverse one-to-one names and foreign keys: what `getRelated` can be asked for. */
type SingleNames<I> = string & (keyof I | OneToOneOf<LabelOf<I>>['accessor']);

/** What every instance can do, whatever its model. */
export interface ModelInstance {
  /** Whether it is saved, and where. */
  readonly _state: InstanceState;

  /**
   * Writes the row: UPDATE where it has a key that is in the table, else INSERT. Deferred fields are left alone.
   *
   * @example
   * book.price = new Decimal('9.50');
   * await book.save({ updateFields: ['price'] });
   */
  save(options?: SaveOptions<SavedNames<this>>): Promise<void>;

  /**
   * Deletes the row and, as `onDelete` says, those that refer to it. Gives the number of rows, and per model.
   *
   * @example
   * const [total, perModel] = await publisher.delete();   // [13, { 'library.Publisher': 1, 'library.Book': 12 }]
   */
  delete(options?: {
    readonly using?: string | Transaction;
    readonly keepParents?: boolean;
  }): Promise<[total: number, perModel: Record<string, number>]>;

  /**
   * Reads the row again. Related objects that were loaded are forgotten.
   *
   * @example
   * await book.refreshFromDb({ fields: ['price'] });
   */
  refreshFromDb(options?: RefreshOptions<SavedNames<this>>): Promise<void>;

  /**
   * All of validation: fields, `clean()`, unique and other constraints. Throws ValidationError. `save` does not call it.
   *
   * @example
   * await new Book({ title: '', price: 3, publisherId: 1 }).fullClean();   // ValidationError: title: This field cannot be blank.
   */
  fullClean(options?: FullCleanOptions<SavedNames<this>>): Promise<void>;
  /** Converts and validates each field. Throws ValidationError. */
  cleanFields(options?: CleanOptions<SavedNames<this>>): Promise<void>;
  /**
   * A hook for validation over several fields; does nothing unless overridden.
   *
   * @example
   * override clean() { if (this.end < this.start) throw new ValidationError('It ends before it starts.'); }
   */
  clean(): void | Promise<void>;
  /** Looks in the database for rows with the same unique values. Throws ValidationError. */
  validateUnique(options?: CleanOptions<SavedNames<this>>): Promise<void>;
  /** Checks the constraints of the model's options. Throws ValidationError. */
  validateConstraints(options?: CleanOptions<SavedNames<this>>): Promise<void>;

  /** Names of the fields that were not loaded. */
  getDeferredFields(): Set<string>;
  /** The value of a field as a serializer wants it: a foreign key's key. */
  serializableValue(name: string): unknown;

  /**
   * The related object or null; a one-to-one relation that is not there gives null instead of throwing. Queries when not loaded.
   *
   * @example
   * const profile = await author.getRelated('profile');   // Profile | null
   */
  getRelated<N extends SingleNames<this>>(name: N): Promise<N extends keyof this ? Awaited<this[N]> | null : unknown>;

  /** Whether it is the same row: same model, same key. An unsaved instance equals only itself. */
  equals(other: unknown): boolean;
  /** `Book object (1)` unless overridden. */
  toString(): string;
  /** Its columns as plain data. */
  toJSON(): Record<string, unknown>;
}

/** An instance of any model. */
export type AnyInstance = ModelInstance & { pk: unknown };
