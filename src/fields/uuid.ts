import type { ColumnType } from '../sql/value-type.js';
import { callable } from '../util/callable.js';
import { Field, type FieldClass, refuseType } from './field.js';

const UUID: ColumnType = Object.freeze({ name: 'uuid' });
const CANONICAL = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const HEX = /^[0-9a-f]{32}$/;

/**
 * A universally unique identifier. In JavaScript: string in canonical form (lower case, with hyphens); text in the other
 * usual forms and a bigint are accepted.
 */
export const UUIDField: FieldClass<string> = callable(
  class UUIDField extends Field<string> {
    get columnType(): ColumnType {
      return UUID;
    }
    override get defaultErrorMessages(): Readonly<Record<string, string>> {
      return { ...super.defaultErrorMessages, invalid: '“%(value)s” is not a valid UUID.' };
    }
    override prepare(value: unknown, name?: string): string {
      if (typeof value === 'string') {
        if (CANONICAL.test(value)) return value;
        const canonical = value.length > 64 ? null : canonicalUuid(value);
        if (canonical === null) throw this.invalid('invalid', value);
        return canonical;
      }
      if (typeof value === 'bigint' || (typeof value === 'number' && Number.isSafeInteger(value))) {
        const number = BigInt(value);
        if (number < 0n || number >= 1n << 128n) throw this.invalid('invalid', value);
        return hyphens(number.toString(16).padStart(32, '0'));
      }
      if (typeof value === 'number' || typeof value === 'boolean') throw this.invalid('invalid', value);
      throw refuseType(name, 'a UUID as text', value);
    }
  },
);
export type UUIDField = Field<string>;

/** The canonical form of a UUID as text, with or without hyphens, braces or `urn:uuid:`; null for other text. */
function canonicalUuid(text: string): string | null {
  const hex = text
    .toLowerCase()
    .replace('urn:', '')
    .replace('uuid:', '')
    .replace(/^[{}]+|[{}]+$/g, '')
    .replaceAll('-', '');
  return HEX.test(hex) ? hyphens(hex) : null;
}

const hyphens = (hex: string): string =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
