import { NuagesError, ValueError } from '../errors.js';
import type { ColumnType, DbValue } from '../sql/value-type.js';
import { show } from '../util/show.js';
import { Field } from './field.js';

const COLUMN_TYPE: ColumnType = Object.freeze({ name: 'tuple' });

/** The type of a composite key: an array with one value for each of the key's fields. No column holds it. */
export class TupleField extends Field<readonly unknown[]> {
  constructor(
    /** The names of the fields, for messages. */
    readonly names: readonly string[],
    override readonly parts: readonly Field[],
  ) {
    super();
  }

  get columnType(): ColumnType {
    return COLUMN_TYPE;
  }
  override get concrete(): boolean {
    return false;
  }
  /** Each value as its field takes it; null stays. Throws ValueError for anything but an array of the right length. */
  override prepare(value: unknown, name = 'pk'): readonly unknown[] {
    const values = this.checked(value, name);
    return Object.freeze(
      values.map((part, index) => (part === null ? null : this.parts[index]!.prepare(part, this.names[index]))),
    );
  }
  /** The value as an array of the right length. Throws ValueError for anything else. */
  checked(value: unknown, name: string): readonly unknown[] {
    const expected = `an array of ${this.parts.length} values (${this.names.join(', ')})`;
    if (!Array.isArray(value))
      throw new ValueError('tuple-expected', `'${name}' takes ${expected}, not ${show(value)}.`);
    if (value.length === this.parts.length) return value;
    throw new ValueError('tuple-length', `'${name}' takes ${expected}; it was given ${value.length}.`);
  }
  override toDb(): DbValue {
    throw new NuagesError('tuple-value', 'A composite key is no single value for the database.');
  }
}
