import type { FieldSpec, Json, JsonObject } from './corpus.js';
import type { Dynamic } from './dynamic.js';
import { outputField } from './expressions.js';
import { camelCase } from './names.js';
import { mapValues, type Scope } from './scope.js';
import { formOf } from './values.js';

/** The field of Nuages that a field spec of models.json describes. */
export function fieldFrom(spec: FieldSpec, scope: Scope): Dynamic {
  const { name: _name, type, to, fields, ...options } = spec;
  const make = scope.nuages[type];
  if (make === undefined) throw new Error(`Nuages does not export ${type}.`);
  if (type === 'CompositePrimaryKey') return make(...(fields as readonly string[]).map(camelCase));
  const decoded = mapValues(options, (value, option) => optionFrom(option, value, spec, scope));
  const camel = Object.fromEntries(Object.entries(decoded).map(([option, value]) => [camelCase(option), value]));
  return to === undefined ? make(camel) : make(to, camel);
}

function optionFrom(option: string, value: Json, spec: FieldSpec, scope: Scope): Dynamic {
  switch (option) {
    case 'on_delete':
      return onDelete(value, scope);
    case 'default':
      return defaultFrom(value, scope);
    case 'related_name':
    case 'related_query_name':
    case 'to_field':
    case 'unique_for_date':
    case 'unique_for_month':
    case 'unique_for_year':
      return camelCase(value as string);
    case 'through_fields':
      return (value as readonly string[]).map(camelCase);
    case 'limit_choices_to':
      return Object.fromEntries(
        Object.entries(value as JsonObject).map(([path, wanted]) => [
          scope.world.names.lookup(spec.to as string, path),
          scope.decode(wanted),
        ]),
      );
    case 'expression':
      return scope.decode(value);
    case 'output_field':
      return outputField(value, scope);
    case 'validators':
      return (value as readonly (readonly Json[])[]).map((validator) => validatorFrom(validator, scope));
    default:
      return scope.decode(value);
  }
}

function onDelete(value: Json, scope: Scope): Dynamic {
  if (typeof value === 'string') return scope.nuages[value];
  const set = (value as JsonObject).SET!;
  if (formOf(set) !== '$callable_returning') return scope.nuages.SET(scope.decode(set));
  const result = scope.decode((set as JsonObject).$callable_returning!);
  return scope.nuages.SET(() => result);
}

const CALLABLES: Readonly<Record<string, () => Dynamic>> = {
  dict: () => ({}),
  list: () => [],
  uuid4: () => crypto.randomUUID(),
  now: () => new Date(),
};

function defaultFrom(value: Json, scope: Scope): Dynamic {
  return formOf(value) === '$callable' ? CALLABLES[String((value as JsonObject).$callable)] : scope.decode(value);
}

function validatorFrom([name, ...args]: readonly Json[], scope: Scope): Dynamic {
  const make = scope.nuages[name as string];
  if (make === undefined) throw new Error(`Nuages does not export ${String(name)}.`);
  // Python's patterns are strings, JavaScript's are regular expressions.
  return make(...args.map((arg) => (typeof arg === 'string' ? new RegExp(arg) : scope.decode(arg))));
}
