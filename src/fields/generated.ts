import { typeError } from '../errors.js';
import type { ColumnType, DbValue } from '../sql/value-type.js';
import { callable } from '../util/callable.js';
import { show } from '../util/show.js';
import { Field, type FieldClass, type FieldOptions } from './field.js';

export interface GeneratedFieldOptions extends FieldOptions {
  /** What the database computes, from columns of the same row. */
  readonly expression: unknown;
  /** The field that says what the column holds. */
  readonly outputField: Field;
  /** Stored on disk (true), or computed when it is read (false). */
  readonly dbPersist: boolean;
}

/** A column that the database computes. It is read like a column of its `outputField` and never written. */
export const GeneratedField: FieldClass<any, GeneratedFieldOptions> & {
  new (options: GeneratedFieldOptions): GeneratedField;
  (options: GeneratedFieldOptions): GeneratedField;
} = callable(
  class GeneratedField extends Field<any, GeneratedFieldOptions> {
    override fromDb: (value: any) => any;
    constructor(options?: GeneratedFieldOptions) {
      super(options);
      const { expression, outputField, dbPersist } = this.options;
      if (typeof dbPersist !== 'boolean') {
        throw typeError('generated-field', `GeneratedField needs dbPersist: true or false, not ${show(dbPersist)}.`);
      }
      if (!(outputField instanceof Field))
        throw typeError('generated-field', 'GeneratedField needs an outputField, which says what it holds.');
      if (expression === undefined || expression === null)
        throw typeError('generated-field', 'GeneratedField needs an expression.');
      for (const name of ['default', 'dbDefault'] as const) {
        if (this.options[name] !== undefined)
          throw typeError('generated-field', `GeneratedField cannot have a ${name}: the database computes it.`);
      }
      if (this.options.editable === true) throw typeError('generated-field', 'GeneratedField cannot be editable.');
      this.fromDb = outputField.fromDb;
    }
    get columnType(): ColumnType {
      return this.options.outputField.columnType;
    }
    /** An expression may give NULL whatever the option says. */
    override get nullable(): boolean {
      return true;
    }
    override get blank(): boolean {
      return true;
    }
    override get editable(): boolean {
      return false;
    }
    override prepare(value: unknown, name?: string): unknown {
      return this.options.outputField.prepare(value, name);
    }
    override toDb(value: unknown): DbValue {
      return this.options.outputField.toDb(value);
    }
  },
);
export type GeneratedField = Field<any, GeneratedFieldOptions> & { readonly columnType: ColumnType };

/** Whether a field is computed by the database. */
export function isGenerated(field: Field): field is Field<any, GeneratedFieldOptions> {
  return field instanceof GeneratedField;
}
