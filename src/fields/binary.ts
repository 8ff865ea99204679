import type { ColumnType, DbValue } from '../sql/value-type.js';
import { callable } from '../util/callable.js';
import { Field, type FieldClass, type FieldOptions, refuseType, type Validator } from './field.js';
import { MaxLengthValidator } from './validators.js';

export interface BinaryFieldOptions extends FieldOptions {
  /** Bytes at most; checked by validation. */
  readonly maxLength?: number;
}

const BINARY: ColumnType = Object.freeze({ name: 'binary' });

/** Bytes. In JavaScript: Uint8Array; other views of bytes are accepted. Not editable unless the option says so. */
export const BinaryField: FieldClass<Uint8Array, BinaryFieldOptions> = callable(
  class BinaryField extends Field<Uint8Array, BinaryFieldOptions> {
    get columnType(): ColumnType {
      return BINARY;
    }
    override fromDb = plainBytes;
    override get editable(): boolean {
      return this.options.editable === true;
    }
    override get defaultValidators(): readonly Validator[] {
      return this.options.maxLength === undefined ? [] : [MaxLengthValidator(this.options.maxLength)];
    }
    override getDefault(): unknown {
      const value = super.getDefault();
      return value === null && !this.hasDefault && !this.nullable ? new Uint8Array(0) : value;
    }
    override prepare(value: unknown, name?: string): Uint8Array {
      if (value instanceof Uint8Array) return value;
      if (value instanceof ArrayBuffer) return new Uint8Array(value);
      if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
      throw refuseType(name, 'bytes (a Uint8Array)', value);
    }
    /** Text is read as base64: so it stands in files. */
    override toJs(value: unknown): Uint8Array | null {
      if (typeof value !== 'string') return super.toJs(value);
      return plainBytes(Buffer.from(value, 'base64'));
    }
    override isEmpty(value: unknown): boolean {
      return value instanceof Uint8Array ? value.length === 0 : super.isEmpty(value);
    }
    override toDb(value: Uint8Array): DbValue {
      return value;
    }
  },
);
export type BinaryField = Field<Uint8Array, BinaryFieldOptions>;

/** Drivers give Buffers; the same bytes as a plain Uint8Array, without a copy. */
function plainBytes(value: Uint8Array): Uint8Array {
  return value.constructor === Uint8Array ? value : new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
}
