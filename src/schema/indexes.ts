import { typeError, ValueError } from '../errors.js';
import type { ContribName } from '../sql/value-type.js';
import { callable } from '../util/callable.js';
import { digest } from '../util/digest.js';
import { show } from '../util/show.js';
import { type ConstraintClass, fillName, isConditional } from './constraints.js';

/** The longest name of an index that every database takes. */
export const MAX_INDEX_NAME = 30;

export interface IndexOptions {
  /** Names of fields; `-name` descends. */
  readonly fields?: readonly string[];
  /** Made from table, columns and a hash where it is not given. */
  readonly name?: string;
  readonly dbTablespace?: string;
  /** Operator classes, one for each field (PostgreSQL). */
  readonly opclasses?: readonly string[];
  /** Only rows that fulfil it are in the index. */
  readonly condition?: unknown;
  /** Columns that the index carries along (PostgreSQL). */
  readonly include?: readonly string[];
}

/** A field of an index. */
export interface IndexField {
  readonly name: string;
  readonly descending: boolean;
}

/**
 * An index of a table.
 *
 * @example
 * Index({ fields: ['author', '-published'] })
 * Index(Lower('title'), { name: 'lower_title_idx' })
 */
export interface Index {
  readonly kind: string;
  /** '' until `named` gives it one. */
  readonly name: string;
  readonly fields: readonly IndexField[];
  readonly expressions: readonly unknown[];
  readonly dbTablespace: string | null;
  readonly opclasses: readonly string[];
  readonly condition: unknown;
  readonly include: readonly string[];
  /** The last part of a name that is made. */
  readonly suffix: string;
  /** How the database keeps it: null for its usual way (btree). */
  readonly method: string | null;
  /** Storage parameters of the method. */
  readonly storage: Readonly<Record<string, string | number | boolean>>;
  /** The part of `contrib/` that the method is of; null where every database has it. */
  readonly contrib: ContribName | null;
  /** Options that a class of indexes has beside those that all have. */
  readonly ownOptions: Readonly<Record<string, unknown>>;
  /** The options that make an equal index. */
  readonly options: IndexOptions;
  clone(changes?: Partial<IndexOptions>): this;
  /** For the class that inherits it from an abstract model: the placeholders of the name filled in. */
  forModel(appLabel: string, modelName: string): this;
  /** The same index with a name, made from the table's and the columns' where it has none. */
  named(table: string, columnOf: (field: string) => string): this;
}

export const Index: ConstraintClass<Index, [...expressions: unknown[], options: IndexOptions]> = callable(
  class Index {
    readonly name: string;
    readonly fields: readonly IndexField[];
    readonly expressions: readonly unknown[];
    readonly dbTablespace: string | null;
    readonly opclasses: readonly string[];
    readonly condition: unknown;
    readonly include: readonly string[];

    constructor(...args: unknown[]) {
      const options = (args[args.length - 1] ?? {}) as IndexOptions;
      const expressions = args.slice(0, -1);
      if (typeof options !== 'object' || Array.isArray(options))
        throw typeError('index', `Index takes options, not ${show(options)}.`);
      const { fields = [], name = '', dbTablespace = null, opclasses = [], condition = null, include = [] } = options;
      const refuse = (message: string): never => {
        throw new ValueError('index', `Index${name === '' ? '' : ` '${name}'`}: ${message}`);
      };
      for (const [option, list] of Object.entries({ fields, opclasses, include })) {
        if (!Array.isArray(list) || list.some((item) => typeof item !== 'string')) {
          throw typeError('index', `Index: ${option} must be a list of names.`);
        }
      }
      if (typeof name !== 'string') throw typeError('index', `Index: the name must be text, not ${show(name)}.`);
      if (name === '' && opclasses.length > 0) refuse('with opclasses it must be named.');
      if (name === '' && condition !== null) refuse('with a condition it must be named.');
      if (name === '' && include.length > 0) refuse('with include it must be named.');
      if (name === '' && expressions.length > 0) refuse('over expressions it must be named.');
      if (condition !== null && !isConditional(condition))
        throw typeError('index', 'Index: the condition must be a condition.');
      if (fields.length === 0 && expressions.length === 0) refuse('at least one field or expression is needed.');
      if (fields.length > 0 && expressions.length > 0) refuse('fields and expressions exclude each other.');
      if (expressions.length > 0 && opclasses.length > 0)
        refuse('opclasses go with fields; with expressions use OpClass().');
      if (opclasses.length > 0 && opclasses.length !== fields.length)
        refuse('fields and opclasses must be of the same number.');
      this.name = name;
      this.fields = Object.freeze(
        fields.map((field) =>
          Object.freeze(
            field.startsWith('-') ? { name: field.slice(1), descending: true } : { name: field, descending: false },
          ),
        ),
      );
      this.expressions = Object.freeze(expressions);
      this.dbTablespace = dbTablespace;
      this.opclasses = Object.freeze([...opclasses]);
      this.condition = condition;
      this.include = Object.freeze([...include]);
    }
    get kind(): string {
      return this.constructor.name;
    }
    get suffix(): string {
      return 'idx';
    }
    get method(): string | null {
      return null;
    }
    get storage(): Readonly<Record<string, string | number | boolean>> {
      return {};
    }
    get contrib(): ContribName | null {
      return null;
    }
    get ownOptions(): Readonly<Record<string, unknown>> {
      return {};
    }
    get options(): IndexOptions {
      return {
        ...(this.fields.length === 0
          ? {}
          : { fields: this.fields.map((field) => (field.descending ? `-${field.name}` : field.name)) }),
        ...(this.name === '' ? {} : { name: this.name }),
        ...(this.dbTablespace === null ? {} : { dbTablespace: this.dbTablespace }),
        ...(this.opclasses.length === 0 ? {} : { opclasses: this.opclasses }),
        ...(this.condition === null ? {} : { condition: this.condition }),
        ...(this.include.length === 0 ? {} : { include: this.include }),
        ...this.ownOptions,
      };
    }
    clone(changes: Partial<IndexOptions> = {}): this {
      return Reflect.construct(this.constructor, [...this.expressions, { ...this.options, ...changes }]) as this;
    }
    forModel(appLabel: string, modelName: string): this {
      const name = fillName(this.name, appLabel, modelName);
      return name === this.name ? this : this.clone({ name });
    }
    named(table: string, columnOf: (field: string) => string): this {
      return this.name !== '' ? this : this.clone({ name: indexName(table, this.fields, columnOf, this.suffix) });
    }
  },
);

/** `<table, 11>_<first column, 7>_<hash, 6>_<suffix>`, as Django names indexes; never beginning with `_` or a digit. */
function indexName(
  table: string,
  fields: readonly IndexField[],
  columnOf: (field: string) => string,
  suffix: string,
): string {
  const columns = fields.map((field) => columnOf(field.name));
  const hashed = fields.map((field, index) => `${field.descending ? '-' : ''}${columns[index]}`);
  const name = `${table.slice(0, 11)}_${columns[0]!.slice(0, 7)}_${digest(6, table, ...hashed, suffix)}_${suffix}`;
  return /^[_\d]/.test(name) ? `D${name.slice(1)}` : name;
}
