import type { ColumnType } from '../sql/value-type.js';
import { callable } from '../util/callable.js';
import { Field, type FieldClass, refuseType } from './field.js';

const BOOLEAN: ColumnType = Object.freeze({ name: 'boolean' });
const TRUE: ReadonlySet<unknown> = new Set([true, 1, 1n, 't', 'True', '1']);
const FALSE: ReadonlySet<unknown> = new Set([false, 0, 0n, 'f', 'False', '0']);

/** True or false. In JavaScript: boolean; 1, 0 and the texts t, f, True, False, 1, 0 are accepted. */
export const BooleanField: FieldClass<boolean> = callable(
  class BooleanField extends Field<boolean> {
    get columnType(): ColumnType {
      return BOOLEAN;
    }
    override get defaultErrorMessages(): Readonly<Record<string, string>> {
      return {
        ...super.defaultErrorMessages,
        invalid: '“%(value)s” value must be either True or False.',
        invalid_nullable: '“%(value)s” value must be either True, False, or None.',
      };
    }
    override prepare(value: unknown, name?: string): boolean {
      if (TRUE.has(value)) return true;
      if (FALSE.has(value)) return false;
      if (typeof value === 'object' || typeof value === 'function' || typeof value === 'symbol') {
        throw refuseType(name, 'true or false', value);
      }
      throw this.invalid('invalid', value, { message: this.nullable ? 'invalid_nullable' : 'invalid' });
    }
    override toJs(value: unknown): boolean | null {
      return this.nullable && value === '' ? null : super.toJs(value);
    }
  },
);
export type BooleanField = Field<boolean>;
