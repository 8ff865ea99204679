import { type NuagesError, typeError, ValidationError, ValueError } from '../errors.js';
import type { ColumnType, DbValue, ValueType } from '../sql/value-type.js';
import { identity } from '../sql/value-type.js';
import { show } from '../util/show.js';
import { type ChoiceOption, type Choices, flatChoices, normalizeChoices } from './choices.js';
import { isEmpty } from './empty.js';
import { checkOptionNames } from './option-names.js';

export type { Choice, ChoiceGroup } from './choices.js';

/** Checks a value and throws ValidationError when it does not hold. */
export type Validator = (value: any) => void;

/** Options that every field takes; see Django's "Field options". */
export interface FieldOptions {
  /** Whether the column may be NULL. */
  readonly null?: boolean;
  /** Whether validation takes an empty value. */
  readonly blank?: boolean;
  readonly choices?: ChoiceOption;
  readonly dbColumn?: string;
  readonly dbComment?: string;
  /** The column's DEFAULT: a value, or an expression without columns. */
  readonly dbDefault?: unknown;
  readonly dbIndex?: boolean;
  readonly dbTablespace?: string;
  /** A value, or a function that gives a fresh one for each instance. */
  readonly default?: unknown;
  readonly editable?: boolean;
  /** Messages in place of the field's own, by code. */
  readonly errorMessages?: Readonly<Record<string, string>>;
  readonly helpText?: string;
  readonly verboseName?: string;
  readonly primaryKey?: boolean;
  readonly unique?: boolean;
  readonly uniqueForDate?: string;
  readonly uniqueForMonth?: string;
  readonly uniqueForYear?: string;
  readonly validators?: readonly Validator[];
  readonly serialize?: boolean;
}

/** A field as data, for migrations: the class's name, its positional arguments and the options that say more than the default. */
export interface Deconstructed {
  readonly kind: string;
  readonly args: readonly unknown[];
  readonly options: Readonly<Record<string, unknown>>;
}

/** A field class: callable with and without `new`. */
export interface FieldClass<T, O extends FieldOptions = FieldOptions, F extends Field<T, O> = ConcreteField<T, O>> {
  new (options?: O): F;
  (options?: O): F;
  readonly prototype: F;
}

/** A field that can be made: its class says what the column is. */
export interface ConcreteField<T = any, O extends FieldOptions = FieldOptions> extends Field<T, O> {
  readonly columnType: ColumnType;
}

/** Options whose value says nothing: they are left out of `deconstruct()`. */
const SILENT: Readonly<Record<string, unknown>> = Object.freeze({
  null: false,
  blank: false,
  dbIndex: false,
  editable: true,
  helpText: '',
  primaryKey: false,
  unique: false,
  serialize: true,
  autoNow: false,
  autoNowAdd: false,
});

/**
 * What a column holds. A field is also a value type: expressions carry one as the type of their result, so that
 * lookups, arithmetic and decoding follow from it. A field knows neither its name nor its model; `BoundField` does.
 */
export abstract class Field<T = any, O extends FieldOptions = FieldOptions> implements ValueType<T> {
  readonly options: O;
  constructor(options: O = {} as O) {
    if (typeof options !== 'object' || options === null || Array.isArray(options)) {
      throw typeError('field-options', `${new.target.name} takes its options as an object, not ${show(options)}.`);
    }
    checkOptionNames(new.target.name, options);
    this.options = Object.freeze({ ...options });
  }

  /** Of a composite key the types of its columns. */
  declare readonly parts?: readonly Field[];

  /** The class's public name: `CharField`. */
  get kind(): string {
    return this.constructor.name;
  }

  abstract get columnType(): ColumnType;

  /** From JavaScript's meaning to the neutral form. */
  toDb(value: T): DbValue {
    return value as unknown as DbValue;
  }
  /** From the neutral form to JavaScript's meaning. Declared as a property so that readers can skip `identity`. */
  fromDb: (value: any) => T = identity as (value: any) => T;

  /**
   * From whatever a caller may give (a string for a decimal, a number for a bigint) to JavaScript's meaning.
   * Runs for every value of a filter and of a write. Never called with null.
   * Throws ValueError ("Field 'pages' expected a number but got 'x'."), ValidationError where Django does, or TypeError.
   * `name` is the field's, for the message.
   */
  prepare(value: unknown, _name?: string): T {
    return value as T;
  }

  /** The same for a value that is written; a field that limits what it stores does so here. Never called with null. */
  prepareSave(value: unknown, name?: string): T | null {
    return this.prepare(value, name);
  }

  /** The type of a value on its way into the column: the field itself, or `limitedType` of it where the column holds less than what it is compared with. */
  get stored(): ValueType<T> {
    return this;
  }

  /** Whether a column is made for it: not for many-to-many. */
  get concrete(): boolean {
    return true;
  }
  get nullable(): boolean {
    return this.options.null === true;
  }
  /** Whether validation takes an empty value. */
  get blank(): boolean {
    return this.options.blank === true;
  }
  get editable(): boolean {
    return this.options.editable !== false;
  }
  /** Whether its column gets an index of its own. */
  get indexed(): boolean {
    return this.options.dbIndex === true;
  }
  get hasDefault(): boolean {
    return this.options.default !== undefined;
  }
  get hasDbDefault(): boolean {
    return this.options.dbDefault !== undefined;
  }
  /** A fresh default for one instance: the function's result, the value, '' for text without null, else null. */
  getDefault(): unknown {
    const given = this.options.default;
    if (typeof given === 'function') return (given as () => unknown)();
    if (given !== undefined) return given;
    return this.emptyStringDefault && !this.nullable ? '' : null;
  }
  /** Text fields without a default start as '' rather than null. */
  get emptyStringDefault(): boolean {
    return false;
  }
  /** The value to write at save: `autoNow` fields change it here. `add` is true for an INSERT. */
  preSave(value: unknown, _add: boolean): unknown {
    return value;
  }

  /** The choices as `[value, label]` pairs and groups of them; null when any value goes. A function is asked each time. */
  get choices(): Choices | null {
    return normalizeChoices(this.options.choices);
  }
  /** The label of a choice; a value that is none is shown as it is. */
  displayOf(value: unknown): string {
    for (const [choice, label] of flatChoices(this.choices ?? [])) if (sameValue(choice, value)) return label;
    return value === null || value === undefined ? '' : String(value);
  }

  /** Messages by code, those of the options last. */
  get errorMessages(): Readonly<Record<string, string>> {
    return { ...this.defaultErrorMessages, ...this.options.errorMessages };
  }
  /** The class's own messages by code. */
  get defaultErrorMessages(): Readonly<Record<string, string>> {
    return DEFAULT_MESSAGES;
  }
  /** The class's own validators. */
  get defaultValidators(): readonly Validator[] {
    return [];
  }
  /** All that run in `clean`. */
  get validators(): readonly Validator[] {
    return [...this.defaultValidators, ...(this.options.validators ?? [])];
  }
  /** Whether validation takes `value` for empty: null, '', [] or {}. */
  isEmpty(value: unknown): boolean {
    return isEmpty(value);
  }

  /**
   * From whatever a form or a file may hold to JavaScript's meaning; null stays null.
   * Throws ValidationError with the code `invalid`.
   */
  toJs(value: unknown): T | null {
    if (value === null || value === undefined) return null;
    try {
      return this.prepare(value);
    } catch (error) {
      if (error instanceof ValidationError || !isRefusal(error)) throw error;
      throw this.invalid('invalid', value, { cause: error });
    }
  }
  /** Checks choices, null and blank. Throws ValidationError with the codes `invalid_choice`, `null`, `blank`. */
  validate(value: unknown, _instance?: object | null): void {
    if (!this.editable) return;
    const { choices } = this;
    if (choices !== null && !this.isEmpty(value)) {
      if (flatChoices(choices).some(([choice]) => sameValue(choice, value))) return;
      throw this.invalid('invalid_choice', value);
    }
    if (value === null && !this.nullable) throw this.invalid('null', value);
    if (!this.blank && this.isEmpty(value)) throw this.invalid('blank', value);
  }
  /** Runs every validator, `more` last, and throws all their errors as one ValidationError. */
  runValidators(value: unknown, more: readonly Validator[] = []): void {
    if (this.isEmpty(value)) return;
    const errors: ValidationError[] = [];
    for (const validator of [...this.validators, ...more]) {
      try {
        validator(value);
      } catch (error) {
        if (!(error instanceof ValidationError)) throw error;
        const own = this.errorMessages[error.code];
        if (own === undefined || error.template === undefined) errors.push(...error.errorList);
        else errors.push(new ValidationError(own, { code: error.code, params: error.params ?? {} }));
      }
    }
    if (errors.length > 0) throw new ValidationError(errors);
  }
  /** `toJs`, `validate` and `runValidators`; returns the converted value. `more` are the database's own limits. */
  clean(value: unknown, instance: object | null = null, more: readonly Validator[] = []): T | null {
    const converted = this.toJs(value);
    this.validate(converted, instance);
    this.runValidators(converted, more);
    return converted;
  }
  /** The error with the message for `code` (or for `message`, where that is another); `%(value)s` is the value as text. */
  invalid(
    code: string,
    value: unknown,
    { message = code, cause }: { message?: string; cause?: unknown } = {},
  ): ValidationError {
    const template = this.errorMessages[message] ?? 'This value is not valid.';
    const params = { value: typeof value === 'string' ? value.slice(0, 200) : show(value) };
    return new ValidationError(template, cause === undefined ? { code, params } : { code, params, cause });
  }

  /** The field as data; `construct(...args, options)` of the same class gives an equal field. */
  deconstruct(): Deconstructed {
    const options: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(this.options)) {
      if (value === undefined || (Object.hasOwn(SILENT, name) && SILENT[name] === value)) continue;
      options[name] = value;
    }
    return { kind: this.kind, args: [], options };
  }
  /** The same field with other options. */
  with(changes: Partial<O>): this {
    const options: Record<string, unknown> = { ...this.options, ...changes };
    for (const name of Object.keys(options)) if (options[name] === undefined) delete options[name];
    const { args } = this.deconstruct();
    return Reflect.construct(this.constructor, [...args, options]) as this;
  }
}

/** The field as the type of values for its own column. */
export const limitedType = <T>(field: Field<T>): ValueType<T> =>
  Object.freeze({
    columnType: field.columnType,
    toDb: (value: T) => field.toDb(value),
    fromDb: field.fromDb,
    limited: true,
  });

const DEFAULT_MESSAGES: Readonly<Record<string, string>> = Object.freeze({
  invalid_choice: 'Value %(value)s is not a valid choice.',
  null: 'This field cannot be null.',
  blank: 'This field cannot be blank.',
  unique: '%(model_name)s with this %(field_label)s already exists.',
  unique_for_date: '%(field_label)s must be unique for %(date_field_label)s %(lookup_type)s.',
});

/** The refusal of a value: what `prepare` throws. */
export function refuse(
  name: string | undefined,
  expected: string,
  value: unknown,
  code = 'invalid-value',
): NuagesError {
  const subject = name === undefined ? 'This value' : `Field '${name}'`;
  return new ValueError(code, `${subject} expected ${expected} but got ${show(value)}.`);
}

/** The refusal of a kind of value that no conversion is thought of: an object, a function, a symbol. */
export function refuseType(name: string | undefined, expected: string, value: unknown): TypeError {
  const subject = name === undefined ? 'This value' : `Field '${name}'`;
  return typeError('wrong-type', `${subject} expected ${expected} but got ${show(value)}.`);
}

const isRefusal = (error: unknown): boolean =>
  error instanceof ValueError || (error instanceof TypeError && 'code' in error);

/** Values of choices compare by meaning: decimals and temporal values have no identity. */
function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (a.constructor !== b.constructor) return false;
  return a instanceof Date ? a.getTime() === (b as Date).getTime() : String(a) === String(b);
}
