import { typeError, ValidationError, ValueError } from '../../errors.js';
import { Field, type FieldOptions, refuse, type Validator } from '../../fields/field.js';
import { isForeignKey, isManyToMany } from '../../fields/relations.js';
import type { ColumnType, DbValue, ValueType } from '../../sql/value-type.js';
import { identity } from '../../sql/value-type.js';
import { callable } from '../../util/callable.js';
import { getOrMake } from '../../util/get-or-make.js';
import { show } from '../../util/show.js';
import { contrib } from './nodes.js';

export interface ArrayFieldOptions extends FieldOptions {
  /** The most elements. */
  readonly size?: number | null;
}
/** As kept: with the field of the elements, so that fields of different elements are told apart. */
interface KeptOptions extends ArrayFieldOptions {
  readonly baseField: Field;
  /** Whether null may be among the elements; else the base field's `null` says it. */
  readonly nullItems?: true;
}

/** The class behind `ArrayField`. */
export class ArrayFieldType extends Field<readonly any[], KeptOptions> {
  readonly columnType: ColumnType;
  override fromDb: (items: readonly DbValue[]) => readonly any[];

  readonly #stored: ValueType<readonly any[]>;

  constructor(baseField: Field, options: Omit<KeptOptions, 'baseField'> = {}) {
    checkBase(baseField);
    const { size } = options;
    if (size !== undefined && size !== null && !(Number.isSafeInteger(size) && size > 0))
      throw new ValueError('array-size', `The size of an ArrayField is a whole number from 1, not ${show(size)}.`);
    super({ ...options, baseField });
    this.columnType = arrayOf(baseField.columnType, size);
    const { fromDb, stored } = baseField;
    this.fromDb =
      fromDb === identity ? identity : (items) => items.map((item) => (item === null ? null : fromDb(item)));
    this.#stored = Object.freeze({
      columnType: this.columnType,
      toDb: (items: readonly unknown[]) => items.map((item) => (item === null ? null : stored.toDb(item))),
      fromDb: this.fromDb,
    });
  }

  override get stored(): ValueType<readonly any[]> {
    return this.#stored;
  }
  get baseField(): Field {
    return this.options.baseField;
  }
  override get defaultErrorMessages(): Readonly<Record<string, string>> {
    return { ...super.defaultErrorMessages, invalid: 'Value must be a list, or a text that is one as JSON.' };
  }
  override get defaultValidators(): readonly Validator[] {
    const { size } = this.options;
    return size === undefined || size === null ? [] : [atMost(size)];
  }

  get #takesNull(): boolean {
    if (this.baseField instanceof ArrayFieldType) return false;
    return this.options.nullItems ?? this.baseField.nullable;
  }

  override toDb(items: readonly unknown[]): DbValue {
    const { baseField } = this;
    return items.map((item) => (item === null ? null : baseField.toDb(item)));
  }
  override prepare(value: unknown, name?: string): readonly unknown[] {
    return this.#each(value, name, (item, itemName) => this.baseField.prepare(item, itemName));
  }
  override prepareSave(value: unknown, name?: string): readonly unknown[] {
    return this.#each(value, name, (item, itemName) => this.baseField.prepareSave(item, itemName));
  }
  #each(
    value: unknown,
    name: string | undefined,
    prepare: (item: unknown, name: string | undefined) => unknown,
  ): readonly unknown[] {
    if (!Array.isArray(value)) throw refuse(name, 'an array', value, 'not-an-array');
    // holes of sparse arrays are undefined here
    const items = Array.from(value as readonly unknown[], (item, index) => {
      const itemName = name === undefined ? undefined : `${name}[${index}]`;
      if (item !== null && item !== undefined) return prepare(item, itemName);
      if (item === null && this.#takesNull) return null;
      throw noItem(itemName, item);
    });
    if (this.baseField instanceof ArrayFieldType) checkEven(items as readonly (readonly unknown[])[], name);
    return items;
  }

  override toJs(value: unknown): readonly unknown[] | null {
    if (value === null || value === undefined) return null;
    const list = typeof value === 'string' ? parsed(value) : value;
    if (!Array.isArray(list)) throw this.invalid('invalid', value);
    return this.#validated(list, (item) => this.baseField.toJs(item));
  }
  override validate(value: unknown, instance?: object | null): void {
    super.validate(value, instance);
    if (Array.isArray(value)) this.#validated(value, (item) => this.baseField.validate(item, instance));
  }
  override runValidators(value: unknown, more: readonly Validator[] = []): void {
    super.runValidators(value, more);
    if (Array.isArray(value)) this.#validated(value, (item) => this.baseField.runValidators(item));
  }
  /** What `check` gives for each element; all errors as one, with the places of the elements. */
  #validated<T>(items: readonly unknown[], check: (item: unknown) => T): T[] {
    const errors: ValidationError[] = [];
    const results = Array.from(items, (item, index) => {
      try {
        return check(item);
      } catch (error) {
        if (!(error instanceof ValidationError)) throw error;
        errors.push(...error.errorList.map((each) => atPlace(each, index + 1)));
        return undefined as T;
      }
    });
    if (errors.length > 0) throw new ValidationError(errors);
    return results;
  }

  override deconstruct(): ReturnType<Field['deconstruct']> {
    const { kind, options } = super.deconstruct();
    const { baseField, ...rest } = options;
    return { kind, args: [baseField], options: rest };
  }
}

// Messages and migrations call it what users do.
Object.defineProperty(ArrayFieldType, 'name', { value: 'ArrayField' });

function noItem(name: string | undefined, item: null | undefined): ValueError {
  if (item === undefined) return refuse(name, 'a value', item, 'undefined-item') as ValueError;
  const subject = name === undefined ? 'An element' : `Field '${name}'`;
  return new ValueError(
    'null-item',
    `${subject} is null, which stands in an array only where its base field has null: true.`,
  );
}

function checkBase(baseField: unknown): asserts baseField is Field {
  if (!(baseField instanceof Field))
    throw typeError(
      'array-base',
      `ArrayField takes the field of its elements first: ArrayField(IntegerField()), not ${show(baseField)}.`,
    );
  if (isForeignKey(baseField) || isManyToMany(baseField))
    throw typeError(
      'array-base',
      `A ${baseField.kind} cannot be the field of an array's elements: relations need columns of their own.`,
    );
}

function arrayOf(element: ColumnType, size: number | null | undefined): ColumnType {
  return Object.freeze({ name: 'array', element, size: size ?? null, collation: element.collation ?? null, contrib });
}

/** PostgreSQL's arrays are blocks: rows of one length, none of them empty. What it would refuse or forget is refused here. */
function checkEven(rows: readonly (readonly unknown[])[], name: string | undefined): void {
  const sizes = new Set(rows.map(sizesOf));
  if (sizes.size < 2 && rows.every((row) => row.length > 0)) return;
  const subject = name === undefined ? 'This value' : `Field '${name}'`;
  throw new ValueError(
    'uneven-array',
    `${subject} is an array of arrays, which must all have the same number of elements, and at least one.`,
  );
}
const sizesOf = (row: readonly unknown[]): string =>
  `${row.length}${Array.isArray(row[0]) ? `,${sizesOf(row[0])}` : ''}`;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const atPlace = (error: ValidationError, place: number): ValidationError =>
  new ValidationError(`Item %(nth)s in the array did not validate: ${error.template ?? ''}`, {
    code: 'item_invalid',
    params: { ...error.params, nth: place },
  });

const atMost =
  (size: number): Validator =>
  (value: readonly unknown[]) => {
    if (value.length <= size) return;
    throw new ValidationError('List contains %(show_value)s items, it should contain no more than %(limit_value)s.', {
      code: 'max_length',
      params: { show_value: value.length, limit_value: size },
    });
  };

/** An array of values of one field. In JavaScript: an array of what the field holds. */
export const ArrayField = callable(ArrayFieldType);
export type ArrayField = ArrayFieldType;

/** A value type that is no field, as one. */
class WrappedField extends Field {
  readonly columnType: ColumnType;
  constructor(type: ValueType) {
    super();
    this.columnType = type.columnType;
    this.fromDb = (value) => type.fromDb(value);
    this.toDb = (value) => type.toDb(value);
  }
}

const arrays = new WeakMap<ValueType, ArrayFieldType>();

/** The type of arrays of values of the type, which may be null among them. */
export function arrayTypeOf(type: ValueType): ArrayFieldType {
  return getOrMake(
    arrays,
    type,
    () => new ArrayFieldType(type instanceof Field ? type : new WrappedField(type), { nullItems: true }),
  );
}
