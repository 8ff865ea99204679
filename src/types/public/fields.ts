import type { Decimal } from 'decimal.js';
import type { Temporal } from 'temporal-polyfill';
import type { Field, FieldMembers } from '../field-types.js';
import type { Kind } from '../kinds.js';
import type { ChoicesOption, ChosenOr } from './choices.js';
import type { FieldFile } from './field-file.js';

/** Checks a value and throws ValidationError when it does not hold. */
export type Validator = (value: any) => void;

/** The options that every field takes. */
export interface FieldOptions {
  /** Whether the column may be NULL, and the attribute null. Default false. */
  readonly null?: boolean;
  /** Whether validation lets it be empty. Default false. */
  readonly blank?: boolean;
  /** The values that it may have, with their labels; its type becomes their union, and `getStatusDisplay()` gives the label. */
  readonly choices?: ChoicesOption;
  /** The column's name; else the field's in snake_case. */
  readonly dbColumn?: string;
  readonly dbComment?: string;
  /** A default that the database fills in: a value or an expression. */
  readonly dbDefault?: unknown;
  readonly dbIndex?: boolean;
  readonly dbTablespace?: string;
  /** The value of new instances: a value, or a function that gives one. */
  readonly default?: unknown;
  readonly editable?: boolean;
  /** Messages by code, instead of the field's own. */
  readonly errorMessages?: Readonly<Record<string, string>>;
  readonly helpText?: string;
  readonly verboseName?: string;
  readonly primaryKey?: boolean;
  readonly unique?: boolean;
  /** The name of a date field: unique among rows of the same date. Validation only. */
  readonly uniqueForDate?: string;
  readonly uniqueForMonth?: string;
  readonly uniqueForYear?: string;
  readonly validators?: readonly Validator[];
  readonly serialize?: boolean;
}

/** A field class: called without `new` or with it, and extended. `None` are the options when none are given: none. */
export interface FieldClass<in out T, in out K extends Kind, Options, None extends Options> {
  <const O extends Options = None>(options?: O): Field<T, K, O>;
  new <const O extends Options = None>(options?: O): Field<T, K, O>;
  readonly prototype: Field<T, K, any>;
}

/** A field class whose type becomes the union of its choices. */
export interface ChoiceFieldClass<in out T, in out K extends Kind, Options, None extends Options> {
  <const O extends Options = None>(options?: O): Field<ChosenOr<O, T>, K, O>;
  new <const O extends Options = None>(options?: O): Field<ChosenOr<O, T>, K, O>;
  readonly prototype: Field<T, K, any>;
}

/** A field class whose options hold something that must be given. */
export interface FieldClassWithOptions<in out T, in out K extends Kind, Options> {
  <const O extends Options>(options: O): Field<T, K, O>;
  new <const O extends Options>(options: O): Field<T, K, O>;
  readonly prototype: Field<T, K, any>;
}

export interface CharFieldOptions extends FieldOptions {
  /** Characters at most. MySQL and MariaDB need it. */
  readonly maxLength?: number;
  readonly dbCollation?: string;
}
export interface TextFieldOptions extends FieldOptions {
  /** Characters at most, for validation. */
  readonly maxLength?: number;
  readonly dbCollation?: string;
}
export interface SlugFieldOptions extends CharFieldOptions {
  /** Letters of all scripts, instead of ASCII alone. */
  readonly allowUnicode?: boolean;
}
export interface DecimalFieldOptions extends FieldOptions {
  /** Digits in all. */
  readonly maxDigits: number;
  /** Digits behind the point. */
  readonly decimalPlaces: number;
}
export interface DateFieldOptions extends FieldOptions {
  /** Set to now at each `save()`. */
  readonly autoNow?: boolean;
  /** Set to now when the row is created. */
  readonly autoNowAdd?: boolean;
}
export interface BinaryFieldOptions extends FieldOptions {
  /** Bytes at most, for validation. */
  readonly maxLength?: number;
}
export interface GenericIPAddressFieldOptions extends FieldOptions {
  readonly protocol?: 'both' | 'IPv4' | 'IPv6';
  /** Write `::ffff:192.0.2.1` as `192.0.2.1`. */
  readonly unpackIpv4?: boolean;
}
export interface JSONFieldOptions extends FieldOptions {
  /** `JSON.stringify`'s replacer. */
  readonly encoder?: (key: string, value: unknown) => unknown;
  /** `JSON.parse`'s reviver. */
  readonly decoder?: (key: string, value: unknown) => unknown;
}
export interface FileFieldOptions extends FieldOptions {
  readonly maxLength?: number;
  /** A directory, with strftime's letters, or a function that gives the path. */
  readonly uploadTo?: string | ((instance: any, filename: string) => string);
  /** The storage, or a function that gives it. */
  readonly storage?: unknown;
}
export interface ImageFieldOptions extends FileFieldOptions {
  readonly widthField?: string;
  readonly heightField?: string;
}
export interface FilePathFieldOptions extends FieldOptions {
  readonly maxLength?: number;
  readonly path?: string | (() => string);
  /** A regular expression for the base name. */
  readonly match?: string;
  readonly recursive?: boolean;
  readonly allowFiles?: boolean;
  readonly allowFolders?: boolean;
}

/** Text of limited length. */
export interface CharFieldClass extends ChoiceFieldClass<string, 'text', CharFieldOptions, {}> {}
/** Text of any length. */
export interface TextFieldClass extends ChoiceFieldClass<string, 'text', TextFieldOptions, {}> {}
/** Letters, digits, hyphens and underscores; 50 at most unless `maxLength` says so; indexed. */
export interface SlugFieldClass extends ChoiceFieldClass<string, 'text', SlugFieldOptions, {}> {}
/** A CharField of 254 characters whose value is an e-mail address. */
export interface EmailFieldClass extends ChoiceFieldClass<string, 'text', CharFieldOptions, {}> {}
/** A CharField of 200 characters whose value is a URL. */
export interface URLFieldClass extends ChoiceFieldClass<string, 'text', CharFieldOptions, {}> {}
/** A UUID, in its canonical form. */
export interface UUIDFieldClass extends FieldClass<string, 'uuid', FieldOptions, {}> {}
/** An IPv4 or IPv6 address. */
export interface GenericIPAddressFieldClass
  extends ChoiceFieldClass<string, 'text', GenericIPAddressFieldOptions, {}> {}
/** The path of a file in a directory. */
export interface FilePathFieldClass extends ChoiceFieldClass<string, 'text', FilePathFieldOptions, {}> {}
/** A whole number of at most 2^53 − 1 in JavaScript, 32 bits in the database. */
export interface IntegerFieldClass extends ChoiceFieldClass<number, 'number', FieldOptions, {}> {}
/** A whole number of 64 bits, as bigint. */
export interface BigIntegerFieldClass extends ChoiceFieldClass<bigint, 'bigint', FieldOptions, {}> {}
/** A floating-point number. */
export interface FloatFieldClass extends ChoiceFieldClass<number, 'number', FieldOptions, {}> {}
/** An exact decimal number, as Decimal. */
export interface DecimalFieldClass extends FieldClassWithOptions<Decimal, 'decimal', DecimalFieldOptions> {}
/** True or false. */
export interface BooleanFieldClass extends FieldClass<boolean, 'boolean', FieldOptions, {}> {}
/** An instant in UTC with milliseconds, as Date. */
export interface DateTimeFieldClass extends FieldClass<Date, 'datetime', DateFieldOptions, {}> {}
/** An instant with microseconds, as Temporal.Instant. */
export interface InstantFieldClass extends FieldClass<Temporal.Instant, 'instant', DateFieldOptions, {}> {}
/** A date, as Temporal.PlainDate. */
export interface DateFieldClass extends FieldClass<Temporal.PlainDate, 'date', DateFieldOptions, {}> {}
/** A time of day, as Temporal.PlainTime. */
export interface TimeFieldClass extends FieldClass<Temporal.PlainTime, 'time', DateFieldOptions, {}> {}
/** A span of time, as Temporal.Duration. */
export interface DurationFieldClass extends FieldClass<Temporal.Duration, 'duration', FieldOptions, {}> {}
/** Bytes. */
export interface BinaryFieldClass extends FieldClass<Uint8Array, 'binary', BinaryFieldOptions, {}> {}
/** A file in a storage; the row keeps its name. */
export interface FileFieldClass extends FieldClass<FieldFile, 'file', FileFieldOptions, {}> {}
/** An image in a storage; the row keeps its name. */
export interface ImageFieldClass extends FieldClass<FieldFile, 'file', ImageFieldOptions, {}> {}

/** An automatic primary key. */
export interface AutoFieldClass {
  <const O extends FieldOptions = {}>(options?: O): Field<number, 'number', O & { readonly auto: true }>;
  new <const O extends FieldOptions = {}>(options?: O): Field<number, 'number', O & { readonly auto: true }>;
  readonly prototype: Field<number, 'number', any>;
}

type Provided = { readonly default: unknown } | { readonly blank: true } | { readonly dbDefault: unknown };

/** JSON. */
export interface JSONFieldClass {
  /**
   * Any JSON; `T` says what it is for the compiler, and lookups may go into it. In JavaScript: `T`, or null.
   *
   * @example
   * settings: JSONField<{ theme: string; sizes: number[] }>({ null: true })
   */
  <T = unknown>(options: JSONFieldOptions & { readonly null: true }): Field<T, 'json', { readonly null: true }>;
  /**
   * Any JSON; `T` says what it is for the compiler, and lookups may go into it. In JavaScript: `T`.
   *
   * @example
   * settings: JSONField<{ theme: string; sizes: number[] }>({ default: () => ({ theme: 'dark', sizes: [] }) })
   * User.objects.filter({ settings__theme: 'dark', settings__sizes__0__gt: 3 })
   */
  <T = unknown>(options: JSONFieldOptions & Provided): Field<T, 'json', { readonly blank: true }>;
  /**
   * Any JSON; `T` says what it is for the compiler, and lookups may go into it. In JavaScript: `T`.
   *
   * @example
   * settings: JSONField<{ theme: string; sizes: number[] }>()
   */
  <T = unknown>(options?: JSONFieldOptions): Field<T, 'json', {}>;
  new <T = unknown>(options?: JSONFieldOptions): Field<T, 'json', {}>;
  readonly prototype: Field<any, 'json', any>;
}

/** A column that the database computes. */
export interface GeneratedFieldClass {
  /**
   * @example
   * area: GeneratedField({ expression: F('width').mul(F('height')), outputField: IntegerField(), dbPersist: true })
   */
  <const X extends Field, const O extends GeneratedFieldOptions<X>>(
    options: O & { readonly outputField: X },
  ): GeneratedField<X>;
  new <const X extends Field, const O extends GeneratedFieldOptions<X>>(
    options: O & { readonly outputField: X },
  ): GeneratedField<X>;
  readonly prototype: Field;
}
export interface GeneratedFieldOptions<X> extends FieldOptions {
  /** What the column holds, in terms of the row's other columns. */
  readonly expression: object;
  /** The field whose type the expression has. */
  readonly outputField: X;
  /** Stored in the table, or computed whenever it is read. */
  readonly dbPersist: boolean;
}
type GeneratedField<X> = X extends Field<infer T, infer K, infer O> ? Field<T, K, O & { readonly auto: true }> : never;

export type { Field, FieldMembers };
