import { Decimal } from 'decimal.js';
import { InstanceRecord, isPlain, RowRecord } from './answers.js';
import type { Json, JsonObject } from './corpus.js';
import type { Dynamic } from './dynamic.js';
import { formOf, instantText, isObject, microseconds, scalarForms, Temporal } from './values.js';

/** Whether the answer is what the corpus expects; `unordered` compares every list inside as a multiset. */
export function matches(expected: Json, actual: Dynamic, unordered = false): boolean {
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return false;
    return unordered ? matchesMultiset(expected, actual, true) : matchesList(expected, actual);
  }
  if (!isObject(expected)) return matchesScalar(expected, actual);
  const form = formOf(expected);
  if (form !== undefined) return matchesForm(form, expected[form]!, actual, unordered);
  return matchesRecord(expected, actual, unordered);
}

/** Compares two lists of rows as multisets. */
export function matchesMultiset(expected: readonly Json[], actual: readonly Dynamic[], deep = false): boolean {
  if (expected.length !== actual.length) return false;
  const left = [...actual];
  return expected.every((item) => {
    const index = left.findIndex((candidate) => matches(item, candidate, deep));
    if (index >= 0) left.splice(index, 1);
    return index >= 0;
  });
}

function matchesList(expected: readonly Json[], actual: readonly Dynamic[]): boolean {
  return expected.length === actual.length && expected.every((item, index) => matches(item, actual[index]));
}

function matchesRecord(expected: JsonObject, actual: Dynamic, unordered: boolean): boolean {
  const values = valuesOf(actual);
  const keys = Object.keys(expected);
  if (keys.length !== values?.size) return false;
  const types = actual instanceof InstanceRecord ? actual.types : undefined;
  return keys.every((key) => {
    if (!values.has(key)) return false;
    const [wanted, found] = [expected[key]!, values.get(key)];
    return matches(wanted, found, unordered) || matches(asHeld(wanted, types?.get(key)), found, unordered);
  });
}

/**
 * Django leaves on an instance what it was given (`"12"` for a number); in TypeScript an attribute has one type, so the value
 * is what the field makes of it.
 */
function asHeld(expected: Json, type: string | undefined): Json {
  const text = formOf(expected) === '$float' ? String((expected as JsonObject).$float) : expected;
  if (type?.endsWith('IntegerField') && text !== null && typeof text !== 'object') return Math.trunc(Number(text));
  if (typeof text !== 'string' && typeof text !== 'number') return expected;
  if (type === 'DecimalField') return { $decimal: String(text) };
  if (type === 'CharField' || type === 'TextField') return String(text);
  if (typeof text !== 'string') return expected;
  if (type === 'DateField') return { $date: text };
  if (type === 'DateTimeField') return { $datetime: text };
  if (type === 'TimeField') return { $time: text };
  if (type === 'UUIDField') return { $uuid: text.toLowerCase() };
  return type === 'FloatField' ? Number(text) : expected;
}

function valuesOf(actual: Dynamic): ReadonlyMap<string, Dynamic> | undefined {
  if (actual instanceof InstanceRecord || actual instanceof RowRecord) return actual.values;
  return isPlain(actual) ? new Map(Object.entries(actual)) : undefined;
}

function matchesScalar(expected: null | boolean | number | string | Json, actual: Dynamic): boolean {
  if (typeof expected === 'number') return matchesNumber(expected, actual, !Number.isInteger(expected));
  // A FileField's value stands for its name.
  if (typeof expected === 'string' && typeof actual === 'object' && typeof actual?.name === 'string') {
    return actual.name === expected;
  }
  return Object.is(expected, actual);
}

function matchesNumber(expected: number, actual: Dynamic, isFloat: boolean): boolean {
  if (typeof actual === 'bigint') return Number.isInteger(expected) && BigInt(expected) === actual;
  if (typeof actual !== 'number') return false;
  if (expected === actual || (Number.isNaN(expected) && Number.isNaN(actual))) return true;
  return (isFloat || !Number.isInteger(actual)) && isClose(expected, actual);
}

function isClose(one: number, other: number): boolean {
  return Math.abs(one - other) <= Math.max(1e-9 * Math.max(Math.abs(one), Math.abs(other)), 1e-12);
}

const DAY = 24 * 60 * 60 * 1000;

function matchesForm(form: string, expected: Json, actual: Dynamic, unordered: boolean): boolean {
  switch (form) {
    case '$bigint':
      return typeof actual === 'bigint' && actual === BigInt(expected as string);
    case '$float':
      return matchesNumber(scalarForms.$float!(expected, {}), actual, true);
    case '$decimal':
      return Decimal.isDecimal(actual) && matchesDecimal(new Decimal(expected as string), actual as Decimal);
    case '$date':
      return actual instanceof Temporal.PlainDate && actual.equals(Temporal.PlainDate.from(expected as string));
    case '$time':
      return actual instanceof Temporal.PlainTime && actual.equals(Temporal.PlainTime.from(expected as string));
    case '$datetime':
      return nanoseconds(actual) === Temporal.Instant.from(instantText(expected as string)).epochNanoseconds;
    case '$duration':
      return actual instanceof Temporal.Duration && totalMicroseconds(actual) === microseconds(expected as string);
    case '$uuid':
      return actual === expected;
    case '$bytes':
      return actual instanceof Uint8Array && Buffer.from(actual).toString('base64') === expected;
    case '$json':
      return matchesJson(expected, actual);
    case '$tuple':
      return Array.isArray(actual) && matchesList(expected as readonly Json[], actual);
    case '$now':
      return actual instanceof Date && Math.abs(actual.getTime() - Date.now()) <= DAY;
    case '$today': {
      if (!(actual instanceof Temporal.PlainDate)) return false;
      return Math.abs(actual.since(Temporal.Now.plainDateISO()).days) <= 1;
    }
    case '$obj': {
      const [model, key] = expected as readonly [string, Json];
      return actual instanceof InstanceRecord && actual.model === model && matches(key, actual.pk);
    }
    case '$expr':
      return typeof actual?.resolve === 'function' || String(actual) === 'JSONNull';
    case '$error':
      return isObject(actual) && actual.$error !== undefined && errorNamed(expected as string, actual.$error);
    default:
      throw new Error(`The runner cannot compare the form ${form}${unordered ? ' in a free order' : ''}.`);
  }
}

function matchesDecimal(expected: Decimal, actual: Decimal): boolean {
  if (expected.equals(actual)) return true;
  if (expected.precision() <= 14 && actual.precision() <= 14) return false;
  const size = Decimal.max(expected.abs(), actual.abs());
  return expected.minus(actual).abs().lessThanOrEqualTo(size.times('1e-12'));
}

function nanoseconds(value: Dynamic): bigint | undefined {
  if (value instanceof Temporal.Instant) return value.epochNanoseconds;
  if (!(value instanceof Date) || Number.isNaN(value.getTime())) return undefined;
  return BigInt(value.getTime()) * 1_000_000n;
}

function totalMicroseconds(span: Dynamic): bigint {
  const { weeks, days, hours, minutes, seconds, milliseconds, microseconds: micro } = span;
  const whole = (((BigInt(weeks) * 7n + BigInt(days)) * 24n + BigInt(hours)) * 60n + BigInt(minutes)) * 60n;
  return (whole + BigInt(seconds)) * 1_000_000n + BigInt(milliseconds) * 1000n + BigInt(micro);
}

function matchesJson(expected: Json, found: Dynamic): boolean {
  // A document that is a whole answer was taken for a row.
  const actual = found instanceof RowRecord ? found.raw : found;
  const form = formOf(expected);
  if (typeof expected === 'number' || form === '$float' || form === '$bigint') {
    const number = typeof expected === 'number' ? expected : Number((expected as JsonObject)[form!]);
    if (typeof actual !== 'number' && typeof actual !== 'bigint') return false;
    return Number(actual) === number || isClose(number, Number(actual));
  }
  if (Array.isArray(expected)) {
    return (
      Array.isArray(actual) &&
      expected.length === actual.length &&
      expected.every((item, index) => matchesJson(item, actual[index]))
    );
  }
  if (!isObject(expected)) return Object.is(expected, actual);
  if (typeof actual !== 'object' || actual === null || Array.isArray(actual)) return false;
  const keys = Object.keys(expected);
  return (
    keys.length === Object.keys(actual).length &&
    keys.every((key) => Object.hasOwn(actual, key) && matchesJson(expected[key]!, actual[key]))
  );
}

/** Django's names of errors that Nuages raises as the class they derive from. */
const SAME_AS: Readonly<Record<string, readonly string[]>> = {
  DoesNotExist: ['DoesNotExist', 'ObjectDoesNotExist'],
  RelatedObjectDoesNotExist: ['RelatedObjectDoesNotExist', 'DoesNotExist', 'ObjectDoesNotExist'],
  OutputFieldIsNoneError: ['OutputFieldIsNoneError', 'FieldError'],
};

/** Whether `error` is of the class that the corpus names, or of one derived from it. */
export function errorNamed(expected: string, error: unknown): boolean {
  // A TypeError without a code is a mistake inside the library, not one that it found in the call.
  if (expected === 'TypeError') return error instanceof TypeError && 'code' in error;
  const wanted = SAME_AS[expected] ?? [expected];
  return errorNames(error).some((name) => wanted.includes(name));
}

/** The class names along an error's prototype chain, without a model's name in front. */
export function errorNames(error: unknown): readonly string[] {
  const names: string[] = [];
  if (error instanceof Error) names.push(error.name);
  for (let at = error; typeof at === 'object' && at !== null; at = Object.getPrototypeOf(at)) {
    if (typeof at.constructor === 'function') names.push(at.constructor.name);
  }
  return names.map((name) => name.split('.').at(-1)!);
}
