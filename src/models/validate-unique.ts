import { NON_FIELD_ERRORS, ValidationError } from '../errors.js';
import { exists } from '../query/aggregate.js';
import { allRows, type Query } from '../query/query.js';
import * as refine from '../query/refine.js';
import { instances } from '../schema/instance.js';
import type { BoundField, ModelMeta } from '../schema/model-meta.js';
import { Temporal } from '../util/temporal.js';

type Row = Record<string, unknown>;
type Errors = Record<string, ValidationError[]>;

const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A model and its ancestors with tables: each has unique fields of its own. */
export const withAncestors = (meta: ModelMeta): ModelMeta[] => [meta, ...meta.ancestors.keys()];

/** The rows of a model but the instance's own, in the database that it came from. */
export function otherRows(instance: object, meta: ModelMeta): Query {
  const all = { ...allRows(meta), hint: instance };
  const key =
    (meta.pk.type.parts === undefined ? (instance as Row)[meta.pk.attname] : instances().pk(instance)) ?? null;
  return instances().isAdding(instance) || key === null ? all : refine.filter(all, [{ pk: key }], true);
}

/** What is not unique though it must be: fields, `uniqueTogether`, and fields that are unique for a date. */
export async function uniqueErrors(instance: object, meta: ModelMeta, excluded: ReadonlySet<string>): Promise<Errors> {
  const errors: Errors = {};
  const add = (name: string, error: ValidationError): void => {
    errors[name] = [...(errors[name] ?? []), error];
  };
  for (const model of withAncestors(meta)) {
    for (const names of uniqueGroups(model)) {
      if (names.some((name) => excluded.has(name)) || !(await isTaken(instance, model, names))) continue;
      add(names.length === 1 ? names[0]! : NON_FIELD_ERRORS, uniqueError(model, names));
    }
    for (const { field, unit, date } of dateRules(model)) {
      if (
        excluded.has(field.name) ||
        excluded.has(date.name) ||
        !(await isTakenForDate(instance, model, field, unit, date))
      )
        continue;
      add(field.name, dateError(model, field, unit, date));
    }
  }
  return errors;
}

const uniqueGroups = (meta: ModelMeta): (readonly string[])[] => [
  ...meta.uniqueTogether,
  ...meta.localFields.filter((field) => field.unique && !meta.proxy).map((field) => [field.name]),
  ...(meta.pkFields.length > 1 ? [meta.pkFields.map((field) => field.name)] : []),
];

/** Whether another row has the same values; one that is null differs from all. */
async function isTaken(instance: object, meta: ModelMeta, names: readonly string[]): Promise<boolean> {
  const values: Row = {};
  for (const name of names) {
    const field = meta.fieldsByName.get(name)!;
    const value = (instance as Row)[field.attname] ?? null;
    if (value === null || (field.primaryKey && !instances().isAdding(instance))) return false;
    values[field.attname] = value;
  }
  return exists(refine.filter(otherRows(instance, meta), [values], false));
}

/** The error for fields that another row has the same values in. */
export function uniqueError(meta: ModelMeta, names: readonly string[]): ValidationError {
  const labels = names.map((name) => upperFirst(meta.fieldsByName.get(name)!.verboseName));
  const model_name = upperFirst(meta.verboseName);
  if (names.length === 1) {
    const message = meta.fieldsByName.get(names[0]!)!.field.errorMessages['unique']!;
    return new ValidationError(message, { code: 'unique', params: { model_name, field_label: labels[0]! } });
  }
  const field_labels = `${labels.slice(0, -1).join(', ')} and ${labels[labels.length - 1]}`;
  return new ValidationError('%(model_name)s with this %(field_labels)s already exists.', {
    code: 'unique_together',
    params: { model_name, field_labels },
  });
}

type DateUnit = 'date' | 'month' | 'year';
interface DateRule {
  readonly field: BoundField;
  readonly unit: DateUnit;
  readonly date: BoundField;
}

function dateRules(meta: ModelMeta): DateRule[] {
  return meta.localFields.flatMap((field) => {
    const { uniqueForDate, uniqueForMonth, uniqueForYear } = field.field.options;
    const units: [DateUnit, string | undefined][] = [
      ['date', uniqueForDate],
      ['year', uniqueForYear],
      ['month', uniqueForMonth],
    ];
    return units.flatMap(([unit, name]) => {
      const date = name === undefined ? undefined : meta.fieldsByName.get(name);
      return date === undefined ? [] : [{ field, unit, date }];
    });
  });
}

async function isTakenForDate(
  instance: object,
  meta: ModelMeta,
  field: BoundField,
  unit: DateUnit,
  date: BoundField,
): Promise<boolean> {
  const day = dayOf((instance as Row)[date.attname]);
  if (day === null) return false;
  const parts: Row =
    unit === 'date'
      ? { [`${date.name}__day`]: day.day, [`${date.name}__month`]: day.month, [`${date.name}__year`]: day.year }
      : { [`${date.name}__${unit}`]: unit === 'month' ? day.month : day.year };
  return exists(
    refine.filter(
      otherRows(instance, meta),
      [{ ...parts, [field.attname]: (instance as Row)[field.attname] ?? null }],
      false,
    ),
  );
}

function dayOf(value: unknown): { day: number; month: number; year: number } | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Date)
    return { day: value.getUTCDate(), month: value.getUTCMonth() + 1, year: value.getUTCFullYear() };
  if (value instanceof Temporal.PlainDate) return value;
  return Temporal.PlainDate.from(String(value).slice(0, 10));
}

function dateError(meta: ModelMeta, field: BoundField, unit: DateUnit, date: BoundField): ValidationError {
  return new ValidationError(field.field.errorMessages['unique_for_date']!, {
    code: 'unique_for_date',
    params: {
      model_name: upperFirst(meta.verboseName),
      lookup_type: unit,
      field: field.name,
      field_label: upperFirst(field.verboseName),
      date_field: date.name,
      date_field_label: upperFirst(date.verboseName),
    },
  });
}
