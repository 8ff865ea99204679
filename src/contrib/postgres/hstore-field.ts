import { ValueError } from '../../errors.js';
import { Field, type FieldOptions, refuse } from '../../fields/field.js';
import type { ColumnType, DbValue } from '../../sql/value-type.js';
import { callable } from '../../util/callable.js';
import type { HStore } from './kinds.js';
import { contrib } from './nodes.js';

const HSTORE: ColumnType = Object.freeze({ name: 'hstore', contrib });

/** The class behind `HStoreField`. */
export class HStoreFieldType extends Field<HStore, FieldOptions> {
  get columnType(): ColumnType {
    return HSTORE;
  }
  override get defaultErrorMessages(): Readonly<Record<string, string>> {
    return {
      ...super.defaultErrorMessages,
      invalid: 'Value must be an object of texts and nulls, or a text that is one as JSON.',
    };
  }
  override toDb(value: HStore): DbValue {
    return new Map(Object.entries(value));
  }
  // Own members even where a key is '__proto__'.
  override fromDb = (pairs: ReadonlyMap<string, string | null>): HStore => Object.fromEntries(pairs);

  /** Numbers and truth values become texts, as they do in the database. */
  override prepare(value: unknown, name?: string): HStore {
    if (!isPlain(value)) throw refuse(name, 'an object of texts and nulls', value, 'not-an-object');
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, textOf(item, key, name)]));
  }
  override toJs(value: unknown): HStore | null {
    if (typeof value !== 'string') return super.toJs(value);
    try {
      return super.toJs(JSON.parse(value));
    } catch (error) {
      if (error instanceof SyntaxError) throw this.invalid('invalid', value);
      throw error;
    }
  }
}

// Messages and migrations call it what users do.
Object.defineProperty(HStoreFieldType, 'name', { value: 'HStoreField' });

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value) as unknown;
  return prototype === Object.prototype || prototype === null;
}

function textOf(value: unknown, key: string, name: string | undefined): string | null {
  if (value === null || typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  const subject = name === undefined ? 'This value' : `Field '${name}'`;
  throw new ValueError('hstore-value', `${subject} holds texts and nulls by key; '${key.slice(0, 80)}' is neither.`);
}

/** Texts, or nothing, by texts. In JavaScript: a plain object. Needs the extension hstore. */
export const HStoreField = callable(HStoreFieldType);
export type HStoreField = HStoreFieldType;
