import { ValueError } from '../errors.js';
import type { ColumnType } from '../sql/value-type.js';
import { callable } from '../util/callable.js';
import { isDecimal } from '../util/decimal.js';
import { Field, type FieldClass, type FieldOptions, refuseType, type Validator } from './field.js';
import { normalizeIpv6 } from './ip-address.js';
import {
  MaxLengthValidator,
  URLValidator,
  validateEmail,
  validateIpv4Address,
  validateIpv6Address,
  validateIpv46Address,
  validateSlug,
  validateUnicodeSlug,
} from './validators.js';

/** Text from what a caller may give: numbers and decimals are written out, everything else is refused. */
export function textOf(value: unknown, name?: string): string {
  switch (typeof value) {
    case 'string':
      if (!(value as string & { isWellFormed(): boolean }).isWellFormed()) {
        const subject = name === undefined ? 'This value' : `Field '${name}'`;
        throw new ValueError(
          'lone-surrogate',
          `${subject} got text with half of a surrogate pair, which no database can hold.`,
        );
      }
      return value;
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value);
    default:
      if (isDecimal(value)) return value.toFixed();
      if (isTemporal(value)) return value.toString();
      throw refuseType(name, 'text', value);
  }
}

function isTemporal(value: unknown): value is { toString(): string } {
  if (typeof value !== 'object' || value === null || Object.hasOwn(value, Symbol.toStringTag)) return false;
  return String((value as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag]).startsWith('Temporal.');
}

export interface TextFieldOptions extends FieldOptions {
  readonly maxLength?: number | null;
  readonly dbCollation?: string;
}

/** The base of text fields: '' stands for nothing unless null is allowed. */
abstract class BaseTextField<O extends TextFieldOptions = TextFieldOptions> extends Field<string, O> {
  override prepare(value: unknown, name?: string): string {
    return textOf(value, name);
  }
  override get emptyStringDefault(): boolean {
    return true;
  }
}

export interface CharFieldOptions extends TextFieldOptions {}

/** Text up to `maxLength` characters. In JavaScript: string. */
export const CharField: FieldClass<string, CharFieldOptions, CharField> = callable(
  class CharField extends BaseTextField<CharFieldOptions> {
    readonly columnType: ColumnType = Object.freeze({
      name: 'varchar',
      maxLength: this.maxLength,
      collation: this.options.dbCollation ?? null,
    });
    /** The longest text in characters; null for no limit. */
    get maxLength(): number | null {
      return this.options.maxLength ?? this.defaultMaxLength;
    }
    get defaultMaxLength(): number | null {
      return null;
    }
    override get defaultValidators(): readonly Validator[] {
      return this.maxLength === null ? [] : [MaxLengthValidator(this.maxLength)];
    }
  },
);
export interface CharField extends Field<string, CharFieldOptions> {
  readonly columnType: ColumnType;
  /** The longest text in characters; null for no limit. */
  readonly maxLength: number | null;
  /** What `maxLength` is when none is given. */
  readonly defaultMaxLength: number | null;
}

/** Text of any length. In JavaScript: string. `maxLength` is for forms alone. */
export const TextField: FieldClass<string, TextFieldOptions> = callable(
  class TextField extends BaseTextField {
    readonly columnType: ColumnType = Object.freeze({ name: 'text', collation: this.options.dbCollation ?? null });
  },
);
export type TextField = Field<string, TextFieldOptions>;

/** An e-mail address. */
export const EmailField: FieldClass<string, CharFieldOptions, CharField> = callable(
  class EmailField extends CharField {
    override get defaultMaxLength(): number {
      return 254;
    }
    override get defaultValidators(): readonly Validator[] {
      return [validateEmail, ...super.defaultValidators];
    }
  },
);
export type EmailField = CharField;

/** A URL. */
export const URLField: FieldClass<string, CharFieldOptions, CharField> = callable(
  class URLField extends CharField {
    override get defaultMaxLength(): number {
      return 200;
    }
    override get defaultValidators(): readonly Validator[] {
      return [URLValidator(), ...super.defaultValidators];
    }
  },
);
export type URLField = CharField;

export interface SlugFieldOptions extends CharFieldOptions {
  /** Takes letters of any script, not of ASCII alone. */
  readonly allowUnicode?: boolean;
}

/** A short label for URLs; its column has an index unless `dbIndex` is false. */
export const SlugField: FieldClass<string, SlugFieldOptions> = callable(
  class SlugField extends CharField {
    declare readonly options: SlugFieldOptions;
    override get defaultMaxLength(): number {
      return 50;
    }
    override get indexed(): boolean {
      return this.options.dbIndex !== false;
    }
    override get defaultValidators(): readonly Validator[] {
      return [this.options.allowUnicode === true ? validateUnicodeSlug : validateSlug, ...super.defaultValidators];
    }
  },
);
export type SlugField = Field<string, SlugFieldOptions>;

export interface GenericIPAddressFieldOptions extends FieldOptions {
  /** Which addresses are taken. */
  readonly protocol?: 'both' | 'IPv4' | 'IPv6';
  /** Stores an IPv4-mapped IPv6 address as IPv4; needs `protocol: 'both'`. */
  readonly unpackIpv4?: boolean;
}

const INET: ColumnType = Object.freeze({ name: 'inet', maxLength: 39 });

/** An IPv4 or IPv6 address. In JavaScript: string, IPv6 in canonical form. */
export const GenericIPAddressField: FieldClass<string, GenericIPAddressFieldOptions> = callable(
  class GenericIPAddressField extends Field<string, GenericIPAddressFieldOptions> {
    constructor(options?: GenericIPAddressFieldOptions) {
      super(options);
      const { protocol = 'both', unpackIpv4 = false } = this.options;
      if (!['both', 'ipv4', 'ipv6'].includes(String(protocol).toLowerCase())) {
        throw new ValueError('ip-protocol', `The protocol '${protocol}' is unknown. Supported: both, IPv4, IPv6.`);
      }
      if (unpackIpv4 && protocol !== 'both') {
        throw new ValueError('ip-protocol', "unpackIpv4 needs the protocol 'both'.");
      }
    }
    get columnType(): ColumnType {
      return INET;
    }
    override get emptyStringDefault(): boolean {
      return false;
    }
    override get defaultErrorMessages(): Readonly<Record<string, string>> {
      return { ...super.defaultErrorMessages, invalid: 'Enter a valid %(protocol)s address.' };
    }
    override get defaultValidators(): readonly Validator[] {
      switch (String(this.options.protocol ?? 'both').toLowerCase()) {
        case 'ipv4':
          return [validateIpv4Address];
        case 'ipv6':
          return [validateIpv6Address];
        default:
          return [validateIpv46Address];
      }
    }
    /** No address at all is stored as null: '' is none. */
    override prepareSave(value: unknown, name?: string): string | null {
      return this.prepare(value, name) || null;
    }
    override prepare(value: unknown, name?: string): string {
      const text = textOf(value, name).trim();
      if (!text.includes(':')) return text;
      return normalizeIpv6(text, this.options.unpackIpv4 === true) ?? text;
    }
  },
);
export type GenericIPAddressField = Field<string, GenericIPAddressFieldOptions>;
