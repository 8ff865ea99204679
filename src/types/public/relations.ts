import type { CompositeKey, Relation } from '../field-types.js';
import type { ModelReference } from '../registered.js';
import type { FieldOptions } from './fields.js';

/** What happens to rows when the row that they refer to is deleted. */
export interface OnDelete {
  readonly action: string;
  readonly value?: unknown;
}

/** Options that relations share. */
export interface RelationOptions extends Omit<FieldOptions, 'choices'> {
  /** The attribute of the other side; `'+'` for none. Else `bookSet`, or `book` for one-to-one. */
  readonly relatedName?: string;
  /** The name in lookups of the other side; else `relatedName`, or `book`. */
  readonly relatedQueryName?: string;
  /** Which objects may be chosen: lookups, a condition, or a function that gives one. Validation only. */
  readonly limitChoicesTo?: object | (() => object);
  /** False: no constraint in the database. */
  readonly dbConstraint?: boolean;
}

/** The options of a foreign key. */
export interface ForeignKeyOptions extends RelationOptions {
  /** CASCADE, PROTECT, RESTRICT, SET_NULL, SET_DEFAULT, SET(…), DO_NOTHING. */
  readonly onDelete: OnDelete;
  /** The unique field that is referred to; else the primary key. */
  readonly toField?: string;
  /** Marks the key to a parent of multi-table inheritance. */
  readonly parentLink?: boolean;
}

/** The options of a many-to-many relation. */
export interface ManyToManyOptions extends RelationOptions {
  /** The model of the join table; else one is made. */
  readonly through?: ModelReference;
  /** The join table's keys to this model and to the other one, where it has several. */
  readonly throughFields?: readonly [source: string, target: string];
  /** Whether a relation to `'self'` goes both ways. Default true. */
  readonly symmetrical?: boolean;
  /** The name of the join table. */
  readonly dbTable?: string;
}

/** Many to one. */
export interface ForeignKeyClass {
  /**
   * A reference to one row of another model. The instance has `author` (awaited, or loaded by selectRelated) and `authorId`.
   *
   * @example
   * author: ForeignKey('Author', { onDelete: CASCADE, relatedName: 'books' })
   */
  <const T extends ModelReference, const O extends ForeignKeyOptions>(to: T, options: O): Relation<T, 'fk', O>;
  new <const T extends ModelReference, const O extends ForeignKeyOptions>(to: T, options: O): Relation<T, 'fk', O>;
  readonly prototype: Relation<any, 'fk', any>;
}

/** One to one. */
export interface OneToOneFieldClass {
  /**
   * A foreign key that no two rows share. From the other side it is a single object.
   *
   * @example
   * user: OneToOneField('auth.User', { onDelete: CASCADE, relatedName: 'profile' })
   */
  <const T extends ModelReference, const O extends ForeignKeyOptions>(to: T, options: O): Relation<T, 'o2o', O>;
  new <const T extends ModelReference, const O extends ForeignKeyOptions>(to: T, options: O): Relation<T, 'o2o', O>;
  readonly prototype: Relation<any, 'o2o', any>;
}

/** Many to many. */
export interface ManyToManyFieldClass {
  /**
   * Any number of rows of another model, by a join table.
   *
   * @example
   * tags: ManyToManyField('Tag', { relatedName: 'books' })
   */
  <const T extends ModelReference>(to: T): Relation<T, 'm2m', {}>;
  // Not one signature with optional options: inside a model, inference would take `any` for those that are not given.
  <const T extends ModelReference, const O extends ManyToManyOptions>(to: T, options: O): Relation<T, 'm2m', O>;
  new <const T extends ModelReference>(to: T): Relation<T, 'm2m', {}>;
  new <const T extends ModelReference, const O extends ManyToManyOptions>(to: T, options: O): Relation<T, 'm2m', O>;
  readonly prototype: Relation<any, 'm2m', any>;
}

export type { Relation };

/** A primary key of several columns. */
export interface CompositePrimaryKeyClass {
  /**
   * The primary key, made of fields of the model; its name must be `pk`. `row.pk` is a tuple of their values, and so is what
   * lookups of it take. No relation can lead to a model with such a key. Throws ValueError for less than two names.
   *
   * @example
   * pk: CompositePrimaryKey('tenant', 'number')
   * Invoice.objects.get({ pk: [tenant.pk, 7] })
   */
  <const N extends readonly [string, string, ...string[]]>(...names: N): CompositeKey<N>;
  new <const N extends readonly [string, string, ...string[]]>(...names: N): CompositeKey<N>;
  readonly prototype: CompositeKey;
}
