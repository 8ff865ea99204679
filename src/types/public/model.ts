import type { FieldMap } from '../field-types.js';
import type { AbstractModelClass, InheritedModelClass, ModelClass, ParentClass } from '../model-class.js';
import type { FullLabel } from '../registered.js';
import type { MetaOptions } from './meta-options.js';

/** What `Model` is. */
export interface ModelFactory {
  /**
   * A class for the rows of a table: extend it. The label names app and model; without an app it is in `models`.
   * References between models are strings: `'Author'` in the same app, `'shop.Order'`, `'self'`.
   *
   * @example
   * export class Book extends Model('library.Book', {
   *   title: CharField({ maxLength: 64 }),
   *   publisher: ForeignKey('Publisher', { onDelete: CASCADE, relatedName: 'books' }),
   * }, { ordering: ['title'] }) {
   *   override toString() { return this.title; }
   * }
   */
  <const L extends string, const F extends FieldMap, const O extends MetaOptions = {}>(
    label: L,
    fields: F,
    meta?: O,
  ): ModelClass<FullLabel<L>, F, O>;

  /**
   * A model that inherits: from a concrete model (its rows are in two tables), from abstract ones, or as a proxy.
   *
   * @example
   * export class Restaurant extends Model('library.Restaurant', Place, { pizza: BooleanField() }) {}
   * export class OldBook extends Model('library.OldBook', Book, {}, { proxy: true }) {}
   */
  <
    const L extends string,
    const C extends ParentClass | readonly ParentClass[],
    const F extends FieldMap = {},
    const O extends MetaOptions = {},
  >(
    label: L,
    parents: C,
    fields?: F,
    meta?: O,
  ): InheritedModelClass<FullLabel<L>, F, C, O>;
}

/** What `AbstractModel` is. */
export interface AbstractModelFactory {
  /**
   * A class without a table, whose fields, options and methods other models inherit.
   *
   * @example
   * export class Timestamped extends AbstractModel({ createdAt: DateTimeField({ autoNowAdd: true }) }) {
   *   age() { return Date.now() - this.createdAt.getTime(); }
   * }
   * export class Post extends Model('blog.Post', Timestamped, { title: CharField({ maxLength: 99 }) }) {}
   */
  <const F extends FieldMap>(fields: F, meta?: MetaOptions): AbstractModelClass<F, []>;
  <const C extends ParentClass | readonly ParentClass[], const F extends FieldMap = {}>(
    parents: C,
    fields?: F,
    meta?: MetaOptions,
  ): AbstractModelClass<F, C>;
}

export type { AbstractModelClass, InheritedModelClass, ModelClass };
