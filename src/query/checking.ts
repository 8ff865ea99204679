import type { ExpressionNode } from '../sql/expression-nodes.js';
import { getOrMake } from '../util/get-or-make.js';
import { RecentMap } from '../util/recent-map.js';
import type { AnnotationOf } from './conditions.js';
import { Planner } from './planner.js';
import { aliasesOf, type Query, type Step } from './query.js';
import type { QueryShape } from './query-shape.js';
import { subselect, toSelect } from './to-select.js';

/**
 * The query itself, once every name in it is known to mean something: the whole of it is planned and thrown away, so that a
 * mistake is thrown where it was made. A shape that was seen before is right.
 */
export function checked(query: Query): Query {
  if (query.shape?.isRight === true) return query;
  toSelect(query, null, true);
  if (query.shape !== null) query.shape.isRight = true;
  return query;
}

/** With more steps than this only what is new is checked: planning the whole each time would take n² steps for a chain of n. */
const LONG_CHAIN = 16;

/** The query itself with a filter more, `step`, once every name in that is known to mean something. */
export function checkedFilter(query: Query, step: Step, extended: Query): Query {
  if (query.steps.length < LONG_CHAIN) return checked(extended);
  const others = query.steps.filter(({ kind }) => kind !== 'filter');
  toSelect({ ...extended, steps: [...others, step], shape: null }, null, true);
  return extended;
}

/** The annotations of a query as nodes, for their types and whether they aggregate. */
export function annotationsOf(query: Query): ReadonlyMap<string, ExpressionNode> {
  const known = query.shape?.annotations;
  if (known != null) return known;
  const { annotations } = new Planner(query, subselect, null, true).run();
  if (query.shape !== null) query.shape.annotations = annotations;
  return annotations;
}

const noAnnotation: AnnotationOf = () => null;

type Annotated = NonNullable<ReturnType<AnnotationOf>>;
/** Paths of one shape kept: they may be built from input. */
const PATHS_KEPT = 200;
const annotated = new WeakMap<QueryShape, RecentMap<string, Annotated>>();
const noPaths = (): RecentMap<string, Annotated> => new RecentMap(PATHS_KEPT);

/** Looks up which annotation (or filtered relation) a path of the query starts with. The query is planned for it once for its shape. */
export function annotationLookup(query: Query): AnnotationOf {
  const aliases = aliasesOf(query);
  if (aliases.length === 0) return noAnnotation;
  return (path) => {
    if (!aliases.some((name) => path === name || path.startsWith(`${name}__`))) return null;
    if (query.shape === null) return annotatedAt(query, path);
    return getOrMake(getOrMake(annotated, query.shape, noPaths), path, () => annotatedAt(query, path));
  };
}

function annotatedAt(query: Query, path: string): Annotated {
  const planner = new Planner(query, subselect, null, true).run();
  const found = planner.annotationAt(path);
  if (found !== null) return { ...found, related: null };
  const place = planner.place(path);
  const { relation, key } = place.path;
  return { node: place.node, rest: place.path.rest, related: relation === null ? null : { model: relation.to, key } };
}
