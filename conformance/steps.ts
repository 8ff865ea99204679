import { answerOf } from './answers.js';
import type { Json, JsonObject, Step } from './corpus.js';
import type { Target } from './database.js';
import { dumpTables } from './dump.js';
import type { Dynamic } from './dynamic.js';
import { camelKeys } from './expressions.js';
import { camelCase } from './names.js';
import { callQuery, type QueryResult } from './queries.js';
import { readAttribute, readPaths, reference } from './read-paths.js';
import { type Prepared, Scope } from './scope.js';
import { formOf, isKeywords, isObject } from './values.js';
import type { World } from './worlds.js';

/** What a step gave: its value in terms of the corpus, and what it binds to its name. */
export interface StepResult {
  readonly value: Dynamic;
  readonly bind?: Dynamic;
}

/** What steps of one case share: its world and the values bound so far. */
export interface Session {
  readonly world: World;
  readonly bound: Map<string, Dynamic>;
  readonly target: Target;
}

type Kind = (step: Step, session: Session, prepared: Prepared) => Promise<StepResult>;

/** Each kind of step by its key. (`atomic` holds other steps, and belongs to the case.) */
export const stepKinds: Readonly<Record<string, Kind>> = {
  q: async (step, session, prepared) => {
    const query = step.q as JsonObject;
    const { scope, result } = await startQuery(query, session, prepared);
    const value = await result.finish();
    // getOrCreate answers a pair; what it binds is the instance.
    const calls = query.chain as readonly (readonly Json[])[];
    const isPair = /^(get|update)_or_create$/.test(String(calls.at(-1)?.[0]));
    return { value: answerOf(value, scope), bind: isPair ? value[0] : value };
  },
  new: async (step, session, prepared) => {
    const [model, attributes] = step.new as readonly [string, JsonObject];
    return { value: null, bind: scopeOf(model, session, prepared).newInstance([model, attributes]) };
  },
  set: async (step, session, prepared) => {
    const { object, scope } = await target(step.set!, session, prepared);
    for (const [name, value] of Object.entries(step.attrs as JsonObject)) {
      object[scope.world.names.attribute(scope.model, name)] = scope.decode(value);
    }
    return { value: null };
  },
  save: async (step, session, prepared) => {
    const { object, scope } = await target(step.save!, session, prepared);
    await object.save(...saveOptions(step, scope));
    return { value: { pk: object.pk } };
  },
  delete: async (step, session, prepared) => {
    const { object, scope } = await target(step.delete!, session, prepared);
    const options = step.keep_parents === undefined ? [] : [{ keepParents: step.keep_parents }];
    return { value: answerOf(await object.delete(...options), scope) };
  },
  refresh: async (step, session, prepared) => {
    const { object, scope } = await target(step.refresh!, session, prepared);
    const fields = step.fields as readonly string[] | undefined;
    const names = fields?.map((name) => scope.world.names.attribute(scope.model, name));
    await object.refreshFromDb(...(names === undefined ? [] : [{ fields: names }]));
    return { value: answerOf(object, scope) };
  },
  read: async (step, session, prepared) => {
    const scope = anyScope(session, prepared);
    const from = await reference(session.bound, step.read!, scope);
    return { value: await readPaths(from, step.paths as readonly string[], scope) };
  },
  full_clean: async (step, session, prepared) => {
    const { object, scope } = await target(step.full_clean!, session, prepared);
    const { full_clean: _ref, count: _count, exclude, ...rest } = step;
    const names = (exclude as readonly string[] | undefined)?.map((name) =>
      scope.world.names.attribute(scope.model, name),
    );
    const options = { ...camelKeys(rest), ...(names === undefined ? {} : { exclude: names }) };
    await object.fullClean(...(Object.keys(options).length === 0 ? [] : [options]));
    return { value: null };
  },
  call: async (step, session, prepared) => {
    const [ref, method, ...args] = step.call as readonly [string, string, ...Json[]];
    const { object, scope } = await target(ref, session, prepared);
    const decoded = args.map((arg) => (isKeywords(arg) ? scope.lookups(arg) : scope.decode(arg)));
    const result = await object[camelCase(method)](...decoded);
    return { value: answerOf(result ?? null, scope) };
  },
  check: async (_step, session) => {
    await session.target.database.checkConstraints();
    return { value: null };
  },
  dump: async (step, session, prepared) => ({
    value: await dumpTables(step.dump as readonly string[], anyScope(session, prepared), session.target),
  }),
};

/** Fetches every `$obj` of a step and resolves every `$ref`, so that the step itself can be decoded at once. */
export async function prepare(step: Step, session: Session): Promise<Prepared> {
  const prepared = new Map<Json, Dynamic>();
  for (const node of nodesOf(step)) {
    const form = formOf(node);
    if (form === '$obj') {
      const [model, key] = node.$obj as readonly [string, Json];
      const scope = scopeOf(model, session, prepared);
      prepared.set(node, await session.world.model(model).objects.get({ pk: scope.decode(key) }));
    } else if (form === '$ref') {
      prepared.set(node, await reference(session.bound, node.$ref!, anyScope(session, prepared)));
    }
  }
  return prepared;
}

function* nodesOf(node: Json): Generator<JsonObject> {
  if (Array.isArray(node)) for (const item of node) yield* nodesOf(item);
  if (!isObject(node)) return;
  yield node;
  for (const value of Object.values(node)) yield* nodesOf(value);
}

function scopeOf(model: string, session: Session, prepared: Prepared): Scope {
  return new Scope(session.world.nuages, session.world, model, prepared);
}

/** A scope for a step that names no model: attributes are looked up by the objects' own models. */
function anyScope(session: Session, prepared: Prepared): Scope {
  return scopeOf([...session.world.names.models.keys()][0]!, session, prepared);
}

async function target(ref: Json, session: Session, prepared: Prepared): Promise<{ object: Dynamic; scope: Scope }> {
  const object = await reference(session.bound, ref, anyScope(session, prepared));
  const model = session.world.modelOf(object);
  if (model === undefined) throw new Error(`${String(ref)} is not bound to an instance.`);
  return { object, scope: scopeOf(model, session, prepared) };
}

function saveOptions(step: Step, scope: Scope): Dynamic[] {
  const fields = step.update_fields as readonly string[] | undefined;
  const names = fields?.map((name) => scope.world.names.attribute(scope.model, name));
  const options = {
    ...(names === undefined ? {} : { updateFields: names }),
    ...(step.force_insert === undefined ? {} : { forceInsert: step.force_insert }),
    ...(step.force_update === undefined ? {} : { forceUpdate: step.force_update }),
  };
  return Object.keys(options).length === 0 ? [] : [options];
}

async function startQuery(
  query: JsonObject,
  session: Session,
  prepared: Prepared,
): Promise<{ scope: Scope; result: QueryResult }> {
  const calls = query.chain as readonly (readonly Json[])[];
  if (query.from === undefined) {
    const scope = scopeOf(query.model as string, session, prepared);
    return { scope, result: callQuery(session.world.model(scope.model).objects, calls, scope) };
  }
  const [name, attribute] = query.from as readonly [string, string];
  const owner = await reference(session.bound, name, anyScope(session, prepared));
  const ownerModel = session.world.modelOf(owner)!;
  const manager = readAttribute(owner, attribute, scopeOf(ownerModel, session, prepared));
  const related = session.world.names.of(ownerModel).attributes.get(attribute)?.target ?? ownerModel;
  const scope = scopeOf(related, session, prepared);
  return { scope, result: callQuery(manager, calls, scope) };
}
