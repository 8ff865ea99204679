import { FieldError } from '../errors.js';
import type { ModelMeta } from '../schema/model-meta.js';
import { booleanType, call, compare, isFalse, isTrue, literal, param, select, TRUE } from '../sql/build.js';
import type { ColumnNode, ExpressionNode } from '../sql/expression-nodes.js';
import type { Resolvable } from '../sql/resolvable.js';
import { rewrite } from '../sql/walk.js';
import { constraintCondition, constraintExpression } from './constraint-conditions.js';
import { readDatabase } from './databases-for.js';
import { isComputed } from './field-values.js';
import { allRows, change, type Query } from './query.js';

type Row = Record<string, unknown>;

/**
 * Whether a condition holds for the values of an instance, as the database sees it; unknown counts as holding, as in a CHECK.
 * Throws FieldError when it names an excluded field.
 */
export async function conditionHolds(
  meta: ModelMeta,
  condition: unknown,
  instance: object,
  excluded: ReadonlySet<string>,
): Promise<boolean> {
  const node = withValues(constraintCondition(meta, condition), meta, instance, excluded);
  if (isTrue(node) || isFalse(node)) return isTrue(node);
  const database = await readDatabase({ ...allRows(meta), hint: instance });
  const statement = select({
    columns: [{ expression: literal(1, booleanType), alias: null }],
    where: call('COALESCE', [node, TRUE], booleanType),
  });
  const compiled = database.compile(statement);
  return (
    (
      await database.read(
        compiled,
        compiled.params.map(({ value }) => value),
      )
    ).length > 0
  );
}

/** Rows in which expressions have the values that they have for the instance; null when an excluded field is among them. */
export const sameExpressions = (
  query: Query,
  expressions: readonly unknown[],
  instance: object,
  excluded: ReadonlySet<string>,
): Query | null =>
  comparedExpressions(
    query,
    expressions.map((expression) => [expression, '='] as const),
    instance,
    excluded,
  );

/** Rows of which all operators hold between their expressions and those of the instance; null when an excluded field is among them. */
export function comparedExpressions(
  query: Query,
  terms: readonly (readonly [expression: unknown, operator: string])[],
  instance: object,
  excluded: ReadonlySet<string>,
): Query | null {
  const { meta } = query;
  const expressions = terms.map(([expression]) => expression);
  const steps = terms.map(([expression, operator]) => {
    const same: Resolvable = {
      shape: null,
      inputs: () => [],
      resolve(scope) {
        const node = typeof expression === 'string' ? scope.path(expression) : termOf(expression).resolve(scope);
        const own = withValues(node, meta, instance, excluded);
        return operator === '=' ? compare(node, '=', own) : operatorCall(node, operator, own);
      },
    };
    return { kind: 'filter', sticky: false, condition: { kind: 'expression', expression: same } } as const;
  });
  const names = new Set<string>();
  const touched = change(query, { steps: [...query.steps, ...steps] }, null);
  for (const field of meta.fields) if (excluded.has(field.name)) names.add(field.column);
  return names.size > 0 && mentions(expressions, names, meta) ? null : touched;
}

/** `left operator right`, an operator of one database alone. */
const operatorCall = (left: ExpressionNode, operator: string, right: ExpressionNode): ExpressionNode => ({
  ...call('OPERATOR', [left, right], booleanType, { operator }),
  contrib: 'postgres',
});

/** An expression, or the one inside an OrderBy. */
const termOf = (expression: unknown): Resolvable =>
  (expression as { expression?: Resolvable }).expression !== undefined && 'toOrder' in (expression as object)
    ? (expression as { expression: Resolvable }).expression
    : (expression as Resolvable);

function mentions(expressions: readonly unknown[], columns: ReadonlySet<string>, meta: ModelMeta): boolean {
  let found = false;
  for (const expression of expressions) {
    const node = constraintTerm(meta, expression);
    rewrite(node, (each) => {
      if (each.kind === 'column' && columns.has((each as unknown as ColumnNode).name)) found = true;
      return each;
    });
  }
  return found;
}

const constraintTerm = (meta: ModelMeta, expression: unknown): ExpressionNode =>
  typeof expression === 'string'
    ? constraintCondition(meta, { [`${expression}__isnull`]: false })
    : termNode(meta, expression);

const termNode = (meta: ModelMeta, expression: unknown): ExpressionNode =>
  constraintExpression(meta, expression)[0]!.expression;

/** The node with the instance's values in place of the model's columns. */
function withValues(
  node: ExpressionNode,
  meta: ModelMeta,
  instance: object,
  excluded: ReadonlySet<string>,
): ExpressionNode {
  return rewrite(node, (each) => {
    if (each.kind !== 'column') return each;
    const { name, type } = each as unknown as ColumnNode;
    const field = meta.fields.find((candidate) => candidate.column === name);
    if (field === undefined || excluded.has(field.name))
      throw new FieldError('excluded-field', `The condition names '${name}', which is left out.`);
    const value = (instance as Row)[field.attname] ?? null;
    if (value !== null && isComputed(value))
      throw new FieldError('computed-value', `'${field.name}' holds an expression.`);
    return param(value === null ? null : field.type.prepare(value, field.name), type) as unknown as typeof each;
  }) as ExpressionNode;
}
