import type { ModelMeta } from '../schema/model-meta.js';
import type { Input, Resolvable } from '../sql/resolvable.js';
import type { SliceNode } from '../sql/statement-nodes.js';
import type { ValueType } from '../sql/value-type.js';
import { getOrMake } from '../util/get-or-make.js';
import { type QueryShape, shapeOfRows } from './query-shape.js';

/** A condition as data: names are checked, values prepared; what the names mean as SQL is decided when the whole query is known. */
export type Condition =
  | {
      readonly kind: 'group';
      readonly connector: 'AND' | 'OR' | 'XOR';
      readonly negated: boolean;
      readonly children: readonly Condition[];
    }
  | LookupCondition
  | CombinedCondition
  | { readonly kind: 'expression'; readonly expression: Resolvable };

/** `a.or(b)`, `a.xor(b)`: the filters of two queries, each call with related rows of its own. */
export interface CombinedCondition {
  readonly kind: 'combined';
  readonly connector: 'OR' | 'XOR';
  readonly left: readonly Condition[];
  readonly right: readonly Condition[];
}

/** `path__lookup: value`. The object itself is the source of its parameter. */
export interface LookupCondition {
  readonly kind: 'lookup';
  readonly path: string;
  readonly right:
    | {
        readonly kind: 'value';
        readonly value: unknown /** Whether null was given: JSON null is a value. */;
        readonly isNull: boolean;
      }
    | { readonly kind: 'expression'; readonly expression: Resolvable }
    | { readonly kind: 'list'; readonly items: readonly unknown[] }
    | { readonly kind: 'query'; readonly query: Query };
}

/** What was asked, in the order in which it was asked: a filter after an annotation sees it, and joins are shared accordingly. */
export type Step =
  | { readonly kind: 'filter'; readonly condition: Condition; readonly sticky: boolean }
  | { readonly kind: 'annotate'; readonly alias: string; readonly expression: Resolvable }
  | {
      readonly kind: 'filteredRelation';
      readonly alias: string;
      readonly relation: string;
      readonly condition: Condition;
    }
  | {
      readonly kind: 'cte';
      /** The name of the table: its columns are `alias__column`. */
      readonly alias: string;
      readonly table: CommonTable;
      /** Paths of the query's own and the columns that they equal; none joins every row with every row. */
      readonly on: readonly (readonly [path: string, column: string])[];
      /** Whether rows stay that have none in the table: LEFT JOIN. */
      readonly optional: boolean;
    };

/** A common table expression: a statement with a name, which other parts of the statement read like a table. */
export interface CommonTable {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: ValueType }[];
  /** Its rows, or those that a recursion starts with. */
  readonly query: Query;
  /** The rows that follow from rows found before; null without recursion. */
  readonly step: Query | null;
  /** Whether a recursion keeps equal rows once: UNION in place of UNION ALL. */
  readonly distinct: boolean;
  readonly shape: string | null;
  readonly inputs: readonly Input[];
}

/** Rows as instances, or plain: objects, arrays, single values or arrays with names. */
export type RowShape = 'instance' | 'object' | 'array' | 'flat' | 'named';

/** How rows are grouped once an aggregate annotates them. */
export type Grouping = null | { readonly by: 'model' } | { readonly by: 'names'; readonly names: readonly string[] };

export interface Combination {
  readonly operator: 'UNION' | 'UNION ALL' | 'INTERSECT' | 'EXCEPT';
  readonly queries: readonly Query[];
}

/** Which columns instances come with. */
export interface Deferral {
  /** `only`: the named ones; `defer`: all but these. */
  readonly mode: 'only' | 'defer';
  readonly names: readonly string[];
}

export interface Lock {
  readonly nowait: boolean;
  readonly skipLocked: boolean;
  readonly of: readonly string[];
  readonly noKey: boolean;
}

/** A frozen record of what was asked. Every change gives a new one; see the functions below. */
export interface Query {
  readonly meta: ModelMeta;
  readonly steps: readonly Step[];
  /** Annotations that are selected, in order; an alias() is a step but not here. */
  readonly annotations: readonly string[];
  readonly grouping: Grouping;
  readonly rows: RowShape;
  /** Paths and annotations of plain rows; null for all. */
  readonly names: readonly string[] | null;
  /** Given by orderBy; null leaves the model's own order. */
  readonly orderBy: readonly unknown[] | null;
  /** orderBy() was called without terms, or ordering does not matter: no order of the model either. */
  readonly reversed: boolean;
  readonly distinct: boolean;
  readonly distinctOn: readonly string[];
  readonly offset: number;
  /** The source of the offset among the inputs: pages of one size have one shape. Null without an offset. */
  readonly offsetSource: object | null;
  /** Rows at most; null for all. */
  readonly limit: number | null;
  readonly empty: boolean;
  /** Paths, or `true` for every not-null foreign key. */
  readonly selectRelated: readonly string[] | true | null;
  readonly deferral: Deferral | null;
  readonly combination: Combination | null;
  readonly lock: Lock | null;
  /** Database alias; null leaves the choice to the router. */
  readonly using: string | null;
  /**
   * An instance that the rows belong to: routers are told, and where none answers the rows are where it came from. No part of
   * the shape.
   */
  readonly hint: object | null;
  /** Grows with each call. Null where it cannot be told: then nothing is reused. */
  readonly shape: QueryShape | null;
  /** The values of the query, in the order of `shape`. */
  readonly inputs: readonly Input[];
}

const models = new WeakMap<ModelMeta, string>();
let modelCount = 0;

/** A model's name in shapes: its label and a number, for a label means another model once the registry has linked anew. */
function originOf(meta: ModelMeta): string {
  return getOrMake(models, meta, nextOrigin);
}
function nextOrigin(meta: ModelMeta): string {
  modelCount += 1;
  return `${meta.label}#${modelCount}`;
}

/** The query for all rows of a model. */
export function allRows(meta: ModelMeta): Query {
  return Object.freeze<Query>({
    meta,
    steps: [],
    annotations: [],
    grouping: null,
    rows: 'instance',
    names: null,
    orderBy: null,
    reversed: false,
    distinct: false,
    distinctOn: [],
    offset: 0,
    offsetSource: null,
    limit: null,
    empty: false,
    selectRelated: null,
    deferral: null,
    combination: null,
    lock: null,
    using: null,
    hint: null,
    shape: shapeOfRows(originOf(meta)),
    inputs: [],
  });
}

type Changes = Partial<Omit<Query, 'shape' | 'inputs'>>;

/**
 * The query with some properties changed. `part` is what the change adds to the shape: it must tell apart all that the
 * change can mean; null gives up on reuse. Names in a part are delimited by length, so that none can imitate another.
 */
export function change(query: Query, changes: Changes, part: string | null, inputs: readonly Input[] = []): Query {
  const shape = part === null ? null : (query.shape?.next(part) ?? null);
  return Object.assign(copied(query, shape, inputs), changes);
}

/** The query with one step more, and its new shape. */
export function withStep(query: Query, step: Step, shape: QueryShape | null, inputs: readonly Input[]): Query {
  const copy = copied(query, shape, inputs);
  copy.steps = [...query.steps, step];
  return copy;
}

/** By name: copies with `...` take four times as long, and every call of a QuerySet makes one. */
function copied(query: Query, shape: QueryShape | null, inputs: readonly Input[]): Draft {
  return {
    meta: query.meta,
    steps: query.steps,
    annotations: query.annotations,
    grouping: query.grouping,
    rows: query.rows,
    names: query.names,
    orderBy: query.orderBy,
    reversed: query.reversed,
    distinct: query.distinct,
    distinctOn: query.distinctOn,
    offset: query.offset,
    offsetSource: query.offsetSource,
    limit: query.limit,
    empty: query.empty,
    selectRelated: query.selectRelated,
    deferral: query.deferral,
    combination: query.combination,
    lock: query.lock,
    using: query.using,
    hint: query.hint,
    shape,
    inputs: inputs.length === 0 ? query.inputs : [...query.inputs, ...inputs],
  };
}
type Draft = { -readonly [K in keyof Query]: Query[K] };

/** A name or other text in a part of a shape: its length goes first, so that two different lists never read the same. */
export const shapePart = (text: string): string => `${text.length}:${text}`;
export const shapeParts = (texts: readonly string[]): string => texts.map(shapePart).join(',');

/** Whether a slice was taken; most changes are refused then. */
export const isSliced = (query: Query): boolean => query.offset !== 0 || query.limit !== null;

/** LIMIT and OFFSET of a query; null where it has neither. */
export const sliceOf = (query: Query): SliceNode | null =>
  isSliced(query)
    ? { kind: 'slice', limit: query.limit, offset: query.offset, offsetSource: query.offsetSource }
    : null;

const NO_ALIASES: readonly string[] = [];

/** Names given to expressions and tables: annotate, alias, filtered relations and common table expressions. */
export function aliasesOf(query: Query): readonly string[] {
  if (query.steps.length === 0) return NO_ALIASES;
  return query.steps.flatMap((step) => (step.kind === 'filter' ? [] : [step.alias]));
}
