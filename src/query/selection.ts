import { FieldDoesNotExist, FieldError } from '../errors.js';
import type { BoundField, ModelMeta, Relation } from '../schema/model-meta.js';
import type { ExpressionNode } from '../sql/expression-nodes.js';
import type { SelectColumn } from '../sql/statement-nodes.js';
import { didYouMean } from '../util/closest.js';
import { getOrMake } from '../util/get-or-make.js';
import type { JoinedTable } from './joins.js';
import type { Planner } from './planner.js';
import { aliasesOf, type Query } from './query.js';
import { selectColumns } from './tuples.js';

/** Where the columns of one model stand in a row. */
export interface InstanceLayout {
  readonly meta: ModelMeta;
  /** In the order of the model's fields, so that all instances get their properties in one order. */
  readonly fields: readonly { readonly attname: string; readonly index: number }[];
  /** Attnames that the row lacks. */
  readonly deferred: readonly string[];
  /** The column that is NULL when the row has no such object. */
  readonly pkIndex: number;
  readonly related: readonly { readonly relation: Relation; readonly name: string; readonly layout: InstanceLayout }[];
}

/** A value of a row: at which column it starts, and of how many columns a tuple is made; null for anything but a tuple. */
export interface ValuePlace {
  readonly name: string;
  readonly index: number;
  readonly width: number | null;
}

/** How rows become what the query yields. */
export type Layout =
  | { readonly kind: 'instance'; readonly instance: InstanceLayout; readonly annotations: readonly ValuePlace[] }
  | { readonly kind: 'plain'; readonly values: readonly ValuePlace[] };

export interface Selection {
  readonly columns: readonly SelectColumn[];
  readonly layout: Layout;
}

/** A tree of names: `author__publisher` and `author__agent` share `author`. */
type NameTree = Map<string, NameTree>;

export function treeOf(paths: readonly string[]): NameTree {
  const root: NameTree = new Map();
  for (const path of paths) {
    let here = root;
    for (const name of path.split('__')) here = getOrMake(here, name, () => new Map());
  }
  return root;
}

class Columns {
  readonly all: SelectColumn[] = [];
  add(expression: ExpressionNode, alias: string | null = null): number {
    return this.all.push(...selectColumns(expression, alias)) - 1;
  }
  /** A named value; a tuple takes several columns. */
  place(name: string, expression: ExpressionNode, alias: string | null): ValuePlace {
    const index = this.all.length;
    this.add(expression, alias);
    return { name, index, width: expression.kind === 'tuple' ? expression.items.length : null };
  }
}

/** The columns of a query and how its rows are read. */
export function select(planner: Planner): Selection {
  const { query } = planner;
  const columns = new Columns();
  if (query.rows !== 'instance') {
    const names = query.names ?? [...query.meta.fields.map((field) => field.attname), ...query.annotations];
    const values = names.map((name) =>
      columns.place(name, planner.path(name), query.annotations.includes(name) ? name : null),
    );
    return { columns: columns.all, layout: { kind: 'plain', values } };
  }
  const instance = instanceColumns(
    planner,
    columns,
    query.meta,
    planner.base,
    deferralOf(query),
    relatedTree(query),
    '',
    0,
  );
  const annotations = query.annotations.map((name) => columns.place(name, planner.path(name), name));
  return { columns: columns.all, layout: { kind: 'instance', instance, annotations } };
}

/** What only() and defer() leave: for each model on the way which attnames come, or all. */
interface Mask {
  readonly mode: 'only' | 'defer';
  readonly tree: NameTree;
}

function deferralOf(query: Query): Mask | null {
  return query.deferral === null ? null : { mode: query.deferral.mode, tree: treeOf(query.deferral.names) };
}

function relatedTree(query: Query): NameTree | true | null {
  return query.selectRelated === null || query.selectRelated === true
    ? query.selectRelated
    : treeOf(query.selectRelated);
}

/** selectRelated() without names follows not-null keys this deep, as Django does. */
const MAX_IMPLICIT_DEPTH = 5;

function instanceColumns(
  planner: Planner,
  columns: Columns,
  meta: ModelMeta,
  table: JoinedTable,
  mask: Mask | null,
  related: NameTree | true | null,
  prefix: string,
  depth: number,
): InstanceLayout {
  const loaded = loadedFields(meta, mask);
  const fields: { attname: string; index: number }[] = [];
  const deferred: string[] = [];
  for (const field of meta.fields) {
    if (loaded.has(field))
      fields.push({ attname: field.attname, index: columns.add(columnOf(planner, meta, table, field)) });
    else deferred.push(field.attname);
  }
  const pkIndex = fields.find(({ attname }) => attname === meta.pkFields[0]!.attname)!.index;
  return {
    meta,
    fields,
    deferred,
    pkIndex,
    related: relatedColumns(planner, columns, meta, mask, related, prefix, loaded, depth),
  };
}

/** A column of a model whose row `table` holds; inherited fields stand in the parents' tables. */
function columnOf(planner: Planner, meta: ModelMeta, table: JoinedTable, field: BoundField): ExpressionNode {
  if (field.model.concrete === meta.concrete) return planner.fieldColumn(field, table);
  const hops = meta.concrete.ancestors.get(field.model) ?? [];
  let here = table;
  for (const hop of hops) here = planner.tree.join(here, hop, null);
  return planner.fieldColumn(field, here);
}

function loadedFields(meta: ModelMeta, mask: Mask | null): Set<BoundField> {
  if (mask === null || (mask.mode === 'only' && mask.tree.size === 0)) return new Set(meta.fields);
  const named = new Set<BoundField>(meta.pkFields);
  const deferred = new Set<BoundField>();
  for (const [name, inside] of mask.tree) {
    const field = meta.fieldsByName.get(name);
    if (field === undefined) {
      if (!meta.relations.has(name)) throw unknownName(meta, name);
      continue;
    }
    if (inside.size > 0 && field.relation === null) {
      throw new FieldError(
        'not-a-relation',
        `'${name}' of ${meta.label} is no relation, so nothing can follow it in only() and defer().`,
      );
    }
    if (mask.mode === 'only') named.add(field);
    else if (inside.size === 0) deferred.add(field);
  }
  if (mask.mode === 'only') return named;
  return new Set(meta.fields.filter((field) => field.primaryKey || !deferred.has(field)));
}

const unknownName = (meta: ModelMeta, name: string): FieldDoesNotExist => {
  const choices = meta.fields.map((field) => field.name);
  return new FieldDoesNotExist(
    'unknown-field',
    `${meta.label} has no field named '${name}'.${didYouMean(name, choices)}`,
  );
};

function relatedColumns(
  planner: Planner,
  columns: Columns,
  meta: ModelMeta,
  mask: Mask | null,
  tree: NameTree | true | null,
  prefix: string,
  loaded: ReadonlySet<BoundField>,
  depth: number,
): InstanceLayout['related'] {
  if (tree === null || (tree === true && depth >= MAX_IMPLICIT_DEPTH)) return [];
  const names = tree === true ? implicitNames(meta, loaded) : [...tree.keys()];
  return names.map((name) => {
    const relation = meta.relations.get(name);
    const isAlias = prefix === '' && aliasesOf(planner.query).includes(name);
    if (!isAlias && (relation === undefined || relation.multi)) throw notSelectable(meta, name);
    const place = planner.related(prefix + name);
    const target = relation ?? place.relation;
    if (mask !== null && !target.reverse && !loaded.has(target.key)) {
      throw new FieldError(
        'deferred-and-selected',
        `${meta.label}.${name} cannot be both deferred and traversed by selectRelated() at the same time.`,
      );
    }
    const inside = mask?.tree.get(name) ?? null;
    const innerMask = mask === null || inside === null || inside.size === 0 ? null : { mode: mask.mode, tree: inside };
    const innerTree = tree === true ? true : (tree.get(name) ?? null);
    const layout = instanceColumns(
      planner,
      columns,
      target.to,
      place.table,
      innerMask,
      innerTree,
      `${prefix}${name}__`,
      depth + 1,
    );
    return { relation: target, name, layout };
  });
}

const implicitNames = (meta: ModelMeta, loaded: ReadonlySet<BoundField>): string[] =>
  meta.fields
    .filter((field) => field.relation !== null && !field.nullable && loaded.has(field) && !field.relation.parentLink)
    .map((field) => field.name);

function notSelectable(meta: ModelMeta, name: string): FieldError {
  const choices = [...meta.relations.values()].filter((relation) => !relation.multi).map((relation) => relation.name);
  return new FieldError(
    'not-selectable',
    `selectRelated() cannot follow '${name}' of ${meta.label}: it takes foreign keys and one-to-one relations.${didYouMean(name, choices)} Choices are: ${choices.join(', ') || '(none)'}.`,
  );
}
