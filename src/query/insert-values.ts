import type { BoundField } from '../schema/model-meta.js';
import type { Resolvable } from '../sql/resolvable.js';
import { isComputed, preparedValue } from './field-values.js';

/** Whether the database is to choose the value: an automatic key, or a column with a default of the database, that has none yet. */
export function isUnset(field: BoundField, value: unknown): boolean {
  if (value === undefined) return true;
  return value === null && field.primaryKey;
}

/**
 * What an INSERT writes for a field of an instance, which holds `given`: what `autoNow` and its like put there, in JavaScript's
 * meaning, and put back on the instance. A column whose default the database knows gets that default.
 */
export function insertedValue(field: BoundField, given: unknown, instance: Record<string, unknown>): unknown {
  const value = field.field.preSave(given, true);
  if (value === undefined) return databaseDefault(field);
  const prepared = preparedValue(field, value);
  if (prepared !== given) instance[field.attname] = prepared;
  return prepared;
}

/** The default of the database as a value: an expression, or what a literal one holds. Null where there is none. */
export function databaseDefault(field: BoundField): unknown {
  const { dbDefault } = field.field.options;
  if (dbDefault === undefined) return null;
  return isComputed(dbDefault) ? (dbDefault as Resolvable) : preparedValue(field, dbDefault);
}
