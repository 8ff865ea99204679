import type { Field } from '../fields/field.js';
import type { OnDelete } from '../fields/on-delete.js';
import type { Constraint } from './constraints.js';
import type { ModelDefinition } from './definition.js';
import type { Index } from './indexes.js';
import type { MetaOptions } from './meta-options.js';

export type { OnDelete } from '../fields/on-delete.js';
export type { MetaOptions } from './meta-options.js';

/** A field in its place: with its name, its column and its model. Frozen once the registry is ready. */
export interface BoundField {
  /** As declared: `author`. */
  readonly name: string;
  /** Where an instance keeps the value: `authorId` for a foreign key, else the name. */
  readonly attname: string;
  readonly column: string;
  /** As declared. */
  readonly field: Field;
  /** What the column holds: the field itself, or for a foreign key the field that it finally refers to. */
  readonly type: Field;
  /** The model in whose table the column stands. */
  readonly model: ModelMeta;
  readonly nullable: boolean;
  /** Whether it is the primary key or one of its columns. */
  readonly primaryKey: boolean;
  /** Alone unique (primary keys and one-to-one keys included). */
  readonly unique: boolean;
  /** Computed by the database: never written. */
  readonly generated: boolean;
  /** An automatic key: not in INSERT when unset. */
  readonly auto: boolean;
  /** The relation that this foreign key makes, else null. */
  readonly relation: Relation | null;
  readonly verboseName: string;
}

/** One join: from a column of one table to a column of another. */
export interface Hop {
  readonly from: ModelMeta;
  readonly to: ModelMeta;
  readonly fromField: BoundField;
  readonly toField: BoundField;
  /** May lead to several rows. */
  readonly multi: boolean;
  /** May lead to none: a nullable key, or the reverse side of one. */
  readonly nullable: boolean;
  /** The foreign key stands in `from`; then the target's key need not be joined for. */
  readonly direct: boolean;
}

export type RelationKind =
  | 'manyToOne'
  | 'oneToOne'
  | 'manyToMany'
  | 'oneToMany'
  | 'reverseOneToOne'
  | 'reverseManyToMany';

/** A relation as seen from one of its two sides. */
export interface Relation {
  readonly kind: RelationKind;
  /** The side that this view starts from. For inherited relations the model that declares (or is the target). */
  readonly from: ModelMeta;
  readonly to: ModelMeta;
  /** The name in lookups. */
  readonly name: string;
  /** The attribute of instances; null when hidden (`relatedName: '+'`). */
  readonly accessor: string | null;
  /** One hop, or two through the join table of a many-to-many. */
  readonly hops: readonly Hop[];
  readonly multi: boolean;
  readonly nullable: boolean;
  /** The same relation from the other side. */
  readonly inverse: Relation;
  /** True for the sides that the field is not declared on. */
  readonly reverse: boolean;
  /** The field that declares the relation, as given by the user. */
  readonly field: Field;
  /** The bound foreign key (of the join table's source side for a many-to-many, seen from `from`). */
  readonly key: BoundField;
  /** Many-to-many: the model of the join table, the key to `from` and the key to `to` (from this side). */
  readonly through: ModelMeta | null;
  readonly sourceKey: BoundField | null;
  readonly targetKey: BoundField | null;
  /** Many-to-many on the model itself: both directions are kept the same. */
  readonly symmetrical: boolean;
  readonly onDelete: OnDelete;
  /** The parent link of multi-table inheritance. */
  readonly parentLink: boolean;
  readonly limitChoicesTo: unknown;
}

/** A model as data, without its class. Built by `build-meta.ts`, completed by `link.ts`, then frozen. */
export interface ModelMeta {
  /** `library.Book` */
  readonly label: string;
  readonly appLabel: string;
  readonly name: string;
  readonly dbTable: string;
  readonly options: MetaOptions;
  readonly proxy: boolean;
  /** The model whose table it uses: itself, or for a proxy the model behind it. */
  readonly concrete: ModelMeta;
  /** Made for a many-to-many field. */
  readonly autoCreated: boolean;
  /** All columns in order of declaration, those of parents first. */
  readonly fields: readonly BoundField[];
  /** The columns of its own table. */
  readonly localFields: readonly BoundField[];
  readonly pk: BoundField;
  /** Direct parents of multi-table inheritance and the key that leads to each. */
  readonly parents: ReadonlyMap<ModelMeta, BoundField>;
  /** Every ancestor with a table, nearest first, and the hops that lead there. */
  readonly ancestors: ReadonlyMap<ModelMeta, readonly Hop[]>;
  /** By name and by attname, `pk` included; parents' fields too. Null-prototype safety: always a Map. */
  readonly fieldsByName: ReadonlyMap<string, BoundField>;
  /** Relations by lookup name: forward, reverse and many-to-many, inherited ones too. */
  readonly relations: ReadonlyMap<string, Relation>;
  /** Relations by attribute name of instances. */
  readonly accessors: ReadonlyMap<string, Relation>;
  /** Reverse relations that deletion must follow: hidden ones too, those of this table alone. */
  readonly referrers: readonly Relation[];
  /** Forward many-to-many relations, inherited ones too. */
  readonly manyToMany: readonly Relation[];
  /** Default ordering, own or inherited as Django inherits it. */
  readonly ordering: readonly unknown[];
  /** What `latest()` goes by when it is told nothing; own or inherited. */
  readonly getLatestBy: readonly string[] | null;
  /** `bookAuthorMap`: the name in lookups and accessors where none is given. */
  readonly modelName: string;
  readonly verboseName: string;
  readonly verboseNamePlural: string;
  /** Whether its table is made and dropped by the library. */
  readonly managed: boolean;
  /** The fields of the primary key: one, or those of a composite key (then `pk` has no column, and a TupleField as its type). */
  readonly pkFields: readonly BoundField[];
  /** The model whose class a proxy extends; null for others. */
  readonly proxyFor: ModelMeta | null;
  /** Groups of fields that are unique together, by name. */
  readonly uniqueTogether: readonly (readonly string[])[];
  /** Own constraints and those of abstract parents, names filled in. */
  readonly constraints: readonly Constraint[];
  readonly indexes: readonly Index[];
  /** The foreign key of `orderWithRespectTo`. */
  readonly orderWithRespectTo: BoundField | null;
  /** What the user wrote; null for join tables made for a many-to-many field. */
  readonly definition: ModelDefinition | null;
  /** The class that users see; set when the app is registered. */
  readonly modelClass: ModelClass;
}

/** What the model side below `models/` needs to know of a model class: made and hooked in by `models/define.ts`. */
export interface ModelClass {
  new (...args: any[]): object;
  readonly name: string;
  readonly prototype: object;
  readonly DoesNotExist: new (code: string, message: string) => Error;
  readonly MultipleObjectsReturned: new (code: string, message: string) => Error;
}
