import type { ColumnType, DbValue, ValueType } from '../sql/value-type.js';
import { identity } from '../sql/value-type.js';

/** Checks a value and throws ValidationError when it does not hold. */
export type Validator = (value: any) => void;

/** One choice as `[value, label]`, or a group of them as `[name, [[value, label], …]]`. */
export type Choice = readonly [value: unknown, label: string];
export type ChoiceGroup = readonly [name: string, choices: readonly Choice[]];

/** Options that every field takes; see Django's "Field options". */
export interface FieldOptions {
  readonly null?: boolean;
  readonly blank?: boolean;
  readonly choices?: readonly (Choice | ChoiceGroup)[] | Readonly<Record<string, string>> | (() => readonly (Choice | ChoiceGroup)[]);
  readonly dbColumn?: string;
  readonly dbComment?: string;
  readonly dbDefault?: unknown;
  readonly dbIndex?: boolean;
  readonly dbTablespace?: string;
  readonly default?: unknown;
  readonly editable?: boolean;
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

/**
 * What a column holds. A field is also a value type: expressions carry one as the type of their result, so that
 * lookups, arithmetic and decoding follow from it. A field knows neither its name nor its model; `BoundField` does.
 */
export abstract class Field<T = any, O extends FieldOptions = FieldOptions> implements ValueType<T> {
  readonly options: O;
  constructor(options: O = {} as O) {
    this.options = Object.freeze({ ...options });
  }

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
   * Throws ValueError ("Field 'pages' expected a number but got 'x'.") or TypeError. `name` is the field's, for the message.
   */
  prepare(value: unknown, _name?: string): T {
    return value as T;
  }

  /** Whether a column is made for it: not for many-to-many. */
  get concrete(): boolean {
    return true;
  }
  get nullable(): boolean {
    return this.options.null === true || false;
  }
  get hasDefault(): boolean {
    return 'default' in this.options && this.options.default !== undefined;
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
  protected get emptyStringDefault(): boolean {
    return false;
  }
  /** The value to write at save: `autoNow` fields change it here. `add` is true for an INSERT. */
  preSave(value: unknown, _add: boolean): unknown {
    return value;
  }
}
