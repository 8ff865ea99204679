import { NON_FIELD_ERRORS, ValidationError } from '../errors.js';
import type { Validator } from '../fields/field.js';
import { rangeValidators } from '../fields/numeric.js';
import { exists } from '../query/aggregate.js';
import { writeDatabase } from '../query/databases-for.js';
import { allRows, type Query } from '../query/query.js';
import * as refine from '../query/refine.js';
import { instances } from '../schema/instance.js';
import type { BoundField, ModelMeta, Relation } from '../schema/model-meta.js';
import { constraintErrors } from './validate-constraints.js';
import { uniqueErrors } from './validate-unique.js';

/** Names of fields to leave out. */
export interface CleanOptions {
  readonly exclude?: Iterable<string>;
}
export interface FullCleanOptions extends CleanOptions {
  readonly validateUnique?: boolean;
  readonly validateConstraints?: boolean;
}

type Row = Record<string, unknown>;
/** Errors by field; those of no field stand under `__all__`. */
type Errors = Record<string, ValidationError[]>;

const metaOf = (instance: object): ModelMeta => instances().metaOf(instance)!;

/**
 * All of validation, as Django's `full_clean()`: fields, the model's own `clean()`, unique fields, constraints. Fields that
 * have failed are left out of the later parts.
 */
export async function fullClean(instance: object, options: FullCleanOptions): Promise<void> {
  const errors: Errors = {};
  const excluded = new Set(options.exclude ?? []);
  const attempt = async (part: () => unknown): Promise<void> => {
    try {
      await part();
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error;
      error.updateErrorDict(errors);
    }
    for (const name of Object.keys(errors)) if (name !== NON_FIELD_ERRORS) excluded.add(name);
  };
  const before = new Set(excluded);
  await attempt(() => cleanFields(instance, { exclude: before }));
  await attempt(() => (instance as { clean(): unknown }).clean());
  if (options.validateUnique !== false) await attempt(() => validateUnique(instance, { exclude: excluded }));
  if (options.validateConstraints !== false) await attempt(() => validateConstraints(instance, { exclude: excluded }));
  throwIfAny(errors);
}

/** Converts and checks every field; the instance then holds the converted values. */
export async function cleanFields(instance: object, options: CleanOptions): Promise<void> {
  const excluded = new Set(options.exclude ?? []);
  const deferred = new Set(instances().deferred(instance));
  const errors: Errors = {};
  const meta = metaOf(instance);
  const { features } = await writeDatabase(meta, null, instance);
  for (const field of meta.fields) {
    if (excluded.has(field.name) || field.generated || deferred.has(field.attname)) continue;
    const value = (instance as Row)[field.attname];
    if (value === undefined && field.field.hasDbDefault) continue;
    if (field.field.blank && field.field.isEmpty(value)) continue;
    try {
      const range = features.integerRanges[field.type.columnType.name];
      const limits = range === undefined ? [] : rangeValidators(range);
      (instance as Row)[field.attname] = await cleanValue(instance, field, value ?? null, limits);
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error;
      errors[field.name] = [...error.errorList];
    }
  }
  throwIfAny(errors);
}

/** `limits` are what the database's column holds. */
async function cleanValue(
  instance: object,
  field: BoundField,
  value: unknown,
  limits: readonly Validator[],
): Promise<unknown> {
  const { relation } = field;
  if (relation === null) return field.field.clean(value, instance, limits);
  const key = field.type.toJs(value);
  if (relation.parentLink) return key;
  field.field.validate(key, instance);
  field.field.runValidators(key);
  if (key !== null) await checkTarget(instance, relation, key);
  return key;
}

/** A foreign key must refer to a row, and to one that `limitChoicesTo` allows. */
async function checkTarget(instance: object, relation: Relation, key: unknown): Promise<void> {
  const target = relation.hops[0]!.toField;
  const limit = typeof relation.limitChoicesTo === 'function' ? relation.limitChoicesTo() : relation.limitChoicesTo;
  const conditions = limit === undefined || limit === null ? [] : [limit];
  const base: Query = { ...allRows(relation.to), hint: instance };
  if (await exists(refine.filter(base, [{ [target.name]: key }, ...conditions], false))) return;
  throw new ValidationError('%(model)s instance with %(field)s %(value)s is not a valid choice.', {
    code: 'invalid',
    params: {
      model: relation.to.verboseName,
      field: target.name,
      value: typeof key === 'string' ? `'${key}'` : String(key),
    },
  });
}

/** Looks for other rows with the same unique values. */
export async function validateUnique(instance: object, options: CleanOptions): Promise<void> {
  throwIfAny(await uniqueErrors(instance, metaOf(instance), new Set(options.exclude ?? [])));
}

/** Checks the constraints of the model and its parents. */
export async function validateConstraints(instance: object, options: CleanOptions): Promise<void> {
  throwIfAny(await constraintErrors(instance, metaOf(instance), new Set(options.exclude ?? [])));
}

function throwIfAny(errors: Errors): void {
  if (Object.keys(errors).length > 0) throw new ValidationError(errors);
}
