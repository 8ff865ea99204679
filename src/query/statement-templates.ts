import type { Compiled } from '../compiler/dialect.js';
import type { Database } from '../database/database.js';
import type { ModelMeta } from '../schema/model-meta.js';
import { param } from '../sql/build.js';
import type { ParamNode } from '../sql/expression-nodes.js';
import type { StatementNode } from '../sql/statement-nodes.js';
import type { ValueType } from '../sql/value-type.js';
import { getOrMake } from '../util/get-or-make.js';
import { RecentMap } from '../util/recent-map.js';

/** A statement whose parameters are positions of a list: compiled once, run with other values each time. */
export interface Template {
  readonly compiled: Compiled;
  /** For each parameter its position in the values, -1 for a constant. */
  readonly slots: readonly number[];
}

/** A parameter that takes the value at `position` of the list. */
export type Slot = (position: number, type: ValueType) => ParamNode;

/** Statements of one model kept; more kinds than this come only from bulk writes of ever changing sizes. */
const CAPACITY = 128;
type Templates = RecentMap<string, Template>;
const templates = new WeakMap<Database, WeakMap<ModelMeta, Templates>>();
const noModels = (): WeakMap<ModelMeta, Templates> => new WeakMap();
const noTemplates = (): Templates => new RecentMap(CAPACITY);

/** The statement that `key` names for a model, made by `make` when it is not known. */
export function templateFor(
  database: Database,
  meta: ModelMeta,
  key: string,
  make: (slot: Slot) => StatementNode,
): Template {
  const known = getOrMake(getOrMake(templates, database, noModels), meta, noTemplates);
  return getOrMake(known, key, () => compileTemplate(database, make));
}

/** A statement made with slots in place of values, compiled. */
export function compileTemplate(database: Database, make: (slot: Slot) => StatementNode): Template {
  const positions = new Map<object, number>();
  const slot: Slot = (position, type) => {
    const source = {};
    positions.set(source, position);
    // NULL fits every type, so the statement can be compiled without values.
    return param(null, type, source);
  };
  const compiled = database.compile(make(slot));
  return { compiled, slots: compiled.params.map(({ source }) => (source === null ? -1 : positions.get(source)!)) };
}

/** The parameters for a list of values in JavaScript's meaning, which begins at `start` of `values`, in the driver's form. */
export function bindTemplate({ compiled, slots }: Template, values: readonly unknown[], start = 0): unknown[] {
  const { params } = compiled;
  const bound = new Array<unknown>(params.length);
  for (let index = 0; index < params.length; index += 1) {
    const position = slots[index]!;
    const each = params[index]!;
    bound[index] = position < 0 ? each.value : each.encode(values[start + position]);
  }
  return bound;
}
