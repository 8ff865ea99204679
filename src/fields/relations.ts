import { typeError, ValueError } from '../errors.js';
import type { ColumnType } from '../sql/value-type.js';
import { callable } from '../util/callable.js';
import { lettersOfAnyScript } from '../util/letters.js';
import { show } from '../util/show.js';
import { type Deconstructed, Field, type FieldOptions } from './field.js';
import { isOnDelete, type OnDelete } from './on-delete.js';

/** A model by name: `Author` in the same app, `shop.Order`, or `self`. */
export type ModelRef = string;

/** Options that all relations take. */
export interface RelationOptions extends FieldOptions {
  /** The attribute of the other model that leads back; with a `+` at its end there is none. */
  readonly relatedName?: string;
  /** The name in lookups that leads back. */
  readonly relatedQueryName?: string;
  /** Which rows forms offer: a condition, or a function that gives one. */
  readonly limitChoicesTo?: unknown;
  /** Whether the database checks the reference. */
  readonly dbConstraint?: boolean;
}

export interface ForeignKeyOptions extends RelationOptions {
  readonly onDelete?: OnDelete;
  /** The unique field of the other model that is referred to; its primary key unless given. */
  readonly toField?: string;
  /** The link to the parent in multi-table inheritance. */
  readonly parentLink?: boolean;
}

export interface ManyToManyOptions extends RelationOptions {
  /** The model of the join table, when it is one's own. */
  readonly through?: ModelRef;
  /** The names of its two foreign keys: to this model, to the other. */
  readonly throughFields?: readonly [string, string] | readonly string[];
  /** On `self`: whether a relation holds both ways. True unless `relatedName`-less relations say otherwise. */
  readonly symmetrical?: boolean;
  readonly dbTable?: string;
}

const REFERENCE = /^(?:[A-Za-z_][\w]*\.)?[A-Za-z_]\w*$/;
function checkReference(kind: string, to: unknown): asserts to is ModelRef {
  if (typeof to === 'string' && REFERENCE.test(to)) return;
  throw typeError(
    'model-reference',
    `${kind} refers to a model by its name ('Author', 'shop.Order' or 'self'), not by ${show(to)}.`,
  );
}

const isReverseName = lettersOfAnyScript(
  /^(?:[A-Za-z_%][\w%()]*)?\+?$/,
  String.raw`^(?:[\p{ID_Start}_%][\p{ID_Continue}%()]*)?\+?$`,
);
function checkRelationOptions(kind: string, options: RelationOptions): void {
  const { relatedName, relatedQueryName } = options;
  if (
    relatedName !== undefined &&
    (typeof relatedName !== 'string' || relatedName === '' || !isReverseName(relatedName))
  ) {
    throw typeError(
      'related-name',
      `${kind}: relatedName must be an identifier, or end in '+' for no reverse side; it is ${show(relatedName)}.`,
    );
  }
  if (
    relatedQueryName !== undefined &&
    (typeof relatedQueryName !== 'string' || !isReverseName(relatedQueryName) || relatedQueryName === '')
  ) {
    throw typeError(
      'related-name',
      `${kind}: relatedQueryName must be an identifier; it is ${show(relatedQueryName)}.`,
    );
  }
}

/** What all relations have: the model that they refer to. */
abstract class RelationField<O extends RelationOptions> extends Field<any, O> {
  constructor(
    readonly to: ModelRef,
    options?: O,
  ) {
    super(options);
    checkReference(new.target.name, to);
    checkRelationOptions(new.target.name, this.options);
  }
  override deconstruct(): Deconstructed {
    return { ...super.deconstruct(), args: [this.to] };
  }
}

/** A foreign key: many rows of this model refer to one of the other. */
class ForeignKeyBase<O extends ForeignKeyOptions = ForeignKeyOptions> extends RelationField<O> {
  constructor(to: ModelRef, options?: O) {
    super(to, options);
    const { onDelete } = this.options;
    if (onDelete !== undefined && !isOnDelete(onDelete)) {
      throw typeError(
        'on-delete',
        `${new.target.name}: onDelete must be CASCADE, PROTECT, RESTRICT, SET_NULL, SET_DEFAULT, SET(…), DO_NOTHING or a DB_… action.`,
      );
    }
    if (onDelete === undefined) {
      throw typeError(
        'on-delete',
        `${new.target.name} to '${to}' needs onDelete: it says what happens when the other row is deleted (CASCADE, PROTECT, SET_NULL …).`,
      );
    }
  }
  /** What happens to this row when the one it refers to is deleted. */
  get onDelete(): OnDelete {
    return this.options.onDelete!;
  }
  get columnType(): ColumnType {
    throw new Error(`The column of a ${this.kind} has the type of what it refers to: ask its BoundField.`);
  }
  override get indexed(): boolean {
    return this.options.dbIndex !== false;
  }
  /** Alone unique: one-to-one keys. */
  get isUnique(): boolean {
    return this.options.unique === true || this.options.primaryKey === true;
  }
  override get defaultErrorMessages(): Readonly<Record<string, string>> {
    return {
      ...super.defaultErrorMessages,
      invalid: '%(model)s instance with %(field)s %(value)s is not a valid choice.',
    };
  }
}

/** A relation that stands in a column: many-to-one, or one-to-one. */
export interface ForeignKey extends Field<any, ForeignKeyOptions> {
  readonly to: ModelRef;
  readonly onDelete: OnDelete;
  readonly isUnique: boolean;
  readonly columnType: ColumnType;
}
interface ForeignKeyClass {
  new (to: ModelRef, options: ForeignKeyOptions): ForeignKey;
  (to: ModelRef, options: ForeignKeyOptions): ForeignKey;
  readonly prototype: ForeignKey;
}

/**
 * Many rows of this model refer to one of the other: the column `author_id` for a field `author`. Instances have the key
 * as `authorId` and the object as `author`, which is loaded by awaiting it.
 *
 * @example
 * publisher: ForeignKey('Publisher', { onDelete: CASCADE, relatedName: 'books' })
 */
export const ForeignKey: ForeignKeyClass = callable(class ForeignKey extends ForeignKeyBase {});

/** A foreign key that is unique; from the other side it leads to one object, not to many. */
export const OneToOneField: ForeignKeyClass = callable(
  class OneToOneField extends ForeignKey {
    override get isUnique(): boolean {
      return true;
    }
    override get indexed(): boolean {
      return false;
    }
  },
);
export type OneToOneField = ForeignKey;

/** Whether a field is a foreign key, one-to-one keys included. */
export const isForeignKey = (field: unknown): field is ForeignKey => field instanceof ForeignKey;
/** Whether a field is a one-to-one key. */
export const isOneToOne = (field: unknown): field is OneToOneField => field instanceof OneToOneField;

/** Many rows of this model are related to many of the other, over a join table. */
export interface ManyToManyField extends Field<any, ManyToManyOptions> {
  readonly to: ModelRef;
  readonly columnType: ColumnType;
}
interface ManyToManyClass {
  new (to: ModelRef, options?: ManyToManyOptions): ManyToManyField;
  (to: ModelRef, options?: ManyToManyOptions): ManyToManyField;
  readonly prototype: ManyToManyField;
}

/**
 * Many rows of this model are related to many of the other. The join table is made unless `through` names a model.
 *
 * @example
 * authors: ManyToManyField('Author', { relatedName: 'books' })
 */
export const ManyToManyField: ManyToManyClass = callable(
  class ManyToManyField extends RelationField<ManyToManyOptions> {
    constructor(to: ModelRef, options?: ManyToManyOptions) {
      super(to, options);
      const { through, throughFields, dbTable, dbConstraint, unique, primaryKey } = this.options;
      if (through !== undefined) {
        checkReference('through', through);
        if (dbTable !== undefined)
          throw new ValueError('many-to-many', 'ManyToManyField: dbTable cannot be given beside through.');
        if (dbConstraint === false)
          throw new ValueError('many-to-many', 'ManyToManyField: dbConstraint cannot be given beside through.');
      }
      if (throughFields !== undefined) {
        if (through === undefined)
          throw new ValueError('many-to-many', 'ManyToManyField: throughFields needs through.');
        if (!Array.isArray(throughFields) || throughFields.length < 2) {
          throw new ValueError(
            'many-to-many',
            'ManyToManyField: throughFields names two fields: the key to this model and the key to the other.',
          );
        }
      }
      if (unique === true || primaryKey === true) throw typeError('many-to-many', 'ManyToManyField cannot be unique.');
    }
    override get concrete(): boolean {
      return false;
    }
    get columnType(): ColumnType {
      throw new Error('A many-to-many field has no column.');
    }
  },
);

/** Whether a field is many-to-many. */
export const isManyToMany = (field: unknown): field is ManyToManyField => field instanceof ManyToManyField;

/** A primary key of several columns; the field must be called `pk`. */
export interface CompositePrimaryKey extends Field<any> {
  readonly names: readonly string[];
  readonly columnType: ColumnType;
}
interface CompositePrimaryKeyClass {
  new (...names: string[]): CompositePrimaryKey;
  (...names: string[]): CompositePrimaryKey;
  readonly prototype: CompositePrimaryKey;
}

/**
 * A primary key of several columns, by the names of their fields.
 *
 * @example
 * pk: CompositePrimaryKey('tenant', 'number')
 */
export const CompositePrimaryKey: CompositePrimaryKeyClass = callable(
  class CompositePrimaryKey extends Field<any> {
    readonly names: readonly string[];
    constructor(...names: string[]) {
      super();
      if (names.length < 2 || names.some((name) => typeof name !== 'string')) {
        throw new ValueError('composite-key', 'CompositePrimaryKey takes the names of at least two fields.');
      }
      if (new Set(names).size !== names.length)
        throw new ValueError('composite-key', 'CompositePrimaryKey names a field twice.');
      this.names = Object.freeze([...names]);
    }
    override get concrete(): boolean {
      return false;
    }
    get columnType(): ColumnType {
      throw new Error('A composite key has several columns.');
    }
    override deconstruct(): Deconstructed {
      return { kind: this.kind, args: this.names, options: {} };
    }
  },
);

/** Whether a field is a composite key. */
export const isCompositeKey = (field: unknown): field is CompositePrimaryKey => field instanceof CompositePrimaryKey;
