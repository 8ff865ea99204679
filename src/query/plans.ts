import type { StatementResult } from '../backends/backend.js';
import type { Compiled, CompiledParam } from '../compiler/dialect.js';
import type { Database } from '../database/database.js';
import type { Input } from '../sql/resolvable.js';
import type { StatementNode } from '../sql/statement-nodes.js';
import type { Eventual } from '../util/eventual.js';
import { getOrMake } from '../util/get-or-make.js';
import { RecentMap } from '../util/recent-map.js';
import type { Query } from './query.js';
import type { QueryShape } from './query-shape.js';

/** A compiled statement that can run again with the values of another query of the same shape. */
export interface Plan<T> {
  readonly compiled: Compiled;
  /** For each parameter the index of its input, or -1 for a constant of the shape. */
  readonly slots: readonly number[];
  /** What else was worked out once for the shape: the layout and readers of the rows. */
  readonly extra: T;
}

/** Plans remembered for each database; those that were not used for long are forgotten. */
const CAPACITY = 2000;
const caches = new WeakMap<Database, RecentMap<QueryShape, Plan<unknown>>>();

/** What one query can become: its rows, the number of them … No part of a query's shape begins with `=`. */
export type PlanUse = '=rows' | '=get' | '=keyed' | '=exists' | '=aggregate' | '=update' | '=delete';

/** What stands in the plan of a statement that can concern no row, and is never sent. */
const NO_STATEMENT: Compiled = Object.freeze({
  sql: '',
  params: [],
  decoders: [],
  wideColumns: [],
  oneRow: false,
  readOnly: true,
});

const noPlans = (): RecentMap<QueryShape, Plan<unknown>> => new RecentMap(CAPACITY);

/** The plan for a query's shape, made by `make` when it is not known. */
export function planFor<T>(
  query: Query,
  database: Database,
  use: PlanUse,
  make: () => { compiled: Compiled; extra: T },
): Plan<T> {
  const cache = getOrMake(caches, database, noPlans);
  const key = query.shape === null ? null : query.shape.next(use);
  const known = key === null ? undefined : cache.get(key);
  if (known !== undefined) return known as Plan<T>;
  const { compiled, extra } = make();
  const indexes = new Map<object, number>(query.inputs.map(({ source }, index) => [source, index]));
  const slots = compiled.params.map(({ source }) => (source === null ? -1 : (indexes.get(source) ?? -1)));
  const plan: Plan<T> = { compiled, slots, extra };
  if (key !== null && isReusable(query.inputs, compiled.params, indexes)) cache.set(key, plan);
  return plan;
}

/** One object that stands in two places of a query may be two objects in the next one; a source without input has no next value. */
function isReusable(
  inputs: readonly Input[],
  params: readonly CompiledParam[],
  indexes: ReadonlyMap<object, number>,
): boolean {
  return indexes.size === inputs.length && params.every(({ source }) => source === null || indexes.has(source));
}

/** The parameters of a plan with a query's values, in the driver's form. */
export function bind(plan: Plan<unknown>, inputs: readonly Input[]): unknown[] {
  const { params } = plan.compiled;
  const bound = new Array<unknown>(params.length);
  for (let index = 0; index < params.length; index += 1) {
    const slot = plan.slots[index]!;
    const param = params[index]!;
    bound[index] = slot < 0 ? param.value : param.encode(inputs[slot]!.value);
  }
  return bound;
}

/**
 * Runs the UPDATE or DELETE that a query becomes, made by `make` where its shape is not known; gives the number of rows. A
 * null of `make` says that no row can match.
 */
export function runPlanned(
  query: Query,
  database: Database,
  use: '=update' | '=delete',
  make: () => StatementNode | null,
): Eventual<number> {
  const plan = planFor(query, database, use, () => {
    const node = make();
    return { compiled: node === null ? NO_STATEMENT : database.compile(node), extra: { empty: node === null } };
  });
  if (plan.extra.empty) return 0;
  const written = database.write(plan.compiled, bind(plan, query.inputs));
  return written instanceof Promise ? written.then(rowsAffected) : written.affected;
}

const rowsAffected = ({ affected }: StatementResult): number => affected;
