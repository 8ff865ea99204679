import { idOf } from '../expressions/shape.js';
import type { BoundField, Hop } from '../schema/model-meta.js';
import { equal, isIn, param } from '../sql/build.js';
import type { ExpressionNode } from '../sql/expression-nodes.js';
import type { Input, Resolvable, Scope } from '../sql/resolvable.js';
import { Planner } from './planner.js';
import { type Condition, change, type Query, type Step } from './query.js';

/** A column reached by hops from the query's model: it needs no lookup name, so that hidden relations have one too. */
export class RelatedColumn implements Resolvable {
  readonly shape: string;
  constructor(
    readonly hops: readonly Hop[],
    readonly field: BoundField,
  ) {
    this.shape = `K${hops.map(idOf).join('.')}:${idOf(field)}`;
  }

  resolve(scope: Scope): ExpressionNode {
    if (!(scope instanceof Planner)) throw new Error('a related column stands in a query');
    const [first] = this.hops;
    if (first === undefined) return scope.ownColumn(this.field);
    // a query of a child model reaches the relations of its parents over their tables
    const { concrete } = scope.query.meta;
    const up = first.from.concrete === concrete ? [] : (concrete.ancestors.get(first.from.concrete) ?? []);
    let table = scope.base;
    for (const hop of [...up, ...this.hops]) table = scope.tree.join(table, hop, scope.reusable);
    return scope.fieldColumn(this.field, table);
  }
  inputs(): readonly Input[] {
    return [];
  }
}

/** `column = key`, or `column IN (keys)` with all keys as one parameter, so that the statement does not depend on their number. */
export class KeyCondition implements Resolvable {
  readonly shape: string;
  constructor(
    readonly column: RelatedColumn,
    readonly key: { readonly one: unknown } | { readonly among: readonly unknown[] },
  ) {
    this.shape = `${column.shape}${'one' in key ? '=' : '@'}`;
  }

  resolve(scope: Scope): ExpressionNode {
    const column = this.column.resolve(scope);
    if ('one' in this.key) return equal(column, param(this.key.one, column.type, this));
    return isIn(column, {
      kind: 'listParam',
      values: this.key.among,
      elementType: column.type,
      source: this,
      map: null,
    });
  }
  inputs(): readonly Input[] {
    return [{ source: this, value: 'one' in this.key ? this.key.one : this.key.among }];
  }
}

/** The query with a condition more. `sticky` lets the next filter share its joins. */
export function withCondition(query: Query, condition: Resolvable, sticky = false): Query {
  const step: Step = { kind: 'filter', condition: { kind: 'expression', expression: condition }, sticky };
  const shape = condition.shape === null ? null : `${sticky ? 'Ks' : 'K'}${condition.shape}`;
  return change(query, { steps: [...query.steps, step] }, shape, condition.inputs());
}

/** Rows whose column is one of the keys. */
export const whereKeyIn = (query: Query, field: BoundField, keys: readonly unknown[]): Query =>
  withCondition(query, new KeyCondition(new RelatedColumn([], field), { among: keys }));

/** Rows one of whose columns is one of its keys. */
export const whereAnyKeyIn = (
  query: Query,
  columns: readonly { readonly field: BoundField; readonly keys: readonly unknown[] }[],
): Query =>
  whereAnyOf(
    query,
    columns.map(({ field, keys }) => [new KeyCondition(new RelatedColumn([], field), { among: keys })]),
  );

/** Rows for which all conditions of one of the lists hold. */
export function whereAnyOf(query: Query, alternatives: readonly (readonly KeyCondition[])[]): Query {
  const group = (connector: 'AND' | 'OR', children: readonly Condition[]): Condition => ({
    kind: 'group',
    connector,
    negated: false,
    children,
  });
  const parts = alternatives.map((conditions) =>
    group(
      'AND',
      conditions.map((expression) => ({ kind: 'expression', expression })),
    ),
  );
  const step: Step = { kind: 'filter', condition: group('OR', parts), sticky: false };
  const shape = `KA${alternatives.map((conditions) => conditions.map((condition) => condition.shape).join('&')).join('|')}`;
  return change(
    query,
    { steps: [...query.steps, step] },
    shape,
    alternatives.flat().flatMap((condition) => condition.inputs()),
  );
}
