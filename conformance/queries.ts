import type { Json, JsonObject } from './corpus.js';
import type { Dynamic } from './dynamic.js';
import { camelKeys } from './expressions.js';
import type { Scope } from './scope.js';
import { formOf, isKeywords } from './values.js';

type List = readonly Json[];
type Method = (receiver: Dynamic, positional: List, keywords: JsonObject, scope: Scope) => Dynamic;

/** Python's AttributeError, for what JavaScript would report as "is not a function". */
export class AttributeError extends Error {}

/** A QuerySet for a query that stands inside another one; nothing is evaluated. */
export function buildQuery(query: JsonObject, outer: Scope): Dynamic {
  const scope = outer.inner(query.model as string);
  return chain(scope.world.model(scope.model).objects, query.chain as readonly List[], scope);
}

/** Calls each method of the chain on what the one before it gave, awaiting nothing. */
export function chain(start: Dynamic, calls: readonly List[], scope: Scope): Dynamic {
  return calls.reduce((receiver, call) => callMethod(receiver, call, scope), start);
}

/** A chain that has been called; a QuerySet must not be returned from an async function, which would evaluate it. */
export interface QueryResult {
  /** Awaits the end of the chain: a list, an instance, a number … */
  finish(): Promise<Dynamic>;
}

/** Calls the chain of a step; its end is evaluated by `finish()`. */
export function callQuery(start: Dynamic, calls: readonly List[], scope: Scope): QueryResult {
  const end = chain(start, calls, scope);
  return {
    finish: async () => {
      const value = await (isManager(end) ? end.all() : end);
      return value === undefined ? null : value;
    },
  };
}

/** Whether a value is a manager: neither a QuerySet, nor a promise, nor a value. */
function isManager(value: Dynamic): boolean {
  return typeof value?.all === 'function' && typeof value.then !== 'function' && !Array.isArray(value);
}

function callMethod(receiver: Dynamic, [name, ...args]: List, scope: Scope): Dynamic {
  const method = methods[name as string];
  if (method === undefined) throw new Error(`The runner does not know the method ${String(name)}.`);
  const keywords = Object.assign({}, ...args.filter(isKeywords)) as JsonObject;
  return method(
    receiver,
    args.filter((arg) => !isKeywords(arg)),
    keywords,
    scope,
  );
}

/** Calls `receiver[name]`, or fails as Python does when there is no such method. */
export function invoke(receiver: Dynamic, name: string, ...args: Dynamic[]): Dynamic {
  if (typeof receiver?.[name] !== 'function') throw new AttributeError(`There is no method ${name} here.`);
  return receiver[name](...args);
}

/** Drops an options object that holds nothing, so that a call reads as a user writes it. */
function given(options: Record<string, Dynamic>): Record<string, Dynamic>[] {
  return Object.keys(options).length === 0 ? [] : [options];
}

const plain =
  (name: string): Method =>
  (receiver, positional, _keywords, scope) =>
    invoke(receiver, name, ...positional.map((item) => scope.decode(item)));

const conditions =
  (name: string): Method =>
  (receiver, positional, keywords, scope) => {
    const parts = positional.map((part) => scope.decode(part));
    return invoke(receiver, name, ...parts, ...given(scope.lookups(keywords)));
  };

const paths =
  (name: string): Method =>
  (receiver, positional, _keywords, scope) =>
    invoke(receiver, name, ...positional.map((item) => scope.expression(item)));

/** `annotate`, `alias`, `aggregate`: expressions under names of the query's own. */
const named =
  (name: string): Method =>
  (receiver, positional, keywords, scope) => {
    const parts = positional.map((part) => scope.decode(part));
    const entries = Object.entries(keywords).map(([alias, node]) => {
      const value = scope.decode(node);
      const spelled = scope.alias(alias, filteredModel(node, scope));
      if (name === 'annotate' && formOf(node) !== '$filtered') scope.annotations.add(spelled);
      return [spelled, value] as const;
    });
    for (const part of positional) scope.annotations.add(defaultAlias(part, scope));
    return invoke(receiver, name, ...parts, ...given(Object.fromEntries(entries)));
  };

/** The model that a FilteredRelation leads to. */
function filteredModel(node: Json, scope: Scope): string | null {
  if (formOf(node) !== '$filtered') return null;
  const [path] = (node as JsonObject).$filtered as List;
  return scope.world.names.target(scope.model, path as string);
}

/** The name of an annotation without one: `Count("books")` is `books__count`. */
function defaultAlias(node: Json, scope: Scope): string {
  const [name, path] = ((node as JsonObject).$agg ?? []) as List;
  return `${scope.path(String(path))}__${String(name).toLowerCase()}`;
}

const values =
  (name: string): Method =>
  (receiver, positional, keywords, scope) => {
    const parts = positional.map((part) => scope.expression(part));
    if (name === 'valuesList') return invoke(receiver, name, ...parts, ...given(camelKeys(keywords)));
    const entries = Object.entries(keywords).map(([alias, node]) => {
      const value = scope.decode(node);
      return [scope.alias(alias), value] as const;
    });
    return invoke(receiver, name, ...parts, ...given(Object.fromEntries(entries)));
  };

const combined =
  (name: string): Method =>
  (receiver, positional, keywords, scope) =>
    invoke(receiver, name, ...positional.map((item) => scope.decode(item)), ...given(camelKeys(keywords)));

/** Options whose lists are names of attributes: `update_fields`, `unique_fields`. */
function writeOptions(keywords: JsonObject, scope: Scope): Record<string, Dynamic> {
  const names = scope.world.names;
  const entries = Object.entries(camelKeys(keywords)).map(([key, value]) => {
    const mapped = Array.isArray(value) ? value.map((name) => names.attribute(scope.model, String(name))) : value;
    return [key, mapped];
  });
  return Object.fromEntries(entries);
}

/** `through_defaults`, which are attributes of the model between, and the other options of related managers. */
function relatedOptions(keywords: JsonObject, scope: Scope): Record<string, Dynamic> {
  const { through_defaults: defaults, ...rest } = keywords;
  if (!isKeywords(defaults)) return camelKeys(rest);
  return { ...camelKeys(rest), throughDefaults: camelAttributes(defaults, scope) };
}

function camelAttributes(values: JsonObject, scope: Scope): Record<string, Dynamic> {
  return Object.fromEntries(Object.entries(camelKeys(values)).map(([name, value]) => [name, scope.decode(value)]));
}

const related =
  (name: string): Method =>
  (receiver, positional, keywords, scope) => {
    const parts = positional.map((item) => scope.decode(item));
    return invoke(receiver, name, ...parts, ...given(relatedOptions(keywords, scope)));
  };

const getOr =
  (name: string): Method =>
  (receiver, _positional, keywords, scope) => {
    const { defaults, create_defaults: createDefaults, through_defaults: throughDefaults, ...lookup } = keywords;
    const options = {
      ...(isKeywords(defaults) ? { defaults: scope.attributes(defaults) } : {}),
      ...(isKeywords(createDefaults) ? { createDefaults: scope.attributes(createDefaults) } : {}),
      ...(isKeywords(throughDefaults) ? { throughDefaults: camelAttributes(throughDefaults, scope) } : {}),
    };
    return invoke(receiver, name, scope.lookups(lookup), ...given(options));
  };

async function collect(rows: AsyncIterable<Dynamic>): Promise<Dynamic[]> {
  const collected: Dynamic[] = [];
  for await (const row of rows) collected.push(row);
  return collected;
}

/** A manager's QuerySet; a QuerySet itself. */
function querySet(receiver: Dynamic): Dynamic {
  return typeof receiver?.then === 'function' ? receiver : invoke(receiver, 'all');
}

async function steppedSlice(rows: Dynamic, step: number): Promise<Dynamic[]> {
  return ((await rows) as Dynamic[]).filter((_, index) => index % step === 0);
}

function prefetchArgument(node: Json, scope: Scope): Dynamic {
  const names = scope.world.names;
  const spell = (path: string): string => names.accessors(scope.model, path, scope.prefetched);
  if (formOf(node) !== '$prefetch') return typeof node === 'string' ? spell(node) : scope.decode(node);
  const [path, query, toAttr] = (node as JsonObject).$prefetch as readonly [string, JsonObject?, string?];
  const options = {
    ...(query == null ? {} : { queryset: buildQuery(query, scope) }),
    ...(toAttr == null ? {} : { toAttr }),
  };
  if (toAttr != null) scope.prefetched.set(toAttr, (query?.model as string | undefined) ?? null);
  return scope.nuages.Prefetch(spell(path), ...given(options));
}

const methods: Readonly<Record<string, Method>> = {
  filter: conditions('filter'),
  exclude: conditions('exclude'),
  get: conditions('get'),
  annotate: named('annotate'),
  alias: named('alias'),
  aggregate: named('aggregate'),
  values: values('values'),
  values_list: values('valuesList'),
  order_by: paths('orderBy'),
  distinct: paths('distinct'),
  only: paths('only'),
  defer: paths('defer'),
  select_related: paths('selectRelated'),
  earliest: paths('earliest'),
  latest: paths('latest'),
  prefetch_related: (receiver, positional, _keywords, scope) =>
    invoke(receiver, 'prefetchRelated', ...positional.map((item) => prefetchArgument(item, scope))),
  reverse: plain('reverse'),
  first: plain('first'),
  last: plain('last'),
  count: plain('count'),
  exists: plain('exists'),
  contains: plain('contains'),
  none: plain('none'),
  all: plain('all'),
  in_bulk: (receiver, positional, keywords, scope) => {
    const options = keywords.field_name === undefined ? {} : { fieldName: scope.path(String(keywords.field_name)) };
    const ids = positional.map((item) => scope.decode(item));
    return invoke(
      receiver,
      'inBulk',
      ...(ids.length === 0 && given(options).length > 0 ? [undefined] : ids),
      ...given(options),
    );
  },
  dates: (receiver, [path, kind, order], keywords, scope) => {
    const direction = order ?? keywords.order;
    return invoke(receiver, 'dates', scope.path(path as string), kind, ...(direction === undefined ? [] : [direction]));
  },
  datetimes: (receiver, [path, kind], keywords, scope) =>
    invoke(receiver, 'datetimes', scope.path(path as string), kind, ...given(camelAttributes(keywords, scope))),
  iterator: (receiver, _positional, keywords) => collect(invoke(receiver, 'iterator', ...given(camelKeys(keywords)))),
  union: combined('union'),
  intersection: combined('intersection'),
  difference: combined('difference'),
  and: plain('and'),
  or: plain('or'),
  xor: plain('xor'),
  select_for_update: (receiver, _positional, keywords, scope) => {
    const options = camelKeys(keywords);
    const of = keywords.of as readonly string[] | undefined;
    if (of !== undefined) options.of = of.map((path) => scope.path(path));
    return invoke(receiver, 'selectForUpdate', ...given(options));
  },
  create: (receiver, _positional, keywords, scope) => {
    const { through_defaults: defaults, ...attributes } = keywords;
    const options = isKeywords(defaults) ? [{ throughDefaults: camelAttributes(defaults, scope) }] : [];
    return invoke(receiver, 'create', scope.attributes(attributes), ...options);
  },
  bulk_create: (receiver, [objects], keywords, scope) =>
    invoke(receiver, 'bulkCreate', scope.decode(objects!), ...given(writeOptions(keywords, scope))),
  bulk_update: (receiver, [objects, fields], keywords, scope) => {
    const names = (fields as readonly string[]).map((name) => scope.world.names.attribute(scope.model, name));
    return invoke(receiver, 'bulkUpdate', scope.decode(objects!), names, ...given(writeOptions(keywords, scope)));
  },
  update: (receiver, _positional, keywords, scope) => invoke(receiver, 'update', scope.attributes(keywords)),
  delete: plain('delete'),
  get_or_create: getOr('getOrCreate'),
  update_or_create: getOr('updateOrCreate'),
  add: related('add'),
  remove: related('remove'),
  set: related('set'),
  clear: related('clear'),
  slice: (receiver, [start, stop, step]) => {
    const rows = invoke(receiver, 'slice', start ?? 0, ...(stop == null ? [] : [stop]));
    return step == null ? rows : steppedSlice(rows, step as number);
  },
  index: (receiver, [index]) => invoke(receiver, 'at', index),
  len: async (receiver) => (await querySet(receiver)).length,
  pks: async (receiver) => (await querySet(receiver)).map((object: Dynamic) => object.pk),
};
