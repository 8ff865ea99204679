import { FieldDoesNotExist, FieldError, NotSupportedError, typeError, ValueError } from '../errors.js';
import { AggregateExpression } from '../expressions/aggregate.js';
import { isExpression } from '../expressions/expression.js';
import { FilteredRelation } from '../expressions/filtered-relation.js';
import { OrderBy } from '../expressions/order-by.js';
import { knownType } from '../expressions/output-type.js';
import { Q } from '../expressions/q.js';
import type { ModelMeta } from '../schema/model-meta.js';
import type { Resolvable } from '../sql/resolvable.js';
import { containsAggregate } from '../sql/walk.js';
import { annotationLookup, annotationsOf, checked, checkedFilter } from './checking.js';
import { readConditions } from './conditions.js';
import { checkAlias, checkNames, checkResultName } from './names.js';
import { resolvePath } from './path.js';
import {
  type Condition,
  change,
  type Deferral,
  type Grouping,
  isSliced,
  type Lock,
  type Query,
  type RowShape,
  type Step,
  shapePart,
  shapeParts,
  withStep,
} from './query.js';

/** After union(), intersection() or difference() the rows are of several queries: most changes have no meaning. */
function refuseCombined(query: Query, method: string): void {
  if (query.combination !== null) {
    const name =
      query.combination.operator === 'INTERSECT'
        ? 'intersection'
        : query.combination.operator === 'EXCEPT'
          ? 'difference'
          : 'union';
    throw new NotSupportedError('combined', `Calling ${method}() after ${name}() is not supported.`);
  }
}
function refuseSliced(query: Query, what: string): void {
  if (isSliced(query)) throw typeError('sliced', `${what} once a slice has been taken.`);
}
function refusePlain(query: Query, method: string): void {
  if (query.rows !== 'instance')
    throw typeError('plain-rows', `Cannot call ${method}() after values() or valuesList().`);
}

/** What the calls add to a query's shape; the conditions of each follow, and an end. */
const PARTS = { filter: 'F', exclude: 'X' } as const;
const STICKY_PARTS = { filter: 'Fs', exclude: 'Xs' } as const;

/** filter() and exclude(). `sticky` lets the next filter share the related rows of this one. */
export function filter(query: Query, args: readonly unknown[], negated: boolean, sticky = false): Query {
  const method = negated ? 'exclude' : 'filter';
  refuseCombined(query, method);
  if (args.length > 0) refuseSliced(query, 'Cannot filter a query');
  const start = query.shape?.next(sticky ? STICKY_PARTS[method] : PARTS[method]) ?? null;
  const { condition, shape, inputs } = readConditions(query, annotationLookup(query), args, method, start);
  if (condition.kind === 'group' && condition.children.length === 0) return query;
  const whole: Condition = negated
    ? { kind: 'group', connector: 'AND', negated: true, children: [condition] }
    : condition;
  const step: Step = { kind: 'filter', condition: whole, sticky };
  return checkedFilter(query, step, withStep(query, step, shape, inputs));
}

/** annotate() and alias(): expressions under names, those without one under their own. */
export function annotate(query: Query, args: readonly unknown[], selected: boolean): Query {
  const method = selected ? 'annotate' : 'alias';
  refuseCombined(query, method);
  let result = query;
  for (const [alias, expression] of namedExpressions(args, method))
    result = annotateOne(result, alias, expression, selected);
  return result === query ? query : checked(result);
}

function annotateOne(query: Query, alias: string, expression: unknown, selected: boolean): Query {
  checkAlias(query.meta, alias, selected && query.rows === 'instance');
  if (expression instanceof FilteredRelation) return filteredRelation(query, alias, expression);
  if (!isExpression(expression)) {
    throw typeError(
      'not-an-expression',
      `annotate() takes expressions such as F("name") or Count("books"); '${alias}' is none. A constant is written Value(…).`,
    );
  }
  const isNew = !query.annotations.includes(alias);
  const annotations = selected && isNew ? [...query.annotations, alias] : query.annotations;
  const names =
    selected && query.names !== null && !query.names.includes(alias) ? [...query.names, alias] : query.names;
  const shape =
    expression.shape === null ? null : `${selected ? 'A' : 'a'}${shapePart(alias)}${shapePart(expression.shape)}`;
  const annotated = change(
    query,
    { steps: [...query.steps, { kind: 'annotate', alias, expression }], annotations, names },
    shape,
    expression.inputs(),
  );
  const node = annotationsOf(annotated).get(alias)!;
  // what is selected must be decoded, so its type must be known
  if (selected) knownType(node);
  return containsAggregate(node) ? change(annotated, { grouping: groupingOf(annotated) }, 'g') : annotated;
}

/** An aggregate groups instances by themselves, plain rows by what is selected of them. */
function groupingOf(query: Query): Grouping {
  if (query.rows === 'instance') return { by: 'model' };
  const names = query.names ?? [...query.meta.fields.map((field) => field.attname), ...query.annotations];
  return { by: 'names', names };
}

function filteredRelation(query: Query, alias: string, given: InstanceType<typeof FilteredRelation>): Query {
  const { relationName, condition } = given as unknown as { relationName: string; condition: unknown };
  checkFilteredPaths(query.meta, relationName, condition);
  const start = query.shape?.next(`R${shapeParts([alias, relationName])}`) ?? null;
  const read = readConditions(query, annotationLookup(query), [condition], 'FilteredRelation', start);
  const step: Step = { kind: 'filteredRelation', alias, relation: relationName, condition: read.condition };
  return withStep(query, step, read.shape, read.inputs);
}

/** Paths of the condition may go through the relation and no further. Throws ValueError. */
function checkFilteredPaths(meta: ModelMeta, relationName: string, condition: unknown): void {
  const relation = resolvePath(meta, relationName);
  const names = relationName.split('__');
  if (relation.rest.length > 0)
    throw new ValueError(
      'filtered-relation',
      `FilteredRelation's relationName cannot contain lookups (got '${relationName}').`,
    );
  for (const path of pathsOf(condition)) {
    const through = path.split('__').slice(0, resolvePath(meta, path).depth).slice(0, -1);
    const wrong = through.findIndex((name, index) => names[index] !== name);
    if (wrong < 0) continue;
    const what = wrong < names.length ? 'relations outside of' : 'nested relations deeper than';
    throw new ValueError(
      'filtered-relation',
      `FilteredRelation's condition doesn't support ${what} '${relationName}' (got '${path}').`,
    );
  }
}

/** The paths that a condition names, outside of expressions. */
function pathsOf(condition: unknown): string[] {
  if (condition instanceof Q)
    return (condition as unknown as { children: readonly unknown[] }).children.flatMap(pathsOf);
  if (isExpression(condition) || typeof condition !== 'object' || condition === null) return [];
  return Object.keys(condition);
}

/** `annotate(Count('books'), { n: … })` as pairs of name and expression. */
export function namedExpressions(args: readonly unknown[], method: string): [string, unknown][] {
  const pairs: [string, unknown][] = [];
  for (const arg of args) {
    if (arg instanceof AggregateExpression) pairs.push([arg.defaultAlias, arg]);
    else if (isExpression(arg))
      throw typeError('alias-required', `Complex expressions require an alias: write ${method}({ name: … }).`);
    else if (typeof arg === 'object' && arg !== null && !Array.isArray(arg)) pairs.push(...Object.entries(arg));
    else throw typeError('not-an-expression', `${method}() takes an object of names and expressions.`);
  }
  const seen = new Set<string>();
  for (const [name] of pairs) {
    if (seen.has(name)) throw typeError('alias-twice', `The name '${name}' is given twice in one ${method}().`);
    seen.add(name);
  }
  return pairs;
}

/** The expressions of aggregate() by name. Throws ValueError and TypeError. */
export function aggregates(args: readonly unknown[]): Record<string, Resolvable> {
  const pairs = namedExpressions(args, 'aggregate');
  for (const [name, expression] of pairs) {
    checkResultName(name);
    if (!isExpression(expression))
      throw typeError('not-an-expression', `aggregate() takes expressions such as Count("id"); '${name}' is none.`);
  }
  return Object.fromEntries(pairs) as Record<string, Resolvable>;
}

/** values() and valuesList(): rows as plain data. */
export function values(query: Query, fields: readonly unknown[], rows: Exclude<RowShape, 'instance'>): Query {
  let result = query;
  const names: string[] = [];
  for (const field of fields) {
    if (typeof field === 'string') names.push(field);
    else if (isExpression(field)) {
      const name = generatedName(field, names);
      result = annotateOne(result, name, field, true);
      names.push(name);
    } else if (typeof field === 'object' && field !== null && !Array.isArray(field)) {
      for (const [name, expression] of Object.entries(field)) {
        result = annotateOne(result, name, expression, true);
        names.push(name);
      }
    } else throw typeError('not-a-name', 'values() takes names, and objects of names and expressions.');
  }
  checkNames('values', names);
  for (const name of names) refuseAlias(result, name);
  const all = fields.length === 0;
  const unique = rows === 'object' ? [...new Set(names)] : names;
  const changes: Partial<Query> = {
    rows,
    names: all ? null : unique,
    deferral: null,
    selectRelated: null,
    annotations: all ? result.annotations : result.annotations.filter((name) => unique.includes(name)),
  };
  return checked(change(result, changes, `V${rows}${all ? '*' : shapeParts(unique)}`));
}

function refuseAlias(query: Query, name: string): void {
  const isHidden =
    query.steps.some((step) => step.kind === 'annotate' && step.alias === name) && !query.annotations.includes(name);
  if (isHidden && query.rows === 'instance')
    throw new FieldError('alias-not-selected', `Cannot select the '${name}' alias. Use annotate() to promote it.`);
}

/** A name for an expression of valuesList() that has none: `lower1`. */
function generatedName(expression: Resolvable, taken: readonly string[]): string {
  if (expression instanceof AggregateExpression) {
    try {
      return expression.defaultAlias;
    } catch {
      // a complex aggregate has no name of its own and gets a numbered one like any expression
    }
  }
  const base = expression.constructor.name.replace(/[^A-Za-z]/g, '').toLowerCase() || 'expression';
  for (let number = 1; ; number += 1) if (!taken.includes(`${base}${number}`)) return `${base}${number}`;
}

/** valuesList(): the last argument may hold options. */
export function valuesList(query: Query, args: readonly unknown[]): Query {
  const last = args[args.length - 1];
  const isOptions =
    typeof last === 'object' && last !== null && !isExpression(last) && ('flat' in last || 'named' in last);
  const { flat = false, named = false } = (isOptions ? last : {}) as { flat?: boolean; named?: boolean };
  const fields = isOptions ? args.slice(0, -1) : args;
  if (flat && named) throw typeError('flat-and-named', "valuesList() takes 'flat' or 'named', not both.");
  if (flat && fields.length > 1) throw typeError('flat-fields', "valuesList() with 'flat' takes one field.");
  return values(query, fields, flat ? 'flat' : named ? 'named' : 'array');
}

/** orderBy(): replaces the order. */
export function orderBy(query: Query, terms: readonly unknown[]): Query {
  refuseSliced(query, 'Cannot reorder a query');
  const shapes = terms.map(orderShape);
  const shape = shapes.includes(null) ? null : `O${shapeParts(shapes as string[])}`;
  const inputs = terms.flatMap((term) => (typeof term === 'string' ? [] : (term as Resolvable).inputs()));
  return checked(change(query, { orderBy: terms, reversed: false }, shape, inputs));
}

function orderShape(term: unknown): string | null {
  if (typeof term === 'string') {
    if (term === '' || term === '-') throw new FieldError('not-a-name', 'orderBy() was given an empty name.');
    return `n${term}`;
  }
  if (term instanceof OrderBy || isExpression(term)) return (term as Resolvable).shape;
  throw typeError('not-an-order', 'orderBy() takes names such as "title" or "-price", "?" and expressions.');
}

export function reverse(query: Query): Query {
  refuseSliced(query, 'Cannot reverse a query');
  return change(query, { reversed: !query.reversed }, 'reverse');
}

export function distinct(query: Query, fields: readonly unknown[]): Query {
  refuseCombined(query, 'distinct');
  refuseSliced(query, 'Cannot create distinct fields');
  checkNames('distinct', fields);
  return checked(change(query, { distinct: true, distinctOn: fields }, `D${shapeParts(fields)}`));
}

/** Rows `start` to `end` of the rows that the query has now. */
export function slice(query: Query, start: unknown, end: unknown): Query {
  const from = bound(start, 0)!;
  const to = bound(end, null);
  if (to !== null && to < from) return slice(query, from, from);
  const offset = query.limit === null ? query.offset + from : query.offset + Math.min(from, query.limit);
  const left = query.limit === null ? null : Math.max(0, query.limit - from);
  const wanted = to === null ? null : to - from;
  const limit = left === null ? wanted : wanted === null ? left : Math.min(left, wanted);
  // the offset is an input; that of a slice before has no meaning any more
  const inputs =
    query.offsetSource === null ? query.inputs : query.inputs.filter(({ source }) => source !== query.offsetSource);
  const offsetSource = offset === 0 ? null : {};
  const added = offsetSource === null ? [] : [{ source: offsetSource, value: offset }];
  return change(
    { ...query, inputs },
    { offset, offsetSource, limit },
    `S${offset === 0 ? '' : 'o'}-${limit ?? ''}`,
    added,
  );
}

function bound(value: unknown, missing: number | null): number | null {
  if (value === undefined || value === null) return missing;
  if (typeof value !== 'number' || !Number.isSafeInteger(value))
    throw typeError('slice-bound', 'slice() and at() take whole numbers.');
  if (value < 0) throw new ValueError('negative-index', 'Negative indexing is not supported.');
  return value;
}

export const none = (query: Query): Query => change(query, { empty: true }, 'none');

export function only(query: Query, names: readonly unknown[]): Query {
  refuseCombined(query, 'only');
  refusePlain(query, 'only');
  if (names.includes(null))
    throw typeError('only-null', 'null is not a field name: only() takes names; defer(null) loads all.');
  checkNames('only', names);
  // names deferred before stay deferred
  const before = query.deferral?.mode === 'defer' ? query.deferral.names : [];
  const kept = names.filter((name) => !before.includes(name));
  return deferred(query, { mode: 'only', names: kept }, 'only', names);
}

export function defer(query: Query, names: readonly unknown[]): Query {
  refuseCombined(query, 'defer');
  refusePlain(query, 'defer');
  if (names.length === 1 && names[0] === null) return change(query, { deferral: null }, 'defer-none');
  checkNames('defer', names);
  if (names.includes('pk'))
    throw new FieldDoesNotExist(
      'unknown-field',
      `${query.meta.label} has no field named 'pk' that could be deferred: keys always come along.`,
    );
  const before = query.deferral;
  if (before?.mode === 'only') return deferFromOnly(query, before.names, names);
  return deferred(query, { mode: 'defer', names: [...(before?.names ?? []), ...names] }, 'defer', names);
}

/** The query with other columns left out. Names behind relations are checked here, the model's own with the columns. */
function deferred(query: Query, deferral: Deferral, method: 'only' | 'defer', names: readonly string[]): Query {
  const changed = checked(change(query, { deferral }, `${method}${shapeParts(names)}`));
  for (const name of names) {
    if (name.includes('__') && resolvePath(query.meta, name).rest.length > 0) {
      throw new FieldDoesNotExist(
        'unknown-field',
        `'${name}' leads to no field of the models behind ${query.meta.label}.`,
      );
    }
  }
  return changed;
}

/** only() then defer(): what is left of the named fields; with nothing left, all but the deferred ones. */
function deferFromOnly(query: Query, kept: readonly string[], names: readonly string[]): Query {
  const left = kept.filter((name) => !names.includes(name));
  const deferral =
    left.length > 0
      ? ({ mode: 'only', names: left } as const)
      : ({ mode: 'defer', names: names.filter((name) => !kept.includes(name)) } as const);
  return deferred(query, deferral, 'defer', names);
}

export function selectRelated(query: Query, paths: readonly unknown[]): Query {
  refuseCombined(query, 'selectRelated');
  refusePlain(query, 'selectRelated');
  if (paths.length === 1 && paths[0] === null) return change(query, { selectRelated: null }, 'sr-none');
  if (paths.length === 0) return checked(change(query, { selectRelated: true }, 'sr*'));
  checkNames('selectRelated', paths);
  const before = Array.isArray(query.selectRelated) ? (query.selectRelated as readonly string[]) : [];
  return checked(change(query, { selectRelated: [...before, ...paths] }, `sr${shapeParts(paths)}`));
}

export const using = (query: Query, alias: unknown): Query => {
  if (typeof alias !== 'string' || alias === '')
    throw typeError(
      'database-alias',
      'using() takes the alias of a configured database, or the transaction that atomic() gives its function.',
    );
  return change(query, { using: alias }, `using${shapePart(alias)}`);
};

export function selectForUpdate(query: Query, options: Partial<Lock>): Query {
  refuseCombined(query, 'selectForUpdate');
  const { nowait = false, skipLocked = false, of = [], noKey = false } = options;
  if (nowait && skipLocked)
    throw new ValueError('nowait-and-skip', 'The nowait option cannot be used with skipLocked.');
  checkNames('selectForUpdate', of);
  return change(query, { lock: { nowait, skipLocked, of, noKey } }, `L${nowait}${skipLocked}${noKey}${shapeParts(of)}`);
}
