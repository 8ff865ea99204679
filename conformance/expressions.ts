import type { Json, JsonObject } from './corpus.js';
import type { Dynamic } from './dynamic.js';
import { camelCase } from './names.js';
import { buildQuery } from './queries.js';
import { mapValues, type Scope } from './scope.js';
import { formOf, isKeywords, isObject } from './values.js';

type List = readonly Json[];
type Form = (argument: Json, scope: Scope, node: JsonObject) => Dynamic;

/** How each expression form of the corpus is written in Nuages. */
export const expressionForms: Readonly<Record<string, Form>> = {
  $f: (path, scope) => scope.nuages.F(scope.path(path as string)),
  $value: (value, scope, node) => scope.nuages.Value(scope.decode(value), valueOptions(value, scope, node)),
  $q: (argument, scope) => condition(argument as List, scope),
  $op: (argument, scope) => operation(argument as List, scope),
  $agg: (argument, scope) => aggregate(argument as List, scope),
  $func: (argument, scope) => databaseFunction(argument as List, scope),
  $case: (argument, scope, node) => caseExpression(argument as readonly (readonly [Json, Json])[], scope, node),
  $cast: (argument, scope) => withField('Cast', argument as List, scope),
  $wrap: (argument, scope) => {
    const [expression, field] = argument as List;
    return scope.nuages.ExpressionWrapper(scope.expression(expression!), { outputField: outputField(field!, scope) });
  },
  $cmp: (argument, scope) => comparison(argument as List, scope),
  $subquery: (query, scope, node) =>
    scope.nuages.Subquery(buildQuery(query as JsonObject, scope), ...optional(fieldOption(scope, node))),
  $exists: (query, scope) => scope.nuages.Exists(buildQuery(query as JsonObject, scope)),
  $outer: (path, scope) => scope.nuages.OuterRef(outerPath(path, scope)),
  $window: (argument, scope) => windowExpression(argument as JsonObject, scope),
  $orderby: (argument, scope) => {
    const [expression, direction, nulls] = argument as List;
    const options = { descending: direction === 'desc', ...(isObject(nulls) ? camelKeys(nulls) : {}) };
    return scope.nuages.OrderBy(scope.expression(expression!), options);
  },
  $filtered: (argument, scope) => {
    const [path, where] = argument as List;
    const options = where === undefined ? [] : [{ condition: scope.decode(where) }];
    return scope.nuages.FilteredRelation(scope.path(path as string), ...options);
  },
};

/** An instance of the field that a spec of the corpus describes: `"IntegerField"` or `["DecimalField", {…}]`. */
export function outputField(spec: Json, scope: Scope): Dynamic {
  const [type, options] = typeof spec === 'string' ? [spec, {}] : (spec as readonly [string, JsonObject]);
  return member(scope, type)(camelKeys(options));
}

/** The boolean expression or condition that stands at one place of a Q: plain objects are lookups, ANDed. */
export function conditionPart(node: Json, scope: Scope): Dynamic {
  return isKeywords(node) ? scope.lookups(node) : scope.decode(node);
}

/** Options with their names in camelCase; values as they are. */
export function camelKeys(options: JsonObject): Record<string, Json> {
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [camelCase(name), value]));
}

function member(scope: Scope, name: string): Dynamic {
  const found = scope.nuages[name];
  if (found === undefined) throw new Error(`Nuages does not export ${name}.`);
  return found;
}

function optional(options: object): object[] {
  return Object.keys(options).length === 0 ? [] : [options];
}

function fieldOption(scope: Scope, node: JsonObject): { outputField?: Dynamic } {
  return node.output_field === undefined ? {} : { outputField: outputField(node.output_field, scope) };
}

/** Python's values have types that JavaScript's lack: whole floats and UUIDs say theirs. */
function valueOptions(value: Json, scope: Scope, node: JsonObject): { outputField?: Dynamic } | undefined {
  const given = fieldOption(scope, node);
  if (given.outputField !== undefined) return given;
  if (formOf(value) === '$float') return { outputField: scope.nuages.FloatField() };
  if (formOf(value) === '$uuid') return { outputField: scope.nuages.UUIDField() };
  return undefined;
}

function condition([connector, ...parts]: List, scope: Scope): Dynamic {
  const { Q, and, or, xor, not } = scope.nuages;
  const decoded = parts.map((part) => conditionPart(part, scope));
  if (connector === 'not') return not(decoded[0]);
  if (decoded.length === 0) return Q();
  return connector === 'and' ? and(...decoded) : connector === 'or' ? or(...decoded) : xor(...decoded);
}

const OPERATORS: Readonly<Record<string, string>> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'div',
  '%': 'mod',
  '^': 'pow',
  '&': 'bitand',
  '|': 'bitor',
  '#': 'bitxor',
  '<<': 'bitleftshift',
  '>>': 'bitrightshift',
};

function operation([operator, left, right]: List, scope: Scope): Dynamic {
  const receiver = operand(left!, scope);
  const first = isExpression(receiver) ? receiver : scope.nuages.Value(receiver);
  if (operator === 'neg') return first.neg();
  return first[OPERATORS[operator as string]!](operand(right!, scope));
}

/** Literals stand for themselves on both sides of an operator; only `$f` names a field there. */
function operand(node: Json, scope: Scope): Dynamic {
  return typeof node === 'string' ? scope.decode(node) : scope.expression(node);
}

function isExpression(value: Dynamic): boolean {
  return typeof value === 'object' && value !== null && typeof value.add === 'function' && 'mul' in value;
}

function aggregate([name, ...rest]: List, scope: Scope): Dynamic {
  const options = isKeywords(rest.at(-1)) ? (rest.at(-1) as JsonObject) : undefined;
  const parts = (options === undefined ? rest : rest.slice(0, -1)).map((part) => scope.expression(part));
  if (options === undefined) return member(scope, name as string)(...parts);
  const decoded = mapValues(options, (value, key) => {
    if (key === 'filter') return conditionPart(value, scope);
    if (key === 'order_by') return [value].flat().map((item) => scope.expression(item as Json));
    return key === 'output_field' ? outputField(value, scope) : scope.decode(value);
  });
  return member(scope, name as string)(...parts, camelKeys(decoded as JsonObject));
}

function databaseFunction([name, ...rest]: List, scope: Scope): Dynamic {
  const options = isKeywords(rest.at(-1)) ? (rest.at(-1) as JsonObject) : undefined;
  const parts = (options === undefined ? rest : rest.slice(0, -1)).map((part) => scope.expression(part));
  if (options === undefined) return member(scope, name as string)(...parts);
  if (name === 'JSONObject') return member(scope, name)(mapValues(options, (value) => scope.expression(value)));
  const decoded = mapValues(options, (value, key) => {
    if (key === 'output_field') return outputField(value, scope);
    return key === 'default' ? scope.expression(value) : scope.decode(value);
  });
  return member(scope, name as string)(...parts, camelKeys(decoded as JsonObject));
}

function caseExpression(cases: readonly (readonly [Json, Json])[], scope: Scope, node: JsonObject): Dynamic {
  const { Case, When } = scope.nuages;
  const whens = cases.map(([when, then]) => When(conditionPart(when, scope), scope.expression(then)));
  const options = {
    ...(node.default === undefined ? {} : { default: scope.expression(node.default) }),
    ...fieldOption(scope, node),
  };
  return Case(whens, ...optional(options));
}

function withField(name: string, [expression, field]: List, scope: Scope): Dynamic {
  return member(scope, name)(scope.expression(expression!), outputField(field!, scope));
}

/** Django's class of each lookup that the corpus uses as an expression. */
const LOOKUP_CLASSES: Readonly<Record<string, string>> = {
  exact: 'Exact',
  iexact: 'IExact',
  gt: 'GreaterThan',
  gte: 'GreaterThanOrEqual',
  lt: 'LessThan',
  lte: 'LessThanOrEqual',
  in: 'In',
  isnull: 'IsNull',
  range: 'Range',
  contains: 'Contains',
  icontains: 'IContains',
  startswith: 'StartsWith',
  istartswith: 'IStartsWith',
  endswith: 'EndsWith',
  iendswith: 'IEndsWith',
  regex: 'Regex',
  iregex: 'IRegex',
};

function comparison([lookup, left, right]: List, scope: Scope): Dynamic {
  return member(scope, LOOKUP_CLASSES[lookup as string]!)(scope.expression(left!), scope.decode(right!));
}

function outerPath(path: Json, scope: Scope): Dynamic {
  const outer = scope.outer ?? scope;
  return typeof path === 'string' ? outer.path(path) : outer.decode(path);
}

function windowExpression(spec: JsonObject, scope: Scope): Dynamic {
  const list = (value: Json): Dynamic =>
    Array.isArray(value) ? value.map((item) => scope.expression(item)) : scope.expression(value);
  const options = {
    ...(spec.partition == null ? {} : { partitionBy: list(spec.partition) }),
    ...(spec.order == null ? {} : { orderBy: list(spec.order) }),
    ...(spec.frame == null ? {} : { frame: frame(spec.frame as List, scope) }),
  };
  return scope.nuages.Window(scope.expression(spec.expr!), options);
}

function frame([kind, start, end, exclusion]: List, scope: Scope): Dynamic {
  const options = {
    start: start ?? null,
    end: end ?? null,
    ...(exclusion == null ? {} : { exclusion: String(exclusion).replaceAll('_', ' ') }),
  };
  return member(scope, kind === 'rows' ? 'RowRange' : 'ValueRange')(options);
}
