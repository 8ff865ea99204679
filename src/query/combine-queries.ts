import { typeError } from '../errors.js';
import { allRows, type Combination, type Condition, change, isSliced, type Query, type Step } from './query.js';

/** union(), intersection(), difference(). Queries without rows are left out of unions. */
export function combineRows(first: Query, others: readonly Query[], operator: Combination['operator']): Query {
  const isUnion = operator === 'UNION' || operator === 'UNION ALL';
  if (operator === 'INTERSECT' && [first, ...others].some((each) => each.empty))
    return first.empty ? first : change(first, { empty: true }, 'none');
  if (operator === 'EXCEPT' && first.empty) return first;
  const queries = [first, ...others].filter((each, index) => !each.empty || (operator === 'EXCEPT' && index === 0));
  if (isUnion && queries.length === 0) return first;
  if (queries.length === 1) return queries[0]!;
  const shapes = queries.map((each) => each.shape?.key ?? null);
  const shape = shapes.includes(null) ? null : `C${operator}${shapes.join(',')}`;
  const base = allRows(first.meta);
  return change(
    base,
    {
      combination: { operator, queries },
      rows: first.rows,
      names: first.names,
      using: first.using,
      annotations: first.annotations,
      orderBy: [],
    },
    shape,
    queries.flatMap((each) => each.inputs),
  );
}

/** `a.and(b)`, `a.or(b)`, `a.xor(b)`: Python's `&`, `|` and `^` of two QuerySets of one model. */
export function combineConditions(left: Query, right: Query, connector: 'AND' | 'OR' | 'XOR'): Query {
  for (const query of [left, right]) {
    if (query.combination !== null)
      throw typeError(
        'combined',
        'QuerySets made by union(), intersection() or difference() cannot be combined by conditions.',
      );
  }
  if (left.meta !== right.meta) throw typeError('other-model', 'Cannot combine queries on two different base models.');
  if (right.empty) return connector === 'AND' ? right : left;
  if (left.empty) return connector === 'AND' ? left : right;
  if (isSliced(left) || isSliced(right)) {
    if (connector === 'AND') throw typeError('sliced', 'Cannot combine queries once a slice has been taken.');
    return combineConditions(withoutSlice(left), withoutSlice(right), connector);
  }
  if (left.rows !== right.rows || (left.rows !== 'instance' && String(left.names) !== String(right.names))) {
    throw typeError('other-values', 'QuerySets that are combined must select the same values().');
  }
  if (left.distinct !== right.distinct)
    throw typeError('distinct', 'Cannot combine a unique query with a non-unique query.');
  if (left.distinctOn.join() !== right.distinctOn.join())
    throw typeError('distinct', 'Cannot combine queries with different distinct fields.');
  const orderBy = right.orderBy !== null && right.orderBy.length > 0 ? right.orderBy : left.orderBy;
  const shape = right.shape === null ? null : `B${connector}${right.shape.key}`;
  return change(left, { steps: combinedSteps(left, right, connector), orderBy }, shape, right.inputs);
}

function combinedSteps(left: Query, right: Query, connector: 'AND' | 'OR' | 'XOR'): Step[] {
  const rightFilters = right.steps.filter((step) => step.kind === 'filter');
  if (connector === 'AND') return [...left.steps, ...rightFilters];
  const conditions = (steps: readonly Step[]): Condition[] =>
    steps.flatMap((step) => (step.kind === 'filter' ? [step.condition] : []));
  const others = left.steps.filter((step) => step.kind !== 'filter');
  const leftConditions = conditions(left.steps);
  const rightConditions = conditions(right.steps);
  // a query without conditions has all rows: with OR the other's conditions say nothing more
  if (connector === 'OR' && (leftConditions.length === 0 || rightConditions.length === 0)) return others;
  return [
    ...others,
    {
      kind: 'filter',
      sticky: false,
      condition: { kind: 'combined', connector, left: leftConditions, right: rightConditions },
    },
  ];
}

/** The rows of a slice as a condition on the key. */
function withoutSlice(query: Query): Query {
  if (!isSliced(query)) return query;
  const base = allRows(query.meta);
  const condition: Condition = { kind: 'lookup', path: 'pk__in', right: { kind: 'query', query } };
  const shape = query.shape === null ? null : `P${query.shape.key}`;
  return change(
    base,
    { steps: [{ kind: 'filter', condition, sticky: false }], using: query.using, orderBy: query.orderBy },
    shape,
    query.inputs,
  );
}
