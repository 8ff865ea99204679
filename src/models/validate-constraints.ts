import { FieldError, NON_FIELD_ERRORS, ValidationError } from '../errors.js';
import { exists } from '../query/aggregate.js';
import { comparedExpressions, conditionHolds, sameExpressions } from '../query/check-condition.js';
import * as refine from '../query/refine.js';
import { CheckConstraint, type Constraint, UniqueConstraint } from '../schema/constraints.js';
import { ExclusionConstraint } from '../schema/exclusion-constraint.js';
import type { ModelMeta } from '../schema/model-meta.js';
import { otherRows, uniqueError, withAncestors } from './validate-unique.js';

type Row = Record<string, unknown>;
type Errors = Record<string, ValidationError[]>;

/** What the constraints of a model and its parents find wrong. Constraints over excluded fields are left out. */
export async function constraintErrors(
  instance: object,
  meta: ModelMeta,
  excluded: ReadonlySet<string>,
): Promise<Errors> {
  const errors: Errors = {};
  for (const model of withAncestors(meta)) {
    for (const constraint of model.constraints) {
      const error = await errorOf(constraint, instance, model, excluded);
      if (error === null) continue;
      const fields = constraint instanceof UniqueConstraint ? (constraint as UniqueConstraint).fields : [];
      const name = error.code === 'unique' && fields.length === 1 ? fields[0]! : NON_FIELD_ERRORS;
      errors[name] = [...(errors[name] ?? []), error];
    }
  }
  return errors;
}

async function errorOf(
  constraint: Constraint,
  instance: object,
  meta: ModelMeta,
  excluded: ReadonlySet<string>,
): Promise<ValidationError | null> {
  try {
    if (constraint instanceof CheckConstraint) {
      const { condition } = constraint as CheckConstraint;
      return (await conditionHolds(meta, condition, instance, excluded)) ? null : violation(constraint);
    }
    if (constraint instanceof UniqueConstraint)
      return await uniqueErrorOf(constraint as UniqueConstraint, instance, meta, excluded);
    if (constraint instanceof ExclusionConstraint) return await exclusionErrorOf(constraint, instance, meta, excluded);
    return null;
  } catch (error) {
    // a condition over a field that is excluded says nothing
    if (error instanceof FieldError) return null;
    throw error;
  }
}

async function exclusionErrorOf(
  constraint: ExclusionConstraint,
  instance: object,
  meta: ModelMeta,
  excluded: ReadonlySet<string>,
): Promise<ValidationError | null> {
  const { condition } = constraint;
  const near = comparedExpressions(otherRows(instance, meta), constraint.terms, instance, excluded);
  if (near === null) return null;
  if (!(await exists(condition === null ? near : refine.filter(near, [condition], false)))) return null;
  return condition === null || (await conditionHolds(meta, condition, instance, excluded))
    ? violation(constraint)
    : null;
}

async function uniqueErrorOf(
  constraint: UniqueConstraint,
  instance: object,
  meta: ModelMeta,
  excluded: ReadonlySet<string>,
): Promise<ValidationError | null> {
  let query = otherRows(instance, meta);
  if (constraint.fields.length > 0) {
    const values: Row = {};
    for (const name of constraint.fields) {
      const field = meta.fieldsByName.get(name)!;
      if (excluded.has(field.name)) return null;
      const value = (instance as Row)[field.attname] ?? null;
      if (value === null && constraint.nullsDistinct !== false) return null;
      values[field.attname] = value;
    }
    query = refine.filter(query, [values], false);
  } else {
    const same = sameExpressions(query, constraint.expressions, instance, excluded);
    if (same === null) return null;
    query = same;
  }
  if (constraint.condition === null) {
    if (!(await exists(query))) return null;
    const isPlain =
      constraint.fields.length > 0 && constraint.violationErrorCode === null && !hasOwnMessage(constraint);
    return isPlain ? uniqueError(meta, constraint.fields) : violation(constraint);
  }
  // mostly no other row is alike, and then the instance itself need not be looked at
  if (!(await exists(refine.filter(query, [constraint.condition], false)))) return null;
  return (await conditionHolds(meta, constraint.condition, instance, excluded)) ? violation(constraint) : null;
}

const DEFAULT_MESSAGE = 'Constraint “%(name)s” is violated.';
const hasOwnMessage = (constraint: Constraint): boolean => constraint.violationErrorMessage !== DEFAULT_MESSAGE;

const violation = (constraint: Constraint): ValidationError =>
  new ValidationError(constraint.violationErrorMessage, {
    code: constraint.violationErrorCode ?? '',
    params: { name: constraint.name },
  });
